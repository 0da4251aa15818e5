/** What is said of what agents do to conversations, in Brazilian Portuguese. */
import { displayName, PRIORITY_SQUARES } from "../../conversation/card.ts";
import { HOUR_MS, MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";

export const handling = {
  "panel": ({ source }) =>
    "🆕 Conversa nova. Comente aqui para responder." +
    (source === undefined ? "" : `\nℹ️ Chegou pelo link: ${source}`),
  "button-close": () => "⬜️ Encerrar",
  "button-priority": () => "🟨 Prioridade",
  "button-assign": () => "🙋 Assumir",
  "button-replies": () => "💬 Respostas",
  "button-ban": () => "❌ Banir",
  "button-help": () => "❔ Ajuda",
  "button-cancel": () => "Cancelar",
  "which-priority": () => "Qual a prioridade? 1 não é urgente, 5 é emergência.",
  "ban-sure": () => "Banir este cliente? Nada do que ele escrever chegará aqui. /desbanir desfaz.",
  "did-close": ({ by, isSilent }) =>
    `⬜️ ${by} encerrou o atendimento${isSilent ? " sem avisar o cliente" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} definiu a prioridade ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} baniu este cliente.`,
  "did-unban": ({ by }) => `✅ ${by} desbaniu este cliente.`,
  "unbanned": ({ userId }) => `✅ ${userId} não está mais banido.`,
  "not-banned": ({ userId }) => `ℹ️ ${userId} não está banido.`,
  "unban-how": () =>
    "Use /desbanir na conversa do cliente. Se não houver nenhuma, diga o ID: /desbanir 123456789.",
  "did-assign": ({ by, to }) =>
    to === undefined
      ? `🙋 ${by} deixou o atendimento sem responsável.`
      : to === by
      ? `🙋 ${by} assumiu o atendimento.`
      : `🙋 ${by} passou o atendimento para ${to}.`,
  "did-undo": ({ by, isSent }) =>
    isSent
      ? `🗑 ${by} desfez esta resposta: ela foi apagada também para o cliente.`
      : `🗑 ${by} desfez esta resposta antes que ela fosse enviada.`,
  "did-rate": ({ stars }) =>
    `${"⭐".repeat(stars)} O cliente avaliou o atendimento: ${stars} de 5.`,
  "already": ({ status }) =>
    ({
      open: "ℹ️ Este cliente não está banido.",
      closed: "ℹ️ Este atendimento já está encerrado.",
      banned: "ℹ️ Este cliente está banido. /desbanir desfaz.",
    })[status],
  "collision": ({ name }) =>
    `👥 ${name} também respondeu, agora há pouco. O cliente recebeu as duas respostas.`,
  "waits": ({ name, address }) => `⏳ ${name} espera uma resposta.\n${address}`,
  "late": ({ name, address, minutes }) =>
    `⏰ ${name} espera uma resposta há ${sayDuration(minutes * MINUTE_MS)}.\n${address}`,
  "silence-warning": ({ hours }) =>
    `Ainda precisa de ajuda? Sem resposta sua, este atendimento será encerrado em ${
      hoursLeft(hours)
    }.`,
  "button-still-needed": () => "Ainda preciso de ajuda",
  "button-solved": () => "Resolvido",
  "silence-broken": () => "Certo, o atendimento continua. Escreva aqui o que precisar.",
  "silence-over": () => "Esta pergunta não vale mais.",
  "still-needed": () => "ℹ️ O cliente ainda precisa de ajuda.",
  "did-autoclose": () => "⬜️ O atendimento se encerrou sozinho: o cliente não escreveu mais.",
  "did-solve": () => "⬜️ O cliente encerrou o atendimento.",
  "solved": () => "Não há atendimento aberto. Se precisar de algo, é só escrever aqui.",
  "who": ({ conversation, since, waitsSince, counts, days }) => {
    const { customer, source, status, priority, assignee, blockedSinceMs } = conversation;
    return [
      `👤 ${displayName(customer)}`,
      `ID ${customer.id}`,
      `Desde: ${since}`,
      ...(source === undefined ? [] : [`Link: ${source}`]),
      `Situação: ${
        { open: `aberto, prioridade ${priority}`, closed: "encerrado", banned: "banido" }[status]
      }`,
      ...(blockedSinceMs === undefined ? [] : ["Bloqueou o bot"]),
      ...(waitsSince === undefined ? [] : [`Espera resposta desde: ${waitsSince}`]),
      ...(assignee ? [`Responsável: ${assignee.name}`] : []),
      `Mensagens nos últimos ${days} dias: ${counts.fromCustomer} do cliente, ${counts.fromTeam} da equipe`,
    ].join("\n");
  },
  "assign-ambiguous": ({ words, names }) =>
    `Mais de uma pessoa pode ser “${words}”${names.length > 1 ? `: ${names.join(", ")}` : ""}. ` +
    "Responda a um comentário da pessoa com /atribuir.",
  "assign-unknown": ({ words, names }) =>
    `Ninguém chamado “${words}” respondeu a um cliente até agora.` +
    (names.length > 0 ? ` Conheço: ${names.join(", ")}.` : "") +
    " Você também pode responder a um comentário da pessoa com /atribuir.",
  "assign-stranger": () => "Quem escreveu esse comentário não é da equipe.",
  "assign-needs-name": () => "Você escreve sem nome: diga a quem atribuir, como em /atribuir Ana.",
  "undo-how": () =>
    "Responda com /desfazer ao comentário que deve ser apagado também para o cliente.",
  "undo-not-ours": () => "Só respostas da equipe podem ser desfeitas.",
  "undo-not-yours": () => "Você só pode desfazer as suas respostas; administradores, as de todos.",
  "undo-too-late": () =>
    "⚠️ O Telegram não permite apagar esta mensagem para o cliente: isso só é possível nas primeiras 48 horas.",
  "undo-nothing": () =>
    "Não há o que desfazer: este comentário não está com o cliente, ou foi enviado há tempo demais.",
  "invite": ({ link }) =>
    `🔗 Mande este link aos seus atendentes. Quem o abre pede para entrar no canal, e você decide aqui:\n${link}\n\n` +
    "/convidar off o encerra.",
  "invite-off": () => "✅ O link foi encerrado: ninguém mais pode pedir por ele.",
  "invite-none": () => "ℹ️ Não há link. /convidar cria um.",
  "invite-how": () =>
    "/convidar cria um link pelo qual atendentes pedem para entrar no canal, /convidar off o encerra.",
  "invite-refused": ({ description }) =>
    `⚠️ O Telegram não me deixa convidar ninguém (“${description}”): abra o canal → Editar → Administradores, ` +
    "toque em mim e ative “Adicionar inscritos”.",
  "join-request": ({ name, userId, isBanned, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `👤 ${name} (ID ${userId}) pede para entrar no canal, e assim na equipe.` +
    (isBanned ? "\n⚠️ Como cliente, está banido." : ""),
  "button-let-in": () => "Deixar entrar",
  "button-decline": () => "Recusar",
  "joined": ({ name }) => `✅ ${name} está no canal.`,
  "join-declined": ({ name }) => `🚫 ${name} não entrou.`,
  "join-over": ({ name }) =>
    `ℹ️ ${name} não pede mais para entrar: desistiu, foi banido, ou outra pessoa já decidiu.`,
  "join-refused": ({ name, description }) =>
    `⚠️ O Telegram não deixa ${name} entrar (“${description}”).`,
  "notify-how": ({ isWanted }) =>
    `Avisos de quem espera: ${
      isWanted ? "ligados" : "desligados"
    }. /avisos on liga, /avisos off desliga.`,
  "notify-done": ({ isWanted }) =>
    isWanted
      ? "✅ Você será avisado aqui quando um cliente começar a esperar."
      : "✅ Sem mais avisos.",
  "allow-how": ({ isAllowed }) => {
    const command = isAllowed ? "/permitir" : "/proibir";
    return `Responda a uma mensagem da pessoa com ${command}, ou diga seu ID: ${command} 123456789.`;
  },
  "allowed": ({ userId }) => `✅ ${userId} pode entrar no grupo.`,
  "disallowed": ({ userId }) => `✅ ${userId} não pode mais entrar no grupo.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) entrou no grupo do atendimento e foi removido: o grupo guarda todas as ` +
    `conversas. A equipe não precisa entrar, basta comentar pelo canal. Para permitir: /permitir ${userId}`,
  "not-expelled": ({ name, userId, description }) => {
    const why = description === undefined
      ? "é administrador do grupo"
      : `o Telegram recusa (“${description}”)`;
    return `⚠️ ${name} (${userId}) entrou no grupo do atendimento e não pôde ser removido: ${why}. ` +
      "Remova-o, ou permita com /permitir.";
  },
} satisfies Partial<Texts>;

/** As people say it: 24 horas, and not one day. */
function hoursLeft(hours: number): string {
  return Number.isInteger(hours) ? `${hours} horas` : sayDuration(hours * HOUR_MS);
}

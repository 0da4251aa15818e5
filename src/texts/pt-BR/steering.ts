/** What is said about commands and buttons, in Brazilian Portuguese. */
import { displayName, PRIORITY_SQUARES } from "../../card.ts";
import { type CommandName, usageOf } from "../../command.ts";
import type { Texts } from "../../notice.ts";

export const steering = {
  "panel": ({ source }) =>
    "🆕 Conversa nova. Comente aqui para responder." +
    (source === undefined ? "" : `\nℹ️ Chegou pelo link: ${source}`),
  "button-close": () => "⬜️ Encerrar",
  "button-priority": () => "🟨 Prioridade",
  "button-assign": () => "🙋 Assumir",
  "button-ban": () => "❌ Banir",
  "button-help": () => "❔ Ajuda",
  "button-cancel": () => "Cancelar",
  "which-priority": () => "Qual a prioridade? 1 não é urgente, 5 é emergência.",
  "ban-sure": () => "Banir este cliente? Nada do que ele escrever chegará aqui. /desbanir desfaz.",
  "did-close": ({ by, isSilent }) => `⬜️ ${by} encerrou${isSilent ? " sem avisar o cliente" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} definiu a prioridade ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} baniu este cliente.`,
  "did-unban": ({ by }) => `✅ ${by} desbaniu este cliente.`,
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
  "who": ({ conversation, since, counts, days }) => {
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
      ...(assignee ? [`Responsável: ${assignee.name}`] : []),
      `Mensagens nos últimos ${days} dias: ${counts.fromCustomer} do cliente, ${counts.fromTeam} da equipe`,
    ].join("\n");
  },
  "team-help": ({ commands }) =>
    "Comente aqui para responder ao cliente; responda a um comentário para responder àquela " +
    "mensagem. Comentários que começam com # são notas internas.\n\nO que você edita muda " +
    "também para o cliente. O que você apaga continua com ele (/desfazer apaga para os dois), e o " +
    "que ele apaga continua aqui.\n\n" +
    commands.map((name) => `${usageOf(name, { isPortuguese: true })} — ${ABOUT[name]}`).join("\n"),
  "team-help-in-private": () =>
    "Você é da equipe. Responda aos clientes nos comentários do canal.\n\n" +
    `/avisos on — ${ABOUT.notify}`,
  "about": ({ name }) => ABOUT[name],
  "unknown-command": ({ word, nearest }) =>
    `Não conheço /${word}.` +
    (nearest === undefined ? " Veja /ajuda." : ` Você quis dizer /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "Este comando vale nos comentários de um cliente."
      : "Este comando vale no chat privado com o bot.",
  "team-only": () => "Isto é só para a equipe.",
  "admins-only": () => "Só administradores podem fazer isso.",
  "creator-only": () => "Só quem criou o grupo pode fazer isso, em seu próprio nome.",
  "assign-ambiguous": ({ words, names }) =>
    `Há mais de uma pessoa com “${words}”: ${names.join(", ")}. ` +
    "Responda a um comentário da pessoa com /atribuir.",
  "assign-unknown": ({ words, names }) =>
    `Ninguém chamado “${words}” respondeu a um cliente até agora.` +
    (names.length > 0 ? ` Conheço: ${names.join(", ")}.` : "") +
    " Você também pode responder a um comentário da pessoa com /atribuir.",
  "assign-stranger": () => "Quem escreveu esse comentário não é da equipe.",
  "assign-needs-name": () => "Você escreve sem nome: diga a quem atribuir, como em /atribuir Ana.",
  "undo-how": () => "Responda com /desfazer à resposta que deve ser apagada também para o cliente.",
  "undo-not-ours": () => "Só respostas da equipe podem ser desfeitas.",
  "undo-not-yours": () => "Você só pode desfazer as suas respostas; administradores, as de todos.",
  "undo-too-late": () =>
    "⚠️ O Telegram não permite apagar esta mensagem para o cliente: isso só é possível nas primeiras 48 horas.",
  "undo-nothing": () =>
    "Não há o que desfazer: este comentário não está com o cliente, ou foi enviado há tempo demais.",
  "notify-how": ({ isWanted }) =>
    `Avisos de quem espera: ${
      isWanted ? "ligados" : "desligados"
    }. /avisos on liga, /avisos off desliga.`,
  "notify-done": ({ isWanted }) =>
    isWanted
      ? "✅ Você será avisado aqui quando um cliente começar a esperar."
      : "✅ Sem mais avisos.",
  "allow-how": () =>
    "Responda a uma mensagem da pessoa com /permitir, ou diga seu ID: /permitir 123456789.",
  "allowed": ({ userId }) => `✅ ${userId} pode entrar no grupo.`,
  "disallowed": ({ userId }) => `✅ ${userId} não pode mais entrar no grupo.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) entrou no grupo do atendimento e foi removido: o grupo guarda todas as ` +
    `conversas. A equipe não precisa entrar, basta comentar pelo canal. Para permitir: /permitir ${userId}`,
  "not-expelled": ({ name, userId }) =>
    `⚠️ ${name} (${userId}) entrou no grupo do atendimento e não pôde ser removido: é administrador ` +
    "do grupo. Remova-o, ou permita com /permitir.",
} satisfies Partial<Texts>;

const ABOUT: Record<CommandName, string> = {
  start: "começa o atendimento",
  help: "ajuda",
  terms: "termos do atendimento",
  privacy: "o que é guardado, e como apagar",
  close: "encerra e avisa o cliente",
  closesilent: "encerra sem avisar o cliente",
  priority: "define a prioridade",
  assign: "assume, ou passa a um colega",
  who: "o que se sabe do cliente",
  undo: "em resposta a uma resposta sua: apaga também para o cliente",
  ban: "bane o cliente",
  unban: "desbane o cliente",
  notify: "avisa você quando um cliente espera",
  replies: "mostra as respostas prontas",
  addreply: "guarda uma resposta pronta",
  renamereply: "renomeia uma resposta pronta",
  delreply: "apaga uma resposta pronta",
  exportreplies: "envia as respostas prontas em um arquivo",
  importreplies: "lê respostas prontas de um arquivo",
  settings: "mostra os ajustes",
  set: "muda um ajuste",
  reset: "volta um ajuste ao padrão",
  stats: "números e gráfico do atendimento",
  setup: "verifica o atendimento: o que falta, e um teste",
  failed: "o que não foi entregue",
  allow: "deixa alguém entrar no grupo",
  disallow: "não deixa mais",
};

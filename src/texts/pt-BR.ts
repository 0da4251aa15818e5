/** Brazilian Portuguese. */
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import { writeStats } from "../stats_message.ts";

export const portuguese: Texts = {
  "welcome": () =>
    "Olá! Escreva sua mensagem aqui e nossa equipe responderá o mais breve possível.",
  "help": () =>
    "Escreva aqui o que precisar: texto, fotos, áudios, arquivos. Nossa equipe responde neste " +
    "mesmo chat.\n\nSe você editar uma mensagem, a equipe vê a mudança. Se você apagar uma " +
    "mensagem ou o chat, a cópia da equipe continua.",
  "team-help": () =>
    "Comente aqui para responder ao cliente; responda a um comentário para responder àquela " +
    "mensagem. Comentários que começam com # são notas internas.\n\nO que você edita muda " +
    "também para o cliente. O que você apaga continua com ele, e o que ele apaga continua aqui." +
    "\n\nAdministradores: /failed mostra o que não foi entregue.",
  "source": ({ source }) => `ℹ️ Chegou pelo link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ Não foi possível entregar esta mensagem: ${reason(why)}`,
  "cannot-show": ({ content }) =>
    `🫥 Chegou algo que não pode ser mostrado aqui: ${kind(content)}.`,
  "edited": () => "✏️ Editado:",
  "too-old": () =>
    "⚠️ A edição não aparece do outro lado: a mensagem é antiga demais ou não está lá. Envie uma nova.",
  "already-sent": () =>
    "⚠️ O cliente já recebeu esta mensagem como era antes: o que ele recebeu não é retirado.",
  "album-incomplete": ({ sent, of }) => `⚠️ Só ${sent} de ${of} itens deste álbum foram entregues.`,
  "blocked": () =>
    "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.",
  "unblocked": () => "✅ Este cliente desbloqueou o bot e pode ser atendido de novo.",
  "trouble": ({ description }) =>
    `⚠️ O atendimento está parado: o Telegram recusa o que o bot precisa fazer (“${description}”). ` +
    "Verifique se ele é administrador do canal e do grupo. " +
    "Nada se perdeu: tudo segue quando for corrigido.",
  "moved": () => "A conversa continua aqui.",
  "slow-down": () =>
    "Recebemos muitas mensagens suas de uma vez. Nada se perdeu:" +
    " elas estão sendo entregues aos poucos. Por favor, aguarde um momento.",
  "failed-none": () => "✅ Nada foi abandonado: tudo o que foi aceito foi entregue.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Não entregues: ${count}${shown < count ? ` (as primeiras ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `de ${name}` : `para ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Tentar todas",
  "failed-dismiss-all": () => "✕ Descartar todas",
  "failed-done": ({ does }) => does === "retry" ? "Tentando de novo." : "Descartado.",
  "admins-only": () => "Só administradores podem fazer isso.",
  "team-in-private": () =>
    "Você é da equipe. Responda aos clientes nos comentários do canal, não por aqui.",
  "reply-how": () =>
    "Para guardar uma resposta pronta:\n\n/addreply Prazo de entrega\n" +
    "{saudacao}, {nome}! Entregamos em até 3 dias úteis.\n\n" +
    "Ou responda a uma mensagem (texto, foto, vídeo, arquivo…) com /addreply e o título.\n\n" +
    "Preenchidos no envio: {nome} {sobrenome} {nome_completo} {id} {agente} {saudacao} {data} {hora}",
  "reply-rename-how": ({ title }) =>
    `Para renomear “${title}”, envie este comando com o novo título na segunda linha:`,
  "reply-import-how": () =>
    "Responda com /importreplies a um arquivo como o que /exportreplies envia.",
  "reply-saved": ({ title, replaced, unknown }) =>
    `✅ ${replaced ? "Resposta atualizada" : "Resposta guardada"}: ${title}` +
    (unknown.length ? `\n⚠️ Não conheço ${unknown.join(", ")}: ficará como está.` : ""),
  "reply-exists": ({ title }) => `Já existe uma resposta “${title}”. Substituir?`,
  "reply-replace": () => "Substituir",
  "reply-problem": ({ problem }) => `⚠️ A resposta não foi guardada: ${replyReason(problem)}`,
  "reply-gone": () => "Ela não existe mais.",
  "reply-deleted": ({ title }) => `🗑 Resposta apagada: ${title}`,
  "reply-not-found": ({ title, nearest }) =>
    `Não há resposta “${title}”.` +
    (nearest.length ? ` Parecidas:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Agora se chama: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ Já existe uma resposta “${title}”.`,
  "reply-none": ({ words }) =>
    words ? `Nenhuma resposta com “${words}”.` : "Ainda não há respostas prontas. Veja /addreply.",
  "reply-list": ({ words, total, from, to }) =>
    `💬 Respostas prontas${words ? ` com “${words}”` : ""}: ${from}–${to} de ${total}`,
  "reply-exported": ({ count }) => `Respostas prontas: ${count}`,
  "reply-imported": ({ added, updated }) => `✅ Novas: ${added}. Atualizadas: ${updated}.`,
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ Nada foi importado:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• linha ${line}, coluna ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… e mais ${count - problems.length}` : ""),
  "reply-file-unread": () =>
    "⚠️ Não foi possível ler o arquivo. Nada foi importado; tente de novo.",
  "stats": ({ stats, names }) => writeStats(stats, { language: "pt-BR", texts: portuguese, names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversas abertas",
      "closed": "Conversas fechadas",
      "waiting": "Esperando agora",
      "from-customers": "Mensagens de clientes",
      "from-team": "Mensagens da equipe",
      "half-wait": "Metade espera até",
      "most-wait": "9 de cada 10, até",
      "rating": "Nota média",
      "ratings": "Avaliações",
      "customers": "Clientes",
      "team": "Equipe",
      "messages-by-day": "Mensagens por dia",
      "wait-by-day": "Espera pela primeira resposta (mediana do dia)",
      "messages-by-hour": "Mensagens por hora do dia",
      "customers-by-hour": "Mensagens de clientes por hora do dia",
      "agents": "Por atendente: mensagens · espera",
      "agent-columns": "Por atendente: mensagens · primeiras respostas · metade em até",
      "today": "hoje",
    })[label],
  "stats-period": ({ days }) => `Últimos ${days} dias`,
  "stats-none": () =>
    "Nenhuma conversa neste período. Assim que os clientes escreverem, os números aparecem aqui.",
  "stats-waits": ({ median, p90 }) =>
    `Primeira resposta: metade em até ${median}, 9 de cada 10 em até ${p90}`,
  "stats-no-waits": () => "Primeira resposta: ninguém esperou por uma neste período",
  "stats-ratings": ({ mean, count }) => `Avaliações: ${count}, nota média ${mean} de 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "Em nome do canal" : `Atendente ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… e mais ${count}`,
  "talk-to-us": () => "Fale conosco",
  "invitation": ({ link }) => `Fale conosco por aqui: ${link}`,
  "greeting": ({ part }) =>
    ({ morning: "bom dia", afternoon: "boa tarde", evening: "boa noite" })[part],
};

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `o Telegram não permite copiar este tipo de mensagem (${kind(why.content)}). ` +
        "Envie como texto, foto, vídeo ou arquivo.";
    case "refused":
      return "o Telegram recusou a mensagem.";
    case "voice":
      return "o destinatário não aceita mensagens de voz nem de vídeo. Envie como texto ou arquivo.";
    case "deleted":
      return "ela foi apagada antes de ser copiada.";
    case "blocked":
      return "o cliente bloqueou o bot há muitos dias.";
    case "unreadable":
      return "o token do bot foi trocado antes do envio. Envie de novo.";
    case "time":
      return "o Telegram não respondeu por tempo demais. Envie de novo.";
    case "gone":
      return "a conta deste cliente não existe mais.";
  }
}

function replyReason(problem: ReplyProblem): string {
  switch (problem.because) {
    case "no title":
      return "falta o título.";
    case "no content":
      return "falta o texto. Veja /addreply.";
    case "long title":
      return `o título tem ${problem.length} caracteres; o máximo é ${MAX_TITLE}.`;
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "long caption":
      return `a legenda tem ${problem.length} caracteres; o máximo é ${MAX_CAPTION}.`;
    case "kind":
      return `este tipo de mensagem não pode ser uma resposta pronta (${kind(problem.content)}).`;
    case "size":
      return "há formatação ou links demais.";
    case "full":
      return `são no máximo ${MAX_REPLIES} respostas.`;
  }
}

function fileReason(reason: FileReason): string {
  switch (reason.because) {
    case "syntax":
      return "daqui em diante não é JSON.";
    case "missing":
      return `falta “${reason.field}”.`;
    case "type":
      return `deveria ser ${
        {
          object: "um objeto",
          list: "uma lista",
          text: "um texto",
          number: "um número",
          "true or false": "true ou false",
        }[reason.wanted]
      }.`;
    case "unknown kind":
      return `o tipo deveria ser um destes: ${reason.kinds.join(", ")}.`;
    case "outside":
      return "a formatação vai além do texto.";
    case "duplicate":
      return `este título já está na linha ${reason.line}.`;
    case "version":
      return "o arquivo é de uma versão mais nova do programa.";
    default:
      return replyReason(reason);
  }
}

const KINDS: Partial<Record<ContentKind, string>> = {
  paid_media: "mídia paga",
  story: "story",
  checklist: "lista de tarefas",
  invoice: "fatura",
  game: "jogo",
  giveaway: "sorteio",
  giveaway_winners: "sorteio",
  gift: "presente",
  gift_upgrade_sent: "presente",
  unique_gift: "presente",
  poll: "enquete",
};

function kind(content: ContentKind): string {
  return KINDS[content] ?? "uma mensagem de outro tipo";
}

/** What is said around messages: to customers, and in threads, in Brazilian Portuguese. */
import type { ContentKind } from "../../message/content.ts";
import type { Texts, Undeliverable } from "../notice.ts";

export const conversation = {
  "welcome": () =>
    "Olá! Escreva sua mensagem aqui e nossa equipe responderá o mais breve possível.",
  "help": () =>
    "Escreva aqui o que precisar: texto, fotos, áudios, arquivos. Nossa equipe responde neste " +
    "mesmo chat.\n\nSe você editar uma mensagem, a equipe vê a mudança. Se você apagar uma " +
    "mensagem ou o chat, a cópia da equipe continua.",
  "source": ({ source }) => `ℹ️ Chegou pelo link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ Não foi possível entregar esta mensagem: ${reason(why)}`,
  "not-obeyed": ({ why }) => `⚠️ Não foi possível executar este comando: ${reason(why)}`,
  "cannot-show": ({ content }) =>
    `🫥 Chegou algo que não pode ser mostrado aqui: ${kind(content)}.`,
  "answered-kind": ({ content }) => kind(content),
  "reference-kept": () =>
    "ℹ️ O cliente não vê a que mensagem isto responde: ela está nos chats da própria equipe.",
  "edited": () => "✏️ Editado:",
  "too-old": () =>
    "⚠️ A edição não aparece do outro lado: a mensagem é antiga demais ou não está lá. Envie uma nova.",
  "already-sent": () =>
    "⚠️ O cliente já recebeu esta mensagem como era antes: o que ele recebeu não é retirado.",
  "inserted-note": ({ mark }) =>
    `⚠️ O cliente não recebeu esta mensagem: ela começa com “${mark}”, como ${
      mark === "#" ? "as notas internas" : "os comandos"
    }. O que foi inserido não pode ser editado: escreva como comentário ou mude a resposta pronta (/resposta).`,
  "posted": () =>
    "⚠️ O cliente não recebeu o que foi publicado no canal em resposta a este cartão: ele só recebe os comentários daqui.",
  "album-incomplete": ({ sent, of }) => `⚠️ Só ${sent} de ${of} itens deste álbum foram entregues.`,
  "blocked": () =>
    "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.",
  "unblocked": () => "✅ Este cliente desbloqueou o bot e pode ser atendido de novo.",
  "trouble": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `⚠️ O atendimento está parado: o Telegram recusa o que o bot precisa fazer (“${description}”). ` +
    "Verifique se ele é administrador do canal e do grupo. " +
    "Nada se perdeu: tudo segue quando for corrigido.",
  "trouble-over": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `✅ O atendimento voltou: o que o Telegram recusava (“${description}”) passa de novo.`,
  "moved": () => "A conversa continua aqui.",
  "slow-down": () =>
    "Recebemos muitas mensagens suas de uma vez. Nada se perdeu:" +
    " elas estão sendo entregues aos poucos. Por favor, aguarde um momento.",
  "failed-none": () => "✅ Nada deixou de ser entregue.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Não entregues: ${count}${shown < count ? ` (as primeiras ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `de ${name}` : `para ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Tentar todas",
  "failed-dismiss-all": () => "✕ Descartar todas",
  "failed-done": ({ does }) => does === "retry" ? "Tentando de novo." : "Descartado.",
  "team-in-private": () =>
    "Você é da equipe. Responda aos clientes nos comentários do canal, não por aqui.",
  "terms": () =>
    "As mensagens deste chat são lidas e respondidas pela nossa equipe. Não envie senhas nem dados " +
    "de cartão.\n\n/privacidade explica o que é guardado.",
  "restart": () => "Que bom falar com você de novo! Nossa equipe responderá o mais breve possível.",
  "end": () => "Este atendimento foi encerrado. Se precisar de algo mais, é só escrever aqui.",
  "rate": () => "Como foi o atendimento?",
  "rated": () => "Obrigado pela sua avaliação!",
  "rate-over": () => "Esta pergunta não vale mais.",
  "banned": () => "Este chat não está disponível.",
  "greeting": ({ part }) =>
    ({ morning: "bom dia", afternoon: "boa tarde", evening: "boa noite" })[part],
} satisfies Partial<Texts>;

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
    case "fault":
      return "o próprio bot falhou. Envie de novo.";
    case "time":
      return "o Telegram não respondeu por tempo demais. Envie de novo.";
    case "doubt":
      return "o Telegram não confirma que quem escreveu é da equipe. Se for, envie de novo em alguns minutos.";
    case "nobody":
      return "há um mês não há ninguém aqui para ler.";
    case "no desk":
      return "o atendimento a que ela foi enviada não existe mais. Envie de novo.";
    case "gone":
      return "a conta deste cliente não existe mais.";
  }
}

/** What a message is that cannot be shown. */
export function kind(content: ContentKind): string {
  return KINDS[content] ?? "uma mensagem de outro tipo";
}

const KINDS: Partial<Record<ContentKind, string>> = {
  text: "texto",
  rich_message: "texto",
  photo: "foto",
  live_photo: "foto animada",
  video: "vídeo",
  animation: "GIF",
  audio: "áudio",
  document: "arquivo",
  voice: "mensagem de voz",
  video_note: "mensagem de vídeo",
  sticker: "figurinha",
  contact: "contato",
  venue: "lugar",
  location: "localização",
  dice: "dado",
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

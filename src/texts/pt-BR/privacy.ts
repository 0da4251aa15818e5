/** What is said of what is kept of a customer, and of erasing it, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { DataPart } from "../notices/privacy.ts";

export const privacy = {
  "privacy": ({ linkDays, keepDays }) =>
    "O que fica guardado sobre você aqui:\n\n" +
    "• De você: seu nome, seu sobrenome e seu ID do Telegram; se o atendimento está aberto, encerrado ou " +
    "bloqueado, sua prioridade e etiquetas, quem da equipe cuida dele e por qual link você chegou. " +
    (keepDays === null
      ? "Até você apagar.\n"
      : `Até você apagar, ou ${keepDays} dias depois da última mensagem.\n`) +
    "• Quais mensagens suas correspondem a quais cópias na equipe, só em números: por " +
    `${linkDays} dias.\n` +
    "• Se você abriu o menu: quais botões tocou e por qual link chegou: pelo mesmo tempo.\n" +
    "• O que ainda não foi entregue espera criptografado e é apagado quando segue; o que não pôde ser " +
    "entregue, depois de 30 dias.\n" +
    "• Para as estatísticas contamos mensagens, sem guardar de quem são.\n\n" +
    "As mensagens em si não estão no nosso banco de dados. Elas ficam no Telegram: neste chat e no " +
    "canal da nossa equipe.\n\n" +
    "Você pode ver seus dados ou apagá-los:",
  "button-show-data": () => "📄 Meus dados",
  "button-erase": () => "🗑 Apagar",
  "button-erase-sure": () => "🗑 Sim, apagar",
  "data": () => "Tudo o que nosso banco de dados tem sobre você.",
  "data-about": ({ part }) => ABOUT_DATA[part],
  "erase-sure": () =>
    "Apagar o que está guardado sobre você? O atendimento termina: nossa equipe não poderá mais " +
    "responder, e o que ainda não foi entregue se perde. As mensagens deste chat continuam até você " +
    "apagá-las. Se escrever de novo, tudo recomeça.",
  "erase-cancelled": () => "Nada foi apagado.",
  "erase-nothing": ({ isAgent }) =>
    isAgent
      ? "Como cliente, nada está guardado sobre você. O que “Meus dados” mostra é do seu trabalho na " +
        "equipe, e fica."
      : "Nada está guardado sobre você: não há o que apagar.",
  "erase-begun": () => "Seus dados estão sendo apagados. Você será avisado quando terminar.",
  "erase-stale": () => "Este botão não vale mais. Envie /privacidade de novo.",
  "erased": ({ undelivered, isBanned }) =>
    "✅ Pronto: o que estava guardado sobre você foi apagado. As mensagens deste chat continuam até " +
    "você apagá-las." +
    (undelivered > 0
      ? `\n\n⚠️ Mensagens suas que não chegaram mais à nossa equipe: ${undelivered}.`
      : "") +
    (isBanned
      ? "\n\nUma coisa fica: uma marca da qual ninguém consegue ler quem você é. Por ela este chat " +
        "continua indisponível para você."
      : "\n\nSe escrever de novo, tudo recomeça."),
  "did-erase": ({ undelivered }) =>
    "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém." +
    (undelivered > 0 ? `\n⚠️ Mensagens que não foram mais entregues: ${undelivered}.` : ""),
  "erased-thread": () => "🗑 Isto não chega a ninguém: os dados do cliente foram apagados.",
  "erased-card": () => "apagado",
} satisfies Partial<Texts>;

const ABOUT_DATA: Record<DataPart, string> = {
  all:
    "Tudo o que o banco de dados deste bot tem sobre você. O texto das mensagens não está nele: " +
    "está no Telegram. Os horários são em UTC.",
  person: "Seu ID e seu nome, como o Telegram os informa.",
  conversation:
    "Como está seu atendimento: desde quando, em que situação, quando alguém escreveu por " +
    "último, e o que já lhe foi dito e só se diz uma vez.",
  posts: "As postagens do canal da nossa equipe que representam você, e suas cópias no grupo, em " +
    "números.",
  links: "Qual mensagem deste chat aparece como qual mensagem do lado da equipe. As impressões " +
    "digitais dizem se uma mensagem mudou; delas não se lê o que ela diz.",
  waiting: "O que ainda não foi feito. Das suas próprias mensagens, o que espera com elas.",
  failed: "O que não pôde ser entregue, com o motivo; guardado por 30 dias.",
  marks: "Mensagens deste chat que foram anotadas: sobre as quais algo foi dito, que não foram " +
    "passadas adiante, que receberam reação. E o que ficou quando você apagou seus dados antes.",
  team:
    "Se você foi reconhecido como da equipe, o que está guardado sobre você como tal, e quantas " +
    "vezes tentou assumir o bot com um código errado.",
  "other-desks": "O mesmo, de onde sua conversa estava antes que o atendimento mudasse de canal.",
};

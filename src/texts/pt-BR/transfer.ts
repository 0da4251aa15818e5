/** What is said of a conversation that goes on at another desk, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";

export const transfers = {
  "which-desk": () => "Para qual balcão?",
  "did-transfer": ({ by, to }) => `➡️ ${by} transferiu para ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ Veio de ${from}: ${by} transferiu. O que foi escrito antes está lá.`,
  "moved-to": ({ desk }) =>
    `➡️ Este atendimento continua em ${desk}: o que se escreve aqui não chega a ninguém.`,
  "edited-before": ({ desk }) =>
    `✏️ O cliente editou uma mensagem de antes da transferência: ela mudou em ${desk}.`,
  "transfer-alone": () => "ℹ️ Não há outro balcão para onde transferir.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ Não há balcão “${words}”. Há estes: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ Este balcão não existe mais. /transferir mostra os que há.",
  "transfer-here": ({ name }) => `ℹ️ Este atendimento já está em ${name}.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ Nada foi transferido: ${name} não pode trabalhar agora. A lista dele (/configurar) diz o que falta.`,
} satisfies Partial<Texts>;

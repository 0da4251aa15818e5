/** What is said of a conversation that goes on at another desk, and of where newcomers go, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { RoutedTo } from "../notices/transfer.ts";

export const transfers = {
  "transfer-to": () => "Para qual balcão?",
  "did-transfer": ({ by, to }) => `➡️ ${by} transferiu para ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ Veio de ${from}: ${by} transferiu. O que foi escrito antes está lá.`,
  "moved-to": ({ desk }) =>
    `➡️ Este atendimento continua em ${desk}: o que se escreve aqui não chega a ninguém.`,
  "edited-before": ({ desk }) =>
    `✏️ O cliente editou uma mensagem que está em ${desk}: ela mudou lá.`,
  "transfer-alone": () => "ℹ️ Não há outro balcão para onde transferir.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ Não há balcão “${words}”. Há estes: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ Este balcão não existe mais. /transferir mostra os que há.",
  "transfer-here": ({ name }) => `ℹ️ Este atendimento já está em ${name}.`,
  "transfer-elsewhere": ({ name }) =>
    `ℹ️ O cliente está sendo atendido em ${name}: só de lá pode ser transferido.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ Nada foi transferido: ${name} não pode trabalhar agora. A lista dele (/configurar) diz o que falta.`,
  "route": ({ to, first, names }) =>
    `🧭 ${routeOf(to, first)}\n\nExistem: ${
      names.join(", ")
    }. Mude com /rota igual, /rota e o nome de um ` +
    "balcão, ou /rota off.",
  "route-done": ({ to, first }) => `✅ ${routeOf(to, first)}`,
} satisfies Partial<Texts>;

function routeOf(to: RoutedTo, first: string): string {
  switch (to.by) {
    case "even":
      return "Clientes novos vão para o balcão com menos conversas abertas.";
    case "desk":
      return `Clientes novos vão para ${to.name}.`;
    case "first":
      return `Clientes novos vão para o primeiro balcão, ${first}.`;
  }
}

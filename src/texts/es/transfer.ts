/** What is said of a conversation that goes on at another desk, and of where newcomers go, in Spanish. */
import type { Texts } from "../notice.ts";
import type { RoutedTo } from "../notices/transfer.ts";

export const transfers = {
  "transfer-to": () => "¿A qué mostrador?",
  "did-transfer": ({ by, to }) => `➡️ ${by} lo transfirió a ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ Viene de ${from}: lo transfirió ${by}. Lo escrito antes está allí.`,
  "moved-to": ({ desk }) =>
    `➡️ Esta conversación sigue en ${desk}: lo que se escribe aquí no llega a nadie.`,
  "edited-before": ({ desk }) =>
    `✏️ El cliente editó un mensaje que está en ${desk}: ha cambiado allí.`,
  "transfer-alone": () => "ℹ️ No hay otro mostrador al que transferir.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ No hay mostrador “${words}”. Hay estos: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ Este mostrador ya no existe. /transferir muestra los que hay.",
  "transfer-here": ({ name }) => `ℹ️ Esta conversación ya está en ${name}.`,
  "transfer-elsewhere": ({ name }) =>
    `ℹ️ Al cliente lo atienden en ${name}: solo desde allí se le puede transferir.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ No se transfirió nada: ${name} no puede trabajar ahora. Su lista (/setup) dice qué falta.`,
  "route": ({ to, first, names }) =>
    `🧭 ${routeOf(to, first)}\n\nHay: ${
      names.join(", ")
    }. Cámbielo con /ruta igual, /ruta y el nombre de un ` +
    "mostrador, o /ruta off.",
  "route-done": ({ to, first }) => `✅ ${routeOf(to, first)}`,
} satisfies Partial<Texts>;

function routeOf(to: RoutedTo, first: string): string {
  switch (to.by) {
    case "even":
      return "Los clientes nuevos van al mostrador con menos conversaciones abiertas.";
    case "desk":
      return `Los clientes nuevos van a ${to.name}.`;
    case "first":
      return `Los clientes nuevos van al primer mostrador, ${first}.`;
  }
}

/** What is said of a conversation that goes on at another desk, in Spanish. */
import type { Texts } from "../notice.ts";

export const transfers = {
  "which-desk": () => "¿A qué mostrador?",
  "did-transfer": ({ by, to }) => `➡️ ${by} lo transfirió a ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ Viene de ${from}: lo transfirió ${by}. Lo escrito antes está allí.`,
  "moved-to": ({ desk }) =>
    `➡️ Esta conversación sigue en ${desk}: lo que se escribe aquí no llega a nadie.`,
  "edited-before": ({ desk }) =>
    `✏️ El cliente editó un mensaje de antes de la transferencia: ha cambiado en ${desk}.`,
  "transfer-alone": () => "ℹ️ No hay otro mostrador al que transferir.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ No hay mostrador “${words}”. Hay estos: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ Este mostrador ya no existe. /transferir muestra los que hay.",
  "transfer-here": ({ name }) => `ℹ️ Esta conversación ya está en ${name}.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ No se transfirió nada: ${name} no puede trabajar ahora. Su lista (/setup) dice qué falta.`,
} satisfies Partial<Texts>;

/** What is said of what is done later, in Spanish. */
import type { WhenProblem } from "../../later/when.ts";
import type { Texts } from "../notice.ts";

export const later = {
  "button-later": () => "💤 Después",
  "quick-when": ({ when }) =>
    ({ "1h": "1 h", "3h": "3 h", tomorrow: "Mañana 9:00", monday: "Lunes 9:00" })[when],
  "which-later": () =>
    "¿Aplazarla hasta cuándo? La conversación vuelve a esa hora, o en cuanto el cliente escriba. " +
    "Otra hora: /despues 18:00",
  "did-later": ({ at }) =>
    `🕘 Esto va al cliente el ${at}. Edita tu mensaje para cambiar lo que se envía, o cuándo.`,
  "did-cancel-later": ({ by }) => `🗑 ${by} lo canceló: no se enviará.`,
  "did-send-now": ({ by }) => `🕘 ${by} ha hecho de esto una respuesta: va ahora.`,
  "did-call-off": ({ count }) =>
    count === 1
      ? "🗑 Una respuesta que iba a enviarse después está cancelada."
      : `🗑 ${count} respuestas que iban a enviarse después están canceladas.`,
  "later-over": () => "Ya se envió, o está cancelado.",
  "later-how": () =>
    "Di cuándo, y qué enviar: /despues 18:00 Tu pan está listo. Sin texto, la conversación se " +
    `aplaza hasta esa hora; /despues - la trae de vuelta. ${EXAMPLES}`,
  "later-unclear": ({ isKept }) => `No entiendo cuándo es eso. ${EXAMPLES}${kept(isKept)}`,
  "later-problem": ({ problem, isKept }) => `${PROBLEMS[problem]}${kept(isKept)}`,
  "later-note": ({ mark, isKept }) =>
    `No se envía nada: lo que empieza por “${mark}” queda en el equipo, también después.${
      kept(isKept)
    }`,
  "later-again": () => "⚠️ No se envía nada de esto: mándalo otra vez, con la hora.",
  "later-full": ({ most }) => `Ya esperan ${most} respuestas en esta conversación: no caben más.`,
  "not-put-off-here": ({ status }) =>
    status === "banned"
      ? "ℹ️ Este cliente está vetado: aquí no se hace nada después."
      : "ℹ️ Esta conversación está cerrada: no hay nada que aplazar.",
  "not-put-off": () => "ℹ️ Esta conversación no está aplazada.",
  "did-put-off": ({ by, until }) => `💤 ${by} aplazó la conversación hasta el ${until}.`,
  "did-bring-back": (notice) => {
    const { putOffBy } = notice;
    if (notice.because === "hand") {
      return `⏰ ${notice.by} trajo la conversación de vuelta: ${putOffBy} la había aplazado.`;
    }
    if (notice.because === "time") {
      return `⏰ La conversación ha vuelto: ${putOffBy} la aplazó hasta ahora.`;
    }
    return `⏰ La conversación ha vuelto, porque el cliente escribe: ${putOffBy} la había aplazado.`;
  },
  "who-later": ({ putOff, answers, more }) =>
    [
      ...(putOff ? [`💤 Aplazada hasta el ${putOff.until}, por ${putOff.by}`] : []),
      ...answers.map(({ at, by }) => `🕘 Se envía el ${at}, por ${by}`),
      ...(more > 0 ? [`… y ${more} más`] : []),
    ].join("\n"),
} satisfies Partial<Texts>;

const EXAMPLES =
  "Ejemplos: 30m, 2h, 3d, 18:00, mañana 9:00, viernes 10:00, 24/12 9:00, 2026-12-24 09:00.";

const PROBLEMS: Record<WhenProblem, string> = {
  past: "Esa hora ya pasó.",
  soon: "Falta menos de un minuto para eso.",
  far: "Falta más de un año para eso.",
  "no such day": "Ese día no existe.",
};

function kept(isKept: boolean): string {
  return isKept ? " Lo que pediste antes sigue en pie." : "";
}

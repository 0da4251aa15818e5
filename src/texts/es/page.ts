/** What the program's page says, in Spanish. */
import type { Texts } from "../notice.ts";
import type { PageLabel, TokenRefusal } from "../notices/page.ts";
import type { Mode, Stage } from "../../health/status.ts";

export const page = {
  "page-title": ({ stage }) => TITLES[stage],
  "page-lead": ({ stage }) => LEADS[stage],
  "page-running": ({ since, length, mode }) =>
    `En marcha desde ${since} (${length})${MODES[mode]}.`,
  "page-label": ({ label }) => LABELS[label],
  "page-token-refused": ({ refusal }) => TOKEN_REFUSALS[refusal],
  "page-state": ({ state }) =>
    ({ good: "Bien", warning: "Atención", bad: "Falta", unknown: "Aún no se sabe" })[state],
} satisfies Partial<Texts>;

const TITLES: Record<Stage, string> = {
  open: "La atención está abierta",
  starting: "La atención está arrancando",
  setup: "Vamos a montar su atención",
  trouble: "La atención le necesita",
  preview: "Esto es una vista previa",
};

const LEADS: Record<Stage, string> = {
  open: "Los clientes pueden escribir, y el equipo puede responder.",
  starting: "Es solo un momento. Mire de nuevo en unos segundos.",
  setup: "Falta poco. La atención se abre sola cuando todo esté listo.",
  trouble: "Lo que se escriba mientras tanto espera, y sale cuando esté reparado.",
  preview: "Aquí no se envía ni se recibe nada.",
};

const MODES: Record<Mode, string> = {
  webhook: ", por webhook",
  polling: ", por long polling",
  playground: ", como playground",
  setup: "",
};

const LABELS: Record<PageLabel, string> = {
  "to do": "Qué hacer",
  "checklist": "Lista de comprobación",
  "claim": "Hágase cargo de la atención",
  "claim why": "Quien abra este enlace en Telegram será el dueño de la atención, y allí verá los " +
    "siguientes pasos. No lo comparta.",
  "claim button": "Abrir en Telegram",
  "claim scan": "O escanéelo con el teléfono.",
  "claim picture": "Código QR del enlace",
  "claim elsewhere":
    "El enlace para hacerse cargo está en el registro del programa. Allí está también, en “page with " +
    "all details”, la dirección de esta página con el código: abierta por ella, muestra el enlace.",
  "token": "Pegue el token de su bot",
  "token why":
    "Pida un bot a @BotFather con /newbot. Su respuesta trae el token del bot: cópielo y péguelo aquí. " +
    "Se queda en esta máquina, en el archivo .env.",
  "token field": "Token",
  "token button": "Iniciar el bot",
  "numbers": "Mensajes",
  "waiting": "En espera",
  "oldest": "La espera más larga",
  "failed": "Sin entregar",
  "wrong code": "Este código no es correcto.",
  "too many codes":
    "Han llegado muchos códigos erróneos desde donde está. El correcto está en el registro del programa.",
  "look again": "Mirar de nuevo",
};

const TOKEN_REFUSALS: Record<TokenRefusal, string> = {
  "malformed":
    "Eso no era el token de un bot: tiene la forma 123456:ABC-DEF… Cópielo del mensaje de " +
    "@BotFather.",
  "unknown": "Telegram no conoce ese token: cópielo otra vez del mensaje de @BotFather.",
  "unanswered": "Telegram no respondió y no se pudo comprobar el token: revise la red y pegue el " +
    "token de nuevo.",
  "not kept":
    "Telegram conoce el token, pero no se puede escribir en .env: escríbalo usted allí, " +
    "como BOT_TOKEN=…, y reinicie el programa.",
  "form used":
    "Este formulario ya se envió o estuvo abierto demasiado tiempo: pegue el token de nuevo.",
};

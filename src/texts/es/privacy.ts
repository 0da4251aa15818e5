/** What is said of what is kept of a customer, and of erasing it, in Spanish. */
import type { Texts } from "../notice.ts";
import type { DataPart } from "../notices/privacy.ts";

export const privacy = {
  "privacy": ({ linkDays, keepDays }) =>
    "Lo que se guarda de usted aquí:\n\n" +
    "• De usted: su nombre, su apellido y su ID de Telegram; si su conversación está abierta, cerrada o " +
    "bloqueada, su prioridad y etiquetas, quién del equipo se ocupa de ella y por qué enlace llegó. " +
    (keepDays === null
      ? "Hasta que usted lo borre.\n"
      : `Hasta que usted lo borre, o ${keepDays} días después del último mensaje.\n`) +
    "• Qué mensajes suyos corresponden a qué copias del lado del equipo, solo en números: por " +
    `${linkDays} días.\n` +
    "• Si ha abierto el menú: qué botones ha pulsado y por qué enlace llegó: el mismo tiempo.\n" +
    "• Lo que aún no se ha entregado espera cifrado y se borra cuando sale; lo que no se pudo " +
    "entregar, después de 30 días.\n" +
    "• Para las estadísticas contamos mensajes, sin guardar de quién son.\n\n" +
    "Los mensajes mismos no están en nuestra base de datos. Están en Telegram: en este chat y en el " +
    "canal de nuestro equipo.\n\n" +
    "Puede ver sus datos o borrarlos:",
  "button-show-data": () => "📄 Mis datos",
  "button-erase": () => "🗑 Borrar",
  "button-erase-sure": () => "🗑 Sí, borrar",
  "data": () => "Todo lo que nuestra base de datos tiene de usted.",
  "data-about": ({ part }) => ABOUT_DATA[part],
  "erase-sure": () =>
    "¿Borrar lo que se guarda de usted? La conversación termina: nuestro equipo ya no podrá responder, " +
    "y lo que aún no se ha entregado se pierde. Los mensajes de este chat quedan hasta que usted los " +
    "borre. Si escribe de nuevo, todo vuelve a empezar.",
  "erase-cancelled": () => "No se borró nada.",
  "erase-nothing": ({ isAgent }) =>
    isAgent
      ? "Como cliente, no se guarda nada de usted. Lo que muestra “Mis datos” es de su trabajo en el " +
        "equipo, y se queda."
      : "No se guarda nada de usted: no hay nada que borrar.",
  "erase-begun": () => "Sus datos se están borrando. Le avisaremos cuando esté hecho.",
  "erase-stale": () => "Este botón ya no vale. Envíe /privacy de nuevo.",
  "erased": ({ undelivered, isBanned }) =>
    "✅ Hecho: lo que se guardaba de usted está borrado. Los mensajes de este chat quedan hasta que " +
    "usted los borre." +
    (undelivered > 0
      ? `\n\n⚠️ Mensajes suyos que ya no llegaron a nuestro equipo: ${undelivered}.`
      : "") +
    (isBanned
      ? "\n\nUna cosa queda: una marca de la que nadie puede leer quién es usted. Por ella este chat " +
        "sigue sin estar disponible para usted."
      : "\n\nSi escribe de nuevo, todo vuelve a empezar."),
  "did-erase": ({ undelivered }) =>
    "🗑 El cliente borró sus datos: lo que se escriba aquí ya no llega a nadie." +
    (undelivered > 0 ? `\n⚠️ Mensajes que ya no se entregaron: ${undelivered}.` : ""),
  "erased-thread": () => "🗑 Esto no llega a nadie: los datos del cliente están borrados.",
  "erased-card": () => "borrado",
} satisfies Partial<Texts>;

const ABOUT_DATA: Record<DataPart, string> = {
  all:
    "Todo lo que la base de datos de este bot tiene de usted. El texto de los mensajes no está en " +
    "ella: está en Telegram. Las horas son UTC.",
  person: "Su ID y su nombre, como Telegram los da.",
  conversation:
    "Cómo está su conversación: desde cuándo, en qué estado, cuándo escribió alguien por " +
    "última vez, y lo que ya se le dijo y solo se dice una vez.",
  posts:
    "Las publicaciones del canal de nuestro equipo que lo representan, y sus copias en el grupo, " +
    "en números.",
  links:
    "Qué mensaje de este chat se muestra como qué mensaje del lado del equipo. Las huellas dicen " +
    "si un mensaje cambió; de ellas no se puede leer lo que dice.",
  waiting: "Lo que aún no se ha hecho. De sus propios mensajes, lo que espera con ellos.",
  failed: "Lo que no se pudo entregar, con el motivo; se guarda 30 días.",
  marks:
    "Mensajes de este chat que se anotaron: sobre los que se dijo algo, que no se pasaron, que " +
    "recibieron una reacción. Y lo que quedó cuando borró sus datos antes.",
  team: "Si se le reconoció como del equipo, lo que se guarda de usted como tal, y cuántas veces " +
    "intentó asumir el bot con un código equivocado.",
  "other-desks":
    "Lo mismo, de donde estaba su conversación antes de que la atención cambiara de canal.",
};

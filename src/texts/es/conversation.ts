/** What is said around messages: to customers, and in threads, in Spanish. */
import type { ContentKind } from "../../message/content.ts";
import type { Texts, Undeliverable } from "../notice.ts";

export const conversation = {
  "welcome": () =>
    "¡Hola! Escriba su mensaje aquí y nuestro equipo le responderá lo antes posible.",
  "help": () =>
    "Escriba aquí lo que necesite: texto, fotos, audios, archivos. Nuestro equipo responde en " +
    "este mismo chat.\n\nSi edita un mensaje, el equipo ve el cambio. Si borra un mensaje o el " +
    "chat, la copia del equipo permanece.",
  "source": ({ source }) => `ℹ️ Llegó por el enlace: ${source}`,
  "undeliverable": ({ why }) => `⚠️ No se pudo entregar este mensaje: ${reason(why)}`,
  "not-obeyed": ({ why }) => `⚠️ No se pudo ejecutar este comando: ${reason(why)}`,
  "cannot-show": ({ content }) => `🫥 Llegó algo que no se puede mostrar aquí: ${kind(content)}.`,
  "answered-kind": ({ content }) => kind(content),
  "reference-kept": () =>
    "ℹ️ El cliente no ve a qué mensaje responde esto: está en los chats del propio equipo.",
  "edited": () => "✏️ Editado:",
  "too-old": () =>
    "⚠️ La edición no se muestra al otro lado: el mensaje es demasiado antiguo o no está allí. Envíe uno nuevo.",
  "already-sent": () =>
    "⚠️ El cliente ya tiene este mensaje como era: lo que ha recibido no se retira.",
  "inserted-note": ({ mark }) =>
    `⚠️ El cliente no recibió este mensaje: empieza con “${mark}”, como ${
      mark === "#" ? "las notas internas" : "los comandos"
    }. Lo que se insertó no se puede editar: escríbalo como comentario o cambie la respuesta rápida (/addreply).`,
  "posted": () =>
    "⚠️ El cliente no recibió lo que se publicó en el canal en respuesta a esta tarjeta: solo recibe los comentarios de aquí.",
  "album-incomplete": ({ sent, of }) =>
    `⚠️ Solo se entregaron ${sent} de ${of} elementos de este álbum.`,
  "blocked": () => "🚫 Este cliente bloqueó el bot. Lo que se escriba aquí se entregará si vuelve.",
  "unblocked": () => "✅ Este cliente desbloqueó el bot y se le puede responder de nuevo.",
  "trouble": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `⚠️ La atención está detenida: Telegram rechaza lo que el bot debe hacer (“${description}”). ` +
    "Verifique que sea administrador del canal y del grupo. " +
    "No se perdió nada: todo sigue cuando se corrija.",
  "trouble-over": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `✅ La atención ha vuelto: lo que Telegram rechazaba (“${description}”) pasa de nuevo.`,
  "moved": () => "La conversación sigue aquí.",
  "slow-down": () =>
    "Recibimos muchos mensajes suyos a la vez. No se perdió nada:" +
    " se están entregando poco a poco. Por favor, espere un momento.",
  "failed-none": () => "✅ Nada quedó sin entregar.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Sin entregar: ${count}${shown < count ? ` (los primeros ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `de ${name}` : `para ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Reintentar todos",
  "failed-dismiss-all": () => "✕ Descartar todos",
  "failed-done": ({ does }) => does === "retry" ? "Intentando de nuevo." : "Descartado.",
  "team-in-private": () =>
    "Usted es del equipo. Responda a los clientes en los comentarios del canal, no aquí.",
  "terms": () =>
    "Los mensajes de este chat los lee y responde nuestro equipo. No envíe contraseñas ni datos de " +
    "tarjetas.\n\n/privacy explica qué se guarda.",
  "restart": () => "¡Qué bueno leerle de nuevo! Nuestro equipo responderá lo antes posible.",
  "end": () => "Esta conversación se ha cerrado. Si necesita algo más, escriba aquí.",
  "rate": () => "¿Qué le pareció la atención?",
  "rated": () => "¡Gracias por su valoración!",
  "rate-over": () => "Esta pregunta ya no vale.",
  "banned": () => "Este chat no está disponible.",
  "greeting": ({ part }) =>
    ({ morning: "buenos días", afternoon: "buenas tardes", evening: "buenas noches" })[part],
} satisfies Partial<Texts>;

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `Telegram no permite copiar este tipo de mensaje (${kind(why.content)}). ` +
        "Envíelo como texto, foto, video o archivo.";
    case "refused":
      return "Telegram lo rechazó.";
    case "voice":
      return "quien lo recibiría no acepta mensajes de voz ni de video. Envíelo como texto o archivo.";
    case "deleted":
      return "se borró antes de poder copiarlo.";
    case "blocked":
      return "el cliente bloqueó el bot hace muchos días.";
    case "unreadable":
      return "el token del bot se cambió antes del envío. Envíelo de nuevo.";
    case "fault":
      return "el propio bot falló. Envíelo de nuevo.";
    case "time":
      return "Telegram no respondió durante demasiado tiempo. Envíelo de nuevo.";
    case "doubt":
      return "Telegram no confirma que quien escribió es del equipo. Si lo es, envíelo otra vez en unos minutos.";
    case "nobody":
      return "desde hace un mes no hay nadie aquí para leerlo.";
    case "no desk":
      return "el mostrador al que se envió ya no existe. Envíelo de nuevo.";
    case "gone":
      return "la cuenta de este cliente ya no existe.";
  }
}

/** What a message is that cannot be shown. */
export function kind(content: ContentKind): string {
  return KINDS[content] ?? "un mensaje de otro tipo";
}

const KINDS: Partial<Record<ContentKind, string>> = {
  text: "un texto",
  rich_message: "un texto",
  photo: "una foto",
  live_photo: "una foto animada",
  video: "un video",
  animation: "un GIF",
  audio: "un audio",
  document: "un archivo",
  voice: "un mensaje de voz",
  video_note: "un mensaje de video",
  sticker: "un sticker",
  contact: "un contacto",
  venue: "un lugar",
  location: "una ubicación",
  dice: "un dado",
  paid_media: "contenido de pago",
  story: "una historia",
  checklist: "una lista de tareas",
  invoice: "una factura",
  game: "un juego",
  giveaway: "un sorteo",
  giveaway_winners: "un sorteo",
  gift: "un regalo",
  gift_upgrade_sent: "un regalo",
  unique_gift: "un regalo",
  poll: "una encuesta",
};

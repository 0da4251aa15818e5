/** What is said of what agents do to conversations, in Spanish. */
import { displayName, PRIORITY_SQUARES } from "../../conversation/card.ts";
import { HOUR_MS, MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";

export const handling = {
  "panel": ({ source }) =>
    "🆕 Conversación nueva. Comente aquí para responder." +
    (source === undefined ? "" : `\nℹ️ Llegó por el enlace: ${source}`),
  "button-close": () => "⬜️ Cerrar",
  "button-priority": () => "🟨 Prioridad",
  "button-assign": () => "🙋 Asumir",
  "button-replies": () => "💬 Respuestas",
  "button-ban": () => "❌ Vetar",
  "button-help": () => "❔ Ayuda",
  "button-cancel": () => "Cancelar",
  "which-priority": () => "¿Qué prioridad? 1 no es urgente, 5 es una emergencia.",
  "ban-sure": () =>
    "¿Vetar a este cliente? Nada de lo que escriba llegará aquí. /unban lo deshace.",
  "did-close": ({ by, isSilent }) =>
    `⬜️ ${by} cerró la conversación${isSilent ? " sin avisar al cliente" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} puso la prioridad ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} vetó a este cliente.`,
  "did-unban": ({ by }) => `✅ ${by} quitó el veto.`,
  "unbanned": ({ userId }) => `✅ ${userId} ya no está vetado.`,
  "not-banned": ({ userId }) => `ℹ️ ${userId} no está vetado.`,
  "unban-how": () =>
    "Use /unban en la conversación del cliente. Si no hay ninguna, dé su ID: /unban 123456789.",
  "did-assign": ({ by, to }) =>
    to === undefined
      ? `🙋 ${by} dejó esto sin responsable.`
      : to === by
      ? `🙋 ${by} asumió la conversación.`
      : `🙋 ${by} pasó la conversación a ${to}.`,
  "did-undo": ({ by, isSent }) =>
    isSent
      ? `🗑 ${by} retiró esta respuesta: se borró también para el cliente.`
      : `🗑 ${by} retiró esta respuesta antes de que se enviara.`,
  "did-rate": ({ stars }) => `${"⭐".repeat(stars)} El cliente valoró la atención: ${stars} de 5.`,
  "already": ({ status }) =>
    ({
      open: "ℹ️ Este cliente no está vetado.",
      closed: "ℹ️ Esta conversación ya está cerrada.",
      banned: "ℹ️ Este cliente está vetado. /unban lo deshace.",
    })[status],
  "collision": ({ name }) =>
    `👥 ${name} también respondió, hace un momento. El cliente recibió ambas respuestas.`,
  "waits": ({ name, address }) => `⏳ ${name} espera una respuesta.\n${address}`,
  "late": ({ name, address, minutes }) =>
    `⏰ ${name} espera una respuesta desde hace ${sayDuration(minutes * MINUTE_MS)}.\n${address}`,
  "silence-warning": ({ hours }) =>
    `¿Todavía necesita ayuda? Si no nos escribe, esta conversación se cerrará en ${
      hoursLeft(hours)
    }.`,
  "button-still-needed": () => "Todavía necesito ayuda",
  "button-solved": () => "Resuelto",
  "silence-broken": () => "De acuerdo, sigue abierta. Escriba aquí lo que necesite.",
  "silence-over": () => "Esta pregunta ya no vale.",
  "still-needed": () => "ℹ️ El cliente todavía necesita ayuda.",
  "did-autoclose": () => "⬜️ La conversación se cerró sola: el cliente no escribió más.",
  "did-solve": () => "⬜️ El cliente cerró la conversación.",
  "solved": () => "No hay ninguna conversación abierta. Si necesita algo, escriba aquí.",
  "who": ({ conversation, since, waitsSince, counts, days }) => {
    const { customer, source, status, priority, assignee, blockedSinceMs } = conversation;
    return [
      `👤 ${displayName(customer)}`,
      `ID ${customer.id}`,
      `Desde: ${since}`,
      ...(source === undefined ? [] : [`Enlace: ${source}`]),
      `Estado: ${
        { open: `abierta, prioridad ${priority}`, closed: "cerrada", banned: "vetado" }[status]
      }`,
      ...(blockedSinceMs === undefined ? [] : ["Ha bloqueado el bot"]),
      ...(waitsSince === undefined ? [] : [`Espera respuesta desde: ${waitsSince}`]),
      ...(assignee ? [`Responsable: ${assignee.name}`] : []),
      `Mensajes en los últimos ${days} días: ${counts.fromCustomer} del cliente, ${counts.fromTeam} del equipo`,
    ].join("\n");
  },
  "assign-ambiguous": ({ words, names }) =>
    `Más de una persona puede ser “${words}”${names.length > 1 ? `: ${names.join(", ")}` : ""}. ` +
    "Responda a un comentario de la persona con /assign.",
  "assign-unknown": ({ words, names }) =>
    `Nadie llamado “${words}” ha respondido todavía a un cliente.` +
    (names.length > 0 ? ` Conozco a: ${names.join(", ")}.` : "") +
    " También puede responder a un comentario de la persona con /assign.",
  "assign-stranger": () => "Quien escribió ese comentario no es del equipo.",
  "assign-needs-name": () => "Usted escribe sin nombre: diga a quién, como en /assign Ana.",
  "undo-how": () => "Responda con /undo al comentario que debe borrarse también para el cliente.",
  "undo-not-ours": () => "Solo se pueden retirar respuestas del equipo.",
  "undo-not-yours": () =>
    "Puede retirar sus propias respuestas; los administradores, las de todos.",
  "undo-too-late": () =>
    "⚠️ Telegram no permite borrar este mensaje para el cliente: solo es posible en las primeras 48 horas.",
  "undo-nothing": () =>
    "No hay nada que retirar: el cliente no tiene este comentario, o se envió hace demasiado tiempo.",
  "invite": ({ link }) =>
    `🔗 Envíe este enlace a sus agentes. Quien lo abre pide entrar en el canal, y usted decide aquí:\n${link}\n\n` +
    "/invite off lo termina.",
  "invite-off": () => "✅ El enlace ha terminado: nadie puede pedir ya por él.",
  "invite-none": () => "ℹ️ No hay enlace. /invite crea uno.",
  "invite-how": () =>
    "/invite crea un enlace por el que los agentes piden entrar en el canal, /invite off lo termina.",
  "invite-refused": ({ description }) =>
    `⚠️ Telegram no me deja invitar a nadie (“${description}”): abra el canal → Editar → Administradores, ` +
    "tóqueme y active “Añadir suscriptores”.",
  "join-request": ({ name, userId, isBanned, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `👤 ${name} (ID ${userId}) pide entrar en el canal, y así en el equipo.` +
    (isBanned ? "\n⚠️ Como cliente, está vetado." : ""),
  "button-let-in": () => "Dejar entrar",
  "button-decline": () => "Rechazar",
  "joined": ({ name }) => `✅ ${name} está en el canal.`,
  "join-declined": ({ name }) => `🚫 ${name} no ha entrado.`,
  "join-over": ({ name }) =>
    `ℹ️ ${name} ya no pide entrar: desistió, fue vetado, o ya lo decidió otra persona.`,
  "join-refused": ({ name, description }) =>
    `⚠️ Telegram no deja entrar a ${name} (“${description}”).`,
  "notify-how": ({ isWanted }) =>
    `Avisos de quien espera: ${
      isWanted ? "activados" : "desactivados"
    }. /notify on los activa, /notify off los desactiva.`,
  "notify-done": ({ isWanted }) =>
    isWanted ? "✅ Se le avisará aquí cuando un cliente empiece a esperar." : "✅ Sin más avisos.",
  "allow-how": ({ isAllowed }) => {
    const command = isAllowed ? "/allow" : "/disallow";
    return `Responda a un mensaje de la persona con ${command}, o dé su ID: ${command} 123456789.`;
  },
  "allowed": ({ userId }) => `✅ ${userId} puede entrar en el grupo.`,
  "disallowed": ({ userId }) => `✅ ${userId} ya no puede entrar en el grupo.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) entró en el grupo de atención y fue expulsado: el grupo guarda todas las ` +
    `conversaciones. El equipo no necesita entrar, comenta desde el canal. Para permitirlo: /allow ${userId}`,
  "not-expelled": ({ name, userId, description }) => {
    const why = description === undefined
      ? "es administrador del grupo"
      : `Telegram lo rechaza (“${description}”)`;
    return `⚠️ ${name} (${userId}) entró en el grupo de atención y no se le pudo expulsar: ${why}. ` +
      "Expúlselo, o permítalo con /allow.";
  },
} satisfies Partial<Texts>;

/** As people say it: 24 horas, and not one day. */
function hoursLeft(hours: number): string {
  return Number.isInteger(hours) ? `${hours} horas` : sayDuration(hours * HOUR_MS);
}

/** Spanish. */
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import { writeStats } from "../stats_message.ts";

export const spanish: Texts = {
  "welcome": () =>
    "¡Hola! Escriba su mensaje aquí y nuestro equipo le responderá lo antes posible.",
  "help": () =>
    "Escriba aquí lo que necesite: texto, fotos, audios, archivos. Nuestro equipo responde en " +
    "este mismo chat.\n\nSi edita un mensaje, el equipo ve el cambio. Si borra un mensaje o el " +
    "chat, la copia del equipo permanece.",
  "team-help": () =>
    "Comente aquí para responder al cliente; responda a un comentario para responder a ese " +
    "mensaje. Los comentarios que empiezan con # son notas internas.\n\nLo que usted edita " +
    "cambia también para el cliente. Lo que borra permanece con él, y lo que él borra permanece " +
    "aquí.\n\nAdministradores: /failed muestra lo que no se entregó.",
  "source": ({ source }) => `ℹ️ Llegó por el enlace: ${source}`,
  "undeliverable": ({ why }) => `⚠️ No se pudo entregar este mensaje: ${reason(why)}`,
  "cannot-show": ({ content }) => `🫥 Llegó algo que no se puede mostrar aquí: ${kind(content)}.`,
  "edited": () => "✏️ Editado:",
  "too-old": () =>
    "⚠️ La edición no se muestra al otro lado: el mensaje es demasiado antiguo o no está allí. Envíe uno nuevo.",
  "already-sent": () =>
    "⚠️ El cliente ya tiene este mensaje como era: lo que ha recibido no se retira.",
  "album-incomplete": ({ sent, of }) =>
    `⚠️ Solo se entregaron ${sent} de ${of} elementos de este álbum.`,
  "blocked": () => "🚫 Este cliente bloqueó el bot. Lo que se escriba aquí se entregará si vuelve.",
  "unblocked": () => "✅ Este cliente desbloqueó el bot y se le puede responder de nuevo.",
  "trouble": ({ description }) =>
    `⚠️ La atención está detenida: Telegram rechaza lo que el bot debe hacer (“${description}”). ` +
    "Verifique que sea administrador del canal y del grupo. " +
    "No se perdió nada: todo sigue cuando se corrija.",
  "moved": () => "La conversación sigue aquí.",
  "slow-down": () =>
    "Recibimos muchos mensajes suyos a la vez. No se perdió nada:" +
    " se están entregando poco a poco. Por favor, espere un momento.",
  "failed-none": () => "✅ No se abandonó nada: todo lo aceptado fue entregado.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Sin entregar: ${count}${shown < count ? ` (los primeros ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `de ${name}` : `para ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Reintentar todos",
  "failed-dismiss-all": () => "✕ Descartar todos",
  "failed-done": ({ does }) => does === "retry" ? "Intentando de nuevo." : "Descartado.",
  "admins-only": () => "Solo los administradores pueden hacer eso.",
  "team-in-private": () =>
    "Usted es del equipo. Responda a los clientes en los comentarios del canal, no aquí.",
  "reply-how": () =>
    "Para guardar una respuesta rápida:\n\n/addreply Plazo de entrega\n" +
    "¡{greeting}, {first_name}! Entregamos en hasta 3 días hábiles.\n\n" +
    "O responda a un mensaje (texto, foto, video, archivo…) con /addreply y el título.\n\n" +
    "Se completan al enviar: {first_name} {last_name} {full_name} {id} {agent} {greeting} {date} {time}",
  "reply-rename-how": ({ title }) =>
    `Para cambiar el nombre de “${title}”, envíe este comando con el título nuevo en la segunda línea:`,
  "reply-import-how": () =>
    "Responda con /importreplies a un archivo como el que envía /exportreplies.",
  "reply-saved": ({ title, replaced, unknown }) =>
    `✅ ${replaced ? "Respuesta actualizada" : "Respuesta guardada"}: ${title}` +
    (unknown.length ? `\n⚠️ No conozco ${unknown.join(", ")}: quedará como está.` : ""),
  "reply-exists": ({ title }) => `Ya existe una respuesta “${title}”. ¿Reemplazarla?`,
  "reply-replace": () => "Reemplazar",
  "reply-problem": ({ problem }) => `⚠️ La respuesta no se guardó: ${replyReason(problem)}`,
  "reply-gone": () => "Ya no existe.",
  "reply-deleted": ({ title }) => `🗑 Respuesta eliminada: ${title}`,
  "reply-not-found": ({ title, nearest }) =>
    `No hay ninguna respuesta “${title}”.` +
    (nearest.length ? ` Parecidas:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Ahora se llama: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ Ya existe una respuesta “${title}”.`,
  "reply-none": ({ words }) =>
    words
      ? `Ninguna respuesta con “${words}”.`
      : "Todavía no hay respuestas rápidas. Vea /addreply.",
  "reply-list": ({ words, total, from, to }) =>
    `💬 Respuestas rápidas${words ? ` con “${words}”` : ""}: ${from}–${to} de ${total}`,
  "reply-exported": ({ count }) => `Respuestas rápidas: ${count}`,
  "reply-imported": ({ added, updated }) => `✅ Nuevas: ${added}. Actualizadas: ${updated}.`,
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ No se importó nada:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• línea ${line}, columna ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… y ${count - problems.length} más` : ""),
  "reply-file-unread": () =>
    "⚠️ No se pudo leer el archivo. No se importó nada; inténtelo de nuevo.",
  "stats": ({ stats, names }) => writeStats(stats, { language: "es", texts: spanish, names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversaciones abiertas",
      "closed": "Conversaciones cerradas",
      "waiting": "Esperando ahora",
      "from-customers": "Mensajes de clientes",
      "from-team": "Mensajes del equipo",
      "half-wait": "La mitad espera hasta",
      "most-wait": "9 de cada 10, hasta",
      "rating": "Nota media",
      "ratings": "Valoraciones",
      "customers": "Clientes",
      "team": "Equipo",
      "messages-by-day": "Mensajes por día",
      "wait-by-day": "Espera de la primera respuesta (mediana del día)",
      "messages-by-hour": "Mensajes por hora del día",
      "customers-by-hour": "Mensajes de clientes por hora del día",
      "agents": "Por agente: mensajes · espera",
      "agent-columns": "Por agente: mensajes · primeras respuestas · la mitad en hasta",
      "today": "hoy",
    })[label],
  "stats-period": ({ days }) => `Últimos ${days} días`,
  "stats-none": () =>
    "Ninguna conversación en este período. En cuanto escriban los clientes, los números aparecen aquí.",
  "stats-waits": ({ median, p90 }) =>
    `Primera respuesta: la mitad en hasta ${median}, 9 de cada 10 en hasta ${p90}`,
  "stats-no-waits": () => "Primera respuesta: nadie esperó una en este período",
  "stats-ratings": ({ mean, count }) => `Valoraciones: ${count}, nota media ${mean} de 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "En nombre del canal" : `Agente ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… y ${count} más`,
  "talk-to-us": () => "Hable con nosotros",
  "invitation": ({ link }) => `Hable con nosotros aquí: ${link}`,
  "greeting": ({ part }) =>
    ({ morning: "buenos días", afternoon: "buenas tardes", evening: "buenas noches" })[part],
};

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `Telegram no permite copiar este tipo de mensaje (${kind(why.content)}). ` +
        "Envíelo como texto, foto, video o archivo.";
    case "refused":
      return "Telegram lo rechazó.";
    case "voice":
      return "quien lo recibiría no acepta mensajes de voz ni de vídeo. Envíelo como texto o archivo.";
    case "deleted":
      return "se borró antes de poder copiarlo.";
    case "blocked":
      return "el cliente bloqueó el bot hace muchos días.";
    case "unreadable":
      return "el token del bot se cambió antes del envío. Envíelo de nuevo.";
    case "time":
      return "Telegram no respondió durante demasiado tiempo. Envíelo de nuevo.";
    case "gone":
      return "la cuenta de este cliente ya no existe.";
  }
}

function replyReason(problem: ReplyProblem): string {
  switch (problem.because) {
    case "no title":
      return "falta el título.";
    case "no content":
      return "falta el texto. Vea /addreply.";
    case "long title":
      return `el título tiene ${problem.length} caracteres; el máximo es ${MAX_TITLE}.`;
    case "long text":
      return `el texto tiene ${problem.length} caracteres; el máximo es ${MAX_TEXT}.`;
    case "long caption":
      return `el pie tiene ${problem.length} caracteres; el máximo es ${MAX_CAPTION}.`;
    case "kind":
      return `este tipo de mensaje no puede ser una respuesta rápida (${kind(problem.content)}).`;
    case "size":
      return "tiene demasiado formato o demasiados enlaces.";
    case "full":
      return `puede haber como máximo ${MAX_REPLIES} respuestas.`;
  }
}

function fileReason(reason: FileReason): string {
  switch (reason.because) {
    case "syntax":
      return "desde aquí no es JSON.";
    case "missing":
      return `falta “${reason.field}”.`;
    case "type":
      return `debería ser ${
        {
          object: "un objeto",
          list: "una lista",
          text: "un texto",
          number: "un número",
          "true or false": "true o false",
        }[reason.wanted]
      }.`;
    case "unknown kind":
      return `el tipo debería ser uno de estos: ${reason.kinds.join(", ")}.`;
    case "outside":
      return "el formato va más allá del texto.";
    case "duplicate":
      return `este título ya está en la línea ${reason.line}.`;
    case "version":
      return "el archivo es de una versión más nueva del programa.";
    default:
      return replyReason(reason);
  }
}

const KINDS: Partial<Record<ContentKind, string>> = {
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

function kind(content: ContentKind): string {
  return KINDS[content] ?? "un mensaje de otro tipo";
}

/** Spanish. */
import { monthName, weekdayName } from "../calendar.ts";
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import { type HolidaysProblem, MAX_HOLIDAY_NAME, MAX_HOLIDAYS } from "../holidays.ts";
import type { HoursProblem } from "../hours_problem.ts";
import type { Moment } from "../moment.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";

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
  "talk-to-us": () => "Hable con nosotros",
  "invitation": ({ link }) => `Hable con nosotros aquí: ${link}`,
  "greeting": ({ part }) =>
    ({ morning: "buenos días", afternoon: "buenas tardes", evening: "buenas noches" })[part],
  "away": ({ back }) =>
    "Recibimos su mensaje, pero nuestro equipo no está atendiendo en este momento. " +
    (back ? `Volvemos ${moment(back)}.` : "Le responderemos en cuanto podamos."),
  "moment": (notice) => moment(notice.moment),
  "hours-problem": ({ problem }) =>
    `⚠️ El horario no se cambió: ${hoursReason(problem)}\n\n` +
    "Ejemplo: lun-vie 09:00-12:00, 13:00-18:00; sáb 09:00-12:00",
  "holidays-problem": ({ problem }) =>
    `⚠️ Los feriados no se cambiaron: ${holidaysReason(problem)}\n\n` +
    "Ejemplo: 25/12 Navidad; 01/01; 03/04/2026 Viernes Santo",
};

function moment({ by, weekday, dayOfMonth, month, year, time }: Moment): string {
  const date = `el ${dayOfMonth} de ${monthName(month, "es")}`;
  const day = {
    "today": "hoy",
    "tomorrow": "mañana",
    "weekday": `el ${weekdayName(weekday, "es")}`,
    "date": date,
    "full date": `${date} de ${year}`,
  }[by];
  return `${day} a ${time.startsWith("01") ? "la" : "las"} ${time}`;
}

function hoursReason(problem: HoursProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltan los días y las horas.";
    case "never":
      return "la atención nunca estaría abierta. Para no tener horario de atención: /reset hours";
    case "unknown word":
      return `“${problem.piece}” no es un día ni una hora.`;
    case "no such time":
      return `la hora en “${problem.piece}” no existe.`;
    case "half":
      return `“${problem.piece}” necesita un comienzo y un fin, como en 09:00-18:00.`;
    case "no length":
      return `“${problem.piece}” termina cuando empieza. El día entero es 00:00-24:00.`;
    case "am or pm":
      return `“${problem.piece}” puede ser de la mañana o de la tarde. Escriba 09:00-17:00.`;
    case "range":
      return `no está claro desde dónde hasta dónde va “${problem.piece}”. ` +
        "Separe con comas lo que no es un solo intervalo: lun,mié,vie";
    case "overlap":
      return `estas horas se superponen: “${problem.piece}”.`;
    case "no days":
      return `faltan los días de “${problem.piece}”.`;
    case "no times":
      return `faltan las horas de “${problem.piece}”.`;
    case "holidays":
      return `“${problem.piece}”: los feriados son días cerrados. ` +
        "Sus fechas se definen con /set holidays";
    case "twice":
      return `“${problem.pieces[0]}” y “${problem.pieces[1]}” dicen cosas distintas sobre ` +
        `el ${weekdayName(problem.weekday, "es")}. ` +
        "Escriba cada día una sola vez, con todas sus horas.";
  }
}

function holidaysReason(problem: HolidaysProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltan las fechas.";
    case "no date":
      return `“${problem.piece}” no se puede leer como una fecha.`;
    case "no such date":
      return `la fecha en “${problem.piece}” no existe. ` +
        "Escriba día/mes (25/12) o mes-día (12-25).";
    case "backwards":
      return `“${problem.piece}” termina antes de empezar.`;
    case "long name":
      return `el nombre en “${problem.piece}” tiene más de ${MAX_HOLIDAY_NAME} caracteres.`;
    case "too many":
      return `puede haber como máximo ${MAX_HOLIDAYS} fechas.`;
  }
}

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

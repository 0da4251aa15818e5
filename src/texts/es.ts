/** Spanish. */
import { displayName, PRIORITY_SQUARES } from "../card.ts";
import { type CommandName, usageOf } from "../command.ts";
import type { CheckDetail, CheckName, CheckProblem, Right } from "../checklist.ts";
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import {
  isOn,
  isOwnText,
  isSwitch,
  SETTING_NAMES,
  type SettingName,
  type SettingProblem,
} from "../settings.ts";
import { shortened } from "./shortened.ts";

export const spanish: Texts = {
  "welcome": () =>
    "¡Hola! Escriba su mensaje aquí y nuestro equipo le responderá lo antes posible.",
  "help": () =>
    "Escriba aquí lo que necesite: texto, fotos, audios, archivos. Nuestro equipo responde en " +
    "este mismo chat.\n\nSi edita un mensaje, el equipo ve el cambio. Si borra un mensaje o el " +
    "chat, la copia del equipo permanece.",
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
  "terms": () =>
    "Los mensajes de este chat los lee y responde nuestro equipo. No envíe contraseñas ni datos de " +
    "tarjetas.\n\n/privacy explica qué se guarda.",
  "privacy": () =>
    "Solo guardamos su nombre, su apellido y su ID de Telegram. Los mensajes se quedan en Telegram: " +
    "en su chat y en el canal de nuestro equipo.",
  "restart": () => "¡Qué bueno leerle de nuevo! Nuestro equipo responderá lo antes posible.",
  "end": () => "Esta conversación se ha cerrado. Si necesita algo más, escriba aquí.",
  "rate": () => "¿Qué le pareció la atención?",
  "rated": () => "¡Gracias por su valoración!",
  "banned": () => "Este chat no está disponible.",
  "away": () => "Nuestro equipo no está disponible ahora. Responderemos en cuanto podamos.",
  "panel": ({ source }) =>
    "🆕 Conversación nueva. Comente aquí para responder." +
    (source === undefined ? "" : `\nℹ️ Llegó por el enlace: ${source}`),
  "button-close": () => "⬜️ Cerrar",
  "button-priority": () => "🟨 Prioridad",
  "button-assign": () => "🙋 Asumir",
  "button-ban": () => "❌ Vetar",
  "button-help": () => "❔ Ayuda",
  "button-cancel": () => "Cancelar",
  "which-priority": () => "¿Qué prioridad? 1 no es urgente, 5 es una emergencia.",
  "ban-sure": () =>
    "¿Vetar a este cliente? Nada de lo que escriba llegará aquí. /unban lo deshace.",
  "did-close": ({ by, isSilent }) =>
    `⬜️ ${by} cerró esto${isSilent ? " sin avisar al cliente" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} puso la prioridad ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} vetó a este cliente.`,
  "did-unban": ({ by }) => `✅ ${by} quitó el veto.`,
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
  "who": ({ conversation, since, counts, days }) => {
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
      ...(assignee ? [`Responsable: ${assignee.name}`] : []),
      `Mensajes en los últimos ${days} días: ${counts.fromCustomer} del cliente, ${counts.fromTeam} del equipo`,
    ].join("\n");
  },
  "team-help": ({ commands }) =>
    "Comente aquí para responder al cliente; responda a un comentario para responder a ese mensaje. " +
    "Los comentarios que empiezan con # son notas internas.\n\nLo que usted edita cambia también " +
    "para el cliente. Lo que borra se queda con él (/undo lo borra para ambos), y lo que él borra " +
    "se queda aquí.\n\n" +
    commands.map((name) => `${usageOf(name, { isPortuguese: false })} — ${ABOUT[name]}`).join("\n"),
  "team-help-in-private": () =>
    "Usted es del equipo. Responda a los clientes en los comentarios del canal.\n\n" +
    `/notify on — ${ABOUT.notify}`,
  "about": ({ name }) => ABOUT[name],
  "unknown-command": ({ word, nearest }) =>
    `No conozco /${word}.` + (nearest === undefined ? " Vea /help." : ` ¿Quiso decir /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "Este comando se usa en los comentarios de un cliente."
      : "Este comando se usa en el chat privado con el bot.",
  "team-only": () => "Esto es solo para el equipo.",
  "admins-only": () => "Solo los administradores pueden hacer eso.",
  "creator-only": () => "Solo quien creó el grupo puede hacer eso, con su propio nombre.",
  "assign-ambiguous": ({ words, names }) =>
    `Hay más de una persona con “${words}”: ${names.join(", ")}. ` +
    "Responda a un comentario de la persona con /assign.",
  "assign-unknown": ({ words, names }) =>
    `Nadie llamado “${words}” ha respondido todavía a un cliente.` +
    (names.length > 0 ? ` Conozco a: ${names.join(", ")}.` : "") +
    " También puede responder a un comentario de la persona con /assign.",
  "assign-stranger": () => "Quien escribió ese comentario no es del equipo.",
  "assign-needs-name": () => "Usted escribe sin nombre: diga a quién, como en /assign Ana.",
  "undo-how": () => "Responda con /undo a la respuesta que debe borrarse también para el cliente.",
  "undo-not-ours": () => "Solo se pueden retirar respuestas del equipo.",
  "undo-not-yours": () =>
    "Puede retirar sus propias respuestas; los administradores, las de todos.",
  "undo-too-late": () =>
    "⚠️ Telegram ya no permite borrar este mensaje para el cliente: tiene más de 48 horas.",
  "undo-nothing": () => "El cliente no tiene este comentario: no hay nada que retirar.",
  "notify-how": ({ isWanted }) =>
    `Avisos de quien espera: ${
      isWanted ? "activados" : "desactivados"
    }. /notify on los activa, /notify off los desactiva.`,
  "notify-done": ({ isWanted }) =>
    isWanted ? "✅ Se le avisará aquí cuando un cliente empiece a esperar." : "✅ Sin más avisos.",
  "settings": ({ settings, own, locale, timeZone }) => {
    const shown = (name: SettingName): string => {
      if (isOwnText(name)) {
        const words = own.get(name);
        return words === undefined ? "por defecto" : `“${shortened(words)}”`;
      }
      if (isSwitch(name)) return isOn(settings, name) ? "on" : "off";
      if (name === "language") return settings.language ?? locale;
      return settings[name] ?? "—";
    };
    return [
      "⚙️ Ajustes",
      ...SETTING_NAMES.map((name) => `${name}: ${shown(name)}\n   ${ABOUT_SETTING[name]}`),
      `Zona horaria: ${timeZone}`,
      "Cambie uno con /set nombre valor (o /set nombre en respuesta a un texto); /reset nombre vuelve " +
      "al valor por defecto.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Así:\n\n/set hours lun-vie 09:00-18:00; sáb 09:00-12:00\n\no responda a un texto con " +
    "/set welcome: se usará con su formato. /settings lo muestra todo.",
  "set-unknown": ({ word, nearest, names }) =>
    `No hay ningún ajuste “${word}”.` + (nearest === undefined ? "" : ` ¿Quiso decir ${nearest}?`) +
    ` Hay estos: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nada ha cambiado en ${name}: ${settingProblem(problem)}\nEjemplo: /set ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name }) => `✅ ${name}: definido.`,
  "reset-done": ({ name }) => `✅ ${name}: como al principio.`,
  "allow-how": () =>
    "Responda a un mensaje de la persona con /allow, o dé su ID: /allow 123456789.",
  "allowed": ({ userId }) => `✅ ${userId} puede entrar en el grupo.`,
  "disallowed": ({ userId }) => `✅ ${userId} ya no puede entrar en el grupo.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) entró en el grupo de atención y fue expulsado: el grupo guarda todas las ` +
    `conversaciones. El equipo no necesita entrar, comenta desde el canal. Para permitirlo: /allow ${userId}`,
  "not-expelled": ({ name, userId }) =>
    `⚠️ ${name} (${userId}) entró en el grupo de atención y no se le pudo expulsar: es administrador ` +
    "del grupo. Expúlselo, o permítalo con /allow.",
  "owner": () =>
    "✅ Ahora esta atención es suya. Faltan dos pasos:\n\n1. Añádame a su canal, aquel en el que cada " +
    "publicación será un cliente. Mejor si es privado.\n2. Añádame a su grupo de comentarios (ajustes " +
    "del canal → Comentarios).\n\nLos botones me dan solo los permisos que necesito. La lista de abajo " +
    "sigue lo que usted hace.",
  "button-add-channel": () => "➕ Añadirme a su canal",
  "button-add-group": () => "➕ Añadirme a su grupo",
  "button-check": () => "↻ Mirar de nuevo",
  "button-walk": () => "✈️ Enviar un mensaje de prueba",
  "checklist": ({ checks, isReady }) =>
    [
      isReady ? "✅ La atención está abierta." : "🔧 La atención todavía no está abierta.",
      "",
      ...checks.map((check) => {
        const name = CHECKS[check.name];
        switch (check.state) {
          case "good":
            return `✅ ${name}${check.detail ? `: ${checkDetail(check.detail)}` : ""}`;
          case "bad":
            return `❌ ${name}: ${checkProblem(check.problem)}`;
          case "warning":
            return `⚠️ ${name}: ${checkProblem(check.problem)}`;
          case "unknown":
            return `▫️ ${name}`;
        }
      }),
    ].join("\n"),
  "problem": ({ problem }) => checkProblem(problem),
  "not-here": () =>
    "Trabajo solo para la atención de una empresa, así que me voy. Solo su dueño puede moverme.",
  "move-desk": ({ title }) =>
    `Me ha añadido a “${title}”. ¿Se muda la atención allí? Los clientes reciben tarjetas nuevas cuando ` +
    "escriban; las conversaciones del canal anterior se quedan atrás, y los comentarios allí no llegan " +
    "a nadie más.",
  "button-move": () => "Mudar la atención",
  "desk-moved": () => "✅ La atención se ha mudado.",
  "walk": () => "🔧 Una prueba de la atención. Desaparece sola.",
  "greeting": ({ part }) =>
    ({ morning: "buenos días", afternoon: "buenas tardes", evening: "buenas noches" })[part],
};

const ABOUT: Record<CommandName, string> = {
  start: "empezar",
  help: "ayuda",
  terms: "términos del servicio",
  privacy: "qué se guarda, y cómo borrarlo",
  close: "cierra y avisa al cliente",
  closesilent: "cierra sin avisar al cliente",
  priority: "pone la prioridad",
  assign: "asume la conversación, o la pasa a un colega",
  who: "lo que se sabe del cliente",
  undo: "en respuesta a una respuesta suya: la borra también para el cliente",
  ban: "veta al cliente",
  unban: "quita el veto",
  notify: "avisa cuando un cliente espera",
  replies: "muestra las respuestas guardadas",
  addreply: "guarda una respuesta",
  renamereply: "cambia el nombre de una respuesta guardada",
  delreply: "borra una respuesta guardada",
  exportreplies: "envía las respuestas guardadas en un archivo",
  importreplies: "lee respuestas de un archivo",
  settings: "muestra los ajustes",
  set: "cambia un ajuste",
  reset: "vuelve un ajuste a su valor por defecto",
  stats: "números y gráfico de la atención",
  setup: "revisa la atención: qué falta, y una prueba",
  failed: "lo que no se entregó",
  allow: "deja entrar a alguien en el grupo",
  disallow: "ya no le deja",
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "bienvenida, en el primer contacto",
  restart: "cuando un cliente vuelve después del fin",
  end: "cuando se cierra una conversación",
  terms: "respuesta a /terms",
  hours: "cuándo atiende el equipo",
  holidays: "cuándo no atiende",
  away: "lo que se dice fuera de horario; {back} es cuándo vuelve el equipo",
  panel: "botones al principio de cada conversación",
  collision: "avisa cuando dos personas responden a la vez",
  rating: "pide al cliente una nota al final",
  notify: "avisa al equipo cuando un cliente espera, salvo a quien usó /notify off",
  language: "idioma del equipo",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "¡Hola, {first_name}! ¿En qué podemos ayudar?",
  restart: "¡Hola de nuevo, {first_name}!",
  end: "¡Gracias por escribirnos!",
  terms: "Respondemos en días hábiles.",
  hours: "lun-vie 09:00-18:00; sáb 09:00-12:00",
  holidays: "25/12; 01/01; 20/11/2026",
  away: "Volvemos {back}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  language: "es",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "falta el valor.";
    case "not a switch":
      return "el valor debe ser on u off.";
    case "unknown language":
      return "el valor debe ser pt-BR, en o es.";
    case "long text":
      return `el texto tiene ${problem.length} caracteres; el máximo es ${MAX_TEXT}.`;
    case "hours":
    case "holidays":
      return "no lo entiendo.";
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

const CHECKS: Record<CheckName, string> = {
  "channel": "Canal",
  "privacy": "El canal es privado",
  "channel-rights": "Mis permisos en el canal",
  "group": "Grupo de comentarios",
  "group-rights": "Mis permisos en el grupo",
  "history": "Los nuevos miembros ven el historial del grupo",
  "forum": "El grupo no tiene temas",
  "messages": "Veo todos los comentarios",
  "company": "No hay nadie más en el grupo",
  "inline": "Respuestas guardadas en modo inline",
  "updates": "Llegan las actualizaciones",
  "heard": "Última actualización",
  "database": "La base de datos es duradera",
  "walk": "Mensaje de prueba",
};

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Publicar mensajes",
  can_edit_messages: "Editar mensajes",
  can_pin_messages: "Fijar mensajes",
  can_delete_messages: "Eliminar mensajes",
  can_restrict_members: "Suspender usuarios",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "por webhook" : "por long polling";
    case "ago":
      return detail.ms < 60_000 ? "ahora mismo" : `hace ${Math.round(detail.ms / 60_000)} min`;
    case "took":
      return `tardó ${(detail.ms / 1000).toFixed(1).replace(".", ",")} s`;
  }
}

function checkProblem(problem: CheckProblem): string {
  const place = { channel: "el canal", group: "el grupo del canal" };
  const ofPlace = { channel: "del canal", group: "del grupo del canal" };
  switch (problem.because) {
    case "unclaimed":
      return "Nadie se ha hecho cargo de la atención: abra el enlace del registro o de la página, o defina CHANNEL_ID.";
    case "no channel":
      return "El dueño todavía no ha añadido el bot a un canal.";
    case "hidden":
      return `Telegram no muestra ${
        place[problem.what]
      } (“${problem.description}”): añada el bot como ` +
        "administrador.";
    case "no channel at all":
      return "CHANNEL_ID no es de un canal: use el ID del canal, no el del grupo.";
    case "public":
      return "El canal es público: cualquiera puede leerlo, y solo sus administradores son el equipo.";
    case "no administrator":
      return `El bot no es administrador ${ofPlace[problem.where]}: nómbrelo.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `“${RIGHTS[right]}”`).join(", ");
      return `Al bot le faltan permisos en ${place[problem.where]}: dele ${rights}.`;
    }
    case "no group":
      return "El canal no tiene grupo de comentarios: vincule uno en los ajustes del canal.";
    case "history hidden":
      return "El grupo oculta su historial a los nuevos miembros: muéstrelo en los ajustes del grupo.";
    case "forum":
      return "El grupo tiene temas: desactívelos en sus ajustes.";
    case "privacy mode":
      return "El bot solo ve los mensajes dirigidos a él: nómbrelo administrador del grupo.";
    case "others":
      return `Además de su creador y del bot hay ${problem.count} en el grupo, que pueden leerlo todo: ` +
        "expúlselos, o permítalos con /allow.";
    case "inline off":
      return "El modo inline está desactivado: envíe /setinline a @BotFather.";
    case "refused":
      return `No llegan actualizaciones: Telegram dice “${problem.description}”.`;
    case "trouble":
      return `Telegram rechaza lo que el bot tiene que hacer: “${problem.description}”. Revise el token, y ` +
        "que el bot sea administrador del canal y de su grupo.";
    case "not delivered":
      return `${problem.waiting} actualizaciones esperan en Telegram, que no puede entregarlas ` +
        `(“${problem.description}”): revise PUBLIC_URL.`;
    case "no webhook":
      return "Hay otro webhook registrado para el bot: ¿se ejecuta también en otro lugar?";
    case "never heard":
      return "Todavía no ha llegado nada de Telegram.";
    case "in memory":
      return "La base de datos está en memoria: todo se olvida cuando el programa termina.";
    case "not posted":
      return `El mensaje de prueba no se pudo publicar en el canal (“${problem.description}”).`;
    case "not forwarded":
      return "El mensaje de prueba no llegó al grupo: ¿es el grupo vinculado al canal?";
    case "not commented":
      return `El mensaje de prueba no se pudo comentar (“${problem.description}”).`;
  }
}

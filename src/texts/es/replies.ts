/** What is said about canned replies, and in inline mode, in Spanish. */
import { MAX_CAPTION, MAX_TEXT } from "../../words/formatted.ts";
import type { Texts } from "../notice.ts";
import type { NamedReplies } from "../../replies/named.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../../replies/reply.ts";
import type { FileReason } from "../../replies/file.ts";
import { kind } from "./conversation.ts";

export const replies = {
  "reply-how": () =>
    "Para guardar una respuesta rápida:\n\n/addreply Plazo de entrega\n" +
    "¡{Saludo}, {nombre}! Entregamos en hasta 3 días hábiles.\n\n" +
    "O responda a un mensaje (texto, foto, video, archivo…) con /addreply y el título.\n\n" +
    "Se completan al enviar: {nombre} {apellido} {nombre_completo} {id} {agente} {saludo} {fecha} {hora}",
  "reply-rename-how": ({ title }) =>
    `Para cambiar el nombre de “${title}”, envíe este comando con el título nuevo en la segunda línea:`,
  "reply-rename-which": () =>
    "Diga el título de la respuesta y, en la línea de abajo, el nuevo:\n\n/renamereply Plazo de entrega\nEntrega",
  "reply-delete-how": () =>
    "Diga el título de la respuesta: /delreply Plazo de entrega. /replies las muestra.",
  "reply-import-how": () =>
    "Responda con /importreplies a un archivo como el que envía /exportreplies.",
  "reply-saved": ({ title, replaced, unknown, mark }) =>
    `✅ ${replaced ? "Respuesta actualizada" : "Respuesta guardada"}: ${title}` +
    (unknown.length ? `\n⚠️ No conozco ${unknown.join(", ")}: quedará como está.` : "") +
    (mark === undefined
      ? ""
      : `\n⚠️ Empieza con “${mark}”, como ${
        mark === "#" ? "las notas internas" : "los comandos"
      }: insertada en una conversación, no llega al cliente.`),
  "reply-exists": ({ title }) => `Ya existe una respuesta “${title}”. ¿Reemplazarla?`,
  "reply-replace": () => "Reemplazar",
  "reply-problem": ({ problem }) => `⚠️ La respuesta no se guardó: ${replyReason(problem)}`,
  "reply-gone": () => "Ya no existe.",
  "reply-deleted": ({ title, isInMenu }) =>
    `🗑 Respuesta eliminada: ${title}` +
    (isInMenu ? "\n⚠️ Estaba en el menú, que ahora queda sin ella: vea /set menu." : ""),
  "reply-not-found": ({ title, nearest }) =>
    `No hay ninguna respuesta “${title}”.` +
    (nearest.length ? ` Parecidas:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Ahora se llama: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ Ya existe una respuesta “${title}”.`,
  "reply-none": ({ words }) =>
    words
      ? `Ninguna respuesta con “${words}”.`
      : "Todavía no hay respuestas rápidas. Vea /addreply.",
  "which-reply": ({ words }) =>
    words === "" ? "¿Qué respuesta?" : `Varias respuestas con “${words}”. ¿Cuál?`,
  "reply-list": ({ words, total, from, to }) =>
    `💬 Respuestas rápidas${words ? ` con “${words}”` : ""}: ${from}–${to} de ${total}`,
  "reply-exported": ({ count }) => `Respuestas rápidas: ${count}`,
  "reply-broken": ({ title }) =>
    `⚠️ Telegram la rechaza: no se ofrece. Para arreglarla, envíe el archivo (o el texto) de nuevo con /addreply ${title}`,
  "replies-broken": (broken) =>
    `⚠️ Telegram rechaza estas respuestas rápidas (un archivo es de otro bot o ya no existe, o un enlace del texto no vale), por eso ya no se ofrecen: ${
      named(broken)
    }\n` +
    "Envíe cada una de nuevo con /addreply y el mismo título.",
  "reply-imported": ({ added, updated, notes, broken, kept, untried }) =>
    `✅ Nuevas: ${added}. Actualizadas: ${updated}.` +
    (notes.count > 0
      ? `\n⚠️ Empiezan con “#” o “/”, como las notas internas y los comandos, y no llegarían al cliente: ${
        named(notes)
      }`
      : "") +
    (broken.count > 0
      ? `\n⚠️ Telegram rechaza sus archivos (son de otro bot o ya no existen), por eso no se ofrecen: ${
        named(broken)
      }\n` +
        "Envíe cada archivo de nuevo con /addreply y el mismo título."
      : "") +
    (kept.count > 0
      ? `\n⚠️ Quedan como están, porque Telegram rechaza el archivo que reemplazaría el suyo: ${
        named(kept)
      }`
      : "") +
    (untried > 0
      ? `\n⚠️ Archivos aún no probados: ${untried}. Si Telegram rechaza alguno, se le avisará.`
      : ""),
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ No se importó nada:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• línea ${line}, columna ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… y ${count - problems.length} más` : ""),
  "reply-file-unread": () =>
    "⚠️ No se pudo leer el archivo. No se importó nada; inténtelo de nuevo.",
  "reply-file-elsewhere": () =>
    "⚠️ El archivo está en su propio servidor de la Bot API, donde el bot no puede leerlo. No se importó nada. " +
    "Quien opera el bot debe dejarle leer la carpeta de ese servidor (vea “A Bot API server of your own” en la documentación).",
  "talk-to-us": () => "Hable con nosotros",
  "invitation": ({ link }) => `Hable con nosotros aquí: ${link}`,
} satisfies Partial<Texts>;

function named({ titles, count }: NamedReplies): string {
  return titles.join(", ") + (titles.length < count ? " …" : "");
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
    case "album":
      return "un álbum no puede ser una respuesta rápida. Envíe un solo elemento, con el comando como pie.";
    case "file":
      return "Telegram rechaza el archivo. Envíe el archivo de nuevo, con el comando como pie.";
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

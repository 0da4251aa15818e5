/** What is said about commands, in Spanish. */
import { type CommandName, usageOf, type Where } from "../../commands/command.ts";
import { helpPages } from "../../commands/help.ts";
import type { Texts } from "../notice.ts";

export const commands = {
  "team-help": ({ where, commands }) =>
    `${INTRODUCTIONS[where]}\n\n${helpPages(commands).first.map(helpLine).join("\n")}`,
  "more-help": ({ commands }) =>
    `Otros comandos:\n\n${helpPages(commands).rest.map(helpLine).join("\n")}`,
  "button-more-help": () => "Más comandos",
  "about": ({ name }) => ABOUT[name],
  "takes": ({ name }) => TAKES[name] ?? "",
  "unknown-command": ({ word, nearest }) =>
    `No conozco /${word}.` + (nearest === undefined ? " Vea /help." : ` ¿Quiso decir /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "Este comando se usa en los comentarios de un cliente."
      : "Este comando se usa en el chat privado con el bot.",
  "team-only": () => "Esto es solo para el equipo.",
  "admins-only": () => "Solo los administradores pueden hacer eso.",
  "creator-only": () => "Solo quien creó el grupo puede hacer eso, con su propio nombre.",
} satisfies Partial<Texts>;

const INTRODUCTIONS: Record<Where, string> = {
  thread:
    "Comente aquí para responder al cliente; responda a un comentario para responder a ese mensaje. " +
    "Los comentarios que empiezan con # son notas internas.\n\nLo que usted edita cambia también " +
    "para el cliente. Lo que borra se queda con él (/undo lo borra para él), y lo que él borra se " +
    "queda aquí.",
  group:
    "A los clientes se les atiende en los comentarios del canal; lo que se escribe aquí fuera no les " +
    "llega. Aquí se puede usar:",
  private:
    "Usted es del equipo. Responda a los clientes en los comentarios del canal. Aquí se puede usar:",
};

function helpLine(name: CommandName): string {
  const takes = TAKES[name] ?? "";
  return `${usageOf(name, { takes, language: "es" })} — ${ABOUT[name]}`;
}

/** What follows the name of a command. */
const TAKES: Partial<Record<CommandName, string>> = {
  start: "[origen]",
  reply: "[palabras]",
  pix: "[monto] [texto]",
  tag: "[palabra]",
  priority: "1–5",
  assign: "[nombre]",
  later: "cuándo [texto]",
  unban: "[ID]",
  notify: "on|off",
  replies: "[palabras]",
  addreply: "Título",
  renamereply: "Título",
  delreply: "Título",
  set: "nombre valor",
  reset: "nombre",
  stats: "[7d|30d]",
  invite: "[off]",
  allow: "[ID]",
  disallow: "[ID]",
};

const ABOUT: Record<CommandName, string> = {
  start: "empezar",
  help: "ayuda",
  terms: "los términos del servicio",
  privacy: "qué guardamos de usted, y cómo borrarlo",
  solved: "cierra la conversación: está resuelto",
  close: "cierra y avisa al cliente",
  closesilent: "cierra sin avisar al cliente",
  reply: "envía la respuesta guardada que coincide con las palabras",
  pix: "cobra por Pix: código QR y código para copiar",
  tag: "pone o quita una etiqueta en la tarjeta",
  priority: "pone la prioridad",
  assign: "asume la conversación, o la pasa a un colega",
  who: "lo que se sabe del cliente",
  later: "enviarlo a esa hora; sin texto: aplazar la conversación",
  undo: "en respuesta a un comentario suyo: lo borra también para el cliente",
  ban: "veta al cliente",
  unban: "quita el veto",
  notify: "le avisa cuando un cliente espera",
  replies: "muestra las respuestas rápidas",
  addreply: "guarda una respuesta rápida",
  renamereply: "cambia el nombre de una respuesta rápida",
  delreply: "borra una respuesta rápida",
  exportreplies: "envía las respuestas rápidas en un archivo",
  importreplies: "lee respuestas rápidas de un archivo",
  settings: "muestra los ajustes",
  set: "cambia un ajuste",
  reset: "devuelve un ajuste a su valor inicial",
  stats: "números y gráfico de la atención",
  setup: "revisa la instalación: qué falta, y una prueba",
  failed: "lo que no se entregó",
  invite: "un enlace por el que los agentes piden entrar en el canal",
  allow: "deja entrar a alguien en el grupo",
  disallow: "ya no le deja entrar",
};

/** What is said of a bot's several desks, in Spanish. */
import type { Texts } from "../notice.ts";
import type { DeskState, ListedDesk, Unanswered } from "../notices/desks.ts";

export const desks = {
  "desks": ({ desks, isFixed }) =>
    `Sus mostradores; el primero es el que recibe clientes nuevos:\n\n${
      desks.map(line).join("\n")
    }\n\n` +
    (isFixed
      ? "CHANNEL_ID decide qué mostradores hay."
      : "/adddesk abre otro, /renamedesk le da otro nombre a uno, /removedesk cierra uno para siempre."),
  "button-desk": ({ name, state }) => `${SIGNS[state]} ${name}`,
  "button-add-desk": () => "➕ Mostrador nuevo",
  "adddesk": () =>
    "Otro mostrador: toque abajo “Elegir o crear el canal” y elija un canal privado, en el que cada " +
    "publicación será un cliente suyo. Yo entro con él, solo con los permisos que necesito, y desde allí " +
    "le guío. El próximo canal al que me añada es el mostrador nuevo. ¿Ha cambiado de idea? Toque “Cancelar”.",
  "adddesk-off": () =>
    "Ningún mostrador nuevo: si me añade a otro canal, antes pregunto para qué. /nuevomostrador empieza de " +
    "nuevo.",
  "desks-fixed": () =>
    "La variable CHANNEL_ID decide qué mostradores hay: añada o quite un canal y reinícieme.",
  "renamedesk-how": () =>
    "Así: /renamedesk antiguo nuevo. Los enlaces con el nombre antiguo siguen llevando al mostrador hasta " +
    "que otro tome ese nombre.",
  "renamedesk-done": ({ from, name }) =>
    `✅ El mostrador ${from} se llama ${name} desde ahora. Los enlaces con el nombre antiguo siguen llevando a él.`,
  "renamedesk-empty": ({ words }) =>
    `“${words}” no tiene letras ni números: el nombre de un mostrador tiene letras, números y _.`,
  "renamedesk-taken": ({ name }) => `Otro mostrador ya se llama ${name}.`,
  "removedesk-how": ({ names }) => `Así: /removedesk nombre. Hay: ${names.join(", ")}.`,
  "desk-unknown": ({ words, names }) =>
    `Ningún mostrador se llama “${words}”. Hay: ${names.join(", ")}.`,
  "removedesk-last": () => "Este es el último mostrador: no se puede quitar.",
  "removedesk-open": ({ name, count, customers }) =>
    `El mostrador ${name} todavía tiene conversaciones abiertas (${count}): ${
      customers.join(", ")
    }${count > customers.length ? ", …" : ""}. Ciérrelas, o páselas a otro mostrador, antes.`,
  "removedesk-sure": ({ name }) =>
    `¿Quitar el mostrador ${name}? Salgo de su canal y de su grupo. Los clientes con la conversación cerrada ` +
    "van a otro mostrador cuando escriban de nuevo.",
  "button-remove-desk": ({ name }) => `Quitar ${name}`,
  "removedesk-done": ({ name }) => `✅ El mostrador ${name} ya no existe.`,
  "left-behind": ({ desk, people, more }) =>
    (desk === undefined
      ? "⚠️ Uno de los mostradores ya no existe."
      : `⚠️ El mostrador ${desk} ya no existe.`) +
    ` Lo que su equipo aún debía entregar no llegó a: ` +
    `${people.map(unanswered).join(", ")}${more > 0 ? ` y otros (${more})` : ""}.`,
  "desk-gone": () => "Este mostrador ya no existe. /desks muestra los que hay.",
  "desk-there": ({ name }) =>
    `En este canal ya está el mostrador ${name}: nada se ha trasladado. Si no hace falta, quítelo ` +
    `(/removedesk ${name}) y añádame de nuevo al canal.`,
  "which-desk": () => "¿Para qué mostrador?",
  "which-desk-over": () =>
    "Se preguntó hace demasiado tiempo, o ya está respondido. Dé la orden de nuevo.",
} satisfies Partial<Texts>;

function unanswered({ name, count }: Unanswered): string {
  return `${name} (${count})`;
}

const SIGNS: Record<DeskState, string> = { "open": "✅", "trouble": "❌", "setting-up": "▫️" };

function line({ name, title, state, open, waiting }: ListedDesk, at: number): string {
  const sign = `${at + 1}. ${SIGNS[state]}`;
  if (name === undefined) return `${sign} ${title}: todavía sin configurar`;
  return `${sign} ${name} (${title}): ${open} ${
    open === 1 ? "abierta" : "abiertas"
  }, ${waiting} esperando`;
}

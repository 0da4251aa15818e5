/** What is said about the menu under the welcome, in Spanish. */
import type { Texts } from "../notice.ts";

export const menu = {
  "did-read": ({ labels }) => `📖 Leyó en el menú: ${labels.join(", ")}`,
  "menu-gone": () => "Este botón ya no existe. Estos son los de ahora.",
  "menu-repeated": () => "Está aquí arriba: lo acaba de pedir.",
  "menu-chosen": ({ label }) => `${label}: escriba aquí su mensaje.`,
  "menu-served": () => "Ya le están atendiendo: escriba aquí.",
  "did-choose-desk": ({ desk }) =>
    `ℹ️ El cliente ha pedido ${desk}. Para seguir allí: /transferir ${desk}`,
  "menu-missed": ({ labels, ofDesks = [] }) =>
    [
      ...labels.length === 0 ? [] : [
        `⚠️ El menú deja fuera lo que ya no tiene respuesta preparada: ${labels.join(", ")}. ` +
        "Guárdela de nuevo con /addreply, o cambie el menú con /set menu.",
      ],
      ...ofDesks.length === 0 ? [] : [
        `⚠️ El menú deja fuera lo que lleva a un mostrador que ya no existe: ${
          ofDesks.join(", ")
        }. Cambie el menú con /set menu.`,
      ],
    ].join("\n\n"),
} satisfies Partial<Texts>;

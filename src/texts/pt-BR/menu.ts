/** What is said about the menu under the welcome, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";

export const menu = {
  "did-read": ({ labels }) => `📖 Leu no menu: ${labels.join(", ")}`,
  "menu-gone": () => "Este botão não existe mais. Estes são os de agora.",
  "menu-repeated": () => "Está logo acima: você acabou de pedir.",
  "menu-chosen": ({ label }) => `${label}: escreva aqui a sua mensagem.`,
  "menu-served": () => "Você já está sendo atendido: é só escrever aqui.",
  "did-choose-desk": ({ desk }) =>
    `ℹ️ O cliente pediu ${desk}. Para continuar lá: /transferir ${desk}`,
  "menu-missed": ({ labels, ofDesks = [] }) =>
    [
      ...labels.length === 0 ? [] : [
        `⚠️ O menu fica sem o que não tem mais resposta pronta: ${labels.join(", ")}. ` +
        "Guarde-a de novo com /resposta, ou mude o menu com /definir menu.",
      ],
      ...ofDesks.length === 0 ? [] : [
        `⚠️ O menu fica sem o que leva a um balcão que não existe mais: ${
          ofDesks.join(", ")
        }. Mude o menu com /definir menu.`,
      ],
    ].join("\n\n"),
} satisfies Partial<Texts>;

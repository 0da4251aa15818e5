/** What is said about the menu under the welcome, in English. */
import type { Texts } from "../notice.ts";

export const menu = {
  "did-read": ({ labels }) => `📖 Read in the menu: ${labels.join(", ")}`,
  "menu-gone": () => "This button is gone. Here are the ones there are now.",
  "menu-repeated": () => "It is here above: you asked for it a moment ago.",
  "menu-chosen": ({ label }) => `${label}: write your message here.`,
  "menu-served": () => "You are being served already: just write here.",
  "did-choose-desk": ({ desk }) =>
    `ℹ️ The customer has asked for ${desk}. To have it go on there: /transfer ${desk}`,
  "menu-missed": ({ labels, ofDesks = [] }) =>
    [
      ...labels.length === 0 ? [] : [
        `⚠️ The menu leaves out what there is no canned reply for any more: ${
          labels.join(", ")
        }. ` +
        "Add it again with /addreply, or change the menu with /set menu.",
      ],
      ...ofDesks.length === 0 ? [] : [
        `⚠️ The menu leaves out what leads to a desk that is no more: ${
          ofDesks.join(", ")
        }. Change the menu with /set menu.`,
      ],
    ].join("\n\n"),
} satisfies Partial<Texts>;

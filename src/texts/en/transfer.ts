/** What is said of a conversation that goes on at another desk, and of where newcomers go, in English. */
import type { Texts } from "../notice.ts";
import type { RoutedTo } from "../notices/transfer.ts";

export const transfers = {
  "transfer-to": () => "To which desk?",
  "did-transfer": ({ by, to }) => `➡️ ${by} transferred this to ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ From ${from}: ${by} transferred it. What was written before is there.`,
  "moved-to": ({ desk }) =>
    `➡️ This conversation goes on at ${desk}: what is written here reaches nobody.`,
  "edited-before": ({ desk }) =>
    `✏️ The customer has edited a message that is at ${desk}: it has changed there.`,
  "transfer-alone": () => "ℹ️ There is no other desk to transfer to.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ There is no desk “${words}”. There are: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ This desk is gone. /transfer shows those that there are.",
  "transfer-here": ({ name }) => `ℹ️ This conversation is at ${name} already.`,
  "transfer-elsewhere": ({ name }) =>
    `ℹ️ The customer is being served at ${name}: only from there can they be transferred.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ Nothing was transferred: ${name} cannot work now. Its checklist (/setup) says what is missing.`,
  "route": ({ to, first, names }) =>
    `🧭 ${routeOf(to, first)}\n\nThere are: ${
      names.join(", ")
    }. Change it with /route even, /route and the ` +
    "name of a desk, or /route off.",
  "route-done": ({ to, first }) => `✅ ${routeOf(to, first)}`,
} satisfies Partial<Texts>;

function routeOf(to: RoutedTo, first: string): string {
  switch (to.by) {
    case "even":
      return "New customers come to the desk with the fewest open conversations.";
    case "desk":
      return `New customers come to ${to.name}.`;
    case "first":
      return `New customers come to the first desk, ${first}.`;
  }
}

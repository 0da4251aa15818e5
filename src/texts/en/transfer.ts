/** What is said of a conversation that goes on at another desk, in English. */
import type { Texts } from "../notice.ts";

export const transfers = {
  "which-desk": () => "To which desk?",
  "did-transfer": ({ by, to }) => `➡️ ${by} transferred this to ${to}.`,
  "transferred": ({ by, from }) =>
    `➡️ From ${from}: ${by} transferred it. What was written before is there.`,
  "moved-to": ({ desk }) =>
    `➡️ This conversation goes on at ${desk}: what is written here reaches nobody.`,
  "edited-before": ({ desk }) =>
    `✏️ The customer has edited a message from before the transfer: it has changed at ${desk}.`,
  "transfer-alone": () => "ℹ️ There is no other desk to transfer to.",
  "transfer-unknown": ({ words, names }) =>
    `⚠️ There is no desk “${words}”. There are: ${names.join(", ")}.`,
  "transfer-gone": () => "⚠️ This desk is gone. /transfer shows those that there are.",
  "transfer-here": ({ name }) => `ℹ️ This conversation is at ${name} already.`,
  "transfer-stuck": ({ name }) =>
    `⚠️ Nothing was transferred: ${name} cannot work now. Its checklist (/setup) says what is missing.`,
} satisfies Partial<Texts>;

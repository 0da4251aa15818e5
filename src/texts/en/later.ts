/** What is said of what is done later, in English. */
import type { WhenProblem } from "../../later/when.ts";
import type { Texts } from "../notice.ts";

export const later = {
  "button-later": () => "💤 Later",
  "quick-when": ({ when }) =>
    ({ "1h": "1 h", "3h": "3 h", tomorrow: "Tomorrow 9:00", monday: "Monday 9:00" })[when],
  "which-later": () =>
    "Put this off until when? It comes back then, or as soon as the customer writes. " +
    "Any other time: /later 18:00",
  "did-later": ({ at }) =>
    `🕘 This goes to the customer on ${at}. Edit your message to change what is sent, or when.`,
  "did-cancel-later": ({ by }) => `🗑 ${by} cancelled this: it will not be sent.`,
  "did-send-now": ({ by }) => `🕘 ${by} has made an answer of this: it goes now.`,
  "did-call-off": ({ count }) =>
    count === 1
      ? "🗑 An answer that was to be sent later is cancelled."
      : `🗑 ${count} answers that were to be sent later are cancelled.`,
  "later-over": () => "It has gone already, or is cancelled.",
  "later-how": () =>
    "Say when, and what to send then: /later 18:00 Your bread is ready. Without a text, this " +
    `conversation is put off until then; /later - brings it back. ${EXAMPLES}`,
  "later-unclear": ({ isKept }) => `I do not understand when that is. ${EXAMPLES}${kept(isKept)}`,
  "later-problem": ({ problem, isKept }) => `${PROBLEMS[problem]}${kept(isKept)}`,
  "later-note": ({ mark, isKept }) =>
    `Nothing is sent: what begins with “${mark}” stays in the team, also later.${kept(isKept)}`,
  "later-again": () => "⚠️ Nothing of this is sent: send it again, with its time.",
  "later-full": ({ most }) =>
    `${most} answers wait in this conversation already: no more can be put off.`,
  "not-put-off-here": ({ status }) =>
    status === "banned"
      ? "ℹ️ This customer is banned: nothing is done here later."
      : "ℹ️ This conversation is closed: there is nothing to put off.",
  "not-put-off": () => "ℹ️ This conversation is not put off.",
  "did-put-off": ({ by, until }) => `💤 ${by} put this off until ${until}.`,
  "did-bring-back": (notice) => {
    const { putOffBy } = notice;
    if (notice.because === "hand") {
      return `⏰ ${notice.by} brought this back: ${putOffBy} had put it off.`;
    }
    if (notice.because === "time") return `⏰ This is back: ${putOffBy} had put it off until now.`;
    return `⏰ This is back, since the customer writes: ${putOffBy} had put it off.`;
  },
  "who-later": ({ putOff, answers, more }) =>
    [
      ...(putOff ? [`💤 Put off until ${putOff.until}, by ${putOff.by}`] : []),
      ...answers.map(({ at, by }) => `🕘 To be sent on ${at}, by ${by}`),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ].join("\n"),
} satisfies Partial<Texts>;

const EXAMPLES =
  "Examples: 30m, 2h, 3d, 18:00, tomorrow 9:00, fri 10:00, 24/12 9:00, 2026-12-24 09:00.";

const PROBLEMS: Record<WhenProblem, string> = {
  past: "That time is past.",
  soon: "That is less than a minute ahead.",
  far: "That is more than a year ahead.",
  "no such day": "There is no such day.",
};

function kept(isKept: boolean): string {
  return isKept ? " What you asked for before stands." : "";
}

/** What is said of a bot's several desks, in English. */
import type { Texts } from "../notice.ts";
import type { DeskState, ListedDesk, Unanswered } from "../notices/desks.ts";

export const desks = {
  "desks": ({ desks, isFixed }) =>
    `Your desks, the first is the one new customers come to:\n\n${desks.map(line).join("\n")}\n\n` +
    (isFixed
      ? "CHANNEL_ID decides which desks there are."
      : "/adddesk opens another, /renamedesk gives one another name, /removedesk closes one for good."),
  "button-desk": ({ name, state }) => `${SIGNS[state]} ${name}`,
  "button-add-desk": () => "➕ Add a desk",
  "adddesk": () =>
    "Another desk: tap “Choose or create the channel” below, and choose a private one whose posts will be " +
    "its customers. I come along with just the rights I need, and lead on from there. Whichever channel " +
    "you add me to next is the new desk. Changed your mind? Tap “Cancel”.",
  "adddesk-off": () =>
    "No new desk: if you add me to another channel, I ask first what for. /adddesk begins again.",
  "desks-fixed": () =>
    "The variable CHANNEL_ID decides which desks there are: add a channel to it, or take one away, and start me again.",
  "renamedesk-how": () =>
    "Like this: /renamedesk old new. Links with the old name go on leading to the desk until another " +
    "desk takes that name.",
  "renamedesk-done": ({ from, name }) =>
    `✅ The desk ${from} is called ${name} from now on. Links with the old name still lead there.`,
  "renamedesk-empty": ({ words }) =>
    `“${words}” has no letter and no digit: a desk is called by letters, digits and _.`,
  "renamedesk-taken": ({ name }) => `Another desk is called ${name} already.`,
  "removedesk-how": ({ names }) => `Like this: /removedesk name. There are: ${names.join(", ")}.`,
  "desk-unknown": ({ words, names }) =>
    `No desk is called “${words}”. There are: ${names.join(", ")}.`,
  "removedesk-last": () => "This is the last desk: it cannot be removed.",
  "removedesk-open": ({ name, count, customers }) =>
    `The desk ${name} still has ${count} open: ${customers.join(", ")}${
      count > customers.length ? ", …" : ""
    }. Close these conversations, or move them to another desk, first.`,
  "removedesk-sure": ({ name }) =>
    `Remove the desk ${name}? I leave its channel and its group. Customers whose conversations are closed ` +
    "come to another desk when they write again.",
  "button-remove-desk": ({ name }) => `Remove ${name}`,
  "removedesk-done": ({ name }) => `✅ The desk ${name} is no more.`,
  "left-behind": ({ desk, people, more }) =>
    (desk === undefined ? "⚠️ One of the desks is no more." : `⚠️ The desk ${desk} is no more.`) +
    ` What its team was still to deliver has not reached: ` +
    `${people.map(unanswered).join(", ")}${more > 0 ? ` and others (${more})` : ""}.`,
  "desk-gone": () => "This desk is no more. /desks shows those that there are.",
  "desk-there": ({ name }) =>
    `The desk ${name} is in this channel already: nothing has moved. If no other is needed, remove it ` +
    `(/removedesk ${name}) and add me to the channel again.`,
  "which-desk": () => "For which desk?",
  "which-desk-over": () => "This was asked too long ago, or is answered. Give the command again.",
} satisfies Partial<Texts>;

function unanswered({ name, count }: Unanswered): string {
  return `${name} (${count})`;
}

const SIGNS: Record<DeskState, string> = { "open": "✅", "trouble": "❌", "setting-up": "▫️" };

function line({ name, title, state, open, waiting }: ListedDesk, at: number): string {
  const sign = `${at + 1}. ${SIGNS[state]}`;
  if (name === undefined) return `${sign} ${title}: not set up yet`;
  return `${sign} ${name} (${title}): ${open} open, ${waiting} waiting`;
}

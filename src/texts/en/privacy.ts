/** What is said of what is kept of a customer, and of erasing it, in English. */
import type { Texts } from "../notice.ts";
import type { DataPart } from "../notices/privacy.ts";

export const privacy = {
  "privacy": ({ linkDays, keepDays }) =>
    "What is kept of you here:\n\n" +
    "• Of you: your first name, last name and Telegram ID; whether your conversation is open, closed or " +
    "blocked, its priority and tags, who of the team takes care of it, and by which link you came. " +
    (keepDays === null
      ? "Until you erase it.\n"
      : `Until you erase it, or ${keepDays} days after the last message.\n`) +
    "• Which of your messages belongs to which copy at the team's side, as numbers only: for " +
    `${linkDays} days.\n` +
    "• If you have opened the menu: which buttons you pressed and the link you came by: for as long.\n" +
    "• What has not been passed on yet waits encrypted and is deleted once it is; what could not be " +
    "delivered, after 30 days.\n" +
    "• For statistics we count messages, and do not keep whose they are.\n\n" +
    "The messages themselves are not in our database. They are in Telegram: in this chat, and in our " +
    "team's channel.\n\n" +
    "You can see your data, or erase it:",
  "button-show-data": () => "📄 My data",
  "button-erase": () => "🗑 Erase",
  "button-erase-sure": () => "🗑 Yes, erase",
  "data": () => "Everything that our database holds of you.",
  "data-about": ({ part }) => ABOUT_DATA[part],
  "erase-sure": () =>
    "Erase what is kept of you? The conversation ends: our team can no longer answer it, and what has " +
    "not been passed on yet is lost. The messages in this chat stay until you delete them. If you " +
    "write again, it begins anew.",
  "erase-cancelled": () => "Nothing was erased.",
  "erase-nothing": ({ isAgent }) =>
    isAgent
      ? "Nothing is kept of you as a customer. What “My data” shows is of your work in the team, and " +
        "stays."
      : "Nothing is kept of you: there is nothing to erase.",
  "erase-begun": () => "Your data is being erased. You will be told when it is done.",
  "erase-stale": () => "This button is no longer valid. Send /privacy again.",
  "erased": ({ undelivered, isBanned }) =>
    "✅ Done: what was kept of you is erased. The messages in this chat stay until you delete them." +
    (undelivered > 0
      ? `\n\n⚠️ Messages of yours that our team did not get any more: ${undelivered}.`
      : "") +
    (isBanned
      ? "\n\nOne thing stays: a mark from which nobody can read who you are. By it this chat stays " +
        "unavailable to you."
      : "\n\nIf you write again, it begins anew."),
  "did-erase": ({ undelivered }) =>
    "🗑 The customer has erased their data: what is written here reaches nobody any more." +
    (undelivered > 0 ? `\n⚠️ Messages that were not delivered any more: ${undelivered}.` : ""),
  "erased-thread": () => "🗑 This reaches nobody: the customer's data is erased.",
  "erased-card": () => "erased",
} satisfies Partial<Texts>;

const ABOUT_DATA: Record<DataPart, string> = {
  all:
    "Everything that this bot's database holds of you. The text of messages is not in it: that is " +
    "in Telegram. Times are in UTC.",
  person: "Your ID and name, as Telegram gives them.",
  conversation:
    "How your conversation stands: since when, in which state, when somebody last wrote, " +
    "and what you were told that is told only once.",
  posts: "The posts in our team's channel that stand for you, and their copies in its group, as " +
    "numbers.",
  links:
    "Which message of this chat is shown as which message at the team's side. Fingerprints tell " +
    "whether a message has changed; what it says cannot be read from them.",
  waiting: "What has not been done yet. Of your own messages, what waits with them.",
  failed: "What could not be delivered, with the reason; kept for 30 days.",
  marks:
    "Messages of this chat that were noted: about which something was said, that were not passed " +
    "on, that got a reaction. And what was kept when you erased your data before.",
  team:
    "Whether you were found to be of the team, what is kept of you as such, and how often you " +
    "tried to claim the bot with a wrong code.",
  "other-desks":
    "The same, of where your conversation was before the desk moved to another channel.",
};

/** What is said around messages: to customers, and in threads, in English. */
import type { ContentKind } from "../../message/content.ts";
import type { Texts, Undeliverable } from "../notice.ts";

export const conversation = {
  "welcome": () => "Hello! Write your message here and our team will answer as soon as possible.",
  "help": () =>
    "Write here whatever you need: text, photos, voice messages, files. Our team answers in this " +
    "same chat.\n\nIf you edit a message, the team sees the change. If you delete a message or " +
    "the chat, the team's copy stays.",
  "source": ({ source }) => `ℹ️ Came by the link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ This message cannot be delivered: ${reason(why)}`,
  "not-obeyed": ({ why }) => `⚠️ This command was not obeyed: ${reason(why)}`,
  "cannot-show": ({ content }) => `🫥 Something came that cannot be shown here: ${kind(content)}.`,
  "answered-kind": ({ content }) => kind(content),
  "reference-kept": () =>
    "ℹ️ The customer does not see what this answers: it is in the team's own chats.",
  "edited": () => "✏️ Edited:",
  "too-old": () =>
    "⚠️ This edit is not shown on the other side: the message is too old, or is not there. Send a new one.",
  "already-sent": () =>
    "⚠️ The customer already has this message as it was: what they have received is not withdrawn.",
  "inserted-note": ({ mark }) =>
    `⚠️ The customer has not received this: it begins with “${mark}”, as ${
      mark === "#" ? "internal notes" : "commands"
    } do. What was inserted cannot be edited: write it as a comment, or change the canned reply (/addreply).`,
  "posted": () =>
    "⚠️ The customer has not received what was posted in the channel as an answer to this card: they get only the comments here.",
  "album-incomplete": ({ sent, of }) =>
    `⚠️ Only ${sent} of ${of} items of this album were delivered.`,
  "blocked": () =>
    "🚫 This customer has blocked the bot. What is written here will be delivered if they return.",
  "unblocked": () => "✅ This customer has unblocked the bot and can be answered again.",
  "trouble": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `⚠️ The desk is at a standstill: Telegram refuses what the bot has to do (“${description}”). ` +
    "Check that it is an administrator of the channel and of the group. " +
    "Nothing is lost: everything goes on once that is repaired.",
  "trouble-over": ({ description, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `✅ The desk is at work again: what Telegram refused (“${description}”) goes through.`,
  "moved": () => "The conversation goes on here.",
  "slow-down": () =>
    "We have received many messages from you at once. Nothing is lost:" +
    " they are being passed on one by one. Please wait a moment.",
  "failed-none": () => "✅ Nothing failed to be delivered.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Not delivered: ${count}${shown < count ? ` (the first ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `from ${name}` : `to ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Try all again",
  "failed-dismiss-all": () => "✕ Dismiss all",
  "failed-done": ({ does }) => does === "retry" ? "Trying again." : "Dismissed.",
  "team-in-private": () =>
    "You are on the team. Answer customers in the comments of the channel, not here.",
  "terms": () =>
    "The messages of this chat are read and answered by our team. Do not send passwords or card " +
    "details.\n\n/privacy explains what is kept.",
  "restart": () => "Nice to hear from you again! Our team will answer as soon as possible.",
  "end": () => "This conversation has been closed. If you need anything else, just write here.",
  "rate": () => "How did we do?",
  "rated": () => "Thank you for your rating!",
  "rate-over": () => "This question is over.",
  "banned": () => "This chat is not available.",
  "greeting": ({ part }) => `good ${part}`,
} satisfies Partial<Texts>;

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `Telegram does not let this kind of message be copied (${kind(why.content)}). ` +
        "Send it as text, photo, video or file.";
    case "refused":
      return "Telegram refused it.";
    case "voice":
      return "the recipient does not accept voice or video messages. Send it as text or file.";
    case "deleted":
      return "it was deleted before it could be copied.";
    case "blocked":
      return "the customer has blocked the bot for many days.";
    case "unreadable":
      return "the bot's token was changed before it was sent. Send it again.";
    case "fault":
      return "the bot itself failed at it. Send it again.";
    case "time":
      return "Telegram did not answer for too long. Send it again.";
    case "doubt":
      return "Telegram does not say that its author is on the team. If they are, send it again in a few minutes.";
    case "nobody":
      return "nobody has been here to read it for a month.";
    case "no desk":
      return "where it was written nobody is served any more. Send it again.";
    case "gone":
      return "this customer's account no longer exists.";
  }
}

/** What a message is that cannot be shown. */
export function kind(content: ContentKind): string {
  return KINDS[content] ?? "a message of another kind";
}

const KINDS: Partial<Record<ContentKind, string>> = {
  text: "a text",
  rich_message: "a text",
  photo: "a photo",
  live_photo: "a live photo",
  video: "a video",
  animation: "a GIF",
  audio: "an audio file",
  document: "a file",
  voice: "a voice message",
  video_note: "a video message",
  sticker: "a sticker",
  contact: "a contact",
  venue: "a place",
  location: "a location",
  dice: "a dice",
  paid_media: "paid media",
  story: "a story",
  checklist: "a checklist",
  invoice: "an invoice",
  game: "a game",
  giveaway: "a giveaway",
  giveaway_winners: "a giveaway",
  gift: "a gift",
  gift_upgrade_sent: "a gift",
  unique_gift: "a gift",
  poll: "a poll",
};

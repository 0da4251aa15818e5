/** English. */
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import { writeStats } from "../stats_message.ts";

export const english: Texts = {
  "welcome": () => "Hello! Write your message here and our team will answer as soon as possible.",
  "help": () =>
    "Write here whatever you need: text, photos, voice messages, files. Our team answers in this " +
    "same chat.\n\nIf you edit a message, the team sees the change. If you delete a message or " +
    "the chat, the team's copy stays.",
  "team-help": () =>
    "Comment here to answer the customer; answer a comment to answer that message. Comments " +
    "that begin with # are internal notes.\n\nWhat you edit changes for the customer as well. " +
    "What you delete stays with them, and what they delete stays here." +
    "\n\nAdministrators: /failed shows what was not delivered.",
  "source": ({ source }) => `ℹ️ Came by the link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ This message cannot be delivered: ${reason(why)}`,
  "cannot-show": ({ content }) => `🫥 Something came that cannot be shown here: ${kind(content)}.`,
  "edited": () => "✏️ Edited:",
  "too-old": () =>
    "⚠️ This edit is not shown on the other side: the message is too old, or is not there. Send a new one.",
  "already-sent": () =>
    "⚠️ The customer already has this message as it was: what they have received is not withdrawn.",
  "album-incomplete": ({ sent, of }) =>
    `⚠️ Only ${sent} of ${of} items of this album were delivered.`,
  "blocked": () =>
    "🚫 This customer has blocked the bot. What is written here will be delivered if they return.",
  "unblocked": () => "✅ This customer has unblocked the bot and can be answered again.",
  "trouble": ({ description }) =>
    `⚠️ The desk is at a standstill: Telegram refuses what the bot has to do (“${description}”). ` +
    "Check that it is an administrator of the channel and of the group. " +
    "Nothing is lost: everything goes on once that is repaired.",
  "moved": () => "The conversation goes on here.",
  "slow-down": () =>
    "We have received many messages from you at once. Nothing is lost:" +
    " they are being passed on one by one. Please wait a moment.",
  "failed-none": () => "✅ Nothing was given up: all that was accepted was delivered.",
  "failed-list": ({ count, shown }) =>
    `⚠️ Not delivered: ${count}${shown < count ? ` (the first ${shown})` : ""}`,
  "failed-item": ({ number, name, direction, time, reason }) =>
    `${number}. ${direction === "to-team" ? `from ${name}` : `to ${name}`} · ${time}\n${reason}`,
  "failed-retry-all": () => "↻ Try all again",
  "failed-dismiss-all": () => "✕ Dismiss all",
  "failed-done": ({ does }) => does === "retry" ? "Trying again." : "Dismissed.",
  "admins-only": () => "Only administrators may do that.",
  "team-in-private": () =>
    "You are of the team. Answer customers in the comments of the channel, not here.",
  "reply-how": () =>
    "To keep a canned reply:\n\n/addreply Delivery time\n" +
    "{greeting}, {first_name}! We deliver within 3 working days.\n\n" +
    "Or answer a message (text, photo, video, file…) with /addreply and the title.\n\n" +
    "Filled in when sent: {first_name} {last_name} {full_name} {id} {agent} {greeting} {date} {time}",
  "reply-rename-how": ({ title }) =>
    `To rename “${title}”, send this command with the new title in its second line:`,
  "reply-import-how": () => "Answer a file such as /exportreplies sends with /importreplies.",
  "reply-saved": ({ title, replaced, unknown }) =>
    `✅ ${replaced ? "Reply updated" : "Reply kept"}: ${title}` +
    (unknown.length ? `\n⚠️ I do not know ${unknown.join(", ")}: it will stay as it is.` : ""),
  "reply-exists": ({ title }) => `There is a reply “${title}”. Replace it?`,
  "reply-replace": () => "Replace",
  "reply-problem": ({ problem }) => `⚠️ The reply was not kept: ${replyReason(problem)}`,
  "reply-gone": () => "It is no longer there.",
  "reply-deleted": ({ title }) => `🗑 Reply deleted: ${title}`,
  "reply-not-found": ({ title, nearest }) =>
    `There is no reply “${title}”.` +
    (nearest.length ? ` Similar ones:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Now called: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ There is a reply “${title}” already.`,
  "reply-none": ({ words }) =>
    words ? `No reply with “${words}”.` : "There are no canned replies yet. See /addreply.",
  "reply-list": ({ words, total, from, to }) =>
    `💬 Canned replies${words ? ` with “${words}”` : ""}: ${from}–${to} of ${total}`,
  "reply-exported": ({ count }) => `Canned replies: ${count}`,
  "reply-imported": ({ added, updated }) => `✅ New: ${added}. Updated: ${updated}.`,
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ Nothing was imported:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• line ${line}, column ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… and ${count - problems.length} more` : ""),
  "reply-file-unread": () => "⚠️ The file could not be read. Nothing was imported; try again.",
  "stats": ({ stats, names }) => writeStats(stats, { language: "en", texts: english, names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversations opened",
      "closed": "Conversations closed",
      "waiting": "Waiting now",
      "from-customers": "Messages from customers",
      "from-team": "Messages from the team",
      "half-wait": "Half wait up to",
      "most-wait": "9 in 10 wait up to",
      "rating": "Average rating",
      "ratings": "Ratings",
      "customers": "Customers",
      "team": "Team",
      "messages-by-day": "Messages by day",
      "wait-by-day": "Wait for the first answer (median of the day)",
      "messages-by-hour": "Messages by hour of the day",
      "customers-by-hour": "Messages from customers by hour of the day",
      "agents": "By agent: messages · wait",
      "agent-columns": "By agent: messages · first answers · half within",
      "today": "today",
    })[label],
  "stats-period": ({ days }) => `Last ${days} days`,
  "stats-none": () =>
    "No conversations in this period. As soon as customers write, the numbers appear here.",
  "stats-waits": ({ median, p90 }) => `First answer: half within ${median}, 9 in 10 within ${p90}`,
  "stats-no-waits": () => "First answer: nobody waited for one in this period",
  "stats-ratings": ({ mean, count }) => `Ratings: ${count}, on average ${mean} of 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "As the channel" : `Agent ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… and ${count} more`,
  "talk-to-us": () => "Talk to us",
  "invitation": ({ link }) => `Talk to us here: ${link}`,
  "greeting": ({ part }) => `good ${part}`,
};

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return `Telegram does not let this kind of message be copied (${kind(why.content)}). ` +
        "Send it as text, photo, video or file.";
    case "refused":
      return "Telegram refused it.";
    case "voice":
      return "whom it is for does not take voice and video messages. Send it as text or file.";
    case "deleted":
      return "it was deleted before it could be copied.";
    case "blocked":
      return "the customer has blocked the bot for many days.";
    case "unreadable":
      return "the bot's token was changed before it was sent. Send it again.";
    case "time":
      return "Telegram did not answer for too long. Send it again.";
    case "gone":
      return "this customer's account no longer exists.";
  }
}

function replyReason(problem: ReplyProblem): string {
  switch (problem.because) {
    case "no title":
      return "its title is missing.";
    case "no content":
      return "its text is missing. See /addreply.";
    case "long title":
      return `its title has ${problem.length} characters; at most ${MAX_TITLE} are possible.`;
    case "long text":
      return `its text has ${problem.length} characters; at most ${MAX_TEXT} are possible.`;
    case "long caption":
      return `its caption has ${problem.length} characters; at most ${MAX_CAPTION} are possible.`;
    case "kind":
      return `this kind of message cannot be a canned reply (${kind(problem.content)}).`;
    case "size":
      return "it has too much formatting or too many links.";
    case "full":
      return `there can be at most ${MAX_REPLIES} replies.`;
  }
}

function fileReason(reason: FileReason): string {
  switch (reason.because) {
    case "syntax":
      return "from here on it is not JSON.";
    case "missing":
      return `“${reason.field}” is missing.`;
    case "type":
      return `should be ${
        {
          object: "an object",
          list: "a list",
          text: "a text",
          number: "a number",
          "true or false": "true or false",
        }[reason.wanted]
      }.`;
    case "unknown kind":
      return `the kind should be one of ${reason.kinds.join(", ")}.`;
    case "outside":
      return "the formatting goes beyond the text.";
    case "duplicate":
      return `this title is on line ${reason.line} already.`;
    case "version":
      return "the file is of a newer version of the program.";
    default:
      return replyReason(reason);
  }
}

const KINDS: Partial<Record<ContentKind, string>> = {
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

function kind(content: ContentKind): string {
  return KINDS[content] ?? "a message of another kind";
}

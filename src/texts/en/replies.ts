/** What is said about canned replies, and in inline mode, in English. */
import { MAX_CAPTION, MAX_TEXT } from "../../words/formatted.ts";
import type { Texts } from "../notice.ts";
import type { NamedReplies } from "../../replies/named.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../../replies/reply.ts";
import type { FileReason } from "../../replies/file.ts";
import { kind } from "./conversation.ts";

export const replies = {
  "reply-how": () =>
    "To keep a canned reply:\n\n/addreply Delivery time\n" +
    "{Greeting}, {first_name}! We deliver within 3 working days.\n\n" +
    "Or answer a message (text, photo, video, file…) with /addreply and the title.\n\n" +
    "Filled in when sent: {first_name} {last_name} {full_name} {id} {agent} {greeting} {date} {time}",
  "reply-rename-how": ({ title }) =>
    `To rename “${title}”, send this command with the new title in its second line:`,
  "reply-rename-which": () =>
    "Give the title of the reply, and below it the new one:\n\n/renamereply Delivery time\nDelivery",
  "reply-delete-how": () =>
    "Give the title of the reply: /delreply Delivery time. /replies lists them.",
  "reply-import-how": () => "Answer a file such as /exportreplies sends with /importreplies.",
  "reply-saved": ({ title, replaced, unknown, mark }) =>
    `✅ ${replaced ? "Reply updated" : "Reply kept"}: ${title}` +
    (unknown.length ? `\n⚠️ I do not know ${unknown.join(", ")}: it will stay as it is.` : "") +
    (mark === undefined
      ? ""
      : `\n⚠️ It begins with “${mark}”, as ${
        mark === "#" ? "internal notes" : "commands"
      } do: inserted into a thread, it reaches no customer.`),
  "reply-exists": ({ title }) => `There is a reply “${title}”. Replace it?`,
  "reply-replace": () => "Replace",
  "reply-problem": ({ problem }) => `⚠️ The reply was not kept: ${replyReason(problem)}`,
  "reply-gone": () => "It is no longer there.",
  "reply-deleted": ({ title, isInMenu }) =>
    `🗑 Reply deleted: ${title}` +
    (isInMenu ? "\n⚠️ It was in the menu, which leaves it out now: see /set menu." : ""),
  "reply-not-found": ({ title, nearest }) =>
    `There is no reply “${title}”.` +
    (nearest.length ? ` Similar ones:\n${nearest.map((each) => `• ${each}`).join("\n")}` : ""),
  "reply-renamed": ({ title }) => `✅ Now called: ${title}`,
  "reply-title-taken": ({ title }) => `⚠️ There is a reply “${title}” already.`,
  "reply-none": ({ words }) =>
    words ? `No reply with “${words}”.` : "There are no canned replies yet. See /addreply.",
  "which-reply": ({ words }) =>
    words === "" ? "Which reply?" : `Several replies with “${words}”. Which one?`,
  "reply-list": ({ words, total, from, to }) =>
    `💬 Canned replies${words ? ` with “${words}”` : ""}: ${from}–${to} of ${total}`,
  "reply-exported": ({ count }) => `Canned replies: ${count}`,
  "reply-broken": ({ title }) =>
    `⚠️ Telegram refuses it: it is not offered. To mend it, send the file (or the text) anew with /addreply ${title}`,
  "replies-broken": (broken) =>
    `⚠️ Telegram refuses these canned replies (a file of another bot’s, or gone, or a link in the text that leads nowhere), so they are no longer offered: ${
      named(broken)
    }\n` +
    "Send each anew with /addreply and the same title.",
  "reply-imported": ({ added, updated, notes, broken, kept, untried }) =>
    `✅ New: ${added}. Updated: ${updated}.` +
    (notes.count > 0
      ? `\n⚠️ Begin with “#” or “/”, as internal notes and commands do, and would reach no customer: ${
        named(notes)
      }`
      : "") +
    (broken.count > 0
      ? `\n⚠️ Telegram refuses their files (another bot’s, or gone), so nobody is offered them: ${
        named(broken)
      }\n` +
        "Send each file anew with /addreply and the same title."
      : "") +
    (kept.count > 0
      ? `\n⚠️ Stay as they are, since Telegram refuses the file that was to replace theirs: ${
        named(kept)
      }`
      : "") +
    (untried > 0
      ? `\n⚠️ Files not tried yet: ${untried}. If Telegram refuses one, you will be told.`
      : ""),
  "reply-file-problems": ({ problems, count }) =>
    "⚠️ Nothing was imported:\n" +
    problems.map(({ line, column, path, reason }) =>
      `• line ${line}, column ${column}${path ? ` (${path})` : ""}: ${fileReason(reason)}`
    ).join("\n") +
    (problems.length < count ? `\n… and ${count - problems.length} more` : ""),
  "reply-file-unread": () => "⚠️ The file could not be read. Nothing was imported; try again.",
  "reply-file-elsewhere": () =>
    "⚠️ The file lies with your own Bot API server, and the bot cannot read it there. Nothing was imported. " +
    "Whoever runs the bot lets it read that server's folder (see “A Bot API server of your own” in the documentation).",
  "talk-to-us": () => "Talk to us",
  "invitation": ({ link }) => `Talk to us here: ${link}`,
} satisfies Partial<Texts>;

function named({ titles, count }: NamedReplies): string {
  return titles.join(", ") + (titles.length < count ? " …" : "");
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
    case "album":
      return "an album cannot be one canned reply. Send one of its items with the command as its caption.";
    case "file":
      return "Telegram refuses its file. Send the file anew with the command as its caption.";
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

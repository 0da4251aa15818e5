/** English. */
import { displayName, PRIORITY_SQUARES } from "../card.ts";
import { type CommandName, usageOf } from "../command.ts";
import type { CheckDetail, CheckName, CheckProblem, Right } from "../checklist.ts";
import type { ContentKind } from "../content.ts";
import { MAX_CAPTION, MAX_TEXT } from "../formatted.ts";
import type { Texts, Undeliverable } from "../notice.ts";
import { MAX_REPLIES, MAX_TITLE, type ReplyProblem } from "../reply.ts";
import type { FileReason } from "../reply_file.ts";
import {
  isOn,
  isOwnText,
  isSwitch,
  SETTING_NAMES,
  type SettingName,
  type SettingProblem,
} from "../settings.ts";
import { shortened } from "./shortened.ts";

export const english: Texts = {
  "welcome": () => "Hello! Write your message here and our team will answer as soon as possible.",
  "help": () =>
    "Write here whatever you need: text, photos, voice messages, files. Our team answers in this " +
    "same chat.\n\nIf you edit a message, the team sees the change. If you delete a message or " +
    "the chat, the team's copy stays.",
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
  "talk-to-us": () => "Talk to us",
  "invitation": ({ link }) => `Talk to us here: ${link}`,
  "terms": () =>
    "The messages of this chat are read and answered by our team. Do not send passwords or card " +
    "details.\n\n/privacy explains what is kept.",
  "privacy": () =>
    "We keep only your first name, your last name and your Telegram ID. The messages stay in " +
    "Telegram: in your chat, and in our team's channel.",
  "restart": () => "Nice to hear from you again! Our team will answer as soon as possible.",
  "end": () => "This conversation has been closed. If you need anything else, just write here.",
  "rate": () => "How was it?",
  "rated": () => "Thank you for your rating!",
  "banned": () => "This chat is not available.",
  "away": () => "Our team is not available now. We will answer as soon as we can.",
  "panel": ({ source }) =>
    "🆕 New conversation. Comment here to answer." +
    (source === undefined ? "" : `\nℹ️ Came by the link: ${source}`),
  "button-close": () => "⬜️ Close",
  "button-priority": () => "🟨 Priority",
  "button-assign": () => "🙋 Take it",
  "button-ban": () => "❌ Ban",
  "button-help": () => "❔ Help",
  "button-cancel": () => "Cancel",
  "which-priority": () => "Which priority? 1 is not urgent, 5 is an emergency.",
  "ban-sure": () => "Ban this customer? Nothing they write will come here. /unban lifts it.",
  "did-close": ({ by, isSilent }) =>
    `⬜️ ${by} closed this${isSilent ? " without telling the customer" : ""}.`,
  "did-priority": ({ by, priority }) =>
    `${PRIORITY_SQUARES[priority - 1]} ${by} set priority ${priority}.`,
  "did-ban": ({ by }) => `❌ ${by} banned this customer.`,
  "did-unban": ({ by }) => `✅ ${by} lifted the ban.`,
  "did-assign": ({ by, to }) =>
    to === undefined
      ? `🙋 ${by} left this to nobody in particular.`
      : to === by
      ? `🙋 ${by} took this on.`
      : `🙋 ${by} gave this to ${to}.`,
  "did-undo": ({ by, isSent }) =>
    isSent
      ? `🗑 ${by} took this answer back: it is deleted at the customer's too.`
      : `🗑 ${by} took this answer back before it was sent.`,
  "did-rate": ({ stars }) => `${"⭐".repeat(stars)} The customer rated this: ${stars} of 5.`,
  "already": ({ status }) =>
    ({
      open: "ℹ️ This customer is not banned.",
      closed: "ℹ️ This conversation is closed already.",
      banned: "ℹ️ This customer is banned. /unban lifts it.",
    })[status],
  "collision": ({ name }) =>
    `👥 ${name} answered as well, just now. The customer has both answers.`,
  "waits": ({ name, address }) => `⏳ ${name} waits for an answer.\n${address}`,
  "who": ({ conversation, since, counts, days }) => {
    const { customer, source, status, priority, assignee, blockedSinceMs } = conversation;
    return [
      `👤 ${displayName(customer)}`,
      `ID ${customer.id}`,
      `Since: ${since}`,
      ...(source === undefined ? [] : [`Link: ${source}`]),
      `Status: ${
        { open: `open, priority ${priority}`, closed: "closed", banned: "banned" }[status]
      }`,
      ...(blockedSinceMs === undefined ? [] : ["Has blocked the bot"]),
      ...(assignee ? [`Assigned to: ${assignee.name}`] : []),
      `Messages in the last ${days} days: ${counts.fromCustomer} from the customer, ${counts.fromTeam} from the team`,
    ].join("\n");
  },
  "team-help": ({ commands }) =>
    "Comment here to answer the customer; answer a comment to answer that message. Comments " +
    "that begin with # are internal notes.\n\nWhat you edit changes for the customer as well. " +
    "What you delete stays with them (/undo deletes it for both), and what they delete stays here.\n\n" +
    commands.map((name) => `${usageOf(name, { isPortuguese: false })} — ${ABOUT[name]}`).join("\n"),
  "team-help-in-private": () =>
    "You are of the team. Answer customers in the comments of the channel.\n\n" +
    `/notify on — ${ABOUT.notify}`,
  "about": ({ name }) => ABOUT[name],
  "unknown-command": ({ word, nearest }) =>
    `I do not know /${word}.` +
    (nearest === undefined ? " See /help." : ` Did you mean /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "This command is given in the comments of a customer."
      : "This command is given in private with the bot.",
  "team-only": () => "This is only for the team.",
  "admins-only": () => "Only administrators may do that.",
  "creator-only": () => "Only who created the group may do that, under their own name.",
  "assign-ambiguous": ({ words, names }) =>
    `There is more than one “${words}”: ${names.join(", ")}. ` +
    "Answer a comment of the one you mean with /assign.",
  "assign-unknown": ({ words, names }) =>
    `Nobody called “${words}” has answered a customer yet.` +
    (names.length > 0 ? ` I know: ${names.join(", ")}.` : "") +
    " You can also answer a comment of theirs with /assign.",
  "assign-stranger": () => "Who wrote that comment is not of the team.",
  "assign-needs-name": () => "You write without a name: say to whom, as in /assign Ana.",
  "undo-how": () => "Answer with /undo the answer that shall be deleted at the customer's too.",
  "undo-not-ours": () => "Only answers of the team can be taken back.",
  "undo-not-yours": () =>
    "You can take back your own answers; administrators can take back everybody's.",
  "undo-too-late": () =>
    "⚠️ Telegram no longer lets this message be deleted at the customer's: it is older than 48 hours.",
  "undo-nothing": () => "The customer does not have this comment: there is nothing to take back.",
  "notify-how": ({ isWanted }) =>
    `Notices of who waits: ${
      isWanted ? "on" : "off"
    }. /notify on turns them on, /notify off turns them off.`,
  "notify-done": ({ isWanted }) =>
    isWanted ? "✅ You will be told here when a customer begins to wait." : "✅ No more notices.",
  "settings": ({ settings, own, locale, timeZone }) => {
    const shown = (name: SettingName): string => {
      if (isOwnText(name)) {
        const words = own.get(name);
        return words === undefined ? "default" : `“${shortened(words)}”`;
      }
      if (isSwitch(name)) return isOn(settings, name) ? "on" : "off";
      if (name === "language") return settings.language ?? locale;
      return settings[name] ?? "—";
    };
    return [
      "⚙️ Settings",
      ...SETTING_NAMES.map((name) => `${name}: ${shown(name)}\n   ${ABOUT_SETTING[name]}`),
      `Time zone: ${timeZone}`,
      "Change one with /set name value (or /set name as an answer to a text); /reset name brings the " +
      "default back.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Like this:\n\n/set hours mon-fri 09:00-18:00; sat 09:00-12:00\n\nor answer a text with " +
    "/set welcome: it is used with its formatting. /settings shows everything.",
  "set-unknown": ({ word, nearest, names }) =>
    `There is no setting “${word}”.` + (nearest === undefined ? "" : ` Did you mean ${nearest}?`) +
    ` There are: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nothing has changed in ${name}: ${settingProblem(problem)}\nExample: /set ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name }) => `✅ ${name}: set.`,
  "reset-done": ({ name }) => `✅ ${name}: back to the default.`,
  "allow-how": () => "Answer a message of theirs with /allow, or give their ID: /allow 123456789.",
  "allowed": ({ userId }) => `✅ ${userId} may join the group.`,
  "disallowed": ({ userId }) => `✅ ${userId} may no longer join the group.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) joined the desk's group and was removed: the group holds all ` +
    `conversations. The team need not join, it comments through the channel. To let them in: /allow ${userId}`,
  "not-expelled": ({ name, userId }) =>
    `⚠️ ${name} (${userId}) joined the desk's group and could not be removed: they are an ` +
    "administrator of it. Remove them, or let them in with /allow.",
  "owner": () =>
    "✅ You are the owner of this desk now. Two steps are left:\n\n1. Add me to your channel, the one " +
    "whose posts will be your customers. It should be private.\n2. Add me to its discussion group " +
    "(channel settings → Discussion).\n\nThe buttons give me just the rights I need. The list below " +
    "follows what you do.",
  "button-add-channel": () => "➕ Add me to your channel",
  "button-add-group": () => "➕ Add me to its group",
  "button-check": () => "↻ Look again",
  "button-walk": () => "✈️ Send a test message",
  "checklist": ({ checks, isReady }) =>
    [
      isReady ? "✅ The desk is open." : "🔧 The desk is not open yet.",
      "",
      ...checks.map((check) => {
        const name = CHECKS[check.name];
        switch (check.state) {
          case "good":
            return `✅ ${name}${check.detail ? `: ${checkDetail(check.detail)}` : ""}`;
          case "bad":
            return `❌ ${name}: ${checkProblem(check.problem)}`;
          case "warning":
            return `⚠️ ${name}: ${checkProblem(check.problem)}`;
          case "unknown":
            return `▫️ ${name}`;
        }
      }),
    ].join("\n"),
  "problem": ({ problem }) => checkProblem(problem),
  "not-here": () =>
    "I work for one company's desk only, so I am leaving. Only its owner can move me.",
  "move-desk": ({ title }) =>
    `You have added me to “${title}”. Shall the desk move there? Customers get new cards there when ` +
    "they write next; the conversations of the old channel stay behind, and comments there reach " +
    "nobody any more.",
  "button-move": () => "Move the desk",
  "desk-moved": () => "✅ The desk has moved.",
  "walk": () => "🔧 A test of the desk. It disappears by itself.",
  "greeting": ({ part }) => `good ${part}`,
};

const ABOUT: Record<CommandName, string> = {
  start: "begin",
  help: "help",
  terms: "the terms of service",
  privacy: "what is kept of you, and how to erase it",
  close: "close, and tell the customer",
  closesilent: "close without telling the customer",
  priority: "set the priority",
  assign: "take it on, or give it to a colleague",
  who: "what is known of the customer",
  undo: "as an answer to your own answer: delete it at the customer's too",
  ban: "ban the customer",
  unban: "lift the ban",
  notify: "be told when a customer waits",
  replies: "list canned replies",
  addreply: "keep a canned reply",
  renamereply: "rename a canned reply",
  delreply: "delete a canned reply",
  exportreplies: "get the canned replies as a file",
  importreplies: "read canned replies from a file",
  settings: "show the settings",
  set: "change a setting",
  reset: "bring a setting's default back",
  stats: "numbers and a picture of the desk",
  setup: "check the desk: what is missing, and a test",
  failed: "what was not delivered",
  allow: "let somebody into the group",
  disallow: "no longer let them",
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "the welcome, at first contact",
  restart: "when a customer comes back after the end",
  end: "when a conversation is closed",
  terms: "the answer to /terms",
  hours: "when the team is there",
  holidays: "when it is not",
  away: "what is said outside hours; {back} is when the team is back",
  panel: "buttons at the beginning of each conversation",
  collision: "tells when two people answer at once",
  rating: "asks the customer for a rating at the end",
  notify: "tells the team when a customer waits, but for who said /notify off",
  language: "the team's language",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "Hello {first_name}! How can we help?",
  restart: "Hello again, {first_name}!",
  end: "Thank you for talking to us!",
  terms: "We answer on working days.",
  hours: "mon-fri 09:00-18:00; sat 09:00-12:00",
  holidays: "12-25; 01-01; 2026-11-20",
  away: "We are back {back}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  language: "en",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "the value is missing.";
    case "not a switch":
      return "the value must be on or off.";
    case "unknown language":
      return "the value must be pt-BR, en or es.";
    case "long text":
      return `the text has ${problem.length} characters; the most is ${MAX_TEXT}.`;
    case "hours":
    case "holidays":
      return "I do not understand it.";
  }
}

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

const CHECKS: Record<CheckName, string> = {
  "channel": "Channel",
  "privacy": "The channel is private",
  "channel-rights": "My rights in the channel",
  "group": "Discussion group",
  "group-rights": "My rights in the group",
  "history": "New members see the group's history",
  "forum": "The group has no topics",
  "messages": "I see all comments",
  "company": "Nobody else is in the group",
  "inline": "Canned replies by inline mode",
  "updates": "Updates arrive",
  "heard": "Last update",
  "database": "The database lasts",
  "walk": "Test message",
};

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Post messages",
  can_edit_messages: "Edit messages",
  can_pin_messages: "Pin messages",
  can_delete_messages: "Delete messages",
  can_restrict_members: "Ban users",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "by webhook" : "by long polling";
    case "ago":
      return detail.ms < 60_000 ? "just now" : `${Math.round(detail.ms / 60_000)} min ago`;
    case "took":
      return `it took ${(detail.ms / 1000).toFixed(1)} s`;
  }
}

function checkProblem(problem: CheckProblem): string {
  const place = { channel: "the channel", group: "the channel's group" };
  switch (problem.because) {
    case "unclaimed":
      return "Nobody has claimed the desk yet: open the link in the log or on this page, or set CHANNEL_ID.";
    case "no channel":
      return "The owner has not added the bot to a channel yet.";
    case "hidden":
      return `Telegram does not show ${
        place[problem.what]
      } (“${problem.description}”): add the bot to ` +
        "it as an administrator.";
    case "no channel at all":
      return "CHANNEL_ID does not name a channel: give the ID of the channel, not of the group.";
    case "public":
      return "The channel is public: anybody can read it, and only its administrators are the team.";
    case "no administrator":
      return `The bot is not an administrator of ${place[problem.where]}: make it one.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `"${RIGHTS[right]}"`).join(", ");
      return `The bot lacks rights in ${place[problem.where]}: give it ${rights}.`;
    }
    case "no group":
      return "The channel has no discussion group: link one in the channel's settings.";
    case "history hidden":
      return "The group hides its history from new members: show it in the group's settings.";
    case "forum":
      return "The group has topics: turn them off in its settings.";
    case "privacy mode":
      return "The bot sees only messages that are for it: make it an administrator of the group.";
    case "others":
      return `${problem.count} more than its creator and the bot are in the group and can read everything: ` +
        "remove them, or let them in with /allow.";
    case "inline off":
      return "Inline mode is off: send /setinline to @BotFather.";
    case "refused":
      return `No updates arrive: Telegram says "${problem.description}".`;
    case "trouble":
      return `Telegram refuses what the bot has to do: "${problem.description}". ` +
        "Check the token, and that the bot is an administrator of the channel and of its group.";
    case "not delivered":
      return `${problem.waiting} updates wait at Telegram, which cannot deliver them ` +
        `("${problem.description}"): check PUBLIC_URL.`;
    case "no webhook":
      return "Another webhook is registered for the bot: is it run somewhere else as well?";
    case "never heard":
      return "Nothing has come from Telegram yet.";
    case "in memory":
      return "The database is in memory: everything is forgotten when the program ends.";
    case "not posted":
      return `The test message could not be posted in the channel (“${problem.description}”).`;
    case "not forwarded":
      return "The test message did not come to the group: is it the group linked to the channel?";
    case "not commented":
      return `The test message could not be commented on (“${problem.description}”).`;
  }
}

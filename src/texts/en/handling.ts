/** What is said of what agents do to conversations, in English. */
import { displayName, PRIORITY_SQUARES } from "../../conversation/card.ts";
import { HOUR_MS, MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";

export const handling = {
  "panel": ({ source }) =>
    "🆕 New conversation. Comment here to answer." +
    (source === undefined ? "" : `\nℹ️ Came by the link: ${source}`),
  "button-close": () => "⬜️ Close",
  "button-priority": () => "🟨 Priority",
  "button-assign": () => "🙋 Take it",
  "button-replies": () => "💬 Replies",
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
  "unbanned": ({ userId }) => `✅ ${userId} is no longer banned.`,
  "not-banned": ({ userId }) => `ℹ️ ${userId} is not banned.`,
  "unban-how": () =>
    "Give /unban in the customer's thread. If there is none, give their ID: /unban 123456789.",
  "did-assign": ({ by, to }) =>
    to === undefined
      ? `🙋 ${by} left this unassigned.`
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
  "late": ({ name, address, minutes }) =>
    `⏰ ${name} has waited for an answer for ${sayDuration(minutes * MINUTE_MS)}.\n${address}`,
  "silence-warning": ({ hours }) =>
    `Do you still need help? If we hear nothing from you, this conversation will be closed in ${
      hoursLeft(hours)
    }.`,
  "button-still-needed": () => "I still need help",
  "button-solved": () => "Solved",
  "silence-broken": () => "All right, it stays open. Write here whatever you need.",
  "silence-over": () => "This question is over.",
  "still-needed": () => "ℹ️ The customer still needs help.",
  "did-autoclose": () => "⬜️ This closed by itself: the customer wrote no more.",
  "did-solve": () => "⬜️ The customer closed this.",
  "solved": () => "Nothing is open. If you need anything, just write here.",
  "who": ({ conversation, since, waitsSince, counts, days }) => {
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
      ...(waitsSince === undefined ? [] : [`Waiting for an answer since: ${waitsSince}`]),
      ...(assignee ? [`Assigned to: ${assignee.name}`] : []),
      `Messages in the last ${days} days: ${counts.fromCustomer} from the customer, ${counts.fromTeam} from the team`,
    ].join("\n");
  },
  "assign-ambiguous": ({ words, names }) =>
    `More than one of you may be “${words}”${names.length > 1 ? `: ${names.join(", ")}` : ""}. ` +
    "Answer a comment of the one you mean with /assign.",
  "assign-unknown": ({ words, names }) =>
    `Nobody called “${words}” has answered a customer yet.` +
    (names.length > 0 ? ` I know: ${names.join(", ")}.` : "") +
    " You can also answer a comment of theirs with /assign.",
  "assign-stranger": () => "Whoever wrote that comment is not on the team.",
  "assign-needs-name": () => "You write without a name: say to whom, as in /assign Ana.",
  "undo-how": () => "Answer a comment of yours with /undo: it is deleted at the customer's too.",
  "undo-not-ours": () => "Only answers of the team can be taken back.",
  "undo-not-yours": () =>
    "You can take back your own answers; administrators can take back everybody's.",
  "undo-too-late": () =>
    "⚠️ Telegram does not let this message be deleted at the customer's: that is possible for 48 hours.",
  "undo-nothing": () =>
    "There is nothing to take back: the customer does not have this comment, or it went too long ago.",
  "invite": ({ link }) =>
    `🔗 Send this link to your agents. Who opens it asks to join the channel, and you decide here:\n${link}\n\n` +
    "/invite off ends it.",
  "invite-off": () => "✅ The link has ended: nobody can ask by it any more.",
  "invite-none": () => "ℹ️ There is no link. /invite makes one.",
  "invite-how": () =>
    "/invite makes a link by which agents ask to join the channel, /invite off ends it.",
  "invite-refused": ({ description }) =>
    `⚠️ Telegram does not let me invite anybody (“${description}”): open the channel → Edit → Administrators, ` +
    "tap me, and turn “Add subscribers” on.",
  "join-request": ({ name, userId, isBanned, desk }) =>
    (desk === undefined ? "" : `${desk}: `) +
    `👤 ${name} (ID ${userId}) asks to join the channel, and so the team.` +
    (isBanned ? "\n⚠️ As a customer they are banned." : ""),
  "button-let-in": () => "Let in",
  "button-decline": () => "Decline",
  "joined": ({ name }) => `✅ ${name} is in the channel.`,
  "join-declined": ({ name }) => `🚫 ${name} was not let in.`,
  "join-over": ({ name }) =>
    `ℹ️ ${name} does not ask to join any more: they took it back, were banned, or somebody else has decided.`,
  "join-refused": ({ name, description }) =>
    `⚠️ Telegram does not let ${name} in (“${description}”).`,
  "notify-how": ({ isWanted }) =>
    `Notices of who waits: ${
      isWanted ? "on" : "off"
    }. /notify on turns them on, /notify off turns them off.`,
  "notify-done": ({ isWanted }) =>
    isWanted ? "✅ You will be told here when a customer begins to wait." : "✅ No more notices.",
  "allow-how": ({ isAllowed }) => {
    const command = isAllowed ? "/allow" : "/disallow";
    return `Answer a message of theirs with ${command}, or give their ID: ${command} 123456789.`;
  },
  "allowed": ({ userId }) => `✅ ${userId} may join the group.`,
  "disallowed": ({ userId }) => `✅ ${userId} may no longer join the group.`,
  "expelled": ({ name, userId }) =>
    `🚪 ${name} (${userId}) joined the desk's group and was removed: the group holds all ` +
    `conversations. The team need not join, it comments through the channel. To let them in: /allow ${userId}`,
  "not-expelled": ({ name, userId, description }) => {
    const why = description === undefined
      ? "they are an administrator of it"
      : `Telegram refuses it (“${description}”)`;
    return `⚠️ ${name} (${userId}) joined the desk's group and could not be removed: ${why}. ` +
      "Remove them, or let them in with /allow.";
  },
} satisfies Partial<Texts>;

/** As people say it: 24 hours, and not one day. */
function hoursLeft(hours: number): string {
  return Number.isInteger(hours) ? `${hours} hours` : sayDuration(hours * HOUR_MS);
}

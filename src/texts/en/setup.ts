/** What is said while a desk is set up, and its checklist, in English. */
import type { CheckDetail, CheckName, CheckProblem, Right } from "../../checklist.ts";
import type { Texts } from "../../notice.ts";

export const setup = {
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
} satisfies Partial<Texts>;

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
    case "not accepted":
      return `${problem.waiting} updates wait that the bot could not accept; they come again within ` +
        "minutes. If this stays, the log says why.";
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

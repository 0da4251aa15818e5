/** What is said while a desk is set up, and its checklist, in English. */
import type { ChoiceProblem, Step } from "../../desk/step.ts";
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

export const setup = {
  "owner": () =>
    "✅ You are the owner of this desk now.\n\nTap “Choose or create the channel” below, and choose the " +
    "one whose posts will be your customers: a private one. I come along with just the rights I need. " +
    "The list below follows what you do; its buttons are another way.",
  "button-choose-channel": () => "Choose or create the channel",
  "button-choose-group": () => "Choose the group",
  "next-step": ({ step, isReady }) => sayStep(step, isReady),
  "choice": ({ problem, title }) => sayChoice(problem, title),
  "button-add-channel": () => "➕ Add me to your channel",
  "button-add-group": () => "➕ Add me to its group",
  "button-check": () => "↻ Look again",
  "button-walk": () => "✈️ Send a test message",
  "checklist": ({ checks, isReady, desk }) =>
    (desk === undefined ? "" : `${desk}\n\n`) +
    [
      isReady ? "✅ The desk is open." : "🔧 The desk is not open yet.",
      "",
      ...checks.map((check) => {
        const name = CHECKS[check.name];
        switch (check.state) {
          case "good":
            return `✅ ${name}${check.detail ? `: ${checkDetail(check.detail)}` : ""}`;
          case "bad":
            return `❌ ${name}: ${sayProblem(check.problem)}`;
          case "warning":
            return `⚠️ ${name}: ${sayProblem(check.problem)}`;
          case "unknown":
            return `▫️ ${name}`;
        }
      }),
    ].join("\n"),
  "problem": ({ problem }) =>
    (problem.desk === undefined ? "" : `${problem.desk}: `) + sayProblem(problem),
  "check-name": ({ name }) => CHECKS[name],
  "check-detail": ({ detail }) => checkDetail(detail),
  "not-yet": () => "We are not at work here yet. Please try again later.",
  "not-here": () =>
    "I work for one company's desk only, so I am leaving. Only its owner can move me.",
  "not-here-yet": () =>
    "Nobody has claimed me yet, so I am leaving. Open the link in my program's log or on its page, tap " +
    "“Start”, then “Choose or create the channel”.",
  "move-desk": ({ title }) =>
    `You have added me to “${title}”. Shall it be a new desk, or shall one move there? Of a desk that ` +
    "moves, settings and canned replies come along, and customers get new cards there when they write " +
    "next; the conversations of the old channel stay behind, and comments there reach nobody any more.",
  "button-new-desk": () => "New desk",
  "button-move": ({ name }) => `Move ${name}`,
  "desk-moved": () => "✅ The desk has moved.",
  "guide-over": () => "Nothing is left to be chosen for it.",
  "description": () => "Write to us here: our team reads every message and answers in this chat.",
  "short-description": () => "Write to us: our team answers here.",
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
  "comments": "The team comments without joining the group",
  "permission": "The team may write in the group",
  "kinds": "The team may send media",
  "slow-mode": "Nobody has to wait between comments",
  "timer": "Cards and conversations stay",
  "saving": "The group lets its content be saved",
  "company": "Nobody else is in the group",
  "inline": "Canned replies by inline mode",
  "feedback": "Telegram tells which canned reply was chosen",
  "topics": "Customers' chats have no topics",
  "groups": "I may be added to groups",
  "updates": "Updates arrive",
  "heard": "Last update",
  "database": "The database lasts",
  "walk": "Test message",
};

function checkDetail(detail: CheckDetail): string {
  switch (detail.kind) {
    case "mode":
      return detail.mode === "webhook" ? "by webhook" : "by long polling";
    case "ago":
      return detail.ms < MINUTE_MS ? "just now" : `${sayDuration(detail.ms)} ago`;
    case "took":
      return `it took ${(detail.ms / 1000).toFixed(1)} s`;
  }
}

function sayStep(step: Step, isReady: boolean): string {
  switch (step) {
    case "channel":
      return "➡️ Tap “Choose or create the channel” below.";
    case "link":
      return "➡️ The channel has no group yet: open the channel → Edit → Discussion, choose or create one, " +
        "then tap “↻ Look again” under the list.";
    case "group":
      return "➡️ Now tap “Choose the group” below, and choose the channel's discussion group.";
    case "done":
      return isReady
        ? "✅ Channel and group are chosen. Tap “✈️ Send a test message” under the list."
        : "✅ Channel and group are chosen. The list says what else to tap, then tap “↻ Look again” under it.";
  }
}

const CHOOSE = {
  channel: "“Choose or create the channel”",
  group: "“Choose the group”",
};
const ADD = { channel: "“➕ Add me to your channel”", group: "“➕ Add me to its group”" };

function sayChoice(problem: ChoiceProblem, title: string): string {
  switch (problem.because) {
    case "outside":
      return `I am not an administrator of “${title}” yet: tap ${
        ADD[problem.where]
      } here, and choose it there.`;
    case "other kind":
      return `“${title}” is no ${problem.where}: tap ${
        CHOOSE[problem.where]
      } again, and choose a ${problem.where}.`;
    case "public":
      return `“${title}” is public, and anybody can read it: open it → Edit → Channel type, and tap “Private”.`;
    case "other desk":
      return `“${title}” is the ${problem.where} of the desk ${problem.desk} already: tap ${
        CHOOSE[problem.where]
      } again, and choose another.`;
    case "other bot":
      return `@${problem.username} posts in “${title}” as well. If that is its desk, tap “Choose or create the channel” again, ` +
        "and choose another: two bots get in each other's way.";
    case "no rights":
      return `${
        sayProblem(problem)
      } Open “${title}” → Edit → Administrators, tap me, and turn them on.`;
    case "channel first":
      return `I am in “${title}” now. Tap “Choose or create the channel” first: the group is linked to it.`;
    case "not linked":
      return `“${title}” is not the discussion group of “${problem.channel}”: open “${problem.channel}” → Edit → ` +
        `Discussion, choose “${title}” there, then tap “↻ Look again”; or tap “Choose the group” and choose another.`;
    case "basic group":
      return `“${title}” is a basic group still: open the channel → Edit → Discussion, and choose it there, which makes ` +
        "it a supergroup; then tap “↻ Look again”.";
    case "topics":
      return `“${title}” has topics, and cannot be the channel's group: open it → Edit → Topics, and turn them off, or ` +
        "tap “Choose the group” and choose another.";
    case "other client":
      return `Your Telegram does not know this button: tap ${
        ADD[problem.where]
      } here in its place, or update Telegram.`;
    case "chosen already":
      return problem.where === "channel"
        ? `“${title}” is the desk's channel already. Tap “↻ Look again” under the list to see how it is.`
        : `“${title}” is the desk's group already. Tap “↻ Look again” under the list to see how it is.`;
    case "unanswered":
      return `Telegram tells me nothing of “${title}” at the moment: tap ${
        CHOOSE[problem.where]
      } again in a minute.`;
  }
}

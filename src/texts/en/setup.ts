/** What is said while a desk is set up, and its checklist, in English. */
import type { CheckDetail, CheckName } from "../../health/checklist.ts";
import { MINUTE_MS, sayDuration } from "../../time/duration.ts";
import type { Texts } from "../notice.ts";
import { sayProblem } from "./problems.ts";

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
  "move-desk": ({ title }) =>
    `You have added me to “${title}”. Shall it be a new desk, or shall one move there? Of a desk that ` +
    "moves, customers get new cards there when they write next; the conversations of the old channel " +
    "stay behind, and comments there reach nobody any more.",
  "button-new-desk": () => "New desk",
  "button-move": ({ name }) => `Move ${name}`,
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
  "comments": "The team comments without joining the group",
  "permission": "The team may write in the group",
  "kinds": "The team may send media",
  "slow-mode": "Nobody has to wait between comments",
  "timer": "Cards and conversations stay",
  "saving": "The group lets its content be saved",
  "company": "Nobody else is in the group",
  "inline": "Canned replies by inline mode",
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

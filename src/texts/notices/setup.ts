/** What is said while a desk is set up. */
import type { Check, CheckDetail, CheckName } from "../../health/checklist.ts";
import type { ChoiceProblem, Step } from "../../desk/step.ts";
import type { Problem } from "../../health/problem.ts";

/** A sentence by name, with what it has to tell. */
export type SetupNotice =
  /** To the new owner: what comes first, with a keyboard to choose the channel. */
  | { text: "owner" }
  | { text: "button-choose-channel" }
  | { text: "button-choose-group" }
  /** To the owner: what comes next; and whether nothing else is left when all is chosen. */
  | { text: "next-step"; step: Step; isReady: boolean }
  /** To the owner: what is amiss with a chat they have chosen, and what to tap. */
  | { text: "choice"; problem: ChoiceProblem; title: string }
  | { text: "button-add-channel" }
  | { text: "button-add-group" }
  | { text: "button-check" }
  | { text: "button-walk" }
  /** The checklist; `desk`: of which of several. */
  | { text: "checklist"; checks: Check[]; isReady: boolean; desk?: string }
  /** An item of it, and what may be said of one that is good. */
  | { text: "check-name"; name: CheckName }
  | { text: "check-detail"; detail: CheckDetail }
  /** What is wrong, and what to do about it. */
  | { text: "problem"; problem: Problem }
  /** To whoever presses a button while there is no desk. */
  | { text: "not-yet" }
  /** To whoever adds the bot to a chat that is none of its desk's. */
  | { text: "not-here" }
  /** The same before anybody has claimed the bot. */
  | { text: "not-here-yet" }
  /** To the owner who has added the bot to another channel: what for? */
  | { text: "move-desk"; title: string }
  | { text: "button-new-desk" }
  | { text: "button-move"; name: string }
  | { text: "desk-moved" }
  /** The desk that was being set up is no more. */
  | { text: "guide-over" }
  /** What the bot says of itself: in a chat that is empty, and on its page. */
  | { text: "description" }
  | { text: "short-description" }
  /** The bot's own message on its way through channel, group and thread. */
  | { text: "walk" };

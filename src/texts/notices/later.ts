/** What is said of what is done later: answers to be sent then, conversations put off until then. */
import type { Conversation } from "../../conversation/conversation.ts";
import type { QuickWhen, WhenProblem } from "../../later/when.ts";
import type { NoteMark } from "../../replies/reply.ts";

/** A sentence by name, with what it has to tell. Times are written out by who says it. */
export type LaterNotice =
  | { text: "button-later" }
  | { text: "quick-when"; when: QuickWhen }
  /** A question with buttons. */
  | { text: "which-later" }
  /** To who gave the command, with a button that calls it off: when it is sent. */
  | { text: "did-later"; at: string; command: number }
  /** In its place: it is not sent, or was sent at once since the command has become an answer. */
  | { text: "did-cancel-later"; by: string }
  | { text: "did-send-now"; by: string }
  /** To the thread: a ban has called off so many. */
  | { text: "did-call-off"; count: number }
  /** To who presses the button when it is too late. */
  | { text: "later-over" }
  /** To who gave the command; what they asked for before stands, if they edited it. */
  | { text: "later-how" }
  | { text: "later-unclear"; isKept: boolean }
  | { text: "later-problem"; problem: WhenProblem; isKept: boolean }
  | { text: "later-note"; mark: NoteMark; isKept: boolean }
  /** To who gave it: nothing of this is sent, since its album was not put off, or has gone. */
  | { text: "later-again" }
  | { text: "later-full"; most: number }
  | { text: "not-put-off-here"; status: Conversation["status"] }
  | { text: "not-put-off" }
  /** To the thread: put off; and brought back, by its time, its customer or somebody's hand. */
  | { text: "did-put-off"; by: string; until: string }
  | { text: "did-bring-back"; because: "time" | "customer"; putOffBy: string }
  | { text: "did-bring-back"; because: "hand"; by: string; putOffBy: string }
  /** What waits in a conversation. */
  | {
    text: "who-later";
    putOff?: { until: string; by: string };
    answers: WaitingAnswer[];
    more: number;
  };

/** An answer that waits for its time. */
export interface WaitingAnswer {
  at: string;
  by: string;
}

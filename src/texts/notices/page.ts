/** What the program's page says, apart from the checklist. */
import type { Check } from "../../health/checklist.ts";
import type { Mode, Stage } from "../../health/status.ts";

/** A sentence by name, with what it has to tell. */
export type PageNotice =
  | { text: "page-title"; stage: Stage }
  /** A calm word under the title. */
  | { text: "page-lead"; stage: Stage }
  /** Since when, for how long, and how updates arrive. */
  | { text: "page-running"; since: string; length: string; mode: Mode }
  | { text: "page-label"; label: PageLabel }
  /** Why a token that was pasted is not taken. */
  | { text: "page-token-refused"; refusal: TokenRefusal }
  /** How an item of the checklist is, for those who do not see its sign. */
  | { text: "page-state"; state: Check["state"] };

/**
 * Why a token is not taken: it has not the form of one, Telegram knows none such or does not answer,
 * it cannot be written to `.env`, or the form was sent before.
 */
export type TokenRefusal = "malformed" | "unknown" | "unanswered" | "not kept" | "form used";

/** The short pieces of the page. */
export type PageLabel =
  | "to do"
  | "checklist"
  /** Above the link that claims the desk, before its button, on the button, beside its picture. */
  | "claim"
  | "claim why"
  | "claim button"
  | "claim scan"
  | "claim picture"
  /** To those who may not see that link: where it is. */
  | "claim elsewhere"
  /** Above the field for the token, before it, at it, on its button. */
  | "token"
  | "token why"
  | "token field"
  | "token button"
  | "numbers"
  | "waiting"
  | "oldest"
  | "failed"
  | "wrong code"
  | "too many codes"
  | "look again";

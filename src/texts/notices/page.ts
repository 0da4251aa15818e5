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
  /** How an item of the checklist is, for those who do not see its sign. */
  | { text: "page-state"; state: Check["state"] };

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
  | "numbers"
  | "waiting"
  | "oldest"
  | "failed"
  | "wrong code"
  | "too many codes"
  | "look again";

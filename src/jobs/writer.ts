/** Who wrote what a task carries: one of the team, or the customer. */
import type { Author } from "../desk/team.ts";

/** Who wrote what a task carries. */
export type Writer = Author | { kind: "customer" };

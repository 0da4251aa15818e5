/** What happened at a desk. */

/** Something that counts; IDs only. */
export type DeskEvent =
  | { kind: "opened"; customerId: number; atMs: number }
  | { kind: "closed"; customerId: number; atMs: number }
  | { kind: "from-customer"; customerId: number; atMs: number }
  | { kind: "from-team"; customerId: number; atMs: number; agentId: number; waitedMs?: number }
  | { kind: "rated"; customerId: number; atMs: number; stars: 1 | 2 | 3 | 4 | 5 };

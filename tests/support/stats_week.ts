/** A week whose numbers are counted: until when, and what may have happened in it. */
import type { DeskEvent } from "../../src/stats/stats.ts";
import { livelyEvents } from "./stats_events.ts";

export const SAO_PAULO = "America/Sao_Paulo";
/** A Wednesday, 15:04 in São Paulo. */
export const NOW_MS = Date.UTC(2031, 2, 5, 18, 4);

/** A week up to then. */
export const ask = { days: 7, nowMs: NOW_MS, timeZone: SAO_PAULO, waiting: 0 } as const;
/** A customer asks. */
export const asked = (atMs: number): DeskEvent => ({ kind: "from-customer", atMs });
/** An agent answers a customer who has waited so long. */
export const answered = (waitedMs: number, agentId = 1, atMs = NOW_MS): DeskEvent => ({
  kind: "from-team",
  atMs,
  agentId,
  waitedMs,
});
/** More than a week, as lively as a small shop's. */
export const lively = () =>
  livelyEvents({
    seed: 5,
    nowMs: NOW_MS,
    days: 9,
    conversationsPerDay: 20,
    agentIds: [11, 12, 13, 0],
  });

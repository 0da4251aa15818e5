/** What the bot says about how a desk is doing: which sentence, with which facts. */
import type { Stats } from "../../stats/stats.ts";

/** What a number, a list or a part of the picture is called. */
export type StatsLabel =
  | "opened"
  | "closed"
  | "waiting"
  | "late"
  | "autoclosed"
  | "from-customers"
  | "from-team"
  | "half-wait"
  | "most-wait"
  | "rating"
  | "ratings"
  | "customers"
  | "team"
  | "messages-by-day"
  | "wait-by-day"
  | "messages-by-hour"
  | "customers-by-hour"
  | "agents"
  | "agent-columns"
  | "today";

/** A sentence by name, with what it has to tell. Numbers and times are written out already. */
export type StatsNotice =
  /** To administrators: everything in one message. */
  | { text: "stats"; stats: Stats; names: Record<number, string> }
  | { text: "stats-label"; label: StatsLabel }
  | { text: "stats-period"; days: number }
  /** The period that was asked for is none of those there are. */
  | { text: "stats-how" }
  /** Nothing happened. */
  | { text: "stats-none" }
  | { text: "stats-waits"; median: string; p90: string }
  | { text: "stats-no-waits" }
  | { text: "stats-ratings"; mean: string; count: string }
  /** Who wrote as the channel or anonymously, or is known by number only. */
  | { text: "stats-nameless"; agentId: number }
  /** How many a list leaves out. */
  | { text: "stats-more"; count: number };

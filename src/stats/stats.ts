/** How a desk is doing: what happened in a period, counted from events that name no customer. */
import { periodUpTo, wallClock } from "./period.ts";

/** Something that happened at a desk. Never to whom, and never a word of what was written. */
export type DeskEvent =
  | { kind: "opened" | "closed" | "from-customer"; atMs: number }
  /** A customer had waited for too long; a conversation closed by itself, which is one that closed. */
  | { kind: "late" | "autoclosed"; atMs: number }
  | {
    kind: "from-team";
    atMs: number;
    /** 0: as the channel or anonymously. */
    agentId: number;
    /** Only on the first answer to a customer who waited. */
    waitedMs?: number;
  }
  | { kind: "rated"; atMs: number; stars: Stars };

/** How content a customer is: 5 is best. */
export type Stars = 1 | 2 | 3 | 4 | 5;

/** How many days a look back covers. */
export type StatsDays = 7 | 30;

/**
 * How long customers waited for the first answer. The median and the 90th percentile are by nearest
 * rank: the shortest of the times that were really waited within which half, or nine in ten, of the
 * answers came.
 */
export interface Waits {
  /** How many first answers there were. */
  count: number;
  medianMs: number;
  p90Ms: number;
}

/** Messages each way. */
export interface MessageCounts {
  fromCustomers: number;
  fromTeam: number;
}

/** One day. */
export interface DayStats extends MessageCounts {
  /** As `2031-03-05`. */
  date: string;
  opened: number;
  closed: number;
  /** Of the answers given that day; `null`: there were none. */
  waits: Waits | null;
}

/** One member of the team. */
export interface AgentStats {
  /** 0: whoever wrote as the channel or anonymously. */
  agentId: number;
  messages: number;
  waits: Waits | null;
}

/** What customers gave. */
export interface Ratings {
  count: number;
  mean: number;
  byStars: Record<Stars, number>;
}

/** A period of a desk in numbers. */
export interface Stats extends MessageCounts {
  /** Whole calendar days, oldest first; the last is the one that is not over yet. */
  byDay: DayStats[];
  /** The hours of the day, from 0 to 23, all days together. */
  byHour: MessageCounts[];
  /** Who wrote most comes first. */
  agents: AgentStats[];
  opened: number;
  closed: number;
  /** How many customers were late to be answered, and how many conversations closed by themselves. */
  late: number;
  autoclosed: number;
  /** How many customers wait for an answer now. */
  waiting: number;
  waits: Waits | null;
  /** `null`: nobody rated. */
  ratings: Ratings | null;
}

/** What is counted of a day, and each time somebody waited. */
type DayCounts = Omit<DayStats, "waits"> & { waitedMs: number[] };

/**
 * Counts the events of the last days; the order they come in does not matter, and those of other
 * days are left out. Nothing is kept of an event but the time that was waited.
 * @param waiting how many customers wait at `nowMs`
 * @param timeZone by whose calendar and clock days and hours are told
 */
export async function summarise(
  events: Iterable<DeskEvent> | AsyncIterable<DeskEvent>,
  { days, nowMs, timeZone, waiting }: {
    days: StatsDays;
    nowMs: number;
    timeZone: string;
    waiting: number;
  },
): Promise<Stats> {
  const clock = wallClock(timeZone);
  const { dates } = periodUpTo(nowMs, { days, timeZone });
  const byDate = new Map<string, DayCounts>(dates.map((date) => [
    date,
    { date, opened: 0, closed: 0, fromCustomers: 0, fromTeam: 0, waitedMs: [] },
  ]));
  const byHour = Array.from({ length: 24 }, () => ({ fromCustomers: 0, fromTeam: 0 }));
  const byAgent = new Map<number, AgentCounts>();
  const ofClock = { late: 0, autoclosed: 0 };
  const byStars: Record<Stars, number> = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };

  for await (const event of events) {
    const { date, hour } = clock(event.atMs);
    const day = byDate.get(date);
    if (!day) continue;
    switch (event.kind) {
      case "opened":
      case "closed":
        day[event.kind]++;
        break;
      case "from-customer":
        day.fromCustomers++;
        byHour[hour]!.fromCustomers++;
        break;
      case "from-team": {
        const agent = byAgent.get(event.agentId) ?? { messages: 0, waitedMs: [] };
        byAgent.set(event.agentId, agent);
        day.fromTeam++;
        byHour[hour]!.fromTeam++;
        agent.messages++;
        if (event.waitedMs === undefined) break;
        day.waitedMs.push(event.waitedMs);
        agent.waitedMs.push(event.waitedMs);
        break;
      }
      case "late":
      case "autoclosed":
        ofClock[event.kind]++;
        break;
      case "rated":
        byStars[event.stars]++;
        break;
    }
  }

  const all = [...byDate.values()];
  const sum = (count: (day: DayCounts) => number) => all.reduce((sum, day) => sum + count(day), 0);
  return {
    byDay: all.map(({ waitedMs, ...counts }) => ({ ...counts, waits: waitsOf(waitedMs) })),
    byHour,
    agents: agentsOf(byAgent),
    opened: sum(({ opened }) => opened),
    closed: sum(({ closed }) => closed),
    fromCustomers: sum(({ fromCustomers }) => fromCustomers),
    fromTeam: sum(({ fromTeam }) => fromTeam),
    ...ofClock,
    waiting,
    waits: waitsOf(all.flatMap(({ waitedMs }) => waitedMs)),
    ratings: ratingsOf(byStars),
  };
}

/** What is counted of an agent. */
type AgentCounts = { messages: number; waitedMs: number[] };

function agentsOf(byAgent: ReadonlyMap<number, AgentCounts>): AgentStats[] {
  return [...byAgent]
    .map(([agentId, { messages, waitedMs }]) => ({ agentId, messages, waits: waitsOf(waitedMs) }))
    .sort((a, b) => b.messages - a.messages || a.agentId - b.agentId);
}

/** Whether nothing happened in the whole period. */
export function isEmpty({ byDay, ratings, late, autoclosed }: Stats): boolean {
  return ratings === null && late + autoclosed === 0 &&
    byDay.every((day) => day.opened + day.closed + day.fromCustomers + day.fromTeam === 0);
}

function waitsOf(waitedMs: number[]): Waits | null {
  if (waitedMs.length === 0) return null;
  const sorted = Float64Array.from(waitedMs).sort();
  const { length } = sorted;
  const nearestRank = (percent: number) => sorted[Math.ceil(percent * length / 100) - 1]!;
  return { count: length, medianMs: nearestRank(50), p90Ms: nearestRank(90) };
}

function ratingsOf(byStars: Record<Stars, number>): Ratings | null {
  const given = Object.entries(byStars).map(([stars, count]) => ({ stars: Number(stars), count }));
  const count = given.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return null;
  const stars = given.reduce((sum, each) => sum + each.stars * each.count, 0);
  return { count, mean: stars / count, byStars };
}

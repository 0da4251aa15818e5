/** What could have happened at a desk: events drawn from a seed, as lively as a small shop's. */
import type { DeskEvent, Stars } from "../../src/stats/stats.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";

/** How much is going on at each hour of the day, from 0 to 23. */
const BUSY = [1, 0, 0, 0, 0, 0, 1, 3, 9, 15, 18, 16, 9, 11, 16, 17, 15, 12, 8, 6, 5, 4, 2, 1];
const STARS: Stars[] = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1];

/** What a story of a desk is made of. */
export interface Liveliness {
  seed: number;
  /** Until when. */
  nowMs: number;
  days: number;
  conversationsPerDay: number;
  agentIds: number[];
}

/** Chance on a seed, so that every run draws the same. */
function chance(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

/** The events of a desk, in the order of their conversations. `nowMs` is an hour of São Paulo. */
export function* livelyEvents(
  { seed, nowMs, days, conversationsPerDay, agentIds }: Liveliness,
): Generator<DeskEvent> {
  const random = chance(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * random() * all.length)]!;
  const hours = BUSY.flatMap((busy, hour) => Array<number>(busy).fill(hour));
  // São Paulo's midnight is at 3:00 UTC.
  const todayMs = Math.floor((nowMs - 3 * HOUR_MS) / DAY_MS) * DAY_MS + 3 * HOUR_MS;
  for (let daysAgo = days - 1; daysAgo >= 0; daysAgo--) {
    const dayMs = todayMs - daysAgo * DAY_MS;
    const isSunday = new Date(dayMs).getUTCDay() === 0;
    const slowness = (isSunday ? 3 : 0.5) + 2 * random() ** 2;
    const count = conversationsPerDay * (isSunday ? 0.2 : 0.7 + random() * 0.6);
    for (let number = 0; number < count; number++) {
      const hour = hours[Math.floor(random() * hours.length)]!;
      let atMs = dayMs + hour * HOUR_MS + random() * HOUR_MS;
      const events: DeskEvent[] = [{ kind: "opened", atMs }];
      const turns = 1 + Math.floor(random() * 5);
      for (let turn = 0; turn < turns; turn++) {
        const beganMs = atMs;
        for (let times = 1 + random() * 2; times > 0; times--) {
          events.push({ kind: "from-customer", atMs });
          atMs += random() * MINUTE_MS;
        }
        const agentId = pick(agentIds);
        const calm = slowness * (0.6 + agentId % 4 / 3);
        atMs += calm * 15 * MINUTE_MS * random() ** 2 * (1 + 9 * random() ** 6);
        events.push({ kind: "from-team", atMs, agentId, waitedMs: atMs - beganMs });
        if (random() < 0.4) {
          atMs += random() * MINUTE_MS;
          events.push({ kind: "from-team", atMs, agentId });
        }
        atMs += random() * 5 * MINUTE_MS;
      }
      if (random() < 0.9) events.push({ kind: "closed", atMs });
      if (random() < 0.4) {
        const stars = STARS[Math.floor(random() * STARS.length)]!;
        events.push({ kind: "rated", atMs: atMs + MINUTE_MS, stars });
      }
      yield* events.filter((event) => event.atMs <= nowMs);
    }
  }
}

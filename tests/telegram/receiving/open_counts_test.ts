import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../../src/time/duration.ts";
import { OpenCounts } from "../../../src/telegram/receiving/open_counts.ts";

const DESK = -1001;

/** Counts of a desk with so many conversations, on a clock of its own. */
function open(all: number) {
  const state = { nowMs: 0, times: 0, open: 10 };
  const background: Promise<void>[] = [];
  const counts = new OpenCounts({
    count: () => {
      state.times++;
      return Promise.resolve({ count: state.open, all });
    },
    later: (work) => void background.push(work),
    now: () => state.nowMs,
  });
  return { state, counts, background };
}

Deno.test("of few conversations each look is new", async () => {
  const { state, counts } = open(1000);
  assertEquals(await counts.of(DESK), 10);
  state.open = 9;
  assertEquals(await counts.of(DESK), 9);
  assertEquals(state.times, 2);
});

Deno.test("many are counted once a minute, behind whoever asks, and who comes meanwhile counts", async () => {
  const { state, counts, background } = open(100_000);
  assertEquals(await counts.of(DESK), 10);
  for (let newcomers = 0; newcomers < 100; newcomers++) {
    await counts.of(DESK);
    counts.came(DESK);
  }
  assertEquals(await counts.of(DESK), 110);
  assertEquals(state.times, 1);
  state.open = 50;
  state.nowMs += MINUTE_MS;
  assertEquals(await counts.of(DESK), 110);
  await Promise.all(background);
  assertEquals(await counts.of(DESK), 50);
  assertEquals(state.times, 2);
});

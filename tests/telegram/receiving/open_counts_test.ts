import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../../src/time/duration.ts";
import { OpenCounts } from "../../../src/telegram/receiving/open_counts.ts";

const [FIRST, SECOND] = [-1001, -1002];

/** Counts of two desks with so many conversations, on a clock of its own. */
function open(all: number) {
  const state = {
    nowMs: 0,
    times: 0,
    open: { [FIRST]: 10, [SECOND]: 11 } as Record<number, number>,
  };
  const background: Promise<void>[] = [];
  const counts = new OpenCounts({
    count: async (deskId) => {
      state.times++;
      await new Promise((resolve) => setTimeout(resolve, 0));
      return { count: state.open[deskId]!, all };
    },
    later: (work) => void background.push(work),
    now: () => state.nowMs,
  });
  let newcomers = 0;
  const comes = (customerId = ++newcomers) => counts.fewest(customerId, [FIRST, SECOND]);
  /** Somebody comes, and what they wrote is accepted. */
  const arrives = async () => {
    const customerId = ++newcomers;
    const deskId = await comes(customerId);
    counts.ended(customerId, deskId);
    return deskId;
  };
  return { state, counts, background, comes, arrives };
}

Deno.test("of few conversations each look is new", async () => {
  const { state, arrives } = open(1000);
  assertEquals(await arrives(), FIRST);
  state.open[FIRST] = 12;
  assertEquals(await arrives(), SECOND);
  assertEquals(state.times, 4);
});

Deno.test("many are counted once a minute, behind whoever asks, and who comes meanwhile counts", async () => {
  const { state, background, arrives } = open(100_000);
  const gone = await Promise.all(Array.from({ length: 3 }, () => arrives()));
  for (let newcomers = 3; newcomers < 101; newcomers++) gone.push(await arrives());
  assertEquals(gone.filter((each) => each === FIRST).length, 51);
  assertEquals(state.times, 2);
  state.open[FIRST] = 1000;
  state.nowMs += MINUTE_MS;
  // What was known is good for this one still.
  assertEquals(await arrives(), FIRST);
  await Promise.all(background);
  assertEquals(await arrives(), SECOND);
  assertEquals(state.times, 4);
});

Deno.test("who comes while another is being accepted goes by what will be open then", async () => {
  const { counts, comes } = open(1000);
  const gone = await Promise.all(Array.from({ length: 9 }, () => comes()));
  assertEquals(gone.filter((each) => each === FIRST).length, 5);
  // Whoever could not be accepted counts no more, and who writes twice at once goes to one desk.
  for (const [at] of gone.entries()) counts.ended(at + 1);
  assertEquals(await Promise.all([1, 1].map(comes)), [
    FIRST,
    FIRST,
  ]);
});

Deno.test("who comes while it is being counted counts", async () => {
  let answer!: (count: number) => void;
  const counts = new OpenCounts({
    count: (deskId) =>
      deskId === SECOND
        ? Promise.resolve({ count: 1, all: 1 })
        : new Promise((resolve) => answer = (count) => resolve({ count, all: count })),
    later: () => {},
    now: () => 0,
  });
  const next = counts.fewest(2, [FIRST, SECOND]);
  for (const customerId of [7, 8]) counts.ended(customerId, FIRST);
  answer(0);
  assertEquals(await next, SECOND);
});

Deno.test("who has only opened the chat counts for ten minutes, or until they write", async () => {
  const { state, counts, comes } = open(1000);
  const asked = async (customerId: number) => {
    const deskId = await comes(customerId);
    counts.ended(customerId);
    return deskId;
  };
  for (const customerId of [7, 8]) counts.opened(customerId, FIRST);
  assertEquals(await asked(1), SECOND);
  counts.ended(7, FIRST);
  assertEquals([counts.isVisiting(7), counts.isVisiting(8)], [false, true]);
  state.nowMs += 10 * MINUTE_MS;
  assertEquals(await asked(1), FIRST);
  assertEquals(counts.isVisiting(8), false);
});

/** The bench itself: it carries messages with either bot, and sees what goes wrong. */
import { assert, assertEquals } from "@std/assert";
import { callAs, scene } from "../../playground/telegram/scene.ts";
import { allCases, type Case, CASES, nameOf, QUICK_CASES } from "./cases.ts";
import { deedOf } from "./contents.ts";
import { type Arrivals, Crowd, type Load } from "./crowd.ts";
import { figureOf, type Measured, ratioOf, wrongIn } from "./results.ts";
import { run } from "./run.ts";
import { A_DAY, dayOf } from "./scale.ts";

Deno.test("both floors and the real program carry twenty messages, and every figure is there", async () => {
  const folder = await Deno.makeTempDir();
  const setting = { store: "file", latencyMs: 0, customers: 3 } as const;
  for (const transport of ["webhook", "polling"] as const) {
    const stream = { kind: "stream", mix: "real", messages: 20 } as const;
    const each: Case = { ...setting, ...stream, transport };
    const runs = { floor: [], durable: [], balcao: [] } as Required<Measured["runs"]>;
    const measured: Measured = { case: each, runs };
    for (const side of ["floor", "durable", "balcao"] as const) {
      runs[side].push(await run(each, side, folder));
      for (const name of ["perSecond", "p50Ms", "p95Ms", "p99Ms", "peakMiB"]) {
        assert(figureOf(measured, side, name)! > 0, `${side} ${transport}: no ${name}`);
      }
      for (const name of ["lost", "repeated", "outOfOrder", "misplaced"]) {
        assertEquals(figureOf(measured, side, name), 0, `${side} ${transport}: ${name}`);
      }
      assert(figureOf(measured, side, "callsPerMessage")! >= 0.9);
    }
    assert(figureOf(measured, "balcao", "bytesPerMessage")! > 0);
    assert(ratioOf(measured, "perSecond")!.middle > 0);
    assert(ratioOf(measured, "perSecond", "durable")!.middle > 0);
    assertEquals(wrongIn(measured), 0);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a start is measured until the first update is confirmed and its message is there", async () => {
  const folder = await Deno.makeTempDir();
  const each = { kind: "start", transport: "polling", store: "file", latencyMs: 0, customers: 1 };
  const { readyMs, arrivedMs } = await run(each as Case, "balcao", folder);
  assert(readyMs! > 0);
  assert(arrivedMs! > 0);
  await Deno.remove(folder, { recursive: true });
});

/** A bot that copies the messages of one customer in the order, and to where, it is told. */
async function copied(order: number[], into = 0): Promise<Arrivals> {
  const { telegram, bot, ana, channel, group, call } = scene();
  const crowd = new Crowd(telegram, { bot, channel, group, agent: ana }, 2);
  const load: Load = { messages: 3, mix: "text", isAnswered: false, ratePerS: 10_000 };
  const writing = crowd.holds(load, 1500);
  const own = () => telegram.updates.flatMap(({ update }) => update.message ?? []);
  const written = () => own().filter(({ chat }) => chat.type === "private");
  while (written().length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  const [first, second, third] = written();
  const roots: number[] = [];
  for (const { chat } of [first!, second!]) {
    await call("sendMessage", { chat_id: channel.id, text: `Customer\nID ${chat.id}` });
    await telegram.settled();
    roots.push(own().findLast((message) => message.is_automatic_forward)!.message_id);
  }
  const messages = [first!, third!, second!];
  for (const index of order) {
    const { chat, message_id } = messages[index]!;
    const root = index === 2 ? roots[1] : roots[into];
    await callAs(telegram, bot, "copyMessage", {
      chat_id: group.id,
      from_chat_id: chat.id,
      message_id,
      reply_parameters: { message_id: root },
    });
  }
  const arrivals = await writing;
  await telegram.close();
  return arrivals;
}

Deno.test("the people of a bench see what is lost, repeated, out of order, or somebody else's", async () => {
  const wrong = async (order: number[], into?: number) => {
    const { messages, lost, repeated, outOfOrder, misplaced } = await copied(order, into);
    return { messages, lost, repeated, outOfOrder, misplaced };
  };
  const none = { messages: 3, lost: 0, repeated: 0, outOfOrder: 0, misplaced: 0 };
  assertEquals(await wrong([0, 1, 2]), none);
  assertEquals(await wrong([0, 1]), { ...none, messages: 2, lost: 1 });
  assertEquals(await wrong([0, 0, 1, 2]), { ...none, repeated: 1 });
  assertEquals(await wrong([1, 0, 2]), { ...none, outOfOrder: 1 });
  assertEquals(await wrong([0, 1, 2], 1), { ...none, misplaced: 2 });
});

Deno.test("the real mix is seventy texts of a hundred, and some of everything else", () => {
  const deeds = Array.from({ length: 100 }, (_, index) => deedOf("real", (index + 0.5) / 100));
  const count = (deed: string) => deeds.filter((each) => each === deed).length;
  const counts = ["text", "photo", "album", "edit", "other"].map(count);
  assertEquals(counts, [70, 15, 5, 5, 5]);
  assertEquals(deedOf("text", 0.99), "text");
});

Deno.test("cases are chosen by names that no two have", () => {
  for (const cases of [CASES, QUICK_CASES, allCases()]) {
    const names = cases.map(nameOf);
    assertEquals(new Set(names).size, names.length);
  }
});

Deno.test("a ratio is that of runs that followed one another, with the least and the most", () => {
  const runs = {
    floor: [{ perSecond: 100 }, { perSecond: 200 }, { perSecond: 50 }],
    balcao: [{ perSecond: 50 }, { perSecond: 50 }, { perSecond: 20, lost: 1 }],
  };
  const measured = { case: CASES[0]!, runs };
  assertEquals(ratioOf(measured, "perSecond"), { middle: 0.4, least: 0.25, most: 0.5 });
  assertEquals(ratioOf(measured, "p50Ms"), undefined);
  assertEquals(figureOf(measured, "floor", "perSecond"), 100);
  assertEquals(wrongIn(measured), 1);
});

Deno.test("a day costs what its first messages, other messages and answers cost", () => {
  const each = (calls: number, groupCalls: number) => ({
    calls,
    groupCalls,
    commits: 1,
    reads: 1,
    readUnits: 10,
    writeUnits: 5,
    records: 1,
    bytes: 100,
  });
  const costs = { first: each(9, 3), message: each(1, 1), answer: each(1, 0), restMiB: 90 };
  const work = { processorMsPer1000: 1000, peakMiB: 160 };
  const small = dayOf(10, costs, work);
  assertEquals(
    [small.messages, small.calls, small.desks, small.bots, small.memoryMiB],
    [60, 140, 1, 1, 90],
  );
  const large = dayOf(100_000, costs, work);
  assertEquals([large.calls, large.readUnits, large.writeUnits], [1_400_000, 6_000_000, 3_000_000]);
  // In the busiest hour 1,250 messages a minute into groups that take 20, and 58 calls a second.
  assertEquals([large.desks, large.bots, large.memoryMiB], [63, 2, 160]);
  assertEquals(large.keptBytes, 100_000 * 6 * 100 * A_DAY.retentionDays);
  assertEquals(large.processorS, 600);
});

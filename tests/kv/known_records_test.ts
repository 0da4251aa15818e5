/** What is known of a database: it need not be asked for it, and is never contradicted by it. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { joiningKv } from "../../src/kv/joining_kv.ts";
import { KnownRecords } from "../../src/kv/known_records.ts";
import { seededRandom } from "../../playground/telegram/random.ts";
import { delegate } from "../support/kv_doubles.ts";
import { lateKv, moment } from "../support/late_kv.ts";

/** A database of one process alone, and how often what lies beneath was read. */
async function open({ isAlone = true, random = (): number => 0 } = {}) {
  const beneath = await Deno.openKv(":memory:");
  const clock = { nowMs: 0 };
  const reads: string[] = [];
  const steady = () => clock.nowMs;
  const known = new KnownRecords({ isAlone, steady });
  const late = lateKv(beneath, random, reads);
  const kv = joiningKv(late, { commits: 2, reads: 2 }, steady, known);
  return { kv, beneath, clock, reads, [Symbol.dispose]: () => beneath.close() };
}

const LANE = [1, "job", 7, "to-team"];
const record = ["a", "b", "c"].map((name) => [1, "record", name]);

Deno.test("what was read or written need not be read again", async () => {
  using database = await open();
  const { kv, reads } = database;
  assertEquals((await kv.get(record[0]!)).value, null);
  assertEquals((await kv.get(record[0]!)).versionstamp, null);
  assertEquals(reads, ["1/record/a"]);
  const result = await kv.atomic().set(record[0]!, { n: 1 }).set(record[1]!, "b").commit();
  assert(result.ok);
  const entry = await kv.get(record[0]!);
  assertEquals(entry, { key: record[0]!, value: { n: 1 }, versionstamp: result.versionstamp });
  await kv.delete(record[1]!);
  assertEquals((await kv.get(record[1]!)).value, null);
  assertEquals(reads.length, 1);
});

Deno.test("what is just being written is for the database to say", async () => {
  using database = await open();
  const { kv, reads } = database;
  await kv.set(record[0]!, "before");
  await Array.fromAsync(kv.list({ prefix: LANE }));
  reads.length = 0;
  const writing = kv.atomic().set(record[0]!, "after").set([...LANE, 1], "one").commit();
  await Promise.all([kv.get(record[0]!), kv.list({ prefix: LANE }).next()]);
  assertEquals(reads.sort(), ["1/job/7/to-team/*", "1/record/a"]);
  await writing;
  assertEquals((await kv.get(record[0]!)).value, "after");
});

Deno.test("a short list that was read to its end is known, and followed", async () => {
  using database = await open();
  const { kv, reads } = database;
  const first = async (limit: number, reverse = false) =>
    (await Array.fromAsync(kv.list({ prefix: LANE }, { limit, reverse }))).map(({ key }) => key[4]);
  await kv.set([...LANE, 5], "five");
  assertEquals(await first(1), [5]);
  // There may have been more.
  assertEquals(await first(2), [5]);
  assertEquals(reads.length, 2);
  await kv.atomic().set([...LANE, 12], "twelve").set([...LANE, 3], "three").commit();
  assertEquals([await first(1), await first(2), await first(1, true)], [[3], [3, 5], [12]]);
  await kv.delete([...LANE, 3]);
  assertEquals([await first(9), reads.length], [[5, 12], 2]);
  for (let n = 20; n < 30; n++) await kv.set([...LANE, n], n);
  assertEquals([(await first(20)).length, reads.length], [12, 3]);
});

Deno.test("whoever is not alone asks each time", async () => {
  using database = await open({ isAlone: false });
  const { kv, beneath, reads } = database;
  await kv.set(record[0]!, "ours");
  await beneath.set(record[0]!, "theirs");
  assertEquals((await kv.get(record[0]!)).value, "theirs");
  for (let times = 0; times < 2; times++) await kv.list({ prefix: LANE }).next();
  assertEquals(reads, ["1/record/a", "1/job/7/to-team/*", "1/job/7/to-team/*"]);
});

Deno.test("nothing is believed for more than a minute: what has expired goes by itself", async () => {
  using database = await open();
  const { kv, beneath, clock } = database;
  await kv.set(record[0]!, "here");
  await Array.fromAsync(kv.list({ prefix: LANE }));
  await beneath.delete(record[0]!);
  await beneath.set([...LANE, 1], "one");
  clock.nowMs = 59_000;
  assertEquals((await kv.get(record[0]!)).value, "here");
  clock.nowMs = 61_000;
  assertEquals((await kv.get(record[0]!)).value, null);
  assertEquals((await Array.fromAsync(kv.list({ prefix: LANE }))).length, 1);
});

Deno.test("an entry of a list that has expired is believed in no longer because others come", async () => {
  using database = await open();
  const { kv, beneath, clock } = database;
  await kv.set([...LANE, 1], "one");
  assertEquals((await Array.fromAsync(kv.list({ prefix: LANE }))).length, 1);
  await beneath.delete([...LANE, 1]);
  for (let n = 2; n <= 4; n++) {
    clock.nowMs += 25_000;
    await kv.set([...LANE, n], n);
  }
  const listed = await Array.fromAsync(kv.list({ prefix: LANE }));
  assertEquals(listed.map(({ key }) => key[4]), [2, 3, 4]);
});

Deno.test("who lists the first of a kind while one is being written knows of it soon after", async () => {
  for (const isListedFirst of [false, true]) {
    const [committing, listing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    using beneath = await Deno.openKv(":memory:");
    const slow = delegate(beneath, {
      list: (...given: Parameters<Deno.Kv["list"]>) =>
        (async function* () {
          const found = await Array.fromAsync(beneath.list(...given));
          await listing.promise;
          yield* found;
        })(),
      atomic: () => {
        const operation = beneath.atomic();
        const late: Deno.AtomicOperation = delegate(operation, {
          set: (key: Deno.KvKey, value: unknown) => (operation.set(key, value), late),
          commit: async () => {
            await committing.promise;
            return await operation.commit();
          },
        });
        return late;
      },
    });
    const known = new KnownRecords({ isAlone: true, steady: () => 0 });
    const kv = joiningKv(slow, { commits: 1, reads: 1 }, () => 0, known);
    const writing = kv.set([...LANE, 1], "one");
    const before = Array.fromAsync(kv.list({ prefix: LANE }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [first, second] = isListedFirst ? [listing, committing] : [committing, listing];
    first.resolve();
    await (isListedFirst ? before : writing);
    second.resolve();
    await Promise.all([before, writing]);
    assertEquals((await Array.fromAsync(kv.list({ prefix: LANE }))).length, 1);
  }
});

Deno.test("a commit that finds something else than was known has it read anew", async () => {
  using database = await open();
  const { kv, beneath } = database;
  const known = await kv.get(record[0]!);
  await beneath.set(record[0]!, "new");
  assertEquals((await kv.atomic().check(known).set(record[0]!, "ours").commit()).ok, false);
  assertEquals((await kv.get(record[0]!)).value, "new");
});

for (let seed = 1; seed <= 5; seed++) {
  Deno.test(`whoever counts at once, whatever fails: nothing is counted twice, nothing lost (${seed})`, async () => {
    const random = seededRandom(seed);
    using database = await open({ random });
    const { kv, beneath, clock } = database;
    const told: number[] = [];
    let untold = 0;
    const counts = async () => {
      for (let times = 0; times < 60; times++) {
        await moment(random);
        if (random() > 0.97) clock.nowMs += 6000;
        const counter = record[Math.floor(random() * 2)]!;
        const entry = await kv.get<number>(counter);
        await moment(random);
        const count = (entry.value ?? 0) + 1;
        const commit = kv.atomic().check(entry).set(counter, count).set([1, "x", times], count);
        try {
          if ((await commit.commit()).ok) told.push(record.indexOf(counter) * 10_000 + count);
        } catch {
          untold++;
        }
      }
    };
    await Promise.all(Array.from({ length: 6 }, counts));
    assertEquals(new Set(told).size, told.length);
    const [a, b] = await beneath.getMany<number[]>(record.slice(0, 2));
    const counted = (a!.value ?? 0) + (b!.value ?? 0);
    assert(counted >= told.length && counted <= told.length + untold, `${counted}, ${told.length}`);
    assert(told.length > 20 && untold > 0);
  });
}

Deno.test("what is known cannot be changed by whoever was given it", async () => {
  using database = await open();
  const { kv } = database;
  await kv.set(record[0]!, { names: ["Maria"], bytes: new Uint8Array(2) });
  const { value } = await kv.get<{ names: string[] }>(record[0]!);
  assertThrows(() => value!.names.push("Ana"), TypeError);
});

Deno.test("what is hardly ever read is not kept", async () => {
  using database = await open();
  const { kv, beneath, reads } = database;
  const link = [1, "link", 7, 8, 9];
  await kv.set(link, "there");
  await kv.get(link);
  await Array.fromAsync(kv.list({ prefix: link.slice(0, 4) }));
  await beneath.delete(link);
  assertEquals((await kv.get(link)).value, null);
  assertEquals(await Array.fromAsync(kv.list({ prefix: link.slice(0, 4) })), []);
  assertEquals(reads.length, 4);
});

Deno.test("a record too large to keep is read each time", async () => {
  using database = await open();
  const { kv, reads } = database;
  await kv.set(record[0]!, "x".repeat(20_000));
  for (let times = 0; times < 2; times++) await kv.get(record[0]!);
  assertEquals(reads.length, 2);
});

for (let seed = 1; seed <= 5; seed++) {
  Deno.test(`whatever happens at once, what is known is so in the end (${seed})`, async () => {
    const random = seededRandom(seed);
    using database = await open({ random });
    const { kv, beneath } = database;
    const keys = [...record, ...[1, 2, 3].map((n) => [...LANE, n])];
    const any = () => keys[Math.floor(random() * keys.length)]!;
    const deeds = [
      () => kv.get(any()),
      () => Array.fromAsync(kv.list({ prefix: LANE }, { limit: 1 + Math.floor(random() * 4) })),
      () => kv.atomic().set(any(), random()).delete(any()).commit(),
      async () => {
        const known = await kv.get(any());
        await moment(random);
        return await kv.atomic().check(known).set(known.key, random()).set(any(), 1).commit();
      },
    ];
    for (let round = 0; round < 30; round++) {
      const begun = Array.from(
        { length: 8 },
        () => deeds[Math.floor(random() * deeds.length)]!(),
      );
      await Promise.allSettled(begun);
      for (const key of keys) assertEquals(await kv.get(key), await beneath.get(key));
      const listed = await Array.fromAsync(kv.list({ prefix: LANE }, { limit: 5 }));
      assertEquals(listed, await Array.fromAsync(beneath.list({ prefix: LANE })));
    }
  });
}

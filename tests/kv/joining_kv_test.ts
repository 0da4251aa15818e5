import { assert, assertEquals, assertRejects } from "@std/assert";
import { KnownRecords } from "../../src/kv/known_records.ts";
import { joiningKv, type MostAtOnce } from "../../src/kv/joining_kv.ts";
import { failingKv, hangingKv, unansweringKv } from "../support/disturbed_kv.ts";
import { countingKv, measuringKv, watchedReads } from "../support/kv_doubles.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

/** A database that joins what it is asked, with what lies beneath wrapped. */
async function open(
  wrap: (kv: Deno.Kv) => Deno.Kv = (kv) => kv,
  most: MostAtOnce = { commits: 1, reads: 1 },
  isAlone = false,
) {
  const beneath = await Deno.openKv(":memory:");
  const clock = { nowMs: 0 };
  const known = new KnownRecords({ isAlone, steady: () => clock.nowMs });
  const kv = joiningKv(wrap(beneath), most, () => clock.nowMs, known);
  const valueOf = async (key: string) => (await beneath.get([key])).value;
  return { kv, clock, valueOf, [Symbol.dispose]: () => beneath.close() };
}

/** Sets a record if there is none. */
const add = (kv: Deno.Kv, key: string, value: unknown = key) =>
  kv.atomic().check({ key: [key], versionstamp: null }).set([key], value).commit();

const LETTERS = ["a", "b", "c", "d", "e"];

Deno.test("commits that come while one is under way go as one after it, and are all there when answered", async () => {
  const { wrap, commits } = countingKv();
  using database = await open(wrap);
  const { kv, valueOf } = database;
  const answers = LETTERS.map(async (key) => {
    const answer = await add(kv, key);
    assertEquals(await valueOf(key), key);
    return answer;
  });
  assert((await Promise.all(answers)).every(({ ok }) => ok));
  assertEquals(commits, ['[["a"]]', '[["b"],["c"],["d"],["e"]]']);
});

Deno.test("of several that go as one, who expects what is not so is refused, and nobody else", async () => {
  const { wrap, commits } = countingKv();
  using database = await open(wrap);
  const { kv, valueOf } = database;
  await add(kv, "c", "before");
  commits.length = 0;
  const answers = await Promise.all(LETTERS.map((key) => add(kv, key)));
  assertEquals(answers.map(({ ok }) => ok), [true, true, false, true, true]);
  assertEquals(await Promise.all(LETTERS.map(valueOf)), ["a", "b", "before", "d", "e"]);
  // The first alone, four as one in vain, and each of these by itself.
  assertEquals(commits.length, 6);
});

Deno.test("of two that expect the same of a record that both write, one is refused", async () => {
  using database = await open();
  const { kv, valueOf } = database;
  const answers = await Promise.all([add(kv, "z"), add(kv, "a", "one"), add(kv, "a", "two")]);
  assertEquals(answers.map(({ ok }) => ok), [true, true, false]);
  assertEquals(await valueOf("a"), "one");
});

Deno.test("what one commit leaves is there for the next that writes it", async () => {
  using database = await open();
  const { kv, valueOf } = database;
  const writes = ["one", "two", "three"].map((value) => kv.atomic().set(["a"], value).commit());
  const answers = await Promise.all([...writes, kv.atomic().delete(["b"]).commit()]);
  assertEquals(await valueOf("a"), "three");
  const versionstamps = answers.slice(0, 3).map((each) => each.ok && each.versionstamp);
  assertEquals(new Set(versionstamps).size, 3);
});

Deno.test("while a database fails each commit is told, and what could not be kept is its own affair", async () => {
  const failing = failingKv(() => new TypeError("database is locked"));
  using database = await open(failing.wrap);
  const { kv, valueOf } = database;
  failing.isFailing = true;
  const told = await Promise.allSettled(LETTERS.map((key) => add(kv, key)));
  assert(told.every((each) => each.status === "rejected" && /locked/.test(each.reason.message)));
  failing.isFailing = false;
  const tooLarge = (key: string) => add(kv, key, new Uint8Array(70_000));
  const impossible = (key: string) => add(kv, key, () => {});
  const answers = [add(kv, "a"), add(kv, "b"), tooLarge("c"), impossible("d"), add(kv, "e")];
  await assertRejects(() => answers[2]!, TypeError, "max 65536 bytes");
  await assertRejects(() => answers[3]!, TypeError, "could not be cloned");
  for (const which of [0, 1, 4]) assert((await answers[which])!.ok);
  assertEquals(await Promise.all(LETTERS.map(valueOf)), ["a", "b", null, null, "e"]);
});

Deno.test("what was written but not answered is not said to be new", async () => {
  const unanswering = unansweringKv((keys) => keys.includes('"c"'));
  using database = await open(unanswering.wrap);
  unanswering.losesNext();
  const answers = await Promise.all(LETTERS.map((key) => add(database.kv, key)));
  assertEquals(answers.map(({ ok }) => ok), [true, false, false, false, false]);
  assertEquals(await Promise.all(LETTERS.map(database.valueOf)), LETTERS);
});

Deno.test("a crowd of commits never makes one that is too large", async () => {
  const { wrap, most } = measuringKv();
  using database = await open(wrap);
  const { kv } = database;
  const write = (n: number) => {
    const commit = kv.atomic();
    for (let each = 0; each < 9; each++) {
      const key = [n, each];
      commit.check({ key, versionstamp: null }).set(key, "ã".repeat(15_000));
    }
    return commit.commit();
  };
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => write(n)));
  assert(answers.every(({ ok }) => ok));
  assert(most.checks > 9 && most.checks <= 100, `${most.checks} checks`);
  assert(most.bytes <= 800 * 1024, `${most.bytes} bytes`);
});

Deno.test("an operation that counts, or rings a bell, goes by itself", async () => {
  using database = await open();
  const { kv, valueOf } = database;
  const one = () => kv.atomic().sum(["n"], 1n).enqueue("bell").commit();
  await Promise.all([add(kv, "a"), one(), add(kv, "b"), one()]);
  assertEquals(await valueOf("n"), new Deno.KvU64(2n));
  assertEquals(await valueOf("b"), "b");
});

Deno.test("what is read in one turn is read together, and each learns what they asked for", async () => {
  const reads: string[] = [];
  using database = await open(watchedReads((keys) => void reads.push(keys.join(" "))));
  const { kv } = database;
  for (const key of LETTERS) await add(kv, key);
  const entries = await Promise.all([...LETTERS, "none", "a"].map((key) => kv.get([key])));
  assertEquals(entries.map(({ value }) => value), [...LETTERS, null, "a"]);
  assertEquals(reads, ["a b c d e none"]);
  // One call takes ten keys, and those wait for it that ask meanwhile.
  await Promise.all(Array.from({ length: 21 }, (_, n) => kv.get(["n", n])));
  assertEquals(reads.slice(1).map((keys) => keys.split(" ").length), [10, 10, 1]);
});

Deno.test("what may be under way at once need not wait for anything", async () => {
  const { wrap, commits } = countingKv();
  using database = await open(wrap, { commits: 3, reads: 3 });
  await Promise.all(LETTERS.map((key) => add(database.kv, key)));
  assertEquals(commits, ['[["a"]]', '[["b"]]', '[["c"]]', '[["d"],["e"]]']);
});

Deno.test("what is never answered holds up others for a few seconds, and not for ever", async () => {
  const hanging = hangingKv();
  using database = await open(hanging.wrap);
  const { kv, clock } = database;
  hanging.isHanging = true;
  void kv.get(["a"]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  hanging.isHanging = false;
  let isRead = false;
  const behind = kv.get(["b"]).then(() => isRead = true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert(!isRead);
  clock.nowMs += 5001;
  await kv.get(["c"]);
  await behind;
});

Deno.test("while a database cannot be read each who asks is told", async () => {
  const failing = failingKv(() => new TypeError("disk I/O error"), "reading");
  using database = await open(failing.wrap);
  failing.isFailing = true;
  const told = await Promise.allSettled(LETTERS.map((key) => database.kv.get([key])));
  assert(told.every((each) => each.status === "rejected" && /disk/.test(each.reason.message)));
});

Deno.test("messages of many customers at once cost far fewer commits than two each", async () => {
  const { wrap: wrapKv, commits } = countingKv();
  await using desk = await TestDesk.open({ wrapKv });
  const customers = Array.from({ length: 20 }, (_, n) => desk.customer(`Customer ${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  commits.length = 0;
  for (const customer of customers) customer.sends(desk.chatOf(customer), "e mais");
  await desk.settled();
  assert(commits.length < 30, `${commits.length} commits`);
  for (const customer of customers) {
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", "e mais"]);
  }
});

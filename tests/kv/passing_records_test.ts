/** Leases of who has a database alone: they are in memory, and do what leases in a database do. */
import { assert, assertEquals } from "@std/assert";
import { joiningKv } from "../../src/kv/joining_kv.ts";
import { KnownRecords } from "../../src/kv/known_records.ts";
import { seededRandom } from "../../playground/telegram/random.ts";
import { failingKv } from "../support/disturbed_kv.ts";
import { countingKv, delegate } from "../support/kv_doubles.ts";
import { lateKv, moment } from "../support/late_kv.ts";

const LEASE = [1, "lease", 7, 8, "to-team"];
const JOB = [1, "job", 7, 8, "to-team", 1];

async function open(
  wrap: (kv: Deno.Kv) => Deno.Kv = (kv) => kv,
  { isAlone = true, commits = 1 } = {},
) {
  const beneath = await Deno.openKv(":memory:");
  const clock = { nowMs: 0 };
  const known = new KnownRecords({ isAlone, steady: () => clock.nowMs });
  const kv = joiningKv(wrap(beneath), { commits, reads: 1 }, () => clock.nowMs, known);
  const claim = (versionstamp: string | null, owner = "us") =>
    kv.atomic().check({ key: LEASE, versionstamp }).set(LEASE, owner).commit();
  return { kv, beneath, clock, claim, [Symbol.dispose]: () => beneath.close() };
}

Deno.test("a lease of who is alone is written nowhere, and there for whoever asks", async () => {
  const { wrap, commits } = countingKv();
  using database = await open(wrap);
  const { kv, claim } = database;
  assertEquals(await kv.get(LEASE), { key: LEASE, value: null, versionstamp: null });
  const claimed = await claim(null);
  assert(claimed.ok);
  const { versionstamp } = claimed;
  assertEquals(await kv.get(LEASE), { key: LEASE, value: "us", versionstamp });
  await kv.atomic().check({ key: LEASE, versionstamp }).delete(LEASE).commit();
  assertEquals((await kv.get(LEASE)).versionstamp, null);
  assertEquals(commits, []);
});

Deno.test("a commit is made whole or not at all, whichever part of what it expects lies where", async () => {
  using database = await open();
  const { kv, beneath, claim } = database;
  const taken = () =>
    kv.atomic().check({ key: LEASE, versionstamp: null }).check({ key: JOB, versionstamp: null })
      .set(LEASE, "us").set(JOB, "a job").commit();
  assert((await claim(null, "them")).ok);
  assertEquals((await taken()).ok, false);
  assertEquals((await beneath.get(JOB)).value, null);
  await kv.delete(LEASE);
  await beneath.set(JOB, "another");
  assertEquals((await taken()).ok, false);
  assertEquals((await kv.get(LEASE)).value, null);
  await beneath.delete(JOB);
  const result = await taken();
  assert(result.ok);
  const [lease, job] = await Promise.all([kv.get(LEASE), beneath.get(JOB)]);
  assertEquals([lease.value, job.value], ["us", "a job"]);
  // Whoever adds to a lane by a commit holds it by the same.
  assertEquals([lease.versionstamp, job.versionstamp], Array(2).fill(result.versionstamp));
});

Deno.test("of two that take a lease at once, one has it", async () => {
  using database = await open();
  const answers = await Promise.all(
    ["one", "two", "three"].map((owner) => database.claim(null, owner)),
  );
  assertEquals(answers.map(({ ok }) => ok), [true, false, false]);
  assertEquals((await database.kv.get(LEASE)).value, "one");
});

Deno.test("a commit that the database does not take leaves the lease as it was", async () => {
  const failing = failingKv(() => new TypeError("database is locked"));
  using database = await open(failing.wrap);
  const { kv } = database;
  failing.isFailing = true;
  const others = ["a", "b"].map((name) => kv.set([name], name));
  const told = await Promise.allSettled([
    kv.atomic().set(LEASE, "us").set(JOB, 1).commit(),
    ...others,
  ]);
  assertEquals(told.map(({ status }) => status), Array(3).fill("rejected"));
  assertEquals((await kv.get(LEASE)).value, null);
});

Deno.test("while it is not known what has become of a commit nobody else takes its lease", async () => {
  let isHanging = false;
  const hanging = (kv: Deno.Kv) =>
    delegate(kv, {
      atomic: () => {
        const operation = kv.atomic();
        if (isHanging) operation.commit = () => new Promise(() => {});
        return operation;
      },
    });
  using database = await open(hanging);
  const { kv, clock, claim } = database;
  isHanging = true;
  void kv.atomic().check({ key: LEASE, versionstamp: null }).set(LEASE, "us").set(JOB, 1).commit();
  isHanging = false;
  clock.nowMs = 6000;
  let isTaken = false;
  void claim(null, "them").then(() => isTaken = true);
  await kv.set(["a"], "a");
  assertEquals(isTaken, false);
});

Deno.test("a lease that is let go of right behind a commit is held until that is written", async () => {
  const order: string[] = [];
  using database = await open((kv) => lateKv(kv, () => 0.5));
  const { kv, claim } = database;
  const claimed = await claim(null);
  assert(claimed.ok);
  const check = { key: LEASE, versionstamp: claimed.versionstamp };
  // The last is refused, so that what goes together with it is written one by one.
  await Promise.all([
    kv.set(["a"], "before"),
    kv.atomic().check(check).set(JOB, 1).commit().then(() => order.push("written")),
    kv.atomic().check(check).delete(LEASE).commit().then(() => order.push("let go")),
    kv.atomic().check({ key: ["b"], versionstamp: "0".repeat(20) }).set(["b"], "b").commit(),
  ]);
  assertEquals(order, ["written", "let go"]);
});

for (let seed = 1; seed <= 5; seed++) {
  Deno.test(`who counts under a lease alone counts what is there, whatever fails (${seed})`, async () => {
    const random = seededRandom(seed);
    using database = await open((kv) => lateKv(kv, random), { commits: 3 });
    const { kv, beneath, claim } = database;
    let told = 0, untold = 0;
    const counts = async (owner: string) => {
      for (let times = 0; times < 60; times++) {
        await moment(random);
        const claimed = await claim(null, owner);
        if (!claimed.ok) continue;
        const { versionstamp } = claimed;
        const count = (await kv.get<number>(JOB)).value ?? 0;
        // Another one comes between the two of them if the lease does not hold.
        const counting = kv.atomic().check({ key: LEASE, versionstamp }).set(JOB, count + 1)
          .commit();
        const release = async () => {
          await moment(random);
          return await kv.atomic().check({ key: LEASE, versionstamp }).delete(LEASE).commit();
        };
        const [counted, released] = await Promise.allSettled([
          counting,
          release(),
          kv.set(["x"], 1),
        ]);
        if (counted.status === "rejected") untold++;
        else if (counted.value.ok) told++;
        assert(released.status === "fulfilled" && released.value.ok);
      }
    };
    await Promise.all(["a", "b", "c", "d", "e", "f"].map(counts));
    const counted = (await beneath.get<number>(JOB)).value!;
    assert(counted >= told && counted <= told + untold, `${counted}, ${told}, ${untold}`);
    assert(told > 20 && untold > 0, `${told}, ${untold}`);
  });
}

Deno.test("whoever is not alone writes leases for all to see", async () => {
  using database = await open((kv) => kv, { isAlone: false });
  assert((await database.claim(null)).ok);
  assertEquals((await database.beneath.get(LEASE)).value, "us");
});

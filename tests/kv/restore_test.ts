import { assert, assertEquals, assertRejects } from "@std/assert";
import { restore, savedRecords } from "../../src/kv/backup.ts";
import { BackupProblem, readBackup, writeBackup } from "../../src/kv/backup_file.ts";
import { lifetimeOf, lifetimesOf } from "../../src/kv/lifetimes.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk } from "../support/desk.ts";
import { erases } from "../support/erasing.ts";
import { countingKv, expiringKv } from "../support/kv_doubles.ts";
import { refusal } from "../support/refusal.ts";

const TAKEN_MS = 1_800_000_000_000;
const lifetimes = lifetimesOf(90);

interface Saved {
  key: Deno.KvKey;
  value: unknown;
  expiresMs?: number;
}

/** Writes records as a backup of the bot 7 and reads it again. */
async function backupOf(records: Iterable<Saved>, { botId = 7, takenMs = TAKEN_MS } = {}) {
  const chunks = writeBackup({ botId, takenMs }, ReadableStream.from(records));
  return await readBackup(ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()));
}

function storeIn(kv: Deno.Kv, botId = 7): Store {
  const seal = sealWith(`${botId}:token`);
  return new Store(kv, { botId, owner: "restore", seal, retentionDays: 90, now: () => TAKEN_MS });
}

async function entriesOf(kv: Deno.Kv): Promise<{ key: Deno.KvKey; value: unknown }[]> {
  const entries = await Array.fromAsync(kv.list({ prefix: [] }));
  return entries.map(({ key, value }) => ({ key, value }));
}

Deno.test("all kinds of keys and values that records have come back as they were", async () => {
  using kv = await Deno.openKv(":memory:");
  const records = [
    { key: [7, "a", new Uint8Array([1, 255]), true, -0.5], value: { v: 1, value: [null, "é"] } },
    { key: [7, "b", 1], value: { v: 1, value: { sealed: new Uint8Array(3), counts: [1.5] } } },
    { key: [7, "c"], value: { v: 1, value: false } },
  ];
  await restore(storeIn(kv), await backupOf(records), { lifetimes, now: () => TAKEN_MS });
  assertEquals(await entriesOf(kv), records);
});

/** As the first program that wrote backups wrote them, of the bot whose token is 7:token. */
const FIRST_FORM = `{"backup":"balcao","version":1,"bot":7,"taken":"2027-01-15T08:00:00.000Z"}
{"key":[7,"seen",3],"value":{"v":1,"value":1799999999000},"expiresMs":1800172799000}
{"key":[7,"job",-1001,5,"to-team",3,0.5],"value":{"v":1,"value":{"acceptedMs":1000000000000,"dueMs":1000000000000,"attempts":0,"task":{"kind":"notice","notice":{"text":"welcome"}},"sealed":{"$bytes":"q/Y66oJbGNsGyM4usQXbLGMKRPl0nuFY5aHiW4gF5MTSwg9AGUnka0vciCfYG4JjtydJOCCb1hwu"}}}}
{"key":[7,"conversation",-1001,5],"value":{"v":1,"value":{"customer":{"id":5,"firstName":"Zoë"},"sinceMs":1799999999000,"status":"open","priority":1}}}
{"records":3,"sha256":"4071018b70d45d946be45eb60e0ab681fccaeb493269414e46568d586582cb15"}
`;

Deno.test("a backup of the first form is restored, and what was sealed in it is read", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = storeIn(kv);
  const backup = await readBackup(ReadableStream.from([new TextEncoder().encode(FIRST_FORM)]));
  const result = await restore(store, backup, { lifetimes, now: () => TAKEN_MS });
  assertEquals(result, { restored: 3, expired: 0 });
  assertEquals((await store.reader(-1001).conversation(5))?.customer.firstName, "Zoë");
  const next = await store.lanes.next({ deskId: -1001, customerId: 5, direction: "to-team" });
  assertEquals(next?.job.task, {
    kind: "notice",
    notice: { text: "welcome" },
    private: { wording: { language: "es" } },
  });
});

const SIZES: [name: string, count: number, length: number, mostCommits: number][] = [
  ["many small records", 1500, 10, 4],
  // The largest there can be: 64 KiB, a byte for each of these letters.
  ["the largest records", 30, 65_000, 30],
  ["records that fill a commit before they are many", 300, 3000, 50],
];
for (const [name, count, length, mostCommits] of SIZES) {
  Deno.test(`${name} are put back in commits that the database takes`, async () => {
    using kv = await Deno.openKv(":memory:");
    const counting = countingKv();
    const records = Array.from({ length: count }, (_, n) => ({
      key: [7, "conversation", n],
      value: { v: 1, value: "é".repeat(length) },
    }));
    const { restored } = await restore(storeIn(counting.wrap(kv)), await backupOf(records), {
      lifetimes,
      now: () => TAKEN_MS,
    });
    assertEquals(restored, count);
    assertEquals(await entriesOf(kv), records);
    assert(counting.commits.length <= mostCommits, `${counting.commits.length} commits`);
  });
}

Deno.test("what was saved together does not expire together, nor later than it should", async () => {
  using kv = await Deno.openKv(":memory:");
  const now = () => TAKEN_MS;
  const { wrap, expiresMs } = expiringKv(now);
  const count = 2000;
  const records = Array.from({ length: count }, (_, n) => ({
    key: [7, "link", -1001, 5, n],
    value: { v: 1, value: { chatId: -1002, messageId: n } },
  }));
  await restore(storeIn(wrap(kv)), await backupOf(records), { lifetimes, now });
  const expireIns = [...expiresMs.values()].map(({ atMs }) => atMs - TAKEN_MS);
  assertEquals(expireIns.length, count);
  const [latest, span] = [90 * DAY_MS, 90 * DAY_MS / 24];
  assert(expireIns.every((ms) => ms <= latest && ms > latest - span));
  const parts = 100;
  const inPart = Map.groupBy(expireIns, (ms) => Math.floor((latest - ms) / span * parts));
  for (const [part, { length }] of inPart) {
    assert(length < 2 * count / parts, `${length} of ${count} go in part ${part} of ${parts}`);
  }
});

Deno.test("a database that holds records of the bot is refused and left as it is", async () => {
  using kv = await Deno.openKv(":memory:");
  const records = [{ key: [7, "a"], value: { v: 1, value: 1 } }];
  await kv.set([8, "desk"], { v: 1, value: "another bot's" });
  await restore(storeIn(kv), await backupOf(records), { lifetimes, now: () => TAKEN_MS });
  const before = await entriesOf(kv);
  await assertRejects(
    async () =>
      await restore(storeIn(kv), await backupOf([{ key: [7, "b"], value: { v: 1, value: 2 } }]), {
        lifetimes,
        now: () => TAKEN_MS,
      }),
    BackupProblem,
    "holds records of this bot already",
  );
  assertEquals(await entriesOf(kv), before);
});

Deno.test("a database that fails in between is said to be not whole", async () => {
  using kv = await Deno.openKv(":memory:");
  let commits = 0;
  const { wrap } = countingKv(() => {
    if (++commits === 3) throw new Error("database or disk is full");
  });
  const records = Array.from({ length: 1200 }, (_, n) => ({
    key: [7, "a", n],
    value: { v: 1, value: n },
  }));
  const backup = await backupOf(records);
  await assertRejects(
    () => restore(storeIn(wrap(kv)), backup, { lifetimes, now: () => TAKEN_MS }),
    BackupProblem,
    "broke off after 1000 records: database or disk is full",
  );
});

/** A time without what a record that does not tell its own may go sooner. */
const atMost = (days: number) =>
  [30, 90].find((most) => days <= most && days > most * 23 / 24) ?? days;

Deno.test("records live as long as they say, or as if written when the backup was taken", async () => {
  const records = [
    { key: [7, "conversation", 1], value: { v: 1, value: {} } },
    { key: [7, "link", 1], value: { v: 1, value: {} } },
    { key: [7, "failed", 1], value: { v: 1, value: {} } },
    { key: [7, "seen", 1], value: { v: 1, value: 0 }, expiresMs: TAKEN_MS + DAY_MS },
    { key: [7, "membership", 1], value: { v: 1, value: {} }, expiresMs: TAKEN_MS + MINUTE_MS },
  ];
  const after = async (ms: number) => {
    using kv = await Deno.openKv(":memory:");
    const now = () => TAKEN_MS + ms;
    const expiring = expiringKv(now);
    const store = storeIn(expiring.wrap(kv));
    const { expired } = await restore(store, await backupOf(records), { lifetimes, now });
    const kept = (await entriesOf(kv)).map(({ key }) => [
      key[1],
      atMost(((expiring.expiresMs.get(JSON.stringify(key))?.atMs ?? Infinity) - TAKEN_MS) / DAY_MS),
    ]);
    assertEquals(kept.length + expired, records.length);
    return Object.fromEntries(kept);
  };
  assertEquals(await after(0), {
    conversation: Infinity,
    failed: 30,
    link: 90,
    membership: MINUTE_MS / DAY_MS,
    seen: 1,
  });
  assertEquals(await after(29 * DAY_MS), { conversation: Infinity, failed: 30, link: 90 });
  assertEquals(await after(30 * DAY_MS), { conversation: Infinity, link: 90 });
  assertEquals(await after(90 * DAY_MS), { conversation: Infinity });
});

Deno.test("whatever expires in a running bot's database does so in a restored one", async () => {
  const old = expiringKv(Date.now);
  await using desk = await TestDesk.open({ wrapKv: old.wrap });
  const maria = desk.customer("Maria");
  maria.starts(desk.bot);
  await desk.settled();
  const joao = await desk.hearsFrom("João");
  await erases(desk, joao);
  const answered = desk.ana.comments(desk.cardOf(maria), "olá");
  desk.ana.comments(desk.cardOf(maria), "# nota");
  desk.boss.sends(desk.group, "/addreply Um\numa coisa");
  desk.boss.sends(desk.group, "/addreply Um\noutra coisa");
  await desk.settled();
  maria.reacts(desk.chatOf(maria).messages.at(-1)!, "👍");
  desk.ana.reacts(answered, "👍");
  desk.telegram.faults.next("copyMessage", refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN"));
  maria.sends(desk.chatOf(maria), "isto não vai");
  for (const caption of ["antes", "depois"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "album" });
  }
  await desk.settled();

  const saved = await Array.fromAsync(savedRecords(desk.kv, { botId: desk.bot.id, lifetimes }));
  using kv = await Deno.openKv(":memory:");
  const fresh = expiringKv(Date.now);
  const store = storeIn(fresh.wrap(kv), desk.bot.id);
  const backup = await backupOf(saved, { botId: desk.bot.id, takenMs: Date.now() });
  await restore(store, backup, { lifetimes, now: Date.now });
  const kinds = new Map<string, boolean>();
  for (const { key } of saved) {
    const name = JSON.stringify(key);
    const [before, after] = [old, fresh].map(({ expiresMs }) => expiresMs.get(name)?.atMs);
    kinds.set(String(key[1]), before !== undefined);
    const soonerMs = (lifetimeOf(key, lifetimes) ?? 0) / 24;
    const lateMs = (after ?? 0) - (before ?? 0);
    assert(lateMs < 10_000 && lateMs > -soonerMs - 10_000, `${name}: ${before}, now ${after}`);
  }
  assertEquals(
    [...kinds].filter(([, expires]) => expires).map(([kind]) => kind).sort(),
    [
      "erasure",
      "event",
      "failed",
      "link",
      "membership",
      "named",
      "note",
      "reactor",
      "reply-draft",
      "seen",
    ],
  );
});

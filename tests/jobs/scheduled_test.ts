/** What waits for its time: it goes to its lane then, once, whoever is there to see it. */
import { assertEquals } from "@std/assert";
import type { Lane } from "../../src/conversation/lane.ts";
import type { Task } from "../../src/jobs/task.ts";
import { restore, savedRecords } from "../../src/kv/backup.ts";
import { readBackup, writeBackup } from "../../src/kv/backup_file.ts";
import { lifetimesOf } from "../../src/kv/lifetimes.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

/** A line of ours to a customer. */
function saying(desk: TestDesk, customerId: number): { lane: Lane; task: Task } {
  return {
    lane: { deskId: desk.channel.id, customerId, direction: "to-customer" },
    task: { kind: "notice", notice: { text: "terms" } },
  };
}

async function deskWithCustomer() {
  const desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "Oi");
  const told = () => textsOf(desk.toldTo(maria)).slice(1);
  return { desk, maria, told };
}

Deno.test("what waits for its time goes then, also after a restart, and once", async () => {
  const { desk, maria, told } = await deskWithCustomer();
  await using _ = desk;
  const dueMs = desk.clock.now() + 10 * MINUTE_MS;
  const waiting = { ...saying(desk, maria.id), name: "a", dueMs };
  await desk.anotherStore().record(desk.channel.id, () => ({ scheduled: [waiting] }));
  await desk.passes(9 * MINUTE_MS);
  assertEquals(told(), []);
  await desk.restart();
  await desk.passes(MINUTE_MS);
  assertEquals(told().length, 1);
  await desk.passes(60 * MINUTE_MS);
  assertEquals(told().length, 1);
});

Deno.test("what waits under the same name is replaced, and what is moot leaves no trace", async () => {
  const { desk, maria, told } = await deskWithCustomer();
  await using _ = desk;
  const store = desk.anotherStore();
  const { channel: { id: deskId }, clock } = desk;
  const { lane, task } = saying(desk, maria.id);
  const at = (minutes: number) => ({
    scheduled: [{ lane, task, name: "a", dueMs: clock.now() + minutes * MINUTE_MS }],
  });
  await store.record(deskId, () => at(5));
  await store.record(deskId, () => at(20));
  await desk.passes(10 * MINUTE_MS);
  assertEquals(told(), []);
  await store.record(deskId, () => ({ unscheduled: [{ lane, name: "a" }] }));
  await desk.passes(20 * MINUTE_MS);
  assertEquals(told(), []);
  for (const kind of ["scheduled", "due"]) {
    const left = desk.kv.list({ prefix: [desk.bot.id, kind] });
    assertEquals(await Array.fromAsync(left), []);
  }
});

Deno.test("of several instances one has it go", async () => {
  const { desk, maria, told } = await deskWithCustomer();
  await using _ = desk;
  const other = desk.anotherApp();
  await other.start();
  const dueMs = desk.clock.now() + 10 * MINUTE_MS;
  const waiting = ["a", "b"].map((name) => ({ ...saying(desk, maria.id), name, dueMs }));
  await desk.anotherStore().record(desk.channel.id, () => ({ scheduled: waiting }));
  desk.clock.aheadMs += 10 * MINUTE_MS;
  await Promise.all([desk.app.drain(), other.drain()]);
  await desk.settled();
  await other.settled();
  assertEquals(told().length, 2);
  await other.close(0);
});

Deno.test("what waits for its time is not late before, and its words lie sealed", async () => {
  const { desk, maria } = await deskWithCustomer();
  await using _ = desk;
  const dueMs = desk.clock.now() + 10 * MINUTE_MS;
  const { lane } = saying(desk, maria.id);
  const task: Task = {
    kind: "part",
    of: { chatId: desk.group.id, messageId: 1 },
    shows: { kind: "text", content: "", media: "" },
    isFirst: true,
    writer: { kind: "desk", name: "" },
    private: { words: { text: "segredo", entities: [] } },
  };
  const store = desk.anotherStore();
  const waiting = { lane, task, name: "a", dueMs };
  await store.record(desk.channel.id, () => ({ scheduled: [waiting] }));
  assertEquals((await store.counts(100)).waiting, 0);
  for await (const { value } of desk.kv.list({ prefix: [desk.bot.id] })) {
    assertEquals(JSON.stringify(value).includes("segredo"), false);
  }
  assertEquals(await store.reader(desk.channel.id).scheduled(lane, "a"), waiting);
});

Deno.test("what waits for its time is saved with a backup, and goes when that is restored", async () => {
  const { desk, maria, told } = await deskWithCustomer();
  await using _ = desk;
  const { lane, task } = saying(desk, maria.id);
  const dueMs = desk.clock.now() + 10 * MINUTE_MS;
  const store = desk.anotherStore();
  await store.record(desk.channel.id, () => ({ scheduled: [{ lane, task, name: "a", dueMs }] }));
  const lifetimes = lifetimesOf(90);
  const { id: botId } = desk.bot;
  const records = await Array.fromAsync(savedRecords(desk.kv, { botId, lifetimes }));
  const takenMs = desk.clock.now();
  const chunks = writeBackup({ botId, takenMs }, ReadableStream.from(records));
  const reading = await readBackup(
    ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()),
  );
  using kv = await Deno.openKv(":memory:");
  const restored = desk.anotherStore(kv);
  await restore(restored, reading, { lifetimes, now: desk.clock.now });
  const before = desk.kv;
  await desk.restart(kv);
  await desk.passes(10 * MINUTE_MS);
  assertEquals(told().length, 1);
  await desk.restart(before);
});

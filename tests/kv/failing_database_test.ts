import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { failingKv } from "../support/disturbed_kv.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { bring, SECRET } from "../support/webhook.ts";

/** SQLite's words, as Deno's KV throws them. */
const WORDS = [
  "database is locked",
  "database or disk is full",
  "disk I/O error",
  "attempt to write a readonly database",
  "database disk image is malformed",
];

/** As the runtime may throw them, today or tomorrow: no class means anything. */
const CLASSES = [TypeError, Error, RangeError, SyntaxError, ReferenceError] as const;

const healthOf = async (desk: TestDesk) => {
  const response = await desk.app.handler(new Request("https://desk.example/health"));
  return { status: response.status, ...await response.json() };
};
const eventsOf = (desk: TestDesk) => desk.logLines.map((line) => JSON.parse(line).event as string);

/** Lets real time pass until Telegram has brought everything again. */
async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadlineMs = Date.now() + 20_000;
  while (!isSo()) {
    assert(Date.now() < deadlineMs, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

Deno.test("an update that the database does not take is brought again, however often and whatever it says", async () => {
  let failures = 0;
  const failing = failingKv(() => {
    const Thrown = CLASSES[failures % CLASSES.length]!;
    return new Thrown(WORDS[failures++ % WORDS.length]);
  });
  await using desk = await TestDesk.open({ wrapKv: failing.wrap, env: { WEBHOOK_SECRET: SECRET } });
  const maria = await desk.hearsFrom("Maria");
  failing.isFailing = true;
  maria.sends(desk.chatOf(maria), "um");
  await until(() => failures >= 1, "it is brought");
  const { update } = desk.telegram.updates.at(-1)!;
  for (let time = 0; time < 20; time++) {
    assertEquals(await bring(desk, JSON.stringify(update)), 500);
  }
  const health = await healthOf(desk);
  assertEquals([health.status, health.ok, health.kv, health.failed], [503, false, false, 0]);
  assertStringIncludes(health.problems.join(), WORDS[(failures - 1) % WORDS.length]!);
  assert(!health.problems.join().includes("PUBLIC_URL"), health.problems.join());
  failing.isFailing = false;
  assertEquals(await bring(desk, JSON.stringify(update)), 200);
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  assertEquals((await healthOf(desk)).status, 200);
  const events = eventsOf(desk);
  for (const once of ["database not written", "database is written again"]) {
    assertEquals(events.filter((event) => event === once).length, 1, once);
  }
  assert(!events.some((event) => /own fault|given up|lane failed/.test(event)), events.join());
});

Deno.test("what a database fails at while a job is worked or settled gives nothing up", async () => {
  for (const where of ["reading", "writing"] as const) {
    const failing = failingKv(() => new TypeError("disk I/O error"), where);
    await using desk = await TestDesk.open({ wrapKv: failing.wrap });
    const maria = await desk.hearsFrom("Maria");
    // From the call on: the update is accepted, and what follows is not written, or not read.
    desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 30 });
    maria.sends(desk.chatOf(maria), "um");
    await until(
      () => desk.telegram.calls.filter(({ method }) => method === "copyMessage").length === 2,
      "it is being sent",
    );
    failing.isFailing = true;
    await until(() => failing.failures >= 8, "it is tried");
    failing.isFailing = false;
    await until(() => textsOf(desk.threadOf(maria)).includes("um"), "it arrives");
    await desk.passes(10_000);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
    assertEquals((await healthOf(desk)).failed, 0);
  }
});

Deno.test("while nothing comes, health still sees that the database takes commits again", async () => {
  const failing = failingKv(() => new TypeError("database or disk is full"));
  await using desk = await TestDesk.open({ wrapKv: failing.wrap });
  const maria = desk.customer("Maria");
  failing.isFailing = true;
  maria.sends(desk.chatOf(maria), "oi");
  await until(() => failing.failures >= 3, "it is brought again");
  assertEquals((await healthOf(desk)).status, 503);
  failing.isFailing = false;
  await desk.passes(6000);
  await until(() => desk.channel.messages.length > 0, "it arrives");
  await desk.settled();
  assertEquals((await healthOf(desk)).status, 200);
});

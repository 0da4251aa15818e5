/** What monitors are told of a desk, and how soon. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { hangingKv } from "../support/disturbed_kv.ts";

Deno.test("health tells monitors how the desk is", async () => {
  await using desk = await TestDesk.open();
  const response = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(response.status, 200);
  assertEquals(await response.json(), {
    ok: true,
    mode: "webhook",
    kv: true,
    telegram: true,
    desk: true,
    waiting: 0,
    failed: 0,
    oldest_waiting_s: 0,
    problems: [],
  });
});

Deno.test("health counts what waits and how long", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 300 });
  for (const text of ["um", "dois", "três"]) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  desk.clock.aheadMs += 61_000;
  const health = await desk.health();
  assertEquals(health.waiting, 3);
  assert(health.oldest_waiting_s >= 61);
});

const MISSING: [what: string, breaks: (desk: TestDesk) => void, says: string][] = [
  ["the group is not linked", (d) => d.telegram.unlink(d.channel), "no discussion group"],
  [
    "the bot is no administrator of the channel",
    (d) => d.telegram.demote(d.channel, d.bot),
    "not an administrator of the channel",
  ],
  [
    "the bot may not post",
    (d) => d.telegram.promote(d.channel, d.bot, { can_edit_messages: true }),
    '"Post messages"',
  ],
  [
    "the bot is no administrator of the group",
    (d) => d.telegram.demote(d.group, d.bot),
    "not an administrator of the channel's group",
  ],
  [
    "the bot may not pin in the group",
    (d) =>
      d.telegram.promote(d.group, d.bot, { can_delete_messages: true, can_restrict_members: true }),
    '"Pin messages"',
  ],
];
for (const [what, breaks, says] of MISSING) {
  Deno.test(`what is missing is said: ${what}`, async () => {
    await using desk = await TestDesk.open({ isStarted: false });
    breaks(desk);
    assertEquals(await desk.app.start(), false);
    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 503);
    const { problems, ok } = await health.json();
    assertEquals(ok, false);
    assertStringIncludes(problems.join("\n"), says);
    const page = await (await desk.app.handler(new Request("https://desk.example/"))).text();
    assertStringIncludes(page, "Vamos montar o seu atendimento");
    assertStringIncludes(desk.logLines.join("\n"), says.replaceAll('"', '\\"'));
  });
}

Deno.test("a desk that is repaired begins to work, and what waited at Telegram comes", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.demote(desk.channel, desk.bot);
  assertEquals(await desk.app.start(), false);
  desk.telegram.promote(desk.channel, desk.bot);
  assertEquals(await desk.app.start(), true);
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 200);
  await health.body?.cancel();
});

Deno.test("health does not wait for a database that hangs", async () => {
  const hanging = hangingKv();
  await using desk = await TestDesk.open({ wrapKv: hanging.wrap });
  hanging.isHanging = true;
  const beganMs = performance.now();
  const response = await desk.app.handler(new Request("https://desk.example/health"));
  assert(performance.now() - beganMs < 5000);
  assertEquals(response.status, 503);
  const { ok, kv, telegram, problems } = await response.json();
  assertEquals([ok, kv, telegram], [false, false, true]);
  assertStringIncludes(problems.join(), "The database cannot be read");
  hanging.isHanging = false;
  desk.clock.aheadMs += 5000;
  assertEquals((await desk.health()).problems, []);
});

Deno.test("health does not wait for a Telegram that hangs, nor take its silence for health", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.faults.next("getChat", { kind: "hang", ms: 20_000 });
  const starting = desk.app.start();
  const beganMs = performance.now();
  const health = await desk.health();
  assert(performance.now() - beganMs < 5000);
  assertEquals([health.ok, health.desk], [false, false]);
  assertEquals(health.problems, ["The bot has not looked at its desk yet."]);
  desk.clock.aheadMs += 20_000;
  await starting;
});

Deno.test("whoever wakes a sleeping bot by asking for its health is told of the bot awake", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.latencyMs = 10;
  const starting = desk.app.start();
  const { ok, telegram, problems } = await desk.health();
  assertEquals([ok, telegram, problems], [true, true, []]);
  await starting;
});

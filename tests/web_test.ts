import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "./desk.ts";
import { hangingKv } from "./kv_doubles.ts";

async function healthOf({ app }: TestDesk) {
  return await (await app.handler(new Request("https://desk.example/health"))).json();
}

function registrations({ telegram }: TestDesk): number {
  return telegram.calls.filter(({ method }) => method === "setWebhook").length;
}

const post = (body: BodyInit, secret?: string) =>
  new Request("https://desk.example/telegram", {
    method: "POST",
    body,
    headers: secret === undefined ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret },
  });

Deno.test("without the right secret nothing is looked at and nothing happens", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "the-right-secret" } });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const forged = JSON.stringify({
    ...desk.telegram.updates.at(-1)!.update,
    update_id: 1,
  });
  const calls = desk.telegram.calls.length;
  for (const secret of [undefined, "", "wrong", "the-right-secreT", "the-right-secret2"]) {
    const response = await desk.app.handler(post(forged, secret));
    assertEquals(response.status, 401);
    await response.body?.cancel();
  }
  // The body is not even read: an endless one gets the same answer.
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
  assertEquals((await desk.app.handler(post(endless))).status, 401);
  await desk.settled();
  assertEquals(desk.telegram.calls.length, calls);
});

Deno.test("what is too large, or no update, is refused", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const statusOf = async (body: BodyInit) => {
    const response = await desk.app.handler(post(body, "s"));
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await statusOf("x".repeat(1024 * 1024 + 1)), 413);
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
  assertEquals(await statusOf(endless), 413);
  for (const body of ["", "{", "null", "[]", "42", '"x"', "{}", '{"update_id":"1"}']) {
    assertEquals(await statusOf(body), 400, body);
  }
  // An update of a kind we do not know is received, and means nothing to us.
  assertEquals(await statusOf('{"update_id":7,"something_new":{}}'), 200);
});

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
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 300 });
  for (const text of ["um", "dois", "três"]) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  desk.clock.aheadMs += 61_000;
  const health = await (await desk.app.handler(new Request("https://desk.example/health"))).json();
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
  assert(performance.now() - beganMs < 1500);
  assertEquals(response.status, 503);
  const { ok, kv, telegram, problems } = await response.json();
  assertEquals([ok, kv, telegram], [false, false, true]);
  assertStringIncludes(problems.join(), "The database cannot be read");
  hanging.isHanging = false;
  desk.clock.aheadMs += 5000;
  assertEquals((await healthOf(desk)).problems, []);
});

Deno.test("health does not wait for a Telegram that hangs, nor take its silence for health", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.faults.next("getChat", { kind: "hang", ms: 2000 });
  const starting = desk.app.start();
  const beganMs = performance.now();
  const health = await healthOf(desk);
  assert(performance.now() - beganMs < 1500);
  assertEquals([health.ok, health.desk], [false, false]);
  assertEquals(health.problems, ["The bot has not looked at its desk yet."]);
  assertEquals(await starting, false);
});

Deno.test("whoever wakes a sleeping bot by asking for its health is told of the bot awake", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.latencyMs = 10;
  const starting = desk.app.start();
  const { ok, telegram, problems } = await healthOf(desk);
  assertEquals([ok, telegram, problems], [true, true, []]);
  await starting;
});

Deno.test("a webhook that somebody has taken away is registered again at once", async () => {
  await using desk = await TestDesk.open();
  const before = registrations(desk);
  const response = await desk.telegram.fetch(
    `https://api.telegram.org/bot${desk.bot.token}/setWebhook?url=https://thief.example/`,
  );
  await response.body?.cancel();
  desk.clock.aheadMs += 5 * 60_000;
  await desk.app.start();
  assertEquals(registrations(desk), before + 2);
  assertEquals((await healthOf(desk)).problems, []);
});

Deno.test("anything else is not found", async () => {
  await using desk = await TestDesk.open();
  for (const [method, path] of [["GET", "/telegram"], ["POST", "/"], ["GET", "/x"]] as const) {
    const response = await desk.app.handler(new Request(`https://d.example${path}`, { method }));
    assertEquals(response.status, 404, `${method} ${path}`);
    assertEquals(response.headers.get("X-Frame-Options"), "DENY");
    await response.body?.cancel();
  }
});

import type { Update } from "grammy/types";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { hangingKv, slowlyListingKv, watchedReads } from "../support/kv_doubles.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

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

Deno.test("an update is read whole that arrives in pieces, byte by byte", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const { id, info: from } = desk.customer("Conceição 🥖");
  const chat = { id, type: "private", first_name: from.first_name };
  const message = { message_id: 1, date: 1_893_456_000, chat, from, text: "oi" };
  const bytes = new TextEncoder().encode(JSON.stringify({ update_id: 1, message }));
  const pieces = ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  assertEquals((await desk.app.handler(post(pieces, "s"))).status, 200);
  await desk.settled();
  assertStringIncludes(desk.channel.messages[0]?.text ?? "", "Conceição 🥖");
});

/** A desk with one reply, on which Telegram brings inline queries by hand. */
async function queriedDesk(options: { wrapKv?: (kv: Deno.Kv) => Deno.Kv } = {}) {
  const desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" }, ...options });
  desk.boss.sends(desk.group, "/addreply Prazo\nTrês dias");
  await desk.settled();
  let updateId = 1;
  /** What the response to the update says, and which calls the bot made by itself. */
  const queries = async (who: SimulatedUser, query = "", app = desk.app) => {
    const update: Update = {
      update_id: updateId++,
      inline_query: { id: "q1", from: who.info, query, offset: "" },
    };
    const before = desk.telegram.calls.length;
    const response = await app.handler(post(JSON.stringify(update), "s"));
    assertEquals(response.status, 200);
    const text = await response.text();
    return {
      said: text === "" ? null : JSON.parse(text),
      type: response.headers.get("Content-Type"),
      calls: async () => {
        await app.settled();
        const made = desk.telegram.calls.slice(before).map(({ method }) => method);
        // A bot that has just started sees to its menus as well.
        return made.filter((method) => !/ChatAdministrators|MyCommands/.test(method));
      },
    };
  };
  return { desk, queries, [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose]() };
}

Deno.test("a query is answered by the response when nobody has to be asked", async () => {
  await using queried = await queriedDesk();
  const { desk, queries } = queried;
  const first = await queries(desk.ana);
  assertEquals(first.said, null, "who Ana is has to be asked");
  assertEquals(await first.calls(), ["getChatMember", "getChat", "answerInlineQuery"]);

  const second = await queries(desk.ana, "praso");
  const { results, ...rest } = second.said;
  assertEquals(rest, {
    method: "answerInlineQuery",
    inline_query_id: "q1",
    is_personal: true,
    cache_time: 0,
    next_offset: "",
  });
  assertEquals(results.map(({ title }: { title: string }) => title), ["Prazo"]);
  assertEquals(second.type, "application/json");
  assertEquals(await second.calls(), []);
});

Deno.test("a stranger's query is answered by the response as well, with none of the replies", async () => {
  await using queried = await queriedDesk();
  const { desk, queries } = queried;
  const eve = desk.telegram.createUser({ firstName: "Eve", languageCode: "en" });
  assertEquals(await (await queries(eve, "prazo")).calls(), ["getChatMember", "answerInlineQuery"]);
  const { said, calls } = await queries(eve, "prazo");
  assertEquals([said.is_personal, said.cache_time], [true, 0]);
  assertEquals(said.button, { text: "Talk to us", start_parameter: "inline" });
  assertEquals(said.results.map(({ id }: { id: string }) => id), ["invitation"]);
  assertEquals(await calls(), []);
});

Deno.test("a member who leaves is refused in the response from then on", async () => {
  await using queried = await queriedDesk();
  const { desk, queries } = queried;
  await (await queries(desk.ana)).calls();
  assertEquals((await queries(desk.ana)).said.results.length, 1);
  desk.ana.leaves(desk.channel);
  await desk.settled();
  const { said } = await queries(desk.ana);
  assertEquals(said.results.map(({ id }: { id: string }) => id), ["invitation"]);
});

Deno.test("the receipt does not wait for replies that are still being read", async () => {
  let gate = Promise.resolve();
  await using queried = await queriedDesk({ wrapKv: slowlyListingKv("reply", () => gate) });
  const { desk, queries } = queried;
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  for (const who of [desk.ana, eve]) await (await queries(who)).calls();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  gate = promise;
  const app = desk.anotherApp();
  await app.start();
  const early = await queries(desk.ana, "", app);
  assertEquals(early.said, null);
  assertEquals(
    (await queries(eve, "", app)).said.results.length,
    1,
    "a stranger waits for nothing",
  );
  open();
  assertEquals(await early.calls(), ["answerInlineQuery"]);
  assertEquals((await queries(desk.ana, "", app)).said.results.length, 1);
  await app.close();
});

Deno.test("who leaves the team while the replies are still being read is offered none", async () => {
  let gate = Promise.resolve();
  await using queried = await queriedDesk({ wrapKv: slowlyListingKv("reply", () => gate) });
  const { desk, queries } = queried;
  await (await queries(desk.ana)).calls();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  gate = promise;
  const app = desk.anotherApp();
  await app.start();
  const asked = await queries(desk.ana, "", app);
  desk.ana.leaves(desk.channel);
  await desk.settled();
  open();
  assertEquals(await asked.calls(), ["answerInlineQuery"]);
  const { payload } = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
  const { results } = payload as { results: { id: string }[] };
  assertEquals(results.map(({ id }) => id), ["invitation"]);
  await app.close();
});

Deno.test("who waits for the replies when the bot is asked to stop is still answered", async () => {
  let gate = Promise.resolve();
  await using queried = await queriedDesk({ wrapKv: slowlyListingKv("reply", () => gate) });
  const { desk, queries } = queried;
  await (await queries(desk.ana)).calls();
  const { promise, resolve: open } = Promise.withResolvers<void>();
  gate = promise;
  const app = desk.anotherApp();
  await app.start();
  const asked = await queries(desk.ana, "", app);
  const closing = app.close();
  open();
  await closing;
  assertEquals(await asked.calls(), ["answerInlineQuery"]);
});

Deno.test("a query is received even if the database fails it, and answered if it comes back", async () => {
  let failures = 0;
  const fail = (keys: Deno.KvKey[]) => {
    const isLook = keys.some((key) => key[1] === "reply-changes");
    if (isLook && failures-- > 0) throw new Error("database is locked");
  };
  await using queried = await queriedDesk({ wrapKv: watchedReads(fail) });
  const { desk, queries } = queried;
  await (await queries(desk.ana)).calls();
  failures = 1;
  const { said, calls } = await queries(desk.ana);
  assertEquals(said, null);
  assertEquals(await calls(), ["answerInlineQuery"]);
});

Deno.test("nothing but a query is answered with more than a receipt", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const update = { ...desk.telegram.updates.at(-1)!.update, update_id: 1 };
  const response = await desk.app.handler(post(JSON.stringify(update), "s"));
  assertEquals([response.status, await response.text()], [200, ""]);
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
  assert(performance.now() - beganMs < 5000);
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
  desk.telegram.faults.next("getChat", { kind: "hang", ms: 20_000 });
  const starting = desk.app.start();
  const beganMs = performance.now();
  const health = await healthOf(desk);
  assert(performance.now() - beganMs < 5000);
  assertEquals([health.ok, health.desk], [false, false]);
  assertEquals(health.problems, ["The bot has not looked at its desk yet."]);
  desk.clock.aheadMs += 20_000;
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

/** Inline queries that the response to the webhook answers, which saves a call. */
import type { Update } from "grammy/types";
import { assertEquals } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { slowlyListingKv } from "../support/disturbed_kv.ts";
import { watchedReads } from "../support/kv_doubles.ts";
import { post } from "../support/webhook.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

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

/** The same, where another process may start that cannot read the replies yet. */
async function slowDesk() {
  let gate = Promise.resolve();
  const queried = await queriedDesk({ wrapKv: slowlyListingKv("reply", () => gate) });
  /** Starts it; it has the replies once they are open to it. */
  const startsHeldUp = async () => {
    const { promise, resolve: open } = Promise.withResolvers<void>();
    gate = promise;
    const app = queried.desk.anotherApp();
    await app.start();
    return { app, open };
  };
  return { ...queried, startsHeldUp };
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
  await using queried = await slowDesk();
  const { desk, queries, startsHeldUp } = queried;
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  for (const who of [desk.ana, eve]) await (await queries(who)).calls();
  const { app, open } = await startsHeldUp();
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
  await using queried = await slowDesk();
  const { desk, queries, startsHeldUp } = queried;
  await (await queries(desk.ana)).calls();
  const { app, open } = await startsHeldUp();
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
  await using queried = await slowDesk();
  const { desk, queries, startsHeldUp } = queried;
  await (await queries(desk.ana)).calls();
  const { app, open } = await startsHeldUp();
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
  await desk.hearsFrom("Maria");
  const update = { ...desk.telegram.updates.at(-1)!.update, update_id: 1 };
  const response = await desk.app.handler(post(JSON.stringify(update), "s"));
  assertEquals([response.status, await response.text()], [200, ""]);
});

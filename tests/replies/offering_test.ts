/** Canned replies are offered to the team in inline mode, and to nobody else. */
import { assert, assertEquals } from "@std/assert";
import { idOf } from "../../src/replies/reply.ts";
import { TestDesk } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { commands, imports, offered, titlesOf } from "../support/reply_desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

Deno.test("another instance's change is seen at the next query", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Um\num");
  assertEquals((await offered(desk, desk.ana)).length, 1);
  await desk.anotherStore().replies.rename(desk.channel.id, idOf("Um"), "Mudou");
  assertEquals(titlesOf(await offered(desk, desk.ana)), ["Mudou"]);
});

Deno.test("strangers get the way to be served and nothing else; former members as well", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Segredo\num");
  const eve = desk.telegram.createUser({ firstName: "Eve", languageCode: "en" });
  const answerTo = async (who: SimulatedUser, query = "segredo") => {
    const results = await offered(desk, who, query);
    const call = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
    const payload = call.payload as Record<string, unknown>;
    assertEquals(payload.is_personal, true);
    assert((payload.cache_time as number) <= 5);
    return { results, button: payload.button };
  };
  const { results, button } = await answerTo(eve);
  assertEquals(button, { text: "Talk to us", start_parameter: "inline" });
  assertEquals(results.length, 1);
  const sent = eve.choosesResult(desk.chatOf(eve), results[0]!);
  assertEquals(sent.text, "Talk to us here: https://t.me/padaria_bot?start=inline");

  assertEquals(titlesOf((await answerTo(desk.ana)).results), ["Segredo"]);
  desk.ana.leaves(desk.channel);
  await desk.settled();
  assertEquals(titlesOf((await answerTo(desk.ana)).results), ["Fale conosco"]);

  // The bot is not told of this one: after five minutes it asks again.
  assertEquals(titlesOf((await answerTo(desk.bia)).results), ["Segredo"]);
  const allowed = desk.bot.allowedUpdates;
  desk.bot.allowedUpdates = allowed.filter((type) => type !== "chat_member");
  desk.telegram.removeMember(desk.channel, desk.bia, "kicked");
  desk.bot.allowedUpdates = allowed;
  await desk.passes(5 * 60_000 + 1);
  assertEquals(titlesOf((await answerTo(desk.bia)).results), ["Fale conosco"]);
});

Deno.test("while Telegram does not say who is of the team, nobody is offered anything", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Um\num");
  desk.telegram.faults.next(
    "getChatMember",
    refusal("x", 500),
    5,
  );
  assertEquals(await offered(desk, desk.ana), []);
});

Deno.test("a page ends where an answer becomes too large for Telegram", async () => {
  await using desk = await TestDesk.open();
  const url = `https://padaria.example/${"x".repeat(100)}`;
  const entities = Array.from({ length: 300 }, (_, n) => ({
    type: "text_link",
    offset: n * 10,
    length: 9,
    url,
  }));
  const replies = Array.from({ length: 45 }, (_, n) => ({
    title: `Item ${n}`,
    text: "ção ".repeat(1000),
    entities,
  }));
  await imports(desk, { replies });
  const seen = new Set<string>();
  const nextOffset = () => {
    const call = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
    return (call.payload as { next_offset: string }).next_offset;
  };
  let pages = 0;
  for (let offset = ""; pages === 0 || offset !== ""; offset = nextOffset()) {
    const results = await offered(desk, desk.ana, "item", offset);
    assert(results.length > 0, `nothing on page ${pages}`);
    for (const { id } of results) seen.add(id);
    pages++;
  }
  assertEquals(seen.size, 45);
  assert(pages > 1);
});

Deno.test("results come in pages of 50", async () => {
  await using desk = await TestDesk.open();
  const replies = Array.from(
    { length: 120 },
    (_, n) => ({ title: `Item ${n}`, text: `texto ${n}` }),
  );
  assertEquals(
    await imports(desk, { replies }),
    "✅ Novas: 120. Atualizadas: 0.",
  );
  const seen = new Set<string>();
  for (const [offset, count] of [["", 50], ["50", 50], ["100", 20]] as const) {
    const results = await offered(desk, desk.ana, "texto", offset);
    assertEquals(results.length, count);
    for (const { id } of results) seen.add(id);
  }
  assertEquals(seen.size, 120);
  const last = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
  assertEquals((last.payload as { next_offset: string }).next_offset, "");
});

/** A desk whose token, group or channel becomes another while it is at work. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("a revoked token: everything waits, and health says why", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  desk.telegram.faults.next(() => true, refusal("Unauthorized", 401), 3);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "Unauthorized");
  await desk.minutesPass(4);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a group that becomes another chat is followed, with new threads in it", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const newGroup = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(newGroup, desk.bot);
  await desk.settled();
  desk.telegram.unlink(desk.channel);
  desk.telegram.link(desk.channel, newGroup);
  desk.telegram.faults.next("copyMessage", {
    kind: "error",
    errorCode: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: newGroup.id },
  });
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.passes(1000);
  const shown = newGroup.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(textsOf(shown), ["dois"]);
  desk.ana.comments(desk.cardOf(maria), "três");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "três");
});

Deno.test("a new token of the same bot goes on with what waits; what only the old one could read is said", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "1" } });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const edited = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => /^(copy|edit)/.test(method));
  maria.edits(edited, "um, corrigido");
  maria.sends(desk.chatOf(maria), "dois");
  joao.sends(desk.chatOf(joao), "também");
  await desk.settled();
  desk.telegram.faults.clear();
  desk.telegram.revokeToken(desk.bot);
  await desk.restart();
  await desk.minutesPass(3);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "também"]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "o token do bot foi trocado");
});

Deno.test("a group that is unlinked: no more cards, health says so, and all goes on when it is linked", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  desk.telegram.unlink(desk.channel);
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  await desk.minutesPass(20);
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "no discussion group");
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assertEquals(cards.length, 1);
  desk.telegram.link(desk.channel, desk.group);
  await desk.minutesPass(4);
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
});

Deno.test("a channel that becomes public no longer makes a team of whoever joins", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  desk.channel.username = "padaria";
  await desk.passes(6 * MINUTE_MS);
  const stranger = desk.telegram.createUser({ firstName: "Eve" });
  stranger.joins(desk.channel);
  await desk.settled();
  stranger.comments(desk.cardOf(maria), "mande o PIX");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

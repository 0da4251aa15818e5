import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

Deno.test("with an empty database a comment under an old card still reaches its customer", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  await desk.loseDatabase();
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "olá");
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "olá", "ainda aí?"]);
  assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
});

Deno.test("with an empty database an edit of an old message sends nothing twice", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const comment = desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  await desk.loseDatabase();
  desk.ana.edits(comment, "olá!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.startsWith("olá")), ["olá"]);
  assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "A edição não aparece do outro lado");
});

Deno.test("with an empty database a customer who writes again continues in a new card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  await desk.loseDatabase();
  maria.sends(desk.chatOf(maria), "ainda aí?", { replyTo: question.message_id });
  await desk.settled();
  assert(desk.cardOf(maria).message_id !== oldCard.message_id);
  assertEquals(textsOf(desk.threadOf(maria)), ["ainda aí?"]);
  desk.ana.comments(oldCard, "do cartão antigo");
  desk.ana.comments(desk.cardOf(maria), "do novo");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["do cartão antigo", "do novo"]);
});

/** Messages reach the other side: each once, in order, as an answer to what it answered. */
import { assert, assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

const WELCOME = "Olá! Escreva sua mensagem aqui e nossa equipe responderá o mais breve possível.";

Deno.test("a first message makes a card, a welcome and a comment under the card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.sends(desk.chatOf(maria), "bom dia, tem pão?");
  await desk.settled();

  assertEquals(desk.cardOf(maria).text, `🟦 Maria Silva\nID ${maria.id}`);
  assertEquals(desk.cardOf(maria).reply_markup, undefined);
  assertEquals(textsOf(desk.threadOf(maria)), ["bom dia, tem pão?"]);
  assertEquals(textsOf(desk.toldTo(maria)), [WELCOME]);
});

Deno.test("/start makes a card and a welcome but no comment; its source is told", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.starts(desk.bot, "insta-bio");
  await desk.settled();

  assertEquals(desk.cardOf(maria).text, `🟦 Maria\nID ${maria.id}\n#from_insta_bio`);
  assertEquals(textsOf(desk.threadOf(maria)), ["ℹ️ Chegou pelo link: insta-bio"]);
  assertEquals(textsOf(desk.toldTo(maria)), [WELCOME]);
});

Deno.test("a later /start is answered with the welcome again, and makes no second card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.starts(desk.bot);
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  maria.starts(desk.bot);
  await desk.settled();

  assertEquals(textsOf(desk.toldTo(maria)), [WELCOME, WELCOME]);
  assertEquals(desk.channel.messages.length, 1);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
});

Deno.test("the welcome speaks the customer's language, or the desk's if we do not speak it", async () => {
  await using desk = await TestDesk.open({ env: { LOCALE: "es" } });
  for (
    const [languageCode, beginning] of [["en", "Hello!"], ["pt-br", "Olá!"], [
      "de",
      "¡Hola!",
    ]] as const
  ) {
    const customer = desk.customer("Maria", { languageCode });
    customer.starts(desk.bot);
    await desk.settled();
    assert(desk.toldTo(customer)[0]?.text?.startsWith(beginning), languageCode);
  }
});

Deno.test("a comment becomes the answer, and the customer never sees who wrote it", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "tem pão?");
  desk.ana.comments(desk.cardOf(maria), "tem sim!");
  await desk.settled();
  desk.bia.comments(desk.cardOf(maria), "quantos?");
  await desk.settled();

  const [, first, second] = desk.toldTo(maria);
  assertEquals(textsOf([first!, second!]), ["tem sim!", "quantos?"]);
  for (const answer of [first!, second!]) {
    assertEquals(answer.from?.id, desk.bot.id);
    assertEquals(answer.forward_origin, undefined);
    assertEquals(answer.reply_to_message, undefined);
    assert(!JSON.stringify(answer).includes("Ana"));
  }
});

Deno.test("every message arrives in order, both ways, whoever is faster", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const chat = desk.chatOf(maria);
  const questions = Array.from({ length: 20 }, (_, n) => `pergunta ${n}`);
  for (const question of questions) maria.sends(chat, question);
  await desk.settled();
  const answers = Array.from({ length: 20 }, (_, n) => `resposta ${n}`);
  for (const answer of answers) desk.ana.comments(desk.cardOf(maria), answer);
  await desk.settled();

  const thread = textsOf(desk.threadOf(maria));
  assertEquals(thread.filter((text) => text.startsWith("pergunta")), questions);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), answers);
});

Deno.test("customers' threads never mix", async () => {
  await using desk = await TestDesk.open();
  const customers = Array.from({ length: 12 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const round of [1, 2, 3]) {
    for (const customer of customers) {
      customer.sends(desk.chatOf(customer), `${customer.info.first_name} diz ${round}`);
    }
  }
  await desk.settled();
  for (const customer of customers) {
    desk.ana.comments(desk.cardOf(customer), `para ${customer.info.first_name}`);
  }
  await desk.settled();

  for (const customer of customers) {
    const name = customer.info.first_name;
    assertEquals(textsOf(desk.threadOf(customer)), [
      `${name} diz 1`,
      `${name} diz 2`,
      `${name} diz 3`,
      `para ${name}`,
    ]);
    assertEquals(textsOf(desk.toldTo(customer)), [WELCOME, `para ${name}`]);
  }
});

Deno.test("answers stay answers, both ways, also to one's own message", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const chat = desk.chatOf(maria);
  const question = maria.sends(chat, "tem pão?");
  await desk.settled();
  const own = maria.sends(chat, "e leite?", { replyTo: question.message_id });
  await desk.settled();
  const [shownQuestion, shownOwn] = desk.threadOf(maria);
  assertEquals(shownOwn!.reply_to_message?.message_id, shownQuestion!.message_id);

  const comment = desk.ana.comments(desk.cardOf(maria), "tem", {
    replyTo: shownOwn!.message_id,
  });
  await desk.settled();
  const answer = desk.toldTo(maria).at(-1)!;
  assertEquals(answer.text, "tem");
  assertEquals(answer.reply_to_message?.message_id, own.message_id);

  desk.ana.comments(desk.cardOf(maria), "fresquinho", { replyTo: comment.message_id });
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.reply_to_message?.message_id, answer.message_id);

  maria.sends(chat, "quero", { replyTo: answer.message_id });
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.reply_to_message?.message_id, comment.message_id);
});

Deno.test("an answer to a message that is gone arrives all the same", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const chat = desk.chatOf(maria);
  const question = maria.sends(chat, "tem pão?");
  await desk.settled();
  const [shown] = desk.threadOf(maria);
  desk.boss.deletes(shown!);
  maria.sends(chat, "e leite?", { replyTo: question.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["e leite?"]);
});

Deno.test("entities go along, and are never parsed from what people write", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria <b>");
  const entities = [{ type: "bold" as const, offset: 0, length: 4 }];
  maria.sends(desk.chatOf(maria), { text: "isto <b>não</b> *é* _marcação_", entities });
  await desk.settled();
  const [comment] = desk.threadOf(maria);
  assertEquals(comment!.text, "isto <b>não</b> *é* _marcação_");
  assertEquals(comment!.entities, entities);
});

Deno.test("the automatic copy of a card does not stay pinned", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.starts(desk.bot);
  await desk.settled();
  assertEquals(desk.group.pinned, []);
});

Deno.test("internal notes and messages outside any thread stay in the team", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const before = desk.toldTo(maria).length;
  desk.ana.comments(desk.cardOf(maria), "# cuidado, cliente difícil");
  desk.boss.sends(desk.group, "reunião às três");
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, before);
});

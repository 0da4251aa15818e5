import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type DeskOptions, textsOf } from "../support/desk.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

const END = "Este atendimento foi encerrado. Se precisar de algo mais, é só escrever aqui.";
const RESTART = "Que bom falar com você de novo! Nossa equipe responderá o mais breve possível.";
const CLOSED = "ℹ️ Este atendimento já está encerrado.";

/** A conversation, and all that either side reads of it. */
async function open(options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, maria } = talk;
  const thread = () => textsOf(desk.threadOf(maria));
  const told = () => textsOf(desk.toldTo(maria));
  return { ...talk, thread, told };
}

Deno.test("two who close at once close once; the second is told that it is done", async () => {
  const { desk, maria, thread, told, isThere } = await open();
  await using _ = desk;
  const commands = [desk.ana, desk.bia].map((who) => who.comments(desk.cardOf(maria), "/close"));
  await desk.settled();
  assertEquals(told().filter((text) => text === END).length, 1);
  assertEquals(thread().filter((text) => / encerrou o atendimento\.$/.test(text)).length, 1);
  assertEquals(thread().filter((text) => text === CLOSED).length, 1);
  assertEquals(commands.map(isThere), [false, false]);
});

Deno.test("a customer who writes while they are said good-bye to is shown, reopened and greeted", async () => {
  for (const order of ["they first", "the end first"]) {
    const { desk, maria, thread, told, cardText, isPinned } = await open();
    await using _ = desk;
    if (order === "the end first") desk.ana.comments(desk.cardOf(maria), "/close");
    maria.sends(desk.chatOf(maria), "só mais uma coisa");
    if (order === "they first") desk.ana.comments(desk.cardOf(maria), "/close");
    await desk.settled();
    const isReopened = told().includes(RESTART);
    assert(thread().includes("só mais uma coisa"));
    assertEquals(told().filter((text) => text === END).length, 1);
    // Whichever came first to the bot: the card says how it ended.
    assertEquals([cardText().slice(0, 2), isPinned()], isReopened ? ["🟦", true] : ["⬜️", false]);
    if (isReopened) assert(told().indexOf(END) < told().indexOf(RESTART));
  }
});

Deno.test("what a customer wrote before the end, and still waits, does not reopen", async () => {
  const { desk, maria, says, thread, told, cardText } = await open();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 20 });
  maria.sends(desk.chatOf(maria), "obrigada, é tudo!");
  await desk.settled();
  await says(desk.ana, "/close");
  await desk.passes(21_000);
  assert(thread().includes("obrigada, é tudo!"));
  assertEquals(cardText().slice(0, 2), "⬜️");
  assertEquals(told().includes(RESTART), false);
});

Deno.test("who has blocked the bot is told nothing of the end, also when they come back", async () => {
  const { desk, maria, says, writes, told, cardText, line } = await open({
    settings: { rating: true, panel: false },
  });
  await using _ = desk;
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  await says(desk.ana, "/close");
  assertEquals(line().text, "⬜️ Ana encerrou o atendimento.");
  assertEquals(cardText().slice(0, 2), "🚫");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals([told().length, cardText().slice(0, 2)], [before, "⬜️"]);
  await writes("oi");
  assertEquals(told().slice(before), [RESTART]);
});

Deno.test("each reopening is greeted once, in the language of who writes; the end is said in the desk's", async () => {
  const { desk, maria, says, writes, told } = await open();
  await using _ = desk;
  maria.info.language_code = "es";
  const before = told().length;
  for (let times = 0; times < 2; times++) {
    await says(desk.ana, "/fim");
    await writes("hola");
    await writes("otra vez");
  }
  const spanish = "¡Qué bueno leerle de nuevo! Nuestro equipo responderá lo antes posible.";
  assertEquals(told().slice(before), [END, spanish, END, spanish]);
});

Deno.test("closing and reopening over a restart loses nothing and says nothing twice", async () => {
  const { desk, maria, told, thread, cardText } = await open();
  await using _ = desk;
  const before = told().length;
  desk.telegram.faults.next("sendMessage", { kind: "500" });
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  await desk.restart();
  maria.sends(desk.chatOf(maria), "voltei");
  await desk.settled();
  await desk.restart();
  await desk.passes(10_000);
  assertEquals(told().slice(before), [END, RESTART]);
  assertEquals(thread().filter((text) => text === "⬜️ Ana encerrou o atendimento.").length, 1);
  assertEquals(cardText().slice(0, 2), "🟦");
});

Deno.test("a priority reopens what is closed, without a word to the customer", async () => {
  const { desk, says, told, cardText, isPinned } = await open();
  await using _ = desk;
  await says(desk.ana, "/fs");
  const before = told().length;
  await says(desk.ana, "/p 4");
  assertEquals([cardText().slice(0, 2), isPinned(), told().length], ["🟧", true, before]);
});

/** A closed conversation whose customer is asked how it was. */
async function openRating() {
  const talk = await open({ settings: { rating: true, panel: false } });
  const { desk, maria, says } = talk;
  await says(desk.ana, "/close");
  const question = desk.toldTo(maria).at(-1) as SimulatedMessage;
  const rates = async (stars: string, who: SimulatedUser = maria, on = question) => {
    const answer = who.forges(on, `rate ${stars}`);
    await desk.settled();
    return await answer;
  };
  const ratings = () => talk.thread().filter((text) => text.includes("avaliou"));
  return { ...talk, question, rates, ratings };
}

Deno.test("a customer is asked once an end, with five buttons, after they were told of it", async () => {
  const { desk, question, told } = await openRating();
  await using _ = desk;
  assertEquals(told().slice(-2), [END, question.text!]);
  assertEquals(question.reply_markup!.inline_keyboard.flat().map((button) => button.text), [
    ...["1 ⭐", "2 ⭐", "3 ⭐", "4 ⭐", "5 ⭐"],
  ]);
});

Deno.test("the first rating counts: a second press, at once or later, changes nothing", async () => {
  const { desk, maria, question, ratings } = await openRating();
  await using _ = desk;
  for (const stars of ["2", "5", "1"]) void maria.presses(question, dataOf(question, stars));
  await desk.settled();
  assertEquals(ratings(), ["⭐⭐ O cliente avaliou o atendimento: 2 de 5."]);
  // What asked for it says thank you from now on.
  const thanks = desk.toldTo(maria).find(({ message_id }) => message_id === question.message_id);
  assertEquals(thanks?.text, "Obrigado pela sua avaliação!");
  // No button is left to press.
  assertEquals(desk.toldTo(maria).at(-1)!.reply_markup, undefined);
});

Deno.test("who thanks before they rate may still rate; of two questions one is answered", async () => {
  const { desk, maria, says, writes, question, rates, ratings } = await openRating();
  await using _ = desk;
  await writes("obrigada!");
  assertEquals((await rates("5"))?.text, undefined);
  const five = "⭐⭐⭐⭐⭐ O cliente avaliou o atendimento: 5 de 5.";
  assertEquals(ratings(), [five]);
  const asksAnew = async () => {
    await says(desk.ana, "/close");
    const again = desk.toldTo(maria).at(-1) as SimulatedMessage;
    await writes("obrigada de novo!");
    return again;
  };
  const [second, third] = [await asksAnew(), await asksAnew()];
  assert(question.message_id < second.message_id && second.message_id < third.message_id);
  await rates("4", maria, second);
  assertEquals((await rates("1", maria, third))?.text, "Esta pergunta não vale mais.");
  assertEquals(ratings(), [five, "⭐⭐⭐⭐ O cliente avaliou o atendimento: 4 de 5."]);
});

Deno.test("nobody rates for others, nor with what no button says", async () => {
  const { desk, maria, says, line, question, rates, ratings } = await openRating();
  await using _ = desk;
  for (const stars of ["0", "6", "-1", "5 5", "NaN", "5\n", "１"]) await rates(stars);
  assertEquals(ratings(), []);
  // In the group there is nothing to rate, for whomever.
  await says(desk.ana, "/priority");
  for (const who of [maria, desk.ana]) await rates("5", who, line() as SimulatedMessage);
  assertEquals(ratings(), []);
  assertEquals(question.text, "Como foi o atendimento?");
});

for (const command of ["/fs", "/close"]) {
  Deno.test(`${command} ${command === "/fs" ? "asks nothing" : "asks nothing while it is off"}`, async () => {
    const isOn = command === "/fs";
    const { desk, says, told } = await open({ settings: { rating: isOn, panel: false } });
    await using _ = desk;
    const before = told().length;
    await says(desk.ana, command);
    assertEquals(told().slice(before), isOn ? [] : [END]);
  });
}

Deno.test("a rating counts in the statistics, and says nothing on the card", async () => {
  const { desk, rates, cardText } = await openRating();
  await using _ = desk;
  const before = cardText();
  await rates("5");
  assertEquals(cardText(), before);
  desk.boss.starts(desk.bot);
  await desk.settled();
  desk.boss.sends(desk.chatOf(desk.boss), "/stats");
  await desk.settled();
  assertStringIncludes(desk.toldTo(desk.boss).at(-1)!.caption!, "Avaliações: 1, nota média 5");
});

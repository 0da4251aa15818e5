/** The menu of the first desk, in which customers choose another: what they write goes there. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";
import { openWithMenu } from "../support/three_desks.ts";

/** For how long a call is not answered; long enough for a message to be taken in. */
const HANG_MS = 1000;

Deno.test("a desk that is chosen in the menu gets the first message, and is told what they had read", async () => {
  const { desk, sales, says, at, customer, press, tagOf } = await openWithMenu();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start instagram");
  await press(maria, "Preços");
  assertEquals((await press(maria, "Comprar")).text, "Comprar: escreva aqui a sua mensagem.");
  assertEquals(at(maria), []);
  await says(maria, "dois pães");
  assertEquals(at(maria), ["vendas"]);
  assertEquals(tagOf(maria, sales), "#from_instagram");
  assertEquals(textsOf(desk.threadOf(maria, sales)), [
    "ℹ️ Chegou pelo link: instagram",
    "📖 Leu no menu: Preços",
    "dois pães",
  ]);
});

Deno.test("several buttons may choose one desk, each by words of its own; what is written twice is one", async () => {
  const { desk, says, at, press, welcome, decides, customer } = await openWithMenu();
  await using _ = desk;
  await decides(
    "/set menu Comprar > vendas; Orçamento > Vendas; ORCAMENTO > vendas; SP > vendas_sp",
  );
  const maria = customer();
  await says(maria, "/start");
  const buttons = welcome(maria).reply_markup!.inline_keyboard.flat();
  assertEquals(buttons.map(({ text }) => text), ["Comprar", "Orçamento", "SP"]);
  assertStringIncludes((await press(maria, "Orçamento")).text!, "Orçamento: ");
  await says(maria, "quanto custa?");
  assertEquals(at(maria), ["vendas"]);
});

Deno.test("what is written right behind the choice of a desk goes there, though the press is still being answered", async () => {
  for (const isKnownThere of [false, true]) {
    const { desk, sales, says, at, customer, welcome, closes } = await openWithMenu();
    await using _ = desk;
    const maria = customer();
    if (isKnownThere) {
      await says(maria, "/start vendas");
      await says(maria, "oi");
      await closes(maria, sales);
    }
    await says(maria, "/start atendimento");
    desk.telegram.faults.next("answerCallbackQuery", { kind: "hang", ms: HANG_MS });
    void maria.presses(welcome(maria), dataOf(welcome(maria), "Comprar"));
    await desk.isCalling("answerCallbackQuery");
    maria.sends(desk.chatOf(maria), "dois pães");
    await desk.until("the message is accepted", () => desk.bot.queue.size === 0);
    await desk.settled();
    assertEquals(at(maria), ["vendas"]);
    const shown = textsOf(desk.threadOf(maria, sales));
    assertEquals(shown.filter((text) => text.includes("pediu")), []);
    assertEquals(shown.filter((text) => text === "dois pães").length, 1);
    await says(maria, "e três");
    assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), "e três");
  }
});

Deno.test("who chooses one desk and then another is served by the other, though the first press is answered late", async () => {
  const { desk, at, says, customer, welcome } = await openWithMenu();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start atendimento");
  const isSo = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const asked = async (words: string) => {
    desk.telegram.faults.next("answerCallbackQuery", { kind: "hang", ms: HANG_MS });
    void maria.presses(welcome(maria), dataOf(welcome(maria), words));
    await isSo(() => desk.bot.queue.size === 0);
  };
  const answers = () =>
    desk.telegram.calls.filter(({ method }) => method === "answerCallbackQuery").length;
  const before = answers();
  await asked("Comprar");
  await asked("SP");
  await isSo(() => answers() === before + 2);
  maria.sends(desk.chatOf(maria), "dois pães");
  await desk.settled();
  assertEquals(at(maria), ["vendas_sp"]);
});

Deno.test("choosing a desk while a conversation is open moves nothing; its thread is told in one line", async () => {
  const { desk, says, at, customer, press } = await openWithMenu();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start");
  await says(maria, "oi");
  assertEquals((await press(maria, "SP")).text, "Você já está sendo atendido: é só escrever aqui.");
  await says(maria, "alô?");
  assertEquals(at(maria), ["atendimento"]);
  assertEquals(textsOf(desk.threadOf(maria)).slice(-2), [
    "ℹ️ O cliente pediu vendas_sp. Para continuar lá: /transferir vendas_sp",
    "alô?",
  ]);
});

for (const isTransferred of [true, false]) {
  const how = isTransferred ? "were transferred from" : "had left by a link";
  Deno.test(`the desk that they ${how} and choose in the menu calls them what they are called by now`, async () => {
    const { desk, sales, says, customer, press, closes } = await openWithMenu();
    await using _ = desk;
    const maria = customer();
    await says(maria, "/start vendas");
    await says(maria, "oi");
    if (isTransferred) desk.boss.comments(desk.cardOf(maria, sales), "/transfer atendimento");
    else await closes(maria, sales);
    await desk.settled();
    await says(maria, "/start atendimento");
    maria.info.first_name = "Mariana";
    await says(maria, "mudei de nome");
    await closes(maria, desk);
    await press(maria, "Comprar");
    await desk.passes(MINUTE_MS);
    assertStringIncludes(desk.cardOf(maria, sales).text!, "⬜️ Mariana\n");
  });
}

Deno.test("a button of the first desk's menu still sends its reply to who is served by another", async () => {
  const { desk, sales, says, customer, press } = await openWithMenu();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start");
  const told = () => textsOf(desk.toldTo(maria));
  await says(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/transfer vendas");
  await desk.settled();
  await press(maria, "Preços");
  assertEquals(told().at(-1), "Pão: R$ 1");
  assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), "📖 Leu no menu: Preços");
});

Deno.test("a link to a desk with a menu makes no card, and keeps its source", async () => {
  const { desk, says, at, customer, welcome, tagOf } = await openWithMenu();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start atendimento_feira");
  assertEquals(welcome(maria).reply_markup!.inline_keyboard.length, 3);
  assertEquals(at(maria), []);
  await says(maria, "oi");
  assertEquals([at(maria), tagOf(maria, desk)], [["atendimento"], "#from_feira"]);
});

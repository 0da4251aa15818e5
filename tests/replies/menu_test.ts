/** The menu under the welcome: what customers read before anybody of the team is there. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";

/** A desk with three canned replies, two of them in its menu. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const says = async (who: SimulatedUser, text: string) => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
    return textsOf(desk.toldTo(who)).at(-1)!;
  };
  const boss = (text: string) => says(desk.boss, text);
  await boss("/addreply Horários\nAbrimos às 9h, {nome}.");
  await boss("/addreply Preços\nPão: R$ 1");
  await boss("/addreply Entrega\nEntregamos.");
  await boss("/set menu Horários; preços");
  const welcome = (who: SimulatedUser) =>
    desk.toldTo(who).findLast(({ reply_markup }) => reply_markup) as SimulatedMessage | undefined;
  const buttons = (message: SimulatedMessage | undefined) =>
    message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
  const press = async (who: SimulatedUser, data: string, on = welcome(who)!) => {
    const answer = who.presses(on, data);
    await desk.settled();
    return (await answer)!;
  };
  const presses = (who: SimulatedUser, words: string, on = welcome(who)!) =>
    press(who, dataOf(on, words), on);
  const cards = () => desk.channel.messages.filter(({ text }) => text?.includes("\nID ")).length;
  return { desk, boss, says, welcome, buttons, press, presses, cards };
}

Deno.test("/start shows the menu and makes no card; a button sends its canned reply, with placeholders", async () => {
  const { desk, says, welcome, buttons, presses, cards } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria", { lastName: "Silva" });
  const before = desk.group.messages.length;
  await says(maria, "/start");
  assertEquals(buttons(welcome(maria)), ["Horários", "Preços"]);
  const answer = await presses(maria, "Horários");
  assertEquals(answer.text, undefined);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "Abrimos às 9h, Maria.");
  assertEquals(cards(), 0);
  assertEquals(desk.group.messages.length, before);
});

Deno.test("the first written message makes the card, and the thread begins with what they had read", async () => {
  const { desk, says, presses } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start instagram");
  await presses(maria, "Preços");
  await desk.passes(MINUTE_MS);
  await presses(maria, "Horários");
  await presses(maria, "Preços");
  await says(maria, "quero dois pães");
  assertStringIncludes(desk.cardOf(maria).text!, "#from_instagram");
  assertEquals(textsOf(desk.threadOf(maria)), [
    "ℹ️ Chegou pelo link: instagram",
    "📖 Leu no menu: Preços, Horários",
    "quero dois pães",
  ]);
  // From then on each is told as it comes, and is no answer: the customer waits on.
  await desk.passes(MINUTE_MS);
  await presses(maria, "Horários");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "📖 Leu no menu: Horários");
  desk.ana.comments(desk.cardOf(maria), "/who");
  await desk.settled();
  assertStringIncludes(textsOf(desk.threadOf(maria)).at(-1)!, "Espera resposta desde");
});

Deno.test("any words reach people, whatever the menu says", async () => {
  const { desk, says } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "Horários");
  assertEquals(textsOf(desk.threadOf(maria)), ["Horários"]);
  assertEquals(textsOf(desk.toldTo(maria)).length, 1);
});

Deno.test("without a menu /start makes a card, as ever; so it does once the menu is off", async () => {
  const { desk, boss, says, welcome, cards } = await open();
  await using _ = desk;
  assertStringIncludes(await boss("/set menu off"), "menu: —");
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  assertEquals([cards(), welcome(maria)], [1, undefined]);
});

Deno.test("the same button within a minute is answered and sends nothing", async () => {
  const { desk, says, presses } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  for (let times = 0; times < 20; times++) {
    const { text } = await presses(maria, "Preços");
    assertEquals(text, times === 0 ? undefined : "Está logo acima: você acabou de pedir.");
  }
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text === "Pão: R$ 1").length, 1);
  // Another is another.
  await presses(maria, "Horários");
  await desk.passes(MINUTE_MS);
  await presses(maria, "Preços");
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text === "Pão: R$ 1").length, 2);
});

Deno.test("an old button says that it is gone, and shows the new ones", async () => {
  const { desk, boss, says, welcome, buttons, presses } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  const old = welcome(maria)!;
  await boss("/set menu Entrega; Horários");
  // What is still there goes on working under the old welcome.
  await presses(maria, "Horários", old);
  assertStringIncludes(textsOf(desk.toldTo(maria)).at(-1)!, "Abrimos");
  const answer = await presses(maria, "Preços", old);
  assertEquals([answer.show_alert, answer.text], [
    true,
    "Este botão não existe mais. Estes são os de agora.",
  ]);
  assertEquals(buttons(welcome(maria)), ["Entrega", "Horários"]);
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.includes("Pão")).length, 0);
  await boss("/reset menu");
  await presses(maria, "Entrega");
  assertEquals(buttons(welcome(maria)), []);
});

Deno.test("a reply that is deleted says so, is left out, and the owner is told once; back again it is there", async () => {
  const { desk, boss, says, welcome, buttons } = await open();
  await using _ = desk;
  assertStringIncludes(await boss("/delreply Preços"), "⚠️ Ela estava no menu");
  assertEquals((await boss("/delreply Entrega")).includes("⚠️"), false);
  for (const name of ["Maria", "João"]) {
    const customer = desk.customer(name);
    await says(customer, "/start");
    assertEquals(buttons(welcome(customer)), ["Horários"]);
  }
  const told = textsOf(desk.toldTo(desk.boss)).filter((text) => text.includes("O menu fica sem"));
  assertEquals(told.length, 1);
  assertStringIncludes(told[0]!, "Preços");
  await boss("/addreply Preços\nPão: R$ 2");
  const eva = desk.customer("Eva");
  await says(eva, "/start");
  assertEquals(buttons(welcome(eva)), ["Horários", "Preços"]);
});

Deno.test("a reply that is renamed is in the menu under its new title", async () => {
  const { desk, boss, says, welcome, buttons, presses } = await open();
  await using _ = desk;
  await boss("/renamereply Preços -> Tabela de preços");
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  assertEquals(buttons(welcome(maria)), ["Horários", "Tabela de preços"]);
  await presses(maria, "Tabela");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "Pão: R$ 1");
});

Deno.test("who is banned is answered and gets nothing; who has blocked the bot holds nobody up", async () => {
  const { desk, says, presses } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  await says(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/ban");
  await desk.settled();
  const question = desk.threadOf(maria).at(-1) as SimulatedMessage;
  desk.ana.presses(question, dataOf(question, "Banir"));
  await desk.settled();
  const before = desk.toldTo(maria).length;
  assertEquals((await presses(maria, "Preços")).text, undefined);
  assertEquals(desk.toldTo(maria).length, before);

  const eva = desk.customer("Eva");
  await says(eva, "/start");
  const calls = () => desk.telegram.calls.filter(({ method }) => method === "sendMessage").length;
  const pressed = presses(eva, "Preços");
  eva.blocks(desk.bot);
  await pressed;
  await desk.passes(DAY_MS);
  const done = calls();
  await desk.passes(DAY_MS);
  assertEquals(calls(), done);
  eva.unblocks(desk.bot);
  await says(eva, "voltei");
  assertEquals(textsOf(desk.threadOf(eva)).at(-1), "voltei");
});

Deno.test("what cannot be a menu is said, and changes nothing", async () => {
  const { desk, boss, says, welcome, buttons } = await open();
  await using _ = desk;
  assertStringIncludes(await boss("/set menu Horários; Férias"), "não há resposta pronta “Férias”");
  const many = Array.from({ length: 9 }, (_, n) => `R${n}`).join("; ");
  assertStringIncludes(await boss(`/set menu ${many}`), "são 9 entradas; o máximo é 8");
  assertStringIncludes(await boss("/set menu > vendas"), "faltam palavras antes de “> vendas”");
  assertStringIncludes(await boss("/set menu Falar > marte"), "não há balcão “marte”");
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  assertEquals(buttons(welcome(maria)), ["Horários", "Preços"]);
  assertStringIncludes(await boss("/settings"), "menu: Horários; Preços");
});

Deno.test("what somebody has read is in their file, is erased with it, and is over with the links", async () => {
  const { desk, says, presses } = await open();
  await using _ = desk;
  const kept = async (who: SimulatedUser) => {
    const kinds: string[] = [];
    for await (const { key } of desk.kv.list({ prefix: [desk.bot.id] })) {
      if (key[3] === who.id) kinds.push(String(key[1]));
    }
    return kinds;
  };
  const maria = desk.customer("Maria");
  await says(maria, "/start instagram");
  await presses(maria, "Preços");
  assert((await kept(maria)).includes("visit"));
  await says(maria, "/privacidade");
  await presses(maria, "Apagar");
  await presses(maria, "Sim, apagar");
  assertEquals((await kept(maria)).filter((kind) => kind !== "erasure"), []);
});

Deno.test("nobody else's menu, and no made-up button, does anything", async () => {
  const { desk, says, welcome } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  const before = desk.toldTo(maria).length;
  const odd = ["menu", "menu x", "menu 5 r 0123456789abcdef", "menu -100 r 0123456789abcdef"];
  for (const data of odd) {
    const answer = maria.forges(welcome(maria)!, data);
    await desk.settled();
    assertEquals((await answer)?.show_alert ?? false, data.startsWith("menu -"), data);
  }
  assertEquals(desk.toldTo(maria).length, before);
});

Deno.test("a member of the team who starts the bot is led to the channel, not by the menu", async () => {
  const { desk, says, welcome } = await open();
  await using _ = desk;
  assertStringIncludes(await says(desk.ana, "/start"), "Você é da equipe");
  assertEquals(welcome(desk.ana), undefined);
});

Deno.test("a crash between a press and what it sends loses nothing", async () => {
  const { desk, says, welcome } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await says(maria, "/start");
  const pressed = maria.presses(welcome(maria)!, dataOf(welcome(maria)!, "Preços"));
  await desk.restart();
  await desk.passes(MINUTE_MS);
  await pressed.catch(() => {});
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.includes("Pão")).length, 1);
});

/** Which desk a customer comes to: by a link, by the menu, as the owner has decided, else the first. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { type DeskChats, type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";

/** For how long a call is not answered; long enough for a message to be taken in. */
const HANG_MS = 1000;

/** Three desks, and what people do there. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open({ others: ["Vendas", "Vendas SP"], ...options });
  const [sales, salesSp] = desk.others as [DeskChats, DeskChats];
  const says = async (who: SimulatedUser, text: string) => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
    return textsOf(desk.toldTo(who)).at(-1)!;
  };
  const at = (who: SimulatedUser) =>
    ([["atendimento", desk], ["vendas", sales], ["vendas_sp", salesSp]] as [string, DeskChats][])
      .filter(([, { channel }]) =>
        channel.messages.some(({ text }) => text?.split("\n")[1] === `ID ${who.id}`)
      ).map(([name]) => name);
  const tagOf = (who: SimulatedUser, chats: DeskChats) =>
    desk.cardOf(who, chats).text!.split("\n")[2];
  const customer = (name = "Maria") => desk.customer(name);
  const closes = async (who: SimulatedUser, chats: DeskChats) => {
    desk.boss.comments(desk.cardOf(who, chats), "/closesilent");
    await desk.settled();
  };
  return { desk, sales, salesSp, says, at, tagOf, customer, closes };
}

const LINKS: [parameter: string, desk: string, tag?: string][] = [
  ["vendas", "vendas"],
  ["VENDAS", "vendas"],
  ["vendas_site", "vendas", "#from_site"],
  ["vendas_sp", "vendas_sp"],
  ["vendas_sp_site", "vendas_sp", "#from_site"],
  ["vendas-x", "atendimento", "#from_vendas_x"],
  ["instagram", "atendimento", "#from_instagram"],
  ["atendimento_loja", "atendimento", "#from_loja"],
];

for (const [parameter, name, tag] of LINKS) {
  Deno.test(`a newcomer by /start ${parameter} comes to ${name}${tag ? `, ${tag}` : ""}`, async () => {
    const { desk, sales, salesSp, says, at, tagOf, customer } = await open();
    await using _ = desk;
    const maria = customer();
    await says(maria, `/start ${parameter}`);
    await says(maria, "oi");
    assertEquals(at(maria), [name]);
    const chats = { atendimento: desk, vendas: sales, vendas_sp: salesSp }[name]!;
    assertEquals(tagOf(maria, chats), tag);
  });
}

Deno.test("a link of another desk's moves no open conversation, and its thread is told; a closed one follows it", async () => {
  const { desk, sales, says, at, customer, closes } = await open();
  await using _ = desk;
  const maria = customer();
  await says(maria, "oi");
  await says(maria, "/start vendas");
  await says(maria, "ainda aqui?");
  assertEquals(at(maria), ["atendimento"]);
  assertEquals(textsOf(desk.threadOf(maria)).slice(-2), [
    "ℹ️ O cliente pediu vendas. Para continuar lá: /transferir vendas",
    "ainda aqui?",
  ]);
  await closes(maria, desk);
  await says(maria, "/start vendas_site");
  await says(maria, "quero comprar");
  assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), "quero comprar");
  assertStringIncludes(desk.cardOf(maria).text!, "⬜️");
  // They go back to the desk that served them last.
  await closes(maria, sales);
  await says(maria, "mais um");
  assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), "mais um");
});

Deno.test("/route even goes to the desk with the fewest open conversations, ties to the first", async () => {
  const { desk, sales, says, at, customer, closes } = await open();
  await using _ = desk;
  assertStringIncludes(await says(desk.boss, "/rota igual"), "menos conversas abertas");
  const people = ["Um", "Dois", "Três", "Quatro"].map(customer);
  for (const each of people) await says(each, "oi");
  assertEquals(people.map(at), [["atendimento"], ["vendas"], ["vendas_sp"], ["atendimento"]]);
  await closes(people[1]!, sales);
  const five = customer("Cinco");
  await says(five, "oi");
  assertEquals(at(five), ["vendas"]);
});

Deno.test("/route even shares out newcomers who all write in the same moment", async () => {
  const { desk, sales, salesSp, says, at, customer } = await open();
  await using _ = desk;
  await says(desk.boss, "/route even");
  const all = Array.from({ length: 99 }, (_, number) => customer(`Maria ${number}`));
  for (const who of all) for (const text of ["oi", "tudo bem?"]) who.sends(desk.chatOf(who), text);
  await desk.settled();
  const cardsAt = ({ channel }: DeskChats) =>
    channel.messages.filter(({ text }) => text?.includes("\nID ")).length;
  assertEquals([desk, sales, salesSp].map(cardsAt), [33, 33, 33]);
  assertEquals(all.map((who) => at(who).length).filter((count) => count !== 1), []);
});

Deno.test("/route even shares out those who all open the chat before any of them writes", async () => {
  const { desk, sales, salesSp, says, decides, customer } = await openWithMenu();
  await using _ = desk;
  for (const chats of [sales, salesSp]) {
    desk.boss.sends(chats.group, "/set menu Ajuda > atendimento");
  }
  await decides("/closesilent");
  await says(desk.boss, "/route even");
  const all = Array.from({ length: 30 }, (_, number) => customer(`Maria ${number}`));
  for (const text of ["/start", "oi"]) {
    for (const who of all) who.sends(desk.chatOf(who), text);
    await desk.settled();
  }
  const openAt = ({ channel }: DeskChats) =>
    channel.messages.filter(({ text }) => text?.startsWith("🟦")).length;
  assertEquals([desk, sales, salesSp].map(openAt), [10, 10, 10]);
});

Deno.test("even passes over a desk that cannot work", async () => {
  const { desk, says, at, customer } = await open();
  await using _ = desk;
  await says(desk.boss, "/route even");
  desk.telegram.removeMember(desk.channel, desk.bot as never, "kicked");
  await desk.settled();
  await desk.passes(120_000);
  const people = ["Um", "Dois"].map(customer);
  for (const each of people) await says(each, "oi");
  assertEquals(people.map(at), [["vendas"], ["vendas_sp"]]);
});

Deno.test("/route and a desk's name goes there, off to the first; alone it shows, and only the owner may", async () => {
  const { desk, says, at, customer } = await open();
  await using _ = desk;
  assertStringIncludes(await says(desk.boss, "/route"), "primeiro balcão, atendimento");
  assertStringIncludes(
    await says(desk.boss, "/rota Vendas SP"),
    "Clientes novos vão para vendas_sp",
  );
  const one = customer("Um");
  await says(one, "oi");
  assertEquals(at(one), ["vendas_sp"]);
  assertStringIncludes(await says(desk.boss, "/rota"), "vendas_sp");
  assertStringIncludes(await says(desk.boss, "/route marte"), "Nenhum balcão se chama “marte”");
  assertStringIncludes(await says(desk.boss, "/route off"), "primeiro balcão");
  const two = customer("Dois");
  await says(two, "oi");
  assertEquals(at(two), ["atendimento"]);
  await says(desk.ana, "/route even");
  const three = customer("Três");
  await says(three, "oi");
  assertEquals(at(three), ["atendimento"]);
});

/** The menu of the first desk, with a reply and another desk. */
async function openWithMenu() {
  const opened = await open();
  const { desk, says } = opened;
  const decides = async (text: string, at: DeskChats = desk) => {
    desk.boss.comments(at.channel.messages.find(({ text }) => text?.includes("\nID "))!, text);
    await desk.settled();
  };
  const first = desk.customer("Primeira");
  await says(first, "oi");
  await decides("/addreply Preços\nPão: R$ 1");
  await decides("/set menu Preços; Comprar > vendas; SP > Vendas_SP");
  const welcome = (who: SimulatedUser) =>
    desk.toldTo(who).findLast(({ reply_markup }) => reply_markup) as SimulatedMessage;
  const press = async (who: SimulatedUser, words: string) => {
    const answer = who.presses(welcome(who), dataOf(welcome(who), words));
    await desk.settled();
    return (await answer)!;
  };
  return { ...opened, decides, welcome, press };
}

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

Deno.test("a shift begins at all desks of who gives it in private, in a thread at that one", async () => {
  const { desk, sales, says } = await open();
  await using _ = desk;
  desk.telegram.addMember(sales.channel, desk.ana);
  await desk.settled();
  const answer = await says(desk.ana, "/turno on");
  assertStringIncludes(answer, "atendimento: 👥 De turno: Ana");
  assertStringIncludes(answer, "vendas: 👥 De turno: Ana");
  assertEquals(answer.includes("vendas_sp"), false);
  assertStringIncludes(await says(desk.bia, "/turno"), "👥 De turno: Ana");
  const maria = desk.customer("Maria");
  await says(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/turno off");
  await desk.settled();
  const shifts = await says(desk.ana, "/turno");
  assertStringIncludes(shifts, "atendimento: 👥 Ninguém está de turno.");
  assertStringIncludes(shifts, "vendas: 👥 De turno: Ana");
});

/** Which desk a customer comes to: by a link, by the menu, as the owner has decided, else the first. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type DeskChats, textsOf } from "../support/desk.ts";
import { open, openWithMenu } from "../support/three_desks.ts";

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

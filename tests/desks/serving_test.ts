import { assertEquals } from "@std/assert";
import { TestDesk } from "../support/desk.ts";

const textsOf = (messages: { text?: string }[]) => messages.map(({ text }) => text);

Deno.test("a new customer comes to the first desk, and goes on there", async () => {
  await using desk = await TestDesk.open({ others: ["Vendas SP"] });
  const [sales] = desk.others;
  const maria = desk.customer("Maria");
  for (const words of ["oi", "tudo bem?"]) maria.sends(desk.chatOf(maria), words);
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "tudo bem?"]);
  assertEquals(sales!.channel.messages, []);
});

Deno.test("each desk's comments reach its own customers, and nobody else's", async () => {
  await using desk = await TestDesk.open({ others: ["Vendas SP"] });
  const [sales] = desk.others;
  const maria = desk.customer("Maria");
  await desk.wereServedAt(sales!, maria);
  maria.sends(desk.chatOf(maria), "quanto custa?");
  await desk.settled();
  const caio = desk.telegram.createUser({ firstName: "Caio" });
  desk.telegram.addMember(sales!.channel, caio);
  caio.comments(desk.cardOf(maria, sales), "R$ 10");
  desk.ana.comments(desk.cardOf(maria, sales), "não sou daqui");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria, sales)).slice(0, 3), [
    "quanto custa?",
    "R$ 10",
    "não sou daqui",
  ]);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["R$ 10"]);
  assertEquals(desk.channel.messages, []);
});

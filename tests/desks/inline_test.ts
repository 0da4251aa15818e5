import { assertEquals } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** Two desks with a reply each under the same title, and some of their own. */
async function open() {
  const desk = await TestDesk.open({ others: ["Vendas"] });
  const sales = desk.others[0]!;
  const caio = desk.customer("Caio");
  desk.telegram.addMember(sales.channel, caio);
  const add = async (deskId: number, title: string, text: string) => {
    const words = { text, entities: [] };
    await desk.anotherStore().replies.add(
      deskId,
      { title, content: { kind: "text", words } },
      { replaces: false },
    );
  };
  await add(desk.channel.id, "Preço", "de graça");
  await add(sales.channel.id, "Preço", "R$ 10");
  await add(sales.channel.id, "Prazo", "3 dias");
  await desk.passes(1000);
  const types = async (who: SimulatedUser, words = "") => {
    const answer = who.queries(desk.bot, words);
    await desk.settled();
    const results = await answer;
    return results.map((result) => "title" in result ? result.title : "").toSorted();
  };
  return { desk, sales, caio, types };
}

Deno.test("who is of one team is offered that desk's replies alone", async () => {
  const { desk, caio, types } = await open();
  await using _ = desk;
  for (let times = 0; times < 2; times++) {
    assertEquals(await types(desk.ana), ["Preço"]);
    assertEquals(await types(caio), ["Prazo", "Preço"]);
  }
});

Deno.test("who is of two teams is offered both desks' replies, each marked", async () => {
  const { desk, caio, types } = await open();
  await using _ = desk;
  desk.telegram.addMember(desk.channel, caio);
  await desk.settled();
  for (let times = 0; times < 2; times++) {
    assertEquals(await types(caio), ["[atendimento] Preço", "[vendas] Prazo", "[vendas] Preço"]);
    assertEquals(await types(caio, "prazo"), ["[vendas] Prazo"]);
  }
});

Deno.test("who is of no team is offered the way to be served, once", async () => {
  const { desk, types } = await open();
  await using _ = desk;
  assertEquals((await types(desk.customer("Maria"))).length, 1);
});

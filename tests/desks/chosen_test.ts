/**
 * Whoever has chosen a desk is served there: also if another is not set up yet, and whatever is done
 * where they were before.
 */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

/** Two desks, the first of which is not set up yet; Maria comes by a link of the second's. */
async function openHalf({ hasMenu }: { hasMenu: boolean }) {
  const desk = await TestDesk.open({ others: ["Vendas"], isStarted: false });
  const sales = desk.others[0]!;
  desk.telegram.demote(desk.group, desk.bot);
  await desk.app.start();
  if (hasMenu) desk.boss.sends(sales.group, "/set menu Comprar > vendas");
  await desk.settled();
  const maria = desk.customer("Maria");
  const writes = async (words: string) => {
    maria.sends(desk.chatOf(maria), words);
    await desk.settled();
  };
  await writes("/start vendas_site");
  desk.telegram.promote(desk.group, desk.bot);
  await desk.settled();
  return { desk, sales, maria, writes };
}

for (const hasMenu of [true, false]) {
  const what = hasMenu ? "a desk with a menu" : "a desk";
  Deno.test(`who comes by the link of ${what} is served there, though the first is only then set up`, async () => {
    const { desk, sales, maria, writes } = await openHalf({ hasMenu });
    await using _ = desk;
    await writes("quero comprar");
    assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), "quero comprar");
    assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Maria")), []);
    assertEquals(desk.cardOf(maria, sales).text!.split("\n")[2], "#from_site");
  });
}

Deno.test("who has followed another desk's link is transferred from there alone, though nothing is open there", async () => {
  const { desk, service, sales, comments, writes, thread } = await openTwoDesks({
    others: ["Vendas", "Suporte"],
  });
  await using _ = desk;
  const isRefused = async () => {
    await comments(desk.boss, service, "/transfer suporte");
    assertEquals(
      thread(service).at(-1),
      "ℹ️ O cliente está sendo atendido em vendas: só de lá pode ser transferido.",
    );
  };
  await comments(desk.boss, service, "/closesilent");
  await writes("/start vendas");
  await isRefused();
  await writes("quero comprar");
  assertEquals(thread(sales).at(-1), "quero comprar");
  await comments(desk.boss, sales, "/closesilent");
  await isRefused();
  await writes("mais um");
  assertEquals(thread(sales).at(-1), "mais um");
});

const BLOCKED =
  "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.";

Deno.test("what they wrote before they blocked the bot tells no desk that they have left that they are back", async () => {
  const { desk, service, sales, maria, comments, writes, thread, told } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.boss, service, "/closesilent");
  await writes("/start vendas");
  const { handler } = desk.app;
  const late: Request[] = [];
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    if (message?.chat.id !== maria.id) return await handler(request);
    late.push(request);
    return new Response();
  };
  for (const words of ["um", "dois"]) await writes(words);
  desk.clock.aheadMs += 5000;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "até logo");
  for (const request of late) {
    await handler(request);
    await desk.settled();
  }
  desk.app.handler = handler;
  assertEquals(thread(service).filter((text) => text === BLOCKED).length, 1);
  assertEquals(thread(sales).slice(-2), ["um", "dois"]);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(told().at(-1), "até logo");
});

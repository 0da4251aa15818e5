/** Desks that their owner removes: nobody who is served there is left behind, or shown to another. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { listed, open, openWithSales } from "../support/owned_desks.ts";

Deno.test("a desk is removed once nobody is open there; its customers come to another", async () => {
  const { desk, asks, press, adds } = await open();
  await using _ = desk;
  assertStringIncludes((await asks("/removedesk atendimento")).at(-1)!.text!, "último balcão");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await asks("/adddesk");
  const sales = await adds("Vendas");
  const refused = (await asks("/removerbalcao Atendimento")).at(-1)!;
  assertStringIncludes(refused.text!, "conversas abertas (1): Maria");
  const post = desk.channel.messages.find(({ text }) => text?.includes("Maria"))!;
  desk.beto.comments(post as never, "/fim");
  await desk.settled();
  assertStringIncludes((await asks("/removedesk atendimento")).at(-1)!.text!, "Remover");
  const { told } = await press("Remover atendimento");
  assertStringIncludes(told.at(-1)!.text!, "não existe mais");
  for (const chat of [desk.channel, desk.group]) {
    assertEquals(chat.membership(desk.bot.user).status, "left");
  }
  maria.sends(desk.chatOf(maria), "voltei");
  await desk.settled();
  assertEquals(sales.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  assertEquals((await listed(asks)).map((line) => line.split(" ")[2]), ["vendas"]);
  assertEquals((await desk.health()).ok, true);
  await desk.boots();
  await desk.settled();
  assertEquals((await desk.health()).ok, true);
});

Deno.test("what a removed desk still owed is given up, and shown to no other", async () => {
  const { desk, asks, press, adds } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await asks("/adddesk");
  const sales = await adds("Vendas");
  maria.blocks(desk.bot);
  await desk.settled();
  const post = desk.channel.messages.find(({ text }) => text?.includes("Maria"))!;
  for (const words of ["ela nunca vai ler", "/fim"]) {
    desk.beto.comments(post as never, words);
    await desk.settled();
  }
  await asks("/removedesk atendimento");
  const before = [sales.channel, sales.group].map(({ messages }) => messages.length);
  await press("Remover atendimento");
  maria.unblocks(desk.bot);
  await desk.settled();
  // So long it waits for somebody who has blocked the bot, and whom another desk serves since.
  await desk.passes(8 * DAY_MS);
  assertEquals([sales.channel, sales.group].map(({ messages }) => messages.length), before);
  const failed = await Array.fromAsync(desk.kv.list({ prefix: [desk.bot.id, "failed"] }));
  assertEquals([(await desk.health()).waiting, failed.length], [0, 1]);
  // The owner learns whom it has not reached.
  await desk.passes(MINUTE_MS);
  const [text] = desk.toldTo(desk.beto).slice(-1).map(({ text }) => text!);
  assertStringIncludes(text!, "Um dos balcões não existe mais.");
  assertStringIncludes(text!, "ainda ia entregar não chegou a: Maria (1).");
});

for (
  const fault of [
    { kind: "429", retryAfterS: 30 },
    { kind: "502" },
    { kind: "lost request" },
  ] as const
) {
  Deno.test(`the chats of a desk that is removed are left, though not at once (${fault.kind}), also over a restart`, async () => {
    const { desk, asks, press, sales } = await openWithSales();
    await using _ = desk;
    desk.telegram.faults.next("leaveChat", fault, 3);
    await asks("/removedesk vendas");
    await press("Remover vendas");
    assertEquals((await listed(asks)).length, 1);
    await desk.boots();
    for (let minute = 0; minute < 6; minute++) await desk.passes(MINUTE_MS);
    for (const chat of [sales.channel, sales.group]) {
      assertEquals(chat.members.get(desk.bot.id)?.status, "left");
    }
    const { waiting, failed } = await desk.health();
    assertEquals([waiting, failed], [0, 0]);
  });
}

Deno.test("a button that removes a desk where somebody has come meanwhile removes nothing", async () => {
  const { desk, asks, press } = await openWithSales();
  await using _ = desk;
  await asks("/removedesk atendimento");
  await desk.hearsFrom("Maria");
  const { told } = await press("Remover atendimento");
  assertStringIncludes(told.at(-1)!.text!, "conversas abertas (1): Maria");
  assertEquals((await listed(asks)).length, 2);
});

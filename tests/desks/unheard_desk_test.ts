/** Instances that have not heard of a desk that was opened while they run. */
import { assertEquals } from "@std/assert";
import { openConversation } from "../../src/conversation/conversation.ts";
import { handoverName } from "../../src/decisions/transfer.ts";
import type { DeskChats } from "../support/desk.ts";
import { open } from "../support/owned_desks.ts";

/** A desk that the first instance has opened while another runs. */
async function openUnheard() {
  const { desk, asks, adds } = await open();
  const other = desk.createApp();
  await other.start();
  const first = desk.app;
  await asks("/adddesk");
  return { desk, first, other, sales: await adds("Vendas") };
}

Deno.test("an instance that has not heard of a new desk serves it all the same", async () => {
  const { desk, first, other, sales } = await openUnheard();
  await using _ = desk;
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  await desk.wereServedAt(sales, maria, joao);
  desk.app = other;
  for (const who of [maria, joao]) who.sends(desk.chatOf(who), "oi");
  await desk.settled();
  await first.settled();
  await desk.settled();
  const cardsAt = ({ channel }: DeskChats) =>
    channel.messages.filter(({ text }) => text?.includes("ID ")).length;
  assertEquals([cardsAt(desk), cardsAt(sales)], [0, 2]);
  const card = sales.channel.messages.find(({ text }) => text?.includes("Maria"))!;
  desk.beto.comments(card as never, "bom dia");
  await desk.settled();
  await first.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bom dia");
  await other.close(0);
  desk.app = first;
});

Deno.test("work of a desk that an instance has not heard of goes nowhere else", async () => {
  const { desk, asks, adds } = await open();
  await using _ = desk;
  const other = desk.createApp();
  await other.start();
  await asks("/adddesk");
  const sales = await adds("Vendas");
  await desk.app.close(0);
  const maria = desk.customer("Maria");
  const store = desk.anotherStore();
  const deskId = sales.channel.id;
  // What the instance that is gone has left behind.
  await store.record(deskId, () => ({
    conversations: [openConversation({ id: maria.id, firstName: "Maria" }, desk.clock.now())],
    tasks: [{
      lane: { deskId, customerId: maria.id, direction: "to-team" },
      task: { kind: "card" },
    }],
  }));
  desk.app = other;
  // Its lease has to end first.
  desk.clock.aheadMs += 10 * 60 * 1000;
  await other.drain();
  await desk.settled();
  const cards = (chats: DeskChats) =>
    chats.channel.messages.filter(({ text }) => text?.includes(`ID ${maria.id}`)).length;
  assertEquals([cards(desk), cards(sales)], [0, 1]);
});

Deno.test("an instance that has not heard of a new desk waits for what that owes a customer", async () => {
  const { desk, asks, adds } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  maria.starts(desk.bot);
  await desk.settled();
  const told = desk.toldTo(maria).length;
  const other = desk.createApp();
  await other.start();
  await asks("/adddesk");
  const sales = await adds("Vendas");
  await desk.app.close(0);
  const id = "1/2";
  const laneOf = ({ channel }: DeskChats) =>
    ({ deskId: channel.id, customerId: maria.id, direction: "to-customer" }) as const;
  const says = (text: "welcome" | "rate-over") => ({ kind: "notice", notice: { text } }) as const;
  const dueMs = desk.clock.now() + 30 * 60 * 1000;
  await desk.anotherStore().record(sales.channel.id, () => ({
    tasks: [
      { lane: laneOf(sales), task: says("rate-over"), dueMs },
      {
        lane: laneOf(sales),
        task: { kind: "handover", id, to: desk.channel.id },
        name: handoverName(id),
      },
      { lane: laneOf(desk), task: { kind: "follow", id, from: sales.channel.id } },
      { lane: laneOf(desk), task: says("welcome") },
    ],
  }));
  desk.app = other;
  // Leases have to end first.
  desk.clock.aheadMs += 10 * 60 * 1000;
  await other.drain();
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, told);
  desk.clock.aheadMs += 30 * 60 * 1000;
  await other.drain();
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, told + 2);
});

Deno.test("whoever follows a new desk's link comes to it, also where an instance has not heard of it", async () => {
  for (const link of ["vendas", "VENDAS_instagram"]) {
    const { desk, first, other, sales } = await openUnheard();
    await using _ = desk;
    const maria = desk.customer("Maria");
    desk.app = other;
    maria.starts(desk.bot, link);
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    await first.settled();
    await desk.settled();
    const cardsAt = ({ channel }: DeskChats) =>
      channel.messages.filter(({ text }) => text?.includes("ID ")).map(({ text }) =>
        text!.includes("#from_instagram")
      );
    assertEquals([cardsAt(desk), cardsAt(sales)], [[], [link !== "vendas"]]);
    await other.close(0);
    desk.app = first;
  }
});

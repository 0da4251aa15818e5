/** What is under way while a conversation goes on at another desk: nothing is lost, and order holds. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { interruptingKv } from "../support/disturbed_kv.ts";
import { dataOf } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

Deno.test("what waited in the old lane is delivered first, and then what the new desk answers", async () => {
  const { desk, service, sales, caio, maria, told } = await openTwoDesks();
  await using _ = desk;
  const before = told().length;
  desk.ana.comments(desk.cardOf(maria, service), "um");
  desk.ana.comments(desk.cardOf(maria, service), "dois");
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  await desk.settled();
  caio.comments(desk.cardOf(maria, sales), "três");
  await desk.settled();
  assertEquals(told().slice(before), ["um", "dois", "três"]);
});

Deno.test("a canned reply that waits in the old lane goes before what the new desk answers", async () => {
  const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.boss, service, "/addreply Preços\nPão: R$ 1");
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  for (const words of ["um", "/r preços", "/transfer vendas"]) {
    await comments(desk.ana, service, words);
  }
  await comments(caio, sales, "três");
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(MINUTE_MS);
  assertEquals(told().slice(before), ["um", "Pão: R$ 1", "três"]);
});

Deno.test("an answer that is accepted while the transfer is being written goes before those of the new desk", async () => {
  // Where a lane ends is looked at before something is put behind it.
  const { wrap: wrapKv, interruptsNext } = interruptingKv((read) =>
    read.includes("to-customer") && read.includes("reverse")
  );
  const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks({ wrapKv });
  await using _ = desk;
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "um");
  interruptsNext(async () => {
    const { message_id: two } = desk.bia.comments(desk.cardOf(maria, service), "dois");
    // It takes a second try.
    desk.telegram.faults.next(({ payload }) => payload.message_id === two, { kind: "502" });
    await desk.telegram.settled();
  });
  await comments(desk.ana, service, "/transfer vendas");
  await comments(caio, sales, "três");
  maria.unblocks(desk.bot);
  await desk.passes(MINUTE_MS);
  await desk.passes(MINUTE_MS);
  assertEquals(told().slice(before), ["um", "dois", "três"]);
});

Deno.test("answers that wait for a customer who is back go before those of the new desk", async () => {
  const { desk, service, sales, caio, maria, comments, told, card, writes, thread } =
    await openTwoDesks();
  await using _ = desk;
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "um");
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(card(sales), "🚫");
  await comments(caio, sales, "dois");
  await desk.passes(HOUR_MS);
  assertEquals(told().length, before);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(told().slice(before), ["um", "dois"]);
  await writes("voltei");
  assertEquals(thread(sales).at(-1), "voltei");
});

Deno.test("a customer's album whose pieces come before and after stays whole, in the old thread", async () => {
  const { desk, service, sales, maria, thread } = await openTwoDesks();
  await using _ = desk;
  const chat = desk.chatOf(maria);
  const piece = (caption: string) =>
    maria.sends(chat, { photo: {}, caption } as never, { mediaGroupId: "fotos" } as never);
  piece("um");
  await desk.telegram.settled();
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  await desk.telegram.settled();
  piece("dois");
  await desk.passes(1100);
  await desk.passes(1100);
  assertEquals(thread(service).filter((text) => text === "um" || text === "dois").length, 2);
  assertEquals(thread(sales).includes("dois"), false);
});

Deno.test("an agent's album that is begun before goes whole", async () => {
  const { desk, service, maria, told } = await openTwoDesks();
  await using _ = desk;
  const card = desk.cardOf(maria, service);
  const piece = (caption: string) =>
    desk.ana.comments(card, { photo: {}, caption } as never, { mediaGroupId: "fotos" } as never);
  piece("um");
  await desk.telegram.settled();
  desk.bia.comments(card, "/transfer vendas");
  await desk.telegram.settled();
  piece("dois");
  await desk.passes(1100);
  await desk.passes(1100);
  assertEquals(told().slice(-2), ["um", "dois"]);
});

Deno.test("a crash at every step loses nothing, and order holds", async () => {
  for (let steps = 0; steps < 8; steps++) {
    const { desk, service, sales, caio, maria, writes, thread, told } = await openTwoDesks();
    await using _ = desk;
    const before = told().length;
    desk.ana.comments(desk.cardOf(maria, service), "um");
    desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
    for (let step = 0; step < steps; step++) await new Promise((done) => setTimeout(done, 1));
    await desk.restart();
    await desk.passes(2 * MINUTE_MS);
    await writes("dois");
    caio.comments(desk.cardOf(maria, sales), "três");
    await desk.settled();
    assertEquals(told().slice(before), ["um", "três"], `${steps}`);
    assertEquals(thread(sales).at(-2), "dois");
    assertEquals(
      textsOf(sales.channel.messages).filter((text) => text.includes("\nID ")).length,
      1,
    );
  }
});

Deno.test("an answer that was under way answers who waits at the new desk, too", async () => {
  const { desk, service, sales, maria, comments, writes, thread } = await openTwoDesks();
  await using _ = desk;
  await writes("alguém?");
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "sim!");
  await comments(desk.ana, service, "/transfer vendas");
  await comments(desk.boss, sales, "/who");
  assertStringIncludes(thread(sales).at(-1)!, "Espera resposta desde");
  maria.unblocks(desk.bot);
  await desk.settled();
  await comments(desk.boss, sales, "/who");
  assertEquals(thread(sales).at(-1)!.includes("Espera resposta desde"), false);
});

Deno.test("a desk in trouble to which somebody was transferred from holds up no answers; its own go once it is repaired", async () => {
  const { desk, service, sales, caio, comments, writes, told, thread } = await openTwoDesks();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await comments(desk.ana, service, "já vejo");
  await comments(desk.ana, service, "/transfer vendas");
  desk.telegram.removeMember(service.group, desk.bot, "kicked");
  await desk.settled();
  await comments(caio, sales, "olá, aqui é Vendas");
  for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "olá, aqui é Vendas");
  await writes("e o preço?");
  assertEquals(thread(sales).at(-1), "e o preço?");
  await comments(caio, sales, "cinco reais");
  assertEquals(told().at(-1), "cinco reais");
  desk.telegram.addMember(service.group, desk.bot);
  desk.telegram.promote(service.group, desk.bot);
  await desk.settled();
  for (let minutes = 0; minutes < 3; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "já vejo");
  assertEquals((await desk.health()).waiting, 0);
});

Deno.test("a card that is posted while its conversation leaves says where that goes on, though the old one is being edited", async () => {
  const { desk, service, sales, maria, comments, writes, card, thread, last } =
    await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  const oldCard = desk.cardOf(maria, service);
  type Call = { method: string; payload: Record<string, unknown> };
  const isPost = ({ method, payload }: Call) =>
    method === "sendMessage" && payload.chat_id === service.channel.id;
  const isEdit = ({ method, payload }: Call) =>
    method === "editMessageText" && payload.message_id === oldCard.message_id;
  const isMade = async (which: (call: Call) => boolean, times = 1) => {
    while (desk.telegram.calls.filter(which).length < times) {
      await new Promise((done) => setTimeout(done, 1));
    }
  };
  const root = service.group.messages.find(({ forward_origin: origin }) =>
    origin?.type === "channel" && origin.message_id === oldCard.message_id
  )!;
  desk.boss.deletes(root);
  desk.telegram.faults.next(isPost, { kind: "delay", ms: 300 });
  desk.telegram.faults.next(isEdit, { kind: "delay", ms: 900 });
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await isMade(isPost, 2);
  desk.ana.presses(question, dataOf(question, "vendas"));
  await isMade(isEdit);
  await desk.settled();
  await desk.passes(1100);
  assertStringIncludes(card(service), "→ vendas");
  await writes("e agora?");
  assertEquals(thread(sales).at(-1), "e agora?");
});

/** Desks of one bot that are opened, named, moved and removed by its owner. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openConversation } from "../../src/conversation/conversation.ts";
import { handoverName } from "../../src/decisions/transfer.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { listed, open, openWithSales } from "../support/owned_desks.ts";
import type { DeskChats } from "../support/desk.ts";

Deno.test("a second desk is opened by adding the bot, too: ask, create, add, add, green", async () => {
  const { desk, asks, adds } = await open();
  await using _ = desk;
  const [how] = await asks("/novobalcao");
  assertStringIncludes(how!.text!, "escolha um canal privado");
  await adds("Vendas SP");
  const lists = desk.toldTo(desk.beto).filter(({ text }) => text?.includes("O atendimento está"));
  assertStringIncludes(lists.at(-1)!.text!, "vendas_sp\n\n✅ O atendimento está aberto");
  assertEquals(await listed(asks), [
    "1. ✅ atendimento (Atendimento): 0 abertas, 0 esperando",
    "2. ✅ vendas_sp (Vendas SP): 0 abertas, 0 esperando",
  ]);
  assertEquals((await desk.health()).ok, true);
});

Deno.test("added elsewhere without being asked for a desk, the bot asks what for", async () => {
  const { desk, asks, press, adds } = await open();
  await using _ = desk;
  const { channel } = await adds("Vendas");
  const question = desk.toldTo(desk.beto).findLast(({ text }) => text?.includes("“Vendas”"))!;
  const buttons = question.reply_markup!.inline_keyboard.flat().map(({ text }) => text);
  assertEquals(buttons, ["Novo balcão", "Mudar atendimento"]);
  assertEquals((await listed(asks)).length, 1);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  assertEquals(channel.messages, []);
  await press("Novo balcão");
  assertEquals((await listed(asks)).map((line) => line.split(" ")[2]), ["atendimento", "vendas"]);
  // Nobody is moved by that.
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(channel.messages, []);
  assertEquals(desk.threadOf(maria).at(-1)!.text, "ainda aí?");
});

Deno.test("one of two desks moves, and is called as before; the other stays where it is", async () => {
  const { desk, asks, press, adds } = await openWithSales();
  await using _ = desk;
  await adds("Outro canal");
  await press("Mudar vendas");
  assertEquals((await listed(asks)).map((line) => line.split(": ")[0]), [
    "1. ✅ atendimento (Atendimento)",
    "2. ✅ vendas (Outro canal)",
  ]);
  await desk.boots();
  await desk.settled();
  assertEquals((await listed(asks)).length, 2);
});

Deno.test("what was decided of a desk that moves, and its canned replies, go along", async () => {
  const { desk, asks, press, adds, sales } = await openWithSales();
  await using _ = desk;
  const decides = async (words: string, name: string) => {
    await asks(words);
    await press(name);
  };
  await decides("/addreply Preços\nPão: R$ 1", "vendas");
  await decides("/set menu Preços; Ajuda > atendimento", "vendas");
  await decides("/set welcome Olá, aqui são as vendas!", "vendas");
  await decides("/set menu Comprar > vendas", "atendimento");
  const elsewhere = await adds("Outro canal");
  await press("Mudar vendas");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "/start vendas");
  await desk.settled();
  const welcome = desk.toldTo(maria).at(-1)!;
  assertEquals(welcome.text, "Olá, aqui são as vendas!");
  await press("Preços", maria);
  assertEquals(desk.toldTo(maria).at(-1)!.text, "Pão: R$ 1");
  maria.sends(desk.chatOf(maria), "quero um");
  await desk.settled();
  assertEquals(elsewhere.group.messages.at(-1)!.text, "quero um");
  assertEquals(sales.channel.messages.length, 0);
  // Whoever comes by another desk's menu comes to where it is by now.
  const joao = desk.customer("João");
  joao.sends(desk.chatOf(joao), "/start");
  await desk.settled();
  await press("Comprar", joao);
  assertEquals(desk.toldTo(joao).at(-1)!.text, "Olá, aqui são as vendas!");
});

Deno.test("a desk that moves to another channel keeps whom others have transferred to it, and they it", async () => {
  const { desk, asks, press, adds } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  const writes = async (text: string) => {
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
  };
  const cardAt = ({ channel }: DeskChats) =>
    channel.messages.findLast(({ text }) => text?.includes(`ID ${maria.id}`))!;
  const comments = async (at: DeskChats, text: string) => {
    desk.beto.comments(cardAt(at) as never, text);
    await desk.settled();
  };
  const lastIn = ({ group }: DeskChats) => group.messages.at(-1)!.text!;
  await writes("oi");
  await asks("/adddesk");
  await adds("Vendas");
  await comments(desk, "/transfer vendas");
  const elsewhere = await adds("Outro canal");
  await press("Mudar vendas");
  await comments(desk, "está aí?");
  assertStringIncludes(lastIn(desk), "continua em vendas");
  await writes("e agora?");
  assertEquals(lastIn(elsewhere), "e agora?");
  await comments(elsewhere, "agora é aqui");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "agora é aqui");
  await comments(elsewhere, "/transfer atendimento");
  await writes("voltei");
  assertEquals(lastIn(desk), "voltei");
  assertStringIncludes(cardAt(desk).text!, "🟦 Maria");
  await comments(desk, "olá de novo");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "olá de novo");
  assertStringIncludes(cardAt(elsewhere).text!, "→ atendimento");
});

Deno.test("a desk is renamed by its owner; what it cannot be called is said", async () => {
  const { desk, asks } = await openWithSales();
  await using _ = desk;
  const told = async (words: string) => (await asks(words)).at(-1)!.text!;
  assertStringIncludes(await told("/renamedesk"), "/renomearbalcao antigo novo");
  assertStringIncludes(await told("/renomearbalcao vendas Loja São Paulo"), "loja_sao_paulo");
  assertStringIncludes(await told("/renamedesk vendas balcao"), "balcao");
  assertStringIncludes(await told("/renamedesk balcao atendimento"), "já se chama");
  assertStringIncludes(await told("/renamedesk balcao 🛒"), "não tem letra");
  assertStringIncludes(await told("/renamedesk nada loja"), "Nenhum balcão se chama “nada”");
  assertEquals((await listed(asks)).map((line) => line.split(" ")[2]), ["atendimento", "balcao"]);
});

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
});

Deno.test("a button that removes a desk where somebody has come meanwhile removes nothing", async () => {
  const { desk, asks, press } = await openWithSales();
  await using _ = desk;
  await asks("/removedesk atendimento");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const { told } = await press("Remover atendimento");
  assertStringIncludes(told.at(-1)!.text!, "conversas abertas (1): Maria");
  assertEquals((await listed(asks)).length, 2);
});

Deno.test("nobody but the owner opens, names or closes desks", async () => {
  const { desk, asks, sales } = await openWithSales();
  await using _ = desk;
  const caio = desk.customer("Caio");
  desk.telegram.promote(sales.channel, caio);
  for (const words of ["/desks", "/adddesk", "/renamedesk vendas x", "/removedesk vendas"]) {
    const told = (await asks(words, caio)).map(({ text }) => text);
    assert(told.some((text) => text?.includes("Só o dono do bot")), `${words}: ${told}`);
  }
  const list = (await asks("/desks")).at(-1)!;
  const answer = caio.forges(list as never, "setup add");
  await desk.settled();
  assertEquals((await answer)?.show_alert, true);
  assertEquals((await listed(asks)).map((line) => line.split(" ")[2]), ["atendimento", "vendas"]);
});

Deno.test("the button of the list shows a desk's checklist; /setup shows all", async () => {
  const { desk, asks, press } = await openWithSales();
  await using _ = desk;
  await asks("/desks");
  const { told } = await press("✅ vendas");
  assertEquals(told.length, 1);
  assertStringIncludes(told[0]!.text!, "vendas");
  const all = (await asks("/setup")).map(({ text }) => text!);
  assertEquals(all.length, 2);
  for (const [at, name] of ["atendimento", "vendas"].entries()) {
    assertStringIncludes(all[at]!, name);
  }
});

Deno.test("an instance that has not heard of a new desk serves it all the same", async () => {
  const { desk, asks, adds } = await open();
  await using _ = desk;
  const other = desk.createApp();
  await other.start();
  const first = desk.app;
  await asks("/adddesk");
  const sales = await adds("Vendas");
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  const store = desk.anotherStore();
  await store.record(sales.channel.id, () => ({
    servedBy: [maria, joao].map(({ id }) => ({ customerId: id, deskId: sales.channel.id })),
  }));
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

Deno.test("the test message goes the way of the desk whose checklist it is sent from", async () => {
  const { desk, asks, press, sales } = await openWithSales();
  await using _ = desk;
  await asks("/setup");
  const calls = desk.telegram.calls.length;
  await press("✈️ Enviar mensagem de teste");
  const posts = desk.telegram.calls.slice(calls).filter(({ method, payload }) =>
    method === "sendMessage" && payload.chat_id !== desk.beto.id
  );
  assertEquals(posts.map(({ payload }) => payload.chat_id), [sales.channel.id, sales.group.id]);
  assertEquals([sales.channel.messages, desk.channel.messages], [[], []]);
  const lists = desk.toldTo(desk.beto).slice(-2).map(({ text }) => text!);
  assertEquals(lists.map((text) => /✅ Mensagem de teste/.test(text)), [false, true]);
});

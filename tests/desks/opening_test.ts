/** Desks of one bot that are opened, shown, named and moved by its owner. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { DeskChats } from "../support/desk.ts";
import { listed, open, openWithSales } from "../support/owned_desks.ts";

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
  const maria = await desk.hearsFrom("Maria");
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
  const maria = await desk.hearsFrom("Maria", "/start vendas");
  const welcome = desk.toldTo(maria).at(-1)!;
  assertEquals(welcome.text, "Olá, aqui são as vendas!");
  await press("Preços", maria);
  assertEquals(desk.toldTo(maria).at(-1)!.text, "Pão: R$ 1");
  maria.sends(desk.chatOf(maria), "quero um");
  await desk.settled();
  assertEquals(elsewhere.group.messages.at(-1)!.text, "quero um");
  assertEquals(sales.channel.messages.length, 0);
  // Whoever comes by another desk's menu comes to where it is by now.
  const joao = await desk.hearsFrom("João", "/start");
  await press("Comprar", joao);
  assertEquals(desk.toldTo(joao).at(-1)!.text, "Olá, aqui são as vendas!");
});

Deno.test("a desk that moves to another channel keeps whom others have transferred to it, and they it", async () => {
  const { desk, asks, writes, press, adds } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  const cardAt = ({ channel }: DeskChats) =>
    channel.messages.findLast(({ text }) => text?.includes(`ID ${maria.id}`))!;
  const comments = async (at: DeskChats, text: string) => {
    desk.beto.comments(cardAt(at) as never, text);
    await desk.settled();
  };
  const lastIn = ({ group }: DeskChats) => group.messages.at(-1)!.text!;
  await writes(maria, "oi");
  await asks("/adddesk");
  await adds("Vendas");
  await comments(desk, "/transfer vendas");
  const elsewhere = await adds("Outro canal");
  await press("Mudar vendas");
  await comments(desk, "está aí?");
  assertStringIncludes(lastIn(desk), "continua em vendas");
  await writes(maria, "e agora?");
  assertEquals(lastIn(elsewhere), "e agora?");
  await comments(elsewhere, "agora é aqui");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "agora é aqui");
  await comments(elsewhere, "/transfer atendimento");
  await writes(maria, "voltei");
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

/** Desks that the owner closes: by whatever they call them, also such as never opened. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { DeskChats } from "../support/desk.ts";
import { listed, open, openWithSales } from "../support/owned_desks.ts";

/** A bot whose owner has begun to set up a second desk, in a channel without a group. */
async function beginAnother(title: string) {
  const opened = await open();
  const { desk, asks } = opened;
  await asks("/adddesk");
  const channel = desk.telegram.createChannel({ title, creator: desk.beto });
  desk.beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: channel });
  desk.telegram.promote(channel, desk.bot);
  await desk.settled();
  return { ...opened, channel };
}

Deno.test("a desk that was never set up to the end is listed by its channel's title, and can be removed", async () => {
  const { desk, asks, press, channel } = await beginAnother("Vendas SP");
  await using _ = desk;
  assertEquals((await listed(asks))[1], "2. ▫️ Vendas SP: ainda não configurado");
  const { ok, problems } = await desk.health();
  assertEquals([ok, problems.map((problem) => problem.split(":")[0])], [false, ["vendas_sp"]]);
  // Whose each checklist is, it says at the top.
  const lists = (await asks("/setup")).map(({ text }) => text!.split("\n")[0]!);
  assertEquals(lists.slice(0, 2), ["atendimento", "vendas_sp"]);
  assertStringIncludes((await asks("/removedesk")).at(-1)!.text!, "atendimento, vendas_sp");
  assertStringIncludes((await asks("/removedesk atendimento")).at(-1)!.text!, "último balcão");
  assertStringIncludes((await asks("/removedesk Vendas SP")).at(-1)!.text!, "vendas_sp?");
  const { told } = await press("Remover vendas_sp");
  assertStringIncludes(told[0]!.text!, "O balcão vendas_sp não existe mais");
  assertEquals(channel.membership(desk.bot.user).status, "left");
  assertEquals((await listed(asks)).length, 1);
  assertEquals((await desk.health()).ok, true);
  // What was left to be chosen for it is asked for no more.
  assertStringIncludes(told.at(-1)!.text!, "nada a escolher");
  assertEquals((await asks("/setup")).length, 1);
});

Deno.test("the owner means a desk by its name or its channel's title, and another name by any words", async () => {
  const { desk, asks, adds } = await open();
  await using _ = desk;
  await asks("/adddesk");
  await adds("Vendas SP");
  const told = async (words: string) => (await asks(words)).at(-1)!.text!;
  assertStringIncludes(await told("/renamedesk Vendas SP loja nova"), "agora se chama loja_nova");
  assertStringIncludes(await told("/renamedesk “Loja Nova” Balcão 2"), "agora se chama balcao_2");
  assertStringIncludes(await told("/renamedesk @balcao_2 vendas"), "agora se chama vendas");
  assertStringIncludes(await told("/removedesk “Vendas”"), "Remover o balcão vendas?");
  assertStringIncludes(await told("/removedesk nada"), "Nenhum balcão se chama “nada”");
  assertStringIncludes(await told("/renamedesk Vendas SP"), "agora se chama sp");
});

Deno.test("of several names that fit, the longest is renamed, as in a link", async () => {
  const { desk, asks, adds } = await openWithSales();
  await using _ = desk;
  await asks("/adddesk");
  await adds("Vendas SP");
  const told = async (words: string) => (await asks(words)).at(-1)!.text!;
  assertStringIncludes(await told("/renamedesk vendas sp loja"), "O balcão vendas_sp agora");
  assertStringIncludes(await told("/renamedesk vendas rj loja"), "O balcão vendas agora");
});

Deno.test("a menu that leads to a removed desk is shown without that button, and the owner is told once", async () => {
  const { desk, asks, press } = await openWithSales();
  await using _ = desk;
  await asks("/set menu Comprar > vendas; Ajuda > atendimento");
  await press("atendimento");
  await asks("/removedesk vendas");
  await press("Remover vendas");
  const before = desk.toldTo(desk.beto).length;
  for (const name of ["Maria", "João"]) {
    const who = desk.customer(name);
    who.sends(desk.chatOf(who), "/start");
    await desk.settled();
    const buttons = desk.toldTo(who).at(-1)!.reply_markup!.inline_keyboard.flat();
    assertEquals(buttons.map(({ text }) => text), ["Ajuda"]);
  }
  const told = desk.toldTo(desk.beto).slice(before).map(({ text }) => text!);
  assertEquals(told.length, 1);
  assertStringIncludes(told[0]!, "um balcão que não existe mais: Comprar. Mude o menu");
});

/** A third desk, to which Maria was transferred from the first; both know her. */
async function openTransferred() {
  const opened = await openWithSales();
  const { desk, asks, adds } = opened;
  await asks("/adddesk");
  const shop = await adds("Loja");
  const maria = await desk.hearsFrom("Maria");
  const card = ({ channel }: DeskChats) =>
    channel.messages.findLast(({ text }) => text?.includes(`ID ${maria.id}`))!;
  /** Beto comments under her card; resolves with what the bot says to that in the thread. */
  const comments = async (at: DeskChats, words: string) => {
    const before = at.group.messages.length;
    desk.beto.comments(card(at) as never, words);
    await desk.settled();
    return at.group.messages.slice(before + 1).map(({ text }) => text);
  };
  const told = () => desk.toldTo(maria).at(-1)!.text;
  await comments(desk, "/transfer loja");
  return { ...opened, shop, comments, told, card };
}

Deno.test("the thread that a conversation has left says by which name its desk goes now", async () => {
  const { desk, asks, comments } = await openTransferred();
  await using _ = desk;
  await asks("/renamedesk loja balcao_novo");
  for (const words of ["está aí?", "/p 3"]) {
    assertStringIncludes((await comments(desk, words))[0]!, "continua em balcao_novo");
  }
});

Deno.test("once the desk to which it has gone is removed, a conversation goes on in the thread it had left", async () => {
  for (const [words, square] of [["bom dia!", "⬜️"], ["/p 3", "🟨"]] as const) {
    const { desk, asks, press, shop, comments, told, card } = await openTransferred();
    await using _ = desk;
    await comments(shop, "/closesilent");
    await asks("/removedesk loja");
    await press("Remover loja");
    assertEquals(await comments(desk, words), []);
    assertStringIncludes(card(desk).text!, `${square} Maria`);
    await comments(desk, "de novo");
    assertEquals(told(), "de novo");
    await comments(desk, "/transfer vendas");
    assertStringIncludes(card(desk).text!, "→ vendas");
  }
});

Deno.test("who was served by a desk that is removed since is answered by the menus of the others", async () => {
  for (const isOpenedAnew of [false, true]) {
    const { desk, asks, writes, press, sales } = await openWithSales();
    await using _ = desk;
    for (const words of ["/addreply Preços\nPão: R$ 1", "/set menu Preços"]) {
      await asks(words);
      await press("atendimento");
    }
    const maria = desk.customer("Maria");
    await writes(maria, "/start");
    await writes(maria, "/start vendas");
    await writes(maria, "oi");
    desk.beto.comments(sales.channel.messages.at(-1) as never, "/closesilent");
    await desk.settled();
    await asks("/removedesk vendas");
    await press("Remover vendas");
    if (isOpenedAnew) await writes(maria, "/start");
    await press("Preços", maria);
    assertEquals(desk.toldTo(maria).at(-1)!.text, "Pão: R$ 1");
  }
});

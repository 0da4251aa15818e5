/** Bans are the desk's: they hold when it moves to another channel, and can be lifted there. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { DeskChats } from "../support/desk.ts";
import { textsOf } from "../support/desk.ts";
import { erases } from "../support/erasing.ts";
import { open, openWithSales } from "../support/owned_desks.ts";

const NOT_AVAILABLE = "Este chat não está disponível.";

/** Desks whose first, Atendimento, has a customer who can be banned, and can move to another channel. */
async function openWithMaria<Opened extends Awaited<ReturnType<typeof open>>>(
  openDesks: () => Promise<Opened>,
) {
  const opened = await openDesks();
  const { desk, press, adds } = opened;
  const maria = desk.customer("Maria");
  const writes = async (words: string, who: SimulatedUser = maria) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
  };
  /** Beto gives a command under the newest card in a channel, and presses the button below, if any. */
  const says = async ({ channel, group }: DeskChats, words: string, button?: string) => {
    desk.beto.comments(channel.messages.at(-1) as never, words);
    await desk.settled();
    if (button === undefined) return;
    const question = group.messages.findLast(({ reply_markup: markup }) => markup !== undefined)!;
    const found = question.reply_markup!.inline_keyboard.flat().find(({ text }) =>
      text.includes(button)
    ) as { callback_data: string };
    void desk.beto.presses(question as never, found.callback_data);
    await desk.settled();
  };
  const bans = async (chats: DeskChats = desk) => await says(chats, "/ban", "Banir");
  /** Beto gives a command in a group, outside of all threads; resolves with what is said to that. */
  const asksIn = async ({ group }: DeskChats, words: string) => {
    desk.beto.sends(group, words);
    await desk.settled();
    return group.messages.at(-1)!.text;
  };
  const moves = async (title = "Outro canal") => {
    const next = await adds(title);
    await press("Mudar atendimento");
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
    return next;
  };
  const told = (who: SimulatedUser = maria) => textsOf(desk.toldTo(who));
  const cards = ({ channel }: DeskChats) => textsOf(channel.messages);
  return { ...opened, maria, writes, says, bans, asksIn, moves, told, cards };
}

for (
  const [which, openDesks] of [["the only desk", open], ["one of two", openWithSales]] as const
) {
  Deno.test(`who is banned stays so when ${which} moves to another channel, and is told it once`, async () => {
    const { desk, writes, bans, moves, told, cards } = await openWithMaria(openDesks);
    await using _ = desk;
    await writes("oi");
    await bans();
    const before = told().length;
    const next = await moves();
    await writes("e agora?");
    await writes("/start");
    await desk.boots();
    await writes("alô?");
    assertEquals(told().slice(before), [NOT_AVAILABLE]);
    assertEquals(cards(next), []);
    const again = await moves("Mais um canal");
    await writes("e aqui?");
    assertEquals([told().length, cards(again)], [before + 1, []]);
  });
}

Deno.test("a ban is lifted in the channel to which the desk has moved since, and whoever it was is served there", async () => {
  const { desk, maria, writes, bans, asksIn, moves, told, cards } = await openWithMaria(open);
  await using _ = desk;
  await writes("oi");
  await bans();
  const next = await moves();
  assertStringIncludes((await asksIn(next, `/unban ${maria.id}`))!, "não está mais banido");
  assertStringIncludes((await asksIn(next, `/unban ${maria.id}`))!, "não está banido");
  await writes("voltei");
  assertEquals(cards(next), [`🟦 Maria\nID ${maria.id}`]);
  assertEquals(next.group.messages.at(-1)!.text, "voltei");
  assertEquals(told().includes(NOT_AVAILABLE), false);
});

for (
  const [which, openDesks] of [["the only desk", open], ["one of two", openWithSales]] as const
) {
  Deno.test(`a ban outlives what its customer erases, also when ${which} moves to another channel`, async () => {
    const opened = await openWithMaria(openDesks);
    const { desk, maria, writes, bans, asksIn, moves, told, cards } = opened;
    await using _ = desk;
    await writes("oi");
    await bans();
    await erases(desk as never, maria);
    const next = await moves();
    await writes("e agora?");
    await writes("alô?");
    assertEquals(told().filter((text) => text === NOT_AVAILABLE), [NOT_AVAILABLE]);
    assertEquals(cards(next), []);
    assertStringIncludes((await asksIn(next, `/unban ${maria.id}`))!, "não está mais banido");
    await writes("voltei");
    assertEquals(cards(next), [`🟦 Maria\nID ${maria.id}`]);
  });
}

Deno.test("who is banned presses the menu of a desk that has moved for nothing, and no other desk's link leads away", async () => {
  const opened = await openWithMaria(openWithSales);
  const { desk, sales, maria, writes, bans, asksIn, moves, told, cards } = opened;
  await using _ = desk;
  await asksIn(desk, "/set menu Vendas > vendas");
  await writes("/start");
  const menu = desk.toldTo(maria).at(-1)!;
  await writes("oi");
  await bans();
  const next = await moves();
  const [button] = menu.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  void maria.presses(menu as never, button!.callback_data);
  await desk.settled();
  await writes("/start vendas");
  await writes("alô?");
  assertEquals(told().at(-1), NOT_AVAILABLE);
  assertEquals([cards(next), cards(sales)], [[], []]);
});

Deno.test("what a desk decides of a ban holds in the channel it was in before, when it moves back there", async () => {
  const { desk, writes, bans, says, moves, press, told } = await openWithMaria(open);
  await using _ = desk;
  await writes("oi");
  const next = await moves();
  await writes("olá");
  await bans(next);
  const { beto, bot, telegram, channel, group } = desk;
  /** The bot is added to the desk's first channel again, and the desk is moved there. */
  const movesBack = async ({ channel, group }: Pick<DeskChats, "channel" | "group">) => {
    telegram.promote(channel, bot);
    beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: channel });
    await desk.settled();
    telegram.promote(group, bot);
    await press("Mudar atendimento");
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  };
  await movesBack({ channel, group });
  const before = told().length;
  await writes("e agora?");
  assertEquals(told().slice(before), [NOT_AVAILABLE]);
  await says(desk, "/unban");
  await writes("obrigada");
  assertEquals(group.messages.at(-1)!.text, "obrigada");
  await movesBack(next);
  await writes("e lá?");
  assertEquals(next.group.messages.at(-1)!.text, "e lá?");
});

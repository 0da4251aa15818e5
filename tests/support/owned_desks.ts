/** Desks of one bot whose owner, Beto, has claimed it, and opens, moves and removes them by tapping. */
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { DeskChats } from "./desk.ts";
import { UnclaimedBot } from "./unclaimed_bot.ts";

const TO_CHANNEL = "https://t.me/padaria_bot?startchannel&admin=post_messages";

/** A bot with a desk called Atendimento, whose owner is Beto. */
export async function open() {
  const desk = await UnclaimedBot.create();
  await desk.boots();
  await desk.claims();
  desk.sets();
  await desk.settled();
  const { beto, telegram, bot } = desk;
  const asks = async (words: string, who: SimulatedUser = beto) => {
    const before = desk.toldTo(who).length;
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return desk.toldTo(who).slice(before);
  };
  const writes = async (who: SimulatedUser, words: string) => {
    const message = who.sends(desk.chatOf(who), words);
    await desk.settled();
    return message;
  };
  const press = async (words: string, who: SimulatedUser = beto) => {
    const all = desk.toldTo(who).flatMap((message) =>
      (message.reply_markup?.inline_keyboard.flat() ?? []).map((button) => ({ message, button }))
    );
    const found = all.findLast(({ button }) => button.text === words);
    if (!found || !("callback_data" in found.button)) throw new Error(`No button says ${words}`);
    const before = desk.toldTo(who).length;
    const answer = who.presses(found.message as never, found.button.callback_data);
    await desk.settled();
    return { answer: await answer, told: desk.toldTo(who).slice(before) };
  };
  /** Beto makes a channel with its group, and adds the bot to both. */
  const adds = async (title: string): Promise<DeskChats> => {
    const channel = telegram.createChannel({ title, creator: beto });
    const group = telegram.createSupergroup({ title: `${title} (log)`, creator: beto });
    telegram.link(channel, group);
    beto.opens(TO_CHANNEL, { chat: channel });
    await desk.settled();
    telegram.promote(channel, bot);
    beto.adds(group, bot);
    telegram.promote(group, bot);
    await desk.settled();
    return { channel, group };
  };
  return { desk, asks, writes, press, adds };
}

/** The same with another desk, which sells. */
export async function openWithSales() {
  const opened = await open();
  await opened.asks("/adddesk");
  return { ...opened, sales: await opened.adds("Vendas") };
}

/** The last list of the desks. */
export async function listed(
  asks: (words: string) => Promise<{ text?: string }[]>,
): Promise<string[]> {
  const [{ text = "" } = {}] = await asks("/desks");
  return text.split("\n").filter((line) => /^\d/.test(line));
}

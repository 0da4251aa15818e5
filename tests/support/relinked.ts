/** A desk whose channel gets another group linked, which no update tells. */
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { TestDesk, textsOf } from "./desk.ts";

/** Opens a desk to which Maria has written “um” already. */
export async function openWithMaria() {
  const desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  return { desk, maria };
}

/** A group in which the bot has had its place for a while takes the comments from now on. */
export async function linkAnother(desk: TestDesk): Promise<SimulatedChat> {
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  desk.telegram.link(desk.channel, group);
  return group;
}

/**
 * Opens a desk to which Maria has written “um”, and whose comments another group has taken since, for so
 * long that the bot knows; `linksBack` gives them to the first group again.
 */
export async function openRegrouped() {
  const { desk, maria } = await openWithMaria();
  await linkAnother(desk);
  await desk.minutesPass(6);
  const linksBack = () => desk.telegram.link(desk.channel, desk.group);
  return { desk, maria, linksBack };
}

/** What the bot has said in a group. */
export function shownIn(desk: TestDesk, group: SimulatedChat): string[] {
  return textsOf(group.messages.filter(({ from }) => from?.id === desk.bot.id));
}

/** The cards of the customer of that name. */
export function cardsOf(desk: TestDesk, name: string) {
  return desk.channel.messages.filter(({ text }) => text?.includes(name));
}

/** How many updates wait until it can be told whose they are. */
export async function waiting({ kv, bot }: TestDesk): Promise<number> {
  return (await Array.fromAsync(kv.list({ prefix: [bot.id, "parked"] }))).length;
}

/** Until the first card is in the group, and Telegram has brought again what was not accepted. */
export async function broughtAgain(desk: TestDesk, group: SimulatedChat): Promise<void> {
  const isThere = () => group.messages.some(({ is_automatic_forward }) => is_automatic_forward);
  await desk.until("all is accepted", () => isThere() && desk.bot.queue.size === 0);
}

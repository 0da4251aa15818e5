/** A desk whose administrator keeps canned replies, by commands in the group. */
import type { Message } from "grammy/types";
import { assert } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { TestDesk } from "./desk.ts";

/** What the bot said last in the group. */
export function saidIn(desk: TestDesk): Message {
  return desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id)!;
}

/** The words of that. */
export function said(desk: TestDesk): string {
  return saidIn(desk).text ?? saidIn(desk).caption ?? "";
}

/** Has the administrator give a command in the group; resolves with what the bot says to it. */
export async function commands(desk: TestDesk, text: string, replyTo?: number): Promise<string> {
  desk.boss.sends(desk.group, text, replyTo === undefined ? {} : { replyTo });
  await desk.settled();
  return said(desk);
}

/** Imports what a file of replies holds; resolves with what the bot says to it. */
export async function imports(desk: TestDesk, replies: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(replies));
  const file = desk.boss.sends(desk.group, { document: { bytes, fileName: "replies.json" } });
  return await commands(desk, "/importreplies", file.message_id);
}

/** Presses a button under what the bot said last; resolves with what is told to who pressed. */
export async function presses(desk: TestDesk, who: SimulatedUser, label: string) {
  const message = saidIn(desk);
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat();
  const button = buttons.find(({ text }) => text === label)!;
  assert(button, `no button ${label} in ${JSON.stringify(buttons)}`);
  const answer = who.presses(message, (button as { callback_data: string }).callback_data);
  await desk.settled();
  return (await answer)?.text;
}

/** What somebody is offered who writes words behind the bot's name. */
export async function offered(desk: TestDesk, who: SimulatedUser, query = "", offset = "") {
  const asking = who.queries(desk.bot, query, offset);
  await desk.settled();
  return await asking;
}

/** The titles of what is offered. */
export function titlesOf(results: unknown[]): string[] {
  return (results as { title?: string; type: string }[]).map(({ title, type }) => title ?? type);
}

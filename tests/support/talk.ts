/** A conversation under way: Maria has written, Ana has answered; and short ways of going on. */
import { type DeskOptions, TestDesk } from "./desk.ts";
import type {
  ContentSpec,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";

/** Opens a desk with that conversation. */
export async function openTalk(options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const maria = desk.customer("Maria", { lastName: "Silva" });
  const first = maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  const answer = desk.ana.comments(desk.cardOf(maria), "bom dia, Maria!");
  await desk.settled();
  /** Comments, and waits until everything that follows has happened. */
  const says = async (
    who: SimulatedUser,
    content: ContentSpec,
    options: Parameters<SimulatedUser["comments"]>[2] = {},
  ) => {
    const comment = who.comments(desk.cardOf(maria), content, options);
    await desk.settled();
    return comment;
  };
  /** Maria writes. */
  const writes = async (content: ContentSpec) => {
    const message = maria.sends(desk.chatOf(maria), content);
    await desk.settled();
    return message;
  };
  const cardText = () => desk.cardOf(maria).text!;
  const isPinned = () => desk.channel.pinned.includes(desk.cardOf(maria).message_id);
  /** The last the bot said in the thread. */
  const line = () => desk.threadOf(maria).findLast(({ from }) => from?.id === desk.bot.id)!;
  const press = async (who: SimulatedUser, message: SimulatedMessage, button: string) => {
    const answer = who.presses(message, dataOf(message, button));
    await desk.settled();
    return await answer;
  };
  const isThere = (message: SimulatedMessage) =>
    desk.group.messages.some(({ message_id }) => message_id === message.message_id);
  return { desk, maria, first, answer, says, writes, cardText, isPinned, line, press, isThere };
}

/** What a button with these words carries. */
export function dataOf(message: SimulatedMessage, words: string): string {
  const buttons = (message.reply_markup?.inline_keyboard.flat() ?? []) as {
    text: string;
    callback_data: string;
  }[];
  const button = buttons.find(({ text }) => text.includes(words));
  if (!button) throw new Error(`Message ${message.message_id} has no button “${words}”`);
  return button.callback_data;
}

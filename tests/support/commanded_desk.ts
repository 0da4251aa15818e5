/** A desk whose creator commands it in private. */
import { TestDesk } from "./desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A desk whose creator can command it in private. */
export async function open() {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const chat = desk.chatOf(desk.boss);
  /** Commands in private; what the bot answers. */
  const asks = async (text: string, options: { replyTo?: number } = {}) => {
    desk.boss.sends(chat, text, options);
    await desk.settled();
    return chat.messages.at(-1)!;
  };
  const customerWrites = async (maria: SimulatedUser, text: string) => {
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
  };
  return { desk, chat, asks, customerWrites };
}

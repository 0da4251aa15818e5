/** A desk whose creator commands it in private. */
import { TestDesk } from "./desk.ts";
import type { SendOptions, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** The creator gives a command in private; what the bot answers. */
export async function commands(desk: TestDesk, text: string, options: SendOptions = {}) {
  const chat = desk.chatOf(desk.boss);
  desk.boss.sends(chat, text, options);
  await desk.settled();
  return chat.messages.at(-1)!;
}

/** A desk whose creator can command it in private. */
export async function open() {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const chat = desk.chatOf(desk.boss);
  const asks = (text: string, options?: SendOptions) => commands(desk, text, options);
  const customerWrites = async (maria: SimulatedUser, text: string) => {
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
  };
  return { desk, chat, asks, customerWrites };
}

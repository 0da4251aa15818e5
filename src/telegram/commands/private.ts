/** What an agent may ask in private with the bot. */
import type { CommandName } from "../../commands/command.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { isOn } from "../../settings/settings.ts";
import { readSwitch } from "../../settings/reading.ts";
import { answerTo, type Asked, type CommandHandler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** The commands of agents in private. */
export const privateCommands = { notify } satisfies Partial<Record<CommandName, CommandHandler>>;

/** Whether an agent is told when a customer begins to wait. */
async function notify(delivery: Delivery, asked: Asked): Promise<Outcome> {
  if (asked.by.kind !== "person") return { kind: "sent" };
  const { read } = delivery;
  const { userId } = asked.by;
  const isWanted = readSwitch(asked.words.text);
  if (isWanted === undefined) {
    const isNow = await read.isNoticeWanted(userId) ?? isOn(await read.settings(), "notify");
    return answerTo(delivery, asked, { text: "notify-how", isWanted: isNow });
  }
  const notices = [{ userId, isWanted }];
  return answerTo(delivery, asked, { text: "notify-done", isWanted }, () => ({ notices }));
}

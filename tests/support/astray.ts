/** A desk on a Telegram that does not admit that what is answered was deleted. */
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { TestDesk, textsOf } from "./desk.ts";
import { postOf } from "./origins.ts";

/** Where a message says that it was forwarded from. */
export const FORWARDED_FROM = postOf("Feira");

/** A desk at which Maria has written "um", on a Telegram of that kind. */
export async function openAstray(
  answersToDeleted: "not found" | "invalid" | "astray",
  isInvalid: boolean,
) {
  const desk = await TestDesk.open();
  desk.telegram.unproven.answersToDeleted = answersToDeleted;
  desk.telegram.unproven.deletedAreInvalid = isInvalid;
  const maria = desk.customer("Maria");
  const first = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  return { desk, maria, first };
}

/** Takes away all copies of a customer's cards in the group. */
export function deletesRoots(desk: TestDesk, { id }: SimulatedUser): void {
  for (const message of desk.group.messages) {
    const isRoot = message.is_automatic_forward && message.text?.includes(`ID ${id}`);
    if (isRoot) desk.boss.deletes(message as SimulatedMessage);
  }
}

/** What the bot has put into the group outside of every thread. */
export function outside(desk: TestDesk): string[] {
  return textsOf(
    desk.group.messages.filter(({ from, message_thread_id }) =>
      from?.id === desk.bot.id && message_thread_id === undefined
    ),
  );
}

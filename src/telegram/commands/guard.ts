/** Who is in the group: removed, let in, no longer let in. */
import type { Message } from "grammy/types";
import { type CommandName, wordsAfterCommand } from "../../commands/command.ts";
import { expelling } from "../../decisions/guard.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { authorOf, personOf, userIdIn } from "../../desk/team.ts";
import { answerTo, type Asked, type Handler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** What the group's creator may ask. */
export const guardCommands = {
  allow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, true)),
  disallow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, false)),
} satisfies Partial<Record<CommandName, Handler>>;

/** Whom the command answers, or whose ID it gives. */
function letIn(delivery: Delivery, asked: Asked, isAllowed: boolean): Outcome {
  const { desk } = delivery;
  const given = userIdIn(wordsAfterCommand(asked.given).text);
  const member = given === null
    ? memberIn(asked.given.reply_to_message as Message | undefined, delivery)
    : { kind: "person", userId: given, name: String(given) } as const;
  if (member?.kind !== "person") return answerTo(delivery, asked, { text: "allow-how", isAllowed });
  const { userId } = member;
  return answerTo(
    delivery,
    asked,
    { text: isAllowed ? "allowed" : "disallowed", userId },
    () => ({
      allowed: [{ userId, isAllowed }],
      tasks: isAllowed ? [] : [expelling(member, desk, { isAsked: true })],
    }),
  );
}

/** Who wrote a message, or joined with it, or wrote what it forwards. */
function memberIn(message: Message | undefined, { desk }: Delivery) {
  if (!message || message.is_automatic_forward) return undefined;
  const [joined] = message.new_chat_members ?? [];
  if (joined) return personOf(joined);
  if (message.forward_origin?.type === "user") return personOf(message.forward_origin.sender_user);
  return authorOf(message, desk);
}

/** Who is in the group: removed, let in, no longer let in. */
import type { CommandName } from "../../commands/command.ts";
import { expelling } from "../../decisions/guard.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { userIdIn } from "../../desk/team.ts";
import { answerTo, type Asked, type CommandHandler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** What the group's creator may ask. */
export const guardCommands = {
  allow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, true)),
  disallow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, false)),
} satisfies Partial<Record<CommandName, CommandHandler>>;

/** Whom the command answers, or whose ID it gives. */
function letIn(delivery: Delivery, asked: Asked, isAllowed: boolean): Outcome {
  const { desk } = delivery;
  const given = userIdIn(asked.words.text);
  const { answered } = asked.given;
  const member = given === null
    ? answered?.isRoot ? undefined : answered?.subject ?? answered?.author
    : { kind: "person", userId: given, name: String(given) } as const;
  if (member?.kind !== "person") return answerTo(delivery, asked, { text: "allow-how", isAllowed });
  const { userId } = member;
  return answerTo(
    delivery,
    asked,
    { text: isAllowed ? "allowed" : "disallowed", userId },
    () => ({
      allowed: [{ userId, isAllowed }],
      tasks: [expelling(member, desk, { isAsked: true })],
    }),
  );
}

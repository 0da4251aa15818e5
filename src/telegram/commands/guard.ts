/** The commands by which the creator lets somebody into the group, or does so no more. */
import type { CommandName } from "../../commands/command.ts";
import { expelling } from "../../decisions/guard.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { userNamedIn } from "../../desk/team.ts";
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
  const named = userNamedIn(asked.words);
  const { answered } = asked.given;
  // Words that are not understood may name somebody else.
  const isOther = named === null && asked.words.text !== "";
  const member = named
    ? { kind: "person", ...named } as const
    : answered?.isRoot || isOther
    ? undefined
    : answered?.subject ?? answered?.author;
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

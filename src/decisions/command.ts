/** Commands, on their way to whoever obeys them. */
import { ruleOf } from "../commands/command.ts";
import { laneOf } from "../conversation/lane.ts";
import type { NewTask } from "../jobs/change.ts";
import { commandFacts, type MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import type { Circumstances } from "./circumstances.ts";
import { carriedLater } from "./later_message.ts";
import { laterCommandName } from "./later_names.ts";

/** The command that a message gives, to be obeyed in the thread of a customer; 0: in none. */
export function commandTask(
  message: MessageFacts,
  customerId: number,
  { desk }: Circumstances,
): NewTask | undefined {
  const { given, place: at, author: by } = message;
  if (given === null || given === "of another bot") return undefined;
  const { name } = given;
  const isOfLater = name === "later";
  // What answers the customer keeps its place among the answers; in no thread nobody is answered.
  const isAnswer = customerId !== 0 && name !== undefined && ruleOf(name).isAnswer === true;
  return {
    lane: laneOf(desk, customerId, isAnswer ? "to-customer" : "to-desk"),
    task: {
      kind: "command",
      ...defined({ name, carries: isOfLater ? carriedLater(message) : undefined }),
      at,
      by,
      private: { given: commandFacts(message) },
    },
    ...defined({ name: isOfLater ? laterCommandName(message) : undefined }),
  };
}

/** The help in two messages: what is given day by day, and the rest for whoever wants to see it. */
import { type CommandName, ruleOf } from "./command.ts";

/** How many commands the first message names: with its introduction, it has at most 20 lines. */
const NAMED_FIRST = 16;

/** Which commands each message of the help names: everyday ones come first, the help itself last. */
export function helpPages(
  commands: readonly CommandName[],
): { first: CommandName[]; rest: CommandName[] } {
  const isEveryday = (name: CommandName) => ruleOf(name).isEveryday === true;
  const inOrder = [
    ...commands.filter(isEveryday),
    ...commands.filter((name) => !isEveryday(name) && name !== "help"),
    ...commands.filter((name) => name === "help"),
  ];
  return { first: inOrder.slice(0, NAMED_FIRST), rest: inOrder.slice(NAMED_FIRST) };
}

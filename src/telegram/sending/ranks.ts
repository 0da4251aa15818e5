/** What somebody may ask at any of a bot's desks. */
import { COMMAND_NAMES, type CommandName, type Where } from "../../commands/command.ts";
import type { Author } from "../../desk/team.ts";
import type { Answer } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { isPassing } from "../classify.ts";

/**
 * The commands somebody of the team may give, in their order: in a desk's chats those of that desk, in
 * private those of all. A desk that Telegram does not tell about is passed over, unless that passes.
 */
export async function commandsAnywhere(
  { served, read, options: { desks, reader } }: Delivery,
  by: Author,
  where: Where,
): Promise<Answer<CommandName[]>> {
  const own = await served.ranks.commandsOf(by, where, read);
  if (own.failure || where !== "private") return own;
  const all = new Set(own.result);
  for (const each of desks.known) {
    if (each === served) continue;
    const more = await each.ranks.commandsOf(by, where, reader(each.watch.desk.channelId));
    if (!more.failure) { for (const name of more.result) all.add(name); }
    else if (isPassing(more.failure)) return more;
  }
  return { result: COMMAND_NAMES.filter((name) => all.has(name)) };
}

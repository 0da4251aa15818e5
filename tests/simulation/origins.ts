/**
 * Where messages were first written that people forward, what they answer in other chats, and what
 * is to be said of that.
 */
import type { ExternalReplyInfo, MessageOrigin } from "grammy/types";
import type { SendOptions } from "../../playground/telegram/telegram.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { What } from "./contents.ts";
import type { Reach } from "./said.ts";

/** Where something comes from, or what it answers. */
export interface Context {
  how: Pick<SendOptions, "forwardedFrom" | "externalReplyTo" | "quote" | "keyboard">;
  /** How its copy begins; empty: without a word of it. */
  shown: string;
  /** Who that names, and how the copy begins where they cannot be named: empty, without a word. */
  named: { userId: number; without: string };
  /** The address of the button under it. */
  link?: string;
}

/** What is quoted of messages elsewhere. */
const QUOTE = "como ontem";

/** A message that is forwarded, or answers one of another chat. Albums do only that. */
export function anyContext(
  cast: Cast,
  chance: Chance,
  reach: Reach,
  whats: What[],
): { context: Context } {
  const { origin, name } = anyOrigin(cast, chance, reach);
  const { id: userId } = "sender_user" in origin ? origin.sender_user : { id: 0 };
  const unquoted = { userId, without: "" };
  if (whats.length > 1 || chance.happens(0.5)) {
    const isQuoting = chance.happens(0.5);
    const externalReplyTo: ExternalReplyInfo = { origin };
    const quoted = isQuoting ? `“${QUOTE}”` : "";
    const shown = [name, quoted].filter((part) => part !== "").join(": ");
    const how = { externalReplyTo, ...(isQuoting ? { quote: QUOTE } : {}) };
    const named = { userId, without: quoted === "" ? "" : `↩ ${quoted}` };
    return { context: { how, shown: shown === "" ? "" : `↩ ${shown}`, named } };
  }
  const shown = name === "" ? "" : `↪ ${name}`;
  if (chance.happens(0.5)) {
    return { context: { how: { forwardedFrom: origin }, shown, named: unquoted } };
  }
  const link = `https://loja.example/${chance.between(1, 1e6)}`;
  const keyboard = {
    inline_keyboard: [[{ text: "Loja", url: link }, { text: "Votar", callback_data: "1" }]],
  };
  return { context: { how: { forwardedFrom: origin, keyboard }, shown, link, named: unquoted } };
}

/** Customers learn only of strangers, never who of the team it was or may have been. */
function anyOrigin(
  { strangers, team }: Cast,
  chance: Chance,
  reach: Reach,
): { origin: MessageOrigin; name: string } {
  const date = 1;
  const [stranger, agent] = [strangers[0]!.user.info, team[0]!.user.info];
  const from = chance.pick(["stranger", "agent", "hidden"] as const)!;
  const isSaid = reach === "team" || from === "stranger";
  const name = from === "agent" ? agent.first_name : stranger.first_name;
  const origin: MessageOrigin = from === "hidden"
    ? { type: "hidden_user", date, sender_user_name: name }
    : { type: "user", date, sender_user: from === "agent" ? agent : stranger };
  return { origin, name: isSaid ? name : "" };
}

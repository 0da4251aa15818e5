/** A conversation in which the team's answers are signed, and what is to be seen of that. */
import type { Message } from "grammy/types";
import type { DeskOptions } from "./desk.ts";
import { Side } from "./sides.ts";

/** A conversation in which the team's answers are signed, or are not yet. */
export async function openSigned(
  { signature = true, ...options }: DeskOptions & { signature?: boolean } = {},
): Promise<Side> {
  const side = await Side.open("the team", {
    isPremium: true,
    settings: { panel: false, signature },
    ...options,
  });
  side.desk.bot.known.add(77);
  return side;
}

/** An administrator switches signatures on or off. */
export async function sets({ desk }: Side, value: "on" | "off"): Promise<void> {
  desk.boss.sends(desk.group, `/set signature ${value}`);
  await desk.settled();
}

/** What a message shows, its bold words in asterisks. */
export function shown(message: Message): string {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const bold = entities.filter(({ type }) => type === "bold");
  return bold.toReversed().reduce((all, { offset, length }) => {
    const end = offset + length;
    return `${all.slice(0, offset)}*${all.slice(offset, end)}*${all.slice(end)}`;
  }, text);
}

/** What messages show. */
export const shownIn = (messages: Message[]) => messages.map(shown);

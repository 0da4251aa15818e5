/** Edits of a customer in the thread, before which what they change is kept. */
import type { Message } from "grammy/types";
import type { DeskOptions } from "./desk.ts";
import { Side } from "./sides.ts";

/** A conversation in which what a customer edits is kept, or is not yet. */
export async function open(
  { history = true, ...options }: DeskOptions & { history?: boolean } = {},
): Promise<Side> {
  return await Side.open("a customer", {
    isPremium: true,
    settings: { panel: false, history },
    ...options,
  });
}

/** An administrator has what is edited kept, or no longer. */
export async function sets({ desk }: Side, name: string, value: "on" | "off"): Promise<void> {
  desk.boss.sends(desk.group, `/set ${name} ${value}`);
  await desk.settled();
}

export const answered = (message: Message | undefined) => message?.reply_to_message?.message_id;

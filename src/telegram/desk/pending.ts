/** Desks that their owner has begun to set up: a channel is shown, and it cannot work as a desk yet. */
import type { Api } from "grammy";
import { type NamedDesk, withDeskNamed } from "../../desk/names.ts";
import { answerOf } from "../api.ts";
import type { Desks } from "./desks.ts";

/** Such a desk, with the name that it would have. */
export interface PendingDesk extends NamedDesk {
  /** Its channel's; the channel's ID, if Telegram does not tell. */
  title: string;
}

/** The desks that are not known yet, in their order. */
export async function pendingDesks(desks: Desks, api: Api): Promise<PendingDesk[]> {
  const pending: PendingDesk[] = [];
  let names = desks.names;
  for (const { channel: channelId, watch } of desks.all) {
    if (watch.isKnown || typeof channelId !== "number") continue;
    const found = await answerOf(api.getChat(channelId));
    const title = found.failure ? String(channelId) : found.result.title ?? String(channelId);
    names = withDeskNamed(names, { channelId, title });
    const { name } = names.find((each) => each.channelId === channelId)!;
    pending.push({ channelId, name, title });
  }
  return pending;
}

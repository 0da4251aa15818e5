/** Desks that their owner has begun to set up: a channel is shown, and it cannot work as a desk yet. */
import { type NamedDesk, withDeskNamed } from "../../desk/names.ts";
import type { Desks } from "./desks.ts";

/** The desks that are not known yet, in their order, with the names that they would have. */
export function pendingDesks(desks: Desks): NamedDesk[] {
  const pending: NamedDesk[] = [];
  let names = desks.names;
  for (const served of desks.all) {
    const { channel: channelId, watch } = served;
    if (watch.isKnown || typeof channelId !== "number") continue;
    names = withDeskNamed(names, { channelId, title: desks.titleOf(served) });
    pending.push(names.find((each) => each.channelId === channelId)!);
  }
  return pending;
}

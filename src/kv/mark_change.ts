/**
 * What a change notes for a while: of single messages, and of chats. It commits nothing itself.
 */
import type { Change } from "../jobs/change.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { PauseRecord } from "./reader.ts";
import { toStored } from "./records.ts";

/** Puts into a commit what a change notes for a while at a desk. */
export function writeMarks(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys, lifetimes, now }: { keys: Keys; lifetimes: Lifetimes; now: () => number },
): void {
  for (const { at, reactorId } of change.reactors ?? []) {
    commit.set(keys.reactor(deskId, at), toStored(reactorId), { expireIn: lifetimes.reactor });
  }
  for (const place of change.told ?? []) {
    commit.set(keys.told(deskId, place), toStored(now()), { expireIn: lifetimes.told });
  }
  for (const place of change.notes ?? []) {
    commit.set(keys.note(deskId, place), toStored(now()), { expireIn: lifetimes.note });
  }
  for (const { customerId, command, confirmation } of change.confirmations ?? []) {
    const { chatId, messageId } = command;
    const there = { chatId, messageId: confirmation.messageId };
    const ends = [[command, confirmation], [there, { ...confirmation, messageId }]] as const;
    for (const [place, other] of ends) {
      const key = keys.confirmation(deskId, customerId, place);
      commit.set(key, toStored(other), { expireIn: lifetimes.confirmation });
    }
  }
  for (const { chatId, untilMs } of change.pauses ?? []) {
    const expireIn = Math.max(0, untilMs - now());
    const pause: PauseRecord = { fromMs: now(), untilMs };
    commit.set(keys.pause(chatId), toStored(pause), { expireIn });
  }
}

/** Customers who write before there is a desk, and what the team reads of that once there is one. */
import { assertEquals } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/user.ts";
import { textsOf } from "./desk.ts";
import type { Mode, UnclaimedBot } from "./unclaimed_bot.ts";

/** Both ways in which updates come. */
export const MODES: Mode[] = ["webhook", "polling"];

/** A customer who writes several messages, one after the other. */
export function writes(desk: UnclaimedBot, who: SimulatedUser, texts: string[]): void {
  for (const text of texts) who.sends(desk.chatOf(who), text);
}

/** What people have written in a thread, without what the bot says there. */
export function wordsIn(desk: UnclaimedBot, who: SimulatedUser): string[] {
  return textsOf(desk.threadOf(who)).filter((text) => !/^(🚫|✅)/u.test(text));
}

/** Two customers have written, and the owner has claimed the bot. */
export async function waitsForADesk(desk: UnclaimedBot) {
  const customers: [SimulatedUser, string[]][] = [
    [desk.customer("Maria"), ["um", "dois", "três"]],
    [desk.customer("João"), ["a", "b"]],
  ];
  for (const [who, texts] of customers) writes(desk, who, texts);
  await desk.boots();
  await desk.claims();
  await desk.settled();
  assertEquals(await desk.parked(), 5);
  const isPlayed = async () => await desk.parked() === 0;
  return { maria: customers[0]![0], customers, isPlayed };
}

/** What one message costs, counted at the real program: calls, commits, reads, what stays. */
import { AT_ONCE } from "./cases.ts";
import { BotProcess, bytesIn, TelegramProcess, usageOf } from "./processes.ts";
import type { Cost, Costs } from "./scale.ts";
import type { Load } from "./crowd.ts";
import { freePort } from "../support/port.ts";

const CUSTOMERS = 50;
const MESSAGES = 300;

/** Counts what customers' first messages cost, their later ones, and the team's answers. */
export async function countCosts(folder: string): Promise<Costs> {
  await using telegram = new TelegramProcess();
  const desk = await telegram.ask("open", { customers: CUSTOMERS + 1, latencyMs: 0 });
  const kvPath = `${folder}/${crypto.randomUUID()}.sqlite3`;
  const counting = new URL("counting.ts", import.meta.url).pathname;
  const flags = ["--preload", counting];
  await using bot = new BotProcess({ desk, kvPath, webhookPort: freePort(), flags });

  async function countedOf(load: Omit<Load, "mix">): Promise<Cost> {
    await telegram.ask("rest");
    const before = { ...JSON.parse(await bot.tells("SIGUSR2")), ...bytesIn(kvPath) };
    const held = await telegram.ask("load", { mix: "text", atOnce: AT_ONCE, ...load });
    await telegram.ask("rest");
    const after = { ...JSON.parse(await bot.tells("SIGUSR2")), ...bytesIn(kvPath) };
    const each = (name: string) => (after[name] - before[name]) / held.messages;
    const late = await telegram.ask("callsSince");
    return {
      calls: (held.calls + late.calls) / held.messages,
      groupCalls: (held.groupCalls + late.groupCalls) / held.messages,
      commits: each("commits"),
      reads: each("reads"),
      readUnits: each("readUnits"),
      writeUnits: each("writeUnits"),
      records: each("records"),
      bytes: each("bytes"),
    };
  }

  // What a start costs is nobody's.
  await telegram.ask("load", { messages: 1, mix: "text", isAnswered: false });
  await telegram.ask("rest");
  const restMiB = (await usageOf(bot.pid)).residentMiB;
  const first = await countedOf({ messages: CUSTOMERS, isAnswered: false });
  const message = await countedOf({ messages: MESSAGES, isAnswered: false });
  const pair = await countedOf({ messages: MESSAGES, isAnswered: true });
  const answer = Object.fromEntries(
    Object.entries(pair).map(([name, each]) => [name, 2 * each - message[name as keyof Cost]]),
  ) as unknown as Cost;
  return { first, message, answer, restMiB };
}

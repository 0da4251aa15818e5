/** The checklist of a desk, as the page and the bot show it. */
import { SECOND_MS } from "../../src/time/duration.ts";
import type { TestDesk } from "./desk.ts";
import { LOCAL_URL, look } from "./page.ts";
import { readEnvironment } from "../../src/config.ts";

/** The page as the operator has it. */
export async function pageOf(desk: TestDesk, headers: Record<string, string>): Promise<string> {
  const { config } = readEnvironment((name) => ({ BOT_TOKEN: desk.bot.token })[name]);
  const { text } = await look(desk, { url: `${LOCAL_URL}?code=${config!.claimCode}`, headers });
  // Who asks again at once is told of the same look.
  desk.clock.aheadMs += 6 * SECOND_MS;
  return text;
}

/** One line of it. */
export interface Item {
  state: string;
  name: string;
  says?: string;
}

/** Its lines, as programs get them. */
export async function itemsOf(desk: TestDesk): Promise<Item[]> {
  return JSON.parse(await pageOf(desk, { Accept: "application/json" })).checklist;
}

/** The checklist as it is shown to somebody in private. */
export async function shownTo(desk: TestDesk, language: string): Promise<string> {
  desk.boss.info.language_code = language;
  desk.boss.sends(desk.chatOf(desk.boss), "/setup");
  await desk.settled();
  return desk.toldTo(desk.boss).at(-1)!.text!;
}

/** What is decided of a story's bot before it begins: by who runs it, and by administrators. */
import { type Config, readEnvironment } from "../../src/config.ts";
import { toStored } from "../../src/kv/records.ts";
import { sentenceOf } from "../../src/texts/problem_sentence.ts";
import type { Cast } from "./cast.ts";
import { Chance } from "./chance.ts";
import { drawWaysToChoose, menuOf, type WaysToChoose } from "./choices.ts";
import { type Clockwork, drawClockwork } from "./clockwork.ts";
import { drawHabits, type Habits } from "./habits.ts";
import type { Mutation } from "./memory_kv.ts";
import type { Weather } from "./weather.ts";

/** What administrators have decided, at each desk alike. */
export interface Decided {
  /** How messages are shown. */
  habits: Habits;
  /** What is done by the clock alone; `null`: nothing. */
  clockwork: Clockwork | null;
  /** How customers can choose among several desks; absent: they do not. */
  choosing: WaysToChoose | undefined;
}

/** Draws what is decided where there are so many desks besides the first for customers to choose. */
export function drawDecided(seed: number, weather: Weather, others: number): Decided {
  const clockwork = drawClockwork(new Chance(seed, "clockwork"));
  return {
    habits: drawHabits(new Chance(seed, "habits")),
    // Where clocks are set, nobody can say when it is time.
    clockwork: weather.clock > 0 ? null : clockwork,
    choosing: others > 0 ? drawWaysToChoose(new Chance(seed, "choices")) : undefined,
  };
}

/** The desks' settings, as they are kept. */
export function settingsOf(
  { bot, desks }: Cast,
  { habits, clockwork, choosing }: Decided,
): Mutation[] {
  const shares = desks.length > 1 ? { distribute: true } : {};
  const menus = choosing?.areMenus ? { menu: menuOf(desks) } : {};
  const value = toStored({ ...habits, ...clockwork, ...shares, ...menus }, "settings");
  return desks.map(({ channel: { id } }): Mutation => ({
    type: "set",
    key: [bot.id, "settings", id],
    value,
  }));
}

/** How the bot is run. */
export function configOf({ bot, desks }: Cast): Config {
  const env: Record<string, string> = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: desks.map(({ channel }) => channel.id).join(),
    PUBLIC_URL: "https://desk.example",
    KV_PATH: ":memory:",
  };
  const settings = readEnvironment((name) => env[name]);
  if (!settings.config) throw new Error(settings.problems.map(sentenceOf).join("\n"));
  return settings.config;
}

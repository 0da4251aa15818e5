/** What a story's desk has decided of how messages are shown. */
import type { Settings } from "../../src/settings/settings.ts";
import type { Chance } from "./chance.ts";

/** Whether answers are signed, and whether what customers edit is kept. */
export type Habits = Required<Pick<Settings, "signature" | "history">>;

const PROBABILITY = 0.4;

/** Draws them. */
export function drawHabits(chance: Chance): Habits {
  return { signature: chance.happens(PROBABILITY), history: chance.happens(PROBABILITY) };
}

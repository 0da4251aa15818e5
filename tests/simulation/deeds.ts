/** What people do, how often, and how soon after one another. */
import type { Chance } from "./chance.ts";

/** How often each thing is done, among all that is done. */
const DEEDS = {
  write: 26,
  "answer in private": 8,
  "private album": 5,
  start: 2,
  block: 3,
  comment: 24,
  "answer in thread": 8,
  "album in thread": 4,
  note: 5,
  intrude: 6,
  edit: 14,
  "edit twice": 6,
  delete: 3,
  react: 8,
  forwards: 8,
  rename: 1,
};

/** How often each thing is done that does not happen at every desk. */
const MISHAPS = {
  "delete a card": 4,
  "delete a root": 4,
  "delete a copy": 4,
  "break or repair": 6,
  "link another group": 2,
  erase: 5,
  "add elsewhere": 3,
};
/** How often customers do what belongs to a desk that does something by the clock. */
const OF_CLOCKWORK = { "press a warning": 5, solve: 2 };

/** In how many stories each of these is done at all. */
const MISHAP_PROBABILITY = 0.25;

/** Something that is done. */
export type Deed = keyof typeof DEEDS | keyof typeof MISHAPS | keyof typeof OF_CLOCKWORK;

/** What is done in a story, and how often. */
export type Deeds = Record<Deed, number>;

/** What is done in one story: as with its weather, some things not at all. */
export function deedsOf(
  chance: Chance,
  { hasClockwork, probability = MISHAP_PROBABILITY }: {
    hasClockwork: boolean;
    probability?: number;
  },
): Deeds {
  const mishaps = Object.entries(MISHAPS).map(([name, weight]) => [
    name,
    chance.happens(probability) ? weight : 0,
  ]);
  const ofClockwork = Object.entries(OF_CLOCKWORK).map(([name, weight]) => [
    name,
    hasClockwork ? weight : 0,
  ]);
  return {
    ...DEEDS,
    ...Object.fromEntries(mishaps) as typeof MISHAPS,
    ...Object.fromEntries(ofClockwork) as typeof OF_CLOCKWORK,
  };
}

/** How long until the next deed: mostly bursts, sometimes silence. */
export function gapMs(chance: Chance): number {
  const pace = chance.weighted({ burst: 50, talk: 33, pause: 14, silence: 3 });
  if (pace === "burst") return chance.between(0, 150);
  if (pace === "talk") return chance.between(500, 6000);
  return pace === "pause" ? chance.between(8000, 60_000) : chance.between(60_000, 400_000);
}

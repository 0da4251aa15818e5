/** What everybody who has things happen in a story is given. */
import type { Clock } from "../../playground/telegram/clock.ts";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Ledger } from "./said.ts";

/** The people of a story, what they have said, and by what chance and clock the rest comes. */
export interface Stage {
  cast: Cast;
  ledger: Ledger;
  chance: Chance;
  clock: Clock;
  /** Tells of what happens, to whoever reads the story. */
  trace: (line: string) => void;
}

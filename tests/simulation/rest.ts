/** A story that has come to rest, and all that its bot has shown: what every check looks at. */
import type { Cast } from "./cast.ts";
import type { Choice } from "./choices.ts";
import type { Clockings, Clockwork } from "./clockwork.ts";
import type { Copy, Shown } from "./copies.ts";
import type { Acts } from "./customers.ts";
import type { Eras } from "./eras.ts";
import type { Habits } from "./habits.ts";
import type { Mishaps } from "./mishaps.ts";
import type { Reaction } from "./reactions.ts";
import type { Ledger, Said } from "./said.ts";
import type { UnaskedCopy } from "./unknowable.ts";
import type { Unnamed } from "./unnamed.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** A story at rest. */
export interface Rest {
  cast: Cast;
  ledger: Ledger;
  mishaps: Mishaps;
  /** What each customer was called when they last wrote, and whenever they have pressed since. */
  names: ReadonlyMap<number, readonly string[]>;
  /** How often each customer did what the bot answers or tells of. */
  acts: Acts;
  reactions: Reaction[];
  /** What customers have chosen. */
  choices: readonly Choice[];
  /** How often a call that carried this was executed without its caller learning of it. */
  unanswered: Map<string, number>;
  /** Whom the desk could not name to customers, and when. */
  unnamed: Unnamed;
  /** The copies that could not be asked where they stand: the bot was out of their group. */
  unasked: UnaskedCopy[];
  /** The tokens of which Telegram would not copy what a copy showed before an edit. */
  unkept: ReadonlySet<string>;
  /** When the desk first heard of each root, by group and message. */
  rootsLearnedMs: Map<string, number>;
  /** When the processes began. */
  startedMs: number[];
  /** How often the clock was set that the processes go by. */
  clockWasSet: number;
  /** Since when the desk has known of posts that they are its cards. */
  knownPosts: Map<number, number>;
  /** What the desk does by the clock alone, and what came of it. */
  clockwork: Clockwork | null;
  clockings: Clockings;
  /** By which commit each update was accepted. */
  acceptedBy: ReadonlyMap<number, number>;
  /** Which conversations were erased. */
  eras: Eras;
  /** At which desk customers were. */
  whereabouts: Whereabouts;
  /** All that the database holds. */
  entries: Deno.KvEntry<unknown>[];
  /** How the desk has messages shown. */
  habits: Habits;
  nowMs: number;
}

/** All that the bot has shown, and by token what of it shows something said. */
export interface View {
  /** All that the bot ever said, in the order in which it did in each chat. */
  everything: Shown[];
  /** What is kept of copies as they were before edits, by where it stands: it is nothing said anew. */
  kept: ReadonlyMap<string, string>;
  shown: Shown[];
  copies: Map<string, Copy[]>;
  /** The tokens of commands that were not obeyed, or not anew, since their conversation went on elsewhere. */
  refused: ReadonlySet<string>;
  /** The tokens of which a copy lay outside of every thread, and does not count. */
  takenAway: ReadonlySet<string>;
}

/** Whether something belongs to a conversation that still is, and was said where that was. */
export function isLasting(
  said: Said,
  { eras, whereabouts }: Pick<Rest, "eras" | "whereabouts">,
): boolean {
  return eras.endMsOf(said) === undefined && eras.isTooLate(said) === false &&
    !whereabouts.isTooLate(said);
}

/** A call of the Bot API that is being executed. */
import type { SimulatedBot } from "../bot.ts";
import type { FileSpec } from "../files.ts";
import type { World } from "../world.ts";

/** What a method works with besides its parameters. */
export interface Execution {
  readonly world: World;
  readonly bot: SimulatedBot;
  /** Uploads by the name that `attach://` refers to. */
  readonly files: ReadonlyMap<string, FileSpec>;
  /** Ends when the caller gives up. */
  readonly signal: AbortSignal;
  /** It fails after its first step, if it has several. */
  readonly isCutShort: boolean;
  /** Records that the call breaks the Bot API's rules, whatever is answered. */
  readonly violation: (sentence: string) => void;
}

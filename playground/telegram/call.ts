/** A call of the Bot API: what was asked, by whom, and what was answered. */
import type { ApiError, ApiSuccess } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { FileSpec } from "./files.ts";
import type { World } from "./world.ts";

/** A call as received. */
export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
  readonly botId: number;
  readonly atMs: number;
  /** Absent while the call is under way, and for ever if it was lost on its way to Telegram. */
  response?: ApiSuccess<unknown> | ApiError;
}

/** What a method works with besides its parameters. */
export interface Execution {
  readonly world: World;
  readonly bot: SimulatedBot;
  /** Uploads by the name that `attach://` refers to. */
  readonly files: ReadonlyMap<string, FileSpec>;
  /** Ends when the caller gives up. */
  readonly signal: AbortSignal;
  /** Records that the call breaks the Bot API's rules, whatever is answered. */
  readonly violation: (sentence: string) => void;
}

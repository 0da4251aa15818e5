/** What a bench asks of the simulated Telegram, a line of JSON each, and what it is answered. */
import type { Arrivals, Load } from "./crowd.ts";

/** How a desk is opened. */
export interface Opening {
  customers: number;
  /** How long each call is on its way. */
  latencyMs: number;
  /** Where the bot's instances listen, if there are several: updates come to each in turn. */
  hookPorts?: number[];
}

/** What a bot has to know of its desk. */
export interface Opened {
  apiRoot: string;
  token: string;
  channelId: number;
}

/** How many calls were made, those for updates apart. */
export interface CallCounts {
  calls: number;
  groupCalls: number;
}

/** What a stream came to, with the calls that were made until the last of it had arrived. */
export type Held = Arrivals & CallCounts;

/** How a bot began: moments in milliseconds since 1970. */
export interface Began {
  /** The first update was confirmed: by a 200, or by the offset that was asked for next. */
  acceptedMs: number;
  arrivedMs: number;
  callsBefore: number;
}

/** What the simulated Telegram does for the bench. */
export interface TelegramDeeds {
  open(opening: Opening): Opened;
  /** Each call is on its way for so long from now on. */
  slow(latencyMs: number): void;
  /** Lets people write until all has arrived. */
  load(load: Load): Promise<Held>;
  /** The calls that were made since a stream was over. */
  callsSince(): CallCounts;
  /** Somebody writes one message while the bot is about to begin. */
  greet(): Promise<Began>;
  /** Nobody writes any more. */
  hold(): void;
  /** Resolves when the bot has made no call for a moment. */
  rest(): Promise<void>;
  /** What the bot did that the Bot API forbids. */
  violations(): string[];
}

/** One question, by a number that its answer repeats. */
export interface Question {
  id: number;
  deed: keyof TelegramDeeds;
  given?: unknown;
}

/**
 * What Telegram refuses the bot at its desk. Each trouble is told when it begins and when it is over;
 * it is over when something has gone through again where it was, or, as long as the checklist finds
 * amiss what it sees, when that is repaired.
 */
import type { Api } from "grammy";
import { classify, type Failure, isPassing, scopeOf } from "../classify.ts";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Notice } from "../../texts/notice.ts";
import { sentenceOf } from "../../texts/problem_sentence.ts";
import { say } from "../../texts/texts.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/duration.ts";
import { defined } from "../../values/defined.ts";
import { answerOf } from "../api.ts";
import { type RefusalCause, Refusals } from "./refusals.ts";
import { isWithin } from "../../time/elapsed.ts";

/** A refusal is shown as a problem for as long as it has been heard this recently. */
const FRESH_MS = 3 * MINUTE_MS;
/** Trouble that has not been heard of for so long, and comes again, is told again. */
const FORGOTTEN_MS = HOUR_MS;

/** What telling of trouble needs of the world. */
export interface TroubleOptions {
  api: Api;
  config: Pick<Config, "locale">;
  /** What tells the desk from others, where there are any. */
  mark: () => { desk?: string };
  now: () => number;
  log: Log;
}

/** Trouble of one kind in one place, as it was last heard. */
interface Heard {
  /** Absent: the token's, which is everywhere. */
  chatId?: number;
  /** Whether the checklist sees it: the bot's place in the chat and its rights there. */
  isListed: boolean;
  description: string;
  sinceMs: number;
  /** When it was last heard. */
  atMs: number;
}

/** The trouble at one desk. */
export class Trouble {
  /** By place and kind: one kind does not hide another. */
  readonly #open = new Map<string, Heard>();
  /** What the owner is still to be told, the oldest first. */
  readonly #untold: Notice[] = [];
  #telling: Promise<void> = Promise.resolve();
  /** Until then the owner's chat is to be left alone. */
  #pausedUntilMs = -Infinity;
  /** Lanes, by the desk's chats, and anywhere. */
  readonly #lanes: Refusals<number | "anywhere">;

  constructor(private readonly options: TroubleOptions) {
    this.#lanes = new Refusals(options.now);
  }

  /** What Telegram has refused of late. */
  get refusals(): string[] {
    const nowMs = this.options.now();
    return [...this.#open.values()].filter(({ atMs }) => isWithin(FRESH_MS, atMs, nowMs))
      .map(({ description }) => description);
  }

  /** Since when there is trouble that the checklist sees; `-Infinity`: there is none. */
  get listedSinceMs(): number {
    const listed = [...this.#open.values()].filter(({ isListed }) => isListed);
    return Math.max(...listed.map(({ sinceMs }) => sinceMs));
  }

  /** Notes a refusal in a chat; a new kind of it is one line in the log, and one to the owner. */
  async report(failure: Failure, chatId: number, ownerId: number | undefined): Promise<void> {
    const { now, log } = this.options;
    const { description } = failure;
    const isToken = scopeOf(failure) === "token";
    const isListed = !isToken && LISTED.test(description);
    const key = isToken ? "token" : `${chatId} ${isListed}`;
    const known = this.#open.get(key);
    const atMs = now();
    const isKnown = known !== undefined && isWithin(FORGOTTEN_MS, known.atMs, atMs);
    const sinceMs = isKnown ? known.sinceMs : atMs;
    const place = defined({ chatId: isToken ? undefined : chatId });
    this.#open.set(key, { ...place, isListed, description, sinceMs, atMs });
    // Telegram has several words for it.
    if (isKnown) return await this.tellOwed(ownerId);
    log.error("trouble", {
      problem: sentenceOf({ because: "trouble", description, ...this.options.mark() }),
    });
    await this.#tell(ownerId, { text: "trouble", description, ...this.options.mark() });
  }

  /**
   * Something of a lane has gone through in a chat: what was refused there is refused no more, and the
   * token counts. Without a right other things still go through: if the desk is not well, what the
   * checklist sees goes on. Resolves when the owner has been told; `null`: there was no trouble.
   */
  went(
    lane: string,
    chatId: number,
    { isDesks, isWell, ownerId }: {
      isDesks: boolean;
      isWell: boolean;
      ownerId: number | undefined;
    },
  ): Promise<void> | null {
    this.#lanes.went(lane, "anywhere");
    if (isDesks) this.#lanes.went(lane, chatId);
    return this.#end((heard) => {
      if (heard.chatId === undefined) return true;
      return heard.chatId === chatId && (isWell || !heard.isListed);
    }, ownerId);
  }

  /** What the checklist had found amiss is repaired. */
  repaired(ownerId: number | undefined): Promise<void> | null {
    return this.#end(({ isListed }) => isListed, ownerId);
  }

  /** The token counts. */
  recognised(ownerId: number | undefined): Promise<void> | null {
    return this.#end(({ chatId }) => chatId === undefined, ownerId);
  }

  /** Notes that a lane was refused; whether it is refused for its own sake. */
  refuse(lane: string, where: number | "anywhere"): RefusalCause {
    return this.#lanes.refuse(lane, where);
  }

  #end(isOver: (heard: Heard) => boolean, ownerId: number | undefined): Promise<void> | null {
    const over = [...this.#open].filter(([, heard]) => isOver(heard));
    const [first] = over;
    if (!first) return null;
    for (const [key] of over) this.#open.delete(key);
    this.options.log.info("trouble is over");
    return this.#tell(ownerId, {
      text: "trouble-over",
      description: first[1].description,
      ...this.options.mark(),
    });
  }

  async #tell(ownerId: number | undefined, notice: Notice): Promise<void> {
    this.#untold.push(notice);
    await this.tellOwed(ownerId);
  }

  /** Tells the owner, in order, what Telegram has not taken yet. */
  tellOwed(ownerId: number | undefined): Promise<void> {
    return this.#telling = this.#telling.then(() => this.#tellOwed(ownerId));
  }

  async #tellOwed(ownerId: number | undefined): Promise<void> {
    const { api, config, log, now } = this.options;
    if (ownerId === undefined) this.#untold.length = 0;
    while (ownerId !== undefined && this.#untold.length > 0 && now() >= this.#pausedUntilMs) {
      const words = say(this.#untold[0]!, config.locale);
      const { failure } = await answerOf(api.sendMessage(ownerId, words));
      if (failure) log.warn("owner not told", { reason: failure.description });
      const verdict = failure && classify(failure);
      if (verdict?.kind === "pause") {
        this.#pausedUntilMs = now() + Math.ceil(verdict.retryAfterS * SECOND_MS);
      }
      if (failure && isPassing(failure)) return;
      // Who never wrote to the bot cannot be written to (Bot API, sendMessage).
      this.#untold.shift();
    }
  }
}

/** Words of what the checklist looks at: whether the bot is there, and what it may do. */
const LISTED = /kicked|not a member|deleted|not found|rights|write|admin|inaccessible|chat_send_/i;

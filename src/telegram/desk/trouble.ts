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
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/duration.ts";
import { defined } from "../../values/defined.ts";
import { answerOf } from "../api.ts";
import { type RefusalCause, Refusals } from "./refusals.ts";
import { isWithin } from "../../time/elapsed.ts";

/** A refusal is shown as a problem for as long as it has been heard this recently. */
const FRESH_MS = 3 * MINUTE_MS;
/** Trouble that has not been heard of for so long, and comes again, is told again. */
const FORGOTTEN_MS = HOUR_MS;

/** Trouble that is older is not expected to end any more. */
const KEPT_MS = 7 * DAY_MS;
/** How often it is written down that it still goes on. */
const NOTED_MS = 15 * MINUTE_MS;

/** The trouble of a desk, kept for other starts and instances: it is told once. */
export interface TroubleMemory {
  recall(name: "trouble"): Promise<KeptTrouble | null>;
  change(name: "trouble", decide: (kept: KeptTrouble | null) => KeptTrouble): Promise<void>;
}

/** The trouble of a desk as it lies, by place and kind. */
interface KeptTrouble {
  open: [key: string, heard: Heard][];
}

/** What telling of trouble needs of the world. */
export interface TroubleOptions {
  api: Api;
  memory: TroubleMemory;
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
  /** This process has not heard of it itself. */
  isRecalled?: true;
}

/** The trouble at one desk. */
export class Trouble {
  /** By place and kind: one kind does not hide another. */
  readonly #open = new Map<string, Heard>();
  #isRecalled = false;
  /** The desk's chats in which something went through before that was taken from memory. */
  readonly #wentBefore = new Set<number>();
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

  /** Takes from memory, once, what trouble there was when the program last ran. */
  async #recall(): Promise<void> {
    if (this.#isRecalled) return;
    const kept = await this.options.memory.recall("trouble");
    this.#isRecalled = true;
    const nowMs = this.options.now();
    for (const [key, heard] of kept?.open ?? []) {
      const isStale = !isWithin(KEPT_MS, heard.atMs, nowMs);
      if (!isStale && !this.#open.has(key)) this.#open.set(key, { ...heard, isRecalled: true });
    }
  }

  /** Notes a refusal in a chat; a new kind of it is one line in the log, and one to the owner. */
  async report(failure: Failure, chatId: number, ownerId: number | undefined): Promise<void> {
    const { description } = failure;
    const isToken = scopeOf(failure) === "token";
    const isListed = !isToken && LISTED.test(description);
    const key = isToken ? "token" : `${chatId} ${isListed}`;
    const place = defined({ chatId: isToken ? undefined : chatId });
    const isNew = await this.#note(key, { ...place, isListed, description });
    // Telegram has several words for it.
    if (!isNew) return await this.tellOwed(ownerId);
    this.options.log.error("trouble", {
      problem: sentenceOf({ because: "trouble", description, ...this.options.mark() }),
    });
    await this.#tell(ownerId, { text: "trouble", description, ...this.options.mark() });
  }

  /** Notes trouble; resolves with whether nobody has heard of it yet. */
  async #note(key: string, trouble: Pick<Heard, "chatId" | "isListed" | "description">) {
    const { memory, now } = this.options;
    const atMs = now();
    // Whoever heard of it a moment later may have been the first to write it down.
    const goesOn = (heard: Heard | undefined) =>
      heard !== undefined && Math.abs(atMs - heard.atMs) < FORGOTTEN_MS;
    const known = this.#open.get(key);
    const before = new Map((await memory.recall("trouble"))?.open).get(key);
    const isNoted = before !== undefined && isWithin(NOTED_MS, before.atMs, atMs);
    let isNew = false;
    let sinceMs = before?.sinceMs ?? atMs;
    if (!isNoted) {
      await memory.change("trouble", (kept) => {
        const open = new Map(kept?.open);
        const told = open.get(key);
        isNew = !goesOn(told);
        sinceMs = isNew ? atMs : told!.sinceMs;
        return { open: [...open.set(key, { ...trouble, sinceMs, atMs })] };
      });
    }
    this.#open.set(key, { ...trouble, sinceMs: known?.sinceMs ?? sinceMs, atMs });
    return isNew;
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
    if (isDesks && !this.#isRecalled) this.#wentBefore.add(chatId);
    return this.#end((heard) => {
      if (heard.chatId === undefined) return true;
      return heard.chatId === chatId && (isWell || !heard.isListed);
    }, ownerId);
  }

  /** What the checklist had found amiss is repaired. */
  repaired(ownerId: number | undefined): Promise<void> | null {
    return this.#end(({ isListed }) => isListed, ownerId);
  }

  /**
   * A look was answered: of what was heard before this process began that is over which the checklist
   * finds well, and where something has gone through since.
   */
  async endRecalled(ownerId: number | undefined, isWell: boolean): Promise<void> {
    await this.#recall();
    await this.#end(
      ({ isRecalled, isListed, chatId }) =>
        isRecalled === true &&
        (chatId === undefined || (isListed ? isWell : this.#wentBefore.has(chatId))),
      ownerId,
    );
    await this.tellOwed(ownerId);
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
    return this.#ended(new Set(over.map(([key]) => key)), first[1], ownerId);
  }

  /** Says that trouble is over, unless another instance has. */
  async #ended(
    keys: ReadonlySet<string>,
    { description }: Heard,
    ownerId: number | undefined,
  ): Promise<void> {
    const { memory, log, mark } = this.options;
    let wasOpen = false;
    await memory.change("trouble", (kept) => {
      const open = kept?.open ?? [];
      const left = open.filter(([key]) => !keys.has(key));
      wasOpen = left.length < open.length;
      return { open: left };
    });
    if (!wasOpen) return;
    log.info("trouble is over");
    await this.#tell(ownerId, { text: "trouble-over", description, ...mark() });
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

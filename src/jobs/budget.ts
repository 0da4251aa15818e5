/**
 * How much one chat takes, and how much all chats together: what was sent of late, and what is about
 * to be. The limits are those of https://core.telegram.org/bots/faq, "My bot is hitting limits", with
 * a margin for the way to Telegram.
 */

import { HOUR_MS } from "../time/duration.ts";

/** How much goes into a chat at once, and how soon one more each. */
interface Burst {
  most: number;
  everyMs: number;
}

/** About one message a second into a chat; short bursts pass. */
const PERSONS: Burst = { most: 5, everyMs: 1000 };
/**
 * What bounds a group is its minute. Within it three a second go: at one a second a full minute would
 * end too late for the next to begin in time. A chat that refuses that is given less, as below.
 */
const SHARED: Burst = { most: 5, everyMs: 334 };
/** A chat that was too much for Telegram gets this, for so long: how much it takes is not published. */
const LOWERED: Burst = { most: 2, everyMs: 1000 };
const LOWERED_MS = HOUR_MS;
/** A group takes 20 messages a minute from a bot; of channels the same is assumed. */
const GROUP = { most: 20, windowMs: 61_000 };
/** At most 30 calls in any second. */
const OVERALL = { most: 28, windowMs: 1100 };

/** The share of conversations that the team has answered, where both sides want turns: half is promised. */
const SERVED_SHARE = 0.75;

/** Whose a message is: of a conversation that the team has answered, or anybody else's. */
export type Side = "served" | "others";

/** Whose a room is: of one side, or of whoever took it where nobody waited. */
export type RoomSide = Side | "either";

/** How a message goes: as soon as there is room, or in even steps, so that room is left. */
export type Promptness = "at once" | "in step";

/** Room for one message: taken from when it is promised until so long after its call. */
export interface Room {
  lane: string;
  side: RoomSide;
  atMs: number;
  /** Its call was made, at that time. Until then it may be made at any moment. */
  isMade: boolean;
}

/** How much may be sent within a while, and what was, and is about to be. */
export class Window {
  #rooms: Room[] = [];

  constructor(private readonly limit: { most: number; windowMs: number }) {}

  /** How much of it is free. */
  free(nowMs: number): number {
    const pastMs = nowMs - this.limit.windowMs;
    this.#rooms = this.#rooms.filter(({ isMade, atMs }) => !isMade || atMs > pastMs);
    return Math.max(0, this.limit.most - this.#rooms.length);
  }

  /** Whether less than half of it is taken. */
  isQuiet(nowMs: number): boolean {
    return this.free(nowMs) * 2 > this.limit.most;
  }

  /** How much each lane has of it. */
  shares(nowMs: number): Map<string, number> {
    this.free(nowMs);
    const shares = new Map<string, number>();
    for (const { lane } of this.#rooms) shares.set(lane, (shares.get(lane) ?? 0) + 1);
    return shares;
  }

  /** When there is room for one more; `Infinity`: not before a call is made that is about to be. */
  roomAtMs(nowMs: number): number {
    if (this.free(nowMs) > 0) return nowMs;
    const excess = this.#rooms.length - this.limit.most;
    const firstMs = this.#madeMs()[excess];
    return firstMs === undefined ? Infinity : firstMs + this.limit.windowMs;
  }

  /**
   * When it is time for one more if what is free has to last: the first half goes at once, the rest
   * in even steps, so that whoever comes anew finds some.
   */
  stepAtMs(nowMs: number): number {
    if (this.isQuiet(nowMs)) return nowMs;
    const { most, windowMs } = this.limit;
    const lastMs = Math.max(...this.#rooms.map(({ atMs }) => atMs));
    const [firstMs = lastMs] = this.#madeMs();
    const evenMs = (firstMs + windowMs - lastMs) / (this.free(nowMs) + 1);
    return Math.max(this.roomAtMs(nowMs), lastMs + Math.max(evenMs, windowMs / most));
  }

  /** Whose turn it is where both sides wait: who is served has up to three of four. */
  turn(): Side {
    const contested = this.#rooms.filter(({ side }) => side !== "either");
    const served = contested.filter(({ side }) => side === "served");
    return served.length <= contested.length * SERVED_SHARE ? "served" : "others";
  }

  add(room: Room): Room {
    this.#rooms.push(room);
    return room;
  }

  remove(rooms: readonly Room[]): void {
    this.#rooms = this.#rooms.filter((room) => !rooms.includes(room));
  }

  /** When calls were made, the earliest first. */
  #madeMs(): number[] {
    return this.#rooms.filter(({ isMade }) => isMade).map(({ atMs }) => atMs)
      .sort((a, b) => a - b);
  }
}

/** What goes to all chats together. */
export function overallWindow(): Window {
  return new Window(OVERALL);
}

/** What goes to one chat. */
export class ChatBudget {
  readonly #window: Window | null;
  readonly #usual: Burst;
  #burst: Burst;
  #loweredUntilMs = -Infinity;
  /** When the burst will be used up to the last message. */
  #freeAtMs = 0;

  /** @param isShared whether it is a group or a channel, and no person's chat with the bot */
  constructor(isShared: boolean) {
    this.#window = isShared ? new Window(GROUP) : null;
    this.#usual = this.#burst = isShared ? SHARED : PERSONS;
  }

  /** Telegram has found what was sent too much. */
  lower(nowMs: number): void {
    this.#burst = LOWERED;
    // It is used up, by what was let out too fast.
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs + LOWERED.most * LOWERED.everyMs);
    this.#loweredUntilMs = nowMs + LOWERED_MS;
  }

  /** How many messages it takes within its while. */
  get most(): number {
    return this.#window ? GROUP.most : Infinity;
  }

  /** When it takes one more message: as soon as there is room, or only in its even step. */
  takesAtMs(how: Promptness, nowMs: number): number {
    if (this.#loweredUntilMs <= nowMs) this.#burst = this.#usual;
    const { most, everyMs } = this.#burst;
    const burstMs = Math.max(nowMs, this.#freeAtMs - (most - 1) * everyMs);
    if (!this.#window) return burstMs;
    const atMs = how === "at once" ? this.#window.roomAtMs(nowMs) : this.#window.stepAtMs(nowMs);
    return Math.max(burstMs, atMs);
  }

  /** How many messages it takes at the same time. */
  takes(how: Promptness, nowMs: number): number {
    if (!this.#window) return Infinity;
    if (how === "in step" && !this.#window.isQuiet(nowMs)) return 1;
    return this.#window.free(nowMs);
  }

  /** How many messages each lane has sent of late, or is about to send. */
  shares(nowMs: number): Map<string, number> {
    return this.#window?.shares(nowMs) ?? new Map();
  }

  turn(): Side {
    return this.#window?.turn() ?? "served";
  }

  /** Room for so many messages is promised to a lane. */
  promise(count: number, { lane, side }: Pick<Room, "lane" | "side">, nowMs: number): Room[] {
    return Array.from({ length: count }, () => {
      const room: Room = { lane, side, atMs: nowMs, isMade: false };
      return this.#window?.add(room) ?? room;
    });
  }

  /** A call is about to be made. */
  expect(nowMs: number): void {
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + this.#burst.everyMs;
  }

  /** A call is made of so many messages, for which room was promised, or for some of them. */
  make(count: number, promised: Room[], nowMs: number): void {
    const kept = promised.filter(({ isMade }) => !isMade).slice(0, count);
    for (const room of kept) Object.assign(room, { atMs: nowMs, isMade: true });
    const others = this.promise(count - kept.length, { lane: "", side: "served" }, nowMs);
    for (const room of others) room.isMade = true;
    const { everyMs } = this.#burst;
    if (kept.length > 0) this.#freeAtMs = Math.max(this.#freeAtMs, nowMs + everyMs);
    else if (count > 0) this.expect(nowMs);
  }

  /** No call is made any more for what was promised. */
  giveBack(promised: Room[]): void {
    const unused = promised.filter(({ isMade }) => !isMade);
    const { everyMs } = this.#burst;
    if (unused.length > 0 && unused.length === promised.length) this.#freeAtMs -= everyMs;
    this.#window?.remove(unused);
  }

  /** Whether nothing that was sent bounds anything any more. */
  isIdle(nowMs: number): boolean {
    return this.#freeAtMs <= nowMs && this.#loweredUntilMs <= nowMs &&
      this.shares(nowMs).size === 0;
  }
}

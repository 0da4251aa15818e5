/**
 * How much one chat takes, and how much all chats together: what was sent of late, and what is about
 * to be. The limits are those of https://core.telegram.org/bots/faq, "My bot is hitting limits", with
 * a margin for the way to Telegram.
 */

/** About one message a second into a chat; short bursts pass. */
const CHAT_BURST = 2;
const CHAT_MS = 1000;
/** A group takes 20 messages a minute from a bot; of channels the same is assumed. */
const GROUP = { most: 20, windowMs: 61_000 };
/** At most 30 calls in any second. */
const OVERALL = { most: 28, windowMs: 1100 };

/** Half is the least that is promised to conversations that the team has answered. */
const SERVED_SHARE = 0.75;

/** Whose a message is: of a conversation that the team has answered, or anybody else's. */
export type Side = "served" | "others";

/** How a message goes: as soon as there is room, or in even steps, so that room is left. */
export type Promptness = "at once" | "in step";

/** Room for one message: taken from when it is promised until so long after its call. */
export interface Room {
  lane: string;
  side: Side;
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
    const served = this.#rooms.filter(({ side }) => side === "served");
    return served.length <= this.#rooms.length * SERVED_SHARE ? "served" : "others";
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
  /** When the burst will be used up to the last message. */
  #freeAtMs = 0;

  /** @param isShared whether it is a group or a channel, and no person's chat with the bot */
  constructor(isShared: boolean) {
    this.#window = isShared ? new Window(GROUP) : null;
  }

  /** When it takes one more message: as soon as there is room, or only in its even step. */
  takesAtMs(how: Promptness, nowMs: number): number {
    const burstMs = Math.max(nowMs, this.#freeAtMs - (CHAT_BURST - 1) * CHAT_MS);
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
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + CHAT_MS;
  }

  /** A call is made of so many messages, for which room was promised, or for some of them. */
  make(count: number, promised: Room[], nowMs: number): void {
    const kept = promised.filter(({ isMade }) => !isMade).slice(0, count);
    for (const room of kept) Object.assign(room, { atMs: nowMs, isMade: true });
    const others = this.promise(count - kept.length, { lane: "", side: "served" }, nowMs);
    for (const room of others) room.isMade = true;
    if (kept.length > 0) this.#freeAtMs = Math.max(this.#freeAtMs, nowMs + CHAT_MS);
    else if (count > 0) this.expect(nowMs);
  }

  /** No call is made any more for what was promised. */
  giveBack(promised: Room[]): void {
    const unused = promised.filter(({ isMade }) => !isMade);
    if (unused.length > 0 && unused.length === promised.length) this.#freeAtMs -= CHAT_MS;
    this.#window?.remove(unused);
  }

  /** Whether nothing that was sent bounds anything any more. */
  isIdle(nowMs: number): boolean {
    return this.#freeAtMs <= nowMs && this.shares(nowMs).size === 0;
  }
}

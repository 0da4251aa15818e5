/**
 * The line before one chat: which calls wait to be made there, and which is next. Conversations that
 * the team has answered have half of the turns, and need not wait for one while there is room; the
 * bot's own words go when nobody's wait; and of those alike, who has had least of late goes first.
 */
import { ChatBudget, type Promptness, type Room } from "./budget.ts";
import { MINUTE_MS } from "../time/duration.ts";

/** So many messages of a served lane go as soon as there is room, whoever else has much to say. */
const PROMPT_MOST = 5;
/** The bot's own words give way no longer than this. */
const GIVING_WAY_MS = 15 * MINUTE_MS;

/** Whose words a call carries. */
export type Whose =
  /** The team's, or those of a customer whom the team has answered. */
  | "served"
  /** Those of a customer whom the team has yet to answer. */
  | "new"
  /** The bot's own. */
  | "own";

/** A call somebody wants to make. */
export interface WantedCall {
  /** Who asks: stands in line once. */
  lane: string;
  /** The customer and desk that the lane is of. */
  conversation: string;
  chatId: number;
  /** How many messages it sends; without any it counts only among all calls. */
  count: number;
  whose: Whose;
}

/** A call in line. */
export interface WaitingCall extends WantedCall {
  sinceMs: number;
  /** Its place among those who had as much of late. */
  place: number;
  /** What was promised to it already: an album's pieces take turns like single messages. */
  promised: Room[];
}

/** How a call stands in line: by whose words it carries, or as one that sends nothing. */
const STANDINGS = ["served", "others", "own", "silent"] as const;
/** One of these. */
export type Standing = typeof STANDINGS[number];

/** What waits before one chat. */
export class ChatLine {
  readonly budget: ChatBudget;
  /** Groups and channels have negative IDs (Bot API, Chat). */
  readonly isShared: boolean;
  heldUntilMs = -Infinity;
  readonly #calls: Record<Standing, Map<string, WaitingCall>> = {
    served: new Map(),
    others: new Map(),
    own: new Map(),
    silent: new Map(),
  };

  constructor(chatId: number) {
    this.isShared = chatId < 0;
    this.budget = new ChatBudget(this.isShared);
  }

  /** How the foremost of those who wait stands; absent: nobody waits. */
  get foremost(): Standing | undefined {
    return STANDINGS.find((standing) => this.#calls[standing].size > 0);
  }

  /** A call gets in line; one that stands there already may be another's words by now. */
  join(call: WantedCall, place: number, nowMs: number): void {
    const known = this.#remove(call.lane);
    const whose = known?.whose === "served" && call.whose === "new" ? "served" : call.whose;
    this.#add({ sinceMs: nowMs, place, promised: [], ...known, ...call, whose });
  }

  /** A call waits no longer. */
  leave(lane: string): void {
    const known = this.#remove(lane);
    if (known) this.budget.giveBack(known.promised);
  }

  /** What waits of a conversation is a served one's from now on. */
  serve(conversation: string): void {
    for (const call of [...this.#calls.others.values()]) {
      if (call.conversation !== conversation || call.whose !== "new") continue;
      this.#remove(call.lane);
      this.#add({ ...call, whose: "served" });
    }
  }

  /** Which call may be made now. */
  first(nowMs: number): WaitingCall | null {
    if (!this.foremost || this.heldUntilMs > nowMs) return null;
    this.#endGivingWay(nowMs);
    const { served, others, own, silent } = this.#calls;
    const isOpen: Record<Promptness, boolean> = {
      "at once": this.budget.takesAtMs("at once", nowMs) <= nowMs,
      "in step": this.budget.takesAtMs("in step", nowMs) <= nowMs,
    };
    const shares = this.budget.shares(nowMs);
    const best = (calls: Map<string, WaitingCall>) => {
      let first: WaitingCall | null = null;
      for (const call of calls.values()) {
        if (!isOpen[this.#promptness(call, shares)]) continue;
        if (!first || goesBefore(call, first, shares)) first = call;
      }
      return first;
    };
    const people = isOpen["at once"] ? [best(served), best(others)] : [];
    if (this.#isTurnOfOthers) people.reverse();
    const isOwnTurn = served.size + others.size === 0 && isOpen["in step"];
    const [anySilent = null] = silent.values();
    return people.find((call) => call !== null) ?? (isOwnTurn ? best(own) : null) ?? anySilent;
  }

  /**
   * Promises room to a call that may be made: all it needs, or for one message more. Whether it has
   * all by now; then it is in line no longer.
   */
  promise(call: WaitingCall, place: number, nowMs: number): boolean {
    const { lane, whose, count, promised } = call;
    const most = this.budget.takes(this.#promptness(call, this.budget.shares(nowMs)), nowMs);
    const left = count - promised.length;
    const side = whose === "served" ? "served" : "others";
    promised.push(...this.budget.promise(left <= most ? left : 1, { lane, side }, nowMs));
    call.place = place;
    if (promised.length < count) return false;
    this.#remove(lane);
    return true;
  }

  /** When a call may be made, and one that waits; `null`: none does. */
  next(nowMs: number): { lane: string; atMs: number } | null {
    const times: Record<Promptness, number> = {
      "at once": this.budget.takesAtMs("at once", nowMs),
      "in step": this.budget.takesAtMs("in step", nowMs),
    };
    const shares = this.budget.shares(nowMs);
    const { served, others, own, silent } = this.#calls;
    const [oneOfOthers] = others.values();
    const [oneOfOwn] = own.values();
    const [oneSilent] = silent.values();
    let next: { lane: string; atMs: number } | null = null;
    for (const call of [...served.values(), oneOfOthers, oneOfOwn, oneSilent]) {
      if (!call) continue;
      const roomMs = call.count > 0 ? times[this.#promptness(call, shares)] : nowMs;
      const atMs = Math.max(this.heldUntilMs, roomMs);
      if (!next || atMs < next.atMs) next = { lane: call.lane, atMs };
    }
    return next;
  }

  /** Whether those whom nobody has answered have had too little of late. */
  get #isTurnOfOthers(): boolean {
    const { served, others } = this.#calls;
    return served.size > 0 && others.size > 0 && this.budget.turn() === "others";
  }

  #promptness(call: WaitingCall, shares: Map<string, number>): Promptness {
    if (this.#isTurnOfOthers) return call.whose === "served" ? "in step" : "at once";
    const share = (shares.get(call.lane) ?? 0) - call.promised.length;
    return call.whose === "served" && share < PROMPT_MOST ? "at once" : "in step";
  }

  /** The bot's own words that have given way for long enough stand in line like others'. */
  #endGivingWay(nowMs: number): void {
    for (const call of this.#calls.own.values()) {
      if (nowMs - call.sinceMs < GIVING_WAY_MS) continue;
      this.#remove(call.lane);
      this.#calls.others.set(call.lane, call);
    }
  }

  #add(call: WaitingCall): void {
    const { lane, whose, count } = call;
    const standing = count === 0 ? "silent" : whose === "new" ? "others" : whose;
    this.#calls[standing].set(lane, call);
  }

  #remove(lane: string): WaitingCall | undefined {
    for (const calls of Object.values(this.#calls)) {
      const known = calls.get(lane);
      if (known && calls.delete(lane)) return known;
    }
  }
}

/** Who has had less of late; of those alike, who has waited longer. */
function goesBefore(a: WaitingCall, b: WaitingCall, shares: Map<string, number>): boolean {
  const more = (shares.get(a.lane) ?? 0) - (shares.get(b.lane) ?? 0);
  return more === 0 ? a.place < b.place : more < 0;
}

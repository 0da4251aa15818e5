/**
 * The line before one chat: which calls wait to be made there, and which is next. Conversations that
 * the team has answered have half of the turns, and need not wait for one while there is room; the
 * bot's own words go when nobody's wait; and of those alike, who has had least of late goes first.
 * Room is kept for those alone who have spoken here of late and may speak again.
 */
import { ChatBudget, type Promptness, type Room } from "./budget.ts";
import { Speakers } from "./speakers.ts";
import { MINUTE_MS } from "../time/duration.ts";

/**
 * So many messages of a lane go as soon as there is room, whoever else has much to say; more, where
 * an equal share of the chat is more.
 */
const PROMPT_LEAST = 5;
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
  readonly #speakers = new Speakers();
  /** How many calls of each conversation wait. */
  readonly #waiting = new Map<string, number>();
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

  /** Somebody speaks here, perhaps without having stood in line. */
  speaks(conversation: string, isServed: boolean, nowMs: number): void {
    if (this.isShared) this.#speakers.speaks(conversation, isServed, nowMs);
  }

  /** Whether nobody waits, and nothing that was sent bounds anything any more. */
  isIdle(nowMs: number): boolean {
    return !this.foremost && this.heldUntilMs <= nowMs && this.budget.isIdle(nowMs) &&
      this.#speakers.areNone(nowMs);
  }

  /** What waits of a conversation is a served one's from now on. */
  serve(conversation: string): void {
    this.#speakers.serve(conversation);
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
    const kept = this.#kept(nowMs);
    const best = (calls: Map<string, WaitingCall>) => {
      let first: WaitingCall | null = null;
      for (const call of calls.values()) {
        if (!isOpen[this.#promptness(call, kept)]) continue;
        if (!first || goesBefore(call, first, kept.shares)) first = call;
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
    const { lane, conversation, whose, count, promised } = call;
    const most = this.budget.takes(this.#promptness(call, this.#kept(nowMs)), nowMs);
    const left = count - promised.length;
    const side = whose === "served" ? "served" : "others";
    promised.push(...this.budget.promise(left <= most ? left : 1, { lane, side }, nowMs));
    call.place = place;
    if (promised.length < count) return false;
    if (whose !== "own") this.speaks(conversation, whose === "served", nowMs);
    this.#remove(lane);
    return true;
  }

  /** When a call may be made, and one that waits; `null`: none does. */
  next(nowMs: number): { lane: string; atMs: number } | null {
    const times: Record<Promptness, number> = {
      "at once": this.budget.takesAtMs("at once", nowMs),
      "in step": this.budget.takesAtMs("in step", nowMs),
    };
    const kept = this.#kept(nowMs);
    const { served, others, own, silent } = this.#calls;
    const [oneOfOwn] = own.values();
    const [oneSilent] = silent.values();
    let next: { lane: string; atMs: number } | null = null;
    for (const call of [...served.values(), ...others.values(), oneOfOwn, oneSilent]) {
      if (!call) continue;
      const roomMs = call.count > 0 ? times[this.#promptness(call, kept)] : nowMs;
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

  /** What everybody has had of late, and for whom who do not wait room is kept. */
  #kept(nowMs: number): Kept {
    const awaited = this.#speakers.awaited(this.#waiting, nowMs);
    const equal = Math.ceil(this.budget.most / (this.#waiting.size + awaited.count));
    return {
      shares: this.budget.shares(nowMs),
      promptShare: Math.max(PROMPT_LEAST, equal),
      isAnybodyAwaited: awaited.count > 0,
      isServedAwaited: awaited.isServed,
    };
  }

  #promptness({ lane, whose, promised }: WaitingCall, kept: Kept): Promptness {
    if (this.#isTurnOfOthers) return whose === "served" ? "in step" : "at once";
    if (whose === "own") return "in step";
    const isModest = (kept.shares.get(lane) ?? 0) - promised.length < kept.promptShare;
    if (isModest && whose === "served") return "at once";
    return (isModest ? kept.isServedAwaited : kept.isAnybodyAwaited) ? "in step" : "at once";
  }

  /** The bot's own words that have given way for long enough stand in line like others'. */
  #endGivingWay(nowMs: number): void {
    for (const call of this.#calls.own.values()) {
      if (nowMs - call.sinceMs < GIVING_WAY_MS) continue;
      this.#remove(call.lane);
      this.#put(call, "others");
    }
  }

  #add(call: WaitingCall): void {
    const { whose, count } = call;
    this.#put(call, count === 0 ? "silent" : whose === "new" ? "others" : whose);
  }

  #put(call: WaitingCall, standing: Standing): void {
    const { lane, conversation } = call;
    this.#calls[standing].set(lane, call);
    this.#waiting.set(conversation, (this.#waiting.get(conversation) ?? 0) + 1);
  }

  #remove(lane: string): WaitingCall | undefined {
    for (const calls of Object.values(this.#calls)) {
      const known = calls.get(lane);
      if (!known) continue;
      calls.delete(lane);
      const left = this.#waiting.get(known.conversation)! - 1;
      if (left > 0) this.#waiting.set(known.conversation, left);
      else this.#waiting.delete(known.conversation);
      return known;
    }
  }
}

/** By what it is told how soon a call may go. */
interface Kept {
  /** How much each lane has had of late. */
  shares: Map<string, number>;
  /** How much of that is no more than its due. */
  promptShare: number;
  /** Whether others than those who wait may speak again. */
  isAnybodyAwaited: boolean;
  /** Whether one of them may whom the team has answered. */
  isServedAwaited: boolean;
}

/** Who has had less of late; of those alike, who has waited longer. */
function goesBefore(a: WaitingCall, b: WaitingCall, shares: Map<string, number>): boolean {
  const more = (shares.get(a.lane) ?? 0) - (shares.get(b.lane) ?? 0);
  return more === 0 ? a.place < b.place : more < 0;
}

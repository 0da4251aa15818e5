/**
 * How fast the bot may speak: it keeps itself under Telegram's limits, so that being refused with
 * "too many requests" is the exception. Lanes ask for their next call. Where there is room for it, it
 * may be made; else the lane waits in its chat's line until it is let in, so that all take turns and
 * one flooding customer delays only themselves.
 */
import { overallWindow, type Room, type Side } from "./budget.ts";
import { ChatLine, type Standing, type WaitingCall, type WantedCall } from "./chat_line.ts";
import { MINUTE_MS } from "../time/duration.ts";

/** How often it is looked which chats have been idle. */
const IDLE_LOOK_MS = MINUTE_MS;

/** A call that may be made, until its lane is through with it. */
interface Grant {
  chatId: number;
  promised: Room[];
  /** Its room among all calls. */
  overall: Room;
}

/** The pace of one bot, in one process. Its times are of a clock that only goes forward. */
export class Pace {
  readonly #isOn: boolean;
  readonly #lines = new Map<number, ChatLine>();
  readonly #queue = new Queue();
  readonly #overall = overallWindow();
  /** Which chat's line each lane stands in. */
  readonly #inLine = new Map<string, number>();
  readonly #granted = new Map<string, Grant>();
  /** Let in, and not told so yet. */
  readonly #let = new Set<string>();
  #places = 0;
  #idleLookMs = -Infinity;

  /** @param isOn whether limits are kept; what Telegram asks for is always obeyed */
  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /**
   * Takes room for a call where it goes without saying: there is plenty, and nobody waits for it.
   * Whose words it carries is of no matter then, but whether they are the bot's `isOwn`.
   */
  goesFreely(
    { lane, conversation, chatId, count, isOwn }: Omit<WantedCall, "whose"> & { isOwn?: boolean },
    nowMs: number,
  ): boolean {
    if (this.#isLetIn(lane, chatId)) return true;
    this.#giveBack(lane);
    const held = this.#lines.get(chatId);
    if (held && held.heldUntilMs > nowMs) return false;
    if (!this.#isOn) {
      // It may stand in line since the chat was held.
      this.forget(lane);
      return true;
    }
    this.#forgetIdle(nowMs);
    const line = this.#line(chatId);
    const { budget, foremost } = line;
    const isFree = !foremost && !this.#inLine.has(lane) && this.#overall.isQuiet(nowMs) &&
      count <= budget.takes("in step", nowMs) &&
      (count === 0 || budget.takesAtMs("in step", nowMs) <= nowMs);
    if (!isFree) return false;
    if (!isOwn) line.speaks(conversation, false, nowMs);
    this.#grant(lane, chatId, budget.promise(count, { lane, side: "either" }, nowMs), nowMs);
    return true;
  }

  /** Whether the call may be made now. If not, its lane stands in line. */
  ask(call: WantedCall, nowMs: number): boolean {
    const { lane, chatId } = call;
    if (this.#isLetIn(lane, chatId)) return true;
    this.#giveBack(lane);
    if (this.#inLine.get(lane) !== chatId) this.forget(lane);
    const line = this.#line(chatId);
    line.join(call, ++this.#places, nowMs);
    this.#queue.put(line);
    this.#inLine.set(lane, chatId);
    this.#letIn(nowMs);
    return this.#let.delete(lane);
  }

  /** The lanes whose turn has come since they were told to wait. */
  letIn(nowMs: number): string[] {
    this.#letIn(nowMs);
    const lanes = [...this.#let];
    this.#let.clear();
    return lanes;
  }

  /** Whether a lane stands in line. */
  isInLine(lane: string): boolean {
    return this.#inLine.has(lane);
  }

  /** When somebody may go, and one who waits; `null`: nobody does, or time alone does not tell. */
  next(nowMs: number): { lane: string; atMs: number } | null {
    const leastMs = this.#isOn ? this.#overall.roomAtMs(nowMs) : nowMs;
    let next: { lane: string; atMs: number } | null = null;
    for (const line of this.#queue.lines()) {
      const one = line.next(nowMs);
      if (one && one.atMs < (next?.atMs ?? Infinity)) next = one;
      if (next && next.atMs <= leastMs) break;
    }
    const atMs = Math.max(next?.atMs ?? Infinity, leastMs);
    return next && atMs < Infinity ? { ...next, atMs } : null;
  }

  /** A call is made, to a chat, of so many messages: one that was asked for, or any other. */
  made(chatId: number, count: number, nowMs: number): void {
    if (!this.#isOn) return;
    const grant = [...this.#granted.values()].find((each) =>
      each.chatId === chatId && !each.overall.isMade
    );
    this.#line(chatId).budget.make(count, grant?.promised ?? [], nowMs);
    if (grant) Object.assign(grant.overall, { atMs: nowMs, isMade: true });
    for (let more = grant ? 1 : 0; more < Math.max(count, 1); more++) {
      this.#overall.add({ lane: "", side: "served", atMs: nowMs, isMade: true });
    }
  }

  /**
   * A lane is through with the call it was let in for: room it did not use is free again. What it has
   * been let in for since, and was not told so yet, is kept.
   */
  left(lane: string): void {
    if (!this.#let.has(lane)) this.#giveBack(lane);
  }

  /** Gives back the room that a lane was let in for. */
  #giveBack(lane: string): void {
    this.#let.delete(lane);
    const grant = this.#granted.get(lane);
    if (!grant) return;
    this.#granted.delete(lane);
    this.#line(grant.chatId).budget.giveBack(grant.promised);
    if (!grant.overall.isMade) this.#overall.remove([grant.overall]);
  }

  /** A lane has nothing to wait for any more. */
  forget(lane: string): void {
    this.#giveBack(lane);
    const chatId = this.#inLine.get(lane);
    if (chatId === undefined) return;
    this.#inLine.delete(lane);
    const line = this.#line(chatId);
    line.leave(lane);
    this.#queue.put(line);
  }

  /** The team has answered: what waits of this conversation is a served one's from now on. */
  serve(conversation: string): void {
    for (const line of this.#lines.values()) {
      line.serve(conversation);
      this.#queue.put(line);
    }
  }

  /** Telegram has found too much what was sent to a chat. */
  refused(chatId: number, nowMs: number): void {
    if (this.#isOn) this.#line(chatId).budget.lower(nowMs);
  }

  /** Nothing goes to the chat until then. */
  hold(chatId: number, untilMs: number): void {
    const line = this.#line(chatId);
    line.heldUntilMs = Math.max(untilMs, line.heldUntilMs);
  }

  /** What was held may go again. */
  release(): void {
    for (const line of this.#lines.values()) line.heldUntilMs = -Infinity;
  }

  /** Lets in whoever may go, one after another. */
  #letIn(nowMs: number): void {
    for (let first = this.#first(nowMs); first; first = this.#first(nowMs)) {
      const { lane, chatId, promised } = first;
      const line = this.#line(chatId);
      const isWhole = !this.#isOn || line.promise(first, ++this.#places, nowMs);
      if (!this.#isOn) line.leave(lane);
      this.#queue.put(line);
      if (!isWhole) continue;
      this.#inLine.delete(lane);
      this.#let.add(lane);
      if (this.#isOn) this.#grant(lane, chatId, promised, nowMs);
    }
  }

  /** Which call is first of all: it may be made in its chat, and its turn has come among all. */
  #first(nowMs: number): WaitingCall | null {
    if (this.#isOn && this.#overall.roomAtMs(nowMs) > nowMs) return null;
    return this.#queue.first(this.#overall.turn(), nowMs);
  }

  /** Whether a lane's call to a chat may be made already; then it is told so. */
  #isLetIn(lane: string, chatId: number): boolean {
    if (this.#granted.get(lane)?.chatId !== chatId) return false;
    this.#let.delete(lane);
    return true;
  }

  #grant(lane: string, chatId: number, promised: Room[], nowMs: number): void {
    // On which side it is counts among all calls as it does in its chat.
    const side = promised[0]?.side ?? "either";
    const overall = this.#overall.add({ lane, side, atMs: nowMs, isMade: false });
    if (promised.length > 0) this.#line(chatId).budget.expect(nowMs);
    this.#granted.set(lane, { chatId, promised, overall });
  }

  #line(chatId: number): ChatLine {
    let line = this.#lines.get(chatId);
    if (!line) this.#lines.set(chatId, line = new ChatLine(chatId));
    return line;
  }

  /** Forgets chats where nothing is bounded any more, so that memory does not grow with customers. */
  #forgetIdle(nowMs: number): void {
    if (nowMs - this.#idleLookMs < IDLE_LOOK_MS) return;
    this.#idleLookMs = nowMs;
    for (const [chatId, line] of this.#lines) {
      if (line.isIdle(nowMs)) this.#lines.delete(chatId);
    }
  }
}

/** The lines in which somebody waits, each once, by who is foremost there. */
class Queue {
  /** Groups and channels are few, and much may wait there that may not go yet. */
  readonly #shared = new Set<ChatLine>();
  readonly #private: Record<Standing, Set<ChatLine>> = {
    served: new Set(),
    others: new Set(),
    own: new Set(),
    silent: new Set(),
  };

  /** Notes who waits in a line by now. */
  put(line: ChatLine): void {
    const { foremost } = line;
    if (line.isShared) {
      if (foremost) this.#shared.add(line);
      else this.#shared.delete(line);
      return;
    }
    for (const [standing, lines] of Object.entries(this.#private)) {
      if (standing !== foremost) lines.delete(line);
      else lines.add(line);
    }
  }

  /** All of them. */
  *lines(): Generator<ChatLine> {
    yield* this.#shared;
    for (const lines of Object.values(this.#private)) yield* lines;
  }

  /** Which call may be made now, where both sides' may, by whose turn it is. */
  first(turn: Side, nowMs: number): WaitingCall | null {
    const firsts = [...this.#shared].map((line) => line.first(nowMs));
    for (const lines of Object.values(this.#private)) {
      // Hardly anybody waits for their own chat alone.
      const ready = lines.values().find((line) => line.first(nowMs) !== null);
      firsts.push(ready?.first(nowMs) ?? null);
    }
    const urgency = ({ whose }: WaitingCall) =>
      whose === "own" ? 0 : (whose === "served") === (turn === "served") ? 2 : 1;
    return firsts.filter((call) => call !== null).sort((a, b) =>
      urgency(b) - urgency(a) || a.place - b.place
    )[0] ?? null;
  }
}

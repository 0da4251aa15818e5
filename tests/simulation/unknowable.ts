/**
 * What the desk could not know when it called, since an answer never came, told nothing, or came when
 * the clock had been set: the checks ask for nothing better of what it did then.
 */
import type { Asked, Caller, Sent } from "./call.ts";

/** A copy of the bot's, by its place. */
export interface UnaskedCopy {
  chatId: number;
  copyId: number;
}

/** A process has called, and nothing is heard of it yet. */
interface UnderWay extends Asked {
  caller: Caller;
}

/** How Telegram says that a process may not even ask what it has sent to a group. */
const IS_OUT = /not a member|was kicked/;

/** Sees every call of a story begin, be answered, and end. */
export class Unknowable {
  /** The copies that could not be asked where they stand: the bot was out of their group. */
  readonly unasked: UnaskedCopy[] = [];
  readonly #underWay = new Map<Sent, UnderWay>();
  /** What was under way when the clock was set, and whose it was: their leases read as over. */
  readonly #exposed = new Map<string, Caller>();

  constructor(
    private readonly options: {
      /** A call that carried this was as good as never answered. */
      unanswered: (token: string) => void;
    },
  ) {}

  /** A process begins a call. */
  begins(request: Sent, caller: Caller, asked: Asked): void {
    for (const token of asked.carries) this.#takesOver(token, caller);
    this.#underWay.set(request, { ...asked, caller });
  }

  /** Telegram's own answer has come back to the process. */
  told(request: Sent, isOk: boolean, body: string): void {
    const call = this.#underWay.get(request);
    if (!call) return;
    const { method, payload } = call;
    if (method !== "editMessageReplyMarkup" || isOk || !IS_OUT.test(body)) return;
    this.unasked.push({
      chatId: payload.chat_id as number,
      copyId: payload.message_id as number,
    });
  }

  /** The call is over, however it went. */
  ends(request: Sent): void {
    this.#underWay.delete(request);
  }

  /** The clock was set: whoever looks at a lease of somebody who calls now takes it for long over. */
  clockWasSet(callers: Iterable<Caller>): void {
    for (const { caller, carries } of this.#underWay.values()) {
      for (const token of carries) this.#exposed.set(token, caller);
    }
    for (const caller of callers) {
      for (const token of caller.knows) this.#exposed.set(token, caller);
    }
  }

  /** Another process does what the clock has made look undone: once. */
  #takesOver(token: string, caller: Caller): void {
    const holder = this.#exposed.get(token);
    if (!holder || holder === caller) return;
    this.#exposed.delete(token);
    const isUnderWay = [...this.#underWay.values()].some((call) =>
      call.caller === holder && call.carries.includes(token)
    );
    if (holder.isAlive && (isUnderWay || holder.knows.has(token))) this.options.unanswered(token);
  }
}

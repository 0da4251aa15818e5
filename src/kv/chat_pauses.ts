/** Chats that are to be left alone, as Telegram asks: kept at once here, and for all instances. */
import { NO_DESK } from "../conversation/lane.ts";
import type { Later } from "../jobs/background.ts";
import type { Pace } from "../jobs/pace.ts";
import type { Ledger } from "./ledger.ts";

/** What keeping pauses needs. */
export interface ChatPausesOptions {
  pace: Pace;
  ledger: Ledger;
  later: Later;
  now: () => number;
  /** A clock that only goes forward. */
  steady: () => number;
}

/** The pauses of one bot's chats. */
export class ChatPauses {
  constructor(private readonly options: ChatPausesOptions) {}

  /** Nothing of this instance's goes to the chat until then. */
  hold(chatId: number, untilMs: number): void {
    const { pace, now, steady } = this.options;
    pace.hold(chatId, steady() + untilMs - now());
  }

  /** Telegram asks for it: nothing of any instance's goes to the chat until then. */
  pause(chatId: number, untilMs: number): void {
    const { pace, steady, ledger, later } = this.options;
    pace.refused(chatId, steady());
    this.hold(chatId, untilMs);
    // The job's own commit says so too, but is refused if the job has changed meanwhile.
    const pauses = [{ chatId, untilMs }];
    later(ledger.record(NO_DESK, () => ({ pauses })));
  }
}

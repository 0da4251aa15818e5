/** Signs of life that this instance gives while it holds lanes for long. */
import type { Later } from "../jobs/background.ts";
import type { SetTimer } from "../time/timer.ts";
import { SIGN_MS } from "./holder_silence.ts";

/** What giving signs of life needs. */
export interface SignsOptions {
  /** Gives one. */
  give: () => Promise<void>;
  /** Since when the lane is held whose lease was written the longest ago; `null`: none is held. */
  oldestMs: () => number | null;
  later: Later;
  setTimer: SetTimer;
  now: () => number;
}

/** Gives signs of life, but none while leases say enough. */
export class Signs {
  #cancel: (() => void) | undefined;

  constructor(private readonly options: SignsOptions) {}

  /** A lane is held from now on. */
  begin(): void {
    this.#cancel ??= this.options.setTimer(SIGN_MS, () => this.#ring());
  }

  /** No lane is held any more. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #ring(): void {
    const { give, oldestMs, later, now } = this.options;
    this.#cancel = undefined;
    const sinceMs = oldestMs();
    if (sinceMs === null) return;
    if (now() - sinceMs >= SIGN_MS) later(give());
    this.begin();
  }
}

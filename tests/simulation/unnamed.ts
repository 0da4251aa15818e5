/**
 * Whose names may be left out: a customer is not told of whom something was forwarded while Telegram
 * does not tell that they are not of the team.
 */
import { MINUTE_MS } from "../../src/time/duration.ts";

/** So often a look-up is tried before the name is left out. */
const TRIES = 4;
/** Between the look-up and what it was for lies a call at most, which may be slow. */
const SHORTLY_MS = MINUTE_MS;
/** A message tells its time in seconds. */
const SECOND_MS = 1000;

/** All the times when it was asked in vain whether somebody is of the team. */
export class Unnamed {
  readonly #asked: { userId: number; atMs: number; isDoubt: boolean }[] = [];

  /** It was asked in vain: there was no answer, or, in doubt, that Telegram does not know them. */
  note(userId: number, atMs: number, { isDoubt }: { isDoubt: boolean }): void {
    this.#asked.push({ userId, atMs, isDoubt });
  }

  /** Whether somebody need not be named in a copy of what was said and shown at these times. */
  mayBe(userId: number, saidMs: number, shownMs: number): boolean {
    const asked = this.#asked.filter((each) =>
      each.userId === userId && saidMs <= each.atMs && each.atMs <= shownMs + SECOND_MS
    );
    const isDoubted = asked.some(({ isDoubt, atMs }) => isDoubt && shownMs - atMs < SHORTLY_MS);
    return isDoubted || asked.filter(({ isDoubt }) => !isDoubt).length >= TRIES;
  }
}

/**
 * A cache: values that were of use of late, by name, as many as there is room for, and none for too
 * long.
 */

/** How much is remembered. */
export interface RecentOptions {
  /** So much is remembered at most, in whatever unit each is said to weigh. */
  most: number;
  /** So long each is remembered at most, in milliseconds. */
  longestMs: number;
  /** A clock that only goes forward, in milliseconds. */
  steady: () => number;
}

interface Remembered<T> {
  value: T;
  weight: number;
  sinceMs: number;
}

/**
 * Remembers values. What has not been asked for the longest goes first, roughly: once half of the
 * room is taken by what was of use since the last time that it was, all that was not is forgotten.
 */
export class Recent<T> {
  #lately = new Map<string, Remembered<T>>();
  #before = new Map<string, Remembered<T>>();
  #weight = 0;

  constructor(private readonly options: RecentOptions) {}

  /** What is remembered under this name; `undefined`: nothing is. */
  get(name: string): T | undefined {
    const late = this.#lately.get(name);
    const known = late ?? this.#before.get(name);
    if (!known) return undefined;
    if (this.options.steady() - known.sinceMs > this.options.longestMs) {
      this.forget(name);
      return undefined;
    }
    if (!late) {
      this.#before.delete(name);
      this.#add(name, known);
    }
    return known.value;
  }

  /** Remembers a value from now on. */
  set(name: string, value: T, weight: number): void {
    this.forget(name);
    this.#add(name, { value, weight, sinceMs: this.options.steady() });
  }

  /** Remembers another value instead, for no longer than the one before, if there is one. */
  change(name: string, value: T, weight: number): void {
    const { sinceMs = this.options.steady() } = this.#lately.get(name) ?? this.#before.get(name) ??
      {};
    this.forget(name);
    this.#add(name, { value, weight, sinceMs });
  }

  forget(name: string): void {
    const known = this.#lately.get(name);
    if (known) this.#weight -= known.weight;
    this.#lately.delete(name);
    this.#before.delete(name);
  }

  #add(name: string, remembered: Remembered<T>): void {
    this.#lately.set(name, remembered);
    this.#weight += remembered.weight;
    if (this.#weight * 2 <= this.options.most) return;
    this.#before = this.#lately;
    this.#lately = new Map();
    this.#weight = 0;
  }
}

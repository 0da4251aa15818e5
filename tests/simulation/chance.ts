/** Chance with a seed, in the words in which stories are told. */
import { randomInteger, seededRandom } from "../../playground/telegram/random.ts";

/** A stream of decisions; the same seed and purpose decide the same way. */
export class Chance {
  /** From 0 to 1. */
  readonly random: () => number;

  constructor(seed: number, purpose: string) {
    let mixed = seed;
    for (const letter of purpose) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
    this.random = seededRandom(mixed);
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return probability > 0 && this.random() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return randomInteger(this.random, low, high);
  }

  /** One of several; of none, `undefined`. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  /** One of several names, each as probable as its weight says. */
  weighted<Name extends string>(weights: Record<Name, number>): Name {
    const names = Object.entries(weights) as [Name, number][];
    let left = this.random() * names.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of names) {
      left -= weight;
      if (left < 0) return name;
    }
    return names[0]![0];
  }
}

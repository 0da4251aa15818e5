/** Secrets that somebody has to show. */
import { timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing of where two secrets differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => new TextEncoder().encode(text));
  return a!.length === b!.length && timingSafeEqual(a!, b!);
}

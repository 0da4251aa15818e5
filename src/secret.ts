/** Secrets that somebody has to show. */
import { randomBytes, timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing of where two secrets differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => new TextEncoder().encode(text));
  return a!.length === b!.length && timingSafeEqual(a!, b!);
}

/** How long a code is that somebody has to show, in hexadecimal digits: too long to be guessed. */
export const CODE_DIGITS = 16;

/** A code that nobody can foresee. */
export function randomCode(): string {
  return randomBytes(CODE_DIGITS / 2).toString("hex");
}

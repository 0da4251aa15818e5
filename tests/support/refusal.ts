/** Calls that Telegram does not take: refused in its own words, or not at the moment. */
import type { Fault } from "../../playground/telegram/faults.ts";

/** What Telegram answers: 400 unless it is said otherwise. */
export function refusal(description: string, errorCode = 400): Fault {
  return { kind: "error", errorCode, description };
}

/** The ways in which it does not take a call at the moment. */
export const NOT_NOW = [
  { kind: "429", retryAfterS: 90 },
  { kind: "502" },
  { kind: "lost request" },
] as const satisfies Fault[];

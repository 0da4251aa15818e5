/** Web Crypto works on threads; in a story its results arrive in an order that the seed decides. */
import type { SharedDatabase } from "./database.ts";
import type { Motion } from "./quiet.ts";

const METHODS = ["encrypt", "decrypt", "importKey", "deriveKey", "digest"] as const;

/** Has Web Crypto wait its turn among the operations of a database; returns what undoes it. */
export function serialised(database: SharedDatabase, motion: Motion): () => void {
  const { subtle } = crypto;
  for (const method of METHODS) {
    const original = subtle[method].bind(subtle) as (...args: unknown[]) => Promise<unknown>;
    const inTurn = (...args: unknown[]) => database.inTurn(() => original(...args));
    Object.defineProperty(subtle, method, { value: inTurn, configurable: true });
  }
  motion.moved();
  return () => {
    for (const method of METHODS) delete (subtle as Partial<SubtleCrypto>)[method];
  };
}

/**
 * Web Crypto as far as the bot seals with it, HKDF and AES-GCM, without its threads: in a story its
 * results come at once, in an order that the seed decides. `simulation_test.ts` holds it against the
 * runtime's own.
 */
import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import type { SharedDatabase } from "./database.ts";

/** A key that shows what it is made of. */
interface BareKey {
  raw: Uint8Array;
}

/** At the end of what is sealed (NIST SP 800-38D, 5.2.1.2); Web Crypto's default. */
const TAG_BYTES = 16;

/** What was sealed, by the bytes it was sealed into, its key and nonce among them. */
type Sealed = Map<string, Uint8Array>;

function nameOf(raw: Uint8Array, iv: Uint8Array, sealed: Uint8Array): string {
  return Buffer.concat([raw, iv, sealed]).toString("latin1");
}

/** The methods of `crypto.subtle` that the bot calls, with the parameters it gives. */
const bareSubtle = (known: Sealed) => ({
  importKey: (_format: "raw", raw: Uint8Array, _name: "HKDF"): BareKey => ({ raw }),

  deriveKey: (
    { salt, info }: { name: "HKDF"; hash: "SHA-256"; salt: Uint8Array; info: Uint8Array },
    { raw }: BareKey,
    { length }: { name: "AES-GCM"; length: number },
  ): BareKey => ({ raw: new Uint8Array(hkdfSync("sha256", raw, salt, info, length / 8)) }),

  encrypt: ({ iv }: { iv: Uint8Array }, { raw }: BareKey, plain: Uint8Array): ArrayBuffer => {
    const cipher = createCipheriv("aes-256-gcm", raw, iv);
    const parts = [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
    const sealed = new Uint8Array(Buffer.concat(parts));
    known.set(nameOf(raw, iv, sealed), new Uint8Array(plain));
    return sealed.buffer;
  },

  decrypt: ({ iv }: { iv: Uint8Array }, { raw }: BareKey, sealed: Uint8Array): ArrayBuffer => {
    if (sealed.length < TAG_BYTES) throw notAuthentic();
    const opened = known.get(nameOf(raw, iv, sealed));
    if (opened) return new Uint8Array(opened).buffer;
    const decipher = createDecipheriv("aes-256-gcm", raw, iv);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
    try {
      decipher.final();
    } catch {
      throw notAuthentic();
    }
    return new Uint8Array(plain).buffer;
  },
});

/** Has sealing and opening wait its turn among the operations of a database; returns what undoes it. */
export function serialised(database: Pick<SharedDatabase, "inTurn">): () => void {
  const bare = bareSubtle(new Map());
  const names = Object.keys(bare) as (keyof typeof bare)[];
  for (const name of names) {
    const method = bare[name] as (...args: unknown[]) => unknown;
    // deno-lint-ignore require-await -- what it throws is a rejection, as the runtime's own is
    const inTurn = (...args: unknown[]) => database.inTurn(async () => method(...args));
    Object.defineProperty(crypto.subtle, name, { value: inTurn, configurable: true });
  }
  return () => {
    for (const name of names) delete (crypto.subtle as Partial<SubtleCrypto>)[name];
  };
}

function notAuthentic(): DOMException {
  return new DOMException("Decryption failed", "OperationError");
}

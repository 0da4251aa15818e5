/**
 * What is private and has to wait is sealed at rest: AES-GCM under a key derived from the bot's
 * token, so that who reads the database without the token reads nothing. What must only be known
 * again when it is seen is kept as a mark, from which it cannot be read.
 */
import { createHmac } from "node:crypto";

/** Seals and opens values that JSON can carry. */
export interface Seal {
  close(value: unknown): Promise<Uint8Array>;
  /** Throws if the value was sealed under another token, or changed since. */
  open(sealed: Uint8Array): Promise<unknown>;
  /** The mark of a text, in hex: the same for the same text, and only the token can make it. */
  mark(text: string): string;
}

/** AES-GCM takes a fresh 96-bit nonce for each message (NIST SP 800-38D, 8.2). */
const NONCE_BYTES = 12;

/** How much of a mark is kept: more than enough to tell people apart. */
const MARK_DIGITS = 32;

/** A seal under a key derived from the bot's token. The key is derived when it is first needed. */
export function sealWith(botToken: string): Seal {
  let key: Promise<CryptoKey> | undefined;
  const derived = () => key ??= deriveKey(botToken);
  let markKey: Uint8Array | undefined;
  return {
    async close(value) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const params = { name: "AES-GCM", iv: nonce };
      const cipher = await crypto.subtle.encrypt(params, await derived(), plain);
      const sealed = new Uint8Array(NONCE_BYTES + cipher.byteLength);
      sealed.set(nonce);
      sealed.set(new Uint8Array(cipher), NONCE_BYTES);
      return sealed;
    },
    async open(sealed) {
      const params = { name: "AES-GCM", iv: sealed.slice(0, NONCE_BYTES) };
      const cipher = sealed.slice(NONCE_BYTES);
      const plain = await crypto.subtle.decrypt(params, await derived(), cipher);
      return JSON.parse(new TextDecoder().decode(plain));
    },
    mark(text) {
      markKey ??= createHmac("sha256", botToken).update("balcao mark").digest();
      return createHmac("sha256", markKey).update(text).digest("hex").slice(0, MARK_DIGITS);
    },
  };
}

/** Opens what is sealed; what was sealed under another token, or changed since, is unreadable. */
export async function opened(
  sealed: Uint8Array,
  seal: Seal,
): Promise<{ value: unknown } | { isUnreadable: true }> {
  try {
    return { value: await seal.open(sealed) };
  } catch (error) {
    // An authentication that fails is an OperationError (Web Cryptography API, AES-GCM decrypt).
    if (error instanceof DOMException && error.name === "OperationError") {
      return { isUnreadable: true };
    }
    throw error;
  }
}

/** The mark by which a customer of a desk is known again who has erased their data. */
export function erasureMarkOf(
  customerId: number,
  { deskId, seal }: { deskId: number; seal: Seal },
): string {
  return seal.mark(`erased ${deskId} ${customerId}`);
}

async function deriveKey(botToken: string): Promise<CryptoKey> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const secret = await crypto.subtle.importKey("raw", bytes(botToken), "HKDF", false, [
    "deriveKey",
  ]);
  return await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes("balcao at rest") },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

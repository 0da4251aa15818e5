/** The link by which a desk is claimed: whoever opens it becomes its owner. */
import { HOUR_MS } from "../time/duration.ts";

/**
 * So many wrong codes of the same person or address are noted within this time. The right code counts
 * however many came before it: it is too long to be guessed, and strangers must lock nobody out.
 */
export const MOST_WRONG_CODES = 5;
export const WRONG_CODES_MS = HOUR_MS;

/** Begins the parameter of the link. */
const CLAIM = "claim_";

/** The link (https://core.telegram.org/api/links#bot-links). */
export function claimLink(botUsername: string, code: string): string {
  return `https://t.me/${botUsername}?start=${CLAIM}${code}`;
}

/** The code with which somebody claims the desk; `null`: the text claims nothing. */
export function claimedWith(text: string): string | null {
  return /^\/start(?:@\w+)?\s+claim_(\S*)\s*$/.exec(text)?.[1] ?? null;
}

/** Whether a link's parameter claims a desk, rightly or not: it is no source then. */
export function isClaim(parameter: string): boolean {
  return parameter.startsWith(CLAIM);
}

/** Whether what follows in such a link has the form of a code, so that it may be the right one. */
export function isClaimCode(parameter: string): boolean {
  return isClaim(parameter) && /^[0-9a-f]{16}$/.test(parameter.slice(CLAIM.length));
}

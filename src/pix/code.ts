/**
 * The code by which somebody pays by Pix: scanned as a QR code, or copied into a bank's app (Banco
 * Central, Manual do BR Code).
 */
import { generatePixPayload } from "brazilian-utils/generate-pix-payload";
import { getPixPayloadInfo } from "brazilian-utils/get-pix-payload-info";
import { defined } from "../values/defined.ts";
import type { PixReceiver } from "./receiver.ts";

/** A button copies no more than this (Bot API, CopyTextButton). */
const MOST_COPIED = 256;

/**
 * Writes the code of a payment. The text goes into it (field 26-02) if it fits as a whole, without its
 * accents; else the code says nothing of what is paid.
 * @param cents the amount in centavos; absent: the payer chooses
 * @throws if the receiver is none that `readPixReceiver` would take
 */
export function writePixCode(
  { key, name, city }: PixReceiver,
  { cents, text }: { cents?: number; text: string },
): string {
  const amount = cents === undefined ? undefined : cents / 100;
  const payee = { key, merchantName: name, merchantCity: city, ...defined({ amount }) };
  const plain = generatePixPayload(payee);
  if (plain === null) throw new Error("a Pix code cannot be made of what was kept");
  if (bare(text) === "") return plain;
  const told = generatePixPayload({ ...payee, description: text });
  if (told === null || told.length > MOST_COPIED) return plain;
  return getPixPayloadInfo(told)?.description === bare(text) ? told : plain;
}

/** A text as a code can carry it: of printable ASCII on one line. */
function bare(text: string): string {
  return text.normalize("NFD").replace(/\s/gu, " ").replace(/[^ -~]/gu, "").replace(/ {2,}/g, " ")
    .trim();
}

/** Whom a desk's payments by Pix go to: a key, and the name and city that the payer's bank shows. */
import { generatePixPayload } from "brazilian-utils/generate-pix-payload";
import { getPixKeyInfo } from "brazilian-utils/get-pix-key-info";

/** The receiver of payments. All of it is the desk's own, and public by nature. */
export interface PixReceiver {
  /** As the Banco Central writes it: bare digits, `+55…`, an address or a random key in lower case. */
  key: string;
  name: string;
  city: string;
}

/** Why something names no receiver. */
export type PixReceiverProblem =
  /** It is not a key, a name and a city. */
  | { because: "parts" }
  /** It is no CPF, CNPJ, e-mail, mobile number or random key. */
  | { because: "key"; key: string }
  | { because: "long name" | "long city"; length: number; most: number }
  /** A code carries letters from A to Z only, with or without accents, and there are none. */
  | { because: "letters" };

/** The longest name and city (Banco Central, Manual do BR Code, fields 59 and 60). */
const MOST = { name: 25, city: 15 } as const;

/** Understands `key; name; city`, or says what is wrong with it. */
export function readPixReceiver(
  words: string,
):
  | { receiver: PixReceiver; problem?: undefined }
  | { receiver?: undefined; problem: PixReceiverProblem } {
  const parts = words.split(/[;；\n]/u).map((part) => part.replace(/\s+/g, " ").trim());
  const [written = "", name = "", city = "", ...more] = parts;
  const isWhole = [written, name, city].every((part) => part !== "") &&
    more.every((part) => part === "");
  if (!isWhole) return { problem: { because: "parts" } };
  const key = getPixKeyInfo(written)?.value;
  if (key === undefined) return { problem: { because: "key", key: written } };
  const [nameLength, cityLength] = [[...name].length, [...city].length];
  if (nameLength > MOST.name) {
    return { problem: { because: "long name", length: nameLength, most: MOST.name } };
  }
  if (cityLength > MOST.city) {
    return { problem: { because: "long city", length: cityLength, most: MOST.city } };
  }
  const code = generatePixPayload({ key, merchantName: name, merchantCity: city });
  if (code === null) return { problem: { because: "letters" } };
  return { receiver: { key, name, city } };
}

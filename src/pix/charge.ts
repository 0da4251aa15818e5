/** What a customer is asked to pay: a code as a picture, and what is written below it. */
import { type Formatted, joined, MAX_CAPTION, plain } from "../words/formatted.ts";

/** A payment as it is sent: its code is drawn as a QR code when it goes out. */
export interface PixCharge {
  kind: "pix";
  code: string;
  caption: Formatted;
  /** What the button says that copies the code. */
  copy: string;
}

/** How many characters the words below the picture have too many; 0: they fit. */
export function excessOf({ caption }: PixCharge): number {
  return Math.max(0, caption.text.length - MAX_CAPTION);
}

/**
 * Puts a payment together: what it is for, the details, and the code, which a touch copies.
 * @param words what is paid, as the team wrote it; may be empty
 */
export function toCharge(
  { code, words, details, codeIs, copy }: {
    code: string;
    words: Formatted;
    details: string;
    codeIs: string;
    copy: string;
  },
): PixCharge {
  const about = words.text === "" ? plain(details) : joined(words, plain(`\n\n${details}`));
  const head = joined(about, plain(`\n\n${codeIs}\n`));
  const caption = joined(head, {
    text: code,
    entities: [{ type: "code", offset: 0, length: code.length }],
  });
  return { kind: "pix", code, caption, copy };
}

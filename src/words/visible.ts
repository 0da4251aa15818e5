/**
 * What can be seen of a text. Some letters and spaces show nothing, and people put them in the place
 * of a name: Hangul fillers, the blank of Braille, zero widths, tags.
 */

/** What a name reads as in which there is nothing to be seen. */
export const NO_NAME = "(no name)";

/**
 * What shows something: anything but spaces, controls, marks without a letter to stand on, blanks,
 * and what is left out where a text is drawn (Unicode Standard, section 5.21,
 * Default_Ignorable_Code_Point).
 */
const SEEN = /[^\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Z}\p{M}\u2800\ufff9-\ufffc]/u;

/** Blanks as wide as a letter. */
const BLANKS = /[\u2800\u3164\uffa0]/gu;
/** Zero widths that join nothing; those that join belong to emoji and to some scripts. */
const ZERO_WIDTHS = /[\u00ad\u200b\u2060-\u2064\ufeff]/gu;
/** Marks that change the direction of what follows. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Whether there is nothing to be seen in a text. */
export function isInvisible(text: string): boolean {
  return !SEEN.test(text);
}

/**
 * A text on one line as it is seen: without line breaks, control characters, blanks, and the marks
 * that change the direction of what follows; empty if there is nothing to be seen.
 */
export function onOneLine(text: string): string {
  if (isInvisible(text)) return "";
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(BLANKS, " ")
    .replace(DIRECTIONS, "")
    .replace(ZERO_WIDTHS, "")
    .replace(/\s+/g, " ")
    .trim();
}

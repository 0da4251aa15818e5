/** Amounts in reais as people write them: `49,90`, `1.234,50`, `1234.5`, `R$ 10`. */
import { inOneWidth } from "../words/typed.ts";

/** Why something that was meant as an amount is none that can be paid. */
export type AmountProblem = "zero" | "negative" | "decimals" | "too much" | "no number";

/** What a text begins with: an amount in centavos, if there is one, and where the rest begins. */
export type AmountGiven =
  | { cents?: number; restFrom: number; problem?: undefined }
  | { problem: AmountProblem };

/** A payment's code has thirteen characters for it (Banco Central, Manual do BR Code, field 54). */
const MOST_CENTS = 999_999_999_999;

const SIGN = "[-−–+]?";
const GIVEN = RegExp(
  `^\\s*(${SIGN})\\s*(?:R\\$|BRL(?=[\\s\\d]))?\\s*(${SIGN}[.,]?\\d[\\d.,]*)(?=\\s|$)(?:\\s+reais(?!\\S))?\\s*`,
  "iu",
);

/** Reads which amount a text begins with; a first word that is no number begins the rest. */
export function amountGivenIn(text: string): AmountGiven {
  const even = inOneWidth(text);
  // Where the rest begins is a place in the text itself.
  const read = even.length === text.length ? even : text;
  const [whole = "", sign = "", number = ""] = GIVEN.exec(read) ?? [];
  if (whole === "") return { restFrom: 0 };
  const cents = centsOf(number.replace(/^[-−–+]/u, ""));
  if (typeof cents !== "number") return { problem: cents };
  if (/[-−–]/u.test(sign + number)) return { problem: "negative" };
  if (cents === 0) return { problem: "zero" };
  return cents > MOST_CENTS ? { problem: "too much" } : { cents, restFrom: whole.length };
}

/** Digits in groups, and up to two behind the comma or the point. */
function centsOf(number: string): number | AmountProblem {
  const digits = number.replace(/[.,]+$/, "");
  const [, first = "", fraction] = /^(.*?)(?:[.,](\d*))?$/.exec(withoutGroups(digits)) ?? [];
  if (!/^\d*$/.test(first)) return "no number";
  if (fraction !== undefined && fraction.length > 2) return "decimals";
  return Number(first) * 100 + Number((fraction ?? "").padEnd(2, "0"));
}

/**
 * The number without what parts its thousands: the mark that comes first where there are both, that
 * comes again where there is one, or a single point before three digits.
 */
function withoutGroups(number: string): string {
  const marks = number.replace(/\d/g, "");
  const mark = marks[0];
  const isGrouped = mark !== undefined &&
    (marks.length > 1 || /^[1-9]\d{0,2}\.\d{3}$/.test(number));
  if (!isGrouped) return number;
  const decimal = marks.at(-1) === mark ? "" : marks.at(-1)!;
  const [whole = "", ...rest] = decimal === "" ? [number] : number.split(decimal);
  const groups = RegExp(`^\\d{1,3}(?:\\${mark}\\d{3})+$`);
  if (rest.length > 1 || !groups.test(whole)) return number;
  return [whole.replaceAll(mark, ""), ...rest].join(",");
}

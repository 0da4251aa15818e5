import { assertEquals } from "@std/assert";
import { type AmountGiven, amountGivenIn } from "../../src/pix/amount.ts";

/** What people write behind /pix: the amount in centavos, and what is left as text. */
const GIVEN: [written: string, cents: number | undefined, rest: string][] = [
  ["49,90", 4990, ""],
  ["49.90", 4990, ""],
  ["49,9 pão", 4990, "pão"],
  ["1.234,50", 123450, ""],
  ["1,234.50", 123450, ""],
  ["1234.5", 123450, ""],
  ["1234,5", 123450, ""],
  ["1.234", 123400, ""],
  ["12.345.678", 1234567800, ""],
  ["12,345,678", 1234567800, ""],
  ["1.234.567,8", 123456780, ""],
  ["R$ 10", 1000, ""],
  ["R$10 bolo", 1000, "bolo"],
  ["r$ 10,00 bolo", 1000, "bolo"],
  ["BRL 10", 1000, ""],
  ["10 reais", 1000, ""],
  ["10 reais de pão", 1000, "de pão"],
  ["10 reaisinhos", 1000, "reaisinhos"],
  ["+10", 1000, ""],
  ["10.", 1000, ""],
  ["0,01", 1, ""],
  ["007", 700, ""],
  [",50", 50, ""],
  ["９,９０ bolo", 990, "bolo"],
  ["9999999999,99", 999_999_999_999, ""],
  ["  5\n2 pães", 500, "2 pães"],
  ["", undefined, ""],
  ["pão de queijo", undefined, "pão de queijo"],
  ["2x pão", undefined, "2x pão"],
  ["R$ a combinar", undefined, "R$ a combinar"],
  ["24/12 ceia", undefined, "24/12 ceia"],
];

Deno.test("an amount is read as people write it, and what follows is the text", () => {
  for (const [written, cents, rest] of GIVEN) {
    const given = amountGivenIn(written);
    assertEquals(given.problem, undefined, written);
    const { cents: read, restFrom } = given as Extract<AmountGiven, { restFrom: number }>;
    assertEquals([read, written.slice(restFrom)], [cents, rest], written);
  }
});

const REFUSED: [written: string, problem: string][] = [
  ["0", "zero"],
  ["0,00", "zero"],
  ["R$ 0", "zero"],
  ["-5", "negative"],
  ["−5,50 bolo", "negative"],
  ["-R$ 5", "negative"],
  ["R$ -5", "negative"],
  ["49,905", "decimals"],
  ["1,234", "decimals"],
  ["0.123", "decimals"],
  ["1234.567", "decimals"],
  ["1.234,567", "decimals"],
  ["1.2.3", "no number"],
  ["1,23,45", "no number"],
  ["12.34.567", "no number"],
  ["10000000000", "too much"],
];

Deno.test("what cannot be paid is refused with the reason", () => {
  for (const [written, problem] of REFUSED) {
    assertEquals(amountGivenIn(written), { problem } as AmountGiven, written);
  }
});

import { assert, assertEquals } from "@std/assert";
import { type Formatted, joined, plain, slice, split } from "../../src/words/formatted.ts";

const bold = (offset: number, length: number) => ({ type: "bold" as const, offset, length });

Deno.test("joining shifts the formatting of what comes second, counted as Telegram counts", () => {
  const first = { text: "↪ 👩‍👩‍👧\n", entities: [bold(2, 8)] };
  const all = joined(first, { text: "pão", entities: [bold(0, 3)] });
  assertEquals(all.text, "↪ 👩‍👩‍👧\npão");
  assertEquals(all.entities, [bold(2, 8), bold(11, 3)]);
  assertEquals(all.text.slice(11), "pão");
});

Deno.test("a slice keeps the part of the formatting that falls into it", () => {
  const text = { text: "abcdefgh", entities: [bold(0, 2), bold(1, 4), bold(6, 2)] };
  assertEquals(slice(text, 2, 6), { text: "cdef", entities: [bold(0, 3)] });
});

Deno.test("a short text is one part", () => {
  const text = { text: "oi", entities: [bold(0, 2)] };
  assertEquals(split(text, 2), [text]);
});

Deno.test("parts end at a line break, else at a space, else where they must", () => {
  const texts = (text: string) => split(plain(text), 10).map((part) => part.text);
  assertEquals(texts("um dois\nabacaxi manga"), ["um dois\n", "abacaxi ", "manga"]);
  assertEquals(texts("a bcdefghijklmnop"), ["a bcdefghi", "jklmnop"]);
  assertEquals(texts("123456789 123"), ["123456789 ", "123"]);
  assertEquals(texts("1234567890 12"), ["1234567890", " 12"]);
});

Deno.test("no part is empty", () => {
  assertEquals(split(plain(" ".repeat(30) + "fim"), 10).map(({ text }) => text.trim()), ["fim"]);
});

Deno.test("parts put together are the whole, no character and no formatting lost", () => {
  const alphabet = ["a", "pão ", "\n", "😀", "👩‍👩‍👧", " "];
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const length = 1 + Math.floor(random() * 60);
    const text = "x" + Array.from(
      { length },
      () => alphabet[Math.floor(random() * alphabet.length)],
    ).join("");
    const whole: Formatted = { text, entities: [bold(0, text.length)] };
    const parts = split(whole, 12);
    assertEquals(parts.map((part) => part.text).join("").trimEnd(), text.trimEnd());
    for (const part of parts) {
      assert(part.text.length <= 12);
      assert(part.text.isWellFormed(), "a character was cut in two");
      assertEquals(part.entities, [bold(0, part.text.length)]);
    }
  }
});

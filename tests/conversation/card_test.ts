import { assert, assertEquals } from "@std/assert";
import { displayName, readCard, toTag, writeCard } from "../../src/conversation/card.ts";
import { openConversation } from "../../src/conversation/conversation.ts";

/** Names that try to break the card or to pass for another's. */
const HOSTILE_NAMES: [firstName: string, lastName?: string][] = [
  ["Maria", "Silva"],
  ["<3"],
  ["_*[`"],
  ["Maria\nID 999"],
  ["Maria\r\nID 999", "\u2028ID 999\u2029ID 999"],
  ["\u202eID 999\u202c"],
  ["🟦 Ana\nID 999"],
  ["ID 999"],
  ["#p5 /ban @everyone https://evil.example"],
  ["👩‍👩‍👧‍👦", "🇧🇷"],
  ["مريم", "\u200fعلي"],
  ["\u2066\u2069\u200e\u200f"],
  ["\0\x07\t"],
  ["x".repeat(64), "y".repeat(64)],
  ["𝔐𝔞𝔯𝔦𝔞"],
];

for (const [firstName, lastName] of HOSTILE_NAMES) {
  Deno.test(`the card of ${JSON.stringify([firstName, lastName])} names its customer and nobody else`, () => {
    const customer = { id: 7001, firstName, ...(lastName ? { lastName } : {}) };
    const { text, entities } = writeCard(openConversation(customer, 0, "my-shop"));
    const lines = text.split(/[\n\r\u2028\u2029\u0085\v\f]/);
    assertEquals(lines.length, 3);
    assertEquals(lines[1], "ID 7001");
    assertEquals(lines[2], "#from_my_shop");
    assert(!/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(text));
    assertEquals(readCard(text)?.id, 7001);
    const [link] = entities;
    assertEquals(text.slice(link!.offset, link!.offset + link!.length), displayName(customer));
  });
}

Deno.test("an empty name reads as (no name)", () => {
  assertEquals(displayName({ id: 1, firstName: "\u200e", lastName: " " }), "(no name)");
});

Deno.test("only the second line of a card is its ID", () => {
  assertEquals(readCard("🟦 Maria\nID 42"), { id: 42, firstName: "Maria" });
  for (
    const text of [
      "",
      "ID 42",
      "Maria\nID 42",
      "🟦 Maria\nID 42 ",
      "🟦 Maria\n ID 42",
      "🟦 Maria\nID 042",
      "🟦 Maria\nID -42",
      "🟦 Maria\n\nID 42",
      "🟦Maria\nID 42",
      "🟦 Maria\nID 4２",
      "🟦 Maria\nID 99999999999999999999",
    ]
  ) assertEquals(readCard(text), null, text);
});

Deno.test("a tag keeps letters and digits of any script", () => {
  assertEquals(toTag("from_my-shop"), "#from_my_shop");
  assertEquals(toTag("promoção 2"), "#promoção_2");
  assertEquals(toTag("отдел-продаж"), "#отдел_продаж");
});

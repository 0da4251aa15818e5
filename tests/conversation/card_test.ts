import { assert, assertEquals } from "@std/assert";
import { displayName, readCard, toTag, writeCard } from "../../src/conversation/card.ts";
import { openConversation } from "../../src/conversation/conversation.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

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

/** Names in which there is nothing to be seen: fillers, blanks, zero widths, tags, lone marks. */
const INVISIBLE = [
  ...["", " ", "\u200e", "\u3164", "\u3164\u3164", "\uffa0", "\u115f\u1160", "\u2800", "\u200b"],
  ...[
    "\u2060",
    "\u2061\u2064",
    "\ufeff",
    "\u00ad",
    "\u200d",
    "\u200c",
    "\ufe0f",
    "\u034f",
    "\u180e",
  ],
  ...[
    "\u17b4\u17b5",
    "\u{e0001}\u{e0041}\u{e007f}",
    "\u{e0100}",
    "\u0301",
    "\u0301\u0323",
    "\u20dd",
  ],
  ...["\u00a0\u2003\u3000", "\ufffc", "\ufff9\ufffb", "\u{1d173}", "\u0000\u0007", "\u2028\u2029"],
  ...["\u202e\u202c", "\u2800 \u3164\u200b\u2060"],
];

Deno.test("a name in which there is nothing to be seen reads as (no name)", () => {
  for (const name of INVISIBLE) {
    const shown = JSON.stringify(name);
    assertEquals(displayName({ id: 1, firstName: name }), "(no name)", shown);
    assertEquals(displayName({ id: 1, firstName: name, lastName: name }), "(no name)", shown);
    assertEquals(displayName({ id: 1, firstName: name, lastName: "Silva" }), "Silva", shown);
  }
});

/** What is seen, though little of it, or in letters that are rare. */
const VISIBLE = [
  ...[".", "_", "-", "🙂", "❤️", "👩‍👩‍👧‍👦", "🇧🇷", "🏴\u{e0067}\u{e0062}\u{e007f}", "1️⃣", "é", "e\u0301"],
  ...["한글", "ㄱ", "ᄀ\u1161", "مريم", "नमस्ते", "小明", "𝔐", "\ue000", "\u{1f9ff}", "׀", "ˑ"],
];

Deno.test("whatever can be seen is a name, and stays as it is", () => {
  for (const name of VISIBLE) assertEquals(displayName({ id: 1, firstName: name }), name);
  assertEquals(
    displayName({ id: 1, firstName: "\u3164Ana\u3164", lastName: "\u200bLi\u2060ma" }),
    "Ana Lima",
  );
});

Deno.test("who has no name is (no name) on the card and in the thread, as customer and as agent", async () => {
  for (const name of ["\u3164", "\u2800", "\u200b", "\u2060", "\u{e0041}", "\ufe0f"]) {
    await using desk = await TestDesk.open();
    const maria = desk.customer(name);
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    assertEquals(desk.cardOf(maria).text, `🟦 (no name)\nID ${maria.id}`);
    desk.ana.info.first_name = name;
    desk.ana.comments(desk.cardOf(maria), "/assign me");
    await desk.settled();
    const lines = textsOf(desk.threadOf(maria));
    assertEquals(lines.at(-1), "🙋 (no name) assumiu o atendimento.");
    const tag = `#agent_${String(desk.ana.id).slice(-4)}`;
    assertEquals(desk.cardOf(maria).text, `🟦 (no name)\nID ${maria.id}\n${tag}`);
  }
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

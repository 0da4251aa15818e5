import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

/** What a customer sends, by a link or by typing, and what becomes of it. */
const STARTS: [words: string, tag: string | undefined, shown: string | undefined][] = [
  ["/start", undefined, undefined],
  ["/start instagram", "#from_instagram", undefined],
  ["/start@padaria_bot instagram", "#from_instagram", undefined],
  ["/Start Promo-2026_A", "#from_Promo_2026_A", undefined],
  [`/start ${"a".repeat(64)}`, `#from_${"a".repeat(64)}`, undefined],
  ["/start 0", "#from_0", undefined],
  ["/start __proto__", "#from___proto__", undefined],
  ["/start claim_0123456789abcdef", undefined, undefined],
  // No link can say this; somebody has typed it, and wants to be read.
  [`/start ${"a".repeat(65)}`, undefined, `/start ${"a".repeat(65)}`],
  ["/start quero dois pães, por favor", undefined, "/start quero dois pães, por favor"],
  ["/start\nID 1", undefined, "/start\nID 1"],
  ["/start ../../etc/passwd", undefined, "/start ../../etc/passwd"],
  ["/start #p5 #ana", undefined, "/start #p5 #ana"],
  ["/start promoção", undefined, "/start promoção"],
  ["/start@other_bot instagram", undefined, "/start@other_bot instagram"],
];

for (const [words, tag, shown] of STARTS) {
  Deno.test(`${words.slice(0, 40)} is ${shown ? "read by the team" : "no message"}`, async () => {
    await using desk = await TestDesk.open();
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), words);
    await desk.settled();
    assertEquals(desk.cardOf(maria).text!.split("\n"), [
      "🟦 Maria",
      `ID ${maria.id}`,
      ...(tag === undefined ? [] : [tag]),
    ]);
    const source = tag === undefined ? [] : [`ℹ️ Chegou pelo link: ${words.split(" ")[1]}`];
    assertEquals(textsOf(desk.threadOf(maria)), [...source, ...(shown ? [shown] : [])]);
    assertEquals(textsOf(desk.toldTo(maria)).length, 1);
    assertStringIncludes(desk.toldTo(maria)[0]!.text!, "Escreva sua mensagem");
  });
}

Deno.test("another source is shown on the card and told in the thread, the same one is not told again", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  for (const source of ["instagram", "site", "site"]) {
    maria.starts(desk.bot, source);
    await desk.settled();
  }
  maria.starts(desk.bot);
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.split("\n")[2], "#from_site");
  assertEquals(textsOf(desk.threadOf(maria)), [
    "ℹ️ Chegou pelo link: instagram",
    "ℹ️ Chegou pelo link: site",
  ]);
  assertEquals(desk.toldTo(maria).length, 4);
});

Deno.test("a closed conversation stays closed when its customer only starts again", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  maria.starts(desk.bot, "instagram");
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.split("\n")[0], "⬜️ Maria");
  assertEquals(desk.channel.pinned, []);
  const told = desk.toldTo(maria).length;
  maria.sends(desk.chatOf(maria), "/start um bolo, por favor");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria).slice(told)).map((text) => text.slice(0, 8)), [
    "Que bom ",
  ]);
  assertEquals(desk.cardOf(maria).text!.split("\n")[0], "🟦 Maria");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "/start um bolo, por favor");
});

Deno.test("an agent who starts the bot with words of their own is told where to answer, and gets no card", async () => {
  await using desk = await TestDesk.open();
  desk.ana.sends(desk.chatOf(desk.ana), "/start olá, tudo bem?");
  await desk.settled();
  assertEquals(desk.toldTo(desk.ana).length, 1);
  assertStringIncludes(desk.toldTo(desk.ana)[0]!.text!, "comentários do canal");
  assertEquals(desk.channel.messages.length, 0);
});

Deno.test("what the bot was asked becomes a message when it is edited into one", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  for (const command of ["/help", "/termos", "/privacy", "/start"]) {
    const asked = maria.sends(desk.chatOf(maria), command);
    await desk.settled();
    const told = desk.toldTo(maria).length;
    maria.edits(asked, "/ajuda");
    await desk.settled();
    assertEquals(desk.threadOf(maria).length, 1);
    maria.edits(asked, `era ${command.slice(1)}`);
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)).at(-1), `era ${command.slice(1)}`);
    assertEquals(desk.toldTo(maria).length, told);
    maria.deletes(asked);
    desk.boss.deletes(desk.threadOf(maria).at(-1)!);
  }
  // What the team has read already follows, whatever it becomes.
  const shown = maria.sends(desk.chatOf(maria), "me ajuda?");
  await desk.settled();
  maria.edits(shown, "/ajuda");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "/ajuda");
});

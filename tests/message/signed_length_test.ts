/** Answers that their signature makes too long for Telegram. */
import { assert, assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { JOSE } from "../support/origins.ts";
import { openSigned, shown, shownIn } from "../support/signed.ts";

Deno.test("a text that its signature makes too long goes in parts, and edits keep it signed", async () => {
  await using side = await openSigned();
  const words = `${"palavra ".repeat(511)}fim.`;
  assertEquals(words.length, 4092);
  await side.sends(words);
  assertEquals(side.arrived().length, 1);
  assertEquals(shown(side.arrived()[0]!), `*Ana*\n${words}`);
  side.forgets();
  const sent = await side.sends(`${words}!`);
  const parts = side.arrived();
  assertEquals(parts.length, 2);
  assertEquals(textsOf(parts).join(" "), `Ana\n${words}!`);
  assertEquals(parts[1]!.reply_to_message?.message_id, parts[0]!.message_id);
  side.forgets();
  await side.edits(sent, "curto");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ curto"]);
});

Deno.test("a caption that its signature makes too long follows its photo", async () => {
  await using side = await openSigned();
  const caption = "x".repeat(1021);
  const sent = await side.sends({ photo: true, caption });
  const [photo, text, ...more] = side.arrived();
  assertEquals([shown(photo!), shown(text!), more], ["", `*Ana*\n${caption}`, []]);
  assert(photo!.photo);
  assertEquals(text!.reply_to_message?.message_id, photo!.message_id);
  side.forgets();
  await side.edits(sent, { caption: "curta" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ curta"]);
});

Deno.test("an edit that with the signature is too long is shown anew, in parts, signed", async () => {
  await using side = await openSigned();
  const sent = await side.sends("curto");
  const words = "x".repeat(4094);
  await side.edits(sent, words);
  const [old, ...parts] = side.arrived();
  assertEquals(shown(old!), "*Ana*\ncurto");
  assertEquals(textsOf(parts).join(""), `Ana\n✏️ ${words}`);
  assertEquals(parts[0]!.reply_to_message?.message_id, old!.message_id);
});

Deno.test("a forward too long for its origin and its signature goes in parts with both", async () => {
  await using side = await openSigned();
  const words = "x".repeat(4090);
  await side.sends(words, { forwardedFrom: JOSE });
  assertEquals(textsOf(side.arrived()).join(""), `Ana\n↪ José\n${words}`);
  side.forgets();
  await side.sends({ photo: true, caption: "y".repeat(1020) }, { forwardedFrom: JOSE });
  assertEquals(shownIn(side.arrived()), ["", `*Ana*\n↪ José\n${"y".repeat(1020)}`]);
});

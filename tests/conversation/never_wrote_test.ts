import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";

/** Under a card of whom a comment is written: it was posted by hand, or by a bot that is gone. */
const WHO: [string, (desk: TestDesk) => number][] = [
  ["somebody who never wrote to the bot", (desk) => desk.customer("Maria").id],
  ["nobody Telegram knows", () => 5_000_000_000],
];

for (const [who, idOf] of WHO) {
  Deno.test(`a comment under a card of ${who} is told to have reached nobody`, async () => {
    await using desk = await TestDesk.open();
    const card = desk.boss.sends(desk.channel, `🟦 Maria\nID ${idOf(desk)}`);
    await desk.settled();
    const comment = desk.ana.comments(card, "bom dia");
    await desk.settled();
    await desk.passes(61_000);
    const said = desk.group.messages.at(-1)!;
    assertEquals(said.reply_to_message?.message_id, comment.message_id);
    assertStringIncludes(said.text!, "⚠️ Não foi possível entregar esta mensagem");
  });
}

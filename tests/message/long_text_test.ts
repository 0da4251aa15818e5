import { assertEquals } from "@std/assert";
import { fromBothSides } from "../support/sides.ts";

fromBothSides(
  "a long text of a Premium user arrives whole, in as few parts as fit",
  async (side) => {
    const words = Array.from({ length: 1100 }, (_, n) => `pão${n}`).join(" ");
    const entities = [{ type: "bold" as const, offset: words.length - 7, length: 7 }];
    const sent = await side.sends({ text: words, entities });
    const arrived = side.arrived();
    assertEquals(arrived.map(({ text }) => text).join(" "), words);
    const last = arrived.at(-1)!;
    assertEquals(last.entities, [{ type: "bold", offset: last.text!.length - 7, length: 7 }]);

    // To the customer it goes whole; in the thread it has to be an answer, which must be shorter.
    assertEquals(arrived.length, side.from === "a customer" ? 2 : 1);
    // Whichever part is answered, the message is.
    for (const part of arrived) {
      side.there === side.desk.group
        ? side.desk.ana.comments(side.desk.cardOf(side.maria), "li", { replyTo: part.message_id })
        : side.maria.sends(side.there, "li", { replyTo: part.message_id });
      await side.desk.settled();
      assertEquals(side.told().at(-1)!.reply_to_message?.message_id, sent.message_id);
    }
  },
  { isPremium: true },
);

fromBothSides("a long caption of a Premium user follows its photo as text", async (side) => {
  const caption = "x".repeat(3000);
  const sent = await side.sends({ photo: true, caption, has_media_spoiler: true });
  const arrived = side.arrived();
  assertEquals(arrived[0]!.photo, sent.photo);
  assertEquals(arrived[0]!.has_media_spoiler, true);
  if (side.from === "the team") assertEquals(arrived[0]!.caption, caption);
  else {
    assertEquals([arrived.length, arrived[0]!.caption, arrived[1]!.text], [2, undefined, caption]);
    assertEquals(arrived[1]!.reply_to_message?.message_id, arrived[0]!.message_id);
  }
}, { isPremium: true });

fromBothSides("a long text that quotes does so in its first part", async (side) => {
  const question = await side.sends("tem pão?");
  const copy = side.arrived()[0]!;
  side.forgets();
  const words = Array.from({ length: 900 }, (_, n) => `pão${n}`).join(" ");
  await side.sends(words, { replyTo: question.message_id, quote: "pão" });
  const [first, second] = side.arrived();
  assertEquals([first!.text, second!.text].join(" "), words);
  assertEquals(first!.reply_to_message?.message_id, copy.message_id);
  assertEquals([first!.quote?.text, second!.quote], ["pão", undefined]);
}, { isPremium: true });

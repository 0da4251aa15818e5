import type { TextQuote } from "grammy/types";
import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, Side } from "../support/sides.ts";

fromBothSides("the quoted part is quoted on the other side", async (side) => {
  const sent = await side.sends("pão? tem pão e leite?");
  const copy = side.arrived()[0]!;
  side.forgets();
  await side.sends("só este", { replyTo: sent.message_id, quote: "pão e" });
  const [answer] = side.arrived();
  assertEquals(answer!.reply_to_message?.message_id, copy.message_id);
  assertEquals([answer!.quote?.text, answer!.quote?.position], ["pão e", 9]);
  assertEquals(side.sendings, ["copyMessage"]);
});

fromBothSides("a quote keeps its formatting", async (side) => {
  const entities = [{ type: "bold" as const, offset: 4, length: 3 }];
  const sent = await side.sends({ text: "tem pão e leite?", entities });
  const quote = {
    text: "pão e",
    position: 4,
    is_manual: true,
    entities: [{ type: "bold", offset: 0, length: 3 }],
  };
  const { app } = side.desk;
  const handler = app.handler;
  app.handler = async (request) => {
    const update = await request.json();
    update.message.quote = quote;
    return await handler(new Request(request, { body: JSON.stringify(update) }));
  };
  await side.sends("só este", { replyTo: sent.message_id });
  app.handler = handler;
  assertEquals(side.arrived().at(-1)!.quote, quote as TextQuote);
  assertEquals(side.sendings, ["copyMessage", "copyMessage"]);
});

fromBothSides(
  "a quote with a custom emoji that only one side has is still an answer",
  async (side) => {
    side.desk.telegram.unproven.botsKeepCustomEmoji = false;
    const entities = [
      {
        type: "custom_emoji" as const,
        offset: 5,
        length: 2,
        custom_emoji_id: "5368324170671202286",
      },
    ];
    const sent = await side.sends({ text: "pão? 🙂", entities });
    const copy = side.arrived()[0]!;
    assertEquals([copy.text, copy.entities], ["pão? 🙂", undefined]);
    await side.sends("este", { replyTo: sent.message_id, quote: "pão? 🙂" });
    assertEquals(side.arrived().at(-1)!.reply_to_message?.message_id, copy.message_id);
    // The other side quotes from the copy what the original has with an emoji of its own.
    const there = side.from === "a customer" ? side.desk.ana : side.maria;
    there.sends(side.there, "qual?", { replyTo: copy.message_id, quote: "pão? 🙂" });
    await side.desk.settled();
    const answer = side.told().at(-1)!;
    assertEquals([answer.text, answer.reply_to_message?.message_id], ["qual?", sent.message_id]);
  },
);

fromBothSides("a quote that Telegram refuses becomes a plain answer", async (side) => {
  const sent = await side.sends("tem pão?");
  const copy = side.arrived()[0]!;
  side.desk.telegram.faults.next("copyMessage", refusal("Bad Request: QUOTE_TEXT_INVALID"));
  await side.sends("este", { replyTo: sent.message_id, quote: "pão" });
  const answer = side.arrived().at(-1)!;
  assertEquals([answer.text, answer.quote], ["este", undefined]);
  assertEquals(answer.reply_to_message?.message_id, copy.message_id);
});

fromBothSides("an answer whose message is gone on the other side goes without it", async (side) => {
  const sent = await side.sends("tem pão?");
  const copy = side.arrived()[0]!;
  if (side.from === "a customer") side.desk.boss.deletes(copy);
  else side.maria.deletes(copy);
  await side.sends("este", { replyTo: sent.message_id, quote: "pão" });
  const answer = side.arrived().at(-1)!;
  assertEquals([answer.text, answer.quote], ["este", undefined]);
  assertEquals(answer.reply_to_message?.message_id, side.plainAnswer);
  assertEquals(side.told(), []);
});

fromBothSides("an answer to a notice of the bot goes without it", async (side) => {
  await side.sends({ giveaway: true });
  const notice = side.told()[0]!;
  side.forgets();
  await side.sends("ah, certo", { replyTo: notice.message_id });
  assertEquals(side.arrived()[0]!.reply_to_message?.message_id, side.plainAnswer);
  assertEquals(side.calls, ["copyMessage"]);
});

Deno.test("a customer's quote of what the thread does not have is said in words", async () => {
  await using side = await Side.open("a customer");
  await side.sends({ giveaway: true });
  const { message_id: replyTo, text } = side.told()[0]!;
  const quote = text!.slice(3, 23);
  side.forgets();
  const sent = await side.sends("por quê?", { replyTo, quote });
  await side.edits(sent, "por que não?");
  await side.sends("a".repeat(4090), { replyTo, quote });
  const pieces = [{ photo: true, caption: "b".repeat(1020) }, { photo: true }] as const;
  await side.sendsAlbum([...pieces], { replyTo, quote });
  const line = `↩ “${quote}”`;
  assertEquals(textsOf(side.arrived()), [
    `${line}\npor que não?`,
    line,
    "a".repeat(4090),
    line,
    "b".repeat(1020),
    "[photo]",
  ]);
  for (const message of side.arrived()) {
    assertEquals(message.reply_to_message?.message_id, side.plainAnswer);
  }
});

Deno.test("what an agent quotes of an internal note stays in the team", async () => {
  await using side = await Side.open("the team");
  const note = await side.sends("# o cliente é chato");
  const options = { replyTo: note.message_id, quote: "o cliente é chato" };
  const sent = await side.sends("já vejo", options);
  await side.edits(sent, "vejo já");
  await side.sendsAlbum([{ photo: true, caption: "um" }, { photo: true }], options);
  assertEquals(textsOf(side.arrived()), ["vejo já", "um", "[photo]"]);
});

for (const what of ["an edited answer", "a piece of an album"] as const) {
  Deno.test(`in a new thread an answer to ${what} of the old one is a plain comment`, async () => {
    await using side = await Side.open("the team");
    const { desk, maria } = side;
    if (what === "an edited answer") await side.edits(await side.sends("um"), "dois");
    else await side.sendsAlbum([{ photo: true }, { photo: true }]);
    const [shown] = side.arrived();
    desk.boss.deletes(desk.group.message(side.rootId)!);
    maria.sends(desk.chatOf(maria), "ainda aí?");
    await desk.settled();
    maria.sends(desk.chatOf(maria), "quanto é este?", { replyTo: shown!.message_id });
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["ainda aí?", "quanto é este?"]);
  });
}

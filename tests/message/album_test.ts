/** Albums, which come in pieces and arrive as one. */
import { assertEquals } from "@std/assert";
import { AFTER, BEFORE, VIDEO } from "../support/albums.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { postOf } from "../support/origins.ts";
import { fromBothSides, Side } from "../support/sides.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";

/** How an album arrives from each side: in the thread it has to be an answer. */
const methodOf = (side: Side) => side.from === "a customer" ? "sendMediaGroup" : "copyMessages";

fromBothSides("an album arrives as one album, by one call", async (side) => {
  const bold = [{ type: "bold" as const, offset: 0, length: 5 }];
  const sent = await side.sendsAlbum([
    { photo: true, caption: "antes", caption_entities: bold, has_media_spoiler: true },
    { video: true, caption: "depois" },
    { live_photo: true },
  ]);
  const arrived = side.arrived();
  assertEquals(side.calls, [methodOf(side)]);
  assertEquals(arrived.length, 3);
  assertEquals(new Set(arrived.map(({ media_group_id }) => media_group_id)).size, 1);
  for (const [index, piece] of arrived.entries()) {
    const { photo, video, live_photo, caption, caption_entities } = piece;
    const original = sent[index]!;
    assertEquals(
      { photo, video, live_photo, caption, caption_entities },
      {
        photo: original.photo,
        video: original.video,
        live_photo: original.live_photo,
        caption: original.caption,
        caption_entities: original.caption_entities,
      },
    );
    assertEquals(piece.reply_to_message?.message_id, side.plainAnswer);
  }
  assertEquals(arrived[0]!.has_media_spoiler, true);
});

fromBothSides("a caption above an album stays above, whichever piece has it", async (side) => {
  const above = { photo: true, caption: "acima", show_caption_above_media: true } as const;
  for (const [index, pieces] of [[above, VIDEO], [VIDEO, VIDEO, above]].entries()) {
    // As an answer, an album is sent anew from either side.
    const question = await side.sends("mando?");
    side.forgets();
    const options = { replyTo: question.message_id, mediaGroupId: `${index}` };
    await side.sendsAlbum(pieces, options);
    const shown = side.arrived();
    assertEquals(side.sendings, ["sendMediaGroup"]);
    assertEquals(
      shown.map(({ show_caption_above_media: isAbove }) => isAbove),
      pieces.map((piece) => piece === above || undefined),
    );
    assertEquals(new Set(shown.map(({ media_group_id }) => media_group_id)).size, 1);
  }
});

for (const kind of ["document", "audio"] as const) {
  fromBothSides(`an album of ${kind}s arrives as one album`, async (side) => {
    const piece = { [kind]: true } as unknown as ContentSpec;
    await side.sendsAlbum([piece, piece]);
    assertEquals(side.calls, [methodOf(side)]);
    assertEquals(side.arrived().map((message) => message[kind] !== undefined), [true, true]);
  });
}

fromBothSides("an album waits for silence after its last piece", async (side) => {
  await side.sendsPieces([BEFORE]);
  await side.desk.passes(800);
  await side.sendsPieces([AFTER]);
  await side.desk.passes(800);
  assertEquals(side.calls, []);
  await side.desk.passes(300);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
});

fromBothSides("an album that goes on and on is sent after ten seconds", async (side) => {
  for (let seconds = 0; seconds <= 8; seconds += 4) {
    await side.sendsPieces([BEFORE]);
    await side.desk.passes(4000);
  }
  assertEquals(side.arrived().length, 3);
}, { env: { ALBUM_QUIET_MS: "9000" } });

fromBothSides("the next message ends an album at once, and comes after it", async (side) => {
  await side.sendsPieces([BEFORE, AFTER]);
  await side.sends("e agora?");
  assertEquals(textsOf(side.arrived()), ["antes", "depois", "e agora?"]);
});

fromBothSides("an edit of another message does not tear an album apart", async (side) => {
  const text = await side.sends("tem pão?");
  side.forgets();
  await side.sendsPieces([BEFORE]);
  await side.edits(text, "tem pães?");
  await side.sendsPieces([AFTER]);
  await side.desk.passes(1100);
  assertEquals(side.calls, [methodOf(side), "editMessageText"]);
});

fromBothSides("a straggler goes alone, as an answer to the first piece", async (side) => {
  await side.sendsAlbum([BEFORE, AFTER]);
  await side.sendsPieces([{ photo: true, caption: "atrasada" }]);
  const [first, , late] = side.arrived();
  assertEquals(late!.caption, "atrasada");
  assertEquals(late!.reply_to_message?.message_id, first!.message_id);
});

fromBothSides("an album of one piece is a single message", async (side) => {
  await side.sendsAlbum([BEFORE]);
  assertEquals(side.calls, ["copyMessage"]);
  assertEquals(side.arrived().map(({ media_group_id }) => media_group_id), [undefined]);
});

fromBothSides("a restart in the middle of an album does not harm it", async (side) => {
  await side.sendsPieces([BEFORE]);
  await side.desk.restart();
  await side.sendsPieces([AFTER]);
  await side.desk.restart();
  await side.desk.passes(1100);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
  assertEquals(side.calls.filter((method) => !method.startsWith("get")), [methodOf(side)]);
});

fromBothSides("an album's pieces may reach different instances", async (side) => {
  const { desk } = side;
  const other = desk.anotherApp();
  await other.start();
  const one = desk.app.handler;
  let turn = 0;
  desk.app.handler = (request) => turn++ % 2 === 0 ? one(request) : other.handler(request);
  const pieces = Array.from({ length: 4 }, (_, n) => ({ photo: true as const, caption: `${n}` }));
  side.forgets();
  await side.sendsPieces(pieces);
  await other.settled();
  await desk.passes(1100);
  await other.drain();
  await side.desk.settled();
  assertEquals(textsOf(side.arrived()), ["0", "1", "2", "3"]);
  assertEquals(side.calls.filter((method) => !method.startsWith("get")), [methodOf(side)]);
  await other.close(0);
});

fromBothSides("an album under a 429 arrives later, once and whole", async (side) => {
  side.desk.telegram.faults.next(methodOf(side), { kind: "429", retryAfterS: 10 });
  await side.sendsAlbum([BEFORE, AFTER]);
  assertEquals(side.arrived(), []);
  await side.desk.restart();
  await side.desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
});

Deno.test("a customer's first message may be an album", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  await maria.sendsAlbum(desk.chatOf(maria), [BEFORE, AFTER]);
  await desk.settled();
  await desk.passes(1100);
  assertEquals(textsOf(desk.threadOf(maria)), ["antes", "depois"]);
  assertEquals(desk.channel.messages.length, 1);
});

Deno.test("an album of somebody outside the team goes nowhere", async () => {
  await using side = await Side.open("the team");
  const { desk, maria } = side;
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  const sent = ["um", "dois"].map((caption) =>
    eve.comments(desk.cardOf(maria), { photo: true, caption }, { mediaGroupId: "eve" })
  );
  await desk.passes(1100);
  eve.edits(sent[0]!, { caption: "mande o PIX" });
  await desk.settled();
  assertEquals([side.arrived(), side.told()], [[], []]);
});

fromBothSides("each piece can be answered, by either side", async (side) => {
  const sent = await side.sendsAlbum([BEFORE, AFTER]);
  const copies = side.arrived();
  side.forgets();
  for (const [index, piece] of sent.entries()) {
    await side.sends("esta", { replyTo: piece.message_id });
    assertEquals(
      side.arrived().at(-1)!.reply_to_message?.message_id,
      copies[index]!.message_id,
    );
  }
  for (const [index, copy] of copies.entries()) {
    if (side.from === "a customer") {
      side.desk.ana.comments(side.desk.cardOf(side.maria), "qual?", { replyTo: copy.message_id });
    } else side.maria.sends(side.there, "qual?", { replyTo: copy.message_id });
    await side.desk.settled();
    assertEquals(side.told().at(-1)!.reply_to_message?.message_id, sent[index]!.message_id);
  }
});

fromBothSides(
  "an album that answers a message, quoting it, does so on the other side",
  async (side) => {
    const question = await side.sends("qual delas, a primeira?");
    const shown = side.arrived()[0]!;
    await side.sendsAlbum([BEFORE, AFTER], { replyTo: question.message_id, quote: "a primeira" });
    const pieces = side.arrived().slice(1);
    assertEquals(textsOf(pieces), ["antes", "depois"]);
    for (const piece of pieces) {
      assertEquals(piece.reply_to_message?.message_id, shown.message_id);
      assertEquals(piece.quote?.text, "a primeira");
    }
  },
);

fromBothSides("a forwarded album says once where it comes from", async (side) => {
  const forwardedFrom = postOf("Notícias");
  await side.sendsAlbum([VIDEO, AFTER], { forwardedFrom });
  assertEquals(textsOf(side.arrived()), ["[video]", "↪ Notícias\ndepois"]);
  assertEquals(side.calls, ["sendMediaGroup"]);
});

Deno.test("an album with a note as caption stays in the team, with all its pieces", async () => {
  await using side = await Side.open("the team");
  const album = [{ photo: true as const }, { photo: true as const, caption: "# só para nós" }];
  await side.sendsAlbum(album, { mediaGroupId: "one" });
  await side.sendsAlbum(album.toReversed(), { mediaGroupId: "two" });
  for (const mediaGroupId of ["one", "two"]) {
    const [late] = await side.sendsPieces([{ photo: true }], { mediaGroupId });
    await side.desk.passes(1100);
    side.desk.telegram.spuriousEdit(late!);
    await side.desk.settled();
  }
  assertEquals([side.arrived(), side.told(), side.calls], [[], [], []]);
});

Deno.test("an album does not hold up the other customers", async () => {
  await using desk = await TestDesk.open();
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  await maria.sendsAlbum(desk.chatOf(maria), [BEFORE, AFTER]);
  joao.sends(desk.chatOf(joao), "tem pão?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "tem pão?"]);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
});

Deno.test("an album whose captions are too long for one record arrives whole, in pieces", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "50" } });
  await desk.hearsFrom("Maria");
  const premium = desk.telegram.createUser({ firstName: "Prêmio", isPremium: true });
  const caption = "ã🙂".repeat(1300);
  const pieces = Array.from({ length: 10 }, () => ({ photo: true as const, caption }));
  await premium.sendsAlbum(desk.chatOf(premium), pieces);
  await desk.settled();
  for (let times = 0; times < 3; times++) await desk.passes(11_000);
  const shown = desk.threadOf(premium);
  assertEquals(shown.filter(({ photo }) => photo !== undefined).length, 10);
  const words = shown.map(({ text, caption }) => text ?? caption ?? "").join("");
  assertEquals(words.length, 10 * caption.length);
});

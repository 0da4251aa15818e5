import type { MessageOrigin } from "grammy/types";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../../src/config.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { fromBothSides, Side } from "../support/sides.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";

const [BEFORE, AFTER, THIRD]: ContentSpec[] = [
  { photo: true, caption: "antes" },
  { photo: true, caption: "depois" },
  { video: true },
];

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
  for (const [index, pieces] of [[above, THIRD!], [THIRD!, THIRD!, above]].entries()) {
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
  await side.sendsPieces([BEFORE!]);
  await side.desk.passes(800);
  await side.sendsPieces([AFTER!]);
  await side.desk.passes(800);
  assertEquals(side.calls, []);
  await side.desk.passes(300);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
});

fromBothSides("an album that goes on and on is sent after ten seconds", async (side) => {
  for (let seconds = 0; seconds <= 8; seconds += 4) {
    await side.sendsPieces([BEFORE!]);
    await side.desk.passes(4000);
  }
  assertEquals(side.arrived().length, 3);
}, { env: { ALBUM_QUIET_MS: "9000" } });

fromBothSides("the next message ends an album at once, and comes after it", async (side) => {
  await side.sendsPieces([BEFORE!, AFTER!]);
  await side.sends("e agora?");
  assertEquals(textsOf(side.arrived()), ["antes", "depois", "e agora?"]);
});

fromBothSides("an edit of another message does not tear an album apart", async (side) => {
  const text = await side.sends("tem pão?");
  side.forgets();
  await side.sendsPieces([BEFORE!]);
  await side.edits(text, "tem pães?");
  await side.sendsPieces([AFTER!]);
  await side.desk.passes(1100);
  assertEquals(side.calls, [methodOf(side), "editMessageText"]);
});

fromBothSides("a straggler goes alone, as an answer to the first piece", async (side) => {
  await side.sendsAlbum([BEFORE!, AFTER!]);
  await side.sendsPieces([{ photo: true, caption: "atrasada" }]);
  const [first, , late] = side.arrived();
  assertEquals(late!.caption, "atrasada");
  assertEquals(late!.reply_to_message?.message_id, first!.message_id);
});

fromBothSides("an album of one piece is a single message", async (side) => {
  await side.sendsAlbum([BEFORE!]);
  assertEquals(side.calls, ["copyMessage"]);
  assertEquals(side.arrived().map(({ media_group_id }) => media_group_id), [undefined]);
});

fromBothSides("a restart in the middle of an album does not harm it", async (side) => {
  await side.sendsPieces([BEFORE!]);
  await side.desk.restart();
  await side.sendsPieces([AFTER!]);
  await side.desk.restart();
  await side.desk.passes(1100);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
  assertEquals(side.calls.filter((method) => !method.startsWith("get")), [methodOf(side)]);
});

fromBothSides("an album's pieces may reach different instances", async (side) => {
  const { desk } = side;
  const env: Record<string, string> = {
    BOT_TOKEN: desk.bot.token,
    CHANNEL_ID: String(desk.channel.id),
    PUBLIC_URL: "https://desk.example",
  };
  const other = desk.createApp(readEnvironment((name) => env[name]).config!);
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
  await side.sendsAlbum([BEFORE!, AFTER!]);
  assertEquals(side.arrived(), []);
  await side.desk.restart();
  await side.desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["antes", "depois"]);
});

Deno.test("a customer's first message may be an album", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  await maria.sendsAlbum(desk.chatOf(maria), [BEFORE!, AFTER!]);
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
  const sent = await side.sendsAlbum([BEFORE!, AFTER!]);
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
    await side.sendsAlbum([BEFORE!, AFTER!], { replyTo: question.message_id, quote: "a primeira" });
    const pieces = side.arrived().slice(1);
    assertEquals(textsOf(pieces), ["antes", "depois"]);
    for (const piece of pieces) {
      assertEquals(piece.reply_to_message?.message_id, shown.message_id);
      assertEquals(piece.quote?.text, "a primeira");
    }
  },
);

fromBothSides("a forwarded album says once where it comes from", async (side) => {
  const forwardedFrom: MessageOrigin = {
    type: "channel",
    date: 1,
    message_id: 5,
    chat: { id: -1009, type: "channel", title: "Notícias" },
  };
  await side.sendsAlbum([THIRD!, AFTER!], { forwardedFrom });
  assertEquals(textsOf(side.arrived()), ["[video]", "↪ Notícias\ndepois"]);
  assertEquals(side.calls, ["sendMediaGroup"]);
});

/** Sends an album in answer to something: then it is sent anew from either side. */
async function sendsAnew(side: Side, contents: ContentSpec[], refused: number[] = []) {
  const question = await side.sends("mando?");
  side.forgets();
  const mediaGroupId = `album ${question.message_id}`;
  const sent = await side.sendsPieces(contents, { replyTo: question.message_id, mediaGroupId });
  for (const index of refused) side.desk.telegram.refusesFile(sent[index]!);
  await side.desk.passes(1100);
  return sent;
}

const captioned = (...captions: string[]): ContentSpec[] =>
  captions.map((caption) => ({ photo: true, caption }));

/** The captions of each album, and of what came alone. */
function albumsOf(side: Side): string[][] {
  const shown = side.arrived();
  const albums = Map.groupBy(
    shown,
    ({ media_group_id, message_id }) => media_group_id ?? message_id,
  );
  return [...albums.values()].map((album) => textsOf(album));
}

fromBothSides(
  "an album that could not be sent for the moment is sent again as one",
  async (side) => {
    side.desk.telegram.faults.next("sendMediaGroup", {
      kind: "error",
      errorCode: 400,
      description: "Bad Request: group send failed",
    }, 2);
    await sendsAnew(side, captioned("um", "dois", "três"));
    for (let times = 0; times < 2; times++) await side.desk.passes(10_000);
    assertEquals(albumsOf(side), [["um", "dois", "três"]]);
    assertEquals(side.told(), []);
  },
);

for (const namesRefusedPieces of [true, false]) {
  const how = namesRefusedPieces ? "named" : "not named";
  fromBothSides(
    `a piece that is refused leaves its album, the rest stays together (${how})`,
    async (side) => {
      side.desk.telegram.unproven.namesRefusedPieces = namesRefusedPieces;
      for (const refused of [0, 2, 3]) {
        const captions = ["um", "dois", "três", "quatro"].map((each) => `${each} ${refused}`);
        await sendsAnew(side, captioned(...captions), [refused]);
        const rest = captions.filter((_, index) => index !== refused);
        assertEquals(albumsOf(side)[0], rest);
        // As an answer it is sent by its file as well, and so it is refused.
        assertEquals(albumsOf(side)[1], ["🫥 Chegou algo que não pode ser mostrado aqui: foto."]);
        assertMatch(side.told()[0]!.text!, /o Telegram recusou a mensagem\.$/);
        assertEquals([side.arrived().length, side.told().length], [4, 1]);
      }
    },
  );

  fromBothSides(`several refused pieces leave it as well (${how})`, async (side) => {
    side.desk.telegram.unproven.namesRefusedPieces = namesRefusedPieces;
    const question = await side.sends("mando?");
    side.forgets();
    const options = { replyTo: question.message_id };
    const sent = await side.sendsPieces(captioned("um", "dois", "três", "quatro"), options);
    side.desk.telegram.refusesFile(sent[1]!, "MEDIA_INVALID");
    side.desk.telegram.refusesFile(sent[3]!, "PHOTO_INVALID");
    await side.desk.passes(1100);
    assertEquals(albumsOf(side)[0], ["um", "três"]);
    assertEquals([side.arrived().length, side.told().length], [4, 2]);
  });
}

fromBothSides("an album loses the pieces of a kind that is not allowed there", async (side) => {
  side.desk.telegram.faults.next(
    ({ method, payload }) =>
      method === "sendMediaGroup" &&
      (payload.media as { type: string }[]).some(({ type }) => type === "video"),
    {
      kind: "error",
      errorCode: 400,
      description: "Bad Request: not enough rights to send videos to the chat",
    },
    20,
  );
  await sendsAnew(side, [THIRD!, BEFORE!, THIRD!, AFTER!]);
  assertEquals(albumsOf(side), [["antes", "depois"], ["[video]"], ["[video]"]]);
});

fromBothSides(
  "a kind that is not allowed there takes nothing else of a small album with it",
  async (side) => {
    side.desk.telegram.faults.next(
      ({ method, payload }) =>
        method === "sendMediaGroup" &&
        (payload.media as { type: string }[]).some(({ type }) => type === "video"),
      {
        kind: "error",
        errorCode: 400,
        description: "Bad Request: not enough rights to send videos to the chat",
      },
      20,
    );
    for (const album of [[BEFORE!, THIRD!], [THIRD!, BEFORE!], [THIRD!, BEFORE!, THIRD!]]) {
      await sendsAnew(side, album);
      for (let times = 0; times < 3; times++) await side.desk.passes(61_000);
      const alone = album.map((piece) => [piece === BEFORE ? "antes" : "[video]"]);
      assertEquals([albumsOf(side), side.told()], [alone, []]);
    }
  },
);

Deno.test("an agent's album is not given up for a kind that is not allowed there", async () => {
  await using side = await Side.open("the team");
  side.desk.telegram.faults.next(
    ({ method }) => method === "copyMessages" || method === "sendMediaGroup",
    {
      kind: "error",
      errorCode: 400,
      description: "Bad Request: not enough rights to send videos to the chat",
    },
    20,
  );
  await side.sendsAlbum([BEFORE!, THIRD!]);
  assertEquals([albumsOf(side), side.told()], [[["antes"], ["[video]"]], []]);
});

Deno.test("an album waits as one while its group takes nothing", async () => {
  await using side = await Side.open("a customer");
  const { telegram, group, bot } = side.desk;
  telegram.demote(group, bot);
  telegram.restrict(group, bot, {});
  await side.sendsAlbum([THIRD!, BEFORE!, AFTER!]);
  await side.desk.passes(61_000);
  assertEquals([side.arrived(), side.told()], [[], []]);
  telegram.promote(group, bot);
  await side.desk.passes(61_000);
  assertEquals(albumsOf(side), [["[video]", "antes", "depois"]]);
});

fromBothSides(
  "an album loses a piece and a caption that is too long, and nothing else",
  async (side) => {
    const caption = "x".repeat(2000);
    await sendsAnew(side, [BEFORE!, { photo: true, caption }, { video: true, caption: "filme" }], [
      2,
    ]);
    const [first, second, ...others] = side.arrived();
    assertEquals([first!.caption, second!.caption], ["antes", undefined]);
    assertEquals(first!.media_group_id, second!.media_group_id);
    assertEquals(
      textsOf(others).toSorted(),
      [
        caption,
        "🫥 Chegou algo que não pode ser mostrado aqui: vídeo.",
      ].toSorted(),
    );
  },
  { isPremium: true },
);

fromBothSides(
  "long captions follow their pieces, also where an album has to be parted",
  async (side) => {
    side.desk.telegram.faults.next(
      ({ method, payload }) =>
        method === "sendMediaGroup" && !JSON.stringify(payload).includes("xxx"),
      { kind: "error", errorCode: 400, description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN" },
      20,
    );
    const caption = "x".repeat(2000);
    await sendsAnew(side, [BEFORE!, { photo: true, caption }, AFTER!]);
    const shown = side.arrived();
    assertEquals(shown.filter(({ photo }) => photo).map(({ caption }) => caption), [
      "antes",
      undefined,
      "depois",
    ]);
    assertEquals(shown.find(({ text }) => text)!.text, caption);
    assertEquals(side.told(), []);
  },
  { isPremium: true },
);

/** For how long, and for what, an album is refused before its captions are measured. */
const REFUSED_BEFORE: [how: string, times: number, isPieceRefused: boolean][] = [
  ["in passing", 1, false],
  ["for the sake of a piece", 20, true],
];
for (const [how, times, isPieceRefused] of REFUSED_BEFORE) {
  fromBothSides(
    `a caption that is too long follows an album that was refused ${how} before`,
    async (side) => {
      side.desk.telegram.faults.next(
        ({ method, payload }) =>
          method === "sendMediaGroup" &&
          (!isPieceRefused || JSON.stringify(payload).includes("filme")),
        { kind: "error", errorCode: 400, description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN" },
        times,
      );
      const caption = "x".repeat(2000);
      const long = { photo: true, caption } as const;
      await sendsAnew(side, [BEFORE!, AFTER!, long, { video: true, caption: "filme" }]);
      const whole = ["antes", "depois", "[photo]", "filme"];
      const album = isPieceRefused ? whole.slice(0, 3) : whole;
      const [first, ...others] = albumsOf(side);
      assertEquals(first, album);
      const alone = isPieceRefused ? [["filme"]] : [];
      assertEquals(others, [...alone, [caption]]);
      assertEquals(side.told(), []);
    },
    { isPremium: true },
  );
}

Deno.test("an agent's album that cannot be copied for its long caption arrives, and so does that", async () => {
  await using side = await Side.open("the team", { isPremium: true });
  const caption = "x".repeat(2000);
  side.desk.telegram.faults.next("copyMessages", {
    kind: "error",
    errorCode: 400,
    description:
      'Bad Request: failed to send message #2 with the error message "MEDIA_CAPTION_TOO_LONG"',
  });
  await side.sendsAlbum([BEFORE!, { photo: true, caption }, AFTER!]);
  assertEquals(albumsOf(side), [["antes", "[photo]", "depois"], [caption]]);
  assertEquals(side.told(), []);
});

fromBothSides("an album that is refused whatever is left out goes piece by piece", async (side) => {
  side.desk.telegram.faults.next("sendMediaGroup", {
    kind: "error",
    errorCode: 400,
    description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN",
  }, 20);
  await sendsAnew(side, captioned("um", "dois", "três"));
  assertEquals(albumsOf(side), [["um"], ["dois"], ["três"]]);
  assertEquals(side.told(), []);
});

Deno.test("an agent's album that cannot be copied is sent anew, as an album", async () => {
  await using side = await Side.open("the team");
  side.desk.telegram.faults.next("copyMessages", {
    kind: "error",
    errorCode: 400,
    description: 'Bad Request: failed to send message #1 with the error message "MEDIA_INVALID"',
  });
  await side.sendsAlbum(captioned("um", "dois", "três"));
  assertEquals(albumsOf(side), [["um", "dois", "três"]]);
  assertEquals(side.told(), []);
});

fromBothSides(
  "a caption too long for an album follows it, as an answer to its piece",
  async (side) => {
    const question = await side.sends("mando?");
    side.forgets();
    const caption = "x".repeat(2000);
    await side.sendsAlbum([BEFORE!, { photo: true, caption }], { replyTo: question.message_id });
    const [first, second, text] = side.arrived();
    assertEquals([first!.caption, second!.caption, text!.text], ["antes", undefined, caption]);
    assertEquals(text!.reply_to_message?.message_id, second!.message_id);
  },
  { isPremium: true },
);

Deno.test("an agent's album of which a piece is gone arrives without it, and that is said", async () => {
  await using side = await Side.open("the team");
  const sent = await side.sendsPieces([BEFORE!, AFTER!, THIRD!]);
  side.writer.deletes(sent[1]!);
  await side.desk.passes(1100);
  assertEquals(textsOf(side.arrived()), ["antes", "[video]"]);
  assertEquals(
    side.told().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
    [
      ["⚠️ Só 2 de 3 itens deste álbum foram entregues.", sent[0]!.message_id],
    ],
  );
});

for (const deletedAreInvalid of [false, true]) {
  Deno.test(`an agent's album that is deleted before it goes reaches nobody, and that is said (${deletedAreInvalid})`, async () => {
    await using side = await Side.open("the team");
    side.desk.telegram.unproven.deletedAreInvalid = deletedAreInvalid;
    const sent = await side.sendsPieces([BEFORE!, AFTER!]);
    for (const piece of sent) side.writer.deletes(piece);
    await side.desk.passes(1100);
    assertEquals(side.arrived(), []);
    assertEquals(textsOf(side.told()).length, 1);
    assertStringIncludes(textsOf(side.told())[0]!, "apagada");
  });
}

Deno.test("an agent's album that Telegram cannot read for the moment arrives whole", async () => {
  for (const words of ["there are no messages to forward", "messages can't be forwarded"]) {
    await using side = await Side.open("the team");
    side.desk.telegram.faults.next("copyMessages", {
      kind: "error",
      errorCode: 400,
      description: `Bad Request: ${words}`,
    });
    await side.sendsAlbum([BEFORE!, AFTER!]);
    assertEquals(albumsOf(side), [["antes", "depois"]], words);
    assertEquals(side.told(), []);
  }
});

Deno.test("the pieces of an album that arrived incomplete can be edited all the same", async () => {
  await using side = await Side.open("the team");
  const sent = await side.sendsPieces([BEFORE!, AFTER!, THIRD!]);
  side.writer.deletes(sent[0]!);
  await side.desk.passes(1100);
  side.desk.telegram.spuriousEdit(sent[1]!);
  await side.edits(sent[2]!, { caption: "o vídeo" });
  assertEquals(textsOf(side.arrived()), ["depois", "o vídeo"]);
});

Deno.test("an album that arrived incomplete is not repeated by another instance while it is looked at", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const sent = await side.sendsPieces([BEFORE!, AFTER!, THIRD!]);
  side.writer.deletes(sent[1]!);
  desk.telegram.faults.next("setMessageReaction", { kind: "hang" });
  desk.clock.aheadMs += 1100;
  void desk.app.drain();
  await desk.isCalling("setMessageReaction");
  const other = desk.anotherApp();
  desk.clock.aheadMs += 60_000;
  await other.start();
  await other.drain();
  await other.settled();
  await other.close();
  assertEquals(textsOf(side.arrived()), ["antes", "[video]"]);
  assertEquals(side.told().length, 1);
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
  await maria.sendsAlbum(desk.chatOf(maria), [BEFORE!, AFTER!]);
  joao.sends(desk.chatOf(joao), "tem pão?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "tem pão?"]);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
});

Deno.test("an album whose captions are too long for one record arrives whole, in pieces", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "50" } });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
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

/** Albums with captions that are too long for one: they follow their pieces. */
import { assertEquals } from "@std/assert";
import { AFTER, albumsOf, BEFORE, sendsAnew } from "../support/albums.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { linkAnother, shownIn } from "../support/relinked.ts";
import { fromBothSides, Side } from "../support/sides.ts";

/** More than a caption may have, which is 1024 characters, but for those who pay. */
const LONG = "x".repeat(2000);

fromBothSides(
  "an album loses a piece and a caption that is too long, and nothing else",
  async (side) => {
    await sendsAnew(side, [BEFORE, { photo: true, caption: LONG }, {
      video: true,
      caption: "filme",
    }], [
      2,
    ]);
    const [first, second, ...others] = side.arrived();
    assertEquals([first!.caption, second!.caption], ["antes", undefined]);
    assertEquals(first!.media_group_id, second!.media_group_id);
    assertEquals(
      textsOf(others).toSorted(),
      [
        LONG,
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
      refusal("Bad Request: SOMETHING_NOBODY_HAS_SEEN"),
      20,
    );
    await sendsAnew(side, [BEFORE, { photo: true, caption: LONG }, AFTER]);
    const shown = side.arrived();
    assertEquals(shown.filter(({ photo }) => photo).map(({ caption }) => caption), [
      "antes",
      undefined,
      "depois",
    ]);
    assertEquals(shown.find(({ text }) => text)!.text, LONG);
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
        refusal("Bad Request: SOMETHING_NOBODY_HAS_SEEN"),
        times,
      );
      const long = { photo: true, caption: LONG } as const;
      await sendsAnew(side, [BEFORE, AFTER, long, { video: true, caption: "filme" }]);
      const whole = ["antes", "depois", "[photo]", "filme"];
      const album = isPieceRefused ? whole.slice(0, 3) : whole;
      const [first, ...others] = albumsOf(side);
      assertEquals(first, album);
      const alone = isPieceRefused ? [["filme"]] : [];
      assertEquals(others, [...alone, [LONG]]);
      assertEquals(side.told(), []);
    },
    { isPremium: true },
  );
}

Deno.test("an agent's album that cannot be copied for its long caption arrives, and so does that", async () => {
  await using side = await Side.open("the team", { isPremium: true });
  side.desk.telegram.faults.next("copyMessages", {
    kind: "error",
    errorCode: 400,
    description:
      'Bad Request: failed to send message #2 with the error message "MEDIA_CAPTION_TOO_LONG"',
  });
  await side.sendsAlbum([BEFORE, { photo: true, caption: LONG }, AFTER]);
  assertEquals(albumsOf(side), [["antes", "[photo]", "depois"], [LONG]]);
  assertEquals(side.told(), []);
});

fromBothSides(
  "a caption too long for an album follows it, as an answer to its piece",
  async (side) => {
    const question = await side.sends("mando?");
    side.forgets();
    await side.sendsAlbum([BEFORE, { photo: true, caption: LONG }], {
      replyTo: question.message_id,
    });
    const [first, second, text] = side.arrived();
    assertEquals([first!.caption, second!.caption, text!.text], ["antes", undefined, LONG]);
    assertEquals(text!.reply_to_message?.message_id, second!.message_id);
  },
  { isPremium: true },
);

Deno.test("an answer to a piece of an album goes as one, though the long caption of another piece follows in another group", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  maria.info.is_premium = true;
  // The caption waits, with the group that is to be left alone, and what is answered meanwhile.
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.text === LONG,
    { kind: "429", retryAfterS: 400 },
  );
  desk.telegram.faults.next(
    ({ method, payload }) => method === "copyMessage" && payload.chat_id === maria.id,
    { kind: "429", retryAfterS: 900 },
  );
  const chat = desk.chatOf(maria);
  const { message_id: replyTo } = maria.sends(chat, "olha só");
  await desk.settled();
  // An answer cannot be copied with its caption.
  const [, second] = [LONG, "dois"].map((caption) =>
    maria.sends(chat, { photo: true, caption }, { mediaGroupId: "fotos", replyTo })
  );
  await desk.settled();
  await desk.passes(1100);
  const copy = desk.threadOf(maria).findLast(({ caption }) => caption === "dois")!;
  desk.boss.sends(desk.group, "bonita", { replyTo: copy.message_id });
  await desk.settled();
  const group = await linkAnother(desk);
  await desk.minutesPass(20);
  assertEquals(shownIn(desk, group).filter((text) => text === LONG).length, 1);
  const { text, reply_to_message } = desk.toldTo(maria).at(-1)!;
  assertEquals([text, reply_to_message?.message_id], ["bonita", second!.message_id]);
});

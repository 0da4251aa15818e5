/** Albums with captions that are too long for one: they follow their pieces. */
import { assertEquals } from "@std/assert";
import { AFTER, albumsOf, BEFORE, sendsAnew } from "../support/albums.ts";
import { textsOf } from "../support/desk.ts";
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
      { kind: "error", errorCode: 400, description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN" },
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
        { kind: "error", errorCode: 400, description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN" },
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

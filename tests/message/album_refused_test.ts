/** Albums of which Telegram refuses a piece, a kind, or the whole: the rest stays together. */
import { assertEquals, assertMatch } from "@std/assert";
import { AFTER, albumsOf, BEFORE, captioned, sendsAnew, VIDEO } from "../support/albums.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, Side } from "../support/sides.ts";
import type { Call } from "../../playground/telegram/call.ts";

const NO_VIDEOS = refusal("Bad Request: not enough rights to send videos to the chat");

const isAlbumWithVideo = ({ method, payload }: Call) =>
  method === "sendMediaGroup" &&
  (payload.media as { type: string }[]).some(({ type }) => type === "video");

fromBothSides(
  "an album that could not be sent for the moment is sent again as one",
  async (side) => {
    side.desk.telegram.faults.next("sendMediaGroup", refusal("Bad Request: group send failed"), 2);
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
  side.desk.telegram.faults.next(isAlbumWithVideo, NO_VIDEOS, 20);
  await sendsAnew(side, [VIDEO, BEFORE, VIDEO, AFTER]);
  assertEquals(albumsOf(side), [["antes", "depois"], ["[video]"], ["[video]"]]);
});

fromBothSides(
  "a kind that is not allowed there takes nothing else of a small album with it",
  async (side) => {
    side.desk.telegram.faults.next(isAlbumWithVideo, NO_VIDEOS, 20);
    for (const album of [[BEFORE, VIDEO], [VIDEO, BEFORE], [VIDEO, BEFORE, VIDEO]]) {
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
    NO_VIDEOS,
    20,
  );
  await side.sendsAlbum([BEFORE, VIDEO]);
  assertEquals([albumsOf(side), side.told()], [[["antes"], ["[video]"]], []]);
});

Deno.test("an album waits as one while its group takes nothing", async () => {
  await using side = await Side.open("a customer");
  const { telegram, group, bot } = side.desk;
  telegram.demote(group, bot);
  telegram.restrict(group, bot, {});
  await side.sendsAlbum([VIDEO, BEFORE, AFTER]);
  await side.desk.passes(61_000);
  assertEquals([side.arrived(), side.told()], [[], []]);
  telegram.promote(group, bot);
  await side.desk.passes(61_000);
  assertEquals(albumsOf(side), [["[video]", "antes", "depois"]]);
});

fromBothSides("an album that is refused whatever is left out goes piece by piece", async (side) => {
  side.desk.telegram.faults.next(
    "sendMediaGroup",
    refusal("Bad Request: SOMETHING_NOBODY_HAS_SEEN"),
    20,
  );
  await sendsAnew(side, captioned("um", "dois", "três"));
  assertEquals(albumsOf(side), [["um"], ["dois"], ["três"]]);
  assertEquals(side.told(), []);
});

Deno.test("an agent's album that cannot be copied is sent anew, as an album", async () => {
  await using side = await Side.open("the team");
  side.desk.telegram.faults.next(
    "copyMessages",
    refusal('Bad Request: failed to send message #1 with the error message "MEDIA_INVALID"'),
  );
  await side.sendsAlbum(captioned("um", "dois", "três"));
  assertEquals(albumsOf(side), [["um", "dois", "três"]]);
  assertEquals(side.told(), []);
});

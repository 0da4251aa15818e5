import type { Message } from "grammy/types";
import { assert, assertEquals } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides } from "../support/sides.ts";

const FORMATTED = {
  text: "tem *pão*? https://example.com",
  entities: [{ type: "italic" as const, offset: 4, length: 5 }],
  link_preview_options: { is_disabled: true },
};

fromBothSides(
  "an edited text is edited there, with its formatting and its preview",
  async (side) => {
    const sent = await side.sends("tem pao?");
    side.forgets();
    const [copy] = side.there.messages.slice(-1);
    await side.edits(sent, FORMATTED);
    const shown = side.there.message(copy!.message_id)!;
    const original = side.here.message(sent.message_id)!;
    assertEquals(shown.text, original.text);
    assertEquals(shown.entities, original.entities);
    assertEquals(shown.link_preview_options, original.link_preview_options);
    assertEquals([side.calls, side.arrived(), side.told()], [["editMessageText"], [], []]);
  },
);

fromBothSides(
  "a caption is changed, emptied, added and moved above; the spoiler stays",
  async (side) => {
    const sent = await side.sends({ photo: true, caption: "um", has_media_spoiler: true });
    const { message_id } = side.arrived()[0]!;
    const bold = [{ type: "bold" as const, offset: 0, length: 4 }];
    side.forgets();
    for (
      const caption of [
        { caption: "dois" },
        { caption: "" },
        { caption: "três", caption_entities: bold },
        { caption: "três", caption_entities: bold, show_caption_above_media: true as const },
        { caption: "três", caption_entities: bold },
      ]
    ) {
      await side.edits(sent, caption);
      const shown = side.there.message(message_id)!;
      assertEquals(shown.caption ?? "", caption.caption);
      assertEquals(shown.caption_entities, caption.caption_entities);
      assertEquals(shown.show_caption_above_media, caption.show_caption_above_media);
      assertEquals(shown.has_media_spoiler, true);
      assertEquals(shown.photo, sent.photo);
    }
    assertEquals(side.calls, Array(5).fill("editMessageCaption"));
  },
);

fromBothSides(
  "media is swapped for other media, with everything that belongs to it",
  async (side) => {
    const sent = await side.sends({ photo: true, caption: "um" });
    const { message_id } = side.arrived()[0]!;
    side.forgets();
    const more = {
      caption: "dois",
      show_caption_above_media: true,
      has_media_spoiler: true,
    } as const;
    for (
      const kind of ["video", "animation", "document", "audio", "live_photo", "photo"] as const
    ) {
      await side.edits(sent, { [kind]: true, ...more } as never);
      const shown = side.there.message(message_id)!;
      assertEquals(shown[kind], side.here.message(sent.message_id)![kind], kind);
      assertEquals(shown.caption, "dois", kind);
      const isSeen = kind !== "document" && kind !== "audio";
      assertEquals(shown.has_media_spoiler, isSeen || undefined, kind);
      assertEquals(shown.show_caption_above_media, isSeen || undefined, kind);
    }
    assertEquals(side.calls, Array(6).fill("editMessageMedia"));
  },
);

fromBothSides("a spoiler that is put over the same photo is put over its copy", async (side) => {
  const sent = await side.sends({ photo: true, caption: "um" });
  const { photo, caption } = sent as Message.PhotoMessage & Message.CaptionableMessage;
  for (const spoiler of [{ has_media_spoiler: true as const }, {}]) {
    await side.edits(sent, { service: { photo, caption, ...spoiler } as Partial<Message> });
    const [shown] = side.arrived();
    assertEquals(shown!.photo, photo);
    assertEquals([shown!.caption, shown!.has_media_spoiler], ["um", spoiler.has_media_spoiler]);
  }
});

fromBothSides("a rich message that was edited is sent anew, marked", async (side) => {
  const sent = await side.sends({ rich_message: "um" });
  await side.edits(sent, { rich_message: "dois" });
  const [old, line, anew] = side.arrived();
  assertEquals(line!.text, "✏️ Editado:");
  assertEquals(anew!.rich_message, side.here.message(sent.message_id)!.rich_message);
  assertEquals(anew!.reply_to_message?.message_id, old!.message_id);
});

fromBothSides("a text that becomes a photo becomes one there", async (side) => {
  const sent = await side.sends("veja a foto");
  const { message_id } = side.arrived()[0]!;
  await side.edits(sent, { photo: true, caption: "veja" });
  assertEquals(side.there.message(message_id)!.caption, "veja");
  assert(side.there.message(message_id)!.photo);
});

fromBothSides("pieces of an album are edited one by one", async (side) => {
  const sent = await side.sendsAlbum([{ photo: true, caption: "um" }, { photo: true }]);
  await side.edits(sent[1]!, { caption: "dois" });
  await side.edits(sent[0]!, { video: true, caption: "filme" });
  const [first, second] = side.arrived();
  assertEquals([first!.video !== undefined, first!.caption, second!.caption], [
    true,
    "filme",
    "dois",
  ]);
  assertEquals(side.arrived().length, 2);
});

fromBothSides("a voice message's caption is edited", async (side) => {
  const sent = await side.sends({ voice: true, caption: "ouça" });
  await side.edits(sent, { caption: "ouça isto" });
  assertEquals(textsOf(side.arrived()), ["ouça isto"]);
});

/** What Telegram says of an edit that it does not take, in words of its own or its server's. */
const UNEDITABLE = [
  "message can't be edited",
  "there is no text in the message to edit",
  "MESSAGE_EDIT_TIME_EXPIRED",
  "MESSAGE_AUTHOR_REQUIRED",
  "SOMETHING_NOBODY_HAS_SEEN_YET",
];

for (const words of UNEDITABLE) {
  fromBothSides(
    `where the copy cannot be edited ("${words}"), the new content answers it, marked`,
    async (side) => {
      const sent = await side.sends("tem pao?");
      const old = side.arrived()[0]!;
      side.desk.telegram.faults.next("editMessageText", refusal(`Bad Request: ${words}`));
      await side.edits(sent, "tem pão?");
      const [, anew] = side.arrived();
      assertEquals([anew!.text, anew!.reply_to_message?.message_id], [
        "✏️ tem pão?",
        old.message_id,
      ]);
      assertEquals(side.told(), []);
      // From now on the new copy stands for the message.
      await side.edits(sent, "tem pães?");
      assertEquals(textsOf(side.arrived()), ["tem pao?", "tem pães?"]);
      await side.sends("?", { replyTo: sent.message_id });
      assertEquals(side.arrived().at(-1)!.reply_to_message?.message_id, anew!.message_id);
    },
  );
}

fromBothSides("media that cannot be put into the old copy is sent anew, marked", async (side) => {
  const sent = await side.sends({ photo: true, caption: "um" });
  side.desk.telegram.faults.next(
    "editMessageMedia",
    refusal("Bad Request: message media can't be edited"),
  );
  await side.edits(sent, { video: true, caption: "dois", has_media_spoiler: true });
  const [old, anew] = side.arrived();
  assertEquals([anew!.caption, anew!.has_media_spoiler], ["✏️ dois", true]);
  assertEquals(anew!.video, side.here.message(sent.message_id)!.video);
  assertEquals(anew!.reply_to_message?.message_id, old!.message_id);
});

fromBothSides("what has no words is marked by a line before it", async (side) => {
  const live = { latitude: -23.55, longitude: -46.63, live_period: 60 };
  const sent = await side.sends({ location: live });
  side.desk.clock.aheadMs += HOUR_MS;
  await side.edits(sent, { location: { ...live, latitude: -23.56 } });
  const [old, line, anew] = side.arrived();
  assertEquals(line!.text, "✏️ Editado:");
  assertEquals(anew!.location!.latitude, -23.56);
  for (const message of [line, anew]) {
    assertEquals(message!.reply_to_message?.message_id, old!.message_id);
  }
});

fromBothSides("an edit whose copy was deleted there is sent anew", async (side) => {
  const sent = await side.sends("tem pao?");
  const copy = side.arrived()[0]!;
  if (side.from === "a customer") side.desk.boss.deletes(copy);
  else side.maria.deletes(copy);
  await side.edits(sent, "tem pão?");
  const [anew] = side.arrived();
  assertEquals([anew!.text, anew!.reply_to_message?.message_id], [
    "✏️ tem pão?",
    side.plainAnswer,
  ]);
});

fromBothSides("a text that grows too long for its copy is sent anew, whole", async (side) => {
  const sent = await side.sends("curto");
  const words = Array.from({ length: 1000 }, (_, n) => `pão${n}`).join(" ");
  await side.edits(sent, words);
  const [old, line, ...parts] = side.arrived();
  assertEquals([old!.text, line!.text], ["curto", "✏️ Editado:"]);
  assertEquals(parts.map(({ text }) => text).join(" "), words);

  // What is in several messages cannot become one: it is sent anew as well.
  await side.edits(sent, "curto de novo");
  assertEquals(side.arrived().at(-1)!.text, "✏️ curto de novo");
  await side.edits(sent, "curto outra vez");
  assertEquals(side.arrived().at(-1)!.text, "curto outra vez");
}, { isPremium: true });

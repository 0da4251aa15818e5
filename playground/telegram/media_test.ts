import { assert, assertEquals, assertRejects } from "@std/assert";
import { callAs, customer, scene } from "./scene.ts";

/** A scene with one file of each kind that a customer sent, as the bot knows it. */
function mediaScene() {
  const all = scene();
  const { user, chat } = customer(all.telegram, all.bot);
  const fileIdOf = (kind: "photo" | "video" | "audio" | "document" | "voice" | "animation") => {
    user.sends(chat, { [kind]: true } as unknown as { photo: true });
    const { message } = all.telegram.updates.at(-1)!.update;
    return kind === "photo" ? message?.photo?.[0]?.file_id : message?.[kind]?.file_id;
  };
  const album = (...media: [string, string?][]) =>
    all.call("sendMediaGroup", {
      chat_id: all.group.id,
      media: media.map(([type, caption]) => ({
        type,
        media: fileIdOf(type as "photo"),
        ...(caption === undefined ? {} : { caption }),
      })),
    });
  return { ...all, user, chat, fileIdOf, album };
}

Deno.test("a file is sent again by its ID, as the same kind", async () => {
  const { telegram, group, call, fileIdOf } = mediaScene();
  const { result } = await call("sendPhoto", {
    chat_id: group.id,
    photo: fileIdOf("photo"),
    caption: "look",
    has_spoiler: true,
  });
  assertEquals([result.caption, result.has_media_spoiler], ["look", true]);
  const answer = await call("sendVideo", { chat_id: group.id, video: fileIdOf("photo") });
  assertEquals(answer.description, "Bad Request: can't use file of type Photo as Video");
  await telegram.close();
});

Deno.test("another bot's file ID is refused, and so is nonsense", async () => {
  const { telegram, group, call, fileIdOf } = mediaScene();
  const other = telegram.createBot();
  telegram.addMember(group, other);
  const photo = fileIdOf("photo");
  const saidOf = async (method: string, payload: Record<string, unknown>) =>
    (await callAs(telegram, other, method, payload)).description;
  const wrong = "Bad Request: wrong file identifier/HTTP URL specified";
  assertEquals(await saidOf("sendPhoto", { chat_id: group.id, photo }), wrong);
  assertEquals(
    await saidOf("getFile", { file_id: photo }),
    "Bad Request: wrong file_id or the file is temporarily unavailable",
  );
  telegram.foreignFileIdsAreRead = false;
  const unread = "Bad Request: wrong remote file identifier specified: can't unserialize it";
  assertEquals(await saidOf("sendPhoto", { chat_id: group.id, photo }), unread);
  assertEquals(await saidOf("getFile", { file_id: photo }), "Bad Request: invalid file_id");
  assertEquals(
    (await call("sendPhoto", { chat_id: group.id, photo: "nonsense" })).description,
    wrong,
  );
  assertEquals(
    (await call("getFile", { file_id: "nonsense" })).description,
    "Bad Request: invalid file_id",
  );
  await telegram.close();
});

Deno.test("photos and videos share an album, in order", async () => {
  const { telegram, group, album } = mediaScene();
  const { result } = await album(["photo", "first"], ["video"], ["photo"]);
  assertEquals(result.map(({ message_id }: { message_id: number }) => message_id), [
    result[0].message_id,
    result[0].message_id + 1,
    result[0].message_id + 2,
  ]);
  assertEquals(
    new Set(result.map(({ media_group_id: id }: { media_group_id: string }) => id)).size,
    1,
  );
  assertEquals(group.messages.at(-3)?.caption, "first");
  await telegram.close();
});

Deno.test("documents and audio stand only among their own", async () => {
  const { telegram, album } = mediaScene();
  assert((await album(["document"], ["document"])).ok);
  assertEquals(
    (await album(["photo"], ["document"])).description,
    "Bad Request: document can't be mixed with other media types",
  );
  assertEquals(
    (await album(["audio"], ["photo"])).description,
    "Bad Request: audio can't be mixed with other media types",
  );
  await telegram.close();
});

Deno.test("animations have no place in an album", async () => {
  const { telegram, album } = mediaScene();
  assertEquals((await album(["animation"], ["photo"])).error_code, 400);
  assert(telegram.violations[0]?.startsWith("sendMediaGroup: media[0] is no InputMedia"));
  await assertRejects(() => telegram.close());
});

Deno.test("an album of one is no album", async () => {
  const { telegram, album } = mediaScene();
  assertEquals((await album(["photo"])).error_code, 400);
  assertEquals(telegram.violations, ["sendMediaGroup: an album has 2 to 10 items, not 1"]);
  await assertRejects(() => telegram.close());
});

Deno.test("items of an album keep their kind of album when edited", async () => {
  const { telegram, group, call, album } = mediaScene();
  const { result } = await album(["photo"], ["photo"]);
  const edit = (type: string) =>
    call("editMessageMedia", {
      chat_id: group.id,
      message_id: result[0].message_id,
      media: { type, media: "https://a.pt/file" },
    });
  assert((await edit("video")).ok);
  assertEquals(
    (await edit("document")).description,
    "Bad Request: can't change media type in the album",
  );
  assertEquals(
    (await edit("animation")).description,
    "Bad Request: message content type can't be used in an album",
  );
  await telegram.close();
});

Deno.test("files of more than 20 MB cannot be downloaded, but sent again", async () => {
  const { telegram, bot, user, chat, call } = mediaScene();
  user.sends(chat, { document: { fileSize: 21 * 1024 * 1024 } });
  const fileId = telegram.updates.at(-1)!.update.message?.document?.file_id;
  assertEquals(
    (await call("getFile", { file_id: fileId })).description,
    "Bad Request: file is too big",
  );
  assert((await call("sendDocument", { chat_id: chat.id, document: fileId })).ok);
  assertEquals(chat.messages.at(-1)?.from?.id, bot.id);
  await telegram.close();
});

Deno.test("captions end at 1024 characters", async () => {
  const { telegram, group, call, fileIdOf } = mediaScene();
  const answer = await call("sendPhoto", {
    chat_id: group.id,
    photo: fileIdOf("photo"),
    caption: "x".repeat(1025),
  });
  assertEquals(answer.description, "Bad Request: message caption is too long");
  await telegram.close();
});

Deno.test("where captions stand has to be the same for a whole album, and is shown of captions", async () => {
  const { telegram, group, call, fileIdOf } = mediaScene();
  const piece = (caption: string, isAbove: boolean) => ({
    type: "photo",
    media: fileIdOf("photo"),
    caption,
    show_caption_above_media: isAbove,
  });
  const send = (...media: object[]) => call("sendMediaGroup", { chat_id: group.id, media });
  const refused = await send(piece("um", true), piece("", false));
  assertEquals(
    refused.description,
    "Bad Request: parameter show_caption_above_media must be the same for all messages",
  );
  const { result } = await send(piece("um", true), piece("", true));
  assertEquals(
    result.map((message: { show_caption_above_media?: true }) => message.show_caption_above_media),
    [true, undefined],
  );
  await telegram.close();
});

Deno.test("a file that is refused takes its album along, and is named or not", async () => {
  const { telegram, user, chat, group, call } = mediaScene();
  const sent = [1, 2, 3].map(() => user.sends(chat, { photo: true }));
  const media = telegram.updates.slice(-3).map(({ update }) => ({
    type: "photo",
    media: update.message!.photo![0]!.file_id,
  }));
  telegram.refusesFile(sent[1]!, "MEDIA_INVALID");
  const before = group.messages.length;
  for (const [isNamed, number] of [[true, 2], [false, 1]] as const) {
    telegram.unproven.namesRefusedPieces = isNamed;
    assertEquals(
      (await call("sendMediaGroup", { chat_id: group.id, media })).description,
      `Bad Request: failed to send message #${number} with the error message "MEDIA_INVALID"`,
    );
  }
  const photo = media[1]!.media;
  const alone = await call("sendPhoto", { chat_id: group.id, photo });
  assertEquals(alone.description, "Bad Request: MEDIA_INVALID");
  const copy = { chat_id: group.id, from_chat_id: user.id, message_id: sent[1]!.message_id };
  assertEquals((await call("copyMessage", copy)).ok, true);
  assertEquals(group.messages.length, before + 1);
  await telegram.close();
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene, updatesOf } from "./scene.ts";

const HOUR_MS = 3600 * 1000;
const KEYBOARD = { inline_keyboard: [[{ text: "Take", callback_data: "take" }]] };

/** A scene in which the bot has sent something to a customer. */
async function editScene(method: string, payload: Record<string, unknown>) {
  const clock = new SimulatedClock(1_790_000_000_000);
  const all = scene({ clock });
  const { user, chat } = customer(all.telegram, all.bot);
  const sent = await all.call(method, { chat_id: chat.id, ...payload });
  const edit = (editMethod: string, more: Record<string, unknown>) =>
    all.call(editMethod, { chat_id: chat.id, message_id: sent.result.message_id, ...more });
  return { ...all, clock, user, chat, edit };
}

Deno.test("an edit replaces text and resets what is not given again", async () => {
  const { telegram, chat, edit } = await editScene("sendMessage", {
    text: "one",
    link_preview_options: { is_disabled: true },
    reply_markup: KEYBOARD,
  });
  const { result } = await edit("editMessageText", { text: "two" });
  assertEquals(result.text, "two");
  assert(result.edit_date > 0);
  const message = chat.messages.at(-1);
  assertEquals([message?.reply_markup, message?.link_preview_options], [undefined, undefined]);
  await telegram.close();
});

Deno.test("an edit without effect is refused", async () => {
  const { telegram, edit } = await editScene("sendMessage", {
    text: "same",
    reply_markup: KEYBOARD,
  });
  const { error_code, description } = await edit("editMessageText", {
    text: "same ",
    reply_markup: KEYBOARD,
  });
  assertEquals(error_code, 400);
  assertEquals(
    description,
    "Bad Request: message is not modified: specified new message content and reply markup are " +
      "exactly the same as a current content and reply markup of the message",
  );
  await telegram.close();
});

for (
  const [method, payload, editMethod, more, words] of [
    [
      "sendMessage",
      { text: "a" },
      "editMessageCaption",
      { caption: "b" },
      "there is no caption in the message to edit",
    ],
    ["sendDice", {}, "editMessageText", { text: "b" }, "there is no text in the message to edit"],
    [
      "sendContact",
      { phone_number: "1", first_name: "A" },
      "editMessageText",
      { text: "b" },
      "there is no text in the message to edit",
    ],
    [
      "sendDice",
      {},
      "editMessageMedia",
      { media: { type: "photo", media: "https://a.pt/b" } },
      "message media can't be edited",
    ],
    ["sendMessage", { text: "a", reply_markup: { force_reply: true } }, "editMessageText", {
      text: "b",
    }, "message can't be edited"],
    [
      "sendMessage",
      { text: "a" },
      "editMessageText",
      { text: "b", message_id: 999 },
      "message to edit not found",
    ],
    [
      "sendMessage",
      { text: "a" },
      "editMessageText",
      { text: "x".repeat(4097) },
      "message is too long",
    ],
    ["sendLocation", { latitude: 1, longitude: 1 }, "editMessageLiveLocation", {
      latitude: 2,
      longitude: 2,
    }, "message can't be edited"],
  ] as const
) {
  Deno.test(`${editMethod} after ${method}: ${words}`, async () => {
    const { telegram, edit } = await editScene(method, payload);
    assertEquals((await edit(editMethod, more)).description, `Bad Request: ${words}`);
    await telegram.close();
  });
}

Deno.test("a text may become a photo, a photo another medium, but never a text again", async () => {
  const { telegram, chat, edit } = await editScene("sendMessage", { text: "one" });
  const photo = { type: "photo", media: "https://a.pt/b.jpg", caption: "two" };
  assertEquals((await edit("editMessageMedia", { media: photo })).result.caption, "two");
  const animation = { type: "animation", media: "https://a.pt/b.mp4" };
  await edit("editMessageMedia", { media: animation });
  assertEquals([chat.messages.at(-1)?.caption, typeof chat.messages.at(-1)?.animation], [
    undefined,
    "object",
  ]);
  assertEquals((await edit("editMessageText", { text: "three" })).ok, false);
  await telegram.close();
});

Deno.test("a live location moves while it is live", async () => {
  const { telegram, clock, edit } = await editScene("sendLocation", {
    latitude: 1,
    longitude: 1,
    live_period: 3600,
  });
  assertEquals((await edit("editMessageLiveLocation", { latitude: 2, longitude: 2 })).ok, true);
  clock.advanceTo(clock.now() + 2 * HOUR_MS);
  assertEquals((await edit("stopMessageLiveLocation", {})).ok, false);
  await telegram.close();
});

Deno.test("a bot edits its own messages for ever, others' never", async () => {
  const { telegram, clock, user, chat, call, edit } = await editScene("sendMessage", { text: "a" });
  const theirs = user.sends(chat, "mine");
  clock.advanceTo(clock.now() + 1000 * HOUR_MS);
  assert((await edit("editMessageText", { text: "b" })).ok);
  const answer = await call("editMessageText", {
    chat_id: chat.id,
    message_id: theirs.message_id,
    text: "b",
  });
  assertEquals(answer.description, "Bad Request: message can't be edited");
  await telegram.close();
});

Deno.test("a bot can edit neither an automatic forward nor a closed poll", async () => {
  const { telegram, channel, group, call, clock, edit } = await editScene("sendPoll", {
    question: "?",
    options: [{ text: "a" }, { text: "b" }],
  });
  assertEquals((await edit("stopPoll", {})).result.is_closed, true);
  assertEquals(
    (await edit("stopPoll", {})).description,
    "Bad Request: poll has already been closed",
  );
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  clock.fireNext();
  const root = group.messages.at(-1)!;
  const answer = await call("editMessageText", {
    chat_id: group.id,
    message_id: root.message_id,
    text: "b",
  });
  assertEquals(answer.description, "Bad Request: message can't be edited");
  await telegram.close();
});

Deno.test("people edit texts, captions and media, each told as an edited message", async () => {
  const { telegram, bot, user, chat } = await editScene("sendMessage", { text: "hello" });
  const text = user.edits(user.sends(chat, "one"), "two");
  assertEquals([text.text, typeof text.edit_date], ["two", "number"]);
  const photo = user.sends(chat, { photo: true, caption: "one" });
  assertEquals(user.edits(photo, { caption: "two" }).photo, photo.photo);
  assert(user.edits(photo, { video: true }).video !== undefined);
  assertEquals(user.edits(photo, { video: true }).photo, undefined);
  const edited = updatesOf(telegram, bot).filter((update) => update.edited_message !== undefined);
  assertEquals(edited.length, 4);
  await telegram.close();
});

Deno.test("people's clients do not let them edit what they may not", async () => {
  const { telegram, bot, clock, user, chat } = await editScene("sendMessage", { text: "hello" });
  assertThrows(() => user.edits(chat.messages.at(-1)!, "forged"), Error, "may not edit");
  assertThrows(() => user.edits(user.sends(chat, { sticker: true }), { sticker: true }));
  assertThrows(() => user.edits(user.sends(chat, "via", { viaBot: bot }), "mine"));
  const old = user.sends(chat, "old");
  clock.advanceTo(clock.now() + 49 * HOUR_MS);
  assertThrows(() => user.edits(old, "new"), Error, "may not edit");
  await telegram.close();
});

Deno.test("a bot deletes messages within 48 hours", async () => {
  const { telegram, clock, ana, chat, channel, group, call } = await editScene("sendMessage", {
    text: "hello",
  });
  const remove = (chatId: number, message_id?: number) =>
    call("deleteMessage", { chat_id: chatId, message_id });
  const own = chat.messages.at(-1)?.message_id;
  assertEquals((await remove(chat.id, own)).result, true);
  assertEquals(
    (await remove(chat.id, own)).description,
    "Bad Request: message to delete not found",
  );
  const agents = ana.sends(group, "hello");
  telegram.promote(group, telegram.createBot(), {});
  assert((await remove(group.id, agents.message_id)).ok);
  const old = [chat.messages[0]!, ana.sends(group, "old"), ana.sends(channel, "old")];
  clock.advanceTo(clock.now() + 48 * HOUR_MS);
  const words: unknown[] = [];
  for (const { chat: { id }, message_id } of old) {
    words.push((await remove(id, message_id)).description);
  }
  assertEquals(words, [
    "Bad Request: message can't be deleted for everyone",
    "Bad Request: message can't be deleted",
    "Bad Request: message can't be deleted",
  ]);
  await telegram.close();
});

Deno.test("a live location is prolonged by a day at most, or for ever, while it lives", async () => {
  const { telegram, clock, chat, call } = await editScene("sendLocation", {
    latitude: 1,
    longitude: 2,
    live_period: 900,
  });
  const { message_id } = chat.messages.at(-1)!;
  const place = { chat_id: chat.id, message_id, latitude: 3, longitude: 2 };
  const prolong = async (live_period?: number) => {
    const { ok, description, result } = await call("editMessageLiveLocation", {
      ...place,
      latitude: place.latitude++,
      ...(live_period === undefined ? {} : { live_period }),
    });
    return ok ? result.location.live_period : description;
  };
  assertEquals(await prolong(), 900);
  assertEquals(await prolong(3600), 3600);
  assertEquals(await prolong(3600 + 86_401), "Bad Request: LIVE_PERIOD_INVALID");
  clock.advanceTo(clock.now() + HOUR_MS / 2);
  assertEquals(await prolong(3600 + 86_400), 90_000);
  clock.advanceTo(clock.now() + 24 * HOUR_MS);
  assertEquals(await prolong(0x7fff_ffff), 0x7fff_ffff);
  clock.advanceTo(clock.now() + 1000 * HOUR_MS);
  assertEquals(await prolong(), 0x7fff_ffff);
  const { description } = await call("sendLocation", {
    chat_id: chat.id,
    latitude: 1,
    longitude: 2,
    live_period: 86_401,
  });
  assertEquals(description, "Bad Request: wrong live location period specified");
  await telegram.close();
});

Deno.test("a live location that has ended cannot be prolonged", async () => {
  const { telegram, clock, chat, call } = await editScene("sendLocation", {
    latitude: 1,
    longitude: 2,
    live_period: 60,
  });
  clock.advanceTo(clock.now() + HOUR_MS);
  const { message_id } = chat.messages.at(-1)!;
  const place = { chat_id: chat.id, message_id, latitude: 3, longitude: 2, live_period: 7200 };
  const { description } = await call("editMessageLiveLocation", place);
  assertEquals(description, "Bad Request: message can't be edited");
  await telegram.close();
});

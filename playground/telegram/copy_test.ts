import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { ContentSpec, PollSpec } from "./content.ts";
import { customer, scene } from "./scene.ts";

/** A scene with a customer and a short way to copy their message into the group. */
function copyScene(isPremium = false) {
  const all = scene();
  const user = all.telegram.createUser({ firstName: "Eva", isPremium });
  const chat = user.chatWith(all.bot);
  const copy = (messageId: number, more: Record<string, unknown> = {}) =>
    all.call("copyMessage", {
      chat_id: all.group.id,
      from_chat_id: chat.id,
      message_id: messageId,
      ...more,
    });
  return { ...all, user, chat, copy };
}

Deno.test("a copy says the same in the bot's name", async () => {
  const { telegram, bot, user, chat, group, copy } = copyScene();
  const source = user.sends(chat, {
    photo: true,
    caption: "look #here",
    show_caption_above_media: true,
    has_media_spoiler: true,
  }, { viaBot: bot });
  const { result } = await copy(source.message_id);
  assertEquals(Object.keys(result), ["message_id"]);
  const message = group.message(result.message_id);
  assertEquals(message?.from?.id, bot.id);
  assertEquals(message?.photo, source.photo);
  assertEquals(message?.caption, "look #here");
  assertEquals(message?.caption_entities, source.caption_entities);
  assertEquals([message?.show_caption_above_media, message?.has_media_spoiler], [true, true]);
  assertEquals([message?.via_bot, message?.forward_origin], [undefined, undefined]);
  await telegram.close();
});

Deno.test("a copy may have another caption or none", async () => {
  const { telegram, user, chat, group, copy } = copyScene();
  const source = user.sends(chat, { photo: true, caption: "old" });
  const captions: unknown[] = [];
  for (const caption of [undefined, "new", ""]) {
    const { result } = await copy(source.message_id, { caption });
    captions.push(group.message(result.message_id)?.caption);
  }
  assertEquals(captions, ["old", "new", undefined]);
  await telegram.close();
});

const UNCOPYABLE: ContentSpec[] = [
  { paid_media: true },
  { invoice: true },
  { giveaway: true },
  { giveaway_winners: true },
  { story: true },
  { service: { write_access_allowed: {} } },
];
for (const content of UNCOPYABLE) {
  Deno.test(`${Object.keys(content)[0]} cannot be copied`, async () => {
    const { telegram, user, chat, copy } = copyScene();
    const { description } = await copy(user.sends(chat, content).message_id);
    assertEquals(description, "Bad Request: the message can't be copied");
    await telegram.close();
  });
}

Deno.test("dice roll anew, polls start anew, live locations stand still", async () => {
  const { telegram, user, chat, group, copy } = copyScene();
  const copied = async (content: ContentSpec) => {
    const { result } = await copy(user.sends(chat, content).message_id);
    return group.message(result.message_id);
  };
  const values = new Set<number | undefined>();
  for (let i = 0; i < 20; i++) values.add((await copied({ dice: true }))?.dice?.value);
  assert(values.size > 1);
  const poll = user.sends(chat, { poll: { question: "?", options: ["a", "b"] } });
  const copiedPoll = group.message((await copy(poll.message_id)).result.message_id)?.poll;
  assertEquals(copiedPoll?.options.map(({ text }) => text), ["a", "b"]);
  assertNotEquals(copiedPoll?.id, poll.poll?.id);
  const location = (await copied({ location: { live_period: 600, heading: 90 } }))?.location;
  assertEquals(Object.keys(location ?? {}), ["latitude", "longitude"]);
  await telegram.close();
});

Deno.test("a quiz is copied only by who may know the answer", async () => {
  const { telegram, ana, user, chat, group, call, copy } = copyScene();
  const poll: PollSpec = {
    question: "?",
    options: ["a", "b"],
    type: "quiz",
    correct_option_ids: [0],
  };
  assert((await copy(user.sends(chat, { poll }).message_id)).ok);
  const toAll = ana.sends(group, { poll });
  const answer = await call("copyMessage", {
    chat_id: group.id,
    from_chat_id: group.id,
    message_id: toAll.message_id,
  });
  assertEquals(answer.description, "Bad Request: the message can't be copied");
  await telegram.close();
});

Deno.test("a pure copy keeps what only Premium users may write, a rebuilt one is refused", async () => {
  const { telegram, ana, user, chat, group, copy } = copyScene(true);
  const text = user.sends(chat, "x".repeat(5000)).message_id;
  const caption = user.sends(chat, { photo: true, caption: "x".repeat(2000) }).message_id;
  const reply_parameters = { message_id: ana.sends(group, "root").message_id };
  assert((await copy(text)).ok);
  assert((await copy(caption)).ok);
  assertEquals(
    (await copy(text, { reply_parameters })).description,
    "Bad Request: message is too long",
  );
  assertEquals(
    (await copy(caption, { reply_parameters })).description,
    "Bad Request: message caption is too long",
  );
  await telegram.close();
});

Deno.test("copyMessage misses what does not exist, copyMessages skips it", async () => {
  const { telegram, user, chat, group, call, copy } = copyScene();
  const first = user.sends(chat, "one").message_id;
  const invoice = user.sends(chat, { invoice: true }).message_id;
  const last = user.sends(chat, "two").message_id;
  assertEquals((await copy(999)).description, "Bad Request: message to copy not found");
  const copyAll = (message_ids: number[]) =>
    call("copyMessages", { chat_id: group.id, from_chat_id: chat.id, message_ids });
  const { result } = await copyAll([first, invoice, last, 999]);
  assertEquals(result.length, 2);
  assertEquals((await copyAll([invoice])).description, "Bad Request: messages can't be forwarded");
  assertEquals(
    (await copyAll([last, first])).description,
    "Bad Request: message identifiers must be in a strictly increasing order",
  );
  await telegram.close();
});

Deno.test("copyMessages keeps albums together, copyMessage takes one out", async () => {
  const { telegram, user, chat, group, call, copy } = copyScene();
  const album = await user.sendsAlbum(chat, [{ photo: true, caption: "a" }, { video: true }]);
  const { result } = await call("copyMessages", {
    chat_id: group.id,
    from_chat_id: chat.id,
    message_ids: album.map(({ message_id }) => message_id),
    remove_caption: true,
  });
  const copies = result.map((id: { message_id: number }) => group.message(id.message_id));
  assert(copies[0].media_group_id !== undefined);
  assertEquals(copies[0].media_group_id, copies[1].media_group_id);
  assertNotEquals(copies[0].media_group_id, album[0]?.media_group_id);
  assertEquals(copies[0].caption, undefined);
  const single = await copy(album[0]!.message_id);
  assertEquals(group.message(single.result.message_id)?.media_group_id, undefined);
  await telegram.close();
});

Deno.test("forwards name their source; protected content stays where it is", async () => {
  const { telegram, user, chat, group, call, copy } = copyScene();
  const source = user.sends(chat, "mine");
  const forward = () =>
    call("forwardMessage", {
      chat_id: group.id,
      from_chat_id: chat.id,
      message_id: source.message_id,
    });
  const { result } = await forward();
  assertEquals(result.forward_origin.sender_user.id, user.id);
  chat.hasProtectedContent = true;
  assertEquals(
    (await forward()).description,
    "Bad Request: message has protected content and can't be forwarded",
  );
  assert((await copy(source.message_id)).ok);
  await telegram.close();
});

Deno.test("a copy may reply and quote, but only what the message says", async () => {
  const { telegram, bot, ana, group, call, user, chat } = copyScene();
  customer(telegram, bot);
  const target = ana.sends(group, {
    text: "one two one",
    entities: [{ type: "bold", offset: 8, length: 3 }],
  });
  const source = user.sends(chat, "answer");
  const reply = async (quote: Record<string, unknown>) => {
    const { result, description } = await call("copyMessage", {
      chat_id: group.id,
      from_chat_id: chat.id,
      message_id: source.message_id,
      reply_parameters: { message_id: target.message_id, ...quote },
    });
    return description ?? group.message(result.message_id)?.quote;
  };
  assertEquals(await reply({ quote: "two" }), { text: "two", position: 4, is_manual: true });
  const bold = [{ type: "bold" as const, offset: 0, length: 3 }];
  assertEquals(await reply({ quote: "one", quote_entities: bold }), {
    text: "one",
    entities: bold,
    position: 8,
    is_manual: true,
  });
  assertEquals(await reply({ quote: "three" }), "Bad Request: QUOTE_TEXT_INVALID");
  assertEquals(
    await reply({ quote: "two", quote_entities: bold }),
    "Bad Request: QUOTE_TEXT_INVALID",
  );
  await telegram.close();
});

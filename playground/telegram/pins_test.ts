import { assert, assertEquals, assertThrows } from "@std/assert";
import { callAs, customer, scene, updatesOf } from "./scene.ts";

/** A scene with a post in the channel, and ways to pin and unpin. */
async function pinScene() {
  const all = scene();
  const { telegram, channel, call } = all;
  const { result: card } = await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const pin = (message_id = card.message_id, chat_id = channel.id) =>
    call("pinChatMessage", { chat_id, message_id, disable_notification: true });
  const unpin = (message_id?: number, chat_id = channel.id) =>
    call("unpinChatMessage", { chat_id, ...(message_id === undefined ? {} : { message_id }) });
  return { ...all, card, pin, unpin };
}

Deno.test("a pin in a channel makes a post of the channel's, which the pinning bot receives", async () => {
  const { telegram, bot, channel, card, pin, call } = await pinScene();
  channel.signatures = true;
  assertEquals((await pin()).result, true);
  assertEquals(channel.pinned, [card.message_id]);
  const note = updatesOf(telegram, bot).at(-1)?.channel_post;
  const shownChannel = { id: channel.id, type: "channel", title: "Desk" };
  assertEquals<unknown>(note, {
    message_id: card.message_id + 1,
    sender_chat: shownChannel,
    chat: shownChannel,
    date: note?.date,
    pinned_message: card,
  });
  const message = { chat_id: channel.id, message_id: note?.message_id };
  assertEquals((await call("deleteMessage", message)).result, true);
  assertEquals(channel.pinned, [card.message_id]);
  await telegram.close();
});

Deno.test("what a channel notes is not forwarded to the linked group", async () => {
  const { telegram, channel, group, pin } = await pinScene();
  const before = group.messages.length;
  await pin();
  await telegram.settled();
  assertEquals(channel.messages.length, 2);
  assertEquals(group.messages.length, before);
  await telegram.close();
});

Deno.test("Telegram need not note a pin, in any type of chat", async () => {
  const { telegram, bot, ana, channel, group, pin, card } = await pinScene();
  const { chat } = customer(telegram, bot);
  telegram.unproven.notesPins.channel = false;
  telegram.unproven.notesPins.private = false;
  await pin();
  await pin(chat.messages[0]!.message_id, chat.id);
  assertEquals([channel.messages.length, chat.messages.length], [1, 1]);
  assertEquals([channel.pinned, chat.pinned], [[card.message_id], [chat.messages[0]!.message_id]]);
  const { message_id } = ana.sends(group, "important");
  await pin(message_id, group.id);
  assertEquals(group.messages.at(-1)?.pinned_message?.message_id, message_id);
  telegram.unproven.notesPins.supergroup = false;
  const other = ana.sends(group, "also important");
  await pin(other.message_id, group.id);
  assertEquals(group.messages.at(-1)?.message_id, other.message_id);
  await telegram.close();
});

Deno.test("what is pinned already is not noted again", async () => {
  const { telegram, channel, card, pin } = await pinScene();
  await pin();
  assertEquals((await pin()).result, true);
  assertEquals([channel.pinned, channel.messages.length], [[card.message_id], 2]);
  telegram.unproven.refusesUnchangedPins = true;
  assertEquals((await pin()).description, "Bad Request: CHAT_NOT_MODIFIED");
  await telegram.close();
});

Deno.test("what is not pinned may be unpinned, what does not exist may not", async () => {
  const { telegram, card, unpin } = await pinScene();
  assertEquals((await unpin(card.message_id)).result, true);
  const notFound = "Bad Request: message to unpin not found";
  assertEquals((await unpin(999_999)).description, notFound);
  assertEquals((await unpin()).description, notFound);
  telegram.unproven.refusesUnchangedPins = true;
  assertEquals((await unpin(card.message_id)).description, "Bad Request: CHAT_NOT_MODIFIED");
  await telegram.close();
});

Deno.test("without an ID the pinned message sent last is unpinned, whichever was pinned last", async () => {
  const { telegram, channel, card, pin, unpin, call } = await pinScene();
  const { result: newer } = await call("sendMessage", { chat_id: channel.id, text: "newer" });
  await pin(newer.message_id);
  await pin();
  const { result } = await call("getChat", { chat_id: channel.id });
  assertEquals(result.pinned_message.message_id, newer.message_id);
  await unpin();
  assertEquals(channel.pinned, [card.message_id]);
  assertEquals((await call("unpinAllChatMessages", { chat_id: channel.id })).result, true);
  assertEquals(channel.pinned, []);
  await telegram.close();
});

Deno.test("a deleted post is not pinned any more", async () => {
  const { telegram, channel, card, pin, call } = await pinScene();
  await pin();
  await call("deleteMessage", { chat_id: channel.id, message_id: card.message_id });
  assertEquals(channel.pinned, []);
  assertEquals((await call("getChat", { chat_id: channel.id })).result.pinned_message, undefined);
  assertEquals((await pin()).description, "Bad Request: message to pin not found");
  await telegram.close();
});

Deno.test("a service message cannot be pinned", async () => {
  const { telegram, channel, pin } = await pinScene();
  await pin();
  const { message_id } = channel.messages.at(-1)!;
  assertEquals(
    (await pin(message_id)).description,
    "Bad Request: a service message can't be pinned",
  );
  await telegram.close();
});

Deno.test("pinning in a channel needs the right to edit others' posts", async () => {
  const { telegram, bot, channel, pin, unpin, card } = await pinScene();
  const words = "Bad Request: not enough rights to manage pinned messages in the chat";
  telegram.promote(channel, bot, { can_post_messages: true });
  assertEquals((await pin()).description, words);
  assertEquals((await unpin(card.message_id)).description, words);
  telegram.promote(channel, bot, { can_edit_messages: true });
  assertEquals((await pin()).result, true);
  await telegram.close();
});

Deno.test("people pin and unpin where they may, and bots are told of pins only", async () => {
  const { telegram, bot, ana, rui, channel, group } = await pinScene();
  const [card] = channel.messages;
  assertThrows(() => rui.pins(card!), Error, "may not pin");
  ana.pins(card!);
  assertEquals(updatesOf(telegram, bot).at(-1)?.channel_post?.pinned_message?.text, "card");
  const before = telegram.updates.length;
  ana.unpins(card!);
  assertEquals([channel.pinned, telegram.updates.length], [[], before]);
  rui.joins(group);
  const message = rui.sends(group, "hello");
  rui.pins(message);
  assert(group.pinned.includes(message.message_id));
  group.permissions = { can_send_messages: true };
  assertThrows(() => rui.unpins(message), Error, "may not pin");
  ana.unpins(message);
  assert(!group.pinned.includes(message.message_id));
  await telegram.close();
});

Deno.test("a pinned answer is shown without what it answers", async () => {
  const { telegram, ana, group, pin } = await pinScene();
  const question = ana.sends(group, "question");
  const answer = ana.sends(group, "answer", { replyTo: question.message_id });
  await pin(answer.message_id, group.id);
  const shown = group.messages.at(-1)!.pinned_message!;
  assertEquals([shown.message_id, "reply_to_message" in shown], [answer.message_id, false]);
  await telegram.close();
});

Deno.test("the automatic pin of a forward is not noted, unless so wished", async () => {
  const { telegram, bot, channel, group, call } = await pinScene();
  assert(!group.messages.some(({ pinned_message }) => pinned_message));
  telegram.unproven.notesAutomaticPins = true;
  await call("sendMessage", { chat_id: channel.id, text: "another" });
  await telegram.settled();
  const note = updatesOf(telegram, bot).at(-1)?.message;
  assertEquals([note?.from.id, note?.pinned_message?.text], [777000, "another"]);
  await telegram.close();
});

Deno.test("pinning from outside the chat is refused", async () => {
  const { telegram, channel, pin } = await pinScene();
  const stranger = telegram.createBot();
  const { message_id } = channel.messages[0]!;
  const answer = await callAs(telegram, stranger, "pinChatMessage", {
    chat_id: channel.id,
    message_id,
  });
  assertEquals(answer.description, "Bad Request: chat not found");
  assertEquals((await pin(999_999)).description, "Bad Request: message to pin not found");
  await telegram.close();
});

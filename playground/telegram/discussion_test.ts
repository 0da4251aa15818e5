import { assert, assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { callAs, customer, scene, updatesOf } from "./scene.ts";

const DAY_MS = 24 * 3600 * 1000;

Deno.test("a channel post arrives in the linked group as an automatic forward", async () => {
  const { telegram, bot, channel, group, call } = scene();
  const { result: post } = await call("sendMessage", { chat_id: channel.id, text: "New customer" });
  assertEquals(group.messages.filter((message) => message.is_automatic_forward), []);
  await telegram.settled();
  const update = updatesOf(telegram, bot).at(-1)?.message;
  const shownChannel = { id: channel.id, type: "channel", title: "Desk" };
  assertEquals<unknown>(update, {
    message_id: update?.message_id,
    from: { id: 777000, is_bot: false, first_name: "Telegram" },
    sender_chat: shownChannel,
    chat: { id: group.id, type: "supergroup", title: "Desk chat" },
    date: update?.date,
    forward_origin: {
      type: "channel",
      chat: shownChannel,
      message_id: post.message_id,
      date: post.date,
    },
    forward_date: post.date,
    forward_from_chat: shownChannel,
    forward_from_message_id: post.message_id,
    is_automatic_forward: true,
    text: "New customer",
  });
  assertEquals(group.pinned, [update?.message_id]);
  assertEquals(group.messages.at(-1)?.message_id, update?.message_id);
  await telegram.close();
});

Deno.test("a forward may name itself as its thread, and come marked as edited", async () => {
  const { telegram, bot, ana, channel, group, call } = scene();
  telegram.unproven.forwardsNameThreads = true;
  telegram.unproven.forwardsComeEdited = true;
  const { result: card } = await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const root = updatesOf(telegram, bot).at(-1)?.message;
  assertEquals([root?.message_thread_id, root?.edit_date], [root?.message_id, root?.date]);
  const comment = ana.comments(card, "hello");
  assertEquals(comment.message_thread_id, root?.message_id);
  assertEquals(group.thread(root!.message_id).map(({ text }) => text), ["hello"]);
  await telegram.close();
});

Deno.test("the forward can come before the answer to the post", async () => {
  const { telegram, bot, channel, call } = scene();
  telegram.autoForward = { mode: "before", delayMs: 0 };
  let isAnswered = false;
  const answer = call("sendMessage", { chat_id: channel.id, text: "card" });
  void answer.then(() => isAnswered = true);
  while (!updatesOf(telegram, bot).some(({ message }) => message?.is_automatic_forward)) {
    await Promise.resolve();
    assert(!isAnswered);
  }
  await answer;
  await telegram.close();
});

Deno.test("before means that the webhook has taken the forward", async () => {
  const order: string[] = [];
  const { telegram, channel, call } = scene({
    webhookFetch: async (request) => {
      const update = await request.json();
      if (update.message?.is_automatic_forward) order.push("forward");
      return new Response();
    },
  });
  await call("setWebhook", { url: "https://desk.example/telegram" });
  telegram.autoForward = { mode: "before", delayMs: 0 };
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  order.push("answer");
  assertEquals(order, ["forward", "answer"]);
  await telegram.close();
});

Deno.test("a forward that never comes can be released", async () => {
  const { telegram, channel, group, call } = scene();
  telegram.autoForward = { mode: "never", delayMs: 0 };
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  assertEquals(group.messages.at(-1)?.is_automatic_forward, undefined);
  telegram.releaseForwards();
  assertEquals(group.messages.at(-1)?.is_automatic_forward, true);
  await telegram.close();
});

Deno.test("a late forward waits for its time", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, channel, group, call } = scene({ clock });
  telegram.autoForward = { mode: "after", delayMs: 3000 };
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  assert(!telegram.idle());
  clock.fireNext();
  assert(telegram.idle());
  assertEquals(group.messages.at(-1)?.date, 1_790_000_003);
  await telegram.close();
});

Deno.test("a forwarded post keeps its first source", async () => {
  const { telegram, bot, channel, group, call } = scene();
  const { user, chat } = customer(telegram, bot);
  const source = chat.messages[0]?.message_id;
  await call("forwardMessage", { chat_id: channel.id, from_chat_id: chat.id, message_id: source });
  await telegram.settled();
  const root = group.messages.at(-1);
  assertEquals(root?.is_automatic_forward, true);
  assertEquals(root?.forward_origin?.type, "user");
  assertEquals(
    root?.forward_origin?.type === "user" && root.forward_origin.sender_user.id,
    user.id,
  );
  await telegram.close();
});

Deno.test("a comment names its thread and shows the whole root", async () => {
  const { telegram, bot, rui, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const root = group.messages.at(-1)!;
  const comment = rui.comments(channel.messages[0]!, "hello");
  assertEquals(comment.message_thread_id, root.message_id);
  assertEquals(comment.reply_to_message?.is_automatic_forward, true);
  assertEquals(updatesOf(telegram, bot).at(-1)?.message?.text, "hello");

  const answer = rui.comments(channel.messages[0]!, "more", { replyTo: comment.message_id });
  assertEquals(answer.message_thread_id, root.message_id);
  assertEquals(answer.reply_to_message?.message_id, comment.message_id);
  assertEquals(answer.reply_to_message?.reply_to_message, undefined);
  assertEquals(group.thread(root.message_id).map(({ text }) => text), ["hello", "more"]);
  await telegram.close();
});

Deno.test("a reply outside comments names the top of its chain", async () => {
  const { telegram, ana, group } = scene();
  const top = ana.sends(group, "top");
  assertEquals(top.message_thread_id, undefined);
  const first = ana.sends(group, "first", { replyTo: top.message_id });
  const second = ana.sends(group, "second", { replyTo: first.message_id });
  assertEquals(second.message_thread_id, top.message_id);
  await telegram.close();
});

Deno.test("a bot's reply to any comment lands in the thread", async () => {
  const { telegram, rui, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const root = group.messages.at(-1)!;
  const comment = rui.comments(channel.messages[0]!, "hello");
  const { result } = await call("sendMessage", {
    chat_id: group.id,
    text: "noted",
    reply_parameters: { message_id: comment.message_id },
  });
  assertEquals(result.message_thread_id, root.message_id);
  assertEquals(result.reply_to_message.text, "hello");
  await telegram.close();
});

Deno.test("message_thread_id alone does nothing in a plain supergroup", async () => {
  const { telegram, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const root = group.messages.at(-1)!;
  const { result } = await call("sendMessage", {
    chat_id: group.id,
    text: "lost",
    message_thread_id: root.message_id,
  });
  assertEquals(result.message_thread_id, undefined);
  await telegram.close();
});

Deno.test("replying to a deleted root fails, or leaves the thread if so wished", async () => {
  const { telegram, ana, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  const root = group.messages.at(-1)!;
  const comment = ana.comments(channel.messages[0]!, "hello");
  const before = telegram.updates.length;
  ana.deletes(root);
  assertEquals(telegram.updates.length, before);
  const reply = {
    chat_id: group.id,
    text: "late",
    reply_parameters: { message_id: root.message_id },
  };
  const refused = await call("sendMessage", reply);
  assertEquals(refused.description, "Bad Request: message to be replied not found");
  const { result } = await call("sendMessage", {
    ...reply,
    reply_parameters: { message_id: root.message_id, allow_sending_without_reply: true },
  });
  assertEquals(result.message_thread_id, undefined);
  const survivor = await call("sendMessage", {
    ...reply,
    reply_parameters: { message_id: comment.message_id },
  });
  assertEquals(survivor.result.message_thread_id, root.message_id);
  assertThrows(() => ana.comments(channel.messages[0]!, "more"), Error, "no comments");
  await telegram.close();
});

Deno.test("nobody comments on a post with an inline keyboard", async () => {
  const { telegram, rui, channel, call } = scene();
  await call("sendMessage", {
    chat_id: channel.id,
    text: "card",
    reply_markup: { inline_keyboard: [[{ text: "Take", callback_data: "take" }]] },
  });
  await telegram.settled();
  assertThrows(() => rui.comments(channel.messages[0]!, "hello"), Error, "inline keyboard");
  await telegram.close();
});

Deno.test("an edit of the post reaches the forward, but not after two weeks", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, bot, channel, group, call } = scene({ clock });
  const { result: post } = await call("sendMessage", { chat_id: channel.id, text: "one" });
  clock.fireNext();
  const edit = (text: string) =>
    call("editMessageText", { chat_id: channel.id, message_id: post.message_id, text });
  await edit("two");
  const update = updatesOf(telegram, bot).at(-1)?.edited_message;
  assertEquals(update?.text, "two");
  assertEquals(update?.is_automatic_forward, true);
  assertEquals(group.messages.at(-1)?.text, "two");
  clock.advanceTo(clock.now() + 15 * DAY_MS);
  await edit("three");
  assertEquals(channel.messages.at(-1)?.text, "three");
  assertEquals(group.messages.at(-1)?.text, "two");
  await telegram.close();
});

Deno.test("a person's edit of the bot's post is seen only in the group", async () => {
  const { telegram, bot, ana, channel, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "one" });
  await telegram.settled();
  ana.edits(channel.messages[0]!, "two");
  const types = updatesOf(telegram, bot).flatMap((update) => Object.keys(update));
  assertEquals(types.filter((type) => type.startsWith("edited")), ["edited_message"]);
  await telegram.close();
});

Deno.test("the items of an album are forwarded one by one under another album ID", async () => {
  const { telegram, ana, channel, group } = scene();
  await ana.sendsAlbum(channel, [{ photo: true }, { photo: true }]);
  await telegram.settled();
  const forwards = group.messages.filter((message) => message.is_automatic_forward);
  const ids = new Set(forwards.map(({ media_group_id: id }) => id));
  assertEquals(forwards.length, 2);
  assertEquals(ids.size, 1);
  assert(!ids.has(channel.messages[0]?.media_group_id));
  await telegram.close();
});

Deno.test("deleting a post leaves its forward unless told otherwise", async () => {
  const { telegram, ana, channel, group, call } = scene();
  for (const isTaken of [false, true]) {
    telegram.forwardDiesWithPost = isTaken;
    await call("sendMessage", { chat_id: channel.id, text: "card" });
    await telegram.settled();
    const root = group.messages.at(-1)!;
    ana.deletes(channel.messages.at(-1)!);
    assertEquals(group.message(root.message_id) === undefined, isTaken);
  }
  await telegram.close();
});

Deno.test("another bot in the group sees the forward, but never the bot's own words", async () => {
  const { telegram, channel, group, call } = scene();
  const other = telegram.createBot({ canReadAllGroupMessages: true });
  telegram.addMember(group, other);
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await call("sendMessage", { chat_id: group.id, text: "from a bot" });
  await telegram.settled();
  const texts = updatesOf(telegram, other).flatMap(({ message }) => message?.text ?? []);
  assertEquals(texts, ["card"]);
  assertEquals((await callAs(telegram, other, "getMe")).ok, true);
  await telegram.close();
});

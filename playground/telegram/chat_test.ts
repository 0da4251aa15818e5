import { assertEquals, assertThrows } from "@std/assert";
import { callAs, customer, scene } from "./scene.ts";

Deno.test("getChat tells what a group is like", async () => {
  const { telegram, ana, group, call } = scene();
  const about = async (chatId: number) => {
    const { result } = await call("getChat", { chat_id: chatId });
    return [
      result.is_forum,
      result.has_visible_history,
      result.join_to_send_messages,
      result.join_by_request,
    ];
  };
  assertEquals(await about(group.id), [undefined, true, undefined, undefined]);
  group.joinToSendMessages = true;
  group.joinByRequest = true;
  assertEquals(await about(group.id), [undefined, true, true, true]);
  const topics = telegram.createSupergroup({ title: "Topics", creator: ana });
  telegram.promote(topics, telegram.createBot());
  const bot = telegram.createBot();
  telegram.promote(topics, bot);
  topics.isForum = true;
  const asked = await callAs(telegram, bot, "getChat", { chat_id: topics.id });
  assertEquals([asked.result.is_forum, asked.result.has_visible_history], [true, true]);
  await telegram.close();
});

Deno.test("every message of a forum says that it is one", async () => {
  const { telegram, ana } = scene();
  const topics = telegram.createSupergroup({ title: "Topics", creator: ana });
  topics.isForum = true;
  assertEquals(ana.sends(topics, "hello").chat, {
    id: topics.id,
    type: "supergroup",
    title: "Topics",
    is_forum: true,
  });
  await telegram.close();
});

Deno.test("only administrators are told whether newcomers see the history", async () => {
  const { telegram, ana } = scene();
  const bot = telegram.createBot();
  const plain = telegram.createSupergroup({ title: "Plain", creator: ana });
  const told = async () =>
    (await callAs(telegram, bot, "getChat", { chat_id: plain.id })).result.has_visible_history;
  telegram.addMember(plain, bot);
  assertEquals(await told(), undefined);
  telegram.promote(plain, bot);
  assertEquals(await told(), true);
  plain.hasVisibleHistory = false;
  assertEquals(await told(), undefined);
  await telegram.close();
});

Deno.test("the history of public, linked and topic groups cannot be hidden", async () => {
  const { telegram, ana, channel, group } = scene();
  const hide = (chat: typeof group) => () => chat.hasVisibleHistory = false;
  assertThrows(hide(group), Error, "CHAT_LINK_EXISTS");
  assertThrows(hide(channel), Error, "CHAT_LINK_EXISTS");
  const open = telegram.createSupergroup({ title: "Open", username: "open", creator: ana });
  assertThrows(hide(open), Error, "CHAT_LINK_EXISTS");
  telegram.unlink(channel);
  hide(group)();
  assertEquals(group.hasVisibleHistory, false);
  group.isForum = true;
  assertEquals(group.hasVisibleHistory, true);
  await telegram.close();
});

Deno.test("a discussion group has no topics, and a group with topics is not linked", async () => {
  const { telegram, ana, channel, group } = scene();
  assertThrows(() => group.isForum = true, Error, "CHAT_DISCUSSION_UNALLOWED");
  assertThrows(() => channel.isForum = true, Error, "Only supergroups");
  telegram.unlink(channel);
  group.isForum = true;
  assertThrows(() => telegram.link(channel, group), Error, "topics");
  const other = telegram.createSupergroup({ title: "Other", creator: ana });
  assertEquals(telegram.link(channel, other), other);
  await telegram.close();
});

Deno.test("linking shows the history, and upgrades a basic group", async () => {
  const { telegram, bot, ana, rui, channel, group } = scene();
  telegram.unlink(channel);
  group.hasVisibleHistory = false;
  telegram.link(channel, group);
  assertEquals(group.hasVisibleHistory, true);
  const small = telegram.createGroup({ title: "Small", creator: ana });
  telegram.addMember(small, bot);
  telegram.addMember(small, rui);
  const big = telegram.link(channel, small);
  assertEquals([big.type, big.title, small.migratedTo], ["supergroup", "Small", big]);
  assertEquals([channel.linked, group.linked, big.hasVisibleHistory], [big, undefined, true]);
  assertEquals([big.membership(ana).status, big.membership(rui).status], ["creator", "member"]);
  assertThrows(() => telegram.upgrade(small), Error, "only once");
  assertThrows(() => telegram.link(group, channel), Error, "linked to a group");
  await telegram.close();
});

Deno.test("an upgraded group hides what was written before", async () => {
  const { telegram, ana } = scene();
  const big = telegram.upgrade(telegram.createGroup({ title: "Small", creator: ana }));
  assertEquals(big.hasVisibleHistory, false);
  await telegram.close();
});

Deno.test("getChat tells all permissions of a group, and of nothing else", async () => {
  const { telegram, channel, group, call } = scene();
  const permissions = async (chatId: number) =>
    (await call("getChat", { chat_id: chatId })).result.permissions;
  const all = await permissions(group.id);
  assertEquals([all.can_send_messages, all.can_pin_messages], [true, true]);
  group.permissions = { can_send_messages: true };
  const some = await permissions(group.id);
  assertEquals([some.can_send_messages, some.can_pin_messages], [true, false]);
  assertEquals(Object.keys(some), Object.keys(all));
  assertEquals(await permissions(channel.id), undefined);
  await telegram.close();
});

Deno.test("getChat tells who takes no voice messages", async () => {
  const { telegram, bot, call } = scene();
  const { user } = customer(telegram, bot);
  const told = async () =>
    (await call("getChat", { chat_id: user.id })).result.has_restricted_voice_and_video_messages;
  assertEquals(await told(), undefined);
  user.forbidsVoiceMessages = true;
  assertEquals(await told(), true);
  await telegram.close();
});

Deno.test("an answer to a message of another chat shows its origin, its kind, and a quote", async () => {
  const { telegram, bot, channel, ana } = scene();
  const { user, chat } = customer(telegram, bot);
  const text = ana.sends(channel, "one two");
  const photo = ana.sends(channel, { photo: true });
  const seen = () => telegram.updates.at(-1)!.update.message!;
  user.sends(chat, "this", { externalReplyTo: text, quote: "two" });
  assertEquals(seen().external_reply!.origin.type, "channel");
  assertEquals([seen().quote!.text, seen().quote!.is_manual], ["two", true]);
  for (const quotes of [true, false]) {
    telegram.unproven.quotesOtherChats = quotes;
    user.sends(chat, "this", { externalReplyTo: text });
    assertEquals(seen().quote?.text, quotes ? "one two" : undefined);
    assertEquals([seen().quote?.is_manual, seen().reply_to_message], [undefined, undefined]);
  }
  user.sends(chat, "this", { externalReplyTo: photo });
  assertEquals([seen().external_reply!.photo !== undefined, seen().quote], [true, undefined]);
  await telegram.close();
});

Deno.test("buttons stand under what is forwarded or comes by way of a bot, and nothing else", async () => {
  const { telegram, bot } = scene();
  const { user, chat } = customer(telegram, bot);
  const keyboard = { inline_keyboard: [[{ text: "Shop", url: "https://shop.example" }]] };
  const origin = { type: "hidden_user", date: 1, sender_user_name: "Somebody" } as const;
  assertThrows(() => user.sends(chat, "mine", { keyboard }), Error, "no buttons");
  const forwarded = user.sends(chat, "forwarded", { keyboard, forwardedFrom: origin });
  const inserted = user.sends(chat, "inserted", { keyboard, viaBot: bot });
  assertEquals([forwarded.reply_markup, inserted.reply_markup], [keyboard, keyboard]);
  telegram.edits(inserted, "changed");
  assertEquals(telegram.updates.at(-1)!.update.edited_message!.reply_markup, keyboard);
  const other = { inline_keyboard: [[{ text: "Other", url: "https://other.example" }]] };
  telegram.edits(inserted, "changed again", other);
  assertEquals(telegram.updates.at(-1)!.update.edited_message!.reply_markup, other);
  assertThrows(() => telegram.edits(forwarded, "changed"), Error, "No bot may edit");
  await telegram.close();
});

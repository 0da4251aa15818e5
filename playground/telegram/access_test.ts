import { assert, assertEquals } from "@std/assert";
import { customer, scene } from "./scene.ts";

Deno.test("a bot writes only to people who wrote to it and did not block it", async () => {
  const { telegram, bot, rui, group, call } = scene();
  const { user, chat } = customer(telegram, bot);
  const write = async (chatId: number | string) =>
    (await call("sendMessage", { chat_id: chatId, text: "hello" })).description;
  assertEquals(await write(user.id), undefined);
  user.blocks(bot);
  assertEquals(await write(user.id), "Forbidden: bot was blocked by the user");
  user.unblocks(bot);
  user.deactivates();
  assertEquals(await write(chat.id), "Forbidden: user is deactivated");
  assertEquals(await write(rui.id), "Bad Request: chat not found");
  rui.joins(group);
  assertEquals(await write(rui.id), "Forbidden: bot can't initiate conversation with a user");
  assertEquals(
    await write(telegram.createBot().id),
    "Forbidden: the bot can't send messages to the bot",
  );
  assertEquals(await write("@nowhere"), "Bad Request: chat not found");
  await telegram.close();
});

Deno.test("a bot writes only where it is", async () => {
  const { telegram, bot, ana, channel, group, call } = scene();
  const write = async (chatId: number) =>
    (await call("sendMessage", { chat_id: chatId, text: "hello" })).description;
  const unknown = telegram.createSupergroup({ title: "Elsewhere", creator: ana });
  assertEquals(await write(unknown.id), "Bad Request: chat not found");
  telegram.removeMember(group, bot, "left");
  assertEquals(await write(group.id), "Forbidden: bot is not a member of the supergroup chat");
  telegram.removeMember(group, bot, "kicked");
  assertEquals(await write(group.id), "Forbidden: bot was kicked from the supergroup chat");
  telegram.demote(channel, bot);
  assertEquals(
    await write(channel.id),
    "Bad Request: need administrator rights in the channel chat",
  );
  telegram.promote(channel, bot, { can_edit_messages: true });
  assertEquals(
    await write(channel.id),
    "Bad Request: need administrator rights in the channel chat",
  );
  telegram.removeMember(channel, bot, "kicked");
  assertEquals(await write(channel.id), "Forbidden: bot was kicked from the channel chat");
  await telegram.close();
});

Deno.test("permissions are asked for by kind of message", async () => {
  const { telegram, bot, group, call } = scene();
  telegram.restrict(group, bot, { can_send_messages: true });
  assert((await call("sendMessage", { chat_id: group.id, text: "hello" })).ok);
  assertEquals(
    (await call("sendPhoto", { chat_id: group.id, photo: "https://a.pt/b.jpg" })).description,
    "Bad Request: not enough rights to send photos to the chat",
  );
  telegram.demote(group, bot);
  group.permissions = { can_send_photos: true };
  assertEquals(
    (await call("sendMessage", { chat_id: group.id, text: "hello" })).description,
    "Bad Request: not enough rights to send text messages to the chat",
  );
  await telegram.close();
});

Deno.test("Premium users may refuse voice messages", async () => {
  const { telegram, bot, call } = scene();
  const { user, chat } = customer(telegram, bot);
  user.forbidsVoiceMessages = true;
  const voice = async () =>
    (await call("sendVoice", { chat_id: chat.id, voice: "https://a.pt/b.oga" })).description;
  const note = { chat_id: chat.id, video_note: "https://a.pt/b.mp4" };
  const words = "Bad Request: user restricted receiving of";
  assertEquals(await voice(), `${words} voice note messages`);
  assertEquals((await call("sendVideoNote", note)).description, `${words} video note messages`);
  telegram.unproven.voiceIsRefusedBy = "Telegram";
  assertEquals(await voice(), "Bad Request: VOICE_MESSAGES_FORBIDDEN");
  await telegram.close();
});

Deno.test("empty and long texts are refused", async () => {
  const { telegram, group, call } = scene();
  const write = async (text: string) =>
    (await call("sendMessage", { chat_id: group.id, text })).description;
  assertEquals(await write(""), "Bad Request: message text is empty");
  assertEquals(await write(" \n"), "Bad Request: text must be non-empty");
  assertEquals(await write("x".repeat(4097)), "Bad Request: message is too long");
  assertEquals(await write("x".repeat(4096)), undefined);
  await telegram.close();
});

Deno.test("getChat tells which chats are linked and what is pinned", async () => {
  const { telegram, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  assertEquals((await call("getChat", { chat_id: channel.id })).result.linked_chat_id, group.id);
  const { result } = await call("getChat", { chat_id: group.id });
  assertEquals([result.linked_chat_id, result.pinned_message.text], [channel.id, "card"]);
  telegram.unlink(channel);
  assertEquals((await call("getChat", { chat_id: group.id })).result.linked_chat_id, undefined);
  await telegram.close();
});

Deno.test("public chats have a name and can be looked into", async () => {
  const { telegram, ana, call } = scene();
  const shop = telegram.createChannel({ title: "Shop", username: "shop", creator: ana });
  const { result } = await call("getChat", { chat_id: "@Shop" });
  assertEquals([result.id, result.username], [shop.id, "shop"]);
  assertEquals(
    (await call("sendMessage", { chat_id: "@shop", text: "hello" })).description,
    "Forbidden: bot is not a member of the channel chat",
  );
  await telegram.close();
});

Deno.test("getChatMember knows whom the bot knows", async () => {
  const { telegram, bot, ana, rui, channel, group, call } = scene();
  const status = async (chatId: number, userId: number) => {
    const { result, description } = await call("getChatMember", {
      chat_id: chatId,
      user_id: userId,
    });
    return description ?? result.status;
  };
  assertEquals(await status(group.id, ana.id), "creator");
  assertEquals(await status(group.id, bot.id), "administrator");
  assertEquals(await status(group.id, rui.id), "Bad Request: user not found");
  rui.starts(bot);
  assertEquals(await status(group.id, rui.id), "left");
  telegram.addMember(group, rui);
  assertEquals(await status(group.id, rui.id), "member");
  telegram.restrict(group, rui, {});
  assertEquals(await status(group.id, rui.id), "restricted");
  telegram.removeMember(group, rui, "kicked");
  assertEquals(await status(group.id, rui.id), "kicked");
  telegram.demote(channel, bot);
  assertEquals(await status(channel.id, rui.id), "Bad Request: member list is inaccessible");
  await telegram.close();
});

Deno.test("getChatAdministrators leaves other bots out unless asked", async () => {
  const { telegram, bot, ana, group, call } = scene();
  const other = telegram.createBot();
  telegram.promote(group, other);
  const ids = async (payload: Record<string, unknown>) => {
    const { result } = await call("getChatAdministrators", { chat_id: group.id, ...payload });
    return result.map(({ user }: { user: { id: number } }) => user.id);
  };
  assertEquals(await ids({}), [ana.id, bot.id]);
  assertEquals(await ids({ return_bots: true }), [ana.id, bot.id, other.id]);
  assertEquals((await call("getChatMemberCount", { chat_id: group.id })).result, 3);
  await telegram.close();
});

Deno.test("banning needs the right, and spares those who run the chat", async () => {
  const { telegram, bot, ana, rui, group, call } = scene();
  rui.joins(group);
  const ban = async (userId: number) =>
    (await call("banChatMember", { chat_id: group.id, user_id: userId })).description;
  assertEquals(await ban(ana.id), "Bad Request: can't remove chat owner");
  assertEquals(await ban(rui.id), undefined);
  assertEquals(group.membership(rui).status, "kicked");
  assertEquals(group.messages.at(-1)?.left_chat_member?.id, rui.id);
  await call("unbanChatMember", { chat_id: group.id, user_id: rui.id, only_if_banned: true });
  assertEquals(group.membership(rui).status, "left");
  telegram.promote(group, bot, { can_pin_messages: true });
  assertEquals(
    await ban(rui.id),
    "Bad Request: not enough rights to restrict/unrestrict chat member",
  );
  await telegram.close();
});

Deno.test("pinning needs the right", async () => {
  const { telegram, bot, ana, group, call } = scene();
  const { message_id } = ana.sends(group, "hello");
  const message = { chat_id: group.id, message_id };
  assert((await call("pinChatMessage", message)).ok);
  assert((await call("unpinChatMessage", message)).ok);
  assertEquals(
    (await call("unpinChatMessage", { chat_id: group.id })).description,
    "Bad Request: message to unpin not found",
  );
  telegram.promote(group, bot, { can_delete_messages: true });
  assertEquals(
    (await call("pinChatMessage", message)).description,
    "Bad Request: not enough rights to manage pinned messages in the chat",
  );
  await telegram.close();
});

Deno.test("an upgraded group names its supergroup", async () => {
  const { telegram, bot, ana, call } = scene();
  const small = telegram.createGroup({ title: "Small", creator: ana });
  telegram.addMember(small, bot);
  assert((await call("sendMessage", { chat_id: small.id, text: "hello" })).ok);
  const big = telegram.upgrade(small);
  const { error_code, description, parameters } = await call("sendMessage", {
    chat_id: small.id,
    text: "hello",
  });
  assertEquals(error_code, 400);
  assertEquals(description, "Bad Request: group chat was upgraded to a supergroup chat");
  assertEquals(parameters, { migrate_to_chat_id: big.id });
  assertEquals(small.messages.at(-1)?.migrate_to_chat_id, big.id);
  assertEquals(big.messages.at(-1)?.migrate_from_chat_id, small.id);
  await telegram.close();
});

Deno.test("a bot that leaves is gone", async () => {
  const { telegram, bot, group, call } = scene();
  assert((await call("leaveChat", { chat_id: group.id })).ok);
  assertEquals(group.membership(bot).status, "left");
  assertEquals((await call("getChat", { chat_id: group.id })).error_code, 403);
  await telegram.close();
});

Deno.test("message IDs of a bot's private chats come from one counter", async () => {
  const { telegram, bot, ana, group } = scene();
  const { chat: first } = customer(telegram, bot);
  const { chat: second } = customer(telegram, bot);
  assertEquals(second.messages[0]!.message_id, first.messages[0]!.message_id + 1);
  const [one, two] = [ana.sends(group, "one"), ana.sends(group, "two")];
  assertEquals(two.message_id, one.message_id + 1);
  await telegram.close();
});

Deno.test("a reaction of the bot is one emoji that everybody may use", async () => {
  const { telegram, ana, group, call } = scene();
  const { message_id } = ana.sends(group, "hello");
  const react = async (reaction: unknown[], id = message_id) =>
    (await call("setMessageReaction", { chat_id: group.id, message_id: id, reaction })).description;
  const eyes = { type: "emoji", emoji: "👀" } as const;
  const before = telegram.updates.length;
  assertEquals(await react([eyes]), undefined);
  assertEquals(group.reactionsOf(message_id), [eyes]);
  assertEquals(telegram.updates.length, before);
  assertEquals(await react([]), undefined);
  assertEquals(group.reactionsOf(message_id), []);
  assertEquals(await react([{ type: "emoji", emoji: "🟦" }]), "Bad Request: REACTION_INVALID");
  assertEquals(await react([eyes], 999), "Bad Request: message to react not found");
  await telegram.close();
});

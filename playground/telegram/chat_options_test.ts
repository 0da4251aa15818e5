/** Settings of chats and bots that get in a desk's way, and what the server tells of them late. */
import { assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene, updatesOf } from "./scene.ts";

Deno.test("getChat tells of slow mode, of timers and of protected content only if they are on", async () => {
  const { telegram, group, call } = scene();
  const fields = ["slow_mode_delay", "message_auto_delete_time", "has_protected_content"];
  const told = async () => {
    const { result } = await call("getChat", { chat_id: group.id });
    return fields.map((field) => result[field]);
  };
  assertEquals(await told(), [undefined, undefined, undefined]);
  group.slowModeS = 30;
  group.autoDeleteS = 86_400;
  group.hasProtectedContent = true;
  assertEquals(await told(), [30, 86_400, true]);
  await telegram.close();
});

Deno.test("slow mode holds members up, but nobody who runs the group", async () => {
  const clock = new SimulatedClock(0);
  const { telegram, ana, rui, group } = scene({ clock });
  telegram.addMember(group, rui);
  group.slowModeS = 30;
  rui.sends(group, "um");
  assertThrows(() => rui.sends(group, "dois"), Error, "has to wait");
  ana.sends(group, "um");
  ana.sends(group, "dois");
  clock.advanceTo(30_000);
  rui.sends(group, "dois");
  await telegram.close();
});

Deno.test("a timer lets what is sent from then on disappear", async () => {
  const clock = new SimulatedClock(0);
  const { telegram, ana, group, call } = scene({ clock });
  const before = ana.sends(group, "fica").message_id;
  group.autoDeleteS = 86_400;
  const after = ana.sends(group, "some").message_id;
  clock.advanceTo(86_400_000);
  await call("getMe");
  assertEquals([group.records.has(before), group.records.has(after)], [true, false]);
  await telegram.close();
});

Deno.test("the server tells for a while what it knew of a chat, until the group corrects it", async () => {
  const clock = new SimulatedClock(0);
  const { telegram, ana, bot, channel, group, call } = scene({ clock });
  telegram.unproven.remembersChatsS = 60;
  const linked = async (chat: { id: number }) =>
    (await call("getChat", { chat_id: chat.id })).result.linked_chat_id;
  assertEquals(await linked(channel), group.id);
  const other = telegram.createSupergroup({ title: "Other", creator: ana });
  telegram.promote(other, bot);
  telegram.link(channel, other);
  assertEquals(await linked(channel), group.id);
  assertEquals(await linked(other), channel.id);
  assertEquals(await linked(channel), other.id);
  telegram.link(channel, group);
  assertEquals(await linked(channel), other.id);
  clock.advanceTo(60_000);
  assertEquals(await linked(channel), group.id);
  // Of its own place in a chat the bot is told at once, and so is its server.
  group.slowModeS = 30;
  telegram.demote(group, bot);
  assertEquals((await call("getChat", { chat_id: group.id })).result.slow_mode_delay, 30);
  await telegram.close();
});

Deno.test("who writes to a bot with topics writes in one, and the bot's own messages are in none", async () => {
  const { telegram, bot, call } = scene();
  bot.configure({ hasTopics: true });
  const { user, chat } = customer(telegram, bot);
  user.sends(chat, "oi");
  const { message } = updatesOf(telegram, bot).at(-1)!;
  assertEquals([message?.is_topic_message, typeof message?.message_thread_id], [true, "number"]);
  const { result } = await call("sendMessage", { chat_id: user.id, text: "olá" });
  assertEquals(result.message_thread_id, undefined);
  await telegram.close();
});

Deno.test("an answer to a deleted message is refused, in one of two ways, or stands outside", async () => {
  const { telegram, ana, group, call } = scene();
  const root = ana.sends(group, "raiz");
  const comment = ana.sends(group, "comentário", { replyTo: root.message_id });
  for (const message of [root, comment]) ana.deletes(message);
  const answers = async (messageId: number) => {
    const { description, result } = await call("sendMessage", {
      chat_id: group.id,
      text: "resposta",
      reply_parameters: { message_id: messageId },
    });
    return description ?? [result.message_thread_id, result.reply_to_message];
  };
  const { unproven } = telegram;
  for (const { message_id } of [root, comment]) {
    unproven.answersToDeleted = "not found";
    assertEquals(await answers(message_id), "Bad Request: message to be replied not found");
    unproven.answersToDeleted = "invalid";
    assertEquals(await answers(message_id), "Bad Request: REPLY_MESSAGE_ID_INVALID");
    unproven.answersToDeleted = "astray";
    assertEquals(await answers(message_id), [undefined, undefined]);
  }
  // What never was there is not found.
  assertEquals(await answers(9_999_999), "Bad Request: message to be replied not found");
  const react = async () =>
    (await call("setMessageReaction", { chat_id: group.id, message_id: root.message_id }))
      .description;
  assertEquals(await react(), "Bad Request: message to react not found");
  unproven.deletedAreInvalid = true;
  assertEquals(await react(), "Bad Request: MESSAGE_ID_INVALID");
  const ids = { from_chat_id: group.id, message_ids: [root.message_id, comment.message_id] };
  for (
    const [method, args] of [
      ["pinChatMessage", { message_id: root.message_id }],
      ["unpinChatMessage", { message_id: root.message_id }],
      ["copyMessages", ids],
    ] as const
  ) {
    const { description } = await call(method, { chat_id: group.id, ...args });
    assertEquals(description, "Bad Request: MESSAGE_ID_INVALID", method);
  }
  const { description } = await call("unpinChatMessage", { chat_id: group.id });
  assertEquals(description, "Bad Request: message to unpin not found");
  await telegram.close();
});

Deno.test("in private, too, an answer to a deleted message is refused in one of two ways", async () => {
  const { telegram, bot, call } = scene();
  const { user, chat } = customer(telegram, bot);
  const { message_id } = user.sends(chat, "oi");
  user.deletes(chat.message(message_id)!);
  const answer = async () =>
    (await call("sendMessage", { chat_id: user.id, text: "olá", reply_parameters: { message_id } }))
      .description;
  for (const how of ["not found", "astray"] as const) {
    telegram.unproven.answersToDeleted = how;
    assertEquals(await answer(), "Bad Request: message to be replied not found");
  }
  telegram.unproven.answersToDeleted = "invalid";
  assertEquals(await answer(), "Bad Request: REPLY_MESSAGE_ID_INVALID");
  await telegram.close();
});

Deno.test("where only some emoji are allowed nobody reacts with others", async () => {
  const { telegram, ana, group, call } = scene();
  const message = ana.sends(group, "olá");
  group.reactions = ["👍"];
  const react = async (emoji: string) =>
    (await call("setMessageReaction", {
      chat_id: group.id,
      message_id: message.message_id,
      reaction: [{ type: "emoji", emoji }],
    })).description;
  assertEquals(await react("❤"), "Bad Request: REACTION_INVALID");
  assertEquals(await react("👍"), undefined);
  assertThrows(() => ana.reacts(message, "❤"), Error, "Nobody reacts");
  const { result } = await call("getChat", { chat_id: group.id });
  assertEquals(result.available_reactions, [{ type: "emoji", emoji: "👍" }]);
  await telegram.close();
});

Deno.test("a reaction on behalf of a chat says of which, and of whom not", async () => {
  const { telegram, bot, ana, channel, group, call } = scene();
  await call("setWebhook", {
    url: "https://desk.example/telegram",
    allowed_updates: ["message_reaction"],
  });
  const message = ana.sends(group, "olá");
  for (const [as, chat] of [["anonymous", group], [channel, channel]] as const) {
    ana.reacts(message, "👍", { as });
    const update = updatesOf(telegram, bot).at(-1)?.message_reaction;
    assertEquals([update?.user, update?.actor_chat], [undefined, chat.toChat()]);
  }
  ana.reacts(message, "❤");
  assertEquals(updatesOf(telegram, bot).at(-1)?.message_reaction?.user?.id, ana.id);
  assertEquals(group.reactionsOf(message.message_id).length, 3);
  await telegram.close();
});

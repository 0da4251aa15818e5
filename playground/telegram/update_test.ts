import { assert, assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene, updatesOf } from "./scene.ts";

const WEEK_MS = 7 * 24 * 3600 * 1000;

Deno.test("a bot is not told of its own messages and edits", async () => {
  const { telegram, bot, group, call } = scene();
  const before = telegram.updates.length;
  const { result } = await call("sendMessage", { chat_id: group.id, text: "one" });
  await call("editMessageText", { chat_id: group.id, message_id: result.message_id, text: "two" });
  assertEquals(telegram.updates.length, before);
  await call("pinChatMessage", { chat_id: group.id, message_id: result.message_id });
  assertEquals(updatesOf(telegram, bot).at(-1)?.message?.pinned_message?.text, "two");
  await telegram.close();
});

Deno.test("who looks on is told of every message and edit, the bot's and people's", async () => {
  const { telegram, ana, group, call } = scene();
  const seen: unknown[] = [];
  telegram.watch(({ content }, isEdit) => seen.push([content.text, isEdit]));
  const { result } = await call("sendMessage", { chat_id: group.id, text: "one" });
  await call("editMessageText", { chat_id: group.id, message_id: result.message_id, text: "two" });
  ana.edits(ana.sends(group, "three"), "four");
  assertEquals(seen, [["one", false], ["two", true], ["three", false], ["four", true]]);
  await telegram.close();
});

Deno.test("update IDs grow by one, and jump after a week of silence", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, rui, bot } = scene({ clock });
  const chat = rui.chatWith(bot);
  rui.sends(chat, "one");
  rui.sends(chat, "two");
  clock.advanceTo(clock.now() + WEEK_MS);
  rui.sends(chat, "three");
  const [one, two, three] = telegram.updates.slice(-3).map(({ update }) => update.update_id);
  assertEquals(two, one! + 1);
  assert(three! > two! + 1);
  await telegram.close();
});

Deno.test("chat_member and reactions come only when asked for, by name, in advance", async () => {
  const { telegram, bot, ana, rui, group, call } = scene();
  const message = ana.sends(group, "hello");
  const types = () => updatesOf(telegram, bot).flatMap((update) => Object.keys(update));
  rui.joins(group);
  rui.reacts(message, "👍");
  assert(!types().includes("chat_member"));
  assert(!types().includes("message_reaction"));
  await call("getUpdates", { allowed_updates: ["chat_member", "message_reaction"] });
  rui.leaves(group);
  rui.reacts(message, "❤");
  ana.sends(group, "unwanted");
  assertEquals(types().slice(-2), ["chat_member", "message_reaction"]);
  await call("getUpdates", { offset: -1 });
  rui.reacts(message, null);
  assertEquals(updatesOf(telegram, bot).at(-1)?.message_reaction?.new_reaction, []);
  await call("getUpdates", { allowed_updates: [] });
  rui.reacts(message, "👍");
  ana.sends(group, "wanted");
  assertEquals(types().at(-1), "message");
  await telegram.close();
});

Deno.test("blocking and unblocking are told, deleting is not", async () => {
  const { telegram, bot } = scene();
  const { user, chat } = customer(telegram, bot);
  user.deletes(chat.messages[0]!);
  user.blocks(bot);
  user.starts(bot);
  const [blocked, unblocked, start] = updatesOf(telegram, bot).slice(-3);
  assertEquals(blocked?.my_chat_member?.chat.id, user.id);
  assertEquals(blocked?.my_chat_member?.old_chat_member, { status: "member", user: bot.user });
  assertEquals(blocked?.my_chat_member?.new_chat_member, {
    status: "kicked",
    user: bot.user,
    until_date: 0,
  });
  assertEquals(unblocked?.my_chat_member?.new_chat_member.status, "member");
  assertEquals(start?.message?.text, "/start");
  assertEquals(start?.message?.entities, [{ type: "bot_command", offset: 0, length: 6 }]);
  await telegram.close();
});

Deno.test("promotion, demotion and removal are told to the bot itself", async () => {
  const { telegram, bot, ana, group } = scene();
  telegram.promote(group, bot, { can_pin_messages: true });
  telegram.demote(group, bot);
  telegram.removeMember(group, bot, "kicked");
  const changes = updatesOf(telegram, bot).flatMap(({ my_chat_member: change }) => change ?? []);
  assertEquals(
    changes.slice(-3).map(({ new_chat_member: member }) => member.status),
    ["administrator", "member", "kicked"],
  );
  const [promoted] = changes.slice(-3);
  assertEquals(promoted?.from.id, ana.id);
  const rights = promoted?.new_chat_member;
  assert(rights?.status === "administrator");
  assertEquals([rights.can_pin_messages, rights.can_delete_messages], [true, false]);
  await telegram.close();
});

Deno.test("groups note who joins and leaves, channels do not", async () => {
  const { telegram, bot, rui, channel, group } = scene();
  const before = channel.messages.length;
  for (const chat of [channel, group]) {
    rui.joins(chat);
    rui.leaves(chat);
  }
  assertEquals(channel.messages.length, before);
  const [joined, left] = updatesOf(telegram, bot).slice(-2);
  assertEquals(joined?.message?.new_chat_members?.map(({ id }) => id), [rui.id]);
  assertEquals(left?.message?.left_chat_member?.id, rui.id);
  await telegram.close();
});

Deno.test("in privacy mode a bot sees only what is meant for it", async () => {
  const { telegram, ana, group } = scene();
  const shy = telegram.createBot({ username: "shy_bot" });
  telegram.addMember(group, shy);
  const seen = () => updatesOf(telegram, shy).flatMap(({ message }) => message?.text ?? []);
  ana.sends(group, "chatter");
  ana.sends(group, "/help");
  ana.sends(group, "/help@shy_bot");
  ana.sends(group, "/help@desk_bot");
  assertEquals(seen(), ["/help@shy_bot"]);
  telegram.promote(group, shy);
  ana.sends(group, "now everything");
  assertEquals(seen().at(-1), "now everything");
  await telegram.close();
});

Deno.test("anonymous administrators and channels stand behind fillers", async () => {
  const { telegram, bot, ana, channel, group } = scene();
  const foreign = telegram.createChannel({ title: "Mine", creator: ana });
  ana.sends(group, "as the group", { as: "anonymous" });
  ana.sends(group, "as the desk", { as: channel });
  ana.sends(group, "as my channel", { as: foreign });
  const senders = updatesOf(telegram, bot).slice(-3).map(({ message }) => [
    message?.from.id,
    message?.from.is_bot,
    message?.sender_chat?.id,
  ]);
  assertEquals(senders, [
    [1087968824, true, group.id],
    [136817688, true, channel.id],
    [136817688, true, foreign.id],
  ]);
  await telegram.close();
});

Deno.test("people who are no members may comment, but not write elsewhere", async () => {
  const { telegram, rui, channel, group, call } = scene();
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  await telegram.settled();
  assertEquals(rui.comments(channel.messages[0]!, "me too").from?.id, rui.id);
  let words = "";
  try {
    rui.sends(group, "hello");
  } catch (error) {
    words = String(error);
  }
  assertEquals(words, "Error: Rui is no member there");
  await telegram.close();
});

Deno.test("an edit may change nothing", async () => {
  const { telegram, bot, ana, group } = scene();
  const message = ana.sends(group, "same");
  telegram.spuriousEdit(message);
  const edited = updatesOf(telegram, bot).at(-1)?.edited_message;
  assertEquals([edited?.text, typeof edited?.edit_date], ["same", "number"]);
  await telegram.close();
});

Deno.test("reactions to automatic forwards are anonymous", async () => {
  const { telegram, bot, rui, channel, group, call } = scene();
  await call("getUpdates", { allowed_updates: ["message_reaction", "message_reaction_count"] });
  await call("sendMessage", { chat_id: channel.id, text: "card" });
  while (!group.messages.at(-1)?.is_automatic_forward) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  rui.reacts(group.messages.at(-1)!, "🔥");
  assertEquals(updatesOf(telegram, bot).at(-1)?.message_reaction_count?.reactions, [
    { type: { type: "emoji", emoji: "🔥" }, total_count: 1 },
  ]);
  await telegram.close();
});

Deno.test("albums arrive item by item, with gaps if so wished", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, bot } = scene({ clock });
  const { user, chat } = customer(telegram, bot);
  const album = user.sendsAlbum(chat, [{ photo: true, caption: "two" }, { video: true }], {
    gapMs: 8000,
  });
  assertEquals(chat.messages.length, 2);
  clock.fireNext();
  const [first, second] = await album;
  assertEquals(first?.media_group_id, second?.media_group_id);
  assertEquals(second!.date - first!.date, 8);
  assertEquals(updatesOf(telegram, bot).slice(-2).map(({ message }) => message?.caption), [
    "two",
    undefined,
  ]);
  await telegram.close();
});

Deno.test("a pin by a person is noted in the group", async () => {
  const { telegram, bot, ana, group } = scene();
  const message = ana.sends(group, "important");
  ana.pins(message);
  assertEquals(group.pinned, [message.message_id]);
  assertEquals(updatesOf(telegram, bot).at(-1)?.message?.pinned_message?.text, "important");
  await telegram.close();
});

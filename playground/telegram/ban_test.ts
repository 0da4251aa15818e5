import { assert, assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { scene, updatesOf } from "./scene.ts";

const START_MS = 1_790_000_000_000;
const START_S = START_MS / 1000;

/** A scene with a post to comment on, a member, and ways to throw them out. */
async function banScene() {
  const clock = new SimulatedClock(START_MS);
  const all = scene({ clock });
  const { telegram, bot, ana, rui, channel, group, call } = all;
  await call("getUpdates", { allowed_updates: ["message", "chat_member", "my_chat_member"] });
  const card = ana.sends(channel, "card");
  clock.fireNext();
  rui.joins(group);
  const ban = async (id: number, more: Record<string, unknown> = {}) => {
    const payload = { chat_id: group.id, user_id: id, ...more };
    const { result, description } = await call("banChatMember", payload);
    return description ?? result;
  };
  const unban = async (id: number, more: Record<string, unknown> = {}) => {
    const payload = { chat_id: group.id, user_id: id, ...more };
    const { result, description } = await call("unbanChatMember", payload);
    return description ?? result;
  };
  const changes = () =>
    updatesOf(telegram, bot).flatMap(({ chat_member: change }) =>
      change === undefined ? [] : [[
        change.from.id === bot.id ? "bot" : change.from.first_name,
        change.old_chat_member.status,
        change.new_chat_member.status,
      ]]
    );
  return { ...all, clock, card, ban, unban, changes };
}

Deno.test("whom the bot bans is out, cannot comment nor come back, until unbanned", async () => {
  const { telegram, bot, rui, group, card, ban, unban, changes } = await banScene();
  assertEquals(await ban(rui.id), true);
  assertEquals(changes().at(-1), ["bot", "member", "kicked"]);
  const note = updatesOf(telegram, bot).at(-1)?.message;
  assertEquals([note?.from.id, note?.left_chat_member], [bot.id, rui.info]);
  assertThrows(() => rui.comments(card, "hello"), Error, "banned");
  assertThrows(() => rui.joins(group), Error, "banned");
  assertEquals(await unban(rui.id, { only_if_banned: true }), true);
  assertEquals(changes().at(-1), ["bot", "kicked", "left"]);
  rui.comments(card, "hello again");
  assertEquals(rui.joins(group), "joined");
  await telegram.close();
});

Deno.test("who comments without being a member can be banned, without a note", async () => {
  const { telegram, group, card, ban, changes } = await banScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  leo.comments(card, "spam");
  const before = group.messages.length;
  assertEquals(await ban(leo.id), true);
  assertEquals([changes().at(-1), group.messages.length], [["bot", "left", "kicked"], before]);
  assertEquals(await ban(leo.id), true);
  assertThrows(() => leo.comments(card, "more spam"), Error, "banned");
  await telegram.close();
});

Deno.test("a ban that is not new is told of only if its end is", async () => {
  const { telegram, rui, ban, changes } = await banScene();
  await ban(rui.id);
  const before = changes().length;
  await ban(rui.id);
  assertEquals(changes().length, before);
  await ban(rui.id, { until_date: START_S + 3600 });
  assertEquals(changes().at(-1), ["bot", "kicked", "kicked"]);
  await telegram.close();
});

Deno.test("a ban ends at its date, unless that is too near or too far", async () => {
  const { telegram, clock, rui, group, ban, call } = await banScene();
  const shown = async () => {
    const payload = { chat_id: group.id, user_id: rui.id };
    const { result } = await call("getChatMember", payload);
    return [result.status, result.until_date];
  };
  await ban(rui.id, { until_date: START_S + 3600 });
  assertEquals(await shown(), ["kicked", START_S + 3600]);
  clock.advanceTo(START_MS + 3_600_000);
  assertEquals(await shown(), ["left", undefined]);
  assertEquals(rui.joins(group), "joined");
  for (const lengthS of [29, 367 * 24 * 3600]) {
    await ban(rui.id, { until_date: clock.now() / 1000 + lengthS });
    assertEquals(await shown(), ["kicked", 0]);
    telegram.removeMember(group, rui, "left");
  }
  await telegram.close();
});

Deno.test("the owner, administrators and the bot itself cannot be banned", async () => {
  const { telegram, bot, ana, rui, group, ban, unban } = await banScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  telegram.promote(group, rui);
  assertEquals(await ban(ana.id), "Bad Request: can't remove chat owner");
  assertEquals(await ban(rui.id), "Bad Request: user is an administrator of the chat");
  assertEquals(await unban(rui.id), "Bad Request: user is an administrator of the chat");
  assertEquals(await unban(rui.id, { only_if_banned: true }), true);
  assertEquals(await ban(bot.id), "Bad Request: can't restrict self");
  assertEquals(await ban(leo.id), "Bad Request: user not found");
  telegram.demote(group, rui);
  telegram.promote(group, bot, { can_delete_messages: true });
  const words = "Bad Request: not enough rights to restrict/unrestrict chat member";
  assertEquals([await ban(rui.id), await unban(rui.id)], [words, words]);
  assertEquals(group.membership(rui).status, "member");
  await telegram.close();
});

Deno.test("unbanning a member removes them, who may come back", async () => {
  const { telegram, rui, group, unban, changes } = await banScene();
  assertEquals(await unban(rui.id), true);
  assertEquals(changes().slice(-2), [["bot", "member", "kicked"], ["bot", "kicked", "left"]]);
  assertEquals(group.messages.at(-1)?.left_chat_member?.id, rui.id);
  assertEquals(rui.joins(group), "joined");
  await telegram.close();
});

Deno.test("a removal that ends halfway leaves a ban that ends by itself", async () => {
  const { telegram, clock, rui, group, unban } = await banScene();
  telegram.faults.next("unbanChatMember", { kind: "half done" }, 2);
  assertEquals(await unban(rui.id), "Internal Server Error");
  assertEquals(group.membership(rui).status, "kicked");
  clock.advanceTo(START_MS + 60_000);
  assertEquals(group.membership(rui).status, "left");
  // Who is outside already takes no second step.
  assertEquals(await unban(rui.id), true);
  await telegram.close();
});

Deno.test("a ban may show late: then an unban that is only about the banned leaves it", async () => {
  for (const bansShowLate of [false, true]) {
    const { telegram, clock, rui, group, ban, unban } = await banScene();
    telegram.unproven.bansShowLate = bansShowLate;
    await ban(rui.id);
    assertEquals(await unban(rui.id, { only_if_banned: true }), true);
    assertEquals(group.membership(rui).status, bansShowLate ? "kicked" : "left");
    clock.advanceTo(clock.now() + 1000);
    assertEquals(await unban(rui.id, { only_if_banned: true }), true);
    assertEquals(group.membership(rui).status, "left");
    await telegram.close();
  }
});

Deno.test("in a basic group nobody is banned for good", async () => {
  const { telegram, bot, ana, rui, call } = await banScene();
  const small = telegram.createGroup({ title: "Small", creator: ana });
  telegram.promote(small, bot);
  telegram.addMember(small, rui);
  const payload = { chat_id: small.id, user_id: rui.id };
  assertEquals((await call("banChatMember", payload)).result, true);
  assertEquals(small.membership(rui).status, "left");
  assertEquals(
    (await call("unbanChatMember", payload)).description,
    "Bad Request: method is available for supergroup and channel chats only",
  );
  ana.adds(small, rui);
  assertEquals(small.membership(rui).status, "member");
  await telegram.close();
});

Deno.test("a bot that unbans itself leaves", async () => {
  const { telegram, bot, group, unban } = await banScene();
  assertEquals(await unban(bot.id), true);
  assertEquals(group.membership(bot).status, "left");
  assert(
    updatesOf(telegram, bot).some(({ my_chat_member: change }) =>
      change?.new_chat_member.status === "left"
    ),
  );
  await telegram.close();
});

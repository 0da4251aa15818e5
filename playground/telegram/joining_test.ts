import { assert, assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { scene, updatesOf } from "./scene.ts";

const START_MS = 1_790_000_000_000;
const START_S = START_MS / 1000;

/** A scene whose bot hears of everything about members, and what it heard. */
async function joinScene() {
  const clock = new SimulatedClock(START_MS);
  const all = scene({ clock });
  const { telegram, bot, ana, call } = all;
  await call("getUpdates", { allowed_updates: ["message", "chat_member", "chat_join_request"] });
  const open = telegram.createSupergroup({ title: "Open", username: "open", creator: ana });
  telegram.promote(open, bot);
  const heard = (count: number) => updatesOf(telegram, bot).slice(-count);
  const changes = () => updatesOf(telegram, bot).flatMap(({ chat_member }) => chat_member ?? []);
  const requests = () =>
    updatesOf(telegram, bot).flatMap(({ chat_join_request }) => chat_join_request ?? []);
  const decide = async (verb: "approve" | "decline", chatId: number, userId: number) => {
    const payload = { chat_id: chatId, user_id: userId };
    const { result, description } = await call(`${verb}ChatJoinRequest`, payload);
    return description ?? result;
  };
  return { ...all, clock, open, heard, changes, requests, decide };
}

Deno.test("who joins a public group comes openly", async () => {
  const { telegram, rui, open, heard } = await joinScene();
  assertEquals(rui.joins(open), "joined");
  const [change, note] = heard(2);
  assertEquals(change?.chat_member, {
    chat: { id: open.id, type: "supergroup", title: "Open", username: "open" },
    from: rui.info,
    date: START_S,
    old_chat_member: { status: "left", user: rui.info },
    new_chat_member: { status: "member", user: rui.info },
  });
  assertEquals([note?.message?.from, note?.message?.new_chat_members], [rui.info, [rui.info]]);
  assertEquals(rui.joins(open), "joined");
  assertEquals(heard(1)[0]?.message?.message_id, note?.message?.message_id);
  await telegram.close();
});

Deno.test("a private group is joined by its own link, which other administrators see in part", async () => {
  const { telegram, ana, rui, group, changes } = await joinScene();
  rui.joins(group);
  const { invite_link: link, from } = changes().at(-1)!;
  assertEquals(from.id, rui.id);
  assertEquals([link?.creator.id, link?.is_primary, link?.creates_join_request], [
    ana.id,
    true,
    false,
  ]);
  assert(/^https:\/\/t\.me\/\+.+…$/.test(link!.invite_link), link!.invite_link);
  await telegram.close();
});

Deno.test("an invite link may have a name, an end and a limit", async () => {
  const { telegram, clock, ana, rui, group, changes } = await joinScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  const address = ana.invites(group, { name: "team", expireDate: START_S + 60, memberLimit: 1 });
  rui.joins(group, address);
  assertEquals(changes().at(-1)?.invite_link?.name, "team");
  assertThrows(() => leo.joins(group, address), Error, "INVITE_HASH_EXPIRED");
  rui.leaves(group);
  assertEquals(leo.joins(group, address), "joined");
  leo.leaves(group);
  clock.advanceTo(START_MS + 60_000);
  assertThrows(() => leo.joins(group, address), Error, "INVITE_HASH_EXPIRED");
  assertThrows(() => leo.joins(group, "https://t.me/+nothing"), Error, "INVITE_HASH_EXPIRED");
  assertThrows(() => leo.invites(group), Error, "may not");
  await telegram.close();
});

Deno.test("a link of that kind opens as any other", async () => {
  const { telegram, ana, rui, group } = await joinScene();
  const address = ana.invites(group);
  assertEquals(rui.opens(address), undefined);
  assertEquals(group.membership(rui).status, "member");
  assertThrows(() => rui.opens("https://t.me/+nothing"), Error, "INVITE_HASH_EXPIRED");
  await telegram.close();
});

Deno.test("whom a member adds, the member is named for", async () => {
  const { telegram, rui, group, heard } = await joinScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  rui.joins(group);
  rui.adds(group, leo);
  const [change, note] = heard(2);
  const { from, new_chat_member: member, invite_link } = change!.chat_member!;
  assertEquals([from.id, member.user.id, member.status, invite_link], [
    rui.id,
    leo.id,
    "member",
    undefined,
  ]);
  assertEquals([note?.message?.from.id, note?.message?.new_chat_members], [rui.id, [leo.info]]);
  await telegram.close();
});

Deno.test("only who may adds people", async () => {
  const { telegram, ana, rui, channel, group } = await joinScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  assertThrows(() => rui.adds(group, leo), Error, "may not add");
  rui.joins(group);
  group.permissions = { can_send_messages: true };
  assertThrows(() => rui.adds(group, leo), Error, "may not add");
  rui.joins(channel);
  assertThrows(() => rui.adds(channel, leo), Error, "may not add");
  ana.promotes(channel, rui, { can_invite_users: true });
  rui.adds(channel, leo);
  assertEquals(channel.membership(leo).status, "member");
  telegram.removeMember(group, leo, "kicked");
  group.permissions = undefined;
  assertThrows(() => rui.adds(group, leo), Error, "banned");
  ana.adds(group, leo);
  assertEquals(group.membership(leo).status, "member");
  await telegram.close();
});

Deno.test("a request to join goes to the bots that may grant it, with the link", async () => {
  const { telegram, bot, ana, rui, group, requests } = await joinScene();
  const address = ana.invites(group, { createsJoinRequest: true });
  assertEquals(rui.joins(group, address), "requested");
  assertEquals(group.membership(rui).status, "left");
  const request = requests().at(-1)!;
  assertEquals([request.chat.id, request.from, request.user_chat_id, request.date], [
    group.id,
    rui.info,
    rui.id,
    START_S,
  ]);
  assertEquals(request.invite_link?.creates_join_request, true);
  const count = requests().length;
  rui.joins(group, address);
  assertEquals(requests().length, count);
  telegram.promote(group, bot, { can_delete_messages: true });
  const leo = telegram.createUser({ firstName: "Leo" });
  leo.joins(group, address);
  assertEquals(requests().length, count);
  await telegram.close();
});

Deno.test("an approved person comes by the link, or without one by approval", async () => {
  const { telegram, bot, ana, rui, group, open, changes, heard, decide } = await joinScene();
  rui.joins(group, ana.invites(group, { createsJoinRequest: true }));
  ana.approves(group, rui);
  let change = changes().at(-1)!;
  assertEquals([change.from.id, change.new_chat_member.status], [ana.id, "member"]);
  assertEquals([change.invite_link?.creates_join_request, change.via_join_request], [
    true,
    undefined,
  ]);
  assertEquals(heard(1)[0]?.message?.from.id, rui.id);
  assertEquals(heard(1)[0]?.message?.new_chat_members, [rui.info]);
  open.joinByRequest = true;
  telegram.unproven.approvalsAreByTheApprover = false;
  rui.joins(open);
  assertEquals(await decide("approve", open.id, rui.id), true);
  change = changes().at(-1)!;
  assertEquals([change.from.id, change.invite_link, change.via_join_request], [
    rui.id,
    undefined,
    true,
  ]);
  assertEquals(open.membership(bot).status, "administrator");
  await telegram.close();
});

Deno.test("who is turned away is not told, and may ask again", async () => {
  const { telegram, rui, open, requests, decide, changes } = await joinScene();
  open.joinByRequest = true;
  rui.joins(open);
  const before = changes().length;
  assertEquals(await decide("decline", open.id, rui.id), true);
  assertEquals([changes().length, open.membership(rui).status], [before, "left"]);
  rui.joins(open);
  assertEquals(requests().length, 2);
  await telegram.close();
});

Deno.test("nothing is approved that is not asked for, or without the right", async () => {
  const { telegram, bot, ana, rui, open, decide } = await joinScene();
  assertEquals(await decide("approve", open.id, rui.id), "Bad Request: user not found");
  rui.starts(bot);
  assertEquals(await decide("approve", open.id, rui.id), "Bad Request: HIDE_REQUESTER_MISSING");
  assertThrows(() => ana.declines(open, rui), Error, "has not asked");
  assertThrows(() => rui.approves(open, rui), Error, "may not let");
  assertEquals(
    await decide("approve", rui.id, rui.id),
    "Bad Request: can't invite members to a private chat",
  );
  rui.joins(open);
  assertEquals(await decide("decline", open.id, rui.id), "Bad Request: USER_ALREADY_PARTICIPANT");
  rui.leaves(open);
  telegram.promote(open, bot, { can_delete_messages: true });
  assertEquals(
    await decide("approve", open.id, rui.id),
    "Bad Request: not enough rights to manage chat invite link",
  );
  await telegram.close();
});

Deno.test("a bot makes links of its own, and ends them", async () => {
  const { telegram, bot, ana, rui, group, call, requests, decide } = await joinScene();
  const make = async (options: Record<string, unknown> = {}) =>
    await call("createChatInviteLink", { chat_id: group.id, ...options });
  const { result: link } = await make({ creates_join_request: true, name: "n".repeat(40) });
  assertEquals([link.creator.id, link.creates_join_request, link.is_revoked], [
    bot.id,
    true,
    false,
  ]);
  assertEquals(link.name.length, 32);
  assertEquals(rui.opens(link.invite_link), undefined);
  assertEquals(requests().at(-1)?.invite_link?.invite_link, link.invite_link);
  const revoke = async (invite_link: string) =>
    await call("revokeChatInviteLink", { chat_id: group.id, invite_link });
  assertEquals((await revoke(link.invite_link)).result.is_revoked, true);
  const leo = telegram.createUser({ firstName: "Leo" });
  assertThrows(() => leo.opens(link.invite_link), Error, "INVITE_HASH_EXPIRED");
  // Who has asked is not turned away by that.
  assertEquals(await decide("approve", group.id, rui.id), true);
  const expired = "Bad Request: INVITE_HASH_EXPIRED";
  assertEquals((await revoke(link.invite_link)).description, expired);
  assertEquals((await revoke("https://t.me/+nothing")).description, expired);
  telegram.unproven.refusesRevokedLinks = false;
  assertEquals((await revoke(link.invite_link)).result.is_revoked, true);
  assertEquals((await revoke(ana.invites(group))).description, "Bad Request: CHAT_ADMIN_REQUIRED");
  assertEquals(
    (await make({ creates_join_request: true, member_limit: 2 })).description,
    "Bad Request: member limit can't be specified for links requiring administrator approval",
  );
  telegram.promote(group, bot, { can_delete_messages: true });
  const refusal = "Bad Request: not enough rights to manage chat invite link";
  assertEquals((await make()).description, refusal);
  await telegram.close();
});

Deno.test("who is banned does not ask to be let in any more", async () => {
  const { telegram, ana, rui, group, decide } = await joinScene();
  rui.joins(group, ana.invites(group, { createsJoinRequest: true }));
  telegram.removeMember(group, rui, "kicked");
  assertEquals(await decide("approve", group.id, rui.id), "Bad Request: HIDE_REQUESTER_MISSING");
  assertEquals(group.membership(rui).status, "kicked");
  await telegram.close();
});

Deno.test("a bot may write to who asks to join, for five minutes and until it is decided", async () => {
  const { telegram, clock, ana, rui, open, call } = await joinScene();
  const leo = telegram.createUser({ firstName: "Leo" });
  open.joinByRequest = true;
  const write = async (id: number) =>
    (await call("sendMessage", { chat_id: id, text: "Why?" })).description;
  rui.joins(open);
  leo.joins(open);
  assertEquals([await write(rui.id), await write(leo.id)], [undefined, undefined]);
  ana.declines(open, leo);
  const closed = "Forbidden: bot can't initiate conversation with a user";
  assertEquals([await write(rui.id), await write(leo.id)], [undefined, closed]);
  clock.advanceTo(START_MS + 300_000);
  assertEquals(await write(rui.id), closed);
  await telegram.close();
});

Deno.test("who is restricted stays so when they leave and come back", async () => {
  const { telegram, rui, group, changes } = await joinScene();
  rui.joins(group);
  telegram.restrict(group, rui, { can_send_messages: true });
  rui.leaves(group);
  const left = changes().at(-1)!.new_chat_member;
  assert(left.status === "restricted" && !left.is_member);
  rui.joins(group);
  const back = changes().at(-1)!.new_chat_member;
  assert(back.status === "restricted" && back.is_member);
  rui.sends(group, "hello");
  assertThrows(() => rui.sends(group, { photo: true }), Error, "may not send photos");
  await telegram.close();
});

Deno.test("who is no member may comment, unless the group wants members only", async () => {
  const { telegram, clock, ana, rui, channel, group, changes } = await joinScene();
  const card = ana.sends(channel, "card");
  clock.fireNext();
  const before = changes().length;
  rui.comments(card, "hello");
  assertEquals([group.membership(rui).status, changes().length], ["left", before]);
  group.joinToSendMessages = true;
  assertThrows(() => rui.comments(card, "hello?"), Error, "is no member");
  rui.joins(group);
  rui.comments(card, "hello!");
  await telegram.close();
});

import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseDeepLink } from "./deep_link.ts";
import { scene, updatesOf } from "./scene.ts";

/** A bot that is nowhere yet, and somebody with a channel and groups of their own. */
function openingScene() {
  const all = scene();
  const { telegram } = all;
  const desk = telegram.createBot({ username: "padaria_bot" });
  const beto = telegram.createUser({ firstName: "Beto" });
  const shop = telegram.createChannel({ title: "Shop", creator: beto });
  const talk = telegram.createSupergroup({ title: "Talk", creator: beto });
  const heard = () => updatesOf(telegram, desk);
  /** The rights a bot was given, by name. */
  const rightsOf = (chat: typeof shop) =>
    Object.entries(chat.membership(desk).rights ?? {}).flatMap(([name, has]) => has ? [name] : [])
      .sort();
  return { ...all, desk, beto, shop, talk, heard, rightsOf };
}

Deno.test("a link to a channel makes the bot its administrator, with just those rights", async () => {
  const { telegram, desk, beto, shop, heard, rightsOf } = openingScene();
  const link = "https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages";
  assertEquals(beto.opens(link, { chat: shop }), undefined);
  assertEquals(rightsOf(shop), ["can_edit_messages", "can_manage_chat", "can_post_messages"]);
  assertEquals(heard().length, 1);
  const change = heard()[0]!.my_chat_member!;
  assertEquals([change.chat.id, change.from, change.old_chat_member.status], [
    shop.id,
    beto.info,
    "left",
  ]);
  const member = change.new_chat_member;
  assert(member.status === "administrator" && member.user.id === desk.id);
  assertEquals([member.can_post_messages, member.can_delete_messages], [true, false]);
  await telegram.close();
});

Deno.test("a link to a group adds the bot, and starts it there by name", async () => {
  const { telegram, desk, beto, talk, heard, rightsOf } = openingScene();
  const link = "https://t.me/padaria_bot?startgroup=here_1&admin=delete_messages+pin_messages";
  const start = beto.opens(link, { chat: talk });
  assertEquals(start?.text, "/start@padaria_bot here_1");
  assertEquals(start?.entities, [{ type: "bot_command", offset: 0, length: 18 }]);
  assertEquals(rightsOf(talk), ["can_delete_messages", "can_manage_chat", "can_pin_messages"]);
  const [change, note, message] = heard();
  assertEquals(change?.my_chat_member?.from.id, beto.id);
  assertEquals([note?.message?.from.id, note?.message?.new_chat_members], [beto.id, [desk.user]]);
  assertEquals(message?.message?.text, start?.text);
  await telegram.close();
});

Deno.test("Telegram may hide who acts in a channel, or anonymously in a group", async () => {
  const { telegram, rui, beto, desk, shop, talk, heard } = openingScene();
  telegram.unproven.namesHiddenActors = false;
  const actor = () => heard().flatMap(({ my_chat_member: change }) => change ?? []).at(-1)?.from.id;
  beto.promotes(shop, desk, { can_post_messages: true });
  assertEquals(actor(), beto.id);
  beto.promotes(shop, desk, { can_edit_messages: true });
  assertEquals(actor(), 136817688);
  beto.promotes(talk, desk, { can_pin_messages: true });
  assertEquals(actor(), beto.id);
  beto.promotes(talk, rui, { can_promote_members: true, is_anonymous: true });
  telegram.removeMember(talk, desk, "left");
  assertEquals(actor(), desk.id);
  rui.promotes(talk, desk, { can_promote_members: true });
  assertEquals(actor(), 1087968824);
  await telegram.close();
});

Deno.test("who adds the bot to a channel is named, who removes it is not", async () => {
  const { telegram, beto, desk, shop, talk, heard } = openingScene();
  const actor = () => heard().flatMap(({ my_chat_member: change }) => change ?? []).at(-1)?.from.id;
  beto.promotes(shop, desk, { can_post_messages: true });
  assertEquals(actor(), beto.id);
  beto.promotes(shop, desk, { can_edit_messages: true });
  assertEquals(actor(), beto.id);
  telegram.removeMember(shop, desk, "kicked");
  assertEquals(actor(), 136817688);
  beto.promotes(talk, desk, { can_pin_messages: true });
  telegram.removeMember(talk, desk, "kicked");
  assertEquals(actor(), beto.id);
  await telegram.close();
});

Deno.test("a group's bot may become a member first, and administrator then", async () => {
  const { telegram, beto, talk, heard } = openingScene();
  telegram.unproven.promotesInSteps = true;
  beto.opens("https://t.me/padaria_bot?startgroup&admin=pin_messages", { chat: talk });
  const steps = heard().flatMap(({ my_chat_member: change }) =>
    change ? [[change.old_chat_member.status, change.new_chat_member.status]] : []
  );
  assertEquals(steps, [["left", "member"], ["member", "administrator"]]);
  assertEquals(heard().filter(({ message }) => message?.new_chat_members).length, 1);
  await telegram.close();
});

Deno.test("without rights the bot comes as a member, and hears that it is started", async () => {
  const { telegram, desk, beto, talk, heard } = openingScene();
  beto.opens("https://t.me/padaria_bot?startgroup", { chat: talk });
  assertEquals(talk.membership(desk).status, "member");
  assertEquals(heard().at(-1)?.message?.text, "/start@padaria_bot");
  await telegram.close();
});

Deno.test("a basic group is upgraded before the bot gets rights there", async () => {
  const { telegram, desk, beto, heard } = openingScene();
  const small = telegram.createGroup({ title: "Small", creator: beto });
  beto.opens("https://t.me/padaria_bot?startgroup&admin=pin_messages", { chat: small });
  const big = small.migratedTo!;
  assertEquals([small.membership(desk).status, big.membership(desk).status], [
    "left",
    "administrator",
  ]);
  assertEquals(heard().map(({ my_chat_member: change, message }) => (change ?? message)?.chat.id), [
    big.id,
    big.id,
    big.id,
  ]);
  await telegram.close();
});

Deno.test("nobody gives a right that they do not have", async () => {
  const { telegram, ana, beto, shop, rightsOf } = openingScene();
  const link = "https://t.me/padaria_bot?startchannel&admin=post_messages+delete_messages";
  assertThrows(() => ana.opens(link, { chat: shop }), Error, "may not make");
  beto.promotes(shop, ana, { can_post_messages: true, can_delete_messages: true });
  assertThrows(() => ana.opens(link, { chat: shop }), Error, "may not make");
  beto.promotes(shop, ana, { can_promote_members: true });
  assertEquals(ana.opens(link, { chat: shop }), undefined);
  assertEquals(rightsOf(shop), ["can_delete_messages", "can_manage_chat", "can_post_messages"]);
  const more = "https://t.me/padaria_bot?startchannel&admin=edit_messages+promote_members";
  ana.opens(more, { chat: shop });
  assertEquals(rightsOf(shop), [
    "can_delete_messages",
    "can_manage_chat",
    "can_post_messages",
    "can_promote_members",
  ]);
  await telegram.close();
});

Deno.test("an administrator is changed by who made them one, or by somebody above", async () => {
  const { telegram, ana, rui, beto, shop, rightsOf } = openingScene();
  const rights = { can_promote_members: true, can_edit_messages: true, can_post_messages: true };
  beto.promotes(shop, ana, rights);
  beto.promotes(shop, rui, rights);
  rui.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: shop });
  const link = "https://t.me/padaria_bot?startchannel&admin=edit_messages";
  assertThrows(() => ana.opens(link, { chat: shop }), Error, "may not change");
  assertThrows(() => ana.promotes(shop, beto, {}), Error, "may not change");
  beto.opens(link, { chat: shop });
  assertEquals(rightsOf(shop), ["can_edit_messages", "can_manage_chat", "can_post_messages"]);
  await telegram.close();
});

Deno.test("rights that a chat does not know are left out", async () => {
  const { telegram, beto, shop, talk, rightsOf } = openingScene();
  beto.opens("https://t.me/padaria_bot?startchannel&admin=pin_messages+anonymous", { chat: shop });
  assertEquals(rightsOf(shop), ["can_manage_chat", "is_anonymous"]);
  beto.opens("https://t.me/padaria_bot?startgroup&admin=post_messages+fly", { chat: talk });
  assertEquals(rightsOf(talk), ["can_manage_chat"]);
  await telegram.close();
});

Deno.test("bots are added by hand only where and by whom Telegram lets it happen", async () => {
  const { telegram, desk, rui, beto, shop, talk, heard } = openingScene();
  assertThrows(() => beto.adds(shop, desk), Error, "only be administrators");
  assertThrows(() => rui.adds(talk, desk), Error, "may not add");
  rui.joins(talk);
  rui.adds(talk, desk);
  assertEquals(heard()[0]?.my_chat_member?.from.id, rui.id);
  const open = telegram.createSupergroup({ title: "Open", username: "open", creator: beto });
  rui.joins(open);
  assertThrows(() => rui.adds(open, desk), Error, "Only administrators");
  const link = "https://t.me/padaria_bot?startgroup";
  assertThrows(() => rui.opens(link, { chat: open }), Error, "Only administrators");
  desk.configure({ canJoinGroups: false });
  assertThrows(() => beto.adds(open, desk), Error, "BOT_GROUPS_BLOCKED");
  assertThrows(() => beto.promotes(open, desk, {}), Error, "BOT_GROUPS_BLOCKED");
  beto.promotes(shop, desk, { can_post_messages: true });
  assertEquals(shop.membership(desk).status, "administrator");
  await telegram.close();
});

Deno.test("a link to a bot starts it in private, with its payload", async () => {
  const { telegram, rui, desk, heard } = openingScene();
  assertEquals(rui.opens("https://t.me/Padaria_Bot?start=claim_0af3")?.text, "/start claim_0af3");
  assertEquals(heard().at(-1)?.message?.chat.id, rui.id);
  assertEquals(rui.opens("t.me/padaria_bot")?.text, "/start");
  const sixtyFour = "x".repeat(64);
  const link = `tg://resolve?domain=padaria_bot&start=${sixtyFour}`;
  assertEquals(rui.opens(link)?.text, `/start ${sixtyFour}`);
  rui.blocks(desk);
  rui.opens("http://telegram.me/padaria_bot?start=again");
  assertEquals(heard().at(-2)?.my_chat_member?.new_chat_member.status, "member");
  await telegram.close();
});

for (
  const [what, link] of [
    ["a payload that is too long", `https://t.me/padaria_bot?start=${"x".repeat(65)}`],
    ["a payload with other letters", "https://t.me/padaria_bot?start=a%20b"],
    ["a group's payload with other letters", "https://t.me/padaria_bot?startgroup=é"],
    ["a channel without rights", "https://t.me/padaria_bot?startchannel"],
    ["a channel with unknown rights only", "https://t.me/padaria_bot?startchannel&admin=fly"],
    ["another host", "https://t.me.example/padaria_bot?start=a"],
    ["another scheme", "ftp://t.me/padaria_bot?start=a"],
    ["a name that is none", "https://t.me/-?start=a"],
    ["no link at all", "padaria_bot"],
  ] as const
) {
  Deno.test(`clients open no link with ${what}`, () => {
    assertThrows(() => parseDeepLink(link), Error);
  });
}

Deno.test("a client asks for a chat of the right type, and for a bot that exists", async () => {
  const { telegram, beto, shop, talk } = openingScene();
  const [channel, group] = ["startchannel&admin=post_messages", "startgroup"];
  const link = (query: string) => `https://t.me/padaria_bot?${query}`;
  assertThrows(() => beto.opens(link(channel)), Error, "asks for a channel");
  assertThrows(() => beto.opens(link(channel), { chat: talk }), Error, "asks for a channel");
  assertThrows(() => beto.opens(link(group), { chat: shop }), Error, "asks for a group");
  assertThrows(() => beto.opens("https://t.me/nobody_bot?start=a"), Error, "no bot @nobody_bot");
  await telegram.close();
});

import { assertEquals, assertThrows } from "@std/assert";
import type { ChatAdministratorRights, KeyboardButtonRequestChat } from "grammy/types";
import { RIGHTS_NAMES } from "./member.ts";
import { scene, updatesOf } from "./scene.ts";

/** Just these rights, with every other one spelled out. */
function rights(...names: (keyof ChatAdministratorRights)[]): ChatAdministratorRights {
  const entries = RIGHTS_NAMES.map((name) => [name, names.includes(name)]);
  return Object.fromEntries(entries);
}

const POSTING = rights("can_manage_chat", "can_post_messages");
const OF_OWNER = rights("can_manage_chat", "can_post_messages", "can_promote_members");
const CHANNEL: KeyboardButtonRequestChat = {
  request_id: 7,
  chat_is_channel: true,
  chat_has_username: false,
  user_administrator_rights: OF_OWNER,
  bot_administrator_rights: POSTING,
  request_title: true,
};
const PINNING = rights("can_manage_chat", "can_pin_messages");
const GROUP: KeyboardButtonRequestChat = {
  request_id: 8,
  chat_is_channel: false,
  chat_is_forum: false,
  user_administrator_rights: rights("can_manage_chat", "can_pin_messages", "can_promote_members"),
  bot_administrator_rights: PINNING,
};

/** A bot that asks Beto for a channel or a group of his. */
async function sharingScene() {
  const all = scene();
  const { telegram, bot, call } = all;
  const beto = telegram.createUser({ firstName: "Beto" });
  const shop = telegram.createChannel({ title: "Shop", creator: beto });
  const talk = telegram.createSupergroup({ title: "Talk", creator: beto });
  beto.starts(bot);
  const asks = async (keyboard: unknown[][]) =>
    await call("sendMessage", { chat_id: beto.id, text: "Which?", reply_markup: { keyboard } });
  const asked = await asks([
    [{ text: "Choose the channel", request_chat: CHANNEL }],
    [{ text: "Choose the group", request_chat: GROUP }],
  ]);
  assertEquals(asked.description, undefined);
  const heard = (count: number) => updatesOf(telegram, bot).slice(-count);
  return { ...all, beto, shop, talk, asks, heard };
}

Deno.test("who shares a chat adds the bot there with just the rights it asks for", async () => {
  const { telegram, bot, beto, shop, heard } = await sharingScene();
  beto.shares(bot, "the channel", shop);
  const [change, told] = heard(2);
  assertEquals([change?.my_chat_member?.from.id, change?.my_chat_member?.chat.id], [
    beto.id,
    shop.id,
  ]);
  const has = Object.entries(shop.membership(bot).rights!).filter(([, is]) => is);
  assertEquals(has.map(([name]) => name), ["can_manage_chat", "can_post_messages"]);
  assertEquals(told?.message?.chat_shared, { request_id: 7, chat_id: shop.id, title: "Shop" });
  assertEquals([told?.message?.from.id, told?.message?.chat.id], [beto.id, beto.id]);
  // Whoever is there already with these rights is not added again.
  beto.shares(bot, "the channel", shop);
  assertEquals(heard(2)[0]?.message?.chat_shared?.chat_id, shop.id);
  await telegram.close();
});

Deno.test("a client may tell of the chat first, or not add the bot at all", async () => {
  const { telegram, bot, beto, shop, talk, heard } = await sharingScene();
  beto.shares(bot, "the channel", shop, { adds: "never" });
  assertEquals(shop.membership(bot).status, "left");
  assertEquals(heard(1)[0]?.message?.chat_shared?.chat_id, shop.id);
  beto.shares(bot, "the group", talk, { adds: "afterwards" });
  const kinds = heard(3).map((update) => Object.keys(update)[0]);
  assertEquals(kinds, ["message", "my_chat_member", "message"]);
  assertEquals(heard(3)[0]?.message?.chat_shared, { request_id: 8, chat_id: talk.id });
  await telegram.close();
});

Deno.test("what does not fit is not offered, but by careless clients", async () => {
  const { telegram, bot, ana, beto, talk } = await sharingScene();
  const open = telegram.createChannel({ title: "Open", creator: beto, username: "open_shop" });
  const foreign = telegram.createChannel({ title: "Foreign", creator: ana });
  const forum = telegram.createSupergroup({ title: "Forum", creator: beto });
  forum.isForum = true;
  const refused = (words: string, chat: typeof talk, why: string) =>
    assertThrows(() => beto.shares(bot, words, chat), Error, why);
  refused("the channel", talk, "Wrong chat type");
  refused("the group", open, "Wrong chat type");
  refused("the channel", open, "Wrong has_username value");
  refused("the group", forum, "Wrong is_forum value");
  refused("the channel", foreign, "Not enough rights in the chat");
  refused("the shop", talk, "No button");
  const told = beto.shares(bot, "the channel", open, { isCareless: true });
  assertEquals(told.chat_shared?.chat_id, open.id);
  await telegram.close();
});

Deno.test("a basic group is upgraded on the way, and shared by its new ID or its old one", async () => {
  const { telegram, bot, beto } = await sharingScene();
  for (const isOld of [false, true]) {
    telegram.unproven.sharesGroupsByOldId = isOld;
    const small = telegram.createGroup({ title: "Small", creator: beto });
    const told = beto.shares(bot, "the group", small);
    const big = small.migratedTo!;
    assertEquals(told.chat_shared?.chat_id, isOld ? small.id : big.id);
    assertEquals(big.membership(bot).status, "administrator");
  }
  await telegram.close();
});

Deno.test("a keyboard stays until another comes or it is taken away", async () => {
  const { telegram, bot, beto, talk, asks, call } = await sharingScene();
  await call("sendMessage", { chat_id: beto.id, text: "Well?" });
  beto.shares(bot, "the group", talk);
  await asks([[{ text: "Another", request_chat: CHANNEL }]]);
  assertThrows(() => beto.shares(bot, "the group", talk), Error, "No button");
  const remove = { remove_keyboard: true };
  await call("sendMessage", { chat_id: beto.id, text: "Thanks", reply_markup: remove });
  assertEquals(beto.chatWith(bot).keyboard, undefined);
  assertThrows(() => beto.shares(bot, "Another", talk), Error, "no keyboard");
  await telegram.close();
});

Deno.test("chats are asked for in private only, each by a number of its own, and by their owners", async () => {
  const { telegram, group, asks, call } = await sharingScene();
  const button = { text: "Which?", request_chat: CHANNEL };
  const elsewhere = { chat_id: group.id, text: "Which?", reply_markup: { keyboard: [[button]] } };
  assertEquals(
    (await call("sendMessage", elsewhere)).description,
    "Bad Request: chats can be requested in private chats only",
  );
  assertEquals((await asks([[button, button]])).description, "Bad Request: BUTTON_ID_INVALID");
  const greedy = { ...CHANNEL, user_administrator_rights: rights("can_manage_chat") };
  assertEquals(
    (await asks([[{ text: "Which?", request_chat: greedy }]])).description,
    "Bad Request: BUTTON_TYPE_INVALID",
  );
  assertEquals(
    (await asks([[{ text: " ", request_chat: CHANNEL }]])).description,
    "Bad Request: keyboard button text must be non-empty",
  );
  await telegram.close();
});

import { assert, assertEquals } from "@std/assert";
import { customer, scene } from "./scene.ts";

/** A scene with a way to set lists of one command, named after whom they are for. */
function menuScene() {
  const all = scene();
  const { telegram, bot, group, rui, call } = all;
  const { user: eva } = customer(telegram, bot);
  rui.joins(group);
  const set = async (name: string, scope?: Record<string, unknown>, language_code?: string) => {
    const commands = name === "" ? [] : [{ command: name, description: name }];
    const more = { ...(scope && { scope }), ...(language_code && { language_code }) };
    return (await call("setMyCommands", { commands, ...more })).description;
  };
  const remove = (scope?: Record<string, unknown>, language_code?: string) =>
    call("deleteMyCommands", { ...(scope && { scope }), ...(language_code && { language_code }) });
  return { ...all, eva, set, remove };
}

/** The only command of a list, if there is any. */
function only(commands: { command: string }[]): string | undefined {
  return commands[0]?.command;
}

Deno.test("lists of commands are kept by scope and language", async () => {
  const { telegram, group, call, set, remove } = menuScene();
  const get = async (payload = {}) => (await call("getMyCommands", payload)).result;
  assertEquals(await get(), []);
  await set("start", undefined, "pt");
  assertEquals(await get(), []);
  assertEquals(await get({ language_code: "pt" }), [{ command: "start", description: "start" }]);
  const scope = { type: "chat", chat_id: group.id };
  await set("close", scope);
  assertEquals(only(await get({ scope })), "close");
  assertEquals((await remove(scope)).result, true);
  assertEquals(await get({ scope }), []);
  assertEquals(only(await get({ language_code: "pt" })), "start");
  await telegram.close();
});

Deno.test("in private chats the narrowest list is offered, in the person's language first", async () => {
  const { telegram, bot, ana, eva, set } = menuScene();
  const offered = () => only(ana.menu(bot));
  ana.starts(bot);
  assertEquals(offered(), undefined);
  const chat = { type: "chat", chat_id: ana.id };
  const steps: [string, Record<string, unknown> | undefined, string | undefined][] = [
    ["all", undefined, undefined],
    ["all_pt", undefined, "pt"],
    ["private", { type: "all_private_chats" }, undefined],
    ["private_pt", { type: "all_private_chats" }, "pt"],
    ["ana", chat, undefined],
    ["ana_pt", chat, "pt"],
  ];
  for (const [name, scope, language] of steps) {
    await set(name, scope, language);
    assertEquals(offered(), name);
  }
  assertEquals(only(eva.menu(bot)), "private");
  await set("other", { type: "all_group_chats" });
  assertEquals(offered(), "ana_pt");
  await telegram.close();
});

Deno.test("in groups administrators are offered more than members, and one person their own", async () => {
  const { telegram, bot, ana, rui, group, set } = menuScene();
  const chat_id = group.id;
  const steps: [string, Record<string, unknown> | undefined, string, string][] = [
    ["all", undefined, "all", "all"],
    ["groups", { type: "all_group_chats" }, "groups", "groups"],
    ["admins", { type: "all_chat_administrators" }, "groups", "admins"],
    ["here", { type: "chat", chat_id }, "here", "here"],
    ["admins_here", { type: "chat_administrators", chat_id }, "here", "admins_here"],
    ["rui", { type: "chat_member", chat_id, user_id: rui.id }, "rui", "admins_here"],
  ];
  for (const [name, scope, forRui, forAna] of steps) {
    await set(name, scope);
    assertEquals([only(rui.menu(bot, group)), only(ana.menu(bot, group))], [forRui, forAna], name);
  }
  await set("admins_aqui", { type: "chat_administrators", chat_id }, "pt");
  assertEquals(only(ana.menu(bot, group)), "admins_aqui");
  telegram.promote(group, rui);
  assertEquals(only(rui.menu(bot, group)), "rui");
  await telegram.close();
});

Deno.test("people whose language has a region are offered the language's list", async () => {
  const { telegram, bot, set } = menuScene();
  const { info } = telegram.createUser({ firstName: "Beto", languageCode: "pt-br" });
  const beto = telegram.createUser({ firstName: "Beto", languageCode: "pt-br" });
  beto.starts(bot);
  await set("ajuda", undefined, "pt");
  await set("help");
  assertEquals([info.language_code, only(beto.menu(bot))], ["pt-br", "ajuda"]);
  await telegram.close();
});

Deno.test("nobody is offered anything in channels or where the bot is not", async () => {
  const { telegram, bot, ana, channel, set } = menuScene();
  await set("help");
  assertEquals(ana.menu(bot, channel), []);
  const elsewhere = telegram.createSupergroup({ title: "Elsewhere", creator: ana });
  assertEquals(ana.menu(bot, elsewhere), []);
  telegram.addMember(elsewhere, bot);
  assertEquals(only(ana.menu(bot, elsewhere)), "help");
  await telegram.close();
});

Deno.test("an empty list is as good as none, or hides the wider ones", async () => {
  const { telegram, bot, rui, group, set } = menuScene();
  const scope = { type: "chat", chat_id: group.id };
  await set("help");
  await set("close", scope);
  await set("", scope);
  assertEquals(only(rui.menu(bot, group)), "help");
  telegram.unproven.emptyMenusHideOthers = true;
  await set("", scope);
  assertEquals(rui.menu(bot, group), []);
  await telegram.close();
});

Deno.test("commands and descriptions have their lengths and letters", async () => {
  const { telegram, call } = menuScene();
  const words = async (command: string, description = "Helps") =>
    (await call("setMyCommands", { commands: [{ command, description }] })).description;
  assertEquals(await words("/help"), undefined);
  assertEquals((await call("getMyCommands")).result[0].command, "help");
  assertEquals(await words("x".repeat(32), "ã".repeat(256)), undefined);
  assertEquals(await words(""), "Bad Request: command must be non-empty");
  assertEquals(await words("x".repeat(33)), "Bad Request: command length must not exceed 32");
  assertEquals(await words("help", " "), "Bad Request: command description must be non-empty");
  assertEquals(
    await words("help", "x".repeat(257)),
    "Bad Request: command description length must not exceed 256",
  );
  for (const wrong of ["Help", "ajudá", "close-silent", "a b"]) {
    assertEquals(await words(wrong), "Bad Request: BOT_COMMAND_INVALID", wrong);
  }
  await telegram.close();
});

Deno.test("a list has at most 100 commands, and less than 8 kilobytes", async () => {
  const { telegram, call } = menuScene();
  const words = async (count: number, length: number) => {
    const commands = Array.from({ length: count }, (_, index) => ({
      command: `c${index}`,
      description: "x".repeat(length),
    }));
    return (await call("setMyCommands", { commands })).description;
  };
  assertEquals(await words(100, 20), undefined);
  assertEquals(await words(101, 20), "Bad Request: BOT_COMMANDS_TOO_MUCH");
  assertEquals(await words(63, 200), "Bad Request: BOT_COMMANDS_TOO_MUCH");
  await telegram.close();
});

Deno.test("a list is for a chat that the bot knows and in which there are commands", async () => {
  const { telegram, ana, eva, rui, channel, group, set } = menuScene();
  const stranger = telegram.createUser({ firstName: "Zoe" });
  const elsewhere = telegram.createSupergroup({ title: "Elsewhere", creator: ana });
  const scope = (type: string, chat_id: number | string, user_id?: number) => ({
    type,
    chat_id,
    ...(user_id === undefined ? {} : { user_id }),
  });
  assertEquals(await set("x", scope("chat", elsewhere.id)), "Bad Request: chat not found");
  assertEquals(await set("x", scope("chat", stranger.id)), "Bad Request: chat not found");
  assertEquals(
    await set("x", scope("chat", "")),
    "Bad Request: can't parse BotCommandScope: Empty chat_id specified",
  );
  assertEquals(
    await set("x", scope("chat_administrators", channel.id)),
    "Bad Request: can't change commands in channel chats",
  );
  assertEquals(
    await set("x", scope("chat_administrators", eva.id)),
    "Bad Request: can't use specified scope in private chats",
  );
  assertEquals(
    await set("x", scope("chat_member", group.id, stranger.id)),
    "Bad Request: user not found",
  );
  assertEquals(await set("x", scope("chat_member", group.id, rui.id)), undefined);
  assertEquals(await set("x", scope("chat", eva.id)), undefined);
  await telegram.close();
});

Deno.test("a public group may be named, and a bot that was thrown out sets nothing there", async () => {
  const { telegram, bot, ana, rui, set } = menuScene();
  const open = telegram.createSupergroup({ title: "Open", username: "open", creator: ana });
  telegram.addMember(open, bot);
  assertEquals(await set("close", { type: "chat", chat_id: "@open" }), undefined);
  assertEquals(only(rui.menu(bot, open)), "close");
  telegram.removeMember(open, bot, "kicked");
  assertEquals(
    await set("close", { type: "chat", chat_id: "@open" }),
    "Forbidden: bot was kicked from the supergroup chat",
  );
  await telegram.close();
});

Deno.test("languages have two letters, and what a scope lacks is noticed", async () => {
  const { telegram, group, set, call } = menuScene();
  for (const wrong of ["pt-br", "PT", "p", "por"]) {
    assertEquals(
      await set("help", undefined, wrong),
      "Bad Request: invalid language code specified",
    );
  }
  const scope = { type: "chat_member", chat_id: group.id };
  const { error_code } = await call("getMyCommands", { scope });
  assertEquals(error_code, 400);
  assert(telegram.violations.some((sentence) => sentence.includes("user_id is missing")));
  telegram.violations.length = 0;
  await telegram.close();
});

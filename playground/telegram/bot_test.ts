import { assert, assertEquals, assertRejects } from "@std/assert";
import { callAs, scene, updatesOf } from "./scene.ts";

Deno.test("what the owner changes at BotFather, getMe tells at once", async () => {
  const { telegram, bot, call } = scene();
  const before = (await call("getMe")).result;
  assertEquals(
    [before.supports_inline_queries, before.can_read_all_group_messages, before.can_join_groups],
    [true, false, true],
  );
  bot.configure({
    name: "Padaria",
    username: "padaria_bot",
    supportsInline: false,
    canReadAllGroupMessages: true,
    canJoinGroups: false,
  });
  const after = (await call("getMe")).result;
  assertEquals(after, {
    ...before,
    first_name: "Padaria",
    username: "padaria_bot",
    supports_inline_queries: false,
    can_read_all_group_messages: true,
    can_join_groups: false,
  });
  bot.configure({ supportsInline: true });
  assertEquals((await call("getMe")).result, { ...after, supports_inline_queries: true });
  await telegram.close();
});

Deno.test("inline mode can be turned off and on", async () => {
  const { telegram, bot, ana, call } = scene();
  bot.configure({ supportsInline: false });
  await assertRejects(async () => await ana.queries(bot, "x"), Error, "does not support inline");
  bot.configure({ supportsInline: true });
  const asking = ana.queries(bot, "x");
  const query = updatesOf(telegram, bot).at(-1)?.inline_query;
  await call("answerInlineQuery", { inline_query_id: query?.id, results: [] });
  assertEquals(await asking, []);
  await telegram.close();
});

Deno.test("inline feedback can be turned off", async () => {
  const { telegram, bot, ana, group, call } = scene();
  const result = {
    type: "article",
    id: "1",
    title: "Hello",
    input_message_content: { message_text: "Hello" },
  };
  const asking = ana.queries(bot, "x");
  const query = updatesOf(telegram, bot).at(-1)?.inline_query;
  await call("answerInlineQuery", { inline_query_id: query?.id, results: [result] });
  const [offered] = await asking;
  bot.configure({ inlineFeedback: false });
  ana.choosesResult(group, offered!);
  assert(!updatesOf(telegram, bot).some((update) => update.chosen_inline_result));
  bot.configure({ inlineFeedback: true });
  ana.choosesResult(group, offered!);
  assertEquals(updatesOf(telegram, bot).at(-1)?.chosen_inline_result?.result_id, "1");
  await telegram.close();
});

Deno.test("a change of privacy mode takes effect where the bot is brought in anew", async () => {
  const { telegram, ana } = scene();
  const shy = telegram.createBot({ username: "shy_bot" });
  const talk = telegram.createGroup({ title: "Talk", creator: ana });
  telegram.addMember(talk, shy);
  const heard = () => updatesOf(telegram, shy).flatMap(({ message }) => message?.text ?? []);
  shy.configure({ canReadAllGroupMessages: true });
  ana.sends(talk, "unheard");
  assertEquals(heard(), []);
  telegram.removeMember(talk, shy, "left");
  telegram.addMember(talk, shy);
  ana.sends(talk, "heard");
  const big = telegram.upgrade(talk);
  ana.sends(big, "heard on");
  shy.configure({ canReadAllGroupMessages: false });
  ana.sends(big, "still heard");
  telegram.removeMember(big, shy, "left");
  telegram.addMember(big, shy);
  ana.sends(big, "unheard again");
  assertEquals(heard(), ["heard", "heard on", "still heard"]);
  const { result } = await callAs(telegram, shy, "getMe");
  assertEquals(result.can_read_all_group_messages, false);
  await telegram.close();
});

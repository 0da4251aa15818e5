import { assertEquals, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { scene, updatesOf } from "./scene.ts";

const KEYBOARD = { inline_keyboard: [[{ text: "Take", callback_data: "take" }]] };

/** A scene with a message that has a button, and ways to see and answer its presses. */
async function buttonScene() {
  const clock = new SimulatedClock(1_790_000_000_000);
  const all = scene({ clock });
  const { telegram, bot, group, call } = all;
  await call("sendMessage", { chat_id: group.id, text: "Take it?", reply_markup: KEYBOARD });
  const message = group.messages.at(-1)!;
  const query = () => updatesOf(telegram, bot).at(-1)!.callback_query!;
  const answer = async (payload: Record<string, unknown> = {}) => {
    const given = { callback_query_id: query().id, ...payload };
    const { result, description } = await call("answerCallbackQuery", given);
    return description ?? result;
  };
  return { ...all, clock, message, query, answer };
}

const TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid";

Deno.test("a modified client may send any data under an inline keyboard", async () => {
  const { telegram, rui, message, query, answer } = await buttonScene();
  const long = "é".repeat(200);
  for (const data of ["ban:7", "", long]) {
    const pressing = rui.forges(message, data);
    assertEquals([query().data, query().from.id], [data, rui.id]);
    assertEquals(query().message?.message_id, message.message_id);
    assertEquals(await answer({ text: "No" }), true);
    assertEquals(await pressing, { text: "No" });
  }
  await telegram.close();
});

Deno.test("an old client may press a button that was taken away", async () => {
  const { telegram, rui, group, message, query, answer, call } = await buttonScene();
  const keyboard = { inline_keyboard: [[{ text: "Give back", callback_data: "give" }]] };
  await call("editMessageReplyMarkup", {
    chat_id: group.id,
    message_id: message.message_id,
    reply_markup: keyboard,
  });
  assertThrows(() => rui.presses(message, "take"), Error, "no button");
  const pressing = rui.forges(message, "take");
  assertEquals(query().data, "take");
  await answer();
  await pressing;
  await telegram.close();
});

Deno.test("without an inline keyboard, or under a person's message, there is nothing to press", async () => {
  const { telegram, ana, rui, group, message, call } = await buttonScene();
  const place = { chat_id: group.id, message_id: message.message_id };
  await call("editMessageReplyMarkup", place);
  assertThrows(() => rui.forges(message, "take"), Error, "no buttons");
  assertThrows(() => rui.forges(ana.sends(group, "hello"), "take"), Error, "no buttons");
  await telegram.close();
});

Deno.test("a press on its way when the message was deleted shows only where it was", async () => {
  const { telegram, rui, group, message, query, answer, call } = await buttonScene();
  await call("deleteMessage", { chat_id: group.id, message_id: message.message_id });
  const pressing = rui.presses(message, "take");
  assertEquals<unknown>(query().message, {
    chat: { id: group.id, type: "supergroup", title: "Desk chat" },
    message_id: message.message_id,
    date: 0,
  });
  assertEquals(await answer({ text: "Too late", show_alert: true }), true);
  assertEquals(await pressing, { text: "Too late", show_alert: true });
  telegram.unproven.deletedMessagesTakePresses = false;
  assertThrows(() => rui.presses(message, "take"), Error, "MESSAGE_ID_INVALID");
  await telegram.close();
});

Deno.test("a press is answered within 150 seconds, and once", async () => {
  const { telegram, clock, rui, message, answer } = await buttonScene();
  let pressing = rui.presses(message, "take");
  clock.advanceTo(clock.now() + 149_999);
  assertEquals(await answer(), true);
  assertEquals(await pressing, {});
  assertEquals(await answer(), TOO_OLD);
  pressing = rui.presses(message, "take");
  clock.advanceTo(clock.now() + 150_000);
  assertEquals(await pressing, undefined);
  assertEquals(await answer(), TOO_OLD);
  assertEquals(await answer({ callback_query_id: "1" }), TOO_OLD);
  await telegram.close();
});

Deno.test("an answer to a press has at most 200 characters", async () => {
  const { telegram, rui, message, answer } = await buttonScene();
  const pressing = rui.presses(message, "take");
  assertEquals(await answer({ text: "x".repeat(201) }), "Bad Request: MESSAGE_TOO_LONG");
  assertEquals(await answer({ text: "x".repeat(200) }), true);
  assertEquals((await pressing)?.text?.length, 200);
  await telegram.close();
});

Deno.test("a press under what was sent by way of the bot names it as the bot knows it", async () => {
  const { telegram, bot, ana, rui, group, query, answer, call } = await buttonScene();
  const result = {
    type: "article",
    id: "1",
    title: "Offer",
    input_message_content: { message_text: "Take it?" },
    reply_markup: KEYBOARD,
  };
  const asking = ana.queries(bot, "");
  const inlineQuery = updatesOf(telegram, bot).at(-1)!.inline_query!;
  await call("answerInlineQuery", { inline_query_id: inlineQuery.id, results: [result] });
  const [offered] = await asking;
  const sent = ana.choosesResult(group, offered!);
  const chosen = updatesOf(telegram, bot).at(-1)!.chosen_inline_result!;
  const pressing = rui.presses(sent, "take");
  assertEquals([query().message, query().inline_message_id], [
    undefined,
    chosen.inline_message_id,
  ]);
  await answer();
  await pressing;
  await telegram.close();
});

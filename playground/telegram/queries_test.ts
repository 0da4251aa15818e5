import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { withFileIdsOf } from "./files.ts";
import { scene, updatesOf } from "./scene.ts";

const GREETING = {
  type: "article",
  id: "1",
  title: "Hello",
  input_message_content: { message_text: "Hello, {name}" },
};

/** A scene in which a query was asked, and a way to answer it. */
function queryScene() {
  const all = scene({ clock: new SimulatedClock(1_790_000_000_000) });
  const answer = (payload: Record<string, unknown> = {}) => {
    const query = updatesOf(all.telegram, all.bot).at(-1)?.inline_query;
    return all.call("answerInlineQuery", {
      inline_query_id: query?.id,
      results: [GREETING],
      ...payload,
    });
  };
  return { ...all, answer };
}

Deno.test("an inline result becomes a message via the bot, which is told of both", async () => {
  const { telegram, bot, ana, group, answer } = queryScene();
  const asking = ana.queries(bot, "hel");
  assertEquals((await answer()).result, true);
  const [result] = await asking;
  const message = ana.choosesResult(group, result!);
  assertEquals([message.text, message.via_bot?.id], ["Hello, {name}", bot.id]);
  const [told, chosen] = updatesOf(telegram, bot).slice(-2);
  assertEquals(told?.message?.via_bot?.id, bot.id);
  assertEquals(chosen?.chosen_inline_result, { result_id: "1", from: ana.info, query: "hel" });
  await telegram.close();
});

Deno.test("media are offered by the bot's own file IDs", async () => {
  const { telegram, bot, ana, group, call, answer } = queryScene();
  const sent = await call("sendPhoto", { chat_id: group.id, photo: "https://a.pt/b.jpg" });
  const photo_file_id = sent.result.photo[0].file_id;
  const asking = ana.queries(bot, "");
  await answer({ results: [{ type: "photo", id: "p", photo_file_id, caption: "map" }] });
  const [result] = await asking;
  const message = ana.choosesResult(group, result!);
  assertEquals([message.caption, message.photo?.length], ["map", 1]);
  await telegram.close();
});

Deno.test("one file that is not the bot's has an answer refused as a whole", async () => {
  const { telegram, bot, ana, group, call, answer } = queryScene();
  const fileIds: Record<string, string> = {};
  for (const kind of ["photo", "sticker", "document"] as const) {
    const message = ana.sends(group, { [kind]: true } as { photo: true });
    const shown = withFileIdsOf(message, bot.id + 1)[kind as "photo"]!;
    fileIds[kind] = [shown].flat().at(-1)!.file_id;
  }
  const sent = await call("sendDocument", {
    chat_id: group.id,
    document: "https://a.pt/b.pdf",
  });
  const asking = ana.queries(bot, "");
  const offer = async (result: Record<string, string>) =>
    (await answer({ results: [GREETING, { id: "f", ...result }] })).description;
  const { photo, sticker, document } = fileIds;
  assertEquals(
    await offer({ type: "document", title: "t", document_file_id: document! }),
    "Bad Request: DOCUMENT_INVALID",
  );
  assertEquals(
    await offer({ type: "sticker", sticker_file_id: sticker! }),
    "Bad Request: STICKER_DOCUMENT_INVALID",
  );
  assertEquals(
    await offer({ type: "photo", photo_file_id: photo! }),
    "Bad Request: PHOTO_INVALID",
  );
  assertEquals(
    await offer({ type: "photo", photo_file_id: sent.result.document.file_id }),
    "Bad Request: can't use file of type Document as Photo",
  );
  telegram.foreignFileIdsAreRead = false;
  assertEquals(
    await offer({ type: "document", title: "t", document_file_id: document! }),
    "Bad Request: wrong remote file identifier specified: can't unserialize it",
  );
  await answer();
  assertEquals((await asking).length, 1);
  await telegram.close();
});

Deno.test("answers are kept for everybody who asks the same, unless they are personal", async () => {
  const { telegram, bot, ana, rui, answer } = queryScene();
  const count = () => updatesOf(telegram, bot).filter((update) => update.inline_query).length;
  let asking = ana.queries(bot, "open");
  await answer();
  await asking;
  assertEquals((await rui.queries(bot, "open")).length, 1);
  assertEquals(count(), 1);
  asking = ana.queries(bot, "secret");
  await answer({ is_personal: true });
  await asking;
  const other = rui.queries(bot, "secret");
  assertEquals(count(), 3);
  await answer({ results: [], is_personal: true, cache_time: 0 });
  assertEquals(await other, []);
  await telegram.close();
});

Deno.test("a late answer is refused", async () => {
  const { telegram, bot, ana, answer } = queryScene();
  const asking = ana.queries(bot, "hel");
  (telegram.clock as SimulatedClock).fireNext();
  assertEquals(await asking, []);
  assertEquals(
    (await answer()).description,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
  );
  await telegram.close();
});

Deno.test("results have to be few, distinct and sendable", async () => {
  const { telegram, bot, ana, answer } = queryScene();
  const asking = ana.queries(bot, "");
  const words = async (results: unknown[]) => (await answer({ results })).description;
  assertEquals(
    await words(Array.from({ length: 51 }, (_, id) => ({ ...GREETING, id: String(id) }))),
    "Bad Request: too many inline query results specified",
  );
  assertEquals(await words([GREETING, GREETING]), "Bad Request: RESULT_ID_DUPLICATE");
  assertEquals(
    await words([{ ...GREETING, input_message_content: { message_text: "" } }]),
    "Bad Request: message text is empty",
  );
  await telegram.close();
  assertEquals(await asking, []);
});

Deno.test("a pressed button asks the bot and shows its answer", async () => {
  const { telegram, bot, ana, group, call } = scene();
  await call("sendMessage", {
    chat_id: group.id,
    text: "Take it?",
    reply_markup: { inline_keyboard: [[{ text: "Take", callback_data: "take" }]] },
  });
  const message = group.messages.at(-1)!;
  const pressing = ana.presses(message, "take");
  const query = updatesOf(telegram, bot).at(-1)?.callback_query;
  assertEquals([query?.data, query?.message?.message_id], ["take", message.message_id]);
  await call("answerCallbackQuery", { callback_query_id: query?.id, text: "Yours" });
  assertEquals(await pressing, { text: "Yours" });
  assertThrows(() => ana.presses(message, "other"), Error, "no button");
  await telegram.close();
});

Deno.test("buttons carry 1 to 64 bytes", async () => {
  const { telegram, group, call } = scene();
  for (const callback_data of ["", "é".repeat(33)]) {
    const { description } = await call("sendMessage", {
      chat_id: group.id,
      text: "Take it?",
      reply_markup: { inline_keyboard: [[{ text: "Take", callback_data }]] },
    });
    assertEquals(description, "Bad Request: BUTTON_DATA_INVALID");
  }
  await telegram.close();
});

Deno.test("a bot without inline mode is asked nothing", async () => {
  const { telegram, ana } = scene();
  const deaf = telegram.createBot();
  await assertRejects(async () => await ana.queries(deaf, ""), Error, "does not support inline");
  await telegram.close();
});

/** Proof against the real client: a plain grammY bot cannot tell it from Telegram. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Bot, GrammyError, HttpError, InputFile, webhookCallback } from "grammy";
import { customer, scene } from "./scene.ts";

Deno.test("a grammY bot polls over HTTP, posts a card and reads the comments", async () => {
  const { telegram, bot: account, rui, channel, group } = scene();
  const { apiRoot, close } = telegram.serve();
  const bot = new Bot(account.token, { client: { apiRoot } });
  bot.command("start", async (ctx) => {
    await ctx.reply("Welcome");
    await ctx.api.sendMessage(channel.id, "New customer");
  });
  const comments: (string | undefined)[] = [];
  bot.on("message:text").filter((ctx) => ctx.chat.id === group.id, (ctx) => {
    comments.push(ctx.message.is_automatic_forward ? "root" : ctx.message.text);
  });
  const running = bot.start({ allowed_updates: ["message"] });
  const { chat } = customer(telegram, account);
  await telegram.settled();
  while (comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  rui.comments(channel.messages[0]!, "hello");
  await telegram.settled();
  assertEquals(comments, ["root", "hello"]);
  assertEquals(chat.messages.map(({ text }) => text), ["/start", "Welcome"]);
  await bot.stop();
  await running;
  await close();
  await telegram.close();
});

Deno.test("a grammY webhook takes updates over HTTP and answers in the same breath", async () => {
  const { telegram, bot: account } = scene();
  const { apiRoot, close } = telegram.serve();
  const bot = new Bot(account.token, {
    client: { apiRoot, canUseWebhookReply: (method) => method === "sendMessage" },
  });
  bot.on("message:text", (ctx) => ctx.reply(`echo ${ctx.message.text}`));
  const handle = webhookCallback(bot, "std/http", { secretToken: "s3cret" });
  const listener = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => handle(request),
  );
  const url = `http://127.0.0.1:${listener.addr.port}/telegram`;
  await bot.api.setWebhook(url, { secret_token: "s3cret", drop_pending_updates: true });
  const { user, chat } = customer(telegram, account);
  user.sends(chat, "hello");
  await telegram.settled();
  assertEquals(
    chat.messages.map(({ text }) => text),
    [
      "/start",
      "hello",
      "echo /start",
      "echo hello",
    ],
  );
  const info = await bot.api.getWebhookInfo();
  assertEquals([info.url, info.pending_update_count], [url, 0]);
  await listener.shutdown();
  await close();
  await telegram.close();
});

Deno.test("a grammY bot uploads and downloads files", async () => {
  const { telegram, bot: account, group } = scene();
  const bot = new Bot(account.token, { client: { fetch: telegram.fetch } });
  const bytes = new TextEncoder().encode("a bill");
  const sent = await bot.api.sendDocument(group.id, new InputFile(bytes, "bill.txt"), {
    caption: "see #bill",
    caption_entities: [{ type: "bold", offset: 0, length: 3 }],
  });
  assertEquals([sent.document.file_name, sent.caption], ["bill.txt", "see #bill"]);
  const picture = new TextEncoder().encode("GIF89a\x01\0\x01\0");
  const album = await bot.api.sendMediaGroup(group.id, [
    { type: "photo", media: new InputFile(picture, "1.gif"), caption: "one" },
    { type: "photo", media: new InputFile(picture, "2.gif") },
  ]);
  assertEquals(album.map(({ caption }) => caption), ["one", undefined]);
  const file = await bot.api.getFile(sent.document.file_id);
  const address = `https://api.telegram.org/file/bot${account.token}/${file.file_path}`;
  assertEquals(await (await telegram.fetch(address)).text(), "a bill");
  await telegram.close();
});

Deno.test("grammY tells refusals from broken connections", async () => {
  const { telegram, bot: account, group } = scene();
  const bot = new Bot(account.token, { client: { fetch: telegram.fetch } });
  const refusal = await assertRejects(() => bot.api.sendMessage(group.id, ""), GrammyError);
  assert(refusal instanceof GrammyError);
  assertEquals(refusal.description, "Bad Request: message text is empty");
  telegram.faults.next("sendMessage", { kind: "lost answer" });
  await assertRejects(() => bot.api.sendMessage(group.id, "hello"), HttpError);
  assertEquals(group.messages.at(-1)?.text, "hello");
  await telegram.close();
});

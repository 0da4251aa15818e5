import { assert, assertEquals, assertRejects } from "@std/assert";
import { customer, scene } from "./scene.ts";

/** A customer writes, and the webhook answers with a body. */
async function replyWith(body: (chatId: number) => Response) {
  const all = scene({
    webhookFetch: async (request) => body((await request.json()).message.chat.id),
  });
  const { telegram, bot, call } = all;
  const { user, chat } = customer(telegram, bot);
  await call("setWebhook", { url: "https://desk.example/telegram", drop_pending_updates: true });
  user.sends(chat, "hello");
  await telegram.settled();
  const pending = (await call("getWebhookInfo")).result.pending_update_count;
  return { ...all, chat, pending };
}

const lastText = (chat: { messages: { text?: string }[] }) => chat.messages.at(-1)?.text;

Deno.test("a call in an answer is run, its method in whatever case", async () => {
  const { telegram, chat, pending } = await replyWith((chat_id) =>
    Response.json({ method: "SENDMESSAGE", chat_id, text: "echo" })
  );
  assertEquals([lastText(chat), pending], ["echo", 0]);
  const { method, response } = telegram.calls.find(({ method }) => method === "sendMessage")!;
  assertEquals([method, response?.ok], ["sendMessage", true]);
  await telegram.close();
});

Deno.test("a form may carry the call too, with a file", async () => {
  const { telegram, chat } = await replyWith((chat_id) => {
    const form = new FormData();
    form.set("method", "sendDocument");
    form.set("chat_id", String(chat_id));
    form.set("disable_notification", "true");
    form.set("document", new File(["bytes"], "note.txt", { type: "text/plain" }));
    return new Response(form);
  });
  assertEquals(chat.messages.at(-1)?.document?.file_name, "note.txt");
  assertEquals(telegram.calls.at(-2)?.payload.disable_notification, true);
  await telegram.close();
});

Deno.test("a refusal is not told to anybody, and the update is done", async () => {
  const { telegram, chat, pending } = await replyWith((chat_id) =>
    Response.json({ method: "sendMessage", chat_id, text: "" })
  );
  assertEquals([lastText(chat), pending], ["hello", 0]);
  const refused = telegram.calls.find(({ method }) => method === "sendMessage");
  assertEquals(refused?.response?.ok, false);
  await telegram.close();
});

for (
  const method of [
    "getMe",
    "getChat",
    "getUpdates",
    "setWebhook",
    "DELETEWEBHOOK",
    "close",
    "logOut",
  ]
) {
  Deno.test(`${method} is not run in an answer, which is a mistake of the bot's`, async () => {
    const { telegram, pending } = await replyWith((chat_id) =>
      Response.json({ method, chat_id, url: "" })
    );
    assertEquals(pending, 0);
    assertEquals(telegram.calls.map((call) => call.method), ["setWebhook", "getWebhookInfo"]);
    assert(telegram.violations[0]?.startsWith(method));
    await assertRejects(() => telegram.close(), Error, "answer to an update");
  });
}

Deno.test("a body of another type is not read", async () => {
  const { telegram, chat } = await replyWith((chat_id) =>
    new Response(JSON.stringify({ method: "sendMessage", chat_id, text: "echo" }))
  );
  assertEquals(lastText(chat), "hello");
  await telegram.close();
});

Deno.test("a body that is no object does no harm", async () => {
  const { telegram, pending } = await replyWith(() => Response.json(true));
  assertEquals(pending, 0);
  await telegram.close();
});

Deno.test("nothing is run out of an answer that is not 2xx", async () => {
  const { telegram, chat, pending } = await replyWith((chat_id) =>
    Response.json({ method: "sendMessage", chat_id, text: "echo" }, { status: 500 })
  );
  assertEquals([lastText(chat), pending], ["hello", 1]);
  await telegram.close();
});

import { assertEquals, assertRejects } from "@std/assert";
import { scene } from "./scene.ts";

/** A scene with a way to send requests that are not JSON. */
function formScene() {
  const all = scene();
  const request = async (method: string, init: RequestInit, query = "") => {
    const address = `https://api.telegram.org/bot${all.bot.token}/${method}${query}`;
    return await (await all.telegram.fetch(address, init)).json();
  };
  return { ...all, request };
}

Deno.test("parameters may stand in the query of a GET request", async () => {
  const { telegram, group, request } = formScene();
  const query = new URLSearchParams({ chat_id: `${group.id}`, text: "hello" });
  const { result } = await request("sendMessage", { method: "GET" }, `?${query}`);
  assertEquals(result.text, "hello");
  await telegram.close();
});

Deno.test("parameters may come as a form, objects in it as JSON", async () => {
  const { telegram, ana, group, request } = formScene();
  const { message_id } = ana.sends(group, "question");
  const body = new URLSearchParams({
    chat_id: String(group.id),
    text: "123",
    disable_notification: "true",
    reply_parameters: JSON.stringify({ message_id }),
  });
  const { result } = await request("sendMessage", { method: "POST", body });
  assertEquals([result.text, result.reply_to_message.text], ["123", "question"]);
  assertEquals(telegram.calls[0]?.payload, {
    chat_id: group.id,
    text: "123",
    disable_notification: true,
    reply_parameters: { message_id },
  });
  await telegram.close();
});

Deno.test("files come as multipart, under a parameter's name or by reference", async () => {
  const { telegram, bot, group, request } = formScene();
  const direct = new FormData();
  direct.set("chat_id", String(group.id));
  direct.set("document", new File(["bytes"], "note.txt", { type: "text/plain" }));
  const sent = await request("sendDocument", { method: "POST", body: direct });
  assertEquals(sent.result.document.file_name, "note.txt");
  assertEquals(sent.result.document.mime_type, "text/plain");

  const album = new FormData();
  album.set("chat_id", String(group.id));
  album.set(
    "media",
    JSON.stringify([1, 2].map((n) => ({ type: "photo", media: `attach://p${n}` }))),
  );
  album.set("p1", new File(["GIF89a\x01\0\x01\0one"], "1.gif"));
  album.set("p2", new File(["GIF89a\x01\0\x01\0two"], "2.gif"));
  const { result } = await request("sendMediaGroup", { method: "POST", body: album });
  assertEquals(result.length, 2);

  const fileId = result[1].photo[0].file_id;
  const file = await request("getFile", {}, `?file_id=${fileId}`);
  const address = `https://api.telegram.org/file/bot${bot.token}/${file.result.file_path}`;
  assertEquals((await (await telegram.fetch(address)).text()).slice(-3), "two");
  await telegram.close();
});

Deno.test("a body that does not say it is JSON or a form has no parameters", async () => {
  const { telegram, group, request } = formScene();
  const body = JSON.stringify({ chat_id: group.id, text: "hello" });
  const { description } = await request("sendMessage", { method: "POST", body });
  assertEquals(description, "Bad Request: chat_id is empty");
  await assertRejects(() => telegram.close());
});

Deno.test("parameters of more than 1 MiB are not read", async () => {
  const { telegram, group, request } = formScene();
  const headers = { "content-type": "application/json" };
  const wordsOf = async (length: number) => {
    const head = `{"chat_id":${group.id},"text":"`;
    const body = `${head}${"x ".repeat(length).slice(0, length - head.length - 2)}"}`;
    return (await request("sendMessage", { method: "POST", headers, body })).description;
  };
  assertEquals(await wordsOf(2 ** 20), "Bad Request: message is too long");
  assertEquals(await wordsOf(2 ** 20 + 1), "Request Entity Too Large: too much parameters");
  await telegram.close();
});

Deno.test("the same works over HTTP", async () => {
  const { telegram, bot, group } = formScene();
  const { apiRoot, close } = telegram.serve();
  const response = await fetch(`${apiRoot}/bot${bot.token}/sendMessage`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat_id: group.id, text: "hello" }),
  });
  assertEquals((await response.json()).result.text, "hello");
  await close();
  await telegram.close();
});

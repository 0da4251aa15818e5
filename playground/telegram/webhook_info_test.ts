import { assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene } from "./scene.ts";
import type { WebhookFetch } from "./telegram.ts";

const START_MS = 1_790_000_000_000;
const ADDRESS = "https://desk.example/telegram";

/** A scene whose webhook answers as it is told to, and a way to ask how it is. */
async function infoScene(settings: Record<string, unknown> = {}) {
  const clock = new SimulatedClock(START_MS);
  const webhook: { answer: WebhookFetch } = { answer: () => new Response() };
  const all = scene({ clock, webhookFetch: (request) => webhook.answer(request) });
  const { telegram, bot, call } = all;
  const { user, chat } = customer(telegram, bot);
  await call("setWebhook", { url: ADDRESS, drop_pending_updates: true, ...settings });
  const info = async () => (await call("getWebhookInfo")).result;
  const error = async () => {
    const { last_error_date: date, last_error_message: message } = await info();
    return date === undefined ? undefined : [date - START_MS / 1000, message];
  };
  return { ...all, clock, webhook, user, chat, info, error };
}

Deno.test("getWebhookInfo tells what was set", async () => {
  const { telegram, info, call } = await infoScene({
    max_connections: 7,
    ip_address: "93.184.215.14",
    allowed_updates: ["message"],
    secret_token: "s3cret",
  });
  assertEquals(await info(), {
    url: ADDRESS,
    has_custom_certificate: false,
    pending_update_count: 0,
    ip_address: "93.184.215.14",
    max_connections: 7,
    allowed_updates: ["message"],
  });
  await call("setWebhook", { url: ADDRESS });
  const { max_connections, ip_address, allowed_updates } = await info();
  assertEquals([max_connections, allowed_updates], [40, ["message"]]);
  assertEquals(ip_address.startsWith("203.0.113."), true);
  await call("deleteWebhook");
  assertEquals(await info(), {
    url: "",
    has_custom_certificate: false,
    pending_update_count: 0,
    allowed_updates: ["message"],
  });
  await telegram.close();
});

Deno.test("the last failure is told, with its time, also after updates got through again", async () => {
  const { telegram, clock, webhook, user, chat, info, error } = await infoScene();
  assertEquals(await error(), undefined);
  webhook.answer = () => new Response("", { status: 502 });
  clock.advanceTo(START_MS + 5000);
  user.sends(chat, "hello");
  user.sends(chat, "is anybody there?");
  await telegram.settled();
  assertEquals((await info()).pending_update_count, 2);
  assertEquals(await error(), [5, "Wrong response from the webhook: 502 Bad Gateway"]);
  webhook.answer = () => new Response();
  clock.fireNext();
  await telegram.settled();
  assertEquals((await info()).pending_update_count, 0);
  assertEquals(await error(), [5, "Wrong response from the webhook: 502 Bad Gateway"]);
  await telegram.close();
});

Deno.test("setting the same webhook again keeps its failure, another one forgets it", async () => {
  const { telegram, webhook, user, chat, error, call } = await infoScene();
  webhook.answer = () => new Response("", { status: 401 });
  user.sends(chat, "hello");
  await telegram.settled();
  const failure = [0, "Wrong response from the webhook: 401 Unauthorized"];
  await call("setWebhook", { url: ADDRESS, allowed_updates: ["message"] });
  assertEquals(await error(), failure);
  webhook.answer = () => new Response();
  await call("setWebhook", { url: ADDRESS, secret_token: "other" });
  assertEquals(await error(), undefined);
  await telegram.settled();
  await telegram.close();
});

Deno.test("connections that cannot be made or break are failures too", async () => {
  const { telegram, webhook, user, chat, error } = await infoScene();
  webhook.answer = () => Promise.reject(new TypeError("Connection refused (os error 111)"));
  user.sends(chat, "hello");
  await telegram.settled();
  assertEquals(await error(), [0, "Connection refused"]);
  webhook.answer = () => Promise.reject(new TypeError("error sending request"));
  user.sends(chat, "hello?");
  await telegram.settled();
  (telegram.clock as SimulatedClock).fireNext();
  await telegram.settled();
  assertEquals(await error(), [2, "Connection reset by peer"]);
  await telegram.close();
});

Deno.test("a webhook that is gone for 23 hours is removed, and what waits is kept", async () => {
  const { telegram, clock, webhook, user, chat, info } = await infoScene();
  webhook.answer = () => new Response("", { status: 410 });
  user.sends(chat, "hello");
  const hour = (count: number) => START_MS + count * 3_600_000;
  while (clock.now() < hour(22)) {
    await telegram.settled();
    clock.fireNext();
  }
  assertEquals((await info()).url, ADDRESS);
  while (clock.now() < hour(23.1)) {
    await telegram.settled();
    if (!clock.fireNext()) break;
  }
  const { url, pending_update_count: waiting, last_error_message: message } = await info();
  assertEquals([url, waiting, message], ["", 1, undefined]);
  await telegram.close();
});

for (
  const [payload, words] of [
    [{ url: "no address" }, "invalid webhook URL specified"],
    [{ url: "http://desk.example" }, "bad webhook: An HTTPS URL must be provided for webhook"],
    [{ url: "https://10.0.0.1/" }, "bad webhook: IP address 10.0.0.1 is reserved"],
    [
      { url: ADDRESS, ip_address: "192.168.1.2" },
      "bad webhook: IP address 192.168.1.2 is reserved",
    ],
    [{ url: ADDRESS, ip_address: "1.2.3.999" }, "bad webhook: Invalid IP address specified"],
    [{ url: ADDRESS, ip_address: "::1" }, "bad webhook: IPv6-only addresses are not allowed"],
    [{ url: ADDRESS, secret_token: "x".repeat(257) }, "secret token is too long"],
    [{ url: ADDRESS, secret_token: "a b" }, "secret token contains unallowed characters"],
  ] as const
) {
  Deno.test(`setWebhook refuses ${JSON.stringify(payload).slice(0, 60)}`, async () => {
    const { telegram, call, info } = await infoScene();
    assertEquals((await call("setWebhook", payload)).description, `Bad Request: ${words}`);
    assertEquals((await info()).url, ADDRESS);
    await telegram.close();
  });
}

Deno.test("a server of one's own reaches loopback", async () => {
  const { telegram, info, call } = await infoScene();
  await call("setWebhook", { url: "http://127.0.0.1:8000/telegram" });
  assertEquals((await info()).ip_address, "127.0.0.1");
  await telegram.close();
});

Deno.test("what was in flight when the webhook was removed comes again", async () => {
  const { telegram, webhook, user, chat, info, call } = await infoScene();
  let answer: (response: Response) => void = () => {};
  webhook.answer = () => new Promise<Response>((resolve) => answer = resolve);
  user.sends(chat, "hello");
  await new Promise((resolve) => setTimeout(resolve, 0));
  await call("deleteWebhook");
  answer(new Response());
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals((await info()).pending_update_count, 1);
  const { result } = await call("getUpdates");
  assertEquals(result.map(({ message }: { message: { text: string } }) => message.text), ["hello"]);
  await call("getUpdates", { offset: -1 });
  await telegram.close();
});

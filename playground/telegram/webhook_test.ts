import { assert, assertEquals } from "@std/assert";
import type { Update } from "grammy/types";
import { SimulatedClock } from "./clock.ts";
import { customer, scene } from "./scene.ts";

const ADDRESS = "https://desk.example/telegram";

/** A scene whose webhook is answered by a function. */
async function hooked(
  handle: (update: Update, request: Request) => Response | Promise<Response>,
  settings: Record<string, unknown> = {},
) {
  const clock = new SimulatedClock(1_790_000_000_000);
  const all = scene({
    clock,
    webhookFetch: async (request) => await handle(await request.clone().json(), request),
  });
  const { user, chat } = customer(all.telegram, all.bot);
  await all.call("setWebhook", { url: ADDRESS, drop_pending_updates: true, ...settings });
  return { ...all, clock, user, chat };
}

Deno.test("a webhook gets each update with the secret in a header", async () => {
  const got: [string | undefined, string | null][] = [];
  const { telegram, user, chat } = await hooked((update, request) => {
    got.push([update.message?.text, request.headers.get("x-telegram-bot-api-secret-token")]);
    return new Response();
  }, { secret_token: "s3cret" });
  user.sends(chat, "hello");
  await telegram.settled();
  assertEquals(got, [["hello", "s3cret"]]);
  await telegram.close();
});

Deno.test("a chat's updates come one after the other, other chats' beside them", async () => {
  const open: (() => void)[] = [];
  const got: string[] = [];
  const { telegram, bot, user, chat } = await hooked(async (update) => {
    got.push(update.message?.text ?? "");
    await new Promise<void>((resolve) => open.push(resolve));
    return new Response();
  });
  const other = telegram.createUser({ firstName: "Leo" });
  user.sends(chat, "first");
  user.sends(chat, "second");
  other.sends(other.chatWith(bot), "beside");
  while (got.length < 2) await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(got, ["first", "beside"]);
  open[0]?.();
  while (got.length < 3) await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(got.at(-1), "second");
  for (const resolve of open) resolve();
  await telegram.settled();
  await telegram.close();
});

Deno.test("no more than max_connections updates are in flight", async () => {
  let inFlight = 0;
  let most = 0;
  const { telegram, bot } = await hooked(async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inFlight--;
    return new Response();
  }, { max_connections: 2 });
  for (let i = 0; i < 6; i++) customer(telegram, bot, `Eva ${i}`);
  await telegram.settled();
  assertEquals(most, 2);
  await telegram.close();
});

Deno.test("a webhook that fails for more than ten seconds gets one update at a time, until it takes one", async () => {
  let inFlight = 0;
  let most = 0;
  let status = 500;
  const { telegram, bot, clock } = await hooked(async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inFlight--;
    return new Response(null, { status });
  });
  const goesOn = async (untilMs: number) => {
    do await telegram.settled(); while ((clock.nextAt() ?? Infinity) < untilMs && clock.fireNext());
  };
  for (let i = 0; i < 4; i++) customer(telegram, bot, `Eva ${i}`);
  const beganMs = clock.now();
  await goesOn(beganMs + 10_000);
  assertEquals(most, 4);
  most = 0;
  await goesOn(beganMs + 60_000);
  assertEquals(most, 1);
  status = 200;
  await goesOn(beganMs + 300_000);
  for (let i = 0; i < 4; i++) customer(telegram, bot, `Leo ${i}`);
  most = 0;
  await telegram.settled();
  assertEquals(most, 4);
  await telegram.close();
});

Deno.test("a failed update is tried at once, then after 2, 4, 8 seconds", async () => {
  const triedAtS: number[] = [];
  const { telegram, clock, user, chat, call } = await hooked(() => {
    triedAtS.push((clock.now() - 1_790_000_000_000) / 1000);
    return new Response("", { status: triedAtS.length < 5 ? 500 : 200 });
  });
  user.sends(chat, "hello");
  do await telegram.settled(); while (clock.fireNext());
  assertEquals(triedAtS, [0, 0, 2, 6, 14]);
  const { result } = await call("getWebhookInfo");
  assertEquals([result.url, result.pending_update_count], [ADDRESS, 0]);
  assertEquals(
    result.last_error_message,
    "Wrong response from the webhook: 500 Internal Server Error",
  );
  await telegram.close();
});

Deno.test("Retry-After sets the time of the next try", async () => {
  const triedAtS: number[] = [];
  const { telegram, clock, user, chat } = await hooked(() => {
    triedAtS.push((clock.now() - 1_790_000_000_000) / 1000);
    const headers = { "retry-after": "17" };
    return triedAtS.length === 1 ? new Response("", { status: 503, headers }) : new Response();
  });
  user.sends(chat, "hello");
  do await telegram.settled(); while (clock.fireNext());
  assertEquals(triedAtS, [0, 17]);
  await telegram.close();
});

Deno.test("a webhook that does not answer within a minute has failed", async () => {
  let tries = 0;
  const { telegram, clock, user, chat, call } = await hooked(() =>
    ++tries === 1 ? new Promise<Response>(() => {}) : new Response()
  );
  user.sends(chat, "hello");
  while (tries === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  clock.fireNext();
  await telegram.settled();
  assertEquals(tries, 2);
  const { result } = await call("getWebhookInfo");
  assertEquals(result.last_error_message, "Read timeout expired");
  await telegram.close();
});

Deno.test("an update that cannot be delivered is dropped after a day", async () => {
  let isBroken = true;
  const got: (string | undefined)[] = [];
  const { telegram, clock, user, chat } = await hooked((update) => {
    if (isBroken) return new Response("", { status: 500 });
    got.push(update.message?.text);
    return new Response();
  });
  user.sends(chat, "old");
  do await telegram.settled(); while (clock.fireNext());
  isBroken = false;
  user.sends(chat, "new");
  await telegram.settled();
  assertEquals(got, ["new"]);
  await telegram.close();
});

Deno.test("the answer to an update may carry a call", async () => {
  const { telegram, user, chat } = await hooked((update) =>
    Response.json({ method: "sendMessage", chat_id: update.message?.chat.id, text: "echo" })
  );
  user.sends(chat, "hello");
  await telegram.settled();
  assertEquals(chat.messages.at(-1)?.text, "echo");
  await telegram.close();
});

Deno.test("an answer whose call Telegram does not read has failed", async () => {
  const sizes = [2 ** 20, 10];
  const { telegram, user, chat, call } = await hooked((update) =>
    Response.json({
      method: "sendMessage",
      chat_id: update.message?.chat.id,
      text: "x".repeat(sizes.shift()!),
    })
  );
  user.sends(chat, "hello");
  await telegram.settled();
  assertEquals(chat.messages.at(-1)?.text, "x".repeat(10));
  const { result } = await call("getWebhookInfo");
  assertEquals(result.last_error_message, "Request Entity Too Large: too much parameters");
  await telegram.close();
});

Deno.test("what waits is handed over from one way of delivery to the other", async () => {
  const got: (string | undefined)[] = [];
  const { telegram, user, chat, call } = await hooked((update) => {
    got.push(update.message?.text);
    return new Response();
  });
  await call("deleteWebhook");
  user.sends(chat, "meanwhile");
  await call("setWebhook", { url: ADDRESS });
  await telegram.settled();
  assertEquals(got, ["meanwhile"]);
  await telegram.close();
});

Deno.test("an update can be delivered twice on purpose", async () => {
  const ids: number[] = [];
  const { telegram, user, chat } = await hooked((update) => {
    ids.push(update.update_id);
    return new Response();
  });
  user.sends(chat, "hello");
  await telegram.settled();
  telegram.redeliver(ids[0]!);
  await telegram.settled();
  assertEquals(ids, [ids[0]!, ids[0]!]);
  await telegram.close();
});

Deno.test("setWebhook refuses addresses and secrets that Telegram refuses", async () => {
  const { telegram, call } = await hooked(() => new Response());
  const words = async (payload: Record<string, unknown>) =>
    (await call("setWebhook", payload)).description;
  assertEquals(
    await words({ url: "http://desk.example" }),
    "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
  );
  assert((await words({ url: "https://desk.example:8000" }))?.includes("ports 80, 88, 443"));
  assert((await words({ url: ADDRESS, secret_token: "é" }))?.includes("unallowed characters"));
  await telegram.close();
});

for (const loadsAllChats of [false, true]) {
  Deno.test(`a webhook that fails hears of ${loadsAllChats ? "everybody" : "few chats"}`, async () => {
    const heard = new Set<number>();
    const { telegram, bot } = await hooked((update) => {
      heard.add(update.message!.chat.id);
      return new Response(null, { status: 500 });
    }, { max_connections: 2 });
    bot.webhook.loadsAllChats = loadsAllChats;
    for (let n = 0; n < 9; n++) {
      const person = telegram.createUser({ firstName: "Leo" });
      person.sends(person.chatWith(bot), "hello");
    }
    await telegram.settled();
    assertEquals(heard.size, loadsAllChats ? 9 : 4);
    await telegram.close();
  });
}

Deno.test("a webhook that takes what it gets hears of every chat, each in order", async () => {
  const got: string[] = [];
  const { telegram, bot } = await hooked((update) => {
    got.push(update.message!.text!);
    return new Response();
  }, { max_connections: 1 });
  const people = [1, 2, 3, 4, 5].map(() => telegram.createUser({ firstName: "Leo" }));
  for (const round of [1, 2]) {
    for (const [n, person] of people.entries()) person.sends(person.chatWith(bot), `${n} ${round}`);
  }
  await telegram.settled();
  assertEquals(got.length, 10);
  for (const n of people.keys()) {
    assertEquals(got.filter((text) => text.startsWith(`${n} `)), [`${n} 1`, `${n} 2`]);
  }
  await telegram.close();
});

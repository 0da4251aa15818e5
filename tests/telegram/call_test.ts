import { assertEquals } from "@std/assert";
import { mock } from "node:test";
import { readEnvironment } from "../../src/config.ts";
import { answerOf } from "../../src/telegram/api.ts";
import { createBot } from "../../src/telegram/receiving/bot.ts";
import { DEADLY, serveDying } from "../support/dying_server.ts";

/** A bot whose calls go to `apiRoot`, by way of `fetch`. */
function botAt(apiRoot: string, fetch: typeof globalThis.fetch) {
  const env: Record<string, string> = { BOT_TOKEN: "123456:token", TELEGRAM_API_ROOT: apiRoot };
  const { config } = readEnvironment((name) => env[name]);
  const calls = new AbortController();
  return { bot: createBot({ config: config!, fetch, signal: calls.signal }), calls };
}

Deno.test("a call whose answer was lost is not sent again behind the bot's back", async () => {
  const server = serveDying();
  const { bot } = botAt(server.apiRoot, fetch);
  for (let time = 0; time < 10; time++) {
    // The connection is kept alive by a call that is answered, and dies under the next one.
    await bot.api.sendMessage(1, "answered");
    const answer = await answerOf(bot.api.sendMessage(1, `${DEADLY} ${time}`));
    assertEquals(answer.failure?.code, undefined);
    assertEquals(answer.failure?.description, "the connection failed");
  }
  const deadly = server.received.filter((body) => body.includes(DEADLY));
  assertEquals(deadly.length, 10);
  await server.close();
});

/** Never answers; ends when the caller gives up. */
const hang: typeof fetch = (_, init) =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(init.signal!.reason));
  });

Deno.test("a call that is never answered is given up after 30 seconds", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { bot } = botAt("http://127.0.0.1:1", hang);
    let failure: string | undefined;
    const call = answerOf(bot.api.getMe()).then((answer) => failure = answer.failure?.description);
    mock.timers.tick(29_999);
    await Promise.resolve();
    assertEquals(failure, undefined);
    mock.timers.tick(1);
    await call;
    assertEquals(failure, "the call was not answered");
  } finally {
    mock.timers.reset();
  }
});

Deno.test("stopping ends the calls that are under way", async () => {
  const { bot, calls } = botAt("http://127.0.0.1:1", hang);
  const call = answerOf(bot.api.getMe());
  calls.abort();
  assertEquals((await call).failure?.code, undefined);
});

for (const [what, body] of [["HTML", "<html>Bad Gateway</html>"], ["nothing", ""]] as const) {
  Deno.test(`an answer that is ${what} is no answer`, async () => {
    const { bot } = botAt("http://127.0.0.1:1", () => Promise.resolve(new Response(body)));
    const answer = await answerOf(bot.api.getMe());
    assertEquals(answer.failure, { description: "the answer was not JSON" });
  });
}

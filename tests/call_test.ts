import { assertEquals } from "@std/assert";
import { readSettings } from "../src/config.ts";
import { answerOf } from "../src/telegram/api.ts";
import { createBot } from "../src/telegram/bot.ts";
import { DEADLY, serveDying } from "./dying_server.ts";

Deno.test("a call whose answer was lost is not sent again behind the bot's back", async () => {
  const server = serveDying();
  const env: Record<string, string> = {
    BOT_TOKEN: "123456:token",
    TELEGRAM_API_ROOT: server.apiRoot,
  };
  const { config } = readSettings((name) => env[name]);
  const calls = new AbortController();
  const bot = createBot({ config: config!, fetch, signal: calls.signal });
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

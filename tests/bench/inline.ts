/**
 * How long somebody waits for the answer to an inline query that the webhook's response carries, and
 * how long if it goes by a call of its own, over HTTP on loopback with several latencies between
 * Telegram and the bot: a call over a connection that is kept, as while somebody types, and over a
 * new one, as for the first letter after a while. Run: `deno task bench:inline`.
 */
import { createApp } from "../../src/app.ts";
import { readEnvironment } from "../../src/config.ts";
import { silentLog } from "../../src/log.ts";
import { unrepeated } from "../../src/telegram/api.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { openLine } from "./line.ts";
import { keep, replyNumber, typing } from "./many_replies.ts";
import { percentile } from "./bare_telegram.ts";
import { openChats } from "../support/desk.ts";

const LATENCIES_MS = [0, 20, 80];
const REPLIES = 1000;
/** How many queries go each way, so that all latencies take about the same time. */
const queriesAt = (latencyMs: number) => latencyMs === 0 ? 600 : Math.round(6000 / latencyMs);
const WAYS = ["in the response", "call, connection kept", "call, new connection"] as const;
type Way = typeof WAYS[number];

/** Calls that are under way. */
const calls = new Set<Promise<void>>();

/** Sends the call that a response carries by a request instead, and answers with a bare receipt. */
async function asCall(
  response: Response,
  { address, fetch }: { address: string; fetch: typeof globalThis.fetch },
): Promise<Response> {
  const body = (await response.text()).replace('"method":"answerInlineQuery",', "");
  const headers = { "content-type": "application/json" };
  const call: Promise<void> = fetch(address, { method: "POST", headers, body })
    .then((answer) => answer.body?.cancel())
    .finally(() => calls.delete(call));
  calls.add(call);
  return new Response(null, { status: 200 });
}

/** A simulated Telegram with a desk of its own, and Ana in its team. */
function openTelegram() {
  const telegram = new SimulatedTelegram();
  const server = telegram.serve();
  const bot = telegram.createBot({ supportsInline: true });
  const boss = telegram.createUser({ firstName: "Beto" });
  const ana = telegram.createUser({ firstName: "Ana" });
  const { channel } = openChats(telegram, "Desk", boss, bot);
  telegram.addMember(channel, ana);
  return { telegram, server, bot, channel, ana };
}

/** How long, in milliseconds, Ana has waited for each answer, by the way it came. */
async function measure(latencyMs: number): Promise<Record<Way, number[]>> {
  const { telegram, server, bot, channel, ana } = openTelegram();
  let handle = (_: Request): Response | Promise<Response> => new Response(null, { status: 503 });
  const web = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => handle(request),
  );
  const lines = [Number(new URL(server.apiRoot).port), web.addr.port]
    .map((port) => openLine(port, latencyMs));
  const [toTelegram, toBot] = lines.map(({ port }) => `http://127.0.0.1:${port}`);
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/desk.sqlite3`);
  const replies = Array.from({ length: REPLIES }, (_, number) => replyNumber(number));
  await keep(kv, replies, { botId: bot.id, deskId: channel.id });
  const env: Record<string, string> = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: String(channel.id),
    PUBLIC_URL: toBot!,
    TELEGRAM_API_ROOT: toTelegram!,
  };
  const { config } = readEnvironment((name) => env[name]);
  const app = createApp({ config: config!, kv, fetch, now: Date.now, log: silentLog });
  handle = app.handler;
  await app.start();
  await app.settled();
  await ana.queries(bot, "");
  await telegram.settled();

  const address = `${toTelegram}/bot${bot.token}/answerInlineQuery`;
  const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  const fresh: typeof fetch = (input, init) => fetch(input, Object.assign({ client }, init));
  const handlers: Record<Way, (request: Request) => Promise<Response>> = {
    "in the response": app.handler,
    "call, connection kept": async (request) =>
      await asCall(await app.handler(request), { address, fetch: unrepeated(fetch) }),
    "call, new connection": async (request) =>
      await asCall(await app.handler(request), { address, fetch: unrepeated(fresh) }),
  };
  const waitedMs = Object.fromEntries(WAYS.map((way) => [way, []])) as unknown as Record<
    Way,
    number[]
  >;
  const typed = typing(1000);
  for (let number = 0; number < queriesAt(latencyMs) * WAYS.length; number++) {
    const way = WAYS[number % WAYS.length]!;
    handle = handlers[way];
    const { value: query } = typed.next();
    const askedMs = performance.now();
    await ana.queries(bot, query!);
    waitedMs[way].push(performance.now() - askedMs);
    await Promise.all([telegram.settled(), ...calls]);
  }
  client.close();
  await app.close();
  for (const line of lines) line.close();
  await web.shutdown();
  await server.close();
  kv.close();
  await telegram.close();
  await Deno.remove(folder, { recursive: true });
  return waitedMs;
}

console.log("each way  answer                   queries   p50 ms   p95 ms  p50 / response's");
for (const latencyMs of LATENCIES_MS) {
  const waitedMs = await measure(latencyMs);
  const baseMs = percentile(waitedMs["in the response"], 0.5);
  for (const way of WAYS) {
    const times = waitedMs[way];
    const p50Ms = percentile(times, 0.5);
    console.log(
      `${latencyMs} ms`.padStart(8),
      "",
      way.padEnd(24),
      String(times.length).padStart(7),
      p50Ms.toFixed(2).padStart(8),
      percentile(times, 0.95).toFixed(2).padStart(8),
      (p50Ms / baseMs).toFixed(2).padStart(17),
    );
  }
}
Deno.exit(0);

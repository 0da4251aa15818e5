/**
 * Holds a stream of updates against the bot while Telegram answers slowly, and the same stream
 * against a bare grammY bot that copies each message at once and keeps nothing. The stream comes as
 * Telegram brings it: one update of a chat at a time, over a limited number of connections.
 * Run: `deno task bench:load [--rate 1000] [--seconds 30] [--latency 50] [--connections 40]`.
 */
import { Bot, webhookCallback } from "grammy";
import type { Update } from "grammy/types";
import { createApp } from "../../src/app.ts";
import { silentLog } from "../../src/log.ts";
import process from "node:process";
import { BOT, CHANNEL_ID, configOf, GROUP_ID, requestOf, stubTelegram } from "./bare_telegram.ts";

const numberOf = (name: string, fallback: number) => {
  const at = Deno.args.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(Deno.args[at + 1]);
};
const RATE = numberOf("rate", 1000);
const SECONDS = numberOf("seconds", 30);
const LATENCY_MS = numberOf("latency", 50);
/** Telegram's own default (Bot API, setWebhook, max_connections). */
const CONNECTIONS = numberOf("connections", 40);
const CUSTOMERS = 500;

let lastUpdateId = 1;
const messageOf = (customerId: number, text: string): Update => ({
  update_id: ++lastUpdateId,
  message: {
    message_id: lastUpdateId,
    date: Math.floor(Date.now() / 1000),
    chat: { id: customerId, type: "private", first_name: "Customer" },
    from: { id: customerId, is_bot: false, first_name: "Customer" },
    text,
  },
});

interface Result {
  accepted: number;
  /** From when an update was due to its receipt: waiting for a connection included. */
  p50Ms: number;
  p99Ms: number;
  /** Copied while the stream lasted; what is left lies in the outbox. */
  copied: number;
  /** Processor time per second of the stream; 2.0 is two cores. */
  cpu: number;
}

/** Sends the stream at its rate, as far as there are connections. */
async function hold(
  handle: (request: Request) => Promise<Response>,
  copied: () => number,
): Promise<Result> {
  const total = RATE * SECONDS;
  const tookMs: number[] = [];
  const underWay = new Set<Promise<void>>();
  const busyChats = new Set<number>();
  const copiedBefore = copied();
  const cpuBefore = cpuMs();
  const beganMs = performance.now();

  async function send(number: number, customerId: number): Promise<void> {
    busyChats.add(customerId);
    const response = await handle(requestOf(messageOf(customerId, `message ${number}`)));
    await response.body?.cancel();
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    tookMs.push(performance.now() - beganMs - number / RATE * 1000);
    busyChats.delete(customerId);
  }

  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor((performance.now() - beganMs) / 1000 * RATE));
    while (sent < due && underWay.size < CONNECTIONS) {
      const customerId = 1000 + sent % CUSTOMERS;
      if (busyChats.has(customerId)) break;
      const sending: Promise<void> = send(sent++, customerId)
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    await (sent < due ? Promise.race(underWay) : new Promise((resolve) => setTimeout(resolve, 1)));
  }
  await Promise.all(underWay);
  const seconds = (performance.now() - beganMs) / 1000;
  tookMs.sort((a, b) => a - b);
  return {
    accepted: tookMs.length / seconds,
    p50Ms: tookMs[Math.floor(tookMs.length * 0.5)]!,
    p99Ms: tookMs[Math.floor(tookMs.length * 0.99)]!,
    copied: (copied() - copiedBefore) / seconds,
    cpu: (cpuMs() - cpuBefore) / 1000 / seconds,
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function ours(): Promise<Result> {
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/desk.sqlite3`);
  let copied = 0;
  const fetch = stubTelegram((method) => {
    if (method === "copyMessage") copied++;
  }, LATENCY_MS);
  const app = createApp({ config: configOf(), kv, fetch, now: Date.now, log: silentLog });
  await app.start();
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    await (await app.handler(requestOf(messageOf(1000 + customer, "/start")))).body?.cancel();
    const root = rootOf(1000 + customer);
    await (await app.handler(requestOf(root))).body?.cancel();
  }
  await app.settled();
  const result = await hold(app.handler, () => copied);
  await app.close();
  kv.close();
  await Deno.remove(folder, { recursive: true });
  return result;
}

/** The automatic forward of a customer's card. */
function rootOf(customerId: number): Update {
  const channel = { id: CHANNEL_ID, type: "channel", title: "Desk" } as const;
  return {
    update_id: ++lastUpdateId,
    message: {
      message_id: customerId,
      date: Math.floor(Date.now() / 1000),
      chat: { id: GROUP_ID, type: "supergroup", title: "Log" },
      from: { id: 777000, is_bot: false, first_name: "Telegram" },
      sender_chat: channel,
      is_automatic_forward: true,
      forward_origin: { type: "channel", chat: channel, message_id: customerId, date: 0 },
      text: `🟦 Customer\nID ${customerId}`,
    },
  };
}

async function bare(): Promise<Result> {
  let copied = 0;
  const fetch = stubTelegram((method) => {
    if (method === "copyMessage") copied++;
  }, LATENCY_MS);
  const bot = new Bot(`${BOT.id}:token`, { client: { fetch }, botInfo: BOT as never });
  bot.on("message", async (ctx) => {
    await ctx.copyMessage(GROUP_ID, { reply_parameters: { message_id: ctx.from.id } });
  });
  const handle = webhookCallback(bot, "std/http", { secretToken: "s" });
  return await hold((request) => handle(request), () => copied);
}

console.log(
  `${RATE} updates a second for ${SECONDS} s over ${CONNECTIONS} connections, ` +
    `Telegram answers after ${LATENCY_MS} ms`,
);
console.log("              accepted/s   p50 ms   p99 ms  copied/s  cpu");
const results: [string, Result][] = [["bare grammY", await bare()], ["Balcão", await ours()]];
for (const [name, { accepted, p50Ms, p99Ms, copied, cpu }] of results) {
  console.log(
    name.padEnd(12),
    accepted.toFixed(0).padStart(11),
    p50Ms.toFixed(1).padStart(8),
    p99Ms.toFixed(1).padStart(8),
    copied.toFixed(0).padStart(9),
    cpu.toFixed(2).padStart(5),
  );
}
const [, base] = results[0]!, [, own] = results[1]!;
console.log(
  `ratio Balcão / bare: accepted ${(own.accepted / base.accepted).toFixed(2)}, ` +
    `p50 ${(own.p50Ms / base.p50Ms).toFixed(2)}, p99 ${(own.p99Ms / base.p99Ms).toFixed(2)}, ` +
    `cpu ${(own.cpu / base.cpu).toFixed(2)}`,
);
Deno.exit(0);

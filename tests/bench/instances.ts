/**
 * What a second instance adds, on one database that both reach over a network (the KV Connect server
 * of the tests), while Telegram takes its time. Run: `deno task bench:instances [--latency 50]
 * [--runs 3] [--messages 1000]`. Updates come by turns to either, as behind a balancer.
 */
import { parseArgs } from "node:util";
import { KV_TOKEN, KvConnectServer } from "../support/kv_connect.ts";
import { percentile } from "./bare_telegram.ts";
import { BotProcess, endAll, TelegramProcess } from "./processes.ts";
import { freePort } from "../support/port.ts";
import { middle } from "./results.ts";

const CUSTOMERS = 50;

/** Posts each request to the next of several ports. */
function balancer(ports: number[]): { port: number; close: () => Promise<void> } {
  let next = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const port = ports[next++ % ports.length]!;
      const { method, headers } = request;
      const body = await request.bytes();
      return await fetch(`http://127.0.0.1:${port}${pathname}`, { method, headers, body });
    },
  );
  return { port: server.addr.port, close: () => server.shutdown() };
}

/** A closed loop of messages, each answered, worked by so many instances. */
async function carry(instances: number, { latencyMs, messages }: Wanted) {
  await using database = new KvConnectServer();
  await using telegram = new TelegramProcess();
  const desk = await telegram.ask("open", { customers: CUSTOMERS, latencyMs });
  const ports = Array.from({ length: instances }, freePort);
  const balanced = balancer(ports);
  const env = {
    PUBLIC_URL: `http://127.0.0.1:${balanced.port}`,
    DENO_KV_ACCESS_TOKEN: KV_TOKEN,
  };
  await using bots = new AsyncDisposableStack();
  for (const webhookPort of ports) {
    bots.use(new BotProcess({ desk, kvPath: database.url, webhookPort, env }));
  }
  const atOnce = CUSTOMERS;
  await telegram.ask("load", { messages: CUSTOMERS, mix: "text", isAnswered: false, atOnce });
  await telegram.ask("rest");
  const { seconds, waitsMs, lost, repeated, outOfOrder } = await telegram.ask("load", {
    messages,
    mix: "text",
    isAnswered: true,
    atOnce,
  });
  await bots.disposeAsync();
  await balanced.close();
  return {
    perSecond: messages / seconds,
    p50Ms: percentile(waitsMs, 0.5),
    lost,
    repeated,
    outOfOrder,
  };
}

interface Wanted {
  latencyMs: number;
  messages: number;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      latency: { type: "string", default: "50" },
      messages: { type: "string", default: "1000" },
      runs: { type: "string", default: "3" },
    },
  });
  const wanted = { latencyMs: Number(values.latency), messages: Number(values.messages) };
  const ratios: number[] = [];
  try {
    for (let run = 0; run < Number(values.runs); run++) {
      const [one, two] = [await carry(1, wanted), await carry(2, wanted)];
      console.log({ one, two });
      ratios.push(two.perSecond / one.perSecond);
    }
  } finally {
    endAll();
  }
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  console.log(
    `two beside one: ${middle(ratios).toFixed(2)} × (${least.toFixed(2)}–${most.toFixed(2)})`,
  );
}

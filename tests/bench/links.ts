/**
 * What a million links in the database cost: a start, a message, and how long anybody waits while
 * they expire. Run: `deno task bench:links [--links 1000000] [--runs 3] [--messages 1000]`, and
 * `[--going]` for the last.
 */
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { keysOf } from "../../src/kv/keys.ts";
import { toStored } from "../../src/kv/records.ts";
import { HOUR_MS, SECOND_MS } from "../../src/time/duration.ts";
import { percentile } from "./bare_telegram.ts";
import { BotProcess, endAll, TelegramProcess, usageOf } from "./processes.ts";
import { middle } from "./results.ts";
import type { Opened } from "./wire.ts";

/** How many records go into a commit. */
const RECORDS_A_COMMIT = 500;
/** How long after a bot's beginning the first links go, and for how long people write then. */
const GOING_IN_MS = 20 * SECOND_MS;
const WATCHED_S = 100;
const MESSAGES_PER_S = 20;

/** How links go: not at all, as after a restore with `RETENTION_DAYS=1`, or all in one moment. */
const WAYS = ["none", "apart", "at once"] as const;
type Way = typeof WAYS[number];

/** Files that hold so many links, by desk and number: to fill one takes longer than to copy it. */
const filled = new Map<string, string>();

/** A desk in a Telegram of its own, whose database holds so many links. */
async function openDesk(telegram: TelegramProcess, kvPath: string, links: number) {
  const desk = await telegram.ask("open", { customers: 50, latencyMs: 0 });
  const name = `${desk.token} ${desk.channelId} ${links}`;
  const known = filled.get(name);
  if (known === undefined) {
    await fill(kvPath, desk, links);
    filled.set(name, `${kvPath}.filled`);
    await Deno.copyFile(kvPath, `${kvPath}.filled`);
  } else await Deno.copyFile(known, kvPath);
  return desk;
}

/** Writes links as the bot does. */
async function fill(kvPath: string, { token, channelId }: Opened, links: number): Promise<void> {
  const keys = keysOf(Number(token.split(":")[0]));
  using kv = await Deno.openKv(kvPath);
  for (let written = 0; written < links;) {
    const commit = kv.atomic();
    for (const end = Math.min(links, written + RECORDS_A_COMMIT); written < end; written++) {
      const here = { chatId: 7_000_000_000 + written % 1000, messageId: written };
      const there = { chatId: channelId, messageId: written, rootId: written % 1000 };
      commit.set(keys.link(channelId, here), toStored({ there }));
    }
    await commit.commit();
  }
}

/** One start and one stream on a database with so many links. */
async function cost(kvPath: string, links: number, messages: number) {
  await using telegram = new TelegramProcess();
  const desk = await openDesk(telegram, kvPath, links);
  {
    await using first = new BotProcess({ desk, kvPath });
    await telegram.ask("load", { messages: 50, mix: "text", isAnswered: false, atOnce: 10 });
    await telegram.ask("rest");
    await first.stop();
  }
  const greeting = telegram.ask("greet");
  const beganMs = Date.now();
  await using bot = new BotProcess({ desk, kvPath });
  const { acceptedMs } = await greeting;
  await telegram.ask("rest");
  const before = await usageOf(bot.pid);
  const { waitsMs } = await telegram.ask("load", {
    messages,
    mix: "text",
    isAnswered: true,
    atOnce: 1,
  });
  const after = await usageOf(bot.pid);
  await bot.stop();
  return {
    readyMs: acceptedMs - beganMs,
    p50Ms: percentile(waitsMs, 0.5),
    processorMsPer1000: (after.processorMs - before.processorMs) / messages * 1000,
  };
}

/** How long people wait while links go. */
async function going(kvPath: string, links: number, way: Way) {
  await using telegram = new TelegramProcess();
  const desk = await openDesk(telegram, kvPath, links);
  const file = new DatabaseSync(kvPath);
  const firstMs = Date.now() + GOING_IN_MS;
  if (way === "at once") file.exec(`update kv set expiration_ms = ${firstMs}`);
  if (way === "apart") {
    file.exec(`update kv set expiration_ms = ${firstMs} + abs(random()) % ${HOUR_MS}`);
  }
  file.close();
  await using bot = new BotProcess({ desk, kvPath });
  // What people wait for a start, and for their own card, is not what they wait for links.
  await telegram.ask("load", { messages: 50, mix: "text", isAnswered: false, atOnce: 10 });
  await telegram.ask("rest");
  const { waitsMs, lost } = await telegram.ask("load", {
    messages: MESSAGES_PER_S * WATCHED_S,
    mix: "text",
    isAnswered: false,
    ratePerS: MESSAGES_PER_S,
  });
  await bot.stop();
  const shown = (ms: number) => Math.round(ms);
  const [p50, p99, longest] = [0.5, 0.99, 1].map((share) => shown(percentile(waitsMs, share)));
  return { p50, p99, longest, lost };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      links: { type: "string", default: "1000000" },
      messages: { type: "string", default: "1000" },
      runs: { type: "string", default: "3" },
      going: { type: "boolean", default: false },
    },
  });
  const folder = await Deno.makeTempDir();
  const path = () => `${folder}/${crypto.randomUUID()}.sqlite3`;
  const links = Number(values.links);
  try {
    if (values.going) {
      for (const way of WAYS) {
        console.log(`${links} links, going: ${way}`, await going(path(), links, way));
      }
    } else {
      const ratios: Record<string, number[]> = {};
      for (let run = 0; run < Number(values.runs); run++) {
        const none = await cost(path(), 0, Number(values.messages));
        const many = await cost(path(), links, Number(values.messages));
        console.log({ none, many });
        for (const [name, value] of Object.entries(many)) {
          (ratios[name] ??= []).push(value / none[name as keyof typeof none]);
        }
      }
      for (const [name, each] of Object.entries(ratios)) {
        console.log(`${links} links beside none, ${name}: ${middle(each).toFixed(2)} ×`);
      }
    }
  } finally {
    endAll();
    await Deno.remove(folder, { recursive: true });
  }
}

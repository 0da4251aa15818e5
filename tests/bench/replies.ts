/**
 * How fast canned replies are found and offered while somebody types, letter by letter, among 100,
 * 1,000 and 10,000 on a database file: the search alone, and the whole answer to an inline query,
 * from the update to its leaving the bot. Then what a query waits for right after a start, and right
 * after another instance has changed something. Run: `deno task bench:replies`.
 */
import type { Update } from "grammy/types";
import { type App, createApp } from "../../src/app.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { silentLog } from "../../src/log.ts";
import { idOf, type Reply } from "../../src/replies/reply.ts";
import { usedAgain } from "../../src/replies/use.ts";
import { ReplySearch } from "../../src/replies/search.ts";
import { keep, pick, replyNumber, sentence, typing } from "./many_replies.ts";
import { BOT, CHANNEL_ID, configOf, percentile, requestOf, stubTelegram } from "./bare_telegram.ts";

const COUNTS = [100, 1000, 10_000];
const AGENT_ID = 7;
const TYPED = 60;
const STARTS = 5;
const CHANGES = 500;
/** Telegram's limit for a group is 20 messages a minute: replies are not used more often. */
const BETWEEN_USES_MS = 3000;

/** Time passes between two questions, not while one is answered. */
let aheadMs = 0;
const now = () => Date.now() + aheadMs;

function row(name: string, timesMs: number[], more = ""): void {
  const ms = (share: number) => percentile(timesMs, share).toFixed(3).padStart(8);
  console.log(
    name.padEnd(44),
    String(timesMs.length).padStart(5),
    ms(0.5),
    ms(0.95),
    ms(0.99),
    ms(1),
    more,
  );
}

/** The search alone; what else there is to an answer is not in it. */
function searchAlone(replies: readonly Reply[]): void {
  const search = new ReplySearch();
  const beganMs = performance.now();
  for (const [number, { title, content }] of replies.entries()) {
    const text = content.kind === "text" ? content.words.text : "";
    search.put({ id: String(number), title, text, rank: 0 });
  }
  const indexMs = performance.now() - beganMs;
  const timesMs = [...typing(TYPED)].map((typed) => {
    const askedMs = performance.now();
    search.find(typed, { offset: 0, limit: 50 });
    return performance.now() - askedMs;
  });
  row("the search alone", timesMs, `(index built in ${indexMs.toFixed(0)} ms)`);
}

/** A bot on the database, with a clock that stops at the moment an answer leaves. */
class Bench {
  readonly app: App;
  #left: { atMs: number; tell: () => void } | undefined;
  #updates: ((updates: Update[]) => void) | undefined;
  #updateId = 1;

  constructor(kv: Deno.Kv, private readonly how: "webhook" | "polling") {
    const fetch = stubTelegram((method) => {
      if (method === "answerInlineQuery") this.#leaves();
      if (method !== "getUpdates") return undefined;
      return new Promise<Update[]>((resolve) => this.#updates = resolve);
    });
    const config = configOf(how === "webhook" ? {} : { PUBLIC_URL: "" });
    this.app = createApp({ config, kv, fetch, now, log: silentLog });
  }

  /** Asks; how long until the answer leaves, and until the update is received. */
  async ask(query: string): Promise<{ answerMs: number; receiptMs: number }> {
    const from = { id: AGENT_ID, is_bot: false, first_name: "Ana" };
    const id = String(++this.#updateId);
    const update = { update_id: this.#updateId, inline_query: { id, from, query, offset: "" } };
    const left = new Promise<void>((tell) => this.#left = { atMs: 0, tell });
    const leaving = this.#left!;
    let receiptMs = 0;
    const request = requestOf(update);
    while (this.how === "polling" && !this.#updates) await pause(0);
    const askedMs = performance.now();
    if (this.how === "webhook") {
      const response = await this.app.handler(request);
      receiptMs = performance.now() - askedMs;
      if ((await response.text()) !== "") this.#leaves(askedMs + receiptMs);
    } else {
      const give = this.#updates!;
      this.#updates = undefined;
      give([update]);
    }
    await left;
    const answerMs = leaving.atMs - askedMs;
    await this.app.settled();
    return { answerMs, receiptMs };
  }

  async close(): Promise<void> {
    const closing = this.app.close();
    this.#updates?.([]);
    await closing;
  }

  #leaves(atMs = performance.now()): void {
    if (!this.#left) return;
    this.#left.atMs = atMs;
    this.#left.tell();
    this.#left = undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The longest that nothing else had a turn while something was under way. */
async function longestBlock(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  work.finally(() => isDone = true);
  let longestMs = 0;
  while (!isDone) {
    const beganMs = performance.now();
    await pause(0);
    longestMs = Math.max(longestMs, performance.now() - beganMs);
  }
  return longestMs;
}

async function wholeAnswers(replies: readonly Reply[]): Promise<void> {
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/desk.sqlite3`);
  await keep(kv, replies, { botId: BOT.id, deskId: CHANNEL_ID });
  for (const how of ["webhook", "polling"] as const) {
    const bench = new Bench(kv, how);
    await bench.app.start();
    await bench.ask("");
    const timesMs: number[] = [];
    for (const typed of typing(TYPED)) timesMs.push((await bench.ask(typed)).answerMs);
    row(`whole answer, ${how}`, timesMs);
    await bench.close();
  }
  await firstAnswers(kv);
  await afterChanges(kv, replies);
  kv.close();
  await Deno.remove(folder, { recursive: true });
}

/** The first query after a start: at once, and when the bot has had a moment. */
async function firstAnswers(kv: Deno.Kv): Promise<void> {
  const answers: number[] = [], receipts: number[] = [], later: number[] = [];
  const builds: number[] = [], blocks: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const cold = new Bench(kv, "webhook");
    await cold.app.start();
    const { answerMs, receiptMs } = await cold.ask("");
    answers.push(answerMs);
    receipts.push(receiptMs);
    await cold.close();

    const warm = new Bench(kv, "webhook");
    const beganMs = performance.now();
    await warm.app.start();
    blocks.push(await longestBlock(warm.app.settled()));
    builds.push(performance.now() - beganMs);
    later.push((await warm.ask("")).answerMs);
    await warm.close();
  }
  const most = (values: number[]) => percentile(values, 1).toFixed(1);
  row("first answer, asked at once after a start", answers);
  row("  and the receipt of that query", receipts);
  row(
    "first answer, asked when all is settled",
    later,
    `(settled in ${most(builds)} ms, never blocked for more than ${most(blocks)} ms)`,
  );
}

/** A query right after something was changed by another instance. */
async function afterChanges(kv: Deno.Kv, replies: readonly Reply[]): Promise<void> {
  const other = new Store(kv, {
    botId: BOT.id,
    owner: "another instance",
    seal: sealWith("another"),
    retentionDays: 90,
    now,
  });
  const ids = replies.map(({ title }) => idOf(title));
  const changes: Record<string, (number: number) => Promise<unknown>> = {
    "a reply was added": (number) =>
      other.replies.add(CHANNEL_ID, replyNumber(1_000_000 + number), { replaces: false }),
    "a reply was changed": () => {
      const { title } = pick(replies);
      return other.replies.add(CHANNEL_ID, { ...replyNumber(0), title }, { replaces: true });
    },
    "a use was counted": () =>
      other.record(CHANNEL_ID, async (read) => {
        const id = pick(ids);
        const use = usedAgain(await read.replyUse(id), now());
        return { replyUses: [{ id, use }] };
      }),
  };
  const bench = new Bench(kv, "webhook");
  await bench.app.start();
  await bench.ask("");
  for (const [what, change] of Object.entries(changes)) {
    const timesMs: number[] = [];
    for (let number = 0; number < CHANGES; number++) {
      aheadMs += BETWEEN_USES_MS;
      // Whether the agent is of the team may have to be asked again.
      await bench.ask("");
      await change(number);
      timesMs.push((await bench.ask(sentence(1 + number % 2).slice(0, 3 + number % 9))).answerMs);
    }
    row(`right after ${what}`, timesMs);
  }
  await bench.close();
}

for (const count of COUNTS) {
  const replies = Array.from({ length: count }, (_, number) => replyNumber(number));
  console.log(`\n${count} replies`.padEnd(45), " asks   p50 ms   p95 ms   p99 ms  most ms");
  searchAlone(replies);
  await wholeAnswers(replies);
}
Deno.exit(0);

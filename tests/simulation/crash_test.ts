/**
 * The real program, killed again and again in the midst of a burst: whatever was accepted arrives,
 * in order, and is repeated only if the process died with its answer in hand.
 */
import { assert, assertEquals } from "@std/assert";
import { laneOfJobKey } from "../../src/kv/keys.ts";
import type { Stored } from "../../src/kv/records.ts";
import type { StoredJob } from "../../src/kv/stored_job.ts";
import type { Task } from "../../src/jobs/task.ts";
import { isCarrying, placesIn } from "../../src/jobs/task_traits.ts";
import { Cast } from "./cast.ts";
import { Chance } from "./chance.ts";
import { brokenPromises } from "./checks.ts";
import { deedsOf } from "./deeds.ts";
import { Eras } from "./eras.ts";
import type { Rest } from "./rest.ts";
import { Ledger, noticeIn } from "./said.ts";
import { Story } from "./story.ts";
import { realClock } from "../../playground/telegram/clock.ts";
import { Unnamed } from "./unnamed.ts";
import { Whereabouts } from "./whereabouts.ts";

const KILLS = 5;
/** Between two deeds. */
const GAP_MS = { least: 1, most: 25 };
/** A process is killed this long after it was seen to be alive. */
const LIFE_MS = { least: 300, most: 1300 };
/** Each process lives this much later than the one before: leases last less. */
const LATER_MS = 50_000;
/** People who edit twice have done so after this long. */
const LAST_EDIT_MS = 1600;
/** How long a slow machine may take; an idle one needs a few seconds. */
const MACHINE_PATIENCE_MS = 25_000;

Deno.test("a program that is killed in the midst of a burst loses and reorders nothing", async () => {
  const folder = await Deno.makeTempDir();
  const chance = new Chance(Date.now(), "crash");
  const played = playedBy(chance);
  const { cast, ledger, story } = played;
  const { telegram, bot } = cast;
  const server = telegram.serve();
  telegram.latencyMs = 10;
  const env = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: String(cast.channel.id),
    TELEGRAM_API_ROOT: server.apiRoot,
    KV_PATH: `${folder}/desk.sqlite3`,
    PACE: "off",
    LOG_LEVEL: "error",
  };
  const livesFor = async (ms: number, aheadMs: number) => {
    await using program = await Program.start({ ...env, AHEAD_MS: String(aheadMs) });
    const endMs = Date.now() + ms;
    while (Date.now() < endMs) {
      story.go();
      await pause(chance.between(GAP_MS.least, GAP_MS.most));
    }
    program.kill();
  };
  /** What calls had carried when a process was killed, of what its database still held as waiting. */
  const unanswered = new Map<string, number>();
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const calls = telegram.calls.length;
      await livesFor(chance.between(LIFE_MS.least, LIFE_MS.most), kill * LATER_MS);
      const isWaiting = await waitingIn(env.KV_PATH, played);
      for (const carried of carriedSince(calls, played).filter(isWaiting)) {
        unanswered.set(carried, (unanswered.get(carried) ?? 0) + 1);
      }
    }
    story.end();
    await pause(LAST_EDIT_MS);
    await using program = await Program.start({ ...env, AHEAD_MS: String(KILLS * LATER_MS) });
    await comesToRest(program, cast);
    assertEquals(brokenPromises(restOf(played, unanswered)), []);
    assert(ledger.said.size > 40, "hardly anybody said anything");
  } finally {
    await server.close();
    await telegram.close();
    await Deno.remove(folder, { recursive: true });
  }
});

/** A story in the real time, who plays in it, and what is said in it. */
interface Played {
  cast: Cast;
  ledger: Ledger;
  story: Story;
}

function playedBy(chance: Chance): Played {
  const cast = new Cast({
    clock: realClock,
    seed: 1,
    customers: 3,
    limits: "off",
    webhookFetch: fetch,
  });
  const ledger = new Ledger();
  const story = new Story({
    cast,
    ledger,
    chance,
    clock: realClock,
    deeds: deedsOf(chance, { hasClockwork: false, probability: 0 }),
    trace: () => {},
    forwardsMs: [5, 100],
    parked: () => new Set(),
  });
  return { cast, ledger, story };
}

/** Resolves when a program owes nothing and nothing is under way to it. */
async function comesToRest(program: Program, { bot, telegram }: Cast): Promise<void> {
  const latestMs = Date.now() + MACHINE_PATIENCE_MS;
  let isAtRest = false;
  while (!isAtRest) {
    assert(Date.now() < latestMs, `the outbox is never empty:\n${program.output}`);
    await pause(100);
    isAtRest = bot.queue.size === 0 && await program.waiting() === 0 && telegram.idle();
  }
}

function restOf({ cast, ledger, story }: Played, unanswered: Map<string, number>): Rest {
  const whereabouts = new Whereabouts(cast, ledger);
  const seen = { rootsLearnedMs: new Map(), knownPosts: new Map<number, number>() };
  return {
    cast,
    ledger,
    mishaps: story.mishaps,
    names: story.customers.names,
    acts: story.customers.acts,
    reactions: [],
    choices: [],
    unanswered,
    unnamed: new Unnamed(),
    unasked: [],
    unkept: new Set(),
    eras: new Eras({ erased: [], erasures: [], whereabouts, ...seen }, cast, new Map()),
    ...seen,
    startedMs: [],
    clockWasSet: 0,
    clockwork: null,
    clockings: { closings: [], warned: new Map(), anew: [] },
    acceptedBy: new Map(),
    whereabouts,
    entries: [],
    habits: { signature: false, history: false },
    nowMs: Date.now(),
  };
}

/** What calls have carried since there were that many: what people said, cards, and notices. */
function carriedSince(calls: number, { cast, ledger }: Played): string[] {
  const at = (chatId: number, id: number) => cast.chatAt(chatId)?.message(id);
  return cast.telegram.calls.slice(calls).filter(({ method }) => /^(send|copy)/.test(method))
    .flatMap(({ payload }) => ledger.carriedBy(payload, at));
}

/** Whether what a call carried waits in the database of a process that is no more. */
async function waitingIn(
  path: string,
  { cast, ledger }: Played,
): Promise<(carried: string) => boolean> {
  using kv = await Deno.openKv(path);
  const waiting = new Set<string>();
  const notices: string[] = [];
  for await (const { key, value } of kv.list<Stored<StoredJob>>({ prefix: [cast.bot.id, "job"] })) {
    const { customerId, direction } = laneOfJobKey(key);
    const task = value.value.task as Task;
    if (task.kind === "card") waiting.add(`card ${customerId}`);
    if (task.kind === "notice") {
      const chatId = direction === "to-customer" ? customerId : cast.group.id;
      notices.push(noticeIn(task.chatId ?? chatId, ""));
    }
    for (const { chatId, messageId } of isCarrying(task) ? placesIn(task) : []) {
      for (const token of ledger.carriedIn(cast.chatAt(chatId)?.message(messageId) ?? {})) {
        waiting.add(token);
      }
    }
  }
  return (carried) =>
    waiting.has(carried) || notices.some((beginning) => carried.startsWith(beginning));
}

/** The program as a process of its own. */
class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  /** What it has said. */
  output = "";
  #port = 0;

  private constructor(env: Record<string, string>) {
    const allowed = ["env", "net", "read", "write"].map((name) => `--allow-${name}`);
    const later = new URL("later.ts", import.meta.url).pathname;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...allowed, "--preload", later, "main.ts"],
      cwd: new URL("../..", import.meta.url),
      env: { HOST: "127.0.0.1", PORT: "0", NO_COLOR: "1", ...env, LOG_LEVEL: "info" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const { stdout, stderr } = this.#child;
    this.#reading = Promise.all([this.#read(stdout), this.#read(stderr)]).then(() => {});
  }

  /** Starts it; resolves when it is listening. */
  static async start(env: Record<string, string>): Promise<Program> {
    const program = new Program(env);
    const latestMs = Date.now() + MACHINE_PATIENCE_MS;
    while (program.#port === 0 && Date.now() < latestMs) {
      await pause(10);
      const lines = program.output.split("\n").slice(0, -1);
      const line = lines.find((line) => line.includes('"listening"'));
      if (line) program.#port = JSON.parse(line).port;
    }
    if (program.#port > 0) return program;
    await program[Symbol.asyncDispose]();
    throw new Error(`It never listens:\n${program.output}`);
  }

  /** How many jobs it owes. */
  async waiting(): Promise<number> {
    const health = await fetch(`http://127.0.0.1:${this.#port}/health`);
    return (await health.json()).waiting;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.kill();
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#reading;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The processes of a bench: the simulated Telegram, the floor, the real program. */
import { DatabaseSync } from "node:sqlite";
import { START } from "../support/program.ts";
import type { Asked } from "../support/kv_connect.ts";
import type { Opened, Question, TelegramDeeds } from "./wire.ts";

const FOLDER = new URL(".", import.meta.url);
const ROOT = new URL("../..", import.meta.url);
/** Clock ticks a second, in which the kernel counts (proc_pid_stat(5), USER_HZ). */
const TICKS_PER_S = 100;

/** What a process has used so far. */
export interface Usage {
  /** Of all its threads. */
  processorMs: number;
  /** Of the one that runs its JavaScript. */
  mainThreadMs: number;
  peakMiB: number;
  residentMiB: number;
}

/** What the kernel says of a process (proc_pid_stat(5), proc_pid_status(5)). */
export async function usageOf(pid: number): Promise<Usage> {
  // Deno lets only who may do everything read there, so another program does.
  const { stdout } = await new Deno.Command("cat", {
    args: [`/proc/${pid}/stat`, `/proc/${pid}/task/${pid}/stat`, `/proc/${pid}/status`],
  }).output();
  const text = new TextDecoder().decode(stdout);
  const [processorMs, mainThreadMs] = text.split("\n").map(processorMsOf);
  const memory = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1024;
  return {
    processorMs: processorMs!,
    mainThreadMs: mainThreadMs!,
    peakMiB: memory("VmHWM"),
    residentMiB: memory("VmRSS"),
  };
}

/** The 14th and 15th field of such a line; the second is a name that may hold spaces. */
function processorMsOf(line: string): number {
  const afterName = line.slice(line.lastIndexOf(") ") + 2).split(" ");
  return (Number(afterName[11]) + Number(afterName[12])) * 1000 / TICKS_PER_S;
}

const running = new Set<Deno.ChildProcess>();

/** Ends every bot at once, for when the bench itself is ended. The simulated Telegram follows it. */
export function endAll(): void {
  for (const child of running) signalTo(child, "SIGKILL");
}

function signalTo(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Waits until it has ended that was asked to. */
async function end(child: Deno.ChildProcess, signal: Deno.Signal): Promise<void> {
  signalTo(child, signal);
  await child.status;
  running.delete(child);
}

/** The simulated Telegram. Dispose of it to end it. */
export class TelegramProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<void>;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  constructor() {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--allow-net=127.0.0.1",
        new URL("telegram.ts", FOLDER).pathname,
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Has it do something; resolves with what that came to. */
  ask<D extends keyof TelegramDeeds>(
    deed: D,
    ...[given]: Parameters<TelegramDeeds[D]>
  ): Promise<Awaited<ReturnType<TelegramDeeds[D]>>> {
    const question: Question = { id: ++this.#lastId, deed, given };
    const asking = Promise.withResolvers<unknown>();
    this.#asked.set(question.id, asking);
    void this.#writer.write(new TextEncoder().encode(`${JSON.stringify(question)}\n`));
    return asking.promise as Promise<Awaited<ReturnType<TelegramDeeds[D]>>>;
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const chunk of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        const { id, result } = JSON.parse(line);
        this.#asked.get(id)?.resolve(result);
        this.#asked.delete(id);
      }
    }
    const ended = new Error("The simulated Telegram has ended");
    for (const asking of this.#asked.values()) asking.reject(ended);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
    await this.#child.status;
    await this.#reading;
  }
}

/** How a bot is run. */
export interface BotOptions {
  desk: Opened;
  /** The port of its webhook; absent: long polling. */
  webhookPort?: number;
  /** Whether it is the floor. */
  isFloor?: boolean;
  /** A file or `:memory:`; absent: none, which the floor alone can do without. */
  kvPath?: string;
  /** More of Deno's options. */
  flags?: string[];
  /** Variables on top of, or in place of, those that every bot gets. */
  env?: Record<string, string>;
}

/** A process that writes lines. Dispose of it to kill it. */
class LineProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  #next = Promise.withResolvers<string>();

  constructor(options: Deno.CommandOptions) {
    this.#child = new Deno.Command(Deno.execPath(), {
      ...options,
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    running.add(this.#child);
    this.#reading = this.#read();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Resolves with the line that is written next. */
  nextLine(): Promise<string> {
    return this.#next.promise;
  }

  /** Has it end by itself, so that all it has begun is done. */
  async stop(): Promise<void> {
    await end(this.#child, "SIGTERM");
    await this.#reading;
  }

  /** Asks for a line by a signal; resolves with what is written next. */
  async tells(signal: Deno.Signal): Promise<string> {
    const next = this.nextLine();
    this.#child.kill(signal);
    return await next;
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const chunk of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.includes('"level":"')) console.error(line);
        const { resolve } = this.#next;
        this.#next = Promise.withResolvers();
        resolve(line);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.#child, "SIGKILL");
    await this.#reading;
  }
}

const FLOOR_MAY = ["--allow-env", "--allow-net=127.0.0.1", "--allow-read", "--allow-write"];

/** A running bot, the real program or the floor. */
export class BotProcess extends LineProcess {
  constructor({ desk, webhookPort, isFloor, kvPath, flags = [], env = {} }: BotOptions) {
    const args = isFloor
      ? ["run", ...FLOOR_MAY, ...flags, path("floor.ts", FOLDER)]
      : [...START, ...flags, path("main.ts", ROOT)];
    super({
      args,
      cwd: ROOT,
      env: {
        BOT_TOKEN: desk.token,
        CHANNEL_ID: String(desk.channelId),
        TELEGRAM_API_ROOT: desk.apiRoot,
        HOST: "127.0.0.1",
        PORT: String(webhookPort ?? 0),
        PUBLIC_URL: webhookPort === undefined ? "" : `http://127.0.0.1:${webhookPort}`,
        KV_PATH: kvPath ?? "",
        LOCALE: "en",
        LOG_LEVEL: "warn",
        // The floor keeps to no pace and waits for no album.
        PACE: "off",
        ALBUM_QUIET_MS: "50",
        NO_COLOR: "1",
        ...env,
      },
    });
  }
}

/** A database that is reached over a network, where each question takes `roundTripMs`. */
export class DatabaseProcess extends LineProcess {
  /** What `Deno.openKv` takes. */
  readonly url: Promise<string>;

  constructor(roundTripMs: number) {
    const script = path("database.ts", FOLDER);
    super({
      args: ["run", "--quiet", "--allow-net=127.0.0.1", script, "--round-trip", `${roundTripMs}`],
    });
    this.url = this.nextLine();
  }

  /** What it was asked so far. */
  async asked(): Promise<Asked> {
    return JSON.parse(await this.tells("SIGUSR2"));
  }
}

/** What lies in a database's file, also while a bot works with it. */
export function bytesIn(kvPath: string): { records: number; bytes: number } {
  const file = new DatabaseSync(kvPath, { readOnly: true });
  try {
    const { records, bytes } = file.prepare(
      "select count(*) as records, coalesce(sum(length(k) + length(v)), 0) as bytes from kv",
    ).get() as { records: number; bytes: number };
    return { records, bytes };
  } finally {
    file.close();
  }
}

function path(name: string, folder: URL): string {
  return new URL(name, folder).pathname;
}

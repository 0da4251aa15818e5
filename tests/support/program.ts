/** The real program as a process of its own, on a port of its own. */
import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../..", import.meta.url);

/** How `deno task start` runs it; in another folder, since somebody's `.env` may be in ours. */
export const START = await startFlags();

async function startFlags(): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [deno, ...args] = (tasks.start.command as string).split(" ");
  assertEquals([deno, args.at(-1)], ["deno", "main.ts"]);
  return args.slice(0, -1);
}

/** Resolves when it holds; throws if it does not for long. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const latestMs = Date.now() + 30_000;
  while (!await holds()) {
    assert(Date.now() < latestMs, `it never happens: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A process that runs the program. Dispose of it to kill it. */
export class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  #isCleared = false;
  output = "";
  port = 0;

  private constructor(
    [command, ...args]: [string, ...string[]],
    env: Record<string, string>,
    private readonly cwd: string,
    private readonly isCwdOurs: boolean,
  ) {
    this.#child = new Deno.Command(command, {
      args,
      cwd,
      env: { HOST: "127.0.0.1", PORT: "0", NO_COLOR: "1", BOT_TOKEN: "", CHANNEL_ID: "", ...env },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#reading = Promise.all([this.#read(this.#child.stdout), this.#read(this.#child.stderr)])
      .then(() => {});
  }

  /** Starts it by Deno's arguments in a folder; resolves when it has said where it listens. */
  static async run(
    args: string[],
    env: Record<string, string>,
    cwd: string,
  ): Promise<Program> {
    const program = new Program([Deno.execPath(), ...args], env, cwd, false);
    program.port = JSON.parse(await program.says('"event":"listening"')).port;
    return program;
  }

  /**
   * Starts `main.ts` with Deno's `options` in a folder, by default an empty one of its own, and with
   * so many handles at most; resolves when it has said that it is `ready`.
   */
  static async start(
    env: Record<string, string>,
    ready = '"event":"listening"',
    options: string[] = [],
    cwd?: string,
    mostHandles?: number,
  ): Promise<Program> {
    const folder = cwd ?? await Deno.makeTempDir({ prefix: "balcao-test-" });
    const args = [...START, ...options, new URL("main.ts", ROOT).pathname];
    const limited = mostHandles === undefined
      ? []
      : ["sh", "-c", `ulimit -n ${mostHandles} && exec "$@"`, "sh"];
    const [command, ...given] = [...limited, Deno.execPath(), ...args];
    const program = new Program([command!, ...given], env, folder, cwd === undefined);
    const line = await program.says(ready);
    program.port = JSON.parse(line).port;
    return program;
  }

  get pid(): number {
    return this.#child.pid;
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
  }

  /** Resolves with the line that contains the words. */
  async says(words: string): Promise<string> {
    const deadlineMs = Date.now() + 30_000;
    while (true) {
      const line = this.output.split("\n").find((line) => line.includes(words));
      if (line) return line;
      assert(Date.now() < deadlineMs, `never said ${words}:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What it answers, in English. */
  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { "Accept-Language": "en" },
    });
    return { status: response.status, text: await response.text() };
  }

  /** Resolves when it says that all is well; a connection that is cut says nothing of that yet. */
  async works(): Promise<void> {
    const cut = { text: '{"ok":false}' };
    await until("it works", async () => {
      const { text } = await this.get("/health").catch(() => cut);
      return JSON.parse(text).ok;
    });
  }

  /** Asks it to stop; resolves with its exit code and how long that took. */
  async stop(signal: Deno.Signal): Promise<{ code: number; tookMs: number }> {
    const beganMs = Date.now();
    this.#child.kill(signal);
    const { code } = await this.#child.status;
    await this.#reading;
    await this.#clearAway();
    return { code, tookMs: Date.now() - beganMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#reading;
    await this.#clearAway();
  }

  async #clearAway(): Promise<void> {
    if (!this.isCwdOurs || this.#isCleared) return;
    this.#isCleared = true;
    await Deno.remove(this.cwd, { recursive: true });
  }
}

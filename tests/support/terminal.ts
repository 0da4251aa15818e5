/** Somebody's own copy of the repository, and what they type at the terminal in it. */
import { assertEquals, assertMatch } from "@std/assert";
import { VARIABLES } from "../../src/config.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** What is in the repository and matters to who runs it. */
const FILES = [
  "deno.json",
  "deno.lock",
  "main.ts",
  ".env.example",
  "src",
  "tasks",
  "playground",
];

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

/** Somebody's own copy of the repository, and the terminal in it. */
export class Terminal {
  readonly #env: Record<string, string>;

  private constructor(readonly folder: string, env: Record<string, string>) {
    const ours = Object.entries(Deno.env.toObject()).filter(([name]) =>
      !(VARIABLES as readonly string[]).includes(name)
    );
    this.#env = { ...Object.fromEntries(ours), NO_COLOR: "1", ...env };
  }

  /** `env` is what has to be other than for everybody: where Telegram is, and a port of one's own. */
  static async open(folder: string, env: Record<string, string>): Promise<Terminal> {
    for (const name of FILES) await copy(`${ROOT}/${name}`, `${folder}/${name}`);
    return new Terminal(folder, env);
  }

  /** Begins a command as the pages write it. */
  begins(command: string): Deno.ChildProcess {
    const [npx, yes, deno, ...args] = command.split(" ");
    assertEquals([npx, yes], ["npx", "--yes"]);
    assertMatch(deno!, /^deno@2\.\d+\.\d+$/);
    return new Deno.Command(Deno.execPath(), {
      args,
      cwd: this.folder,
      env: this.#env,
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Runs a command to its end. */
  async runs(command: string): Promise<{ code: number; said: string }> {
    const { code, stdout, stderr } = await this.begins(command).output();
    const decoder = new TextDecoder();
    return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
  }
}

/** The bot, as `task dev` runs it in a terminal. */
export class Running implements AsyncDisposable {
  output = "";
  readonly #reading: Promise<unknown>;

  constructor(private readonly child: Deno.ChildProcess) {
    const read = async (stream: ReadableStream<Uint8Array>) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
    };
    this.#reading = Promise.all([read(child.stdout), read(child.stderr)]);
  }

  /** Resolves when it has ended, and everything it has begun. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGTERM");
    await this.child.status;
    await this.#reading;
  }
}

/**
 * The bot as one file, built as its maker does, in an empty folder, without a project, without
 * anything in Deno's cache, and with no way to anywhere but this machine.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { KV_TOKEN, KvConnectServer } from "../support/kv_connect.ts";
import { Folder, type TaskEnd } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

const ROOT = new URL("../../", import.meta.url);

/** The file's text, built once. */
let built: Promise<string> | undefined;

async function build(): Promise<string> {
  await using folder = await Folder.make();
  const path = `${folder.path}/balcao.js`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "bundle", path],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return await Deno.readTextFile(path);
}

/** A desk with nothing but the file, in a folder of its own, and a Telegram on this machine. */
class OneFile implements AsyncDisposable {
  readonly telegram = new SimulatedTelegram({
    webhookFetch: (request) => {
      const { pathname } = new URL(request.url);
      return fetch(`http://127.0.0.1:${this.port}${pathname}`, request);
    },
  });
  readonly bot = this.telegram.createBot({ name: "Padaria" });
  readonly boss = this.telegram.createUser({ firstName: "Beto", languageCode: "en" });
  readonly maria = this.telegram.createUser({ firstName: "Maria" });
  readonly channel = this.telegram.createChannel({ title: "Desk", creator: this.boss });
  readonly group = this.telegram.createSupergroup({ title: "Desk log", creator: this.boss });
  readonly #server = this.telegram.serve();
  port = 0;

  private constructor(readonly folder: Folder) {
    this.telegram.link(this.channel, this.group);
    for (const chat of [this.channel, this.group]) this.telegram.promote(chat, this.bot);
  }

  static async make(): Promise<OneFile> {
    const folder = await Folder.make();
    await Deno.mkdir(`${folder.path}/desk`);
    await Deno.writeTextFile(`${folder.path}/desk/balcao.js`, await (built ??= build()));
    return new OneFile(folder);
  }

  get #cwd(): string {
    return `${this.folder.path}/desk`;
  }

  get #env(): Record<string, string> {
    const nowhere = "http://127.0.0.1:1";
    return {
      BOT_TOKEN: this.bot.token,
      CHANNEL_ID: String(this.channel.id),
      TELEGRAM_API_ROOT: this.#server.apiRoot,
      PACE: "off",
      DENO_DIR: `${this.folder.path}/cache`,
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      NO_PROXY: "127.0.0.1,localhost",
    };
  }

  /** Puts another file beside it. */
  async hasBeside(name: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.#cwd}/${name}`, text);
  }

  /** Starts it by Deno's `options`; as a rule without any project that may be about. */
  async starts(
    options = ["-A", "--no-config"],
    env: Record<string, string> = {},
  ): Promise<Program> {
    const args = ["run", ...options, "balcao.js"];
    const program = await Program.run(args, { ...this.#env, ...env }, this.#cwd);
    this.port = program.port;
    return program;
  }

  /** Runs it with these arguments until it ends by itself. */
  async runs(
    args: string[],
    env: Record<string, string> = {},
    options = ["-A", "--no-config"],
  ): Promise<TaskEnd> {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...options, "balcao.js", ...args],
      cwd: this.#cwd,
      env: { NO_COLOR: "1", PORT: String(this.port), ...this.#env, ...env },
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, said: decode(stdout), complaints: decode(stderr) };
  }

  /** A question, its answer, and the picture of the desk's numbers. */
  async worksAsADesk(): Promise<void> {
    const { bot, boss, maria, channel, group } = this;
    maria.sends(maria.chatWith(bot), "tem pão?");
    await until("it is shown", () => group.messages.some(({ text }) => text === "tem pão?"));
    boss.comments(channel.messages.find(({ text }) => text?.includes(`ID ${maria.id}`))!, "temos!");
    const toMaria = () => maria.chatWith(bot).messages;
    await until("it is answered", () => toMaria().some(({ text }) => text === "temos!"));
    boss.starts(bot);
    boss.sends(boss.chatWith(bot), "/stats");
    const toBoss = () => boss.chatWith(bot).messages;
    await until("there is a picture", () => toBoss().some(({ photo }) => photo));
  }

  /** Resolves when nobody listens any more, and nobody has the database open. */
  async isGone(): Promise<void> {
    await until("nothing is left behind", async () => {
      try {
        (await Deno.connect({ hostname: "127.0.0.1", port: this.port })).close();
        return false;
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
        return true;
      }
    });
    const restored = await this.runs(["restore", "nothing.gz"]);
    assertStringIncludes(restored.complaints, "nothing.gz cannot be read");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.telegram.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

Deno.test("the file has everything in it, and is small", async () => {
  const text = await (built ??= build());
  assert(new TextEncoder().encode(text).length <= 4_000_000);
  const imported = [...text.matchAll(/(?:\bfrom|\bimport\()"([@\w.][\w:@./-]+)"/g)].map((
    [, name],
  ) => name!);
  assert(imported.length > 0);
  for (const name of imported) assertMatch(name, /^node:/);
  for (const name of ["grammy", "echarts", "@resvg/resvg-wasm"]) {
    assertMatch(text, new RegExp(`^${name} [\\d.]+ \\(.+\\), https:`, "m"), "no licence passed on");
  }
});

Deno.test("one file in an empty folder is the whole bot, by long polling, with its tasks", async () => {
  await using desk = await OneFile.make();
  {
    await using program = await desk.starts();
    await desk.worksAsADesk();
    const page = await program.get("/");
    assertStringIncludes(page.text, "<html");
    assertEquals(JSON.parse((await program.get("/health")).text).mode, "polling");
    const doctor = await desk.runs(["doctor"]);
    assertStringIncludes(doctor.said, `The bot answers at http://127.0.0.1:${desk.port}.`);
    assertEquals([doctor.code, doctor.complaints], [0, ""]);
    const backup = await desk.runs(["backup", "desk.jsonl.gz"]);
    assertStringIncludes(backup.said, "Saved in desk.jsonl.gz and read back");
    assertEquals([backup.code, backup.complaints], [0, ""]);
    assert(!/"(warn|error)"/.test(program.output), program.output);
    const { code, tookMs } = await program.stop("SIGTERM");
    assertEquals(code, 0);
    assert(tookMs < 6000, `stopping took ${tookMs} ms`);
    assertStringIncludes(program.output, '"event":"stopped"');
  }
  await desk.isGone();
  const restored = await desk.runs(["restore", "desk.jsonl.gz"], { KV_PATH: "./new.sqlite3" });
  assertStringIncludes(restored.said, "Restored ");
  assertEquals(restored.code, 0, restored.complaints);
  await desk.hasBeside("customers.csv", "telegram_id,banned\n5,f\nfive,f\n");
  const moved = await desk.runs(["import", "--olgram", "customers.csv"]);
  assertStringIncludes(moved.said, "customers moved in: 1 ");
  assertStringIncludes(moved.complaints, "customers.csv: line 3 has no telegram_id");
  assertEquals(moved.code, 1, "an exit code gets lost");
});

Deno.test("one file in an empty folder is the whole bot, by webhook", async () => {
  await using desk = await OneFile.make();
  await using program = await desk.starts(undefined, { PUBLIC_URL: "https://desk.example" });
  await desk.worksAsADesk();
  assertEquals(JSON.parse((await program.get("/health")).text).mode, "webhook");
  assertEquals((await program.stop("SIGINT")).code, 0);
  await desk.isGone();
});

/** The processes that a program has started. */
async function childrenOf({ pid }: Program): Promise<string[]> {
  const { stdout } = await new Deno.Command("cat", {
    args: [`/proc/${pid}/task/${pid}/children`],
  }).output();
  return new TextDecoder().decode(stdout).trim().split(" ").filter(Boolean);
}

Deno.test("whoever kills the file's process leaves nothing behind", async () => {
  await using desk = await OneFile.make();
  await using program = await desk.starts();
  const children = await childrenOf(program);
  assertEquals(children.length, 1);
  Deno.kill(program.pid, "SIGKILL");
  try {
    await desk.isGone();
  } catch (error) {
    for (const child of children) Deno.kill(Number(child), "SIGKILL");
    throw error;
  }
  await program.says('"event":"stopped"');
});

Deno.test("where a database is allowed already, the file is one process", async () => {
  await using desk = await OneFile.make();
  {
    await using program = await desk.starts(["-A", "--no-config", "--unstable-kv"]);
    await desk.worksAsADesk();
    assertEquals(await childrenOf(program), []);
  }
  await desk.isGone();
  {
    await using program = await desk.starts();
    assertEquals((await childrenOf(program)).length, 1);
    await program.stop("SIGHUP");
  }
  await desk.isGone();
});

Deno.test("the file never gives itself more rights than it was given, and says what it lacks", async () => {
  await using desk = await OneFile.make();
  const some = ["--no-config", "--allow-env", "--allow-net", "--allow-run"];
  const lacking = await desk.runs([], {}, some);
  assertEquals([lacking.code, lacking.said], [1, ""]);
  assertStringIncludes(lacking.complaints, "add --unstable-kv");
  const allowed = ["--unstable-kv", "--allow-read", "--allow-write", ...some];
  await using program = await desk.starts(allowed);
  await desk.worksAsADesk();
  assertEquals((await program.stop("SIGTERM")).code, 0);
});

Deno.test("the file and what goes beside it on Deno Deploy are the bot there", async () => {
  const page = await Deno.readTextFile(new URL("docs/deploy.md", ROOT));
  const beside = /```json\n([^]*?)```/.exec(page)![1]!;
  const { deploy } = JSON.parse(beside);
  assertEquals(deploy.runtime, { entrypoint: "balcao.js" });
  await using desk = await OneFile.make();
  await using kv = new KvConnectServer();
  await desk.hasBeside("deno.json", beside);
  const platform = {
    DENO_DEPLOY: "true",
    DENO_DEPLOY_APP_SLUG: "desk",
    DENO_DEPLOY_ORG_SLUG: "acme",
    DENO_TIMELINE: "production",
  };
  const attached = { DENO_KV_DEFAULT_PATH: kv.url, DENO_KV_ACCESS_TOKEN: KV_TOKEN };
  const [, , , , ...args] = deploy.predeploy.split(" ");
  const registered = await desk.runs(args, platform, ["-A", "--config=deno.json"]);
  assertStringIncludes(registered.said, "https://desk.acme.deno.net/telegram");
  await using program = await desk.starts(["-A", "--config=deno.json"], {
    ...platform,
    ...attached,
  });
  await desk.worksAsADesk();
  assertEquals(JSON.parse((await program.get("/health")).text).mode, "webhook");
  assertEquals((await program.stop("SIGINT")).code, 0);
  // Without a database and without flags it says what is missing, and does not start itself again.
  await using without = await desk.starts(["-A", "--no-config"], platform);
  assertEquals(await childrenOf(without), []);
  assertStringIncludes((await without.get("/")).text, "database");
});

Deno.test("what the file is asked wrongly it answers with what there is, and with its exit code", async () => {
  await using desk = await OneFile.make();
  const unknown = await desk.runs(["docter"]);
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.complaints, "balcao.js [doctor | backup | restore | import");
  const incomplete = await desk.runs(["backup"]);
  assertEquals([incomplete.code, incomplete.said], [1, ""]);
  assertStringIncludes(incomplete.complaints, "Usage: deno run -A balcao.js backup FILE");
  const without = await desk.runs(["doctor"], { BOT_TOKEN: "" });
  assertEquals(without.code, 1);
  assertStringIncludes(without.complaints, "BOT_TOKEN is missing");
});

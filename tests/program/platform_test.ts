/** The real program with the variables that Deno Deploy sets, beside a database like its own. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../../src/config.ts";
import { KV_TOKEN, KvConnectServer } from "../support/kv_connect.ts";
import { Folder } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

/** https://docs.deno.com/deploy/reference/env_vars_and_contexts/#predefined-environment-variables */
const BUILD = {
  DENO_DEPLOY: "true",
  DENO_DEPLOY_ORG_ID: "3c1a4c3e-8a4b-4f5e-9d53-6b7b8f0c2a11",
  DENO_DEPLOY_ORG_SLUG: "acme",
  DENO_DEPLOY_APP_ID: "9b0c5a0e-1f57-4f0a-8d61-1d2f6f4c7e22",
  DENO_DEPLOY_APP_SLUG: "desk",
  DENO_DEPLOY_BUILD_ID: "b7f3k2",
};
const PRODUCTION = {
  ...BUILD,
  DENO_DEPLOYMENT_ID: "b7f3k2",
  DENO_TIMELINE: "production",
  DENO_KV_REQUIRES_DISTRIBUTED_DATABASE: "error",
};
const TIMELINES = ["preview/b7f3k2", "git-branch/main", "git-branch/production", ""];

/** A Telegram whose webhooks reach the program, wherever they are said to be; and a database. */
class Platform implements AsyncDisposable {
  readonly telegram = new SimulatedTelegram({
    webhookFetch: (request) => {
      const { pathname } = new URL(request.url);
      return fetch(`http://127.0.0.1:${this.program?.port}${pathname}`, request);
    },
  });
  readonly bot = this.telegram.createBot({ name: "Padaria", supportsInline: true });
  readonly boss = this.telegram.createUser({ firstName: "Beto" });
  readonly channel = this.telegram.createChannel({ title: "Desk", creator: this.boss });
  readonly group = this.telegram.createSupergroup({ title: "Desk log", creator: this.boss });
  readonly kv = new KvConnectServer();
  readonly #server = this.telegram.serve();
  program: Program | undefined;

  constructor() {
    this.telegram.link(this.channel, this.group);
    this.telegram.promote(this.channel, this.bot);
    this.telegram.promote(this.group, this.bot);
  }

  /** What the operator sets, in the Production context. */
  get ours(): Record<string, string> {
    return {
      BOT_TOKEN: this.bot.token,
      CHANNEL_ID: String(this.channel.id),
      TELEGRAM_API_ROOT: this.#server.apiRoot,
    };
  }

  /** What the platform sets once a database is attached. */
  get attached(): Record<string, string> {
    return { DENO_KV_DEFAULT_PATH: this.kv.url, DENO_KV_ACCESS_TOKEN: KV_TOKEN };
  }

  /** The addresses that were registered, in order. */
  get registered(): unknown[] {
    return this.telegram.calls.filter(({ method }) => method === "setWebhook")
      .map(({ payload }) => payload.url);
  }

  async start(env: Record<string, string>, options: string[] = []): Promise<Program> {
    return this.program = await Program.start(env, undefined, options);
  }

  /** Runs the command that `deno.json` has for the time before a deployment. */
  async predeploys(env: Record<string, string>): Promise<{ code: number; said: string }> {
    const { deploy } = JSON.parse(
      await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
    );
    const [program, ...args] = deploy.predeploy.split(" ");
    assertEquals(program, "deno");
    const main = new URL("../../main.ts", import.meta.url).pathname;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: args.map((each: string) => each === "main.ts" ? main : each),
      // Somebody's `.env` may be in the repository's own folder.
      cwd: new URL(".", import.meta.url),
      env: { NO_COLOR: "1", BOT_TOKEN: "", CHANNEL_ID: "", PUBLIC_URL: "", ...env },
    }).output();
    return { code, said: new TextDecoder().decode(stdout) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program?.[Symbol.asyncDispose]();
    await this.#server.close();
    await this.telegram.close();
    await this.kv[Symbol.asyncDispose]();
  }
}

Deno.test("the build's warm-up boots without token and database, and says so", async () => {
  await using platform = new Platform();
  const program = await platform.start({ ...BUILD, DENO_TIMELINE: "preview/b7f3k2" });
  const page = await program.get("/");
  assertEquals(page.status, 200);
  assertStringIncludes(page.text, "<h1>This is a preview</h1>");
  assertEquals((await program.get("/health")).status, 503);
  assertEquals((await program.stop("SIGINT")).code, 0);
});

for (const timeline of TIMELINES) {
  Deno.test(`on the timeline "${timeline}" nothing is sent and nothing received`, async () => {
    await using platform = new Platform();
    const { ours, attached, telegram, bot } = platform;
    const env = { ...PRODUCTION, ...attached, ...ours, DENO_TIMELINE: timeline };
    const program = await platform.start(env);
    const maria = telegram.createUser({ firstName: "Maria" });
    maria.sends(maria.chatWith(bot), "oi");
    const { config } = readEnvironment((name) => ours[name]);
    const delivered = await fetch(`http://127.0.0.1:${program.port}/telegram`, {
      method: "POST",
      headers: { "X-Telegram-Bot-Api-Secret-Token": config!.webhookSecret },
      body: JSON.stringify(telegram.updates.at(-1)!.update),
    });
    assertEquals(delivered.status, 404);
    await delivered.body?.cancel();
    for (const path of ["/", `/?code=${config!.claimCode}`]) {
      const { text } = await program.get(path);
      assertStringIncludes(text, "<h1>This is a preview</h1>");
      assert(!text.includes(bot.token) && !text.includes("Checklist"));
    }
    const { code, said } = await platform.predeploys(env);
    assertEquals(code, 0);
    assertStringIncludes(said, "No webhook is registered. This is a preview or a branch");
    await program.stop("SIGINT");
    assertEquals(telegram.calls, []);
  });
}

Deno.test("production registers its own address, serves the desk, and keeps it all in the attached database", async () => {
  await using platform = new Platform();
  const { ours, attached, telegram, bot, group } = platform;
  const env = { ...PRODUCTION, ...attached, ...ours };
  const maria = telegram.createUser({ firstName: "Maria" });
  const comments = () =>
    group.messages.filter(({ from, reply_markup }) => from?.id === bot.id && !reply_markup)
      .map(({ text }) => text);
  for (const [text, count] of [["um", 1], ["dois", 2]] as const) {
    const program = await platform.start(env);
    maria.sends(maria.chatWith(bot), text);
    await until("the message arrives", () => comments().length === count);
    const health = JSON.parse((await program.get("/health")).text);
    assertEquals([health.ok, health.mode, health.kv], [true, "webhook", true]);
    const { code, tookMs } = await program.stop("SIGINT");
    assertEquals(code, 0);
    assert(tookMs < 5000, `stopping took ${tookMs} ms`);
  }
  assertEquals(comments(), ["um", "dois"]);
  assertEquals(platform.registered, ["https://desk.acme.deno.net/telegram"]);
});

Deno.test("an app that was renamed, or given an address of its own, is registered anew", async () => {
  await using platform = new Platform();
  const env: Record<string, string> = { ...PRODUCTION, ...platform.attached, ...platform.ours };
  const addresses = [
    [{}, "https://desk.acme.deno.net"],
    [{}, "https://desk.acme.deno.net"],
    [{ DENO_DEPLOY_APP_SLUG: "help" }, "https://help.acme.deno.net"],
    [{ PUBLIC_URL: "https://desk.example.com" }, "https://desk.example.com"],
    [{ PUBLIC_URL: "https://desk.example.com", WEBHOOK_SECRET: "new" }, "https://desk.example.com"],
  ] as const;
  for (const [change, address] of addresses) {
    const program = await platform.start({ ...env, ...change });
    await program.works();
    const { url } = platform.bot.webhook.info();
    assertEquals(url, `${address}/telegram`);
    await program.stop("SIGINT");
  }
  assertEquals(platform.registered.length, 4, "what is registered already is registered again");
});

Deno.test("Telegram, which wakes a sleeping app, is answered by the bot and not by its page", async () => {
  await using platform = new Platform();
  const { ours, attached, telegram, bot, kv } = platform;
  const env = { ...PRODUCTION, ...attached, ...ours };
  const first = await platform.start(env);
  await first.works();
  await first.stop("SIGINT");
  kv.openingMs = 300;
  const woken = await platform.start(env);
  const maria = telegram.createUser({ firstName: "Maria" });
  maria.sends(maria.chatWith(bot), "oi");
  await until("it is delivered", () => bot.webhook.info().pending_update_count === 0);
  assertEquals(bot.webhook.info().last_error_message, undefined);
  await woken.stop("SIGINT");
});

for (const mode of ["error", "warn"]) {
  Deno.test(`production without a database says what to do, and does nothing (${mode})`, async () => {
    await using platform = new Platform();
    const program = await platform.start({
      ...PRODUCTION,
      ...platform.ours,
      DENO_KV_REQUIRES_DISTRIBUTED_DATABASE: mode,
    });
    await program.says("database not opened");
    const { text } = await program.get("/");
    assertStringIncludes(text, "<h1>Let’s set up your desk</h1>");
    assertStringIncludes(text, "provision a Deno KV database under Databases");
    const { ok, kv, mode: told } = JSON.parse((await program.get("/health")).text);
    assertEquals([ok, kv, told], [false, false, "setup"]);
    assertEquals((await program.stop("SIGINT")).code, 0);
    assertEquals(platform.telegram.calls, []);
  });
}

Deno.test("where the runtime has no KV at all, that is said too", async () => {
  await using folder = await Folder.make();
  await using platform = new Platform();
  const manifest = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  const imports = { ...manifest.imports, "@std/assert": undefined };
  await Deno.writeTextFile(`${folder.path}/deno.json`, JSON.stringify({ imports }));
  const program = await platform.start({
    ...PRODUCTION,
    ...platform.ours,
    DENO_KV_REQUIRES_DISTRIBUTED_DATABASE: "",
  }, ["--config", `${folder.path}/deno.json`, "--no-lock"]);
  await program.says("database not opened");
  assertStringIncludes((await program.get("/")).text, "There is no database");
  assertEquals((await program.stop("SIGINT")).code, 0);
});

Deno.test("before a deployment the webhook is registered, and nothing else is done", async () => {
  await using platform = new Platform();
  const { ours, telegram } = platform;
  const env = { ...PRODUCTION, ...ours };
  telegram.faults.next("setWebhook", { kind: "502" });
  const { code, said } = await platform.predeploys(env);
  assertEquals(code, 0, said);
  assertEquals(
    said,
    "The webhook is registered: Telegram delivers to https://desk.acme.deno.net/telegram.\n",
  );
  assertEquals(telegram.calls.map(({ method }) => method), ["setWebhook", "setWebhook"]);
  const { config } = readEnvironment((name) => env[name as keyof typeof env]);
  const { payload } = telegram.calls[1]!;
  assertEquals(payload.secret_token, config!.webhookSecret);
});

Deno.test("a first deployment goes on without token or address, and one that is wrong does not", async () => {
  await using platform = new Platform();
  const { ours, bot } = platform;
  const cases: [env: Record<string, string>, code: number, says: string][] = [
    [PRODUCTION, 0, "BOT_TOKEN is missing"],
    [ours, 0, "without PUBLIC_URL the bot asks Telegram for updates"],
    [{ ...PRODUCTION, ...ours, BOT_TOKEN: "nonsense" }, 1, "BOT_TOKEN is not a bot's token"],
    [{ ...PRODUCTION, ...ours, BOT_TOKEN: `${bot.id}:${"x".repeat(35)}` }, 1, "Unauthorized"],
  ];
  for (const [env, code, says] of cases) {
    const ended = await platform.predeploys(env);
    assertEquals(ended.code, code, ended.said);
    assertStringIncludes(ended.said, says);
    assert(!ended.said.includes(bot.token));
  }
  assertEquals(bot.webhook.info().url, "");
});

/** A program without a token is given one on its page, and is a bot from then on. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Folder, runTask } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { addressOf, ask, pastes } from "../support/setup_page.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

/** Somebody with a bot of theirs, and a folder in which they start the program. */
class Newcomer implements AsyncDisposable {
  readonly telegram = new SimulatedTelegram();
  readonly bot = this.telegram.createBot({ name: "Padaria", username: "padaria_bot" });
  readonly boss = this.telegram.createUser({ firstName: "Beto", languageCode: "en" });
  readonly #server = this.telegram.serve();

  private constructor(private readonly folder: Folder) {}

  static async arrive(): Promise<Newcomer> {
    return new Newcomer(await Folder.make());
  }

  get cwd(): string {
    return this.folder.path;
  }

  get envPath(): string {
    return `${this.cwd}/.env`;
  }

  async starts(env: Record<string, string> = {}): Promise<Program> {
    const given = { TELEGRAM_API_ROOT: this.#server.apiRoot, ...env };
    const program = await Program.start(given, undefined, [], this.cwd);
    if (!env.DENO_DEPLOY) await program.says("page with all details");
    return program;
  }

  /** The parts of the token that nobody but Telegram and `.env` may be told. */
  get secret(): string {
    return this.bot.token.split(":")[1]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.telegram.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

Deno.test("a token that is pasted on the page starts the bot at once, and every time from then on", async () => {
  await using newcomer = await Newcomer.arrive();
  const { telegram, bot, boss, envPath, secret } = newcomer;
  await Deno.writeTextFile(envPath, "# Our desk.\nLOCALE=es # of the team\nBOT_TOKEN=\n");
  await Deno.chmod(envPath, 0o644);
  let page = "";
  {
    await using program = await newcomer.starts();
    const before = addressOf(program);
    const { status, location } = await pastes(program, bot.token);
    assertEquals(status, 303);
    assertMatch(location!, /^\/\?code=[0-9a-f]{16}$/);
    // The address that the program prints from then on.
    assert(addressOf(program) !== before);
    assertStringIncludes(addressOf(program), location!);
    page = (await ask(addressOf(program))).text;
    const link = /href="(https:\/\/t\.me\/padaria_bot\?start=claim_\w+)"/.exec(page);
    assert(link, page);
    assert(!page.includes("<form"));
    boss.opens(link[1]!);
    await until(
      "the owner is told",
      () => boss.chatWith(bot).messages.some(({ text }) => text?.includes("Channel")),
    );
    // The old address opens nothing any more, and the form is gone with it.
    assertEquals((await ask(before)).status, 403);
    const origin = new URL(before).origin;
    const late = await ask(`${origin}/token`, {
      form: { token: "1:a" },
      headers: { Origin: origin },
    });
    assertEquals(late.status, 403);
    assertEquals((await program.stop("SIGTERM")).code, 0);
    for (const text of [program.output, page]) assert(!text.includes(secret));
  }
  assertEquals(
    await Deno.readTextFile(envPath),
    `# Our desk.\nLOCALE=es # of the team\nBOT_TOKEN=${bot.token}\n`,
  );
  assertEquals((await Deno.stat(envPath)).mode! & 0o777, 0o600);
  const names = (await Array.fromAsync(Deno.readDir(newcomer.cwd), ({ name }) => name)).toSorted();
  assertEquals(names, [".env", "data"]);

  await using again = await newcomer.starts();
  await again.says("page with all details");
  assertStringIncludes((await ask(addressOf(again))).text, "has not added the bot to a channel");
  await again.stop("SIGTERM");
  const saved = `${newcomer.cwd}/saved.jsonl`;
  const { code, complaints } = await runTask("backup", [saved], {}, newcomer.cwd);
  assertEquals(code, 0, complaints);
  assert(!(await Deno.readTextFile(saved)).includes(secret));
  assert(telegram.calls.some(({ method }) => method === "getMe"));
});

Deno.test("a .env that is missing is no warning, and is made", async () => {
  await using newcomer = await Newcomer.arrive();
  await using program = await newcomer.starts();
  assert(!program.output.includes('"warn"') && !/[Ww]arning/.test(program.output), program.output);
  await pastes(program, newcomer.bot.token);
  assertEquals(await Deno.readTextFile(newcomer.envPath), `BOT_TOKEN=${newcomer.bot.token}\n`);
  assertEquals((await Deno.stat(newcomer.envPath)).mode! & 0o777, 0o600);
});

Deno.test("a token that Telegram does not know is said in one line; the right one is taken after it", async () => {
  await using newcomer = await Newcomer.arrive();
  const { bot } = newcomer;
  await using program = await newcomer.starts();
  const wrong = `${bot.id}:${"x".repeat(35)}`;
  const cases = [[wrong, "Telegram knows no such token"], ["nonsense", "was not a bot’s token"]];
  for (const [token, words] of cases) {
    const { status, text } = await pastes(program, token!);
    assertEquals(status, 422);
    assertStringIncludes(text, words!);
    assert(!text.includes(token!) && !program.output.includes(token!));
  }
  assertEquals(await Array.fromAsync(Deno.readDir(newcomer.cwd)), []);
  assertEquals((await pastes(program, bot.token)).status, 303);
});

Deno.test("a Telegram that does not answer, or not so that it can be read, is said, and nothing is kept", async () => {
  await using newcomer = await Newcomer.arrive();
  const { bot, telegram } = newcomer;
  {
    await using program = await newcomer.starts({ TELEGRAM_API_ROOT: "http://127.0.0.1:1" });
    const { status, text } = await pastes(program, bot.token);
    assertEquals(status, 422);
    assertStringIncludes(text, "Telegram did not answer");
    assert(!program.output.includes(newcomer.secret));
  }
  await using program = await newcomer.starts();
  for (const kind of ["502", "429"] as const) {
    telegram.faults.next("getMe", kind === "429" ? { kind, retryAfterS: 5 } : { kind });
    assertStringIncludes((await pastes(program, bot.token)).text, "Telegram did not answer");
  }
  assertEquals(await Array.fromAsync(Deno.readDir(newcomer.cwd)), []);
  assertEquals((await pastes(program, bot.token)).status, 303);
});

Deno.test("a foreign page, a forwarded request and a name that leads here from elsewhere get nothing", async () => {
  await using newcomer = await Newcomer.arrive();
  await using program = await newcomer.starts();
  const calls = newcomer.telegram.calls.length;
  const { port } = program;
  const strangers: Record<string, string>[] = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: `http://localhost:${port + 1}` },
    { "X-Forwarded-For": "198.51.100.7" },
    { Forwarded: "for=198.51.100.7" },
    { Via: "1.1 proxy" },
    { Host: `rebinding.example:${port}`, Origin: `http://rebinding.example:${port}` },
  ];
  for (const headers of strangers) {
    const { status, text } = await pastes(program, newcomer.bot.token, headers);
    assertEquals([status, text], [403, "Forbidden\n"], JSON.stringify(headers));
    const shown = await ask(addressOf(program), { headers });
    assert(!shown.text.includes("<form"), JSON.stringify(headers));
  }
  assertEquals(newcomer.telegram.calls.length, calls);
  assertEquals(await Array.fromAsync(Deno.readDir(newcomer.cwd)), []);
});

const ELSEWHERE: [where: string, env: Record<string, string>, says: string][] = [
  [
    "at a public address",
    { PUBLIC_URL: "https://desk.example" },
    "write its token into .env in the program's folder, as BOT_TOKEN=…, and restart the program " +
    "(systemctl restart balcao).",
  ],
  [
    "in a container",
    { container: "docker" },
    "write its token into the .env beside compose.yaml, as BOT_TOKEN=…, and run docker compose up " +
    "--detach.",
  ],
  [
    "on Deno Deploy",
    { DENO_DEPLOY: "true", DENO_TIMELINE: "production" },
    "and set its token among this app's environment variables, for the Production context only.",
  ],
  [
    "where more than the token is missing",
    { TIME_ZONE: "Brasilia" },
    "TIME_ZONE must be a name such as America/Sao_Paulo",
  ],
  [
    "where the environment has a token that is none",
    { BOT_TOKEN: "nonsense" },
    "BOT_TOKEN is not a bot's token",
  ],
];

for (const [where, env, says] of ELSEWHERE) {
  Deno.test(`${where} there is no field, and the page says what to do`, async () => {
    await using newcomer = await Newcomer.arrive();
    await using program = await newcomer.starts(env);
    const codes = /\?code=(\w+)/.exec(program.output);
    const origin = `http://127.0.0.1:${program.port}`;
    const { text } = await ask(`${origin}/${codes ? codes[0] : ""}`);
    assert(!text.includes("<form"), text);
    const words = text.replace(/<[^>]+>/g, "").replaceAll("&#39;", "'");
    assertStringIncludes(words, says);
    const form = { token: newcomer.bot.token, once: "0".repeat(16) };
    const given = await ask(`${origin}/token`, { form, headers: { Origin: origin } });
    assertEquals([given.status, given.text], [403, "Forbidden\n"]);
    assertEquals(await Array.fromAsync(Deno.readDir(newcomer.cwd)), []);
  });
}

Deno.test("where the program may not write there is no field, and the page says who may", async () => {
  // A folder in which nobody can make files, whatever their rights are.
  await using program = await Program.start({}, undefined, [], "/proc");
  await program.says("page with all details");
  const { text } = await ask(addressOf(program));
  assert(!text.includes("<form"), text);
  assertStringIncludes(text, "and restart the program (systemctl restart balcao)");
});

Deno.test("the log, the page, /health and the doctor say of a missing token the same, in the same words", async () => {
  await using newcomer = await Newcomer.arrive();
  await using program = await newcomer.starts();
  const { problem } = JSON.parse(await program.says("setup is incomplete"));
  assertStringIncludes(problem, "BOT_TOKEN is missing: ask @BotFather for a bot, and paste");
  const words = (await program.get("/")).text.replace(/<[^>]+>/g, "").replaceAll("&#39;", "'");
  assertStringIncludes(words, problem);
  assertEquals(JSON.parse((await program.get("/health")).text).problems, [problem]);
  const { complaints } = await runTask("doctor", [], {}, newcomer.cwd);
  assertEquals(complaints, `${problem}\n`);
});

Deno.test("a .env that cannot be written is said; the token stays where it was", async () => {
  await using newcomer = await Newcomer.arrive();
  await Deno.mkdir(newcomer.envPath);
  await using program = await newcomer.starts();
  await program.says(".env not read");
  const { status, text } = await pastes(program, newcomer.bot.token);
  assertEquals(status, 422);
  assertStringIncludes(text, "it cannot be written to <code>.env</code>");
  await program.says("token not kept");
  assert(!program.output.includes(newcomer.secret));
  assertEquals(JSON.parse((await program.get("/health")).text).mode, "setup");
});

Deno.test("a token of .env that is none is replaced", async () => {
  await using newcomer = await Newcomer.arrive();
  await Deno.writeTextFile(newcomer.envPath, "BOT_TOKEN=nonsense\nPACE=off\n");
  await using program = await newcomer.starts();
  assertEquals((await pastes(program, newcomer.bot.token)).status, 303);
  const { token } = newcomer.bot;
  assertEquals(await Deno.readTextFile(newcomer.envPath), `BOT_TOKEN=${token}\nPACE=off\n`);
});

Deno.test("a token whose database cannot be opened is kept, and its page says what is wrong", async () => {
  await using newcomer = await Newcomer.arrive();
  await using program = await newcomer.starts({ KV_PATH: "https://127.0.0.1:1/nothing-here" });
  const { location } = await pastes(program, newcomer.bot.token);
  const { status } = await ask(`http://127.0.0.1:${program.port}${location}`);
  assertEquals(status, 200);
  assertStringIncludes(await Deno.readTextFile(newcomer.envPath), newcomer.bot.token);
});

Deno.test("what the environment says counts more than .env", async () => {
  await using newcomer = await Newcomer.arrive();
  await Deno.writeTextFile(newcomer.envPath, "BOT_TOKEN=nonsense\nLOCALE=es\n");
  await using program = await newcomer.starts({ BOT_TOKEN: newcomer.bot.token, LOCALE: "pt-BR" });
  await program.says("claim_");
  const page = await fetch(`http://127.0.0.1:${program.port}/`, {
    headers: { "Accept-Language": "ja" },
  });
  assertStringIncludes(await page.text(), '<html lang="pt-BR">');
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../../src/config.ts";
import { Folder, runTask, type TaskEnd } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

/** A company that has made a bot, and has a channel with a group to be its desk. */
class Company implements AsyncDisposable {
  readonly telegram: SimulatedTelegram;
  readonly bot;
  readonly boss;
  readonly channel;
  readonly group;
  readonly #server;

  private constructor(readonly folder: Folder, seed: number) {
    this.telegram = new SimulatedTelegram({ seed });
    this.bot = this.telegram.createBot({
      name: "Padaria",
      username: "padaria_bot",
      supportsInline: true,
    });
    this.boss = this.telegram.createUser({ firstName: "Beto" });
    this.channel = this.telegram.createChannel({ title: "Desk", creator: this.boss });
    this.group = this.telegram.createSupergroup({ title: "Desk log", creator: this.boss });
    this.telegram.link(this.channel, this.group);
    this.#server = this.telegram.serve();
  }

  static async found(seed = 1): Promise<Company> {
    return new Company(await Folder.make(), seed);
  }

  /** Gives the bot its place in channel and group. */
  admits(): void {
    this.telegram.promote(this.channel, this.bot);
    this.telegram.promote(this.group, this.bot);
  }

  get kvPath(): string {
    return `${this.folder.path}/desk.sqlite3`;
  }

  get env(): Record<string, string> {
    return {
      BOT_TOKEN: this.bot.token,
      TELEGRAM_API_ROOT: this.#server.apiRoot,
      KV_PATH: this.kvPath,
      HOST: "127.0.0.1",
    };
  }

  get claimLink(): string {
    const { config } = readEnvironment((name) => this.env[name]);
    return `https://t.me/padaria_bot?start=claim_${config!.claimCode}`;
  }

  /** Which methods have been called since there were so many calls. */
  methodsSince(calls: number): string[] {
    return [...new Set(this.telegram.calls.slice(calls).map(({ method }) => method))];
  }

  async asksDoctor(env: Record<string, string> = {}): Promise<TaskEnd> {
    // Nobody listens there.
    return await runTask("doctor", [], { ...this.env, PORT: "1", PUBLIC_URL: "", ...env });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.telegram.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

Deno.test("a bot that runs is asked itself, and looks again", async () => {
  await using company = await Company.found();
  company.admits();
  const { telegram, channel } = company;
  const CHANNEL_ID = String(channel.id);
  await using first = await Program.start({ ...company.env, CHANNEL_ID });
  await first.works();
  await until(
    "nothing waits",
    async () => JSON.parse((await first.get("/health")).text).waiting === 0,
  );
  const well = await company.asksDoctor({ CHANNEL_ID, PORT: String(first.port) });
  assertEquals(well.code, 0, well.said);
  assertStringIncludes(well.said, `The bot answers at http://127.0.0.1:${first.port}.`);
  assertStringIncludes(well.said, "✅ My rights in the group\n");
  assertStringIncludes(well.said, "✅ Updates arrive: by long polling\n");
  assertStringIncludes(well.said, "Messages waiting: 0. Given up: 0.\n\nNothing is missing.\n");
  const page = /details: \S*(\/\?code=\S+)/.exec(well.said)![1]!;
  assertStringIncludes((await first.get(page)).text, "Checklist");
  await first.stop("SIGTERM");

  await using second = await Program.start({ ...company.env, CHANNEL_ID });
  await second.works();
  // Telegram tells nobody.
  telegram.unlink(channel);
  const ill = await company.asksDoctor({ CHANNEL_ID, PORT: String(second.port) });
  assertEquals(ill.code, 1);
  assertStringIncludes(
    ill.said,
    "❌ Discussion group: The channel has no discussion group: link one in the channel's settings.",
  );
  assertStringIncludes(ill.said, "Missing: 1.");
});

Deno.test("the doctor names what makes a desk look open while it is not", async () => {
  await using company = await Company.found();
  company.admits();
  const { group, bot, channel } = company;
  group.joinToSendMessages = true;
  group.slowModeS = 60;
  bot.configure({ hasTopics: true });
  const { code, said } = await company.asksDoctor({ CHANNEL_ID: String(channel.id) });
  assertEquals(code, 1);
  assertStringIncludes(said, "❌ The team comments without joining the group: The team cannot");
  assertStringIncludes(said, "⚠️ Nobody has to wait between comments: Everybody of the team has");
  assertStringIncludes(
    said,
    "❌ Customers' chats have no topics: Customers' chats with the bot fall",
  );
  assertStringIncludes(said, "Missing: 2.");
});

Deno.test("before the first start the doctor says how to begin, and leaves nothing behind", async () => {
  await using company = await Company.found();
  const { code, said } = await company.asksDoctor();
  assertEquals(code, 1);
  assertStringIncludes(said, "The bot does not answer at http://127.0.0.1:1.");
  assertStringIncludes(said, "❌ Channel: Nobody has claimed the desk yet");
  assertStringIncludes(said, `▫️ Database: there is none at ${company.kvPath} yet.`);
  assertStringIncludes(said, `Who opens this link owns the desk: ${company.claimLink}\n`);
  assertEquals([...Deno.readDirSync(company.folder.path)], []);
});

Deno.test("of a bot that is stopped, the database and Telegram tell, and are not changed", async () => {
  await using company = await Company.found();
  const { telegram, boss, bot, channel, group } = company;
  {
    await using program = await Program.start(company.env);
    boss.opens(JSON.parse(await program.says("claim the desk")).url);
    const told = () => boss.chatWith(bot).messages.some(({ reply_markup }) => reply_markup);
    await until("the owner is shown the list", told);
    const rights = "post_messages+edit_messages+delete_messages";
    boss.opens(`https://t.me/padaria_bot?startchannel&admin=${rights}`, { chat: channel });
    await until(
      "the channel is known",
      async () => (await program.get("/")).text.includes("Telegram does not show the channel"),
    );
    await program.stop("SIGTERM");
  }
  const before = await Deno.readFile(company.kvPath);
  const calls = telegram.calls.length;
  const half = await company.asksDoctor();
  assertEquals(half.code, 1);
  assertStringIncludes(half.said, "❌ Discussion group: Telegram does not show");
  assert(!half.said.includes("claim_"));
  telegram.promote(group, bot);
  telegram.promote(channel, bot);
  const whole = await company.asksDoctor();
  assertEquals(whole.code, 0, whole.said);
  assertStringIncludes(whole.said, "▫️ Updates arrive\n");
  const changing = company.methodsSince(calls).filter((each) => !/^get(?!Updates)/.test(each));
  assertEquals(changing, []);
  assertEquals(await Deno.readFile(company.kvPath), before);
  const names = [...Deno.readDirSync(company.folder.path)].map(({ name }) => name);
  assertEquals(names.filter((name) => !name.startsWith("desk.sqlite3")), []);
});

Deno.test("beside a bot that runs where it cannot be asked, the doctor is in nobody's way", async () => {
  await using company = await Company.found();
  company.admits();
  const { telegram, bot, channel, group } = company;
  const env = { ...company.env, CHANNEL_ID: String(channel.id), PACE: "off" };
  await using program = await Program.start(env);
  await program.works();
  const maria = telegram.createUser({ firstName: "Maria" });
  let said = 0;
  const busy = setInterval(() => maria.sends(maria.chatWith(bot), `mensagem ${said++}`), 10);
  try {
    const { code, said } = await company.asksDoctor({ CHANNEL_ID: String(channel.id) });
    assertEquals(code, 0, said);
    assertStringIncludes(said, "Messages waiting:");
  } finally {
    clearInterval(busy);
  }
  const arrived = () => group.messages.filter(({ text }) => text?.startsWith("mensagem")).length;
  await until("everything arrives", () => arrived() === said);
  assertEquals(program.output.split("\n").filter((line) => /"(warn|error)"/.test(line)), []);
});

Deno.test("a webhook that is somebody else's is found", async () => {
  await using company = await Company.found();
  company.admits();
  const env = { CHANNEL_ID: String(company.channel.id), PUBLIC_URL: "http://127.0.0.1:1" };
  const { code, said } = await company.asksDoctor(env);
  assertEquals(code, 1);
  assertStringIncludes(said, "does not answer at http://127.0.0.1:1 nor at http://127.0.0.1:1.");
  assertStringIncludes(said, "❌ Updates arrive: Another webhook is registered for the bot");
});

Deno.test("what is no bot of this program is not shown the code, and another bot is named", async () => {
  await using company = await Company.found();
  await using other = await Company.found(2);
  company.admits();
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    asked.push(new URL(url).pathname + new URL(url).search);
    return Response.json({ status: "ok" });
  });
  await using program = await Program.start(other.env);
  const CHANNEL_ID = String(company.channel.id);
  assertEquals((await company.asksDoctor({ CHANNEL_ID, PORT: String(server.addr.port) })).code, 0);
  assertEquals(asked, ["/health"]);
  const PORT = String(program.port);
  const { code, said } = await company.asksDoctor({ CHANNEL_ID, PORT });
  assertEquals(code, 0, said);
  assertStringIncludes(
    said,
    `Another bot answers at http://127.0.0.1:${PORT}: choose another PORT`,
  );
  await server.shutdown();
});

Deno.test("a token or settings that are wrong are said", async () => {
  await using company = await Company.found();
  const wrong = await company.asksDoctor({ BOT_TOKEN: `${company.bot.id}:${"x".repeat(35)}` });
  assertEquals(wrong.code, 1);
  assertStringIncludes(wrong.said, "❌ Telegram does not say who the bot is (“Unauthorized”)");
  const unset = await company.asksDoctor({ BOT_TOKEN: "", TIME_ZONE: "Brasilia" });
  assertEquals(unset.code, 1);
  assertStringIncludes(unset.complaints, "BOT_TOKEN is missing");
  assertStringIncludes(unset.complaints, "TIME_ZONE must be a name");
});

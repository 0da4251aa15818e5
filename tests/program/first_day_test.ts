/**
 * Somebody who has this repository and its README, and does what the README says, in its order, with
 * the real program: a sentence that nobody has tried fails the test.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { InlineKeyboardButton } from "grammy/types";
import { VARIABLES } from "../../src/config.ts";
import { Folder } from "../support/operator.ts";
import { until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const README = await Deno.readTextFile(`${ROOT}/README.md`);

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

/** What stands under a heading, up to the next. */
function under(heading: string): string {
  const [, text] = README.split(`\n${heading}\n`);
  assert(text !== undefined, `the README has no ${heading}`);
  return text.split(/\n#{2,} /)[0]!;
}

/** The sentences of a part, of list items and paragraphs alike. */
function sentencesOf(text: string): string[] {
  return text.split(/\n(?=\n|\d+\. )/)
    .map((part) => part.trim().replace(/^\d+\. /, "").replace(/\s+/g, " "))
    .flatMap((part) => part.split(/(?<=[.;]) (?=[A-Z`])/))
    .filter((sentence) => sentence !== "");
}

/** The lines of a part's commands, without what is said of them. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!);
  return blocks.join("").split("\n").map((line) => line.replace(/\s+#.*/, "")).filter(Boolean);
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

/** A free port of those that nobody is given who asks for any: others listen at the same time. */
function freePort(): number {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return port;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return freePort();
  }
}

/** Somebody's own copy of the repository, and the terminal in it. */
class Terminal {
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

  /** Begins a command as the README writes it. */
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
class Running implements AsyncDisposable {
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

Deno.test("whoever does what the README says, and nothing else, has a desk that works", async () => {
  await using folder = await Folder.make();
  const telegram = new SimulatedTelegram();
  const server = telegram.serve();
  const port = freePort();
  const terminal = await Terminal.open(folder.path, {
    TELEGRAM_API_ROOT: server.apiRoot,
    HOST: "127.0.0.1",
    PORT: String(port),
  });
  // The README's words for what is pressed are English.
  const beto = telegram.createUser({ firstName: "Beto", languageCode: "en" });
  const eve = telegram.createUser({ firstName: "Eve", languageCode: "en" });
  const ana = telegram.createUser({ firstName: "Ana" });
  const bot = telegram.createBot({ name: "Padaria", username: "padaria_bot" });
  const channel = telegram.createChannel({ title: "Atendimento", creator: beto });
  const group = telegram.createSupergroup({ title: "Atendimento (log)", creator: beto });
  const told = () => beto.chatWith(bot).messages.filter(({ from }) => from?.id === bot.id);
  /** The checklist, as it reads now. */
  const list = () => told().findLast(({ text }) => text?.includes("The desk is"))!;
  const opened = () => list().text!.startsWith("✅ The desk is open.");
  const button = (words: string): InlineKeyboardButton => {
    const buttons = list().reply_markup?.inline_keyboard.flat() ?? [];
    const found = buttons.find(({ text }) => text.includes(words));
    assert(found, `no button ${words}: ${buttons.map(({ text }) => text)}`);
    return found;
  };
  const opens = (words: string, chat: typeof channel) => {
    const pressed = button(words);
    assert("url" in pressed);
    beto.opens(pressed.url, { chat });
  };
  const presses = (words: string, message = list()) => {
    const pressed = message.reply_markup!.inline_keyboard.flat().find(({ text }) =>
      text.includes(words)
    )!;
    assert("callback_data" in pressed);
    return beto.presses(message as never, pressed.callback_data);
  };
  const maria = telegram.createUser({ firstName: "Maria" });
  const mariasChat = () => maria.chatWith(bot);
  const cardOfMaria = () => channel.messages.find(({ text }) => text?.includes("Maria"))!;
  const said = (text: string, chat: typeof channel) =>
    chat.messages.some((message) => message.text === text && message.from?.id === bot.id);
  let running: Running | undefined;
  let link = "";

  /** What to do at each sentence. */
  const deeds: Record<string, () => unknown> = {
    "Ask [@BotFather](https://t.me/BotFather) for a bot (`/newbot`) and keep its token.": () =>
      assert(bot.token),
    "Send him `/setinline` as well, for canned replies.": () =>
      bot.configure({ supportsInline: true }),
    "Copy `.env.example` to `.env`, fill in `BOT_TOKEN`, and run `npx --yes deno@2.9.6 task dev`.":
      async () => {
        const example = await Deno.readTextFile(`${folder.path}/.env.example`);
        const filled = example.replace("\nBOT_TOKEN=\n", `\nBOT_TOKEN=${bot.token}\n`);
        assert(filled !== example, "there is no line to fill in");
        await Deno.writeTextFile(`${folder.path}/.env`, filled);
        running = new Running(terminal.begins("npx --yes deno@2.9.6 task dev"));
      },
    "The log shows a link `https://t.me/<your bot>?start=claim_…`; so does <http://localhost:8000/>.":
      async () => {
        const pattern = /https:\/\/t\.me\/padaria_bot\?start=claim_\w+/;
        await until("the log shows the link", () => pattern.test(running!.output));
        link = pattern.exec(running!.output)![0];
        const page = await fetch(`http://127.0.0.1:${port}/`);
        assertStringIncludes(await page.text(), `href="${link}"`);
      },
    "Open it and press _Start_: you are the owner now.": async () => {
      beto.opens(link);
      await until("the owner is told", () => list() !== undefined);
      assertStringIncludes(told()[0]!.text!, "You are the owner of this desk now.");
    },
    "Create a **private channel** for the team, and in its settings, under _Discussion_, a group.":
      () => telegram.link(channel, group),
    "Press the bot's buttons _Add me to your channel_ and _Add me to its group_: they give it just the rights it needs.":
      async () => {
        opens("Add me to your channel", channel);
        await until("the channel is good", () => list().text!.includes("✅ Channel"));
        assert(!opened(), "it is said to be open too early");
        assertMatch(list().text!, /❌ Discussion group|❌ My rights in the group/);
        opens("Add me to its group", group);
      },
    "The list below the buttons follows what you do, and says of each item that is not green yet what to do.":
      async () => {
        await until("the list is green", opened);
        assert(!/❌|⚠️/u.test(list().text!), list().text);
      },
    "When it is, press _Send a test message_: it walks the whole way and clears itself away.":
      async () => {
        await presses("Send a test message");
        await until("the walk is over", () => list().text!.includes("✅ Test message: it took"));
        assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
      },
    "Add your agents to the channel as members.": async () => {
      telegram.addMember(channel, ana);
      maria.sends(mariasChat(), "bom dia");
      await until("the team reads it", () => said("bom dia", group));
      ana.comments(cardOfMaria(), "bom dia, Maria!");
      await until("Maria reads it", () => said("bom dia, Maria!", mariasChat()));
    },
    "Nobody has to join the group.": () => assertEquals(group.membership(ana).status, "left"),
    "`/setup`, in private with the bot, shows the list again at any time.": async () => {
      const { length } = told();
      beto.sends(beto.chatWith(bot), "/setup");
      await until("the list is shown", () => told().length > length);
      assertStringIncludes(told().at(-1)!.text!, "The desk is open.");
    },
    "The bot works for its own channel and group only: whoever adds it anywhere else sees it leave.":
      async () => {
        const foreign = telegram.createSupergroup({ title: "Spam", creator: eve });
        eve.adds(foreign, bot);
        await until("it leaves", () => foreign.membership(bot.user).status === "left");
      },
    "Only the owner can move the desk, by adding the bot to another channel and confirming.":
      async () => {
        const other = telegram.createChannel({ title: "Outro", creator: beto });
        beto.promotes(other, bot, { can_post_messages: true, can_edit_messages: true });
        await until("it asks", () => told().at(-1)!.text!.includes("Shall the desk move there?"));
        assertEquals((await (await fetch(`http://127.0.0.1:${port}/health`)).json()).ok, true);
      },
  };
  try {
    const [byClaiming] = under("## Set up your desk").split("\n\nInstead of claiming");
    for (const sentence of sentencesOf(byClaiming!)) {
      const deed = deeds[sentence];
      assert(deed, `nobody has tried: ${sentence}`);
      await deed();
    }

    const [doctor, ...noOther] = commandsOf(under("### The doctor"));
    const [backup, restore, ...none] = commandsOf(under("### Backups and upgrades"));
    assertEquals([noOther, none], [[], []], "nobody has tried these");
    const examined = await terminal.runs(doctor!);
    assertStringIncludes(examined.said, "Nothing is missing.");
    assertEquals(examined.code, 0);
    const saved = await terminal.runs(backup!);
    assertEquals(saved.code, 0, saved.said);
    // "Stop the bot, and move the old one away."
    await running![Symbol.asyncDispose]();
    running = undefined;
    await Deno.rename(`${folder.path}/data`, `${folder.path}/old`);
    const restored = await terminal.runs(restore!);
    assertEquals(restored.code, 0, restored.said);

    const [imports] = /npx [^`]* task import [^`]*/.exec(
      under("### Moving in from the older bot"),
    )!;
    const user = { user_id: 4242, name: "Zeca", priority: 3 };
    await Deno.writeTextFile(`${folder.path}/users.json`, `${JSON.stringify(user)}\n`);
    await Deno.writeTextFile(`${folder.path}/answers.json`, '{"message":"Abrimos às 8h."}\n');
    for (const command of [imports, imports.replace(" --dry-run", "")]) {
      const { code, said } = await terminal.runs(command);
      assertEquals(code, 0, said);
      assertMatch(said, /customers moved in: 1 [^]*canned replies moved in: 1;/);
    }
    running = new Running(terminal.begins("npx --yes deno@2.9.6 task dev"));
    await until("it answers again", () => running!.output.includes("listening"));
    ana.comments(cardOfMaria(), "até amanhã");
    await until("Maria reads it", () => said("até amanhã", mariasChat()));
    assertEquals((await terminal.runs(doctor!)).code, 0);
  } catch (error) {
    throw new Error(running?.output, { cause: error });
  } finally {
    await running?.[Symbol.asyncDispose]();
    await server.close();
    await telegram.close();
  }
});

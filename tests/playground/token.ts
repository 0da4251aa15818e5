/** The field for a token on the playground's page: the same bot, for real. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { SimulatedBot } from "../../playground/telegram/bot.ts";
import {
  type SimulatedMessage,
  SimulatedTelegram,
  type SimulatedUser,
} from "../../playground/telegram/telegram.ts";
import { Folder } from "../support/operator.ts";
import { launch, look, visitTest } from "../support/visit.ts";

const DEV = new URL("../../playground/dev.ts", import.meta.url).pathname;

/** `task dev` without a token, in an empty folder, as a process of its own. */
class Development implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  output = "";

  constructor(cwd: string, apiRoot: string) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", DEV],
      cwd,
      env: {
        BOT_TOKEN: "",
        TELEGRAM_API_ROOT: apiRoot,
        PORT: "0",
        HOST: "127.0.0.1",
        LOCALE: "en",
      },
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#reading = this.#read();
  }

  async #read(): Promise<void> {
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      this.output += text;
    }
  }

  /** The address that is printed, once it is. */
  async address(): Promise<string> {
    for (let tries = 0; tries < 600; tries++) {
      const address = /http:\/\/localhost:\d+\/\S*/.exec(this.output)?.[0];
      if (address) return address;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`It prints no address: ${this.output}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGINT");
    await this.#child.status;
    await this.#reading;
  }
}

/** The owner claims the bot by the link and sets a desk up by tapping; then a customer is answered. */
async function firstDay(
  telegram: SimulatedTelegram,
  bot: SimulatedBot,
  link: string,
): Promise<void> {
  const boss = telegram.createUser({ firstName: "Boss", languageCode: "en" });
  const chat = boss.chatWith(bot);
  const said = (words: string) => chat.messages.find(({ text }) => text?.includes(words));
  boss.opens(link);
  const offers = (words: string) => () => JSON.stringify(chat.keyboard ?? "").includes(words);
  await until("the bot asks for a channel", offers("Choose or create the channel"));
  const channel = telegram.createChannel({ title: "Padaria", creator: boss });
  boss.shares(bot, "Choose or create the channel", channel);
  await until("the bot tells what is next", () => said("The channel has no group yet"));
  const group = telegram.createSupergroup({ title: "Padaria log", creator: boss });
  telegram.link(channel, group);
  await presses(boss, said("Discussion group")!, "Look again");
  await until("the bot asks for the group", offers("Choose the group"));
  boss.shares(bot, "Choose the group", group);
  await until("all is well", () => said("The desk is open"));
  await presses(boss, said("The desk is open")!, "test message");
  await until("the test message arrives", () => said("Test message: it took"));

  const maria = telegram.createUser({ firstName: "Maria", languageCode: "en" });
  const ana = telegram.createUser({ firstName: "Ana", languageCode: "en" });
  telegram.addMember(channel, ana);
  maria.sends(maria.chatWith(bot), "are you open?");
  const asked = () => group.messages.find(({ text }) => text === "are you open?");
  await until("the team can read it", asked);
  const card = channel.messages.find(({ text }) => text?.includes("Maria"))!;
  ana.comments(card, "we are");
  const answers = () => maria.chatWith(bot).messages.filter(({ text }) => text === "we are");
  await until("Maria is answered", () => answers().length === 1);
}

/** Presses the button under a message that has these words. */
async function presses(who: SimulatedUser, message: SimulatedMessage, words: string) {
  const buttons = message.reply_markup!.inline_keyboard.flat();
  const button = buttons.find(({ text }) => text.includes(words))!;
  await who.presses(message, "callback_data" in button ? button.callback_data! : "");
}

async function until(what: string, isSo: () => unknown): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It never happens that ${what}`);
}

visitTest(
  "a token that is given is checked and kept, and the bot itself runs in the same place and serves",
  async () => {
    const telegram = new SimulatedTelegram();
    const bot = telegram.createBot({ name: "Padaria", username: "padaria_bot" });
    const server = telegram.serve();
    await using folder = await Folder.make();
    const browser = await launch();
    try {
      await using development = new Development(folder.path, server.apiRoot);
      const address = await development.address();
      assertMatch(address, /\?code=[0-9a-f]{16}$/);

      const stranger = await look(browser, address.split("?")[0]!);
      await stranger.getByRole("region", { name: "Customer" }).waitFor();
      assertEquals(await stranger.getByLabel("Token", { exact: true }).count(), 0);

      const page = await look(browser, address);
      const field = page.getByLabel("Token", { exact: true });
      await field.fill(`${bot.id}:AAwrong_wrong_wrong_wrong_wrong_wrong`);
      await page.getByRole("button", { name: "Run it for real" }).click();
      await page.getByRole("status").filter({ hasText: /token/i }).waitFor();
      await field.fill(bot.token);
      await page.getByRole("button", { name: "Run it for real" }).click();
      const { searchParams } = new URL(address);
      const isOther = (url: URL) => url.searchParams.get("code") !== searchParams.get("code");
      await page.waitForURL(isOther, { timeout: 30_000 });
      await page.getByText("Padaria").or(page.getByText("Balcão")).first().waitFor();
      const kept = await Deno.readTextFile(`${folder.path}/.env`);
      assertStringIncludes(kept, `BOT_TOKEN=${bot.token}`);
      assertEquals((await Deno.stat(`${folder.path}/.env`)).mode! & 0o777, 0o600);
      assertEquals(development.output.includes(bot.token), false);
      const health = async () => await (await fetch(`${new URL(address).origin}/health`)).json();
      assertEquals((await health()).mode, "polling");

      const link = page.getByRole("link", { name: "Open in Telegram" });
      await firstDay(telegram, bot, (await link.getAttribute("href"))!);
      assertEquals((await health()).desk, true);
      await page.reload();
      await page.getByText("The desk is open").first().waitFor();
    } finally {
      await browser.close();
      await server.close();
      await telegram.close();
    }
  },
);

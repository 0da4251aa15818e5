/** The field for a token on the playground's page: the same bot, for real. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
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

visitTest(
  "a token that is given is checked, kept, and the bot itself runs in the same place",
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
      const health = await (await fetch(`${new URL(address).origin}/health`)).json();
      assertEquals(health.mode, "polling");
    } finally {
      await browser.close();
      await server.close();
      await telegram.close();
    }
  },
);

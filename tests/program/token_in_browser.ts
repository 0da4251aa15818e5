/**
 * The field for the token in a real browser: what it sends by itself is what the door goes by. Run by
 * `token_browser_test.ts`, in a process that may do anything: the browser's library needs to.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { browserTest, openPage, REBINDING_NAME } from "../support/browser.ts";
import { Folder } from "../support/operator.ts";
import { Program } from "../support/program.ts";
import { addressOf } from "../support/setup_page.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

/** A program without a token, and a Telegram that knows one. */
class Scene implements AsyncDisposable {
  readonly telegram = new SimulatedTelegram();
  readonly bot = this.telegram.createBot({ name: "Padaria", username: "padaria_bot" });
  readonly #server = this.telegram.serve();
  #program: Program | undefined;

  private constructor(private readonly folder: Folder) {}

  static async open(): Promise<Scene> {
    const scene = new Scene(await Folder.make());
    const env = { TELEGRAM_API_ROOT: scene.#server.apiRoot };
    scene.#program = await Program.start(env, undefined, [], scene.folder.path);
    await scene.#program.says("page with all details");
    return scene;
  }

  get port(): number {
    return this.#program!.port;
  }

  /** The printed address, as it is printed. */
  get address(): string {
    return addressOf(this.#program!).replace("127.0.0.1", "localhost");
  }

  get log(): string {
    return this.#program!.output;
  }

  /** What is in `.env`; `undefined` while there is none. */
  async kept(): Promise<string | undefined> {
    const names = await Array.fromAsync(Deno.readDir(this.folder.path), ({ name }) => name);
    return names.includes(".env") ? await Deno.readTextFile(`${this.folder.path}/.env`) : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program?.[Symbol.asyncDispose]();
    await this.#server.close();
    await this.telegram.close();
    await this.folder[Symbol.asyncDispose]();
  }
}

/** A server of somebody else on this machine. */
function serve(answer: (request: Request) => Response | Promise<Response>): Deno.HttpServer {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
}

const portOf = (server: Deno.HttpServer) => (server.addr as Deno.NetAddr).port;

for (const width of [390, 1280]) {
  browserTest(
    `at ${width} px somebody pastes a wrong token, then the right one, and has the link`,
    async (browser) => {
      await using scene = await Scene.open();
      const { page, complaints } = await openPage(browser, width);
      const isWhole = () =>
        page.evaluate(
          "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
        );
      await page.goto(scene.address);
      const field = page.getByLabel("Token", { exact: true });
      assertEquals(await field.getAttribute("type"), "password");
      assertEquals(await isWhole(), true);
      const wrong = `${scene.bot.id}:${"x".repeat(35)}`;
      await field.fill(wrong);
      await page.getByRole("button", { name: "Start the bot" }).click();
      await page.getByText("Telegram knows no such token").waitFor();
      assertEquals(await field.inputValue(), "");
      assert(!(await page.content()).includes("x".repeat(35)));
      assertEquals([await isWhole(), await scene.kept()], [true, undefined]);

      await field.fill(scene.bot.token);
      await field.press("Enter");
      const link = page.getByRole("link", { name: "Open in Telegram" });
      await link.waitFor();
      assertMatch(
        (await link.getAttribute("href"))!,
        /^https:\/\/t\.me\/padaria_bot\?start=claim_/,
      );
      assertEquals(page.url(), scene.address);
      assertEquals(await isWhole(), true);
      assertEquals(await scene.kept(), `BOT_TOKEN=${scene.bot.token}\n`);
      // What the browser itself has to say: that the form was refused, and nothing of our policy.
      assertEquals(complaints.filter((each) => !/status of 422/.test(each)), []);
      assert(!scene.log.includes(scene.bot.token.split(":")[1]!));
    },
  );
}

browserTest(
  "a page of another site gets nothing, not even with a form that it has seen",
  async (browser) => {
    await using scene = await Scene.open();
    const own = await openPage(browser, 1280);
    await own.page.goto(scene.address);
    const once = await own.page.locator("input[name=once]").inputValue();
    const code = new URL(scene.address).searchParams.get("code")!;
    const target = `http://localhost:${scene.port}/token`;
    const form = `<form method="post" action="${target}"><input name="once" value="${once}">
    <input name="code" value="${code}"><input name="token" value="${scene.bot.token}">
    <button>Win a prize</button></form>`;
    const site = serve(() =>
      new Response(form, {
        headers: { "Content-Type": "text/html", "Referrer-Policy": "no-referrer" },
      })
    );
    try {
      for (const host of [REBINDING_NAME, "127.0.0.1", "localhost"]) {
        const { page } = await openPage(browser, 1280);
        await page.goto(`http://${host}:${portOf(site)}/`);
        await page.getByRole("button").click();
        await page.waitForURL(target);
        assertEquals((await page.locator("body").innerText()).trim(), "Forbidden");
        await page.goto(`http://${host}:${portOf(site)}/`);
        const read = await page.evaluate(
          `fetch(${JSON.stringify(scene.address)}).then((r) => r.text()).catch(() => "nothing")`,
        );
        assertEquals(read, "nothing");
      }
    } finally {
      await site.shutdown();
    }
    assertEquals(await scene.kept(), undefined);
  },
);

browserTest(
  "a name that leads here from elsewhere gets no field, and its page no token in",
  async (browser) => {
    await using scene = await Scene.open();
    const own = await openPage(browser, 1280);
    await own.page.goto(scene.address);
    const once = await own.page.locator("input[name=once]").inputValue();
    const { page } = await openPage(browser, 1280);
    // The worst case: it knows the code, and has got hold of a form.
    await page.goto(scene.address.replace("localhost", REBINDING_NAME));
    assertEquals(await page.locator("form").count(), 0);
    assertStringIncludes(await page.locator("body").innerText(), "BOT_TOKEN is missing");
    const given = await page.evaluate(`fetch("/token", {
    method: "POST",
    body: new URLSearchParams({ once: "${once}", token: "${scene.bot.token}" }),
  }).then((response) => response.status, () => 0)`);
    // Our own policy lets the page fetch nothing; a form gets as far as the door.
    assertEquals(given, 0);
    const site = serve(() =>
      new Response(
        `<form method="post" action="http://${REBINDING_NAME}:${scene.port}/token">
       <input name="once" value="${once}"><input name="token" value="${scene.bot.token}">
       <button>Go</button></form>`,
        { headers: { "Content-Type": "text/html" } },
      )
    );
    await page.goto(`http://${REBINDING_NAME}:${portOf(site)}/`);
    await page.getByRole("button").click();
    await page.waitForURL(/\/token$/);
    assertEquals((await page.locator("body").innerText()).trim(), "Forbidden");
    await site.shutdown();
    assertEquals(await scene.kept(), undefined);
  },
);

browserTest(
  "whoever comes through a proxy gets no field, whether it says so or not by its name",
  async (browser) => {
    await using scene = await Scene.open();
    const pass = (said: Record<string, string>) =>
      serve(async (request) => {
        const { pathname, search } = new URL(request.url);
        const headers = new Headers(request.headers);
        // As nginx does by itself: the machine behind it is asked for by its own name.
        headers.set("Host", `127.0.0.1:${scene.port}`);
        for (const [name, value] of Object.entries(said)) headers.set(name, value);
        const { method } = request;
        const body = method === "POST" ? await request.text() : null;
        const url = `http://127.0.0.1:${scene.port}${pathname}${search}`;
        return await fetch(url, { method, headers, body, redirect: "manual" });
      });
    const [telling, silent] = [pass({ "X-Forwarded-For": "198.51.100.7" }), pass({})];
    const { page } = await openPage(browser, 1280);
    const { search } = new URL(scene.address);
    try {
      await page.goto(`http://localhost:${portOf(telling)}/${search}`);
      assertEquals(await page.locator("form").count(), 0);
      // Behind one that says nothing everybody seems to be here: the code alone shows the field, and
      // the browser's own word where its page is from keeps the token out.
      await page.goto(`http://localhost:${portOf(silent)}/`);
      assertEquals(await page.locator("form").count(), 0);
      await page.goto(`http://localhost:${portOf(silent)}/${search}`);
      await page.locator("input[name=token]").fill(scene.bot.token);
      await page.getByRole("button").click();
      await page.waitForURL(/\/token$/);
      assertEquals((await page.locator("body").innerText()).trim(), "Forbidden");
    } finally {
      await Promise.all([telling.shutdown(), silent.shutdown()]);
    }
    assertEquals(await scene.kept(), undefined);
  },
);

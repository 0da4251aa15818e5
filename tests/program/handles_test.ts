/** The real program with few handles, and connections that take them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MOST_CONNECTIONS } from "../../src/web/front.ts";
import { freePort } from "../support/port.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

/** A desk whose bot, a process of its own, gets its updates by webhook. */
class WebhookDesk implements AsyncDisposable {
  readonly telegram = new SimulatedTelegram({
    webhookFetch: async (request) => {
      const { pathname } = new URL(request.url);
      // The program may have registered before this process has read where it listens.
      const { port } = this.program ?? await this.#started.promise;
      return await fetch(`http://127.0.0.1:${port}${pathname}`, request);
    },
  });
  readonly bot = this.telegram.createBot({ name: "Padaria" });
  readonly boss = this.telegram.createUser({ firstName: "Beto" });
  readonly channel = this.telegram.createChannel({ title: "Desk", creator: this.boss });
  readonly group = this.telegram.createSupergroup({ title: "Desk log", creator: this.boss });
  readonly maria = this.telegram.createUser({ firstName: "Maria" });
  readonly #server = this.telegram.serve();
  readonly #started = Promise.withResolvers<Program>();
  program: Program | undefined;

  static async open(
    mostHandles?: number,
    more: Record<string, string> = {},
  ): Promise<WebhookDesk> {
    const desk = new WebhookDesk();
    desk.telegram.link(desk.channel, desk.group);
    desk.telegram.promote(desk.channel, desk.bot);
    desk.telegram.promote(desk.group, desk.bot);
    const env = {
      BOT_TOKEN: desk.bot.token,
      CHANNEL_ID: String(desk.channel.id),
      TELEGRAM_API_ROOT: desk.#server.apiRoot,
      PUBLIC_URL: "https://desk.example",
      KV_PATH: ":memory:",
      ...more,
    };
    desk.program = await Program.start(env, undefined, [], undefined, mostHandles);
    desk.#started.resolve(desk.program);
    await desk.program.works();
    return desk;
  }

  /** A message of Maria's; resolves when the team can read it. */
  async arrives(text: string): Promise<void> {
    this.maria.sends(this.maria.chatWith(this.bot), text);
    await until(
      `“${text}” arrives`,
      () => this.group.messages.some((message) => message.text === text),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program?.[Symbol.asyncDispose]();
    await this.#server.close();
    await this.telegram.close();
  }
}

/** Connections that say nothing, or only this. */
class Idlers implements AsyncDisposable {
  readonly #conns: Deno.Conn[] = [];
  readonly #reading: Promise<void>[] = [];
  /** How many have been ended by the other side. */
  ended = 0;

  constructor(private readonly port: number) {}

  async open(count: number, words = ""): Promise<void> {
    for (let opened = 0; opened < count; opened++) {
      const conn = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
      this.#conns.push(conn);
      if (words !== "") await conn.write(new TextEncoder().encode(words)).catch(() => {});
      this.#reading.push(this.#read(conn));
    }
  }

  async #read(conn: Deno.Conn): Promise<void> {
    try {
      while (await conn.read(new Uint8Array(1024)) !== null);
    } catch {
      // Ended without a good-bye, like so many.
    }
    this.ended++;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const conn of this.#conns) conn.close();
    await Promise.all(this.#reading);
  }
}

const HALF_A_REQUEST =
  "POST /telegram HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 10\r\n\r\n{";

for (
  const [what, words] of [["that say nothing", ""], ["in mid-request", HALF_A_REQUEST]] as const
) {
  Deno.test({
    name: `connections ${what}, up to the limit of handles, do not end the bot`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      await using desk = await WebhookDesk.open(128);
      const program = desk.program!;
      await desk.arrives("antes");
      await using idlers = new Idlers(program.port);
      await idlers.open(200, words);
      await desk.arrives("durante");
      await idlers.open(200, words);
      await desk.arrives("depois");
      await program.works();
      assert(idlers.ended > 0);
      assertEquals(program.output.split('"event":"connections cannot be taken"').length, 2);
      assertStringIncludes(program.output, "Too many open files");
      assertEquals((await program.stop("SIGTERM")).code, 0);
    },
  });
}

Deno.test({
  name: "where the platform has its own door, serving is taken up again when it ends unasked",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using desk = await WebhookDesk.open(128, {
      DENO_DEPLOY: "true",
      DENO_TIMELINE: "production",
      PORT: String(freePort()),
    });
    const program = desk.program!;
    for (const text of ["um", "dois"]) {
      await using idlers = new Idlers(program.port);
      await idlers.open(200).catch(() => {});
      await program.says("Too many open files");
      await desk.arrives(text);
    }
    await program.works();
    assertEquals((await program.stop("SIGTERM")).code, 0);
  },
});

Deno.test("only so many connections are open at once, and who asks is served among them", async () => {
  await using desk = await WebhookDesk.open();
  const program = desk.program!;
  await using idlers = new Idlers(program.port);
  await idlers.open(2 * MOST_CONNECTIONS);
  await until("the surplus is ended", () => idlers.ended >= MOST_CONNECTIONS);
  assert(idlers.ended < 1.5 * MOST_CONNECTIONS, "the others are ended as well");
  await desk.arrives("oi");
  await program.works();
  assert(!program.output.includes("connections cannot be taken"));
});

Deno.test("whoever has connected and says nothing is not waited for", async () => {
  await using program = await Program.start({});
  await using idlers = new Idlers(program.port);
  await idlers.open(3);
  await until("they are ended", () => idlers.ended === 3);
});

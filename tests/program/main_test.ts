import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Program } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { openChats } from "../support/desk.ts";

Deno.test("main.ts boots without a token and says what is missing", async () => {
  await using program = await Program.start({});
  const page = await program.get("/");
  assertEquals(page.status, 200);
  assertStringIncludes(page.text, "<h1>Let’s set up your desk</h1>");
  assertStringIncludes(page.text, "<code>BOT_TOKEN</code> is missing");
  const health = await program.get("/health");
  assertEquals(health.status, 503);
  assertEquals(JSON.parse(health.text).mode, "setup");
  assertEquals((await program.get("/telegram")).status, 404);
  assertEquals((await program.stop("SIGTERM")).code, 0);
});

Deno.test("main.ts prints the address of its page with a code at each start, with a token or without", async () => {
  const codes: string[] = [];
  for (const BOT_TOKEN of ["", "", "123456:token", "123456:token", "nonsense"]) {
    await using program = await Program.start({
      BOT_TOKEN,
      TELEGRAM_API_ROOT: "http://127.0.0.1:1",
    });
    const { url } = JSON.parse(await program.says("/?code="));
    const { origin, searchParams } = new URL(url);
    assertEquals(origin, `http://localhost:${program.port}`);
    const code = searchParams.get("code")!;
    assertMatch(code, /^[0-9a-f]{16}$/);
    codes.push(code);
    const inside = await program.get(`/?code=${code}`);
    assertEquals(inside.status, 200);
    assertStringIncludes(inside.text, `href="/?code=${code}"`);
    const wrong = await program.get("/?code=0000000000000000");
    assertEquals(wrong.status, 403);
    assert(!wrong.text.includes(code));
  }
  const [random, other, ofToken, again, ofNone] = codes;
  assertEquals(new Set([random, other, ofToken, ofNone]).size, 4);
  assertEquals(again, ofToken, "the code of a token changes");
});

Deno.test("main.ts says in the log alone what a setting is that is wrong", async () => {
  await using program = await Program.start({ BOT_TOKEN: "1:a", CHANNEL_ID: "-1234567" });
  await program.says("not “-1234567”");
  for (const path of ["/", "/health"]) {
    const { text } = await program.get(path);
    assertStringIncludes(text.replace(/<\/?code>/g, ""), "CHANNEL_ID must be a channel");
    assert(!text.includes("1234567"));
  }
});

Deno.test("main.ts goes on where it cannot listen", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  await using program = await Program.start({ PORT: String(port) }, '"event":"not listening"');
  assertStringIncludes(program.output, `PORT ${port}: choose others`);
  assertEquals((await program.stop("SIGTERM")).code, 0);
  taken.close();
});

Deno.test("main.ts boots without a database and says what is missing", async () => {
  await using program = await Program.start({
    BOT_TOKEN: "123456:token",
    KV_PATH: "https://127.0.0.1:1/nothing-here",
  });
  const health = await program.get("/health");
  assertEquals(health.status, 503);
  await program.stop("SIGINT");
});

Deno.test("main.ts serves a desk by long polling, keeps its data, and stops in time", async () => {
  const folder = await Deno.makeTempDir();
  const telegram = new SimulatedTelegram();
  const bot = telegram.createBot({ name: "Padaria" });
  const boss = telegram.createUser({ firstName: "Beto" });
  const { channel, group } = openChats(telegram, "Desk", boss, bot);
  const server = telegram.serve();
  const env = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: String(channel.id),
    TELEGRAM_API_ROOT: server.apiRoot,
    KV_PATH: `${folder}/new/desk.sqlite3`,
  };
  const maria = telegram.createUser({ firstName: "Maria" });
  /** What customers said; the panel is the bot's own. */
  const comments = () =>
    group.messages.filter(({ from, reply_markup }) => from?.id === bot.id && !reply_markup);
  const arrives = async (count: number) => {
    const deadlineMs = Date.now() + 30_000;
    while (comments().length < count) {
      assert(Date.now() < deadlineMs, "the message never arrives");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  for (const [text, signal, count] of [["um", "SIGTERM", 1], ["dois", "SIGINT", 2]] as const) {
    await using program = await Program.start(env);
    maria.sends(maria.chatWith(bot), text);
    await arrives(count);
    const health = JSON.parse((await program.get("/health")).text);
    assertEquals([health.ok, health.mode], [true, "polling"]);
    const { code, tookMs } = await program.stop(signal);
    assertEquals(code, 0);
    assert(tookMs < 5000, `stopping took ${tookMs} ms`);
    assert(!program.output.includes(bot.token));
  }
  assertEquals(comments().map(({ text }) => text), ["um", "dois"]);
  assertEquals(channel.messages.filter(({ text }) => text?.includes(`ID ${maria.id}`)).length, 1);
  await server.close();
  await telegram.close();
  await Deno.remove(folder, { recursive: true });
});

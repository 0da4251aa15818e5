import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { KV_TOKEN, KvConnectServer } from "../support/kv_connect.ts";
import { Folder, runTask } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { openChats } from "../support/desk.ts";

const TOKEN = "7:token";

/** A bot that runs a channel and its group, their owner, and what is seen there. */
function linkedDesk() {
  const telegram = new SimulatedTelegram();
  const bot = telegram.createBot({ name: "Padaria" });
  const boss = telegram.createUser({ firstName: "Beto" });
  const { channel, group } = openChats(telegram, "Desk", boss, bot);
  const shown = () => group.messages.filter(({ from }) => from?.id === bot.id);
  /** What customers said; a panel is the bot's own. */
  const textsShown = () =>
    shown().filter(({ reply_markup }) => !reply_markup).map(({ text }) => text);
  const cardOf = ({ id }: typeof boss) =>
    channel.messages.find(({ text }) => text?.includes(`ID ${id}`))!;
  return { telegram, bot, boss, channel, shown, textsShown, cardOf };
}

/** A backup is its owner's alone to read, and nothing of its making is left beside it. */
async function isPrivateAndAlone(folder: Folder, file: string): Promise<void> {
  const { mode } = await Deno.stat(file);
  assertEquals(mode! & 0o777, 0o600);
  const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name);
  assertEquals(names.filter((each) => /part|balcao/.test(each)), [], "something is left behind");
}

Deno.test("a busy bot is backed up without being disturbed, and goes on from the backup", async () => {
  await using folder = await Folder.make();
  const { telegram, bot, boss, channel, shown, textsShown, cardOf } = linkedDesk();
  const server = telegram.serve();
  telegram.latencyMs = 5;
  const env = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: String(channel.id),
    TELEGRAM_API_ROOT: server.apiRoot,
    PACE: "off",
  };
  const [oldKv, newKv, file] = ["old.sqlite3", "new.sqlite3", "desk.jsonl.gz"].map((name) =>
    `${folder.path}/${name}`
  ) as [string, string, string];
  const [maria, joao, carla] = ["Maria", "João", "Carla"].map((firstName) =>
    telegram.createUser({ firstName })
  ) as [typeof boss, typeof boss, typeof boss];
  const toJoao = () => joao.chatWith(bot).messages.filter(({ from }) => from?.id === bot.id);
  let busy: ReturnType<typeof setInterval> | undefined;
  try {
    const said: string[] = [];
    let accepted: string[] = [];
    let delivered: string[] = [];
    {
      await using program = await Program.start({ ...env, KV_PATH: oldKv });
      joao.sends(joao.chatWith(bot), "oi");
      await until("João's card is there", () => textsShown().includes("oi"));
      joao.blocks(bot);
      boss.comments(cardOf(joao), "seu pão está pronto");
      telegram.autoForward = { mode: "never", delayMs: 0 };
      carla.sends(carla.chatWith(bot), "tem bolo?");
      await until("two wait", () => cardOf(carla) !== undefined && bot.queue.size === 0);
      telegram.autoForward = { mode: "after", delayMs: 1 };
      busy = setInterval(() => {
        said.push(`mensagem ${said.length}`);
        maria.sends(maria.chatWith(bot), said.at(-1)!);
      }, 10);
      await until("the bot is at work", () => shown().length > 20);
      for (let time = 0; time < 3; time++) {
        // The last one is shown already, but perhaps not written down as sent.
        delivered = textsShown().filter((text) => text !== undefined).slice(0, -1);
        accepted = said.slice(0, said.length - bot.queue.size);
        const backup = await runTask("backup", [file], { ...env, KV_PATH: oldKv });
        assertEquals(backup.code, 0, backup.complaints);
      }
      assertEquals(program.output.split("\n").filter((line) => /warn|error/.test(line)), []);
      clearInterval(busy);
    }
    await isPrivateAndAlone(folder, file);
    const restored = await runTask("restore", [file], { ...env, KV_PATH: newKv });
    assertEquals(restored.code, 0, restored.complaints);
    await using _program = await Program.start({ ...env, KV_PATH: newKv });
    telegram.releaseForwards();
    joao.unblocks(bot);
    const first = maria.chatWith(bot).messages.find(({ text }) => text === "mensagem 0")!;
    maria.edits(first, "mensagem corrigida");
    await until("what waited arrives", () => textsShown().includes("tem bolo?"));
    await until("what waited arrives", () => toJoao().length > 1);
    await until("an edit is mirrored", () => textsShown().includes("mensagem corrigida"));
    const count = (text: string) => textsShown().filter((each) => each === text).length;
    const edited = (text: string) => text === "mensagem 0" ? "mensagem corrigida" : text;
    assertEquals(delivered.map(edited).filter((text) => count(text) !== 1), [], "sent twice");
    assertEquals(accepted.map(edited).filter((text) => count(text) === 0), [], "lost");
    assertEquals(count("tem bolo?"), 1);
    assertEquals(toJoao().filter(({ text }) => text === "seu pão está pronto").length, 1);
  } finally {
    clearInterval(busy);
    await server.close();
    await telegram.close();
  }
});

Deno.test("a database behind a URL is backed up and restored", async () => {
  await using folder = await Folder.make();
  await using old = new KvConnectServer();
  await using fresh = new KvConnectServer();
  const env = { BOT_TOKEN: TOKEN, DENO_KV_ACCESS_TOKEN: KV_TOKEN };
  const [first, last] = [`${folder.path}/first.sqlite3`, `${folder.path}/last.sqlite3`];
  await fill(first);
  const before = await entriesOf(first);
  const way = [first, old.url, fresh.url, last];
  for (const [step, to] of way.slice(1).entries()) {
    const path = `${folder.path}/${step}.jsonl`;
    const backup = await runTask("backup", [path], { ...env, KV_PATH: way[step]! });
    assertStringIncludes(backup.said, "701 records: 700 conversations");
    const restored = await runTask("restore", [path], { ...env, KV_PATH: to });
    assertEquals(restored.code, 0, restored.complaints);
  }
  assertEquals(before.length, 701);
  assertEquals(await entriesOf(last), before);
  const again = await runTask("restore", [`${folder.path}/0.jsonl`], {
    ...env,
    KV_PATH: fresh.url,
  });
  assertStringIncludes(again.complaints, "holds records of this bot already");

  async function fill(path: string): Promise<void> {
    using kv = await Deno.openKv(path);
    for (let n = 0; n < 700; n++) await kv.set([7, "conversation", -100, n], { v: 1, value: n });
    await kv.set([7, "link", 1], { v: 1, value: new Uint8Array([1]) });
  }

  async function entriesOf(path: string): Promise<{ key: Deno.KvKey; value: unknown }[]> {
    using kv = await Deno.openKv(path);
    const entries = await Array.fromAsync(kv.list({ prefix: [] }));
    return entries.map(({ key, value }) => ({ key, value }));
  }
});

Deno.test("a task that cannot be done says why in a sentence, and changes nothing", async () => {
  await using folder = await Folder.make();
  const kvPath = `${folder.path}/desk.sqlite3`;
  const notes = `${folder.path}/notes.txt`;
  await Deno.writeTextFile(notes, "important");
  const backup = `${folder.path}/desk.jsonl`;
  const users = `${folder.path}/users.json`;
  await Deno.writeTextFile(users, '{"user_id":1,"name":"Maria","priority":1}\n');
  const env = { BOT_TOKEN: TOKEN, CHANNEL_ID: "-1001", KV_PATH: kvPath };
  const cases: Parameters<typeof runTask>[] = [
    ["backup", [], env],
    ["backup", [backup], { ...env, BOT_TOKEN: "" }],
    ["backup", [backup], { ...env, KV_PATH: ":memory:" }],
    ["backup", [backup], env],
    ["restore", [backup], env],
    ["restore", [notes], { ...env, KV_PATH: ":memory:" }],
    ["restore", [notes], env],
    ["import", ["--users", users], { ...env, KV_PATH: ":memory:" }],
    ["import", ["--user", users], env],
    ["import", ["--users", `${folder.path}/none.json`], env],
    ["import", ["--users", users], { ...env, CHANNEL_ID: "" }],
  ];
  const expected = [
    "Usage: deno task backup FILE",
    "BOT_TOKEN is missing",
    "KV_PATH is :memory:",
    `There is no database at ${kvPath}`,
    `${backup} cannot be read`,
    "The file is not a backup",
    "The file is not a backup",
    "KV_PATH is :memory:",
    "Usage: deno task import",
    "none.json cannot be read",
    "The desk is not known: set CHANNEL_ID",
  ];
  // One after another: some would make the database that others must not find.
  for (const [at, each] of cases.entries()) {
    const { code, said, complaints } = await runTask(...each);
    assertEquals([code, said], [1, ""], complaints);
    assertStringIncludes(complaints, expected[at]!);
    assert(!/^\s+at /m.test(complaints), complaints);
  }

  using _kv = await Deno.openKv(kvPath);
  await _kv.set([7, "desk"], { v: 1, value: 1 });
  const overNotes = await runTask("backup", [notes], env);
  assertStringIncludes(overNotes.complaints, "notes.txt exists and is no backup");
  assertEquals(await Deno.readTextFile(notes), "important");
  for (const size of ["1 record:", "2 records:"]) {
    const { said } = await runTask("backup", [backup], env);
    assertStringIncludes(said, size, "an older backup is replaced");
    await _kv.set([7, "me"], { v: 1, value: 1 });
  }
  for (const [name, args] of [["restore", [backup]], ["import", ["--users", users]]] as const) {
    const { code, complaints } = await runTask(name, [...args], env);
    assertEquals(code, 1);
    assertStringIncludes(complaints, "The database is in use by another process: stop the bot");
  }
});

Deno.test("a backup and a dry run write nothing to the database", async () => {
  await using folder = await Folder.make();
  const env = { BOT_TOKEN: TOKEN, CHANNEL_ID: "-1001", KV_PATH: `${folder.path}/desk.sqlite3` };
  {
    using kv = await Deno.openKv(env.KV_PATH);
    await kv.set([7, "desk"], { v: 1, value: 1 });
    // Whoever opens the database for writing deletes what has expired.
    await kv.set([7, "seen", 1], { v: 1, value: 1 }, { expireIn: 1 });
  }
  const users = `${folder.path}/users.json`;
  await Deno.writeTextFile(users, '{"user_id":1,"name":"Maria","priority":1}\n');
  const before = await Deno.readFile(env.KV_PATH);
  const backup = await runTask("backup", [`${folder.path}/desk.jsonl`], env);
  assertStringIncludes(backup.said, "1 record:");
  const dryRun = await runTask("import", ["--users", users, "--dry-run"], env);
  assertStringIncludes(dryRun.said, "customers moved in: 1 ");
  assertEquals(await Deno.readFile(env.KV_PATH), before);
  const nowhere = { ...env, KV_PATH: `${folder.path}/none/desk.sqlite3` };
  assertEquals((await runTask("import", ["--users", users, "--dry-run"], nowhere)).code, 0);
  assertEquals([...Deno.readDirSync(folder.path)].map(({ name }) => name).includes("none"), false);
});

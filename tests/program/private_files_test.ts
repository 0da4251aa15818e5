/** What is kept of people lies in files that nobody but their owner may read. */
import { assert, assertEquals } from "@std/assert";
import { Folder, runTask } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

const modeOf = async (path: string) => ((await Deno.stat(path)).mode! & 0o777).toString(8);

/** The rights of a folder and of all that is in it. */
async function rightsIn(folder: string): Promise<Record<string, string>> {
  const rights: Record<string, string> = { "": await modeOf(folder) };
  for await (const { name } of Deno.readDir(folder)) {
    rights[name] = await modeOf(`${folder}/${name}`);
  }
  return rights;
}

/** Starts the program in a folder, has it open its database, looks at the files, and stops it. */
async function rightsWhileItRuns(
  env: Record<string, string>,
  { cwd, folder }: { cwd: string; folder: string },
): Promise<Record<string, string>> {
  const telegram = new SimulatedTelegram();
  const bot = telegram.createBot({ name: "Padaria" });
  const server = telegram.serve();
  const given = { BOT_TOKEN: bot.token, TELEGRAM_API_ROOT: server.apiRoot, ...env };
  try {
    await using program = await Program.start(given, undefined, [], cwd);
    // Who the bot is, is the first thing it writes down.
    await until("it has written", async () => {
      const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch(() => []);
      return names.some((name) => name.endsWith("-wal")) && program.output.includes("claim_");
    });
    return await rightsIn(folder);
  } finally {
    await server.close();
    await telegram.close();
  }
}

const PRIVATE = {
  "": "700",
  "balcao.sqlite3": "600",
  "balcao.sqlite3-shm": "600",
  "balcao.sqlite3-wal": "600",
};

Deno.test("the program's folder and database are made for their owner alone", async () => {
  await using home = await Folder.make();
  const folder = `${home.path}/data`;
  assertEquals(await rightsWhileItRuns({}, { cwd: home.path, folder }), PRIVATE);
});

Deno.test("those of an earlier version, or copied there, are tightened at the next start", async () => {
  await using home = await Folder.make();
  const folder = `${home.path}/data`;
  await rightsWhileItRuns({}, { cwd: home.path, folder });
  await Deno.chmod(folder, 0o755);
  for await (const { name } of Deno.readDir(folder)) await Deno.chmod(`${folder}/${name}`, 0o666);
  await Deno.writeTextFile(`${folder}/list.csv`, "");
  await Deno.chmod(`${folder}/list.csv`, 0o644);
  const rights = await rightsWhileItRuns({}, { cwd: home.path, folder });
  // What is not the program's stays as it is, though nobody else gets there any more.
  assertEquals(rights, { ...PRIVATE, "list.csv": "644" });
});

Deno.test("a folder of the operator's choice keeps its rights; the database in it is private", async () => {
  await using home = await Folder.make();
  await Deno.chmod(home.path, 0o755);
  const KV_PATH = `${home.path}/balcao.sqlite3`;
  const rights = await rightsWhileItRuns({ KV_PATH }, { cwd: home.path, folder: home.path });
  assertEquals(rights, { ...PRIVATE, "": "755" });
  const made = `${home.path}/a/b`;
  const options = { cwd: home.path, folder: made };
  assertEquals(await rightsWhileItRuns({ KV_PATH: `${made}/balcao.sqlite3` }, options), PRIVATE);
  assertEquals(await modeOf(`${home.path}/a`), "700");
});

Deno.test("a database that a task makes is as private", async () => {
  await using home = await Folder.make();
  const users = `${home.path}/users.json`;
  await Deno.writeTextFile(users, '{"user_id":4242,"name":"Zeca","priority":3}\n');
  const KV_PATH = `${home.path}/new/desk.sqlite3`;
  const env = { BOT_TOKEN: "7:token", CHANNEL_ID: "-1001", KV_PATH };
  const imported = await runTask("import", ["--users", users], env);
  assertEquals(imported.code, 0, imported.complaints);
  const rights = await rightsIn(`${home.path}/new`);
  assertEquals([rights[""], rights["desk.sqlite3"]], ["700", "600"]);
  assert(Object.values(rights).every((mode) => mode === "700" || mode === "600"));
});

/** The program may do what it needs and no more, and runs what was locked. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { VARIABLES } from "../../src/config.ts";
import { Folder } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { openChats } from "../support/desk.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const { tasks, deploy } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));

/** What operators run, as flags and the rest. */
const COMMANDS: [name: string, command: string][] = [
  ...["start", "doctor", "backup", "restore", "import"].map((name): [string, string] => [
    name,
    tasks[name].command,
  ]),
  ["predeploy", deploy.predeploy],
];

/** What else the program reads of its environment: of containers, of Deno Deploy and of KV Connect. */
const PLATFORM = [
  "container",
  "DENO_DEPLOY",
  "DENO_TIMELINE",
  "DENO_DEPLOY_APP_SLUG",
  "DENO_DEPLOY_ORG_SLUG",
  "DENO_KV_DEFAULT_PATH",
  "DENO_KV_ACCESS_TOKEN",
];

for (const [name, command] of COMMANDS) {
  Deno.test(`${name} may read its own variables alone, asks for nothing more, and runs what was locked`, () => {
    const flags = command.split(" ").filter((each) => each.startsWith("-"));
    for (const flag of ["--frozen", "--no-prompt"]) assert(flags.includes(flag), flag);
    const environment = flags.find((flag) => flag.startsWith("--allow-env"))!;
    assertEquals(environment, `--allow-env=${[...VARIABLES, ...PLATFORM].join()}`);
    const rest = flags.filter((flag) => /^(-A|--allow-)/.test(flag) && flag !== environment);
    const files = name === "predeploy" ? ["--allow-read=.env"] : ["--allow-read", "--allow-write"];
    assertEquals(rest, ["--allow-net", ...files]);
  });
}

Deno.test("a whole day's work, the picture of /stats included, needs nothing that is not allowed", async () => {
  await using folder = await Folder.make();
  const telegram = new SimulatedTelegram();
  const bot = telegram.createBot({
    name: "Padaria",
    username: "padaria_bot",
    supportsInline: true,
  });
  const boss = telegram.createUser({ firstName: "Beto", languageCode: "en" });
  const maria = telegram.createUser({ firstName: "Maria" });
  const { channel, group } = openChats(telegram, "Desk", boss, bot);
  const server = telegram.serve();
  {
    await using program = await Program.start({
      BOT_TOKEN: bot.token,
      CHANNEL_ID: String(channel.id),
      TELEGRAM_API_ROOT: server.apiRoot,
      KV_PATH: `${folder.path}/data/desk.sqlite3`,
      PACE: "off",
      // What is not the program's own is not its to read.
      SOMEBODYS_PASSWORD: "secret",
    });
    await program.works();
    const told = () => boss.chatWith(bot).messages.filter(({ from }) => from?.id === bot.id);
    maria.sends(maria.chatWith(bot), "oi");
    await until("it is shown", () => group.messages.some(({ text }) => text === "oi"));
    boss.starts(bot);
    boss.sends(boss.chatWith(bot), "/stats");
    await until("there is a picture", () => told().some(({ photo }) => photo));
    boss.sends(group, "/addreply Hours\nFrom eight to six");
    await until("it is kept", () => group.messages.some(({ text }) => text?.includes("Hours")));
    boss.sends(group, "/exportreplies");
    await until("there is a file", () => group.messages.some(({ document }) => document));
    assert(!/NotCapable|Requires \w+ access|"error"/.test(program.output), program.output);
    assertEquals((await program.stop("SIGTERM")).code, 0);
  }
  await server.close();
  await telegram.close();
});

Deno.test("what is not locked is not run", async () => {
  await using folder = await Folder.make();
  // Enough of a program to need what is locked.
  await Deno.writeTextFile(`${folder.path}/main.ts`, 'import "grammy";\nconsole.log("it ran");\n');
  await Deno.copyFile(`${ROOT}deno.json`, `${folder.path}/deno.json`);
  const locked = await Deno.readTextFile(`${ROOT}deno.lock`);
  const start = async (lock: string) => {
    await Deno.writeTextFile(`${folder.path}/deno.lock`, lock);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      // As the unit and the image do: `deno task` alone would bring the lock up to date first.
      args: ["task", "--frozen", "start"],
      cwd: folder.path,
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  };
  assertStringIncludes((await start(locked)).said, "it ran");
  const { code, said } = await start('{"version":"5"}');
  assert(code !== 0 && !said.includes("it ran"), said);
  assertStringIncludes(said, "The lockfile is out of date");
});

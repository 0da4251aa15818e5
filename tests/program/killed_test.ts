/** The real program on a database file, killed in the midst of its work, and beside another one. */
import { assert, assertEquals, assertLess } from "@std/assert";
import { Folder } from "../support/operator.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { openChats } from "../support/desk.ts";

/** Everything flows again within 2 s; the rest is for a machine under load. */
const FLOWS_MS = 2000;
const LOAD_MS = 4000;

/** A desk at a simulated Telegram, and a way to run the program for it on one file. */
async function open() {
  const telegram = new SimulatedTelegram();
  const bot = telegram.createBot({ name: "Padaria" });
  const boss = telegram.createUser({ firstName: "Beto" });
  const { channel, group } = openChats(telegram, "Atendimento", boss, bot);
  const home = await Folder.make();
  const server = telegram.serve();
  const env = {
    BOT_TOKEN: bot.token,
    CHANNEL_ID: String(channel.id),
    TELEGRAM_API_ROOT: server.apiRoot,
    KV_PATH: `${home.path}/balcao.sqlite3`,
    PACE: "off",
  };
  const customers = Array.from(
    { length: 10 },
    (_, n) => telegram.createUser({ firstName: `Cliente ${n}` }),
  );
  return {
    telegram,
    bot,
    group,
    start: (more: Record<string, string> = {}) => Program.start({ ...env, ...more }),
    all: (text: string) => {
      for (const customer of customers) customer.sends(customer.chatWith(bot), text);
    },
    /** How many copies of a text are in the group. */
    copies: (text: string) => group.messages.filter((message) => message.text === text).length,
    people: customers.length,
    async [Symbol.asyncDispose]() {
      await server.close();
      await telegram.close();
      await home[Symbol.asyncDispose]();
    },
  };
}

Deno.test("killed while it works many lanes, the program works them all on as soon as it starts again", async () => {
  await using desk = await open();
  const { telegram, people } = desk;
  {
    await using program = await desk.start();
    await program.works();
    desk.all("um");
    await until("all are shown", () => desk.copies("um") === people);
    telegram.faults.rate({ kind: "hang" }, 1, "copyMessage");
    desk.all("dois");
    const underWay = () =>
      telegram.calls.filter(({ method, response }) => method === "copyMessage" && !response).length;
    await until("all calls hang", () => underWay() === people);
    await program.stop("SIGKILL");
  }
  telegram.faults.clear();
  const beganMs = Date.now();
  await using _program = await desk.start();
  await until("all are shown", () => desk.copies("dois") === people);
  assertLess(Date.now() - beganMs, FLOWS_MS + LOAD_MS);
});

Deno.test("a second program on the same file waits until the first one has ended, and works on then", async () => {
  await using desk = await open();
  const { telegram, people } = desk;
  await using first = await desk.start();
  await first.works();
  desk.all("um");
  await until("all are shown", () => desk.copies("um") === people);
  telegram.faults.rate({ kind: "delay", ms: 4000 }, 1, "copyMessage");
  desk.all("dois");
  await until(
    "all are being sent",
    () =>
      telegram.calls.filter(({ method, response }) => method === "copyMessage" && !response)
        .length === people,
  );
  await using second = await desk.start();
  await second.says("another program has the database open");
  await until("all are shown", () => desk.copies("dois") === people);
  assertEquals(desk.copies("dois"), people);
  assert(telegram.calls.filter(({ method }) => method === "copyMessage").length <= 2 * people);
  telegram.faults.clear();
  await first.stop("SIGTERM");
  desk.all("três");
  await until("all are shown", () => desk.copies("três") === people);
});

/**
 * Moves in from the older bot of this kind (Python and MongoDB), out of what `mongoexport` wrote:
 * `deno task import --users FILE --answers FILE [--desk NAME] [--dry-run]`. The bot must not run meanwhile.
 */
import { parseArgs } from "node:util";
import type { ChannelName, Config } from "../src/config.ts";
import { channelsOf, type Claim, type Desk } from "../src/desk/desk.ts";
import { deskNamed, type NamedDesk } from "../src/desk/names.ts";
import { moveAnswersIn, moveConversationsIn, type MovingIn } from "../src/kv/moving_in.ts";
import { sealWith } from "../src/kv/seal.ts";
import { Store } from "../src/kv/store.ts";
import {
  type LineProblem,
  type MongoExport,
  readMongoExport,
} from "../src/moving_in/mongo_export.ts";
import { readAnswers, readUsers } from "../src/moving_in/older_bot.ts";
import { isFile, type Opened, openToRead, openToWrite } from "./database.ts";
import { folderOf } from "./file.ts";
import { isThere, readConfig, Refusal, run } from "./operator.ts";

const USAGE = "Usage: deno task import --users FILE --answers FILE [--desk NAME] [--dry-run]";

await run(async () => {
  const { users, answers, desk, "dry-run": isDryRun } = readArguments();
  const config = readConfig();
  const usersExport = users === undefined ? undefined : await read(users);
  const answersExport = answers === undefined ? undefined : await read(answers);
  await using database = isDryRun
    ? await openUnwritten(config.kvPath)
    : await openToWrite(config.kvPath);
  const store = new Store(database.kv, {
    botId: config.botId,
    owner: crypto.randomUUID(),
    seal: sealWith(config.botToken),
    retentionDays: config.retentionDays,
    now: Date.now,
  });
  const movingIn: MovingIn = { store, deskId: await deskIdOf(store, config, desk), isDryRun };
  const problems = [
    ...users !== undefined && usersExport ? await moveUsers(users, usersExport, movingIn) : [],
    ...answers !== undefined && answersExport
      ? await moveAnswers(answers, answersExport, movingIn)
      : [],
  ];
  if (isDryRun) console.log("This was a dry run: nothing has been written.");
  return problems.length === 0;
});

function readArguments(): {
  users?: string;
  answers?: string;
  desk?: string;
  "dry-run": boolean;
} {
  try {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        users: { type: "string" },
        answers: { type: "string" },
        desk: { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
    });
    if (values.users !== undefined || values.answers !== undefined) return values;
  } catch (error) {
    // Arguments that are not right are a TypeError (https://nodejs.org/api/util.html#utilparseargsconfig).
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal(`${error.message}\n${USAGE}`, { cause: error });
  }
  throw new Refusal(USAGE);
}

async function read(path: string): Promise<MongoExport> {
  try {
    const bytes = await Deno.readFile(path);
    return readMongoExport(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const isText = !(error instanceof TypeError);
    const what = isText ? (error as Error).message : "it is not UTF-8; export with --out=FILE";
    throw new Refusal(`${path} cannot be read: ${what}.`, { cause: error });
  }
}

/** The database as it is; an empty one if there is none yet. */
async function openUnwritten(kvPath: string | undefined): Promise<Opened> {
  if (!isFile(kvPath) || await isThere(kvPath)) {
    return await openToRead(kvPath, { folder: folderOf(kvPath ?? "") });
  }
  const kv = await Deno.openKv(":memory:");
  return { kv, [Symbol.asyncDispose]: () => Promise.resolve(kv.close()) };
}

/** The desk's ID: its channel's, as it is set, or as the bot has learned it; by default the first's. */
async function deskIdOf(
  store: Store,
  { channels }: Pick<Config, "channels">,
  name?: string,
): Promise<number> {
  const claim = await store.bot.recall<Claim>("claim");
  const names = await store.bot.deskNames();
  if (name !== undefined) return deskIdNamed(name, names);
  const [channel] = channels.length > 0 || !claim ? channels : channelsOf(claim);
  if (typeof channel === "number") return channel;
  const [first] = names;
  if (channel === undefined && first) return first.channelId;
  const known = await store.bot.recallOf<{ channel: ChannelName; desk: Desk }>("desk", channel) ??
    await store.bot.recallOf<{ channel: ChannelName; desk: Desk }>("desk");
  if (known && (channel === undefined || known.channel === channel)) return known.desk.channelId;
  throw new Refusal(
    "The desk is not known: set CHANNEL_ID to the channel's numeric ID (-100…), or start the bot " +
      "once, so that it learns its desk, and stop it again.",
  );
}

function deskIdNamed(name: string, desks: readonly NamedDesk[]): number {
  const desk = deskNamed(desks, name);
  if (desk) return desk.channelId;
  const names = desks.map((each) => each.name).join(", ");
  throw new Refusal(
    names === ""
      ? "No desk has a name yet: start the bot once, so that it learns its desks, and stop it again."
      : `No desk is called ${name}. There are: ${names}.`,
  );
}

async function moveUsers(
  path: string,
  exported: MongoExport,
  movingIn: MovingIn,
): Promise<LineProblem[]> {
  const { conversations, putAside, repeated, problems } = readUsers(exported, Date.now());
  tell(path, problems);
  const added = await moveConversationsIn(conversations, movingIn);
  const of = (wanted: string) => added.filter(({ status }) => status === wanted).length;
  console.log(
    `${path}: customers moved in: ${added.length} (${of("open")} open, ${of("closed")} closed, ` +
      `${of("banned")} banned); known already: ${conversations.length - added.length}; ` +
      `repeated, the last counts: ${repeated}; put aside by the older bot: ${putAside}; ` +
      `bad: ${problems.length}. Who writes again gets a new card: the older bot's lead nowhere.`,
  );
  return problems;
}

async function moveAnswers(
  path: string,
  exported: MongoExport,
  movingIn: MovingIn,
): Promise<LineProblem[]> {
  const { answers, problems: unreadable } = readAnswers(exported);
  const { replies, known, problems: tooMany } = await moveAnswersIn(answers, movingIn);
  const problems = [...unreadable, ...tooMany];
  tell(path, problems);
  console.log(
    `${path}: canned replies moved in: ${replies.length}; known already: ${known}; ` +
      `bad: ${problems.length}.`,
  );
  return problems;
}

function tell(path: string, problems: LineProblem[]): void {
  for (const { place, reason } of problems) console.error(`${path}: ${place} ${reason}.`);
}

/**
 * Moves in from another bot: `deno task import` with the files that it left, and `--desk NAME` where
 * they are not the first desk's. This bot must not run meanwhile.
 */
import { parseArgs } from "node:util";
import { isThere } from "../src/environment/there.ts";
import type { ChannelName, Config } from "../src/config.ts";
import { channelsOf, type Claim, type Desk } from "../src/desk/desk.ts";
import { deskMeantBy } from "../src/desk/meant.ts";
import type { NamedDesk } from "../src/desk/names.ts";
import type { MovingIn } from "../src/kv/moving_in.ts";
import { sealWith } from "../src/kv/seal.ts";
import { Store } from "../src/kv/store.ts";
import { defined } from "../src/values/defined.ts";
import { isFile, type Opened, openToRead, openToWrite } from "./database.ts";
import { folderOf } from "./file.ts";
import { isSource, type Move, readSource, type Source, SOURCES } from "./moving_in.ts";
import { type Call, readConfig, Refusal, run } from "./operator.ts";

/** Moves in what the files hold that are given: all of them are read before anything is written. */
export async function moveIn(call: Call): Promise<boolean> {
  const { files, desk, isDryRun } = readArguments(call);
  const config = await readConfig();
  const moves: Move[] = [];
  for (const { source, path } of files) moves.push(await readSource(source, path));
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
  let isAllWell = true;
  for (const move of moves) isAllWell = await move(movingIn) && isAllWell;
  if (isDryRun) console.log("This was a dry run: nothing has been written.");
  return isAllWell;
}

/** The files that are given, in their order, for which desk, and whether nothing is to be written. */
interface Arguments {
  files: { source: Source; path: string }[];
  /** The name of the desk they are for; absent: the first. */
  desk?: string;
  isDryRun: boolean;
}

function readArguments({ command, args }: Call): Arguments {
  const usage = `Usage: ${command} ${
    SOURCES.map((name) => `[--${name} FILE]`).join(" ")
  } [--desk NAME] [--dry-run]`;
  try {
    const { tokens } = parseArgs({
      args,
      options: {
        ...Object.fromEntries(SOURCES.map((name) => [name, { type: "string" } as const])),
        "dry-run": { type: "boolean" },
        desk: { type: "string" },
      },
      tokens: true,
    });
    const given = tokens.filter((token) => token.kind === "option");
    const files = given.flatMap(({ name, value }) =>
      isSource(name) && value !== undefined ? [{ source: name, path: value }] : []
    );
    const desk = given.findLast(({ name }) => name === "desk")?.value;
    const isDryRun = given.some(({ name }) => name === "dry-run");
    if (files.length > 0) return { files, isDryRun, ...defined({ desk }) };
  } catch (error) {
    // Arguments that are not right are a TypeError (https://nodejs.org/api/util.html#utilparseargsconfig).
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal(`${error.message}\n${usage}`, { cause: error });
  }
  throw new Refusal(usage);
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
  const desk = deskMeantBy(desks, name);
  if (desk) return desk.channelId;
  const names = desks.map((each) => each.name).join(", ");
  throw new Refusal(
    names === ""
      ? "No desk has a name yet: start the bot once, so that it learns its desks, and stop it again."
      : `No desk is called ${name}. There are: ${names}.`,
  );
}

if (import.meta.main) await run(moveIn, { command: "deno task import", args: Deno.args });

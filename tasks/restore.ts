/** Puts a backup into a new database: `deno task restore FILE`. The bot must not run on it yet. */
import { inWords, restore as restoreInto, surveyBackup } from "../src/kv/backup.ts";
import { readBackup } from "../src/kv/backup_file.ts";
import { lifetimesOf } from "../src/kv/lifetimes.ts";
import { sealWith } from "../src/kv/seal.ts";
import { Store } from "../src/kv/store.ts";
import { openToWrite } from "./database.ts";
import { readFile } from "./file.ts";
import { type Call, readConfig, Refusal, run } from "./operator.ts";

/** Restores the file that is given. */
export async function restore({ command, args }: Call): Promise<boolean> {
  const [path, ...others] = args;
  if (path === undefined || others.length > 0) throw new Refusal(`Usage: ${command} FILE`);
  const { botId, botToken, kvPath, retentionDays } = await readConfig();
  const seal = sealWith(botToken);
  // The whole file is looked at before anything is written.
  const survey = await surveyBackup(await readBackup(await readFile(path)), { botId, seal });
  await using database = await openToWrite(kvPath);
  const store = new Store(database.kv, {
    botId,
    owner: crypto.randomUUID(),
    seal,
    retentionDays,
    now: Date.now,
  });
  const { restored, expired } = await restoreInto(store, await readBackup(await readFile(path)), {
    lifetimes: lifetimesOf(retentionDays),
    now: Date.now,
  });
  const taken = new Date(survey.takenMs).toISOString();
  console.log(
    `The backup was taken ${taken}, of the bot ${botId}. In it: ${inWords(survey)}.`,
  );
  console.log(`Restored ${restored}; ${expired} had expired meanwhile and were left out.`);
  if (survey.unreadable > 0) {
    console.log(
      `${survey.unreadable} of what waits or was given up was sealed under another token of the bot. ` +
        "Its words cannot be read any more: what cannot go without them is given up, and whoever " +
        "wrote it is told.",
    );
  }
  console.log(
    "When the bot starts, all goes out that waited when the backup was taken, also what has gone " +
      "out since.",
  );
  return true;
}

if (import.meta.main) await run(restore, { command: "deno task restore", args: Deno.args });

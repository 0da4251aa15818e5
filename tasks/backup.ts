/**
 * Saves what is kept of this bot in a file, also while the bot runs: `deno task backup FILE`. It is
 * compressed if its name ends in `.gz`.
 */
import { inWords, savedRecords, surveyBackup } from "../src/kv/backup.ts";
import { readBackup, writeBackup } from "../src/kv/backup_file.ts";
import { lifetimesOf } from "../src/kv/lifetimes.ts";
import { sealWith } from "../src/kv/seal.ts";
import { openToRead } from "./database.ts";
import { folderOf, readFile, refuseToReplace, writeFile } from "./file.ts";
import { type Call, readConfig, Refusal, run, stopSignal } from "./operator.ts";

/** Saves it in the file that is given. */
export async function backup({ command, args }: Call): Promise<boolean> {
  const [path, ...others] = args;
  if (path === undefined || others.length > 0) throw new Refusal(`Usage: ${command} FILE`);
  const { botId, botToken, kvPath, retentionDays } = await readConfig();
  await refuseToReplace(path);
  const signal = stopSignal();
  const header = { botId, takenMs: Date.now() };
  await using database = await openToRead(kvPath, { folder: folderOf(path) });
  const records = savedRecords(database.kv, { botId, lifetimes: lifetimesOf(retentionDays) });
  const survey = await writeFile(path, writeBackup(header, records), {
    look: async (written) => {
      return await surveyBackup(await readBackup(await readFile(written)), {
        botId,
        seal: sealWith(botToken),
      });
    },
    signal,
  });
  console.log(`Saved in ${path} and read back, of the bot ${botId}: ${inWords(survey)}.`);
  return true;
}

if (import.meta.main) await run(backup, { command: "deno task backup", args: Deno.args });

/**
 * Whether the database still is the file that was opened. A file that is deleted or replaced under
 * an open database goes on being written to, and is lost with the process.
 */
import type { CheckProblem } from "../health/checklist.ts";

/**
 * The log and the file may be written at different times by the database itself: it copies the log
 * into the file within the same commit (https://sqlite.org/wal.html#ckpt).
 */
const CHECKPOINT_MS = 5000;

/** The file of one database. It is only looked at: opening it would end SQLite's own locks on it. */
export class DatabaseFile {
  #first: Deno.FileInfo | undefined;
  #last: Deno.FileInfo | undefined;
  #problem: CheckProblem | undefined;

  constructor(private readonly path: string) {}

  /** Whether there was such a file when it was looked at. */
  get wasSeen(): boolean {
    return this.#first !== undefined;
  }

  /** What has become of the file; `undefined`: it is the one that was opened. */
  look(): CheckProblem | undefined {
    this.#problem ??= this.#find();
    return this.#problem;
  }

  #find(): CheckProblem | undefined {
    const file = infoOf(this.path);
    if (!file) return this.#first ? { because: "file gone" } : undefined;
    const { ino, dev } = this.#first ??= file;
    const last = this.#last ?? file;
    this.#last = file;
    const isOther = file.ino !== ino || file.dev !== dev;
    // SQLite gives nothing back to the disk by itself.
    const isShorter = file.size < last.size;
    const isOurs = !isOther && !isShorter && !this.#isWrittenByOthers(file, last);
    return isOurs ? undefined : { because: "file replaced" };
  }

  /** Whether the file was written to long after the log, through which the database itself writes. */
  #isWrittenByOthers(
    { mtime }: Deno.FileInfo,
    { mtime: before }: Deno.FileInfo,
  ): boolean {
    if (!mtime || !before || mtime.getTime() === before.getTime()) return false;
    const log = infoOf(`${this.path}-wal`);
    return log?.mtime ? mtime.getTime() - log.mtime.getTime() > CHECKPOINT_MS : false;
  }
}

function infoOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The file that a database is opened at (Deno.openKv); `undefined`: it lies in none we know of. */
export function databaseFileAt(path: string | undefined): DatabaseFile | undefined {
  const isFile = path !== undefined && path !== ":memory:" && !/^https?:/.test(path);
  return isFile ? new DatabaseFile(path) : undefined;
}

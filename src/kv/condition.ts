/** How the database does: what it fails at, said once in the log, and once when it is over. */
import type { CheckProblem } from "../health/checklist.ts";
import type { Log } from "../log.ts";
import type { DatabaseFile } from "./database_file.ts";
import type { DatabaseDeed, DatabaseListener } from "./guarded_kv.ts";

/** What fails again so soon after it was over is the same trouble: the log is not told of each turn. */
const SAME_TROUBLE_MS = 10_000;

/** One thing that a database does, and how it goes. */
interface Course {
  /** What was said of the last failure; absent: it goes well. */
  words?: string;
  failures: number;
  isLogged: boolean;
  overMs: number;
}

/** What telling of a database needs of the world. */
export interface ConditionOptions {
  /** Absent: it lies in no file. */
  file: DatabaseFile | undefined;
  now: () => number;
  log: Log;
}

/** The condition of one database. */
export class Condition implements DatabaseListener {
  readonly #reading: Course = { failures: 0, isLogged: false, overMs: -Infinity };
  readonly #writing: Course = { failures: 0, isLogged: false, overMs: -Infinity };
  #fileProblem: CheckProblem | undefined;
  #trying: Promise<void> | undefined;

  constructor(private readonly options: ConditionOptions) {}

  /** Whether the database lies in a file. */
  get isOfFile(): boolean {
    return this.options.file?.wasSeen === true;
  }

  /** What is wrong with the file, or with what was last written. Whether it can be read, reading tells. */
  get problem(): CheckProblem | undefined {
    const { words } = this.#writing;
    if (this.#fileProblem || words === undefined) return this.#fileProblem;
    return { because: "not written", description: words };
  }

  /** Looks at the file, and whether what failed still does. Never throws. */
  look(tryToWrite: () => Promise<void>): void {
    if (this.#writing.words !== undefined) {
      // A database that is locked takes seconds to say so: nobody waits for that. Whether it fails is
      // noted with all that is written.
      this.#trying ??= tryToWrite().catch(() => {}).finally(() => this.#trying = undefined);
    }
    const { file, log } = this.options;
    try {
      const problem = file?.look();
      if (problem && !this.#fileProblem) {
        log.error("database file is lost", { problem: problem.because });
      }
      this.#fileProblem = problem;
    } catch (error) {
      log.warn("database file not looked at", { error });
    }
  }

  failed(deed: DatabaseDeed, words: string): void {
    const { now, log } = this.options;
    const course = this.#courseOf(deed);
    course.words = words;
    course.failures++;
    if (course.isLogged || now() - course.overMs < SAME_TROUBLE_MS) return;
    course.isLogged = true;
    log.error(deed === "reading" ? "database not read" : "database not written", { reason: words });
  }

  succeeded(deed: DatabaseDeed): void {
    const { now, log } = this.options;
    const course = this.#courseOf(deed);
    if (course.words === undefined) return;
    delete course.words;
    if (!course.isLogged) return;
    log.info(deed === "reading" ? "database is read again" : "database is written again", {
      count: course.failures,
    });
    course.isLogged = false;
    course.failures = 0;
    course.overMs = now();
  }

  #courseOf(deed: DatabaseDeed): Course {
    return deed === "reading" ? this.#reading : this.#writing;
  }
}

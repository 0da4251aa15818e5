/** The operator at the terminal: tasks as they are run from `deno.json`, each a process of its own. */

const ROOT = new URL("../..", import.meta.url);

/** What a task has said, and how it ended. */
export interface TaskEnd {
  code: number;
  /** What it said of its work, and what of mistakes. */
  said: string;
  complaints: string;
}

/** A folder in which nobody has a `.env`. */
const NOWHERE = new URL(".", import.meta.url);

/**
 * Runs a task with these variables on top of an environment without any of ours; in a folder, by
 * default one without a `.env`.
 */
export async function runTask(
  name: "doctor" | "backup" | "restore" | "import",
  args: string[],
  env: Record<string, string>,
  cwd: string | URL = NOWHERE,
): Promise<TaskEnd> {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const [, ...command] = (tasks[name].command as string).split(" ");
  const script = new URL(command.pop()!, ROOT).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, script, ...args],
    cwd,
    env: { BOT_TOKEN: "", CHANNEL_ID: "", KV_PATH: "", NO_COLOR: "1", ...env },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, said: decode(stdout), complaints: decode(stderr) };
}

/** A folder for one test, gone afterwards. */
export class Folder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<Folder> {
    return new Folder(await Deno.makeTempDir({ prefix: "balcao-test-" }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Another desk of the people of the first day, with a program of its own. */
import { assert } from "@std/assert";
import { Folder } from "../support/operator.ts";
import { Running, Terminal } from "../support/terminal.ts";

/** Another desk of the same people, in a folder of its own: there the token is written by hand. */
export class SecondDesk implements AsyncDisposable {
  running: Running | undefined;

  private constructor(private readonly folder: Folder, private readonly terminal: Terminal) {}

  static async open(env: Record<string, string>): Promise<SecondDesk> {
    const folder = await Folder.make();
    return new SecondDesk(folder, await Terminal.open(folder.path, env));
  }

  /** Fills in the example of a `.env`, and begins a command. */
  async begins(token: string, command: string): Promise<void> {
    const example = await Deno.readTextFile(`${this.folder.path}/.env.example`);
    const filled = example.replace("\nBOT_TOKEN=\n", `\nBOT_TOKEN=${token}\n`);
    assert(filled !== example, "there is no line to fill in");
    await Deno.writeTextFile(`${this.folder.path}/.env`, filled);
    this.running = new Running(this.terminal.begins(command));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running?.[Symbol.asyncDispose]();
    await this.folder[Symbol.asyncDispose]();
  }
}

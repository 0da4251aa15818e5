/**
 * The whole bot as one file: `deno run -A balcao.js` runs it, and with the name of one of the
 * operator's tasks behind it does that.
 */
import type { Task } from "../tasks/operator.ts";
import { withDatabase } from "./again.ts";

const COMMAND = "deno run -A balcao.js";

/** The tasks by their names; each is loaded when it is asked for. */
const TASKS = new Map<string, () => Promise<Task>>([
  ["doctor", async () => (await import("../tasks/doctor.ts")).doctor],
  ["backup", async () => (await import("../tasks/backup.ts")).backup],
  ["restore", async () => (await import("../tasks/restore.ts")).restore],
  ["import", async () => (await import("../tasks/import.ts")).moveIn],
]);

/** What `main.ts` understands itself. */
const OPTIONS = ["--set-webhook"];

const [name, ...args] = Deno.args;
const task = TASKS.get(name ?? "");
if (name !== undefined && !task && !OPTIONS.includes(name)) {
  console.error(`Usage: ${COMMAND} [${[...TASKS.keys(), ...OPTIONS].join(" | ")}]`);
  Deno.exit(name === "--help" ? 0 : 1);
}
await withDatabase();
if (task) {
  const { run } = await import("../tasks/operator.ts");
  await run(await task(), { command: `${COMMAND} ${name}`, args });
}
await import("../main.ts");

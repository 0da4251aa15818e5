/**
 * The file starting itself again: outside a project Deno has a database only with a flag
 * (https://docs.deno.com/runtime/reference/cli/unstable_flags/), and nobody should have to know it.
 */

/** Says that this process was started so, by the file itself. */
const STARTED_AGAIN = "BALCAO_STARTED_AGAIN";

/** What `-A` allows (https://docs.deno.com/runtime/fundamentals/security/). */
const PERMISSIONS = ["read", "write", "net", "env", "run", "sys", "ffi"] as const;

/** What people, terminals and service managers send to end a program. */
const SIGNALS: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/**
 * Sees to it that there is a database: where the flag is missing, the rest of the program is another
 * process, and this one ends as that ends. Deno Deploy takes no flags, and has the database without.
 */
export async function withDatabase(): Promise<void> {
  if (!await isAllAllowed()) return refuseWithoutDatabase();
  if (Deno.env.get(STARTED_AGAIN) !== undefined) {
    Deno.env.delete(STARTED_AGAIN);
    endWithStarter();
    return;
  }
  if (hasDatabase() || Deno.env.get("DENO_DEPLOY")) return;
  Deno.exit(await startAgain());
}

function hasDatabase(): boolean {
  return typeof Deno.openKv === "function";
}

async function isAllAllowed(): Promise<boolean> {
  const statuses = await Promise.all(PERMISSIONS.map((name) => Deno.permissions.query({ name })));
  return statuses.every(({ state }) => state === "granted");
}

/** Whoever has chosen permissions has to choose the flag too: the file gives itself none. */
function refuseWithoutDatabase(): void {
  if (hasDatabase()) return;
  console.error(
    "Deno has to be told to open a database: deno run -A balcao.js does that by itself; with " +
      "permissions of your own, add --unstable-kv to them.",
  );
  Deno.exit(1);
}

/** Starts the file with the flag, passes on what is sent to end it, resolves with its exit code. */
async function startAgain(): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-config", "--unstable-kv", Deno.mainModule, ...Deno.args],
    env: { [STARTED_AGAIN]: "1" },
    // Nothing is ever said there: it closes when this process is gone, whatever ended it.
    stdin: "piped",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, () => pass(signal, child));
  return (await child.status).code;
}

function pass(signal: Deno.Signal, child: Deno.ChildProcess): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Asks this process to stop when the one that started it is gone, even if that was killed. */
async function endWithStarter(): Promise<void> {
  for await (const _nothing of Deno.stdin.readable);
  Deno.kill(Deno.pid, Deno.build.os === "windows" ? "SIGINT" : "SIGTERM");
}

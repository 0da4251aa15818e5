/**
 * Starts the desk: reads the environment, opens the database, receives updates, serves HTTP. Boots
 * without token or database as well, and then says on its page what is missing.
 */
import { type App, createApp } from "./src/app.ts";
import { type Config, type Listen, readSettings } from "./src/config.ts";
import { createLog } from "./src/log.ts";
import type { Health } from "./src/web/health.ts";
import { createWeb } from "./src/web/web.ts";

/** How soon a start that failed is tried again, at first; later once a minute. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;
/** How long a sweep waits for what it has begun. */
const SWEEP_MS = 50_000;
/** Deno Deploy kills a process 5 s after it has asked it to stop. */
const GRACE_MS = 4000;

const settings = readSettings((name) => Deno.env.get(name));
const log = createLog({
  level: settings.config?.logLevel ?? "info",
  secrets: [Deno.env.get("BOT_TOKEN")?.trim(), settings.config?.webhookSecret]
    .filter((secret): secret is string => Boolean(secret)),
  now: Date.now,
  write: (line) => console.log(line),
});

let app: App | undefined;
let kv: Deno.Kv | undefined;
/** What keeps the app from being there. */
let problems: string[] = settings.problems;
let isStopping = false;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

// Deno Deploy finds crons only at the top level, before the server listens
// (https://docs.deno.com/deploy/reference/cron/).
Deno.cron("sweep", Deno.env.get("DENO_DEPLOY") ? "*/5 * * * *" : "* * * * *", sweep);

const server = serve(settings.listen);
// Windows knows no SIGTERM (https://docs.deno.com/api/deno/~/Deno.addSignalListener).
const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
for (const signal of signals) Deno.addSignalListener(signal, stop);

if (settings.config) boot(settings.config, FIRST_RETRY_MS);
else for (const problem of problems) log.error("setup is incomplete", { problem });

/** Opens the database and starts the desk; what fails is tried again, later each time. */
async function boot(config: Config, retryMs: number): Promise<void> {
  kv ??= await openKv(config);
  if (kv && !isStopping) app ??= createApp({ config, kv, fetch, now: Date.now, log });
  const isReady = await app?.start();
  if (isReady || isStopping) return;
  const laterMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  retryTimer = setTimeout(() => boot(config, laterMs), retryMs);
}

/** Opens the database; `undefined`, and a problem, if that cannot be. */
async function openKv({ kvPath }: Config): Promise<Deno.Kv | undefined> {
  try {
    if (typeof Deno.openKv !== "function") {
      problems = ["There is no database: attach a Deno KV database to this app."];
      return undefined;
    }
    const isFile = kvPath !== undefined && kvPath !== ":memory:" && !/^https?:/.test(kvPath);
    const folder = isFile ? kvPath.slice(0, kvPath.lastIndexOf("/") + 1) : "";
    if (folder) await Deno.mkdir(folder, { recursive: true });
    return await Deno.openKv(kvPath);
  } catch (error) {
    const problem = "The database cannot be opened: check KV_PATH, that its folder may be " +
      "written, and that nobody else has the file open. The log says more.";
    if (!problems.includes(problem)) log.error("database not opened", { problem, error });
    problems = [problem];
    return undefined;
  }
}

/** Listens; where that cannot be, the bot works all the same, by long polling. */
function serve({ hostname, port }: Listen): Deno.HttpServer | undefined {
  const setup = createWeb({ health: () => Promise.resolve(setupHealth()), log });
  try {
    return Deno.serve({
      hostname,
      port,
      onListen: ({ port }) => log.info("listening", { port }),
      // The parameter must be named: a handler without one is given no request.
    }, (request) => (app?.handler ?? setup)(request));
  } catch (error) {
    const problem = `Nothing can be served at HOST ${hostname}, PORT ${port}: choose others.`;
    log.error("not listening", { problem, error });
    return undefined;
  }
}

function setupHealth(): Health {
  return {
    ok: false,
    mode: "setup",
    kv: false,
    telegram: false,
    desk: false,
    waiting: 0,
    failed: 0,
    oldest_waiting_s: 0,
    problems,
  };
}

async function sweep(): Promise<void> {
  await app?.start();
  // A run that waits for calls that hang would keep the next one from looking.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise((resolve) => timer = setTimeout(resolve, SWEEP_MS));
  await Promise.race([app?.settled(), enough]);
  clearTimeout(timer);
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info("stopping");
  clearTimeout(retryTimer);
  const closed = Promise.all([server?.shutdown(), app?.close(GRACE_MS)]);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, GRACE_MS + 500))]);
  kv?.close();
  log.info("stopped");
  Deno.exit(0);
}

/**
 * Starts the desk: reads the environment, opens the database, receives updates, serves HTTP. Boots
 * without token or database as well, and then says on its page what is missing.
 */
import { type App, createApp } from "./src/app.ts";
import { type Config, type Listen, readSettings } from "./src/config.ts";
import { createLog } from "./src/log.ts";
import { createWeb } from "./src/web/web.ts";

/** How soon a start that failed is tried again, at first; later once a minute. */
const FIRST_RESTART_MS = 5000;
const LAST_RESTART_MS = 60_000;
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

const opened = settings.config ? await openKv(settings.config) : null;
const app = settings.config && opened?.kv
  ? createApp({ config: settings.config, kv: opened.kv, fetch, now: Date.now, log })
  : null;

// Deno Deploy finds crons only at the top level, before the server listens
// (https://docs.deno.com/deploy/reference/cron/).
Deno.cron("sweep", Deno.env.get("DENO_DEPLOY") ? "*/5 * * * *" : "* * * * *", async () => {
  await app?.start();
  // A run that waits for calls that hang would keep the next one from looking.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise((resolve) => timer = setTimeout(resolve, SWEEP_MS));
  await Promise.race([app?.settled(), enough]);
  clearTimeout(timer);
});

const server = serve(settings.listen, app, [...settings.problems, ...opened?.problems ?? []]);
const restart = app && startUntilReady(app);
// Windows knows no SIGTERM (https://docs.deno.com/api/deno/~/Deno.addSignalListener).
const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
for (const signal of signals) Deno.addSignalListener(signal, stop);

/** Opens the database, or says why it cannot be. */
async function openKv(config: Config): Promise<{ kv?: Deno.Kv; problems: string[] }> {
  if (typeof Deno.openKv !== "function") {
    return { problems: ["There is no database: attach a Deno KV database to this app."] };
  }
  const { kvPath } = config;
  try {
    const isFile = kvPath !== undefined && kvPath !== ":memory:" && !/^https?:/.test(kvPath);
    const folder = isFile ? kvPath.slice(0, kvPath.lastIndexOf("/") + 1) : "";
    if (folder) await Deno.mkdir(folder, { recursive: true });
    return { kv: await Deno.openKv(kvPath), problems: [] };
  } catch (error) {
    log.error("database not opened", { error });
    return {
      problems: [
        "The database cannot be opened: check KV_PATH, and that its folder may be written. " +
        "The log says more.",
      ],
    };
  }
}

/** Listens; where that cannot be, the bot works all the same, by long polling. */
function serve(
  { hostname, port }: Listen,
  app: App | null,
  problems: string[],
): Deno.HttpServer | null {
  if (!app) { for (const problem of problems) log.error("setup is incomplete", { problem }); }
  const setup = createWeb({
    health: () =>
      Promise.resolve({
        ok: false,
        mode: "setup",
        kv: opened?.kv !== undefined,
        telegram: false,
        desk: false,
        waiting: 0,
        failed: 0,
        oldest_waiting_s: 0,
        problems,
      }),
    log,
  });
  const handler = app?.handler ?? setup;
  try {
    return Deno.serve({
      hostname,
      port,
      onListen: ({ port }) => log.info("listening", { port }),
      // The parameter must be named: a handler without one is given no request.
    }, (request) => handler(request));
  } catch (error) {
    const problem = `Nothing can be served at HOST ${hostname}, PORT ${port}: choose others.`;
    log.error("not listening", { problem, error });
    return null;
  }
}

/** Starts, and starts again a little later for as long as something is in the way. */
function startUntilReady(app: App): { stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let delayMs = FIRST_RESTART_MS;
  const attempt = async () => {
    const isReady = await app.start();
    if (!isReady && !isStopped) timer = setTimeout(attempt, delayMs);
    delayMs = Math.min(delayMs * 2, LAST_RESTART_MS);
  };
  attempt();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info("stopping");
  restart?.stop();
  const closed = Promise.all([server?.shutdown(), app?.close(GRACE_MS)]);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, GRACE_MS + 500))]);
  opened?.kv?.close();
  log.info("stopped");
  Deno.exit(0);
}

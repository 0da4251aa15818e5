/**
 * Starts the desk: reads the environment, opens the database, receives updates, serves HTTP. Boots
 * without token or database as well, and then says on its page what is missing; there the token can
 * be given. With `--set-webhook` it only registers the webhook.
 */
import { type App, createApp } from "./src/app.ts";
import { type Config, lacksOnlyToken, type Listen, readEnvironment } from "./src/config.ts";
import { canKeepEnvFile, loadEnvFile, setInEnvFile } from "./src/environment/env_file.ts";
import { type HeldFile, holdFile } from "./src/kv/held_file.ts";
import { makePrivate } from "./src/kv/private_file.ts";
import { findRoom } from "./src/kv/room.ts";
import { createLog } from "./src/log.ts";
import type { Problem } from "./src/health/problem.ts";
import { sentenceOf } from "./src/texts/problem_sentence.ts";
import { statusWithoutBot } from "./src/health/status.ts";
import { registerOnly } from "./src/telegram/receiving/registration.ts";
import { doubtOfToken } from "./src/telegram/receiving/token.ts";
import { randomCode } from "./src/secret.ts";
import { VERSION } from "./src/version.ts";
import { Front } from "./src/web/front.ts";
import { LastingServer } from "./src/web/lasting_server.ts";
import { createWeb, type HttpHandler } from "./src/web/routes.ts";
import type { TokenTaken } from "./src/web/token_door.ts";
import { withDeadline } from "./src/time/deadline.ts";

/** How soon a start that failed is tried again, at first; later once a minute. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;
/** How often what was put off is looked for, where the runtime has no crons. */
const SWEEP_EVERY_MS = 60_000;
/** How long a sweep waits for what it has begun: a run that hangs would keep the next from looking. */
const SWEEP_MS = 50_000;
/** How long a file that nobody holds takes to be held. */
const HOLDING_MS = 1000;
/** How long a request waits for the database to be opened. */
const OPENING_MS = 800;
/** Deno Deploy kills a process 5 s after it has asked it to stop. */
const GRACE_MS = 4000;

const startedMs = Date.now();
const isOnDeploy = Boolean(Deno.env.get("DENO_DEPLOY"));
/** A token of the environment counts more than one of `.env`, where one that is given would be kept. */
const isTokenFixed = Boolean(Deno.env.get("BOT_TOKEN")?.trim());
/** Why `.env` could not be read. On Deno Deploy there is none. */
const unread = isOnDeploy
  ? undefined
  : await loadEnvFile(Deno.env).catch((error: unknown) => error);
const get = (name: string) => Deno.env.get(name);
let environment = readEnvironment(get);
if (lacksOnlyToken(environment) && !await canKeepEnvFile()) {
  environment = readEnvironment(get, { isKept: false });
}
/** Opens the page with all details. */
let code = environment.config?.claimCode ?? randomCode();

if (Deno.args.includes("--set-webhook")) {
  const { isDone, sentence } = await registerOnly(environment, fetch);
  console.log(sentence);
  Deno.exit(isDone ? 0 : 1);
}

/** What the log strikes out. */
const secrets = [Deno.env.get("BOT_TOKEN")?.trim(), environment.config?.webhookSecret]
  .filter((secret): secret is string => Boolean(secret));
const log = createLog({
  level: environment.logLevel,
  secrets,
  now: Date.now,
  write: (line) => console.log(line),
});

let app: App | undefined;
let kv: Deno.Kv | undefined;
/** Resolves once no other program works on the database's file; absent: it lies in none. */
let holding: Promise<HeldFile | undefined> | undefined;
/** Whether no other program works on the database. */
let isAlone = false;
/** What keeps the app from being there. */
let problems: Problem[] = environment.config ? [{ because: "starting" }] : environment.problems;
/** Answers while there is no app. */
let setup = createSetup();
let isStopping = false;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

// Deno Deploy finds crons only at the top level, before the server listens
// (https://docs.deno.com/deploy/reference/cron/).
if (Deno.cron) Deno.cron("sweep", isOnDeploy ? "*/5 * * * *" : "* * * * *", sweep);
else setInterval(sweep, SWEEP_EVERY_MS);

const opening = Promise.withResolvers<void>();
// Windows knows no SIGTERM (https://docs.deno.com/api/deno/~/Deno.addSignalListener).
const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
for (const signal of signals) Deno.addSignalListener(signal, stop);
/** Where the program is reached on its own machine, once it listens. */
let addressHere: string | undefined;
const served = serve(environment.listen);

if (unread !== undefined) log.error(".env not read", { error: unread });
for (const problem of environment.problems) {
  log.error("setup is incomplete", { problem: sentenceOf(problem) });
}
if (environment.config) boot(environment.config, FIRST_RETRY_MS);

/** Opens the database and starts the desk; what fails is tried again, later each time. */
async function boot(config: Config, retryMs: number): Promise<void> {
  kv ??= await openKv(config);
  if (kv && !isStopping) {
    app ??= createApp({ config, kv, isAlone, fetch, now: Date.now, log });
  }
  const starting = app?.start();
  opening.resolve();
  if (await starting || isStopping) return;
  const laterMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  retryTimer = setTimeout(() => boot(config, laterMs), retryMs);
}

/** Takes a token that was given on the page: checks it, keeps it, and starts the bot by it. */
async function takeToken(token: string): Promise<TokenTaken> {
  // Another form was quicker.
  if (environment.config) return { code };
  const given = readEnvironment((name) => name === "BOT_TOKEN" ? token : get(name));
  if (!given.config) return { refusal: "malformed" };
  secrets.push(token);
  const doubt = await doubtOfToken(given.config, fetch);
  if (doubt) {
    // Anything may have been given, a single digit and letter even, which other lines hold as well.
    secrets.pop();
    return { refusal: doubt };
  }
  try {
    await setInEnvFile("BOT_TOKEN", token);
  } catch (error) {
    log.error("token not kept", { error });
    return { refusal: "not kept" };
  }
  secrets.push(given.config.webhookSecret);
  environment = given;
  code = given.config.claimCode;
  problems = [{ because: "starting" }];
  setup = createSetup();
  log.info("token taken");
  announcePage();
  boot(given.config, FIRST_RETRY_MS);
  return { code };
}

/** Opens the database; `undefined`, and a problem, if that cannot be. */
async function openKv({ kvPath }: Config): Promise<Deno.Kv | undefined> {
  try {
    const isFile = kvPath !== undefined && kvPath !== ":memory:" && !/^https?:/.test(kvPath);
    if (isFile) {
      await makePrivate(kvPath, log);
      isAlone = await isHeld(holding ??= holdFile(kvPath, log));
      await findRoom(kvPath);
    }
    if (kvPath === ":memory:") isAlone = true;
    const opened = await Deno.openKv(kvPath);
    if (kvPath !== undefined || await isAttached(opened)) return opened;
    opened.close();
    return without({ because: "no database" });
  } catch (error) {
    const isAny = kvPath !== undefined || hasAddress();
    return without({ because: isAny ? "database not opened" : "no database" }, error);
  }
}

/** Waits until no other program works on the file; meanwhile the page says what is in the way. */
async function isHeld(holding: Promise<HeldFile | undefined>): Promise<boolean> {
  const held = holding.then((file) => file !== undefined);
  const soon = await withDeadline(HOLDING_MS, held, undefined);
  if (soon !== undefined) return soon;
  without({ because: "database not opened" });
  opening.resolve();
  return await held;
}

function without(problem: Problem, error?: unknown): undefined {
  const isKnown = problems.some(({ because }) => because === problem.because);
  if (!isKnown) log.error("database not opened", { problem: sentenceOf(problem), error });
  problems = [problem];
}

/**
 * Whether the database that Deno Deploy opened is one that lasts. Where none is attached, it may
 * open one in memory, which every instance has for itself; that one has a queue, and no address.
 */
async function isAttached(opened: Deno.Kv): Promise<boolean> {
  if (hasAddress()) return true;
  try {
    await opened.enqueue("is there a queue?");
    return false;
  } catch {
    return true;
  }
}

/** Whether the platform says where its database is. */
function hasAddress(): boolean {
  return /^https?:/.test(Deno.env.get("DENO_KV_DEFAULT_PATH") ?? "");
}

/** What serves, and the door before it; Deno Deploy has one of its own. */
interface Served {
  server: LastingServer;
  front?: Front;
}

/** Listens; where that cannot be, the bot works all the same, by long polling. */
function serve({ hostname, port }: Listen): Served | undefined {
  try {
    if (isOnDeploy) {
      const server = lastingServer({ hostname, port }, (addr) => addr);
      announce(hostname, server.addr);
      return { server };
    }
    const listener = Deno.listen({ hostname, port });
    const server = lastingServer(
      { hostname: "127.0.0.1", port: 0 },
      (addr) => front.originOf(addr),
    );
    const front = new Front({
      listener,
      connect: () => Deno.connect({ hostname: server.addr.hostname, port: server.addr.port }),
      webhook: () => app?.webhook,
      now: () => performance.now(),
      log,
    });
    announce(hostname, listener.addr as Deno.NetAddr);
    return { server, front };
  } catch (error) {
    const problem = `Nothing can be served at HOST ${hostname}, PORT ${port}: choose others.`;
    log.error("not listening", { problem, error });
    return undefined;
  }
}

/** Answers requests there; `originOf` says where somebody comes from who is connected so. */
function lastingServer(at: Listen, originOf: (addr: Deno.Addr) => Deno.Addr): LastingServer {
  return new LastingServer({
    serve: (signal) =>
      Deno.serve({ ...at, signal, onListen: () => {} }, async (request, { remoteAddr }) => {
        // Whoever wakes a sleeping bot, Telegram most of all, is answered by the bot.
        if (environment.config) await withDeadline(OPENING_MS, opening.promise, undefined);
        return await (app?.handler ?? setup)(request, originOf(remoteAddr));
      }),
    log,
  });
}

/** The page of a program that has no app yet; takes the token where that alone is missing. */
function createSetup(): HttpHandler {
  const { locale, timeZone } = environment;
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const takesToken = lacksOnlyToken(environment) && !isTokenFixed;
  return createWeb({
    ...takesToken ? { tokens: { take: takeToken, pause } } : {},
    status: () => Promise.resolve(statusWithoutBot(problems, startedMs)),
    code,
    locale,
    timeZone,
    version: VERSION,
    now: Date.now,
    log,
  });
}

/** Says where the bot listens, and where its page is. */
function announce(hostname: string, { port }: Deno.NetAddr): void {
  log.info("listening", { port });
  const isReachedByName = /^(0\.0\.0\.0|::|127\.0\.0\.1|::1|localhost)$/.test(hostname);
  const host = isReachedByName ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  addressHere = `http://${host}:${port}`;
  announcePage();
}

/** Says where the page is; of an app without a token the platform alone knows the address. */
function announcePage(): void {
  const address = environment.config?.publicUrl ?? (isOnDeploy ? undefined : addressHere);
  if (address !== undefined) log.info("page with all details", { url: `${address}/?code=${code}` });
}

async function sweep(): Promise<void> {
  await app?.start();
  if (app) await withDeadline(SWEEP_MS, app.settled(), undefined);
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info("stopping");
  clearTimeout(retryTimer);
  await withDeadline(
    GRACE_MS + 500,
    Promise.all([served?.front?.close(), served?.server.shutdown(), app?.close(GRACE_MS)]),
    undefined,
  );
  kv?.close();
  log.info("stopped");
  Deno.exit(0);
}

/**
 * What `deno task dev` runs: the bot itself, restarting on changes, if there is a token; else the
 * playground in a browser, where a newcomer plays customers and agents against a simulated Telegram.
 */
import { loadEnvFile } from "../src/environment/env_file.ts";
import { LANGUAGE_TAGS, spokenLanguage } from "../src/words/language.ts";
import { openBrowserPlayground } from "./browser.ts";
import { TokenField } from "./token.ts";

/** Where the page is, unless `PORT` says otherwise. */
const PORT = 8000;
/** How long the page has to hear that its token was taken. */
const ANSWERED_MS = 300;
// Windows knows no SIGTERM (https://docs.deno.com/api/deno/~/Deno.addSignalListener).
const SIGNALS: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];

await loadEnvFile(Deno.env);
if (Deno.env.get("BOT_TOKEN")?.trim()) await runBot();
else await playInBrowser();

/** Serves the playground until somebody ends it, or gives it a token: then the bot itself runs. */
async function playInBrowser(): Promise<void> {
  const port = Number(Deno.env.get("PORT") || freePort(PORT));
  const taken = Promise.withResolvers<void>();
  const get = (name: string) => Deno.env.get(name);
  const isUnclaimed = Deno.args.includes("--setup");
  // The token of a simulated bot is not kept anywhere.
  const hasField = isUnclaimed || await TokenField.canKeep();
  const { page, close } = await openBrowserPlayground({
    language: deskLanguage(),
    isUnclaimed,
    awaitsToken: isUnclaimed,
    port,
    write: (line) => console.log(line),
    ...hasField ? { tokenField: new TokenField({ get, fetch, onTaken: taken.resolve }) } : {},
  });
  console.log(`Balcão — playground. No token, no Telegram: both are simulated on this machine.
Open ${page.url} in a browser. Ctrl-C ends it; in a terminal: deno task play.`);
  if (Deno.args.includes("--open")) await openInBrowser(page.url);
  let isEnding = false;
  const ends = async () => {
    // A terminal tells every process, and the task runner this one once more.
    if (isEnding) return;
    isEnding = true;
    await close();
    Deno.exit(0);
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, ends);
  await taken.promise;
  // The page is told first.
  await new Promise((resolve) => setTimeout(resolve, ANSWERED_MS));
  for (const signal of SIGNALS) Deno.removeSignalListener(signal, ends);
  await close();
  await runBot({ PORT: new URL(page.url).port });
}

/** The port if nobody listens there, else any. */
function freePort(port: number): number {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return port;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return 0;
    throw error;
  }
}

/** The desk speaks LOCALE, else what this machine speaks, else English. */
function deskLanguage() {
  const locale = Deno.env.get("LOCALE");
  return LANGUAGE_TAGS.find((tag) => tag === locale) ??
    spokenLanguage(Deno.env.get("LANG")?.replace("_", "-")) ?? "en";
}

/** Opens an address as this system opens addresses; where it cannot, the address was printed. */
async function openInBrowser(url: string): Promise<void> {
  const commands: Partial<Record<typeof Deno.build.os, [string, ...string[]]>> = {
    darwin: ["open"],
    windows: ["cmd", "/c", "start"],
  };
  const [command, ...args] = commands[Deno.build.os] ?? ["xdg-open"];
  try {
    await new Deno.Command(command, { args: [...args, url], stdout: "null", stderr: "null" })
      .spawn().status;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`There is no ${command} here that could open it.`);
  }
}

/** Runs the bot under Deno's watcher, and ends with it. */
async function runBot(env: Record<string, string> = {}): Promise<never> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      // What .env says is in the environment already.
      ...["run", "--watch", "--allow-env", "--allow-net", "--allow-read", "--allow-write"],
      import.meta.resolve("../main.ts"),
    ],
    env,
  }).spawn();
  for (const signal of SIGNALS) {
    // At any other signal the bot would end, and the watcher wait for a change to start it again.
    Deno.addSignalListener(signal, () => child.kill("SIGINT"));
  }
  const { code } = await child.status;
  Deno.exit(code);
}

/**
 * What `deno task dev` runs: the bot itself, restarting on changes, if there is a token; else the
 * playground, where a newcomer plays customers and agents against a simulated Telegram.
 */
import { playInTerminal } from "./terminal.ts";

if (Deno.env.get("BOT_TOKEN")?.trim()) await runBot();
else await playInTerminal();

/** Runs the bot under Deno's watcher, and ends with it. */
async function runBot(): Promise<never> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      // What .env says is in the environment already.
      ...["run", "--watch", "--allow-env", "--allow-net", "--allow-read", "--allow-write"],
      "main.ts",
    ],
  }).spawn();
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) {
    // At any other signal the bot would end, and the watcher wait for a change to start it again.
    Deno.addSignalListener(signal, () => child.kill("SIGINT"));
  }
  const { code } = await child.status;
  Deno.exit(code);
}

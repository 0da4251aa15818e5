/** The playground's page in a real Chromium, where there is one. */
import { assertEquals } from "@std/assert";
import { BROWSER_PATH, BROWSER_PLACES } from "../support/browser_path.ts";

/** What is tried, each in a process that may do anything: the browser's driver needs to. */
const TRIED: readonly [what: string, file: string][] = [
  ["both sides of a conversation have it in the browser", "conversation.ts"],
  [
    "several desks are opened, switched between, and a conversation goes from one to another",
    "desks.ts",
  ],
  ["a desk is set up from the token on, by tapping", "setup.ts"],
  ["faults are switched on, the bot is killed, and everything arrives", "faults.ts"],
  ["a tour leads through it in each language", "tour.ts"],
  ["a token runs the bot for real in the playground's place", "token.ts"],
  ["of ten thousand messages the page draws a few", "speed.ts"],
  ["everybody can use the playground: by keyboard, by ear, in light and dark", "accessible.ts"],
];

for (const [what, file] of TRIED) {
  Deno.test({
    name: BROWSER_PATH === undefined
      ? `${what} (left out: there is no Chromium at ${BROWSER_PLACES.join(", ")})`
      : what,
    ignore: BROWSER_PATH === undefined,
    fn: async () => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["test", "--no-check", "--allow-all", new URL(file, import.meta.url).pathname],
        cwd: new URL("../..", import.meta.url),
        env: { NO_COLOR: "1" },
      }).output();
      const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
      assertEquals(code, 0, said);
    },
  });
}

/** The field for the token in a real Chromium, where there is one. */
import { assertEquals } from "@std/assert";
import { BROWSER_PATH, BROWSER_PLACES } from "../support/browser_path.ts";

const WHAT = "in a real browser the token gets in by its field, and from nowhere else";

Deno.test({
  name: BROWSER_PATH === undefined
    ? `${WHAT} (left out: there is no Chromium at ${BROWSER_PLACES.join(", ")})`
    : WHAT,
  ignore: BROWSER_PATH === undefined,
  fn: async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-check", "--allow-all", "tests/program/token_in_browser.ts"],
      cwd: new URL("../..", import.meta.url),
      env: { NO_COLOR: "1" },
    }).output();
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    assertEquals(code, 0, said);
  },
});

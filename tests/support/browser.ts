/** A real Chromium, where there is one: what it does with a form, its origin and its names nobody else does. */
import { type Browser, chromium, type Page } from "playwright-core";
import { BROWSER_PATH } from "./browser_path.ts";

/** A name that a foreign name server has lead to this machine, in this browser. */
export const REBINDING_NAME = "rebinding.example";

/** A test in a real browser. */
export function browserTest(name: string, run: (browser: Browser) => Promise<void>): void {
  Deno.test({
    name,
    // The browser's own pipes are its library's.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const browser = await chromium.launch({
        executablePath: BROWSER_PATH!,
        args: ["--no-sandbox", `--host-resolver-rules=MAP ${REBINDING_NAME} 127.0.0.1`],
      });
      try {
        await run(browser);
      } finally {
        await browser.close();
      }
    },
  });
}

/** A page in English that is so wide, in pixels; what goes wrong on it is gathered. */
export async function openPage(
  browser: Browser,
  width: number,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, locale: "en-GB" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints };
}

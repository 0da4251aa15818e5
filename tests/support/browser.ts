/** A real Chromium for tests, where there is one: pages opened and driven as a person would. */
import fs from "node:fs";
import type { Browser, Page } from "playwright-core";
import { type DeskLanguage, openBrowserPlayground } from "../../playground/browser.ts";
import type { Playground } from "../../playground/playground.ts";
import type { ServedPage } from "../../playground/web/server.ts";

/** Where browsers of this family are installed; `CHROMIUM` names another. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
/** Nothing but the page is to be asked for, whatever the machine. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Chromium is on this machine; `undefined`: nowhere. */
export const CHROMIUM: string | undefined = [Deno.env.get("CHROMIUM") || PLACES[0]!, ...PLACES]
  .find(
    (path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return false;
        throw error;
      }
    },
  );

/** Why nothing can be tried in a browser; absent: it can. The browser's driver asks for the machine. */
const OBSTACLE = CHROMIUM === undefined
  ? "there is no Chromium here; CHROMIUM names one"
  : Deno.permissions.querySync({ name: "sys" }).state === "granted"
  ? undefined
  : "its driver needs --allow-sys";

/** Starts it. */
export async function launch(): Promise<Browser> {
  const { chromium } = await driver();
  return await chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
}

/**
 * The browser's driver. When it is loaded it looks below `/proc` for Windows' Linux, which Deno
 * forbids whoever may not do everything: what must not be looked at is not there.
 */
async function driver(): Promise<typeof import("playwright-core")> {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  try {
    return await import("playwright-core");
  } finally {
    fs.existsSync = existsSync;
  }
}

/** How a page is looked at. */
export interface Looking {
  width?: number;
  height?: number;
  /** Of the browser (IETF tag). */
  locale?: string;
  scheme?: "light" | "dark";
  hasTouch?: boolean;
  isMotionReduced?: boolean;
}

/** The playground with its page in a browser. */
export interface Visit extends AsyncDisposable {
  playground: Playground;
  served: ServedPage;
  browser: Browser;
  page: Page;
  /** What the page has complained of. */
  complaints: string[];
  /** Hosts that were asked for something, the playground's own left out. */
  foreign: string[];
}

/** Opens the playground, and its page. */
export async function visit(
  { language = "en", ...looking }: Looking & { language?: DeskLanguage } = {},
): Promise<Visit> {
  const opened = await openBrowserPlayground({ language, port: 0, write: () => {} });
  const browser = await launch();
  const complaints: string[] = [];
  const foreign: string[] = [];
  const page = await look(browser, opened.page.url, looking);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(opened.page.url)) foreign.push(request.url());
  });
  await page.getByRole("region", { name: "Customer" }).waitFor({ state: "attached" });
  return {
    playground: opened.playground,
    served: opened.page,
    browser,
    page,
    complaints,
    foreign,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await opened.close();
    },
  };
}

/** Another window on a page. */
export async function look(browser: Browser, url: string, looking: Looking = {}): Promise<Page> {
  const { width = 1280, height = 800, locale = "en", scheme = "light" } = looking;
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    colorScheme: scheme,
    hasTouch: looking.hasTouch ?? false,
    reducedMotion: looking.isMotionReduced ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  return page;
}

/** A test in the browser; where there is none it is skipped, and its name says why. */
export function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name: OBSTACLE === undefined ? name : `${name} (skipped: ${OBSTACLE})`,
    ignore: OBSTACLE !== undefined,
    // What the browser's driver keeps open is its own.
    sanitizeOps: false,
    sanitizeResources: false,
    fn,
  });
}

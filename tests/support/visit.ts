/** The playground in a real Chromium: its page is opened, and driven as a person would. */
import { type Browser, chromium, type Page } from "playwright-core";
import { openBrowserPlayground } from "../../playground/browser.ts";
import type { Playground } from "../../playground/playground.ts";
import type { DeskLanguage } from "../../playground/story/deed.ts";
import type { ServedPage } from "../../playground/web/server.ts";
import { BROWSER_PATH } from "./browser_path.ts";

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

/** Starts it. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER_PATH!, args: FLAGS });
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
  { language = "en", isUnclaimed = false, ...looking }: Looking & {
    language?: DeskLanguage;
    isUnclaimed?: boolean;
  } = {},
): Promise<Visit> {
  const opened = await openBrowserPlayground({
    language,
    isUnclaimed,
    port: 0,
    write: () => {},
  });
  const browser = await launch();
  const { origin } = new URL(opened.page.url);
  const complaints: string[] = [];
  const foreign: string[] = [];
  const page = await look(browser, opened.page.url, looking);
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) foreign.push(request.url());
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

/** A test in the browser, in a process that may do anything: the browser's driver needs to. */
export function visitTest(name: string, fn: () => Promise<void>): void {
  // What the driver keeps open is its own.
  Deno.test({ name, sanitizeOps: false, sanitizeResources: false, fn });
}

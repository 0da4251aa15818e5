/** Whether there is a Chromium on this machine, and where. */

/** Where systems put it. */
export const BROWSER_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser on this machine; `undefined` if there is none. */
export const BROWSER_PATH = BROWSER_PLACES.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
});

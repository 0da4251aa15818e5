/**
 * The page's files: its own, and the small library that it is made with, out of its npm packages.
 * Browsers run them as they are; nothing is built.
 */

/** A file as it is served. */
export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
}

/** The modules that the page imports by name. */
const LIBRARY: Readonly<Record<string, string>> = {
  preact: "/library/preact.js",
  "preact/hooks": "/library/hooks.js",
  htm: "/library/htm.js",
};

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
};

const PAGE = new URL("../page/", import.meta.url);

/** All files by their paths, and the policy under which the page runs. */
export interface Assets {
  files: ReadonlyMap<string, Asset>;
  /** Content-Security-Policy: nothing from other hosts. */
  policy: string;
}

/** Reads them all. */
export async function readAssets(): Promise<Assets> {
  const files = new Map<string, Asset>();
  for await (const { name, isFile } of Deno.readDir(PAGE)) {
    const type = TYPES[name.split(".").at(-1)!];
    if (!isFile || type === undefined || name === "index.html") continue;
    files.set(`/${name}`, { body: await Deno.readFile(new URL(name, PAGE)), type });
  }
  for (const [name, path] of Object.entries(LIBRARY)) {
    // Files of a package can be found only after something of it was imported. By a name that is not
    // written out, its types stay away: they are those of browsers, for the whole program.
    await import(name);
    const body = await Deno.readFile(new URL(import.meta.resolve(name)));
    files.set(path, { body, type: TYPES.js! });
  }
  const imports = JSON.stringify({ imports: LIBRARY });
  const template = await Deno.readTextFile(new URL("index.html", PAGE));
  const page = new TextEncoder().encode(
    template.replace(/(<script type="importmap">)[^<]*/, (_, tag) => tag + imports),
  );
  files.set("/", { body: page, type: TYPES.html! });
  return { files, policy: policyFor(await digestOf(imports)) };
}

function policyFor(imports: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' '${imports}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** As a policy names an inline script (CSP Level 3, hash-source). */
async function digestOf(script: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

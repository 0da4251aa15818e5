/**
 * Writes `dist/balcao.js`: the whole bot as one file, by the runtime's own bundler
 * (https://docs.deno.com/runtime/reference/cli/bundle/). `deno task bundle [FILE]` writes it elsewhere.
 */
import { brotliCompressSync, constants } from "node:zlib";
import { readPictureFiles } from "../src/chart/picture_files.ts";
import { licencesOf } from "./licences.ts";

const ROOT = new URL("../", import.meta.url);
const ENTRY = new URL("balcao.ts", import.meta.url);
/** A file that people pass on stays small. */
const MOST_BYTES = 4_000_000;

const [path = new URL("dist/balcao.js", ROOT).pathname] = Deno.args;
const folder = await Deno.makeTempDir({ prefix: "balcao-bundle-" });
try {
  await Deno.writeTextFile(`${folder}/picture_files.ts`, await packedPictureFiles());
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(await packedConfig(folder)));
  await bundle(folder, path);
  const licences = await licencesOf(ENTRY);
  await Deno.writeTextFile(path, `\n/*\n${licences.replaceAll("*/", "* /")}\n*/\n`, {
    append: true,
  });
} finally {
  await Deno.remove(folder, { recursive: true });
}
const { size } = await Deno.stat(path);
console.log(`${path}: ${(size / 1e6).toFixed(2)} MB`);
if (size > MOST_BYTES) {
  console.error(`That is more than ${MOST_BYTES / 1e6} MB: look what has come in.`);
  Deno.exit(1);
}

/** A module in place of `src/chart/picture_files.ts` that has the files in it, compressed. */
async function packedPictureFiles(): Promise<string> {
  const { wasm, fonts } = await readPictureFiles();
  return [
    'import { Buffer } from "node:buffer";',
    "const unpacked = async (packed) => {",
    '  const { brotliDecompressSync } = await import("node:zlib");',
    '  return new Uint8Array(brotliDecompressSync(Buffer.from(packed, "base64")));',
    "};",
    "export const readPictureFiles = async () => ({",
    `  wasm: await unpacked("${packed(wasm)}"),`,
    `  fonts: [${fonts.map((font) => `await unpacked("${packed(font)}")`).join(", ")}],`,
    "});",
  ].join("\n");
}

function packed(bytes: Uint8Array): string {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).toString("base64");
}

/** The project's own import map, with that module where the files are read. */
async function packedConfig(folder: string): Promise<unknown> {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const entries = Object.entries(imports as Record<string, string>).map(([name, target]) => [
    name,
    target.startsWith("./") ? new URL(target, ROOT).href : target,
  ]);
  return {
    imports: {
      ...Object.fromEntries(entries),
      [new URL("src/chart/picture_files.ts", ROOT).href]: `${folder}/picture_files.ts`,
    },
  };
}

async function bundle(folder: string, path: string): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--frozen",
      "--minify",
      `--config=${folder}/deno.json`,
      `--lock=${new URL("deno.lock", ROOT).pathname}`,
      `--output=${path}`,
      ENTRY.pathname,
    ],
    cwd: ROOT,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`deno bundle failed: ${new TextDecoder().decode(stderr)}`);
}

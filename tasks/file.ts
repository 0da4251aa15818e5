/** A backup's file: read whole or not at all, written whole or not at all, for its owner's eyes only. */
import { isThere } from "../src/environment/there.ts";
import { BackupProblem, gunzipped, readBackup } from "../src/kv/backup_file.ts";
import { Refusal } from "./operator.ts";

const OWNER_ONLY = 0o600;
/** How compressed data begins (RFC 1952, 2.3.1). */
const GZIP_MAGIC = [0x1f, 0x8b];

/** The folder of a file, with the `/` at its end; `./` if it names none. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) || "./";
}

/** The bytes of a file, uncompressed. */
export async function readFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    const file = await Deno.open(path);
    const magic = new Uint8Array(GZIP_MAGIC.length);
    await file.read(magic);
    await file.seek(0, Deno.SeekMode.Start);
    const isCompressed = GZIP_MAGIC.every((byte, at) => magic[at] === byte);
    return isCompressed ? gunzipped(file.readable) : file.readable;
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

/**
 * Writes a file beside its place, has it looked at there, and only then moves it to its place;
 * compressed if its name ends in `.gz`. Resolves with what was seen.
 */
export async function writeFile<T>(
  path: string,
  chunks: AsyncIterable<string>,
  { look, signal }: { look: (path: string) => Promise<T>; signal: AbortSignal },
): Promise<T> {
  const partPath = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  const file = await Deno.open(partPath, { write: true, createNew: true, mode: OWNER_ONLY });
  try {
    const bytes = ReadableStream.from(chunks).pipeThrough(new TextEncoderStream());
    const written = path.endsWith(".gz") ? bytes.pipeThrough(new CompressionStream("gzip")) : bytes;
    for await (const part of written) {
      signal.throwIfAborted();
      for (let at = 0; at < part.length;) at += await file.write(part.subarray(at));
    }
    await file.sync();
    const seen = await look(partPath);
    await Deno.rename(partPath, path);
    return seen;
  } catch (error) {
    await Deno.remove(partPath);
    throw error;
  } finally {
    file.close();
  }
}

/** Refuses a path where nothing can be written, or something else than a backup lies. */
export async function refuseToReplace(path: string): Promise<void> {
  if (!await isThere(folderOf(path))) {
    throw new Refusal(`There is no folder ${folderOf(path)}: make it first, or choose another.`);
  }
  if (!await isThere(path)) return;
  try {
    await readBackup(await readFile(path));
  } catch (error) {
    if (!(error instanceof BackupProblem)) throw error;
    throw new Refusal(`${path} exists and is no backup of this program: choose another name.`);
  }
}

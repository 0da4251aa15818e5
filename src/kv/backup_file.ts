/**
 * A backup as a file: lines of JSON. The first says what it is, each other is a record, the last
 * counts them and seals them with a checksum, so that a file that was cut off or altered is known.
 */
import { createHash } from "node:crypto";
import { readTyped, writeTyped } from "./typed_json.ts";

/** The form in which this program writes backups. */
const BACKUP_VERSION = 1;
const NAME = "balcao";
/** How much is handed on at once. */
const CHUNK_LENGTH = 64 * 1024;

/** What the first line says. */
export interface BackupHeader {
  botId: number;
  /** When the backup was begun. */
  takenMs: number;
}

/** A record as it lies in a backup. */
export interface SavedRecord {
  key: Deno.KvKey;
  value: unknown;
  /** When it expires, as far as it says itself. */
  expiresMs?: number;
}

/** Why a file cannot be restored: a sentence for the operator. */
export class BackupProblem extends Error {
  override name = "BackupProblem";
}

/** A backup that is being read. */
export interface BackupReading {
  header: BackupHeader;
  /** The records in their order. Throws a `BackupProblem` at the end if they are not all there. */
  records: AsyncGenerator<{ record: SavedRecord; length: number }>;
}

/** Writes a backup in chunks of whole lines. */
export async function* writeBackup(
  { botId, takenMs }: BackupHeader,
  records: AsyncIterable<SavedRecord>,
): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const taken = new Date(takenMs).toISOString();
  let chunk = `${JSON.stringify({ backup: NAME, version: BACKUP_VERSION, bot: botId, taken })}\n`;
  let count = 0;
  for await (const record of records) {
    chunk += `${writeTyped(record)}\n`;
    count++;
    if (chunk.length < CHUNK_LENGTH) continue;
    hash.update(chunk);
    yield chunk;
    chunk = "";
  }
  hash.update(chunk);
  yield `${chunk}${JSON.stringify({ records: count, sha256: hash.digest("hex") })}\n`;
}

/**
 * Begins to read a backup. Throws a `BackupProblem` if it is none, or of a form this program does
 * not know.
 */
export async function readBackup(file: AsyncIterable<Uint8Array>): Promise<BackupReading> {
  const lines = linesOf(file);
  const first = await lines.next();
  if (first.done) throw new BackupProblem("The file is empty.");
  return { header: headerIn(first.value), records: recordsIn(first.value, lines) };
}

/** The bytes of a compressed backup (gzip), as they were before. What is not whole is a problem. */
export async function* gunzipped(
  file: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* file.pipeThrough(new DecompressionStream("gzip"));
  } catch (error) {
    // Compressed data that is not right is a TypeError (https://compression.spec.whatwg.org).
    if (!(error instanceof TypeError)) throw error;
    throw new BackupProblem(
      "The backup is cut off or damaged: its compressed data does not end as it should. Copy the " +
        "file again, or take another one.",
      { cause: error },
    );
  }
}

function headerIn(line: string): BackupHeader {
  const { backup, version, bot, taken } = parsed(line) ?? {};
  if (backup !== NAME || typeof version !== "number") {
    throw new BackupProblem("The file is not a backup of this program.");
  }
  if (version > BACKUP_VERSION) {
    throw new BackupProblem(
      `The backup is of form ${version}, this program knows ${BACKUP_VERSION}: restore it with the newer ` +
        "version of the program that wrote it.",
    );
  }
  const takenMs = Date.parse(String(taken));
  if (!Number.isSafeInteger(bot) || Number.isNaN(takenMs)) throw altered("line 1");
  return { botId: bot as number, takenMs };
}

async function* recordsIn(
  first: string,
  lines: AsyncGenerator<string>,
): BackupReading["records"] {
  const hash = createHash("sha256");
  let line = first;
  let count = 0;
  for await (const next of lines) {
    if (count > 0) yield { record: recordIn(line, count + 1), length: line.length };
    hash.update(`${line}\n`);
    line = next;
    count++;
  }
  const { records, sha256 } = parsed(line) ?? {};
  if (typeof records !== "number" || typeof sha256 !== "string") {
    const number = count + 1;
    throw new BackupProblem(
      `The backup is cut off at line ${number}: its end is missing. Copy the file again, or take ` +
        "another one.",
    );
  }
  if (records !== count - 1) throw altered(`it has ${count - 1} records instead of ${records}`);
  if (sha256 !== hash.digest("hex")) throw altered("its checksum is another");
}

function recordIn(line: string, number: number): SavedRecord {
  let record: Partial<SavedRecord> | null;
  try {
    record = readTyped(line) as Partial<SavedRecord> | null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw altered(`line ${number}`);
    throw error;
  }
  if (!Array.isArray(record?.key) || !("value" in record)) throw altered(`line ${number}`);
  return record as SavedRecord;
}

function altered(where: string): BackupProblem {
  return new BackupProblem(
    `The backup was altered or damaged since it was written (${where}). Copy the file again, or ` +
      "take another one.",
  );
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Lines without their ends. A last one that does not end is one too. */
async function* linesOf(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of file) {
    const text = decoder.decode(bytes, { stream: true });
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

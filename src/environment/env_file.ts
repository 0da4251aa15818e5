/**
 * The file `.env` in the folder in which the program runs: its variables count where the environment
 * says nothing. The token that is pasted on the page is kept there.
 */
import { VARIABLES } from "../config.ts";
import { isThere } from "./there.ts";

/** The file, by its place below the folder in which the program runs. */
const ENV_FILE = ".env";

const OWNER_ONLY = 0o600;

/** What the file may set: the program's own variables, and with what a database elsewhere is opened. */
const SETTABLE = [...VARIABLES, "DENO_KV_ACCESS_TOKEN"];

/** Where variables are set, as `Deno.env` does. */
export interface Variables {
  get: (name: string) => string | undefined;
  set: (name: string, value: string) => void;
}

/**
 * Sets what the file says and the environment does not; there, too, nothing is said by a variable
 * that is empty. That there is no file is fine. Rejects if there is one that cannot be read.
 */
export async function loadEnvFile(environment: Variables, path = ENV_FILE): Promise<void> {
  const text = await textAt(path);
  if (text === undefined) return;
  const { variablesIn } = await reading();
  const variables = variablesIn(text);
  for (const name of SETTABLE) {
    const value = variables[name];
    if (value !== undefined && !environment.get(name)?.trim()) environment.set(name, value);
  }
}

/**
 * Sets a variable in the file, which is made if there is none, and is its owner's alone afterwards.
 * It is written whole or not at all; all that is not the variable's stays. Rejects if that cannot be.
 */
export async function setInEnvFile(name: string, value: string, path = ENV_FILE): Promise<void> {
  // What is a link stays one.
  const place = await isThere(path) ? await Deno.realPath(path) : path;
  const { withVariable } = await reading();
  const text = withVariable(await textAt(place) ?? "", name, value);
  if (text === undefined) throw new Error(`${ENV_FILE} cannot be changed without damage`);
  const part = partOf(place);
  const file = await Deno.open(part, { write: true, createNew: true, mode: OWNER_ONLY });
  try {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
    await Deno.rename(part, place);
  } catch (error) {
    await Deno.remove(part);
    throw error;
  } finally {
    file.close();
  }
}

/** How its text is read: loaded where there is one, since that is a good part of a start. */
function reading(): Promise<typeof import("./env_text.ts")> {
  return import("./env_text.ts");
}

/** Whether something could be written beside the file, as `setInEnvFile` does. */
export async function canKeepEnvFile(path = ENV_FILE): Promise<boolean> {
  const part = partOf(path);
  try {
    (await Deno.open(part, { write: true, createNew: true, mode: OWNER_ONLY })).close();
  } catch {
    // Whatever the reason is, it is for the operator to write there.
    return false;
  }
  await Deno.remove(part);
  return true;
}

/** The name under which the file is written, before it takes its place. */
function partOf(path: string): string {
  return `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
}

/** The text of a file; `undefined` if there is none. Rejects if it is not UTF-8, which would be lost. */
async function textAt(path: string): Promise<string | undefined> {
  try {
    const bytes = await Deno.readFile(path);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

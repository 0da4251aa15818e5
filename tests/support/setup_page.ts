/** The page of a program that has no token yet, as a browser on the same machine has it. */
import { assert } from "@std/assert";

/** A program that runs, as far as its page goes. */
export interface Served {
  /** What it has said. */
  output: string;
  port: number;
}

/** What was answered. */
export interface PageAnswer {
  status: number;
  text: string;
  /** Where it leads to, if it leads elsewhere. */
  location?: string;
}

/** The address of a program's page with its code, the one that was printed last. */
export function addressOf(program: Served): string {
  const printed = [...program.output.matchAll(/http:\/\/localhost:\d+(\/\?code=\w+)/g)].at(-1);
  assert(printed, "no address was printed");
  return `http://127.0.0.1:${program.port}${printed[1]}`;
}

/** Opens an address, or sends a form there. */
export async function ask(
  url: string,
  { form, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<PageAnswer> {
  const response = await fetch(url, {
    ...form ? { method: "POST", body: new URLSearchParams(form) } : {},
    headers: { "Accept-Language": "en", ...headers },
    redirect: "manual",
  });
  const location = response.headers.get("Location");
  return {
    status: response.status,
    text: await response.text(),
    ...location === null ? {} : { location },
  };
}

/** Pastes a token into the form of the page, and sends it. */
export async function pastes(
  program: Served,
  token: string,
  headers: Record<string, string> = {},
): Promise<PageAnswer> {
  const { text } = await ask(addressOf(program));
  const hidden = [...text.matchAll(/type="hidden" name="(\w+)" value="(\w+)"/g)];
  assert(hidden.length > 0, `there is no form in ${text}`);
  const form = { ...Object.fromEntries(hidden.map(([, name, value]) => [name!, value!])), token };
  const { origin } = new URL(addressOf(program));
  return await ask(`${origin}/token`, { form, headers: { Origin: origin, ...headers } });
}

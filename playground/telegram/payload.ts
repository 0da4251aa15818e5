/**
 * The parameters of a call out of a body: JSON, a form, a form with files, or none
 * (https://core.telegram.org/bots/api#making-requests).
 */

import { BotApiError } from "./error.ts";

/** A request, or a response, as far as parameters are read out of it. */
export type Carrier = Pick<Request, "text" | "formData"> & { headers: Pick<Headers, "get"> };

/** How many bytes of parameters Telegram reads (HttpReader of tdlib/td); files do not count. */
const MAX_BYTES = 2 ** 20;

/** Parameters by name, with the uploaded files that `attach://<name>` refers to. */
export interface Payload {
  payload: Record<string, unknown>;
  files: Map<string, File>;
  /** Whether values came as text and still have to be given their types. */
  isForm: boolean;
}

/**
 * Reads parameters from the body of a request, or of a bot's answer to an update. Without one of
 * the three types there are none (HttpReader.cpp of tdlib/td).
 */
export async function readPayload(message: Carrier): Promise<Payload> {
  const type = message.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) return fromForm(await message.formData());
  const text = await message.text();
  if (isLonger(text, MAX_BYTES)) {
    throw new BotApiError(413, "Request Entity Too Large: too much parameters");
  }
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return fromForm(new URLSearchParams(text));
  }
  const payload = type.startsWith("application/json") ? parseObject(text) : {};
  return { payload, files: new Map(), isForm: false };
}

/** Whether a text has more bytes; a UTF-16 unit is one to three. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

/** Reads parameters from a URL's query. */
export function queryPayload(url: URL): Payload {
  return fromForm(url.searchParams);
}

function fromForm(form: Iterable<[string, FormDataEntryValue]>): Payload {
  const payload: Record<string, unknown> = {};
  const files = new Map<string, File>();
  for (const [name, value] of form) {
    if (typeof value === "string") {
      payload[name] = value;
    } else {
      files.set(name, value);
      // A file under a parameter's own name is the parameter; others are only referred to.
      payload[name] = `attach://${name}`;
    }
  }
  for (const name of files.keys()) {
    const reference = `attach://${name}`;
    const isReferredTo = Object.entries(payload).some(([key, value]) =>
      key !== name && typeof value === "string" && value.includes(reference)
    );
    if (isReferredTo) delete payload[name];
  }
  return { payload, files, isForm: true };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

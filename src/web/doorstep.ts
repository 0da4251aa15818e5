/**
 * What Telegram brings is taken in on the doorstep: read off the connection and answered there, with
 * no server between, which would cost more than all that the bot does with it. Only a plain request
 * that shows the secret is; whatever is otherwise in the least goes to the server inside, whose it is
 * to say what of HTTP is right.
 */
import type { HookAnswer, Webhook } from "./webhook.ts";

/** A connection as far as it is needed here. */
export type Wire = Pick<Deno.TcpConn, "read" | "write">;

/** No head that Telegram or a proxy sends comes near this size. */
const LONGEST_HEAD = 8 * 1024;
const CHUNK_BYTES = 16 * 1024;
const HEAD_END = "\r\n\r\n";

/** A field of a head (RFC 9112, 5): a token, a colon, and what is printed. */
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([ -~\x80-\xff]*?)[ \t]*$/;
/** Fields that make a request another than it seems, or ask for something. */
const OTHERWISE = ["transfer-encoding", "expect", "upgrade", "te", "trailer", "content-encoding"];
const WORDS: Record<HookAnswer["status"], string> = {
  200: "OK",
  400: "Bad Request",
  413: "Content Too Large",
  500: "Internal Server Error",
};

/** The head of a request that posts an update, and where in the bytes its body lies. */
interface Head {
  secret: string;
  begin: number;
  end: number;
}

/** What a doorstep tells of what happens there. */
export interface Happening {
  /** Somebody goes on asking. */
  asks: () => void;
  /** An answer is given; resolves once it is. */
  answers: (answering: Promise<void>) => void;
  /** Whether more may be asked. */
  isOpen: () => boolean;
}

/**
 * Takes in updates for as long as a connection brings nothing else. Resolves with what has been read
 * and is for the server inside, as is whatever comes after it; `null`: the connection is over.
 * @param first what has been read already
 */
export async function takeUpdates(
  conn: Wire,
  webhook: Webhook,
  first: Uint8Array,
  { asks, answers, isOpen }: Happening,
): Promise<Uint8Array | null> {
  let bytes = first;
  while (true) {
    const head = headOf(bytes, webhook.path);
    if (head === "other" || (head !== "unfinished" && !webhook.isSecret(head.secret))) return bytes;
    if (head === "unfinished" || bytes.length < head.end) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const size = await conn.read(chunk);
      if (size === null) return bytes.length > 0 ? bytes : null;
      asks();
      bytes = bytes.length === 0 ? chunk.subarray(0, size) : joined(bytes, chunk.subarray(0, size));
      continue;
    }
    // The whole of it may have come with what was asked before.
    asks();
    const text = new TextDecoder().decode(bytes.subarray(head.begin, head.end));
    bytes = bytes.subarray(head.end);
    const answering = webhook.take(text).then((answer) => writeAll(conn, written(answer)));
    answers(answering);
    await answering;
    if (!isOpen()) return null;
  }
}

/** The head of the request that these bytes begin with; `other`: it is none to be taken in here. */
function headOf(bytes: Uint8Array, path: string): Head | "unfinished" | "other" {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, LONGEST_HEAD));
  const line = `POST ${path} HTTP/1.1\r\n`;
  if (!text.startsWith(line.slice(0, text.length))) return "other";
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return text.length < LONGEST_HEAD ? "unfinished" : "other";
  const fields = new Map<string, string>();
  for (const each of text.slice(line.length, headEnd).split("\r\n")) {
    const [, name, value] = FIELD.exec(each) ?? [];
    // What is said twice may be meant in one way or the other.
    if (name === undefined || fields.has(name.toLowerCase())) return "other";
    fields.set(name.toLowerCase(), value!);
  }
  const length = fields.get("content-length") ?? "";
  const isPlain = fields.has("host") && /^\d{1,6}$/.test(length) &&
    OTHERWISE.every((name) => !fields.has(name)) &&
    /^(keep-alive)?$/i.test(fields.get("connection") ?? "");
  if (!isPlain) return "other";
  const begin = headEnd + HEAD_END.length;
  return { secret: fields.get(SECRET_FIELD) ?? "", begin, end: begin + Number(length) };
}

/** The header in which Telegram sends `secret_token` (Bot API, setWebhook), as names are compared. */
const SECRET_FIELD = "x-telegram-bot-api-secret-token";

/** An answer as it goes over the connection (RFC 9112, 4; RFC 9110, 6.6.1). */
function written({ status, body, type = "text/plain;charset=UTF-8" }: HookAnswer): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  const head = [
    `HTTP/1.1 ${status} ${WORDS[status]}`,
    `Date: ${new Date().toUTCString()}`,
    "Cache-Control: no-store",
    ...(body === "" ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${bytes.length}`,
  ].join("\r\n");
  return joined(new TextEncoder().encode(head + HEAD_END), bytes);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Writes all of these bytes, in as many pieces as the connection takes. */
export async function writeAll(conn: Pick<Wire, "write">, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await conn.write(bytes.subarray(written));
  }
}

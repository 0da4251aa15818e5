/**
 * A database that is reached over HTTP, as Deno Deploy's is from elsewhere: the KV Connect protocol,
 * as far as records go (https://github.com/denoland/denokv/blob/main/proto/kv-connect.md). What has
 * expired is not found from that moment on.
 */

/** The token that whoever opens it has to show, in `DENO_KV_ACCESS_TOKEN`. */
export const KV_TOKEN = "token-of-the-database";

interface Row {
  value: Uint8Array;
  encoding: number;
  version: number;
  expiresMs: number;
}

/** How often it was asked, and how often in vain. */
export interface Asked {
  reads: number;
  commits: number;
  /** Commits that somebody else's had come before. */
  conflicts: number;
}

/** One database behind a URL. */
export class KvConnectServer implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** By keys as text, a byte a letter; and these in their order. */
  readonly #rows = new Map<string, Row>();
  readonly #keys: string[] = [];
  #version = 0;
  readonly #asked: Asked = { reads: 0, commits: 0, conflicts: 0 };
  /** Called before each read, with how many there were: the moment to write in between. */
  beforeRead: (reads: number) => Promise<void> = () => Promise.resolve();
  /** How long it takes to open it. */
  openingMs = 0;
  /** How long a question and its answer are on their way. */
  roundTripMs = 0;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  /** What `Deno.openKv` takes. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** What it was asked so far. */
  get asked(): Asked {
    return { ...this.#asked };
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${KV_TOKEN}`) {
      return new Response("Wrong token", { status: 401 });
    }
    if (pathname === "/") {
      await passed(this.openingMs);
      return Response.json({
        version: 2,
        databaseId: crypto.randomUUID(),
        endpoints: [{ url: "/data", consistency: "strong" }],
        token: KV_TOKEN,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      });
    }
    if (pathname !== "/data/snapshot_read" && pathname !== "/data/atomic_write") {
      return new Response("Not found", { status: 404 });
    }
    // The answer begins at once. The runtime sends a question of more than a kilobyte in two pieces,
    // the second once the first is acknowledged (RFC 896), which without anything to send back is only
    // after 40 ms (RFC 1122, 4.2.3.2).
    return new Response(ReadableStream.from(this.#outputTo(pathname, request)), {
      headers: { "content-type": "application/x-protobuf" },
    });
  }

  /** What a question comes to, once it is there. */
  async *#outputTo(pathname: string, request: Request): AsyncGenerator<Uint8Array> {
    let message: Message;
    try {
      message = readMessage(await request.bytes());
    } catch (error) {
      // Whoever asked has ended meanwhile: nobody reads the answer.
      if (error instanceof Deno.errors.Http) return;
      throw error;
    }
    if (this.roundTripMs > 0) await passed(this.roundTripMs);
    if (pathname === "/data/snapshot_read") {
      await this.beforeRead(this.#asked.reads++);
      yield this.#read(message);
    } else {
      this.#asked.commits++;
      yield this.#write(message);
    }
  }

  /** SnapshotRead → SnapshotReadOutput. */
  #read(message: Message): Uint8Array {
    const ranges = bytesOf(message, 1).map((bytes) => {
      const range = readMessage(bytes);
      const [start, end] = [textOf(bytesOf(range, 1)[0]!), textOf(bytesOf(range, 2)[0]!)];
      const found = this.#between(start, end, numberOf(range, 3), numberOf(range, 4) === 1);
      return field(
        1,
        concat(found.map(([key, row]) =>
          field(
            1,
            concat([
              field(1, fromText(key)),
              field(2, row.value),
              field(3, row.encoding),
              field(4, stamp(row.version)),
            ]),
          )
        )),
      );
    });
    return concat([...ranges, field(4, 1), field(8, 1)]);
  }

  /** The first so many rows from one key up to another, or the last, from the end. */
  #between(start: string, end: string, limit: number, isReverse: boolean): [string, Row][] {
    const found: [string, Row][] = [];
    const [from, to] = [this.#placeOf(start), this.#placeOf(end)];
    for (let step = 0; step < to - from && found.length < limit; step++) {
      const key = this.#keys[isReverse ? to - 1 - step : from + step]!;
      const row = this.#at(key);
      if (row) found.push([key, row]);
    }
    return found;
  }

  /** What lies at a key; what has expired does not. */
  #at(key: string): Row | undefined {
    const row = this.#rows.get(key);
    return row && row.expiresMs > Date.now() ? row : undefined;
  }

  /** Where a key is among all, or would be. */
  #placeOf(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** AtomicWrite → AtomicWriteOutput. */
  #write(message: Message): Uint8Array {
    for (const bytes of bytesOf(message, 1)) {
      const check = readMessage(bytes);
      const row = this.#at(textOf(bytesOf(check, 1)[0]!));
      const wanted = bytesOf(check, 2)[0] ?? new Uint8Array();
      if (textOf(row ? stamp(row.version) : new Uint8Array()) === textOf(wanted)) continue;
      this.#asked.conflicts++;
      return field(1, 2);
    }
    this.#version++;
    for (const bytes of bytesOf(message, 2)) {
      const mutation = readMessage(bytes);
      const key = textOf(bytesOf(mutation, 1)[0]!);
      if (numberOf(mutation, 3) !== 1) {
        if (this.#rows.delete(key)) this.#keys.splice(this.#placeOf(key), 1);
        continue;
      }
      if (!this.#rows.has(key)) this.#keys.splice(this.#placeOf(key), 0, key);
      const value = readMessage(bytesOf(mutation, 2)[0]!);
      this.#rows.set(key, {
        value: bytesOf(value, 1)[0] ?? new Uint8Array(),
        encoding: numberOf(value, 2),
        version: this.#version,
        expiresMs: numberOf(mutation, 4) || Infinity,
      });
    }
    return concat([field(1, 1), field(2, stamp(this.#version))]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Bytes as text, a byte a letter, which is ordered as they are. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function fromText(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The fields of a protobuf message, by their numbers (https://protobuf.dev/programming-guides/encoding/). */
type Message = Map<number, (number | Uint8Array)[]>;

function readMessage(bytes: Uint8Array): Message {
  const fields: Message = new Map();
  let at = 0;
  const varint = () => {
    for (let value = 0, scale = 1;; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = tag >> 3;
    // A number, or how many bytes follow.
    const value = varint();
    const isBytes = (tag & 7) === 2;
    const known = fields.get(number) ?? [];
    fields.set(number, [...known, isBytes ? bytes.subarray(at, at += value) : value]);
  }
  return fields;
}

function bytesOf(message: Message, number: number): Uint8Array[] {
  return (message.get(number) ?? []) as Uint8Array[];
}

function numberOf(message: Message, number: number): number {
  return (message.get(number)?.[0] ?? 0) as number;
}

function field(number: number, value: number | Uint8Array): Uint8Array {
  if (typeof value === "number") return concat([varint(number << 3), varint(value)]);
  return concat([varint(number << 3 | 2), varint(value.length), value]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 | 128);
  return new Uint8Array([...bytes, value]);
}

function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A versionstamp: ten bytes that grow with each commit. */
function stamp(version: number): Uint8Array {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(version));
  return bytes;
}

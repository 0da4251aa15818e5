/**
 * A database that is reached over HTTP, as Deno Deploy's is from elsewhere: the KV Connect protocol,
 * as far as records go (https://github.com/denoland/denokv/blob/main/proto/kv-connect.md). What is
 * expired it forgets at once.
 */

/** The token that whoever opens it has to show, in `DENO_KV_ACCESS_TOKEN`. */
export const KV_TOKEN = "token-of-the-database";

interface Row {
  key: Uint8Array;
  value: Uint8Array;
  encoding: number;
  version: number;
  expiresMs: number;
}

/** One database behind a URL. */
export class KvConnectServer implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** In the order of their keys. */
  #rows: Row[] = [];
  #version = 0;
  /** Called before each read, with how many there were: the moment to write in between. */
  beforeRead: (reads: number) => Promise<void> = () => Promise.resolve();
  #reads = 0;
  /** How long it takes to open it. */
  openingMs = 0;

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

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${KV_TOKEN}`) {
      return new Response("Wrong token", { status: 401 });
    }
    if (pathname === "/") {
      await new Promise((resolve) => setTimeout(resolve, this.openingMs));
      return Response.json({
        version: 2,
        databaseId: crypto.randomUUID(),
        endpoints: [{ url: "/data", consistency: "strong" }],
        token: KV_TOKEN,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      });
    }
    const message = readMessage(await request.bytes());
    if (pathname === "/data/snapshot_read") {
      await this.beforeRead(this.#reads++);
      return protobuf(this.#read(message));
    }
    return pathname === "/data/atomic_write"
      ? protobuf(this.#write(message))
      : new Response("Not found", { status: 404 });
  }

  /** SnapshotRead → SnapshotReadOutput. */
  #read(message: Message): Uint8Array {
    this.#rows = this.#rows.filter(({ expiresMs }) => expiresMs > Date.now());
    const ranges = bytesOf(message, 1).map((bytes) => {
      const range = readMessage(bytes);
      const [start, end] = [bytesOf(range, 1)[0]!, bytesOf(range, 2)[0]!];
      const found = this.#rows.filter(({ key }) =>
        compare(key, start) >= 0 && compare(key, end) < 0
      );
      if (numberOf(range, 4) === 1) found.reverse();
      return field(
        1,
        concat(
          found.slice(0, numberOf(range, 3)).map((row) =>
            field(
              1,
              concat([
                field(1, row.key),
                field(2, row.value),
                field(3, row.encoding),
                field(4, stamp(row.version)),
              ]),
            )
          ),
        ),
      );
    });
    return concat([...ranges, field(4, 1), field(8, 1)]);
  }

  /** AtomicWrite → AtomicWriteOutput. */
  #write(message: Message): Uint8Array {
    for (const bytes of bytesOf(message, 1)) {
      const check = readMessage(bytes);
      const row = this.#rows.find(({ key }) => compare(key, bytesOf(check, 1)[0]!) === 0);
      const wanted = bytesOf(check, 2)[0] ?? new Uint8Array();
      if (compare(row ? stamp(row.version) : new Uint8Array(), wanted) !== 0) return field(1, 2);
    }
    this.#version++;
    for (const bytes of bytesOf(message, 2)) {
      const mutation = readMessage(bytes);
      const key = bytesOf(mutation, 1)[0]!;
      this.#rows = this.#rows.filter((row) => compare(row.key, key) !== 0);
      if (numberOf(mutation, 3) !== 1) continue;
      const value = readMessage(bytesOf(mutation, 2)[0]!);
      this.#rows.push({
        key,
        value: bytesOf(value, 1)[0] ?? new Uint8Array(),
        encoding: numberOf(value, 2),
        version: this.#version,
        expiresMs: numberOf(mutation, 4) || Infinity,
      });
    }
    this.#rows.sort((a, b) => compare(a.key, b.key));
    return concat([field(1, 1), field(2, stamp(this.#version))]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
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

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return a[at]! - b[at]!;
  }
  return a.length - b.length;
}

/** A versionstamp: ten bytes that grow with each commit. */
function stamp(version: number): Uint8Array {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(version));
  return bytes;
}

function protobuf(bytes: Uint8Array): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": "application/x-protobuf" },
  });
}

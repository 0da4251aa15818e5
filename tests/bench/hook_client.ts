/**
 * Posts updates to a bot as little as HTTP/1.1 asks for, over connections that are kept: with the
 * runtime's `fetch` the simulated Telegram would be slower than the bots it is to measure.
 */

/** How soon it is tried again where nobody listens: a bot that begins should not wait. */
const UNREACHED_MS = 5;
const HEAD_END = "\r\n\r\n";

/** Connections to one bot, each used by one request at a time. */
export class HookClient {
  /** By port. */
  readonly #idle = new Map<number, Deno.TcpConn[]>();
  readonly #encoder = new TextEncoder();
  /** Where the bot's instances listen, if there are several: each is posted to in turn. */
  ports: number[] = [];
  #turn = 0;

  /** Posts it, again and again until somebody answers. */
  readonly post = async (request: Request): Promise<Response> => {
    const body = this.#encoder.encode(await request.text());
    const { hostname, port, pathname } = new URL(request.url);
    const secret = request.headers.get("x-telegram-bot-api-secret-token");
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      "content-type: application/json",
      `content-length: ${body.length}`,
      ...(secret === null ? [] : [`x-telegram-bot-api-secret-token: ${secret}`]),
    ].join("\r\n");
    const bytes = new Uint8Array([...this.#encoder.encode(head + HEAD_END), ...body]);
    while (true) {
      try {
        const turn = this.ports[this.#turn++ % this.ports.length];
        return await this.#send(bytes, hostname, turn ?? Number(port));
      } catch (error) {
        if (request.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, UNREACHED_MS));
      }
    }
  };

  async #send(bytes: Uint8Array, hostname: string, port: number): Promise<Response> {
    const idle = this.#idle.get(port) ?? [];
    this.#idle.set(port, idle);
    const connection = idle.pop() ?? await Deno.connect({ hostname, port });
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += await connection.write(bytes.subarray(sent));
      }
      const response = await readResponse(connection);
      idle.push(connection);
      return response;
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}

/** The next response on a connection, which says how long it is. */
async function readResponse(connection: Deno.TcpConn): Promise<Response> {
  const buffer = new Uint8Array(64 * 1024);
  const decoder = new TextDecoder();
  for (let text = "";;) {
    const count = await connection.read(buffer);
    if (count === null) throw new Deno.errors.UnexpectedEof("the bot has hung up");
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const end = text.indexOf(HEAD_END);
    if (end < 0) continue;
    const head = text.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? NaN);
    if (Number.isNaN(length)) throw new Error(`the bot does not say how much it answers:\n${head}`);
    const body = text.slice(end + HEAD_END.length);
    if (new TextEncoder().encode(body).length < length) continue;
    const headers = /^content-type: *(.+)$/im.exec(head)?.[1];
    return new Response(body === "" ? null : body, {
      status: Number(head.split(" ")[1]),
      headers: headers === undefined ? {} : { "content-type": headers.trim() },
    });
  }
}

/**
 * A server that dies on its callers: it answers calls on kept-alive connections, but those whose
 * body contains a certain word it reads whole, and then closes the connection without an answer.
 */

/** The word. */
export const DEADLY = "deadly";

/** Starts the server on loopback. `received` lists the bodies of all calls as they arrived. */
export function serveDying(): {
  apiRoot: string;
  received: string[];
  connections: () => number;
  close: () => Promise<void>;
} {
  const received: string[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let connections = 0;

  async function serve(connection: Deno.TcpConn): Promise<void> {
    open.add(connection);
    connections++;
    let text = "";
    const buffer = new Uint8Array(65_536);
    try {
      while (true) {
        const size = await connection.read(buffer);
        if (size === null) return;
        text += new TextDecoder().decode(buffer.subarray(0, size));
        const body = wholeBody(text);
        if (body === null) continue;
        received.push(body);
        text = "";
        if (body.includes(DEADLY)) return;
        await connection.write(new TextEncoder().encode(ANSWER));
      }
    } catch (error) {
      // The caller went away first, or the server is closing.
      const { BadResource, ConnectionReset, Interrupted } = Deno.errors;
      if (![BadResource, ConnectionReset, Interrupted].some((each) => error instanceof each)) {
        throw error;
      }
    } finally {
      if (open.delete(connection)) connection.close();
    }
  }

  const serving = (async () => {
    const all: Promise<void>[] = [];
    for await (const connection of listener) all.push(serve(connection));
    await Promise.all(all);
  })();
  return {
    apiRoot: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    received,
    connections: () => connections,
    close: async () => {
      listener.close();
      for (const connection of open) connection.close();
      open.clear();
      await serving;
    },
  };
}

const RESULT = '{"ok":true,"result":true}';
const ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
  `Content-Length: ${RESULT.length}\r\nConnection: keep-alive\r\n\r\n${RESULT}`;

/** The body of a request that has arrived whole, with a length or in chunks; else `null`. */
function wholeBody(request: string): string | null {
  const end = request.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = request.slice(0, end).toLowerCase();
  const body = request.slice(end + 4);
  if (/transfer-encoding: chunked/.test(head)) return body.endsWith("0\r\n\r\n") ? body : null;
  const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
  return body.length >= length ? body : null;
}

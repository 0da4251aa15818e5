import { assertEquals, assertMatch } from "@std/assert";
import { silentLog } from "../../src/log.ts";
import { Front } from "../../src/web/front.ts";
import { LastingServer } from "../../src/web/lasting_server.ts";

/** A door, and a server behind it. */
class House implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly port = this.#listener.addr.port;
  readonly #server: LastingServer;
  readonly #front: Front;

  constructor(answer: (request: Request, from: Deno.NetAddr) => Response | Promise<Response>) {
    this.#server = new LastingServer({
      serve: (signal) =>
        Deno.serve(
          { hostname: "127.0.0.1", port: 0, signal, onListen: () => {} },
          (request, { remoteAddr }) =>
            answer(request, this.#front.originOf(remoteAddr) as Deno.NetAddr),
        ),
      log: silentLog,
    });
    this.#front = new Front({
      listener: this.#listener,
      connect: () => Deno.connect({ hostname: "127.0.0.1", port: this.#server.addr.port }),
      now: () => performance.now(),
      log: silentLog,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#front.close();
    await this.#server.shutdown();
  }
}

Deno.test("the server behind the door learns where somebody comes from", async () => {
  await using house = new House((_request, from) => Response.json(from));
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: house.port });
  await conn.write(
    new TextEncoder().encode("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
  );
  const answer = await new Response(conn.readable).text();
  const from = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1));
  assertEquals([from.hostname, from.port], ["127.0.0.1", conn.localAddr.port]);
});

Deno.test("what is long comes through whole, both ways, again and again", async () => {
  await using house = new House(async (request) => new Response(await request.bytes()));
  const sent = crypto.getRandomValues(new Uint8Array(60_000));
  const body = new Uint8Array(20 * sent.length);
  for (let at = 0; at < body.length; at += sent.length) body.set(sent, at);
  for (let times = 0; times < 3; times++) {
    const response = await fetch(`http://127.0.0.1:${house.port}/`, { method: "POST", body });
    assertEquals(await response.bytes(), body);
  }
});

Deno.test("who waits for a slow answer gets it", async () => {
  await using house = new House(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return new Response("here you are");
  });
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: house.port });
  await conn.write(
    new TextEncoder().encode("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
  );
  assertMatch(await new Response(conn.readable).text(), /here you are/);
});

Deno.test("when the door is closed, who waits for an answer still gets it, and nobody new is let in", async () => {
  const asked = Promise.withResolvers<void>();
  const house = new House(async () => {
    asked.resolve();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return new Response("the last one");
  });
  const answering = fetch(`http://127.0.0.1:${house.port}/`).then((response) => response.text());
  await asked.promise;
  const closing = house[Symbol.asyncDispose]();
  assertEquals(await answering, "the last one");
  await closing;
  const refused = await fetch(`http://127.0.0.1:${house.port}/`).catch((error) => error.name);
  assertEquals(refused, "TypeError");
});

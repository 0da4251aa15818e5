import { assertEquals, assertMatch } from "@std/assert";
import type { Call } from "../../src/message/webhook_answer.ts";
import { silentLog } from "../../src/log.ts";
import { Front } from "../../src/web/front.ts";
import { Webhook } from "../../src/web/webhook.ts";
import { LastingServer } from "../../src/web/lasting_server.ts";

/** A door, and a server behind it. */
class House implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly port = this.#listener.addr.port;
  readonly #server: LastingServer;
  readonly #front: Front;

  constructor(
    answer: (request: Request, from: Deno.NetAddr) => Response | Promise<Response>,
    webhook?: Webhook,
    now: () => number = () => performance.now(),
  ) {
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
      webhook: () => webhook,
      now,
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

/** A door at which updates are taken in, and what was taken in there or came to the server inside. */
function houseWithDoorstep() {
  const taken: unknown[] = [];
  const inside: string[] = [];
  const webhook = new Webhook({
    path: "/telegram",
    secret: "s3cret",
    receive: (value) => {
      const { update_id } = value as { update_id?: number };
      if (update_id === 13) return Promise.reject(new Error("bad luck"));
      taken.push(update_id);
      const call = { method: "sendMessage", text: "olá" } as unknown as Call;
      return Promise.resolve({ isUpdate: update_id !== undefined, ...update_id === 7 && { call } });
    },
    log: silentLog,
  });
  const house = new House(async (request) => {
    inside.push(`${request.method} ${new URL(request.url).pathname}`);
    if (request.method === "GET") return new Response("page");
    return await webhook.answer(request);
  }, webhook);
  return { house, taken, inside };
}

const SECRET_LINE = "X-Telegram-Bot-Api-Secret-Token: s3cret";

/** A request as it goes over a connection. */
function posted(body: string, lines: string[] = [SECRET_LINE], target = "/telegram"): string {
  const length = new TextEncoder().encode(body).length;
  const head = [`POST ${target} HTTP/1.1`, "Host: desk", ...lines, `Content-Length: ${length}`];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** Sends texts one after the other over one connection, and has it all answered. */
async function talk(port: number, texts: string[]): Promise<string> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  for (const text of texts) {
    await conn.write(new TextEncoder().encode(text));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await conn.closeWrite();
  return await new Response(conn.readable).text();
}

/** The status of each answer on a connection. */
const statuses = (answers: string) =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code);

Deno.test("what Telegram brings is taken in at the door, however it comes in pieces", async () => {
  const { house: opened, taken, inside } = houseWithDoorstep();
  await using house = opened;
  const both = posted('{"update_id":1,"text":"pão"}') + posted('{"update_id":2}');
  assertEquals(statuses(await talk(house.port, [both])), ["200", "200"]);
  for (let size = 1; size < 120; size += 17) {
    const pieces = both.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    assertEquals(statuses(await talk(house.port, pieces)), ["200", "200"]);
  }
  assertEquals([taken.length % 2, new Set(taken), inside], [0, new Set([1, 2]), []]);
});

Deno.test("at the door an update is answered as the server would: accepted, with a call, or not", async () => {
  const { house: opened, inside } = houseWithDoorstep();
  await using house = opened;
  const answers = await talk(
    house.port,
    ['{"update_id":7}', '{"update_id":13}', "{}", "no JSON"].map((body) => posted(body)),
  );
  assertEquals([statuses(answers), inside], [["200", "500", "400", "500"], []]);
  assertMatch(answers, /Content-Type: application\/json\r\nContent-Length: \d+\r\n\r\n\{"method"/);
  assertMatch(answers, /Content-Type: text\/plain;charset=UTF-8\r\n[^]*Not an update/);
});

Deno.test("whatever is otherwise in the least is for the server inside, as is what follows", async () => {
  const update = '{"update_id":1}';
  const others: Record<string, string> = {
    "a wrong secret": posted(update, [`${SECRET_LINE}!`]),
    "no secret": posted(update, []),
    "another path": posted(update, [SECRET_LINE], "/telegram?a=b"),
    "a body in chunks": posted("", [SECRET_LINE, "Transfer-Encoding: chunked"])
      .replace("Content-Length: 0\r\n", "") + "f\r\n" + update + "\r\n0\r\n\r\n",
    "a length said twice": posted(update, [SECRET_LINE, "Content-Length: 15"]),
    "a secret said twice": posted(update, [SECRET_LINE, "X-Telegram-Bot-Api-Secret-Token: other"]),
    "a line that goes on": posted(update, [SECRET_LINE, "A: b", " c"]),
    "a connection to be closed": posted(update, [SECRET_LINE, "Connection: close"]),
    "an old version": posted(update).replace("HTTP/1.1", "HTTP/1.0"),
    "no host": posted(update).replace("Host: desk\r\n", ""),
    "a body that is too large": posted("x".repeat(1_100_000)),
    "a long head": posted(update, [SECRET_LINE, `A: ${"b".repeat(10_000)}`]),
  };
  for (const [name, text] of Object.entries(others)) {
    const { house: opened, taken } = houseWithDoorstep();
    await using house = opened;
    const first = posted('{"update_id":5}');
    const answers = await talk(house.port, [first, text]);
    // The door sends no other headers than it has to, the server inside none of these.
    assertEquals(statuses(answers)[0], "200", name);
    assertEquals(taken[0], 5, name);
    assertEquals(/Date: .*GMT\r\nCache-Control/.exec(answers)?.index, 17, name);
    assertEquals(answers.match(/Cache-Control/g)?.length, 1, `${name}: answered at the door`);
  }
});

Deno.test("a page may be asked for on the connection on which updates came", async () => {
  const { house: opened, taken, inside } = houseWithDoorstep();
  await using house = opened;
  const page = "GET / HTTP/1.1\r\nHost: desk\r\n\r\n";
  const answers = await talk(house.port, [
    posted('{"update_id":1}'),
    page,
    posted('{"update_id":2}'),
  ]);
  assertEquals([statuses(answers), taken], [["200", "200", "200"], [1, 2]]);
  assertEquals(inside, ["GET /", "POST /telegram"]);
});

Deno.test("a door that closes gives the answer that somebody waits for", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const webhook = new Webhook({
    path: "/telegram",
    secret: "s3cret",
    receive: async () => {
      isAsked();
      await promise;
      return { isUpdate: true };
    },
    log: silentLog,
  });
  const house = new House(() => new Response("inside"), webhook);
  const talking = talk(house.port, [posted('{"update_id":1}')]);
  await asked;
  const closing = house[Symbol.asyncDispose]();
  resolve();
  assertEquals(statuses(await talking), ["200"]);
  await closing;
});

Deno.test("who asks at the door without an end is shown out after two minutes, a byte now and then or not", async () => {
  const webhook = new Webhook({
    path: "/telegram",
    secret: "s3cret",
    receive: () => Promise.resolve({ isUpdate: true }),
    log: silentLog,
  });
  let nowMs = 0;
  await using house = new House(() => new Response("inside"), webhook, () => nowMs);
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: house.port });
  const ended = conn.read(new Uint8Array(1)).then((size) => size, () => null);
  for (const byte of "POST") {
    await conn.write(new TextEncoder().encode(byte));
    await new Promise((resolve) => setTimeout(resolve, 10));
    nowMs += 50_000;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(() => resolve("still there"), 5000));
  assertEquals(await Promise.race([ended, late]), null);
  clearTimeout(timer);
});

Deno.test("a door that closes does not wait for who is in the middle of asking", async () => {
  const { house, taken } = houseWithDoorstep();
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: house.port });
  await conn.write(new TextEncoder().encode(posted('{"update_id":1}').slice(0, -5)));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await house[Symbol.asyncDispose]();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(() => resolve("still there"), 1000));
  const ended = conn.read(new Uint8Array(1)).then((size) => size, () => null);
  assertEquals([await Promise.race([ended, late]), taken], [null, []]);
  clearTimeout(timer);
});

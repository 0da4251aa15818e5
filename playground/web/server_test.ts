import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { openDesk } from "../company.ts";
import { TokenField } from "../token.ts";
import { servePage } from "./server.ts";

/** A page that is served, and ways to ask for it as a browser would, or would not. */
async function stage(tokenField?: TokenField) {
  const setting = { language: "en" } as const;
  const playground = await openDesk(setting, { write: () => {} });
  const page = await servePage({
    playground,
    setting,
    port: 0,
    ...(tokenField ? { tokenField } : {}),
  });
  const { port } = new URL(page.url);
  const origin = `http://127.0.0.1:${port}`;
  /** Asks by whatever `Host`; the runtime's own client lets nobody choose it. */
  const asks = async (path: string, headers: Record<string, string>, body?: string) => {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const lines = Object.entries({ Host: new URL(origin).host, Connection: "close", ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`);
    const length = body === undefined ? "" : `Content-Length: ${body.length}\r\n`;
    const method = body === undefined ? "GET" : "POST";
    const request = `${method} ${path} HTTP/1.1\r\n${lines.join("")}${length}\r\n${body ?? ""}`;
    await conn.write(new TextEncoder().encode(request));
    const answer = await new Response(conn.readable).text();
    return { status: Number(answer.split(" ")[1]), answer };
  };
  const does = async (deed: unknown) => {
    const headers = { Origin: origin };
    const answer = await fetch(`${origin}/deeds`, {
      method: "POST",
      headers,
      body: typeof deed === "string" ? deed : JSON.stringify(deed),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const close = async () => {
    await page.close();
    await playground.close();
  };
  return { playground, page, origin, asks, does, close };
}

const HELLO = { does: "write", who: { in: "private", name: "maria" }, text: "hello" };

Deno.test("the page and its parts are served under a policy without other hosts", async () => {
  const { origin, close } = await stage();
  for (const path of ["/", "/app.js", "/style.css", "/library/preact.js", "/bread.svg"]) {
    const answer = await fetch(`${origin}${path}`);
    const body = await answer.text();
    assertEquals(answer.status, 200, path);
    assertEquals(/(?:src|href)="https?:|@import|url\("?https?:/.test(body), false, path);
    const policy = answer.headers.get("Content-Security-Policy")!;
    assertStringIncludes(policy, "default-src 'none'");
    assertEquals(/https?:|\*|unsafe/.test(policy), false, policy);
  }
  assertEquals(
    (await fetch(`${origin}/../deno.json`).then(async (
      answer,
    ) => (await answer.body?.cancel(), answer)))
      .status,
    404,
  );
  await close();
});

Deno.test("deeds come from the page itself, on this machine, and from nowhere else", async () => {
  const { playground, origin, asks, close } = await stage();
  const { host } = new URL(origin);
  const body = JSON.stringify(HELLO);
  const foreign: Record<string, string>[] = [
    {},
    { Origin: "null" },
    { Origin: "https://example.com" },
    { Origin: `https://${host}` },
    { Host: "rebinding.example", Origin: "http://rebinding.example" },
    { Host: "localhost.example", Origin: "http://localhost.example" },
  ];
  for (const headers of foreign) {
    assertEquals((await asks("/deeds", headers, body)).status, 403, JSON.stringify(headers));
  }
  assertEquals((await asks("/", { Host: "rebinding.example" })).status, 403);
  assertEquals(playground.chatOf(playground.people.find("maria")!).messages.length, 0);
  assertEquals((await asks("/deeds", { Origin: origin }, body)).status, 200);
  assertEquals(playground.chatOf(playground.people.find("maria")!).messages.length, 1);
  await playground.allSent();
  await close();
});

Deno.test("what is no deed is refused, and what cannot be done is said and stays out of the story", async () => {
  const { page, does, close } = await stage();
  for (
    const wrong of [
      "",
      "{",
      "null",
      "[]",
      { does: "steal" },
      { does: "write" },
      { does: "write", who: { in: "private", name: "a b" }, text: "x" },
      { does: "wait", ms: "long" },
      { ...HELLO, sends: "elephant" },
      { ...HELLO, text: "x".repeat(70_000) },
    ]
  ) {
    assertEquals((await does(wrong)).status, 400, JSON.stringify(wrong).slice(0, 80));
  }
  const { body } = await does({ ...HELLO, answers: 4711 });
  assertMatch(body.refused, /no message 4711/);
  await does(HELLO);
  assertEquals(page.recorder.length, 1);
  assertStringIncludes(page.recorder.text, "\nmaria: hello\n");
  await close();
});

Deno.test("the field for a token is open to who has the code alone, once", async () => {
  const taken: string[] = [];
  const field = new TokenField({
    get: () => undefined,
    fetch: () => Promise.resolve(Response.json({ ok: false, error_code: 401, description: "" })),
    keep: (_, value) => Promise.resolve(void taken.push(value)),
    onTaken: () => {},
  });
  const { origin, page, close } = await stage(field);
  assertStringIncludes(page.url, `?code=${field.code}`);
  const open = async (code: string) =>
    (await (await fetch(`${origin}/token?${new URLSearchParams({ code })}`)).json()).once;
  assertEquals(await open("0123456789abcdef"), null);
  const once = await open(field.code);
  assert(once);
  const send = (headers: Record<string, string>) =>
    fetch(`${origin}/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ token: "123456:" + "A".repeat(35), once, code: field.code }),
    });
  const foreign = await send({ Origin: "https://example.com" });
  assertEquals(foreign.status, 403);
  await foreign.body?.cancel();
  assertMatch((await (await send({ Origin: origin })).json()).refused, /token/);
  assertMatch((await (await send({ Origin: origin })).json()).refused, /./);
  assertEquals(taken, []);
  await close();
});

/** How the page is answered to browsers, and to requests that no browser makes. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { codeOf, look, NewBot } from "../support/page.ts";

Deno.test("no answer may be framed, indexed, kept or asked for by other sites", async () => {
  await using desk = await TestDesk.open();
  for (const path of ["/", "/?code=1", "/health", "/nothing-here"]) {
    const { headers } = await look(desk, { url: `http://localhost:8000${path}` });
    const policy = headers.get("Content-Security-Policy")!;
    assertStringIncludes(policy, "default-src 'none'");
    assertStringIncludes(policy, "frame-ancestors 'none'");
    assert(!/unsafe|https?:|\*/.test(policy), policy);
    assertEquals(headers.get("X-Frame-Options"), "DENY");
    assertEquals(headers.get("X-Content-Type-Options"), "nosniff");
    assertEquals(headers.get("Referrer-Policy"), "same-origin");
    assertEquals(headers.get("Cache-Control"), "no-store");
    assertEquals(headers.get("Cross-Origin-Resource-Policy"), "same-origin");
    assertEquals(headers.get("X-Robots-Tag"), "noindex, nofollow");
  }
});

Deno.test("the page is whole in itself, and its style the one its policy allows", async () => {
  await using desk = await NewBot.start();
  const { text, headers } = await look(desk);
  assert(!/<script|\son\w+=|\sstyle=|@import|url\(/i.test(text));
  assertEquals([...text.matchAll(/(?:src|href)="(?!https:\/\/t\.me\/|\/|data:,)/g)].length, 0);
  const style = /<style>([^]*?)<\/style>/.exec(text)![1]!;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  assertStringIncludes(headers.get("Content-Security-Policy")!, `style-src 'sha256-${hash}'`);
});

/** What a server answers that is sent these bytes. */
async function sent(port: number, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(bytes);
  return await new Response(connection.readable).text();
}

/** `Host` headers that are no machine's name, as bytes. */
const HOSTS = [
  ...["", "a b", "[", "[::1", "http://x", "a:99999", "a:b:c", "%zz", "xn--zz", "1.2.3.4.5", "<x>"],
  ...["a/b", "a/health", "a?b", "a#b", "a\\b", "a@b", "//", "?", "#", "ü", "x".repeat(10_000)],
].map((host) => new TextEncoder().encode(host)).concat(new Uint8Array([0x78, 0xff, 0xfe]));
/** What else browsers do not send. */
const HEADER_LINES = [
  ...[
    "*",
    "en;q=",
    "en;q=1e999",
    ";;;",
    ",".repeat(20_000),
    "en,".repeat(6000),
    "-",
    "x-".repeat(9000),
  ]
    .map((wish) => `Accept-Language: ${wish}`),
  "Accept: ",
  `X-Forwarded-For: ${"1,".repeat(9000)}`,
].map((line) => new TextEncoder().encode(`${line}\r\n`));

Deno.test("whatever machine a request names, and whatever languages it asks for, it is answered like any other", async () => {
  await using desk = await TestDesk.open();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, { remoteAddr }) => desk.app.handler(request, remoteAddr),
  );
  const { port } = server.addr;
  const encode = (text: string) => new TextEncoder().encode(text);
  const ask = async (path: string, host: Uint8Array, more: Uint8Array = new Uint8Array()) => {
    const head = encode(`GET ${path} HTTP/1.1\r\nConnection: close\r\nHost: `);
    const parts = [...head, ...host, ...encode("\r\n"), ...more, ...encode("\r\n")];
    const answer = await sent(port, new Uint8Array(parts));
    assertStringIncludes(answer.toLowerCase(), "x-frame-options: deny");
    return answer;
  };
  const code = codeOf(desk);
  const asked: [path: string, status: number, says: string][] = [
    ["/health", 200, '"ok":true'],
    ["/", 200, "O atendimento está aberto"],
    [`/?code=${code}`, 200, `href="/?code=${code}"`],
    ["/?code=%ff%zz", 403, "Este código não está certo."],
    ["//health", 404, "Not found"],
    ["/%ff", 404, "Not found"],
  ];
  for (const [path, status, says] of asked) {
    for (const host of HOSTS) {
      const answer = await ask(path, host);
      const which = `${path} of ${new TextDecoder().decode(host).slice(0, 50)}`;
      const said = /^HTTP\/1.1 (\d+)/.exec(answer)?.[1];
      // So many wrong codes have come by then.
      const isMany = status === 403 && said === "429";
      assert(said === String(status) || isMany, `${which}: ${said}`);
      if (!isMany) assertStringIncludes(answer, says, which);
    }
  }
  for (const line of HEADER_LINES) {
    assertMatch(await ask("/", encode("localhost"), line), /^HTTP\/1.1 200 /);
  }
  assertEquals(desk.logLines.filter((line) => line.includes("request failed")), []);
  await server.shutdown();
});

Deno.test("of an endless list of languages the beginning is read", async () => {
  await using desk = await TestDesk.open();
  const cases = [
    [`es,${"en;q=0.9,".repeat(100_000)}`, "es"],
    [`${"de,".repeat(100)}en`, "en"],
    [`${"de,".repeat(10_000)}en`, "pt-BR"],
  ] as const;
  for (const [wish, language] of cases) {
    const { text } = await look(desk, { headers: { "Accept-Language": wish } });
    assertStringIncludes(text, `<html lang="${language}">`);
  }
});

Deno.test("HEAD is answered as GET is, without a body", async () => {
  await using desk = await TestDesk.open();
  for (const path of ["/", "/health", "/nothing-here"]) {
    const url = `http://localhost:8000${path}`;
    const [get, head] = [await look(desk, { url }), await look(desk, { url, method: "HEAD" })];
    assertEquals(head.status, get.status);
    assertEquals(head.headers.get("Content-Type"), get.headers.get("Content-Type"));
    assertEquals(head.text, "");
  }
});

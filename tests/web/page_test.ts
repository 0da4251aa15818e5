import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk } from "../support/desk.ts";
import { codeOf, ELSEWHERE, HERE, LOCAL_URL, look, lookInside, NewBot } from "../support/page.ts";

for (
  const [wish, language, title] of [
    ["pt-BR,pt;q=0.9", "pt-BR", "O atendimento está aberto"],
    ["pt-PT", "pt-BR", "O atendimento está aberto"],
    ["en-GB", "en", "The desk is open"],
    ["es-419,es;q=0.9,en;q=0.8", "es", "La atención está abierta"],
    ["de, en;q=0.3, es;q=0.7", "es", "La atención está abierta"],
    ["en;q=0, es;q=0.1", "es", "La atención está abierta"],
    ["de", "pt-BR", "O atendimento está aberto"],
    ["", "pt-BR", "O atendimento está aberto"],
    ["*;;q=x,,=", "pt-BR", "O atendimento está aberto"],
  ] as const
) {
  Deno.test(`the page speaks ${language} to whoever asks for "${wish}"`, async () => {
    await using desk = await TestDesk.open();
    const { text, status, headers } = await look(desk, { headers: { "Accept-Language": wish } });
    assertEquals(status, 200);
    assertStringIncludes(text, `<html lang="${language}">`);
    assertStringIncludes(text, `<h1>${title}</h1>`);
    assertEquals(headers.get("Vary"), "Accept-Language");
  });
}

Deno.test("whom it does not understand the page answers in the desk's language", async () => {
  await using desk = await TestDesk.open({ env: { LOCALE: "es" } });
  const { text } = await look(desk, { headers: { "Accept-Language": "ja" } });
  assertStringIncludes(text, "La atención está abierta");
});

Deno.test("the page says since when the bot runs, and how updates come", async () => {
  await using desk = await TestDesk.open({ env: { TIME_ZONE: "UTC" } });
  desk.clock.aheadMs += 3 * HOUR_MS + 20 * MINUTE_MS;
  const { text } = await look(desk);
  assertStringIncludes(
    text,
    `Running since ${
      new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })
        .format(desk.clock.now() - desk.clock.aheadMs)
    } (3\u00a0h\u00a020\u00a0min), by webhook.`,
  );
});

Deno.test("nothing that is secret, an ID or a name is on the page, whoever looks", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Mariazinha");
  maria.sends(desk.chatOf(maria), "segredo");
  await desk.settled();
  desk.telegram.demote(desk.channel, desk.bot);
  maria.sends(desk.chatOf(maria), "outro segredo");
  await desk.passes(MINUTE_MS);
  const never = [
    desk.bot.token,
    desk.bot.token.split(":")[1]!,
    ...[desk.bot, desk.channel, desk.group, desk.boss, maria].map(({ id }) => String(id)),
    ...["Atendimento", "Mariazinha", "segredo", "Padaria", "padaria_bot", "Beto"],
  ];
  for (const { text } of [await look(desk), await lookInside(desk)]) {
    assertStringIncludes(text, "not an administrator of the channel");
    assertEquals(never.filter((secret) => text.includes(secret)), []);
  }
});

Deno.test("without the code nobody is told any details", async () => {
  await using desk = await TestDesk.open();
  const inside = await lookInside(desk);
  for (const details of ["Checklist", "Waiting", "Given up", "Canned replies", "Balcão 1."]) {
    assertStringIncludes(inside.text, details);
    for (const from of [HERE, ELSEWHERE]) {
      assert(!(await look(desk, { from })).text.includes(details), details);
    }
  }
});

Deno.test("with the code the page shows the whole checklist and what waits", async () => {
  await using desk = await TestDesk.open({ env: { KV_PATH: ":memory:" } });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 600 });
  for (const text of ["um", "dois"]) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  desk.clock.aheadMs += 5 * MINUTE_MS;
  desk.telegram.demote(desk.group, desk.bot);
  const { text } = await lookInside(desk);
  const items = [...text.matchAll(/<li [^]*?<\/li>/g)].map(([item]) =>
    item.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim()
  );
  assertEquals(
    items[0],
    "My rights in the group : Missing. The bot is not an administrator of " +
      "the channel&#39;s group: make it one.",
  );
  assert(items.includes("The channel is private : Good."), items.join("\n"));
  assert(
    items.includes(
      "The database lasts : Please note. The database is in memory: everything is forgotten when the program ends.",
    ),
    items.join("\n"),
  );
  assertEquals(items.length, 15);
  assertStringIncludes(text, "<dt>Waiting</dt><dd>2</dd>");
  assertStringIncludes(text, "<dt>Waiting longest</dt><dd>5 min</dd>");
  assertStringIncludes(text, "<dt>Given up</dt><dd>0</dd>");
});

Deno.test("who has the code is told how things are at this moment", async () => {
  await using desk = await TestDesk.open();
  // Of the link Telegram tells nobody.
  desk.telegram.unlink(desk.channel);
  assertStringIncludes((await look(desk)).text, "The desk is open");
  assertStringIncludes((await lookInside(desk)).text, "The channel has no discussion group");
  desk.telegram.link(desk.channel, desk.group);
  desk.clock.aheadMs += 5000;
  assertStringIncludes((await lookInside(desk)).text, "The desk is open");
});

Deno.test("for programs there are the same details as JSON, only with the code", async () => {
  await using desk = await TestDesk.open();
  const headers = { Accept: "application/json" };
  const url = `${LOCAL_URL}?code=${codeOf(desk)}`;
  const details = JSON.parse((await look(desk, { url, headers })).text);
  assertEquals([details.ok, details.mode, details.version], [true, "webhook", "1.0.0"]);
  assertEquals(details.checklist[0], { state: "good", name: "Channel" });
  assertEquals(details.besides, []);
  for (const other of [LOCAL_URL, `${LOCAL_URL}?code=0000000000000000`]) {
    assertStringIncludes((await look(desk, { url: other, headers })).text, "<!doctype html>");
  }
});

Deno.test("wrong codes open nothing, and are told to be many after five of them", async () => {
  await using desk = await TestDesk.open();
  const code = codeOf(desk);
  const guesses = [
    "",
    "0",
    `${code}0`,
    code.slice(1),
    code.toUpperCase(),
    "\u0000",
    "x".repeat(5000),
  ];
  for (const [time, guess] of guesses.entries()) {
    const url = `https://desk.example/?code=${encodeURIComponent(guess)}`;
    const { status, text } = await look(desk, { url, from: ELSEWHERE });
    assertEquals(status, time < 5 ? 403 : 429, guess);
    assertStringIncludes(text, time < 5 ? "This code is not right." : "Many wrong codes");
    assert(!text.includes("Checklist") && !text.includes(code));
  }
  desk.clock.aheadMs += HOUR_MS;
  const url = "https://desk.example/?code=0";
  assertEquals((await look(desk, { url, from: ELSEWHERE })).status, 403);
});

/** Where guesses come from, and how; where nobody is named, the operator comes from there as well. */
const GUESSERS: [where: string, how: (time: number) => Parameters<typeof look>[1]][] = [
  ["another machine", () => ({ from: ELSEWHERE })],
  ["any page that this machine's browser shows", () => ({ from: HERE })],
  ["a proxy that names nobody", () => ({ from: { ...HERE, hostname: "172.17.0.1" } })],
  [
    "a proxy that names them",
    () => ({ headers: { "X-Forwarded-For": "203.0.113.1, 198.51.100.66" } }),
  ],
  ["ever other addresses", (time) => ({ from: { ...ELSEWHERE, hostname: `2001:db8::${time}` } })],
  ["afar, saying ever other names", (time) => ({
    from: ELSEWHERE,
    headers: { "X-Forwarded-For": `198.51.100.${time}` },
  })],
];
for (const [where, how] of GUESSERS) {
  Deno.test(`however many guesses come from ${where}, the right code opens the page`, async () => {
    await using desk = await TestDesk.open();
    for (let time = 0; time < 300; time++) {
      const { status } = await look(desk, { ...how(time), url: "https://desk.example/?code=0" });
      assert(status === 403 || status === 429, String(status));
    }
    const url = `https://desk.example/?code=${codeOf(desk)}`;
    const { status, text } = await look(desk, { ...how(0), url });
    assertEquals(status, 200);
    assertStringIncludes(text, "Checklist");
  });
}

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

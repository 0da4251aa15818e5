/** The door for the bot's token: whom the page shows the field, and from whom it takes one. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { ELSEWHERE, HERE } from "../support/page.ts";
import { type Asked, CODE, onceIn, RIGHT, Setup } from "../support/token_page.ts";

/** Whose headers those are that somebody has passed the request on with. */
const PASSED_ON = [
  "Forwarded",
  "Via",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-Forwarded",
  "Forwarded-For",
  "X-Real-IP",
  "X-Client-IP",
  "X-Cluster-Client-IP",
  "Client-IP",
  "True-Client-IP",
  "CF-Connecting-IP",
  "CF-Ray",
  "CDN-Loop",
  "Fastly-Client-IP",
  "Fly-Client-IP",
  "X-Envoy-External-Address",
  "X-Amzn-Trace-Id",
  "X-Azure-ClientIP",
  "X-ARR-SSL",
  "X-Original-Host",
  "X-ProxyUser-Ip",
  "Proxy-Connection",
  "X-Scheme",
  "X-Url-Scheme",
  "Tailscale-User-Login",
  "Ngrok-Skip-Browser-Warning",
];

const STRANGERS: [who: string, how: Asked][] = [
  ["another machine", { from: ELSEWHERE }],
  ["a machine beside this one", { from: { ...HERE, hostname: "192.168.1.7" } }],
  ["an unknown place", { from: { transport: "unix", path: "/tmp/x" } as Deno.Addr }],
  ...["rebinding.example", "localhost.example.com", "127.0.0.1.nip.io", "10.0.0.7", "localhost."]
    .map((name): [string, Asked] => [
      `a browser led here by the name ${name}`,
      { host: `${name}:8000` },
    ]),
  ...PASSED_ON.map((name): [string, Asked] => [
    `somebody for whom it was passed on with ${name}`,
    { headers: { [name]: "127.0.0.1" } },
  ]),
];

Deno.test("whoever opens the printed address on this machine is shown one field, with a value for once", async () => {
  const setup = new Setup();
  for (const host of ["localhost:8000", "127.0.0.1:8000", "localhost", "[::1]:8000"]) {
    const from = host.startsWith("[") ? { ...HERE, hostname: "::1" } : HERE;
    const { status, text, headers } = await setup.asks({ host, from });
    assertEquals(status, 200);
    assertEquals(text.match(/<form /g)?.length, 1, host);
    assertEquals(text.match(/name="once"/g)?.length, 1, host);
    assertStringIncludes(headers.get("Content-Security-Policy")!, "form-action 'self'");
    assertEquals(headers.get("Referrer-Policy"), "same-origin");
  }
  const [one, other] = [await setup.opens(), await setup.opens()];
  assert(one !== other && /^[0-9a-f]{16}$/.test(one));
});

Deno.test("nobody else is shown the field", async () => {
  const setup = new Setup();
  const others: [string, Asked][] = [
    ["whoever has no code", { path: "/" }],
    ["whoever has a wrong one", { path: "/?code=fedcba9876543210" }],
    ["a page of another site", { headers: { Origin: "https://evil.example" } }],
    ["a page of nowhere", { headers: { Origin: "null" } }],
    ...STRANGERS,
  ];
  for (const [who, how] of others) {
    const { text, headers } = await setup.asks(how);
    assert(!text.includes("<form") && !text.includes('name="once"'), who);
    assertStringIncludes(text, "paste its token on the program&#39;s page", who);
    assertStringIncludes(headers.get("Content-Security-Policy")!, "form-action 'none'", who);
  }
});

Deno.test("a token is taken from the page's own form, once", async () => {
  const setup = new Setup();
  const once = await setup.opens();
  const { status, headers, text } = await setup.gives({ once, token: `  ${RIGHT}\n`, code: CODE });
  assertEquals([status, headers.get("Location"), text], [303, `/?code=${"f".repeat(16)}`, ""]);
  assertEquals(setup.given, [RIGHT]);
});

Deno.test("from nobody else a token is taken, not even looked at", async () => {
  const setup = new Setup();
  const others: [string, Asked & { type?: string }][] = [
    ...STRANGERS,
    ["a page of another site", { headers: { Origin: "https://evil.example" } }],
    ["a page at another port", { headers: { Origin: "http://localhost:3000" } }],
    ["a page by another name of this machine", { headers: { Origin: "http://127.0.0.1:8000" } }],
    ["a page over TLS", { headers: { Origin: "https://localhost:8000" } }],
    ["a page of nowhere", { headers: { Origin: "null" } }],
    ["something that names no page", { headers: { Origin: "" } }],
    ["a form of another kind", { type: "text/plain" }],
    ["a script", { type: "application/json" }],
  ];
  for (const [who, how] of others) {
    const once = await setup.opens();
    const { status, text } = await setup.gives({ once, token: RIGHT, code: CODE }, how);
    assertEquals([status, text], [403, "Forbidden\n"], who);
  }
  const once = await setup.opens();
  const large = await setup.gives({ once, token: "1:" + "a".repeat(5000), code: CODE });
  assertEquals(large.status, 403);
  assertEquals(setup.given, []);
});

const NO_FORMS: [which: string, make: (setup: Setup) => Promise<string>][] = [
  ["was sent before", async (setup) => {
    const once = await setup.opens();
    await setup.gives({ once, token: "1:wrong", code: CODE });
    return once;
  }],
  ["is old", async (setup) => {
    const once = await setup.opens();
    setup.nowMs += HOUR_MS;
    return once;
  }],
  ["was opened before many others", async (setup) => {
    const once = await setup.opens();
    for (let n = 0; n < 20; n++) await setup.opens();
    return once;
  }],
  ["was never shown", () => Promise.resolve("0".repeat(16))],
  ["has no value", () => Promise.resolve("")],
];

for (const [which, make] of NO_FORMS) {
  Deno.test(`a form that ${which} takes nothing, and with the code there is another`, async () => {
    const setup = new Setup();
    const once = await make(setup);
    const { length } = setup.given;
    const { status, text } = await setup.gives({ once, token: RIGHT, code: CODE });
    assertEquals(status, 422);
    assertStringIncludes(text, "This form was sent before, or was open for too long");
    assert(onceIn(text) !== undefined);
    const without = await setup.gives({ once, token: RIGHT, code: "fedcba9876543210" });
    assert(without.status === 403 && !without.text.includes("<form"), without.text);
    assertEquals(setup.given.length, length);
  });
}

Deno.test("a token that is refused is said in one line, never shown again, and the field is there once more", async () => {
  const refusals = [
    ["malformed", "That was not a bot’s token"],
    ["unknown", "Telegram knows no such token"],
    ["unanswered", "Telegram did not answer"],
    ["not kept", "it cannot be written to <code>.env</code>"],
  ] as const;
  for (const [refusal, words] of refusals) {
    const setup = new Setup(() => Promise.resolve({ refusal }));
    const once = await setup.opens();
    // The value of an open form says that its sender has the code.
    const { status, text } = await setup.gives({ once, token: "654321:wrong" });
    assertEquals(status, 422);
    assertStringIncludes(text, words);
    assert(!text.includes("wrong") && !text.includes("654321"), "it is shown again");
    assert(![undefined, once].includes(onceIn(text)));
  }
});

Deno.test("after wrong tokens the next are answered more slowly, and the right one is taken all the same", async () => {
  const setup = new Setup();
  for (let n = 0; n < 7; n++) {
    await setup.gives({ once: await setup.opens(), token: "1:wrong", code: CODE });
  }
  assertEquals(setup.waitedMs, [1000, 2000, 4000, 8000, 10_000, 10_000]);
  const { status } = await setup.gives({ once: await setup.opens(), token: RIGHT, code: CODE });
  assertEquals([status, setup.waitedMs.at(-1)], [303, 10_000]);
  // After a while it is as if nothing had been.
  setup.nowMs += HOUR_MS;
  await setup.gives({ once: await setup.opens(), token: "1:wrong", code: CODE });
  assertEquals(setup.waitedMs.length, 7);
});

Deno.test("that Telegram does not answer counts for no wrong token", async () => {
  const setup = new Setup(() => Promise.resolve({ refusal: "unanswered" }));
  for (let n = 0; n < 3; n++) {
    await setup.gives({ once: await setup.opens(), token: "1:a", code: CODE });
  }
  assertEquals(setup.waitedMs, []);
});

Deno.test("tokens are tried one after another, however many are sent at once", async () => {
  let trying = 0;
  const setup = new Setup(async () => {
    assertEquals(++trying, 1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    trying--;
    return { refusal: "unknown" };
  });
  const forms = await Promise.all(Array.from({ length: 5 }, () => setup.opens()));
  await Promise.all(forms.map((once) => setup.gives({ once, token: "1:a", code: CODE })));
  assertEquals([setup.given.length, setup.waitedMs], [5, [1000, 2000, 4000, 8000]]);
});

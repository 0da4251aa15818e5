import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeQR } from "qr/decode";
import { codeOf, ELSEWHERE, HERE, LOCAL_URL, look, lookInside, NewBot } from "../support/page.ts";

Deno.test("until somebody claims the desk, the link is on the page for this machine", async () => {
  await using desk = await NewBot.start();
  const link = `https://t.me/padaria_bot?start=claim_${codeOf(desk)}`;
  for (
    const [hostname, url] of [
      ["127.0.0.1", LOCAL_URL],
      ["127.8.9.1", "http://127.0.0.1:8000/"],
      ["::1", "http://[::1]:8000/"],
      ["::ffff:127.0.0.1", LOCAL_URL],
    ] as const
  ) {
    const { text, status } = await look(desk, { url, from: { ...HERE, hostname } });
    assertEquals(status, 200);
    assertStringIncludes(text, `href="${link}"`);
    assertStringIncludes(text, `<div role="img" aria-label="QR code of the link"><svg`);
    assert(!text.includes("Checklist"));
  }
  assertStringIncludes((await lookInside(desk)).text, `href="${link}"`);
});

Deno.test("the picture beside the link says the link", async () => {
  await using desk = await NewBot.start();
  const { text } = await look(desk);
  const [, size, path] = /role="img"[^>]*><svg viewBox="0 0 (\d+)[^>]*><path d="([^"]*)"/.exec(
    text,
  )!;
  const scale = 4;
  const width = Number(size) * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  // Each dark module is a square of its own.
  let [x, y] = [0, 0];
  for (const [, command, to] of path!.matchAll(/([Mm])([-\d. ]+)h1v1/g)) {
    const [dx, dy] = to!.match(/-?[\d.]+/g)!.map(Number);
    [x, y] = command === "M" ? [dx!, dy!] : [x + dx!, y + dy!];
    for (let row = y * scale; row < (y + 1) * scale; row++) {
      const start = row * width + x * scale;
      for (let at = start; at < start + scale; at++) data.set([0, 0, 0], at * 4);
    }
  }
  const said = decodeQR({ width, height: width, data });
  assertEquals(said, `https://t.me/padaria_bot?start=claim_${codeOf(desk)}`);
});

const FORWARDED = {
  "Forwarded": "for=192.0.2.1",
  "X-Forwarded-For": "127.0.0.1",
  "X-Forwarded-Host": "localhost",
  "X-Forwarded-Proto": "https",
  "X-Real-IP": "127.0.0.1",
  "X-Client-IP": "127.0.0.1",
  "Via": "1.1 proxy",
  "CF-Connecting-IP": "127.0.0.1",
  "CF-Ray": "1",
  "True-Client-IP": "127.0.0.1",
  "Fastly-Client-IP": "127.0.0.1",
  "X-Envoy-External-Address": "127.0.0.1",
  "CDN-Loop": "x",
};
const STRANGERS: [who: string, how: Parameters<typeof look>[1]][] = [
  ["another machine", { from: ELSEWHERE }],
  ["an unknown place", { from: { transport: "unix", path: "/tmp/x" } as Deno.Addr }],
  ["a place that looks alike", { from: { ...HERE, hostname: "127.0.0.1.example" } }],
  // Any site may have its own name lead to this machine.
  ["another site's name", { url: "http://rebinding.example:8000/" }],
  ["a name that begins alike", { url: "http://localhost.example:8000/" }],
  ...Object.entries(FORWARDED).map((header): [string, Parameters<typeof look>[1]] => [
    `a proxy that says ${header[0]}`,
    { headers: { [header[0]]: header[1] } },
  ]),
];
Deno.test("nobody else is shown the link, but where it is", async () => {
  await using desk = await NewBot.start();
  const code = codeOf(desk);
  for (const [who, how] of STRANGERS) {
    const { text } = await look(desk, how);
    assert(!text.includes(code) && !text.includes("t.me/"), who);
    assertStringIncludes(text, "The link that claims the desk is in the program’s log.", who);
  }
});

Deno.test("where the world is let in, only the code shows the link", async () => {
  // A proxy beside the bot may well say nothing of whom it asks for.
  await using desk = await NewBot.start({ PUBLIC_URL: "https://desk.example" });
  assert(!(await look(desk)).text.includes("claim_"));
  assertStringIncludes((await lookInside(desk)).text, "claim_");
});

Deno.test("from a token to an open desk, by what the page and the bot show", async () => {
  await using desk = await NewBot.start();
  const { telegram, boss } = desk;
  const before = await desk.shows("<h1>Let’s set up your desk</h1>");
  boss.opens(/href="(https:\/\/t\.me\/padaria_bot[^"]*)"/.exec(before.text)![1]!);
  const claimed = await desk.shows("The owner has not added the bot to a channel yet.");
  assert(!claimed.text.includes("claim_"), "a used link is still shown");
  const channel = telegram.createChannel({ title: "Desk", creator: boss });
  const group = telegram.createSupergroup({ title: "Desk log", creator: boss });
  telegram.link(channel, group);
  await telegram.settled();
  boss.opens(desk.addresses.find((url) => url.includes("startchannel"))!, { chat: channel });
  await desk.shows("Telegram does not show the channel&#39;s group");
  boss.opens(desk.addresses.find((url) => url.includes("startgroup"))!, { chat: group });
  await desk.shows("<h1>The desk is open</h1>");
});

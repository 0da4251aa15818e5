import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeQR } from "qr/decode";
import { codeOf, ELSEWHERE, HERE, LOCAL_URL, look, lookInside, NewBot } from "../support/page.ts";

Deno.test("until somebody claims the desk, the link is on the page for whoever has its address", async () => {
  await using desk = await NewBot.start();
  const link = `https://t.me/padaria_bot?start=claim_${codeOf(desk)}`;
  for (const from of [HERE, ELSEWHERE]) {
    const { text, status } = await lookInside(desk, from);
    assertEquals(status, 200);
    assertStringIncludes(text, `href="${link}"`);
    assertStringIncludes(text, `<div role="img" aria-label="QR code of the link"><svg`);
  }
});

Deno.test("the picture beside the link says the link", async () => {
  await using desk = await NewBot.start();
  const { text } = await lookInside(desk);
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
const OTHERS: [who: string, how: Parameters<typeof look>[1]][] = [
  // Whoever a proxy beside the bot asks for that adds no header comes from here, too.
  ["a browser on this machine", {}],
  ["one that uses an address of this machine", { url: "http://127.0.0.1:8000/" }],
  ["one that uses the new kind of address", {
    url: "http://[::1]:8000/",
    from: { ...HERE, hostname: "::1" },
  }],
  ["a proxy that keeps the name it was asked for", { url: "http://desk.example/" }],
  ["another machine", { from: ELSEWHERE }],
  ["an unknown place", { from: { transport: "unix", path: "/tmp/x" } as Deno.Addr }],
  ["another site's name", { url: "http://rebinding.example:8000/" }],
  ["an empty code", { url: `${LOCAL_URL}?code=` }],
  ["a wrong code", { url: `${LOCAL_URL}?code=0123456789abcdef` }],
  ["the right code under another name", { url: `${LOCAL_URL}?Code=CODE` }],
  ["the right code as a path", { url: `${LOCAL_URL}#code=CODE` }],
  ["a header with the code", {
    headers: { "Authorization": "Bearer CODE", "Cookie": "code=CODE" },
  }],
  ...Object.entries(FORWARDED).map((header): [string, Parameters<typeof look>[1]] => [
    `a proxy that says ${header[0]}`,
    { headers: { [header[0]]: header[1] } },
  ]),
];
for (const env of [{}, { PUBLIC_URL: "https://desk.example" }]) {
  const where = "PUBLIC_URL" in env ? ", where the world is let in" : "";
  Deno.test(`nobody without the code is shown the link, but where it is${where}`, async () => {
    await using desk = await NewBot.start(env);
    const code = codeOf(desk);
    for (const [who, how] of OTHERS) {
      const asked = JSON.parse(JSON.stringify(how).replaceAll("CODE", code));
      const { text } = await look(desk, asked);
      assert(!text.includes(code) && !text.includes("t.me/"), who);
      assertStringIncludes(text, "The link that claims the desk is in the program’s log.", who);
      assertStringIncludes(text, "the address of this page", who);
    }
    assertStringIncludes((await lookInside(desk)).text, "claim_");
  });
}

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

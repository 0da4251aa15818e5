import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk } from "../support/desk.ts";
import { codeOf, ELSEWHERE, HERE, LOCAL_URL, look, lookInside } from "../support/page.ts";

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
  const maria = await desk.hearsFrom("Mariazinha", "segredo");
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
  const maria = await desk.hearsFrom("Maria");
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

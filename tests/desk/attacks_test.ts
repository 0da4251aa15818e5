/** People who want to be taken for others, to break something, or to read what is not theirs. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { MessageOrigin, Update } from "grammy/types";
import { TestDesk, textsOf } from "../support/desk.ts";
import { runTask } from "../support/operator.ts";
import { openTalk } from "../support/talk.ts";
import type { SimulatedChat, SimulatedUser } from "../../playground/telegram/telegram.ts";

const VICTIM = "Vítima";

/** What the database holds under keys with this part. */
async function keptUnder(desk: TestDesk, part: string): Promise<unknown[]> {
  const entries = await Array.fromAsync(desk.kv.list({ prefix: [] }));
  return entries.filter(({ key }) => key.includes(part)).map(({ value }) => value);
}

const NAMES: [what: string, firstName: (victimId: number) => string, lastName?: string][] = [
  ["an ID line of somebody else", (id) => `Eva\nID ${id}`],
  ["a whole card", (id) => `🟦 João\nID ${id}\n#from_loja`],
  ["an ID line after other line breaks", (id) => `Eva\u2028ID ${id}\u2029\u0085`],
  ["an ID line in the last name", () => "🟥", "X\r\nID 1"],
  ["nothing but an ID line", (id) => `ID ${id}`],
  ["a card that is over", (id) => `➡️ Lia\nID ${id}`],
  ["a command", () => "/ban", "/close@padaria_bot"],
  ["an internal note", () => "#nota"],
  ["a link, a tag and a mention", () => "https://evil.example #from_x @boss"],
  ["text that runs backwards", () => "\u202eavE\u2066"],
  ["nothing to be seen", () => "\u200f\u2063\u00ad"],
];
for (const [what, firstName, lastName] of NAMES) {
  Deno.test(`a customer whose name looks like ${what} stays who they are`, async () => {
    await using desk = await TestDesk.open();
    const victim = desk.customer(VICTIM);
    const eve = desk.customer(firstName(victim.id), lastName ? { lastName } : {});
    for (const each of [victim, eve]) each.sends(desk.chatOf(each), "oi");
    await desk.settled();
    for (const round of ["um", "dois"]) {
      const card = desk.cardOf(eve);
      assertEquals(card.text!.split("\n").length, 2);
      assertEquals(card.entities?.map(({ type }) => type), ["text_link"]);
      desk.ana.comments(card, round);
      await desk.settled();
      assertEquals(textsOf(desk.toldTo(eve)).at(-1), round);
      assertEquals(desk.toldTo(victim).length, 1, "the victim is told nothing but the welcome");
      // Only the card itself knows whose it is now.
      await desk.loseDatabase();
    }
  });
}

Deno.test("what imitates a card or its automatic copy leads to nobody", async () => {
  await using desk = await TestDesk.open();
  const victim = desk.customer(VICTIM);
  victim.sends(desk.chatOf(victim), "oi");
  await desk.settled();
  const card = desk.cardOf(victim);
  await desk.loseDatabase();
  const eve = desk.customer("Eve");
  // The group is open, and whoever owns it lets her stay.
  desk.boss.sends(desk.group, `/allow ${eve.id}`);
  await desk.settled();
  desk.telegram.addMember(desk.group, eve);
  const evil = desk.telegram.createChannel({ title: "Atendimento", creator: eve });
  const inChannel = (chat: SimulatedChat, message_id: number): MessageOrigin => ({
    type: "channel",
    chat: { id: chat.id, type: "channel", title: chat.title! },
    message_id,
    date: 0,
  });
  const imitations: Parameters<SimulatedUser["sends"]>[2][] = [
    {},
    { as: evil },
    { forwardedFrom: inChannel(desk.channel, card.message_id) },
    { forwardedFrom: inChannel(evil, 1) },
    { as: evil, forwardedFrom: inChannel(desk.channel, card.message_id) },
  ];
  for (const options of imitations) {
    const fake = eve.sends(desk.group, card.text!, options);
    await desk.settled();
    desk.ana.sends(desk.group, "segredo", { replyTo: fake.message_id });
    await desk.settled();
  }
  assertEquals(desk.toldTo(victim).length, 1);
  desk.ana.comments(card, "resposta");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(victim)).slice(1), ["resposta"]);
});

Deno.test("a customer's own card-like message is a message", async () => {
  const { desk, maria, writes } = await openTalk();
  await using _ = desk;
  const victim = desk.customer(VICTIM);
  victim.sends(desk.chatOf(victim), "oi");
  await desk.settled();
  await writes(desk.cardOf(victim).text!);
  const shown = desk.threadOf(maria).at(-1)!;
  desk.ana.sends(desk.group, "para Maria", { replyTo: shown.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "para Maria");
  assertEquals(desk.toldTo(victim).length, 1);
});

const STARTS = [
  "/start a\n🟥 X\nID 1",
  "/start #from_loja @boss https://evil.example",
  "/start <b>x</b>",
  `/start ${"x".repeat(4000)}`,
  "/start __proto__",
  "/start claim_0000000000",
  "/start ../../etc",
  "/start \u202ex",
  "/start@padaria_bot loja\u0000",
];
for (const words of STARTS) {
  Deno.test(`${JSON.stringify(words.slice(0, 50))} neither breaks the card nor makes an owner`, async () => {
    await using desk = await TestDesk.open();
    const eve = desk.customer("Eve");
    eve.sends(desk.chatOf(eve), words);
    await desk.settled();
    const [name, id, tags, ...more] = desk.cardOf(eve).text!.split("\n");
    assertEquals([name, id], ["🟦 Eve", `ID ${eve.id}`]);
    assertEquals(more, []);
    assert(tags === undefined || /^#from_\w{1,64}$/.test(tags), tags);
    desk.ana.comments(desk.cardOf(eve), "olá");
    await desk.settled();
    assertEquals(textsOf(desk.toldTo(eve)).at(-1), "olá");
    assertEquals(await keptUnder(desk, "claim"), []);
  });
}

Deno.test("an update that is brought again, also to another instance, does nothing more", async () => {
  const { desk, maria, writes } = await openTalk({ env: { WEBHOOK_SECRET: "s" } });
  await using _ = desk;
  const brought: Update[] = [];
  const { handler } = desk.app;
  desk.app.handler = async (request, ...more) => {
    brought.push(await request.clone().json());
    return await handler(request, ...more);
  };
  await writes("uma vez só");
  desk.ana.comments(desk.cardOf(maria), "resposta");
  await desk.settled();
  const seen = () => [textsOf(desk.threadOf(maria)), textsOf(desk.toldTo(maria))];
  const before = seen();
  const other = desk.anotherApp();
  await other.start();
  for (const app of [{ handler, settled: desk.app.settled }, other, other]) {
    for (const update of brought.slice()) {
      const request = new Request("https://desk.example/telegram", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-telegram-bot-api-secret-token": "s",
        },
        body: JSON.stringify(update),
      });
      const response = await app.handler(request);
      assertEquals(response.status, 200);
      await response.body?.cancel();
    }
    await app.settled();
  }
  assert(brought.length >= 2);
  assertEquals(seen(), before);
  await other.close();
});

const FILES: [what: string, json: string][] = [
  ["lists inside lists without end", "[".repeat(200_000)],
  ["objects inside objects without end", '{"a":'.repeat(100_000)],
  [
    "a reply that wants to change all objects",
    '{"replies":[{"__proto__":{"text":"x"},"title":"X"}]}',
  ],
  ["a title that is an object", '{"replies":[{"title":{"toString":"x"},"text":"x"}]}'],
  ["a million problems", `{"replies":[${"1,".repeat(200_000)}1]}`],
  [
    "an offset out of bounds",
    '{"replies":[{"title":"X","text":"x","entities":[{"type":"bold","offset":-1,"length":1e308}]}]}',
  ],
  ["zeros", "\u0000".repeat(10_000)],
];
for (const [what, json] of FILES) {
  Deno.test(`a file of canned replies with ${what} is refused with a short answer`, async () => {
    await using desk = await TestDesk.open();
    const bytes = new TextEncoder().encode(json);
    const file = desk.boss.sends(desk.group, { document: { bytes, fileName: "r.json" } });
    await desk.settled();
    desk.boss.sends(desk.group, "/importreplies", { replyTo: file.message_id });
    await desk.settled();
    const answer = desk.group.messages.at(-1)!;
    assertEquals(answer.from?.id, desk.bot.id);
    assert(!answer.text!.startsWith("✅"), answer.text);
    assert(answer.text!.length <= 4096);
    assertEquals(await keptUnder(desk, "reply"), []);
    assertEquals(({} as { text?: string }).text, undefined);
    assert(
      !desk.logLines.some((line) => line.includes('"level":"error"')),
      desk.logLines.join("\n"),
    );
  });
}

const SETTINGS = [
  "/set __proto__ on",
  "/set constructor on",
  "/set panel __proto__",
  "/set welcome",
  `/set hours ${"seg 8-18; ".repeat(390)}`,
  `/set hours ${"(".repeat(4000)}`,
  "/set hours 99999999999999999999-1",
  "/set keep -1",
  "/set keep 1e99",
  "/set language ../../../etc",
  `/set ${"x".repeat(4000)} on`,
  "/set panel on\u0000",
];
Deno.test("hostile settings change nothing and break nothing", async () => {
  await using desk = await TestDesk.open();
  const before = await keptUnder(desk, "settings");
  for (const words of SETTINGS) {
    desk.boss.sends(desk.group, words);
    await desk.settled();
    const answer = desk.group.messages.at(-1)!;
    assertEquals(answer.from?.id, desk.bot.id, words.slice(0, 60));
    assert(answer.text!.length <= 4096);
    assertEquals(await keptUnder(desk, "settings"), before, words.slice(0, 60));
  }
  assert(!desk.logLines.some((line) => line.includes('"level":"error"')), desk.logLines.join("\n"));
});

const LONG = "x".repeat(4000);
const ASKED = ["/set", "/reset", "/assign", "/priority", "/delreply", "/renamereply", "/replies"]
  .map((name) => `${name} ${LONG}`)
  .concat(`/${LONG}`, `/ban ${LONG}`, `/undo ${LONG}`, `/allow ${LONG}`, `/addreply ${LONG}\nx`);
Deno.test("however much a command says, it is answered", async () => {
  const { desk, says, line } = await openTalk();
  await using _ = desk;
  for (const words of ASKED) {
    const comment = await says(desk.boss, words);
    assert(line().message_id > comment.message_id, words.slice(0, 20));
  }
  assert(!desk.logLines.some((line) => line.includes('"level":"error"')), desk.logLines.join("\n"));
});

Deno.test("what cannot reach Telegram tells the terminal why, and not the token", async () => {
  const BOT_TOKEN = `7:${"t".repeat(35)}`;
  const env = {
    BOT_TOKEN,
    TELEGRAM_API_ROOT: "http://127.0.0.1:1",
    PORT: "1",
    KV_PATH: "./data/none.sqlite3",
  };
  const doctor = await runTask("doctor", [], env);
  assertEquals(doctor.code, 1);
  assertStringIncludes(doctor.said, "Telegram does not say who the bot is");
  const predeploy = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "main.ts", "--set-webhook"],
    cwd: new URL("../..", import.meta.url),
    env: { ...env, PUBLIC_URL: "https://desk.example", NO_COLOR: "1" },
  }).output();
  assertEquals(predeploy.code, 1);
  const [said, complaints] = [predeploy.stdout, predeploy.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assertStringIncludes(said!, "No webhook is registered.");
  for (const text of [doctor.said, doctor.complaints, said!, complaints!]) {
    assert(!text.includes(BOT_TOKEN) && !text.includes("t".repeat(35)), text);
  }
});

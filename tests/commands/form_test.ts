import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";
import type { ContentSpec } from "../../playground/telegram/telegram.ts";

/** Ways of writing /close that close. */
const CLOSING: [string, ContentSpec][] = [
  ["in capitals", "/CLOSE"],
  ["with the bot's name, whatever its case", "/fim@Padaria_Bot"],
  ["with words behind it", "/close obrigado a todos"],
  ["in a line of its own", "/close\nfoi rápido"],
  ["in bold", { text: "/close", entities: [{ type: "bold", offset: 0, length: 6 }] }],
  ["under a photo", { photo: true, caption: "/close" }],
  ["under a file", { document: true, caption: "/fim@padaria_bot" }],
];

for (const [how, content] of CLOSING) {
  Deno.test(`a command ${how} is obeyed, and reaches nobody`, async () => {
    const { desk, maria, says, cardText, isThere } = await openTalk();
    await using _ = desk;
    const told = desk.toldTo(maria).length;
    const comment = await says(desk.ana, content);
    assertEquals(cardText().slice(0, 2), "⬜️");
    assertEquals(isThere(comment), false);
    assertEquals(textsOf(desk.toldTo(maria).slice(told)).length, 1);
    assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "encerrado");
  });
}

/** What looks like a command, and is none of ours: it stays with the team, and is not obeyed. */
const STAYING: [string, ContentSpec, answer?: string][] = [
  ["of another bot", "/close@other_bot"],
  ["of another bot under a photo", { photo: true, caption: "/close@other_bot" }],
  ["that is mistyped", "/clsoe", "Você quis dizer /close?"],
  ["that is mistyped, with our name", "/fimm@padaria_bot", "Você quis dizer /fim?"],
  ["that is mistyped under a photo", { photo: true, caption: "/banri" }, "/banir?"],
  ["with a number run into it", "/p3", "Você quis dizer /p?"],
  ["with an accent, which Telegram does not mark", "/atribuír Zoraide", "Ninguém chamado"],
  ["nobody can guess", "/xyzzyx", "Veja /ajuda."],
];

for (const [how, content, answer] of STAYING) {
  Deno.test(`a command ${how} reaches no customer`, async () => {
    const { desk, maria, says, cardText, line } = await openTalk();
    await using _ = desk;
    const told = desk.toldTo(maria).length;
    const before = line().message_id;
    const comment = await says(desk.ana, content);
    assertEquals(desk.toldTo(maria).length, told);
    assertEquals(cardText().slice(0, 2), "🟦");
    if (answer === undefined) assertEquals(line().message_id, before);
    else {
      assertStringIncludes(line().text!, answer);
      assertEquals(line().reply_to_message?.message_id, comment.message_id);
    }
  });
}

/** What begins with a slash, and is meant for the customer. */
const WORDS: [string, ContentSpec][] = [
  ["a way through folders", "/var/log/pedidos"],
  ["a command shown as code", {
    text: "/start no nosso bot",
    entities: [{ type: "code", offset: 0, length: 6 }],
  }],
  ["a command in the middle", "escreva /start de novo"],
];

for (const [how, content] of WORDS) {
  Deno.test(`${how} is an answer like any other`, async () => {
    const { desk, maria, says } = await openTalk();
    await using _ = desk;
    await says(desk.ana, content);
    const text = typeof content === "string" ? content : (content as { text: string }).text;
    assertEquals(textsOf(desk.toldTo(maria)).at(-1), text);
  });
}

Deno.test("a command under one photo of an album keeps the whole album in the team", async () => {
  const { desk, maria, cardText } = await openTalk();
  await using _ = desk;
  const told = desk.toldTo(maria).length;
  for (const captions of [["/priority 4", "", ""], ["", "", "/priority 5"], ["", "/p@other_bot"]]) {
    const root = desk.threadOf(maria)[0]!.message_thread_id!;
    await desk.ana.sendsAlbum(
      desk.group,
      captions.map((caption) => ({ photo: true, ...(caption ? { caption } : {}) })),
      { replyTo: root },
    );
    await desk.settled();
    await desk.passes(1100);
  }
  assertEquals(desk.toldTo(maria).length, told);
  assertEquals(cardText().split("\n")[2], "#p5");
});

Deno.test("a comment that becomes a command is not obeyed; who waits for it gets nothing", async () => {
  const { desk, maria, answer, says, cardText, line } = await openTalk();
  await using _ = desk;
  desk.ana.edits(answer, "/close");
  await desk.settled();
  assertEquals(cardText().slice(0, 2), "🟦");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "bom dia, Maria!");
  assertStringIncludes(line().text!, "já recebeu");
  // One that has not gone yet does not go any more.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 20 });
  const late = await says(desk.ana, "um momento");
  desk.ana.edits(late, "/ban");
  await desk.settled();
  await desk.passes(30_000);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "bom dia, Maria!");
  assertEquals(cardText().slice(0, 2), "🟦");
});

Deno.test("a mistyped command that is edited stays with the team; edited into words it is an answer", async () => {
  const { desk, maria, says, cardText } = await openTalk();
  await using _ = desk;
  const told = desk.toldTo(maria).length;
  const comment = await says(desk.ana, "/clsoe");
  desk.ana.edits(comment, "/close");
  await desk.settled();
  assertEquals([desk.toldTo(maria).length, cardText().slice(0, 2)], [told, "🟦"]);
  desk.ana.edits(comment, "fechamos às 18h");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "fechamos às 18h");
});

Deno.test("a command is answered in the language of who gives it, what it did is said in the desk's", async () => {
  const { desk, says, line } = await openTalk();
  await using _ = desk;
  const ines = desk.telegram.createUser({ firstName: "Inés", languageCode: "es" });
  desk.telegram.addMember(desk.channel, ines);
  await says(ines, "/assign Zoraide");
  assertStringIncludes(line().text!, "Nadie llamado “Zoraide”");
  await says(ines, "/asign");
  assertStringIncludes(line().text!, "¿Quiso decir /asignar?");
  await says(ines, "/assign");
  assertEquals(line().text, "🙋 Inés assumiu o atendimento.");
});

Deno.test("in private, one answer to one command", async () => {
  const { desk } = await openTalk();
  await using _ = desk;
  desk.ana.sends(desk.chatOf(desk.ana), "/notify on");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(desk.ana)), [
    "✅ Você será avisado aqui quando um cliente começar a esperar.",
  ]);
  for (const words of ["oi", "/close", "/clsoe"]) {
    const { length } = desk.toldTo(desk.ana);
    desk.ana.sends(desk.chatOf(desk.ana), words);
    await desk.settled();
    const told = textsOf(desk.toldTo(desk.ana).slice(length));
    assertEquals(told.length, 1);
    assertStringIncludes(told[0]!, "comentários do canal");
  }
  assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Ana")).length, 0);
});

Deno.test("commands are obeyed once, also if an update comes twice", async () => {
  const { desk, maria, says } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/priority 4");
  await says(desk.ana, "/close");
  const thread = textsOf(desk.threadOf(maria));
  const told = desk.toldTo(maria).length;
  for (const { update } of [...desk.telegram.updates]) desk.telegram.redeliver(update.update_id);
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), thread);
  assertEquals(desk.toldTo(maria).length, told);
});

Deno.test("a command is obeyed while the group is to be left alone; what it says follows", async () => {
  const { desk, maria, says, writes, cardText, isThere } = await openTalk();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await writes("está aí?");
  const calls = desk.telegram.calls.length;
  const comment = await says(desk.ana, "/close");
  // The customer and the card are elsewhere: neither has to wait for the group.
  assertEquals(cardText().slice(0, 2), "⬜️");
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "encerrado");
  const toGroup = desk.telegram.calls.slice(calls)
    .filter(({ payload }) => payload.chat_id === desk.group.id);
  assertEquals([toGroup.length, isThere(comment)], [0, true]);
  await desk.restart();
  await desk.passes(31_000);
  assertEquals(isThere(comment), false);
  const shown = textsOf(desk.threadOf(maria));
  assertEquals(shown.filter((text) => text === "⬜️ Ana encerrou o atendimento.").length, 1);
  assert(shown.includes("está aí?"));
});

Deno.test("a command waits until Telegram says who is of the team; given up, whoever gave it is told", async () => {
  const { desk, maria, says, cardText, line } = await openTalk();
  await using _ = desk;
  const rita = desk.customer("Rita");
  desk.telegram.addMember(desk.channel, rita);
  await desk.settled();
  desk.telegram.faults.rate({ kind: "500" }, 1, "getChatMember");
  await desk.passes(6 * MINUTE_MS);
  const first = await says(rita, "/priority 5");
  assertEquals(cardText().slice(0, 2), "🟦");
  desk.telegram.faults.clear();
  await desk.passes(MINUTE_MS);
  assertEquals(cardText().slice(0, 2), "🟥");
  desk.telegram.faults.rate({ kind: "500" }, 1, "getChatMember");
  await desk.passes(6 * MINUTE_MS);
  const second = await says(rita, "/close");
  // Outside of threads there is nobody else to see it.
  const outside = desk.boss.sends(desk.group, "/settings");
  await desk.settled();
  for (let hour = 0; hour < 26; hour++) await desk.passes(HOUR_MS);
  assertEquals(cardText().slice(0, 2), "🟥");
  assertEquals(line().reply_to_message?.message_id, second.message_id);
  assertStringIncludes(line().text!, "⚠️");
  const answered = desk.group.messages.filter(({ reply_to_message }) =>
    reply_to_message?.message_id === outside.message_id
  );
  assertEquals(textsOf(answered).map((text) => text.slice(0, 1)), ["⚠"]);
  assert(first.message_id < second.message_id);
  assertEquals(textsOf(desk.threadOf(maria)).filter((text) => text.startsWith("⚠️")).length, 1);
});

/** Conversations that are put off: out of sight until their time, or until the customer writes. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isPutOff } from "../../src/conversation/conversation.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";

Deno.test("a conversation that is put off sleeps: its card says so, and is not pinned", async () => {
  const { desk, maria, says, cardText, isPinned, line, isThere } = await openTalk();
  await using _ = desk;
  const told = desk.toldTo(maria).length;
  assert(isPinned());
  const command = await says(desk.ana, "/later 3h");
  assertStringIncludes(cardText(), "💤 Maria Silva");
  assertEquals([isPinned(), isThere(command)], [false, false]);
  assertStringIncludes(line().text!, "💤 Ana adiou a conversa até");
  await desk.passes(3 * HOUR_MS - MINUTE_MS);
  assertStringIncludes(cardText(), "💤");
  const before = desk.threadOf(maria).length;
  await desk.passes(MINUTE_MS);
  assertStringIncludes(cardText(), "🟦 Maria Silva");
  assert(isPinned());
  assertEquals(line().text, "⏰ A conversa voltou: Ana a adiou até agora.");
  assertEquals(desk.threadOf(maria).length, before + 1);
  await desk.passes(DAY_MS);
  assertEquals(desk.threadOf(maria).length, before + 1);
  assertEquals(desk.toldTo(maria).length, told);
});

Deno.test("a restart neither wakes it early nor lets it sleep on", async () => {
  const { desk, says, cardText } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/depois 1d");
  await desk.restart();
  await desk.passes(DAY_MS - MINUTE_MS);
  assertStringIncludes(cardText(), "💤");
  await desk.restart();
  await desk.passes(MINUTE_MS);
  assertStringIncludes(cardText(), "🟦");
});

Deno.test("as soon as the customer writes it is back, once, and who had put it off is said", async () => {
  const { desk, maria, says, writes, cardText, isPinned } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/p 3");
  await says(desk.ana, "/later 3h");
  // An answer of the team's, and the customer's old words, leave it as it is.
  await says(desk.bia, "só para lembrar");
  await says(desk.bia, "# nota");
  assertStringIncludes(cardText(), "💤");
  await writes("ainda está aí?");
  assertStringIncludes(cardText(), "🟨 Maria Silva");
  assert(isPinned());
  const said = textsOf(desk.threadOf(maria)).slice(-2);
  assertEquals(said, [
    "⏰ A conversa voltou, porque o cliente escreveu: Ana a tinha adiado.",
    "ainda está aí?",
  ]);
  const before = desk.threadOf(maria).length;
  await desk.passes(DAY_MS);
  assertEquals(desk.threadOf(maria).length, before);
});

Deno.test("a dash brings it back, and says by whom; what is not put off is said", async () => {
  const { desk, says, cardText, line } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/later -");
  assertEquals(line().text, "ℹ️ Esta conversa não está adiada.");
  await says(desk.ana, "/later 3h");
  await says(desk.bia, "/later —");
  assertStringIncludes(cardText(), "🟦");
  assertEquals(line().text, "⏰ Bia trouxe a conversa de volta: Ana a tinha adiado.");
});

Deno.test("put off again, the last time counts", async () => {
  const { desk, says, cardText, line } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/later 1h");
  await says(desk.bia, "/later 3h");
  await desk.passes(HOUR_MS);
  assertStringIncludes(cardText(), "💤");
  await desk.passes(2 * HOUR_MS);
  assertStringIncludes(cardText(), "🟦");
  assertStringIncludes(line().text!, "Bia a adiou até agora");
});

Deno.test("what is closed or banned is not put off; closed, blocked and banned show before asleep", async () => {
  const { desk, maria, says, cardText, line, press } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/later 3h");
  maria.blocks(desk.bot);
  await desk.settled();
  assertStringIncludes(cardText(), "🚫");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertStringIncludes(cardText(), "💤");
  await says(desk.ana, "/closesilent");
  assertStringIncludes(cardText(), "⬜️");
  await says(desk.ana, "/later 3h");
  assertStringIncludes(line().text!, "está encerrado: não há o que adiar");
  const before = desk.threadOf(maria).length;
  await desk.passes(DAY_MS);
  assertEquals(desk.threadOf(maria).length, before);
  assertStringIncludes(cardText(), "⬜️");
  await says(desk.ana, "/ban");
  await press(desk.ana, line(), "Banir");
  await says(desk.ana, "/later 3h");
  assertStringIncludes(line().text!, "Este cliente está banido");
  assertStringIncludes(cardText(), "❌");
});

Deno.test("the panel asks until when, and a touch puts it off", async () => {
  const { desk, maria, cardText, line, press } = await openTalk({ settings: { panel: true } });
  await using _ = desk;
  const panel = desk.threadOf(maria)[0]!;
  await press(desk.ana, panel as never, "Depois");
  const question = line();
  assertEquals(question.reply_markup?.inline_keyboard.flat().map(({ text }) => text), [
    "1 h",
    "3 h",
    "Amanhã 9:00",
    "Segunda 9:00",
  ]);
  await press(desk.bia, question, "1 h");
  assertStringIncludes(cardText(), "💤");
  assertEquals(line().message_id, question.message_id);
  assertStringIncludes(line().text!, "Bia adiou a conversa até");
  await desk.passes(HOUR_MS);
  assertStringIncludes(cardText(), "🟦");

  await press(desk.ana, panel as never, "Depois");
  await press(desk.ana, line(), "Segunda 9:00");
  assertStringIncludes(line().text!, "segunda-feira");
  assertStringIncludes(line().text!, "09:00");
});

Deno.test("/who says until when, and by whom", async () => {
  const { desk, says, line } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/later 3h");
  await says(desk.bia, "/who");
  assertStringIncludes(line().text!, "💤 Adiada até");
  assertStringIncludes(line().text!, ", por Ana");
});

Deno.test("nothing is forgotten for its age that somebody has put off", async () => {
  const { desk, maria, says } = await openTalk();
  await using _ = desk;
  await says(desk.boss, "/set keep 30");
  await says(desk.ana, "/later 60d ainda precisa?");
  await desk.passes(40 * DAY_MS);
  await desk.passes(21 * DAY_MS);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "ainda precisa?");
});

Deno.test("a conversation is put off while it sleeps, or while an answer waits for its time", () => {
  const conversation = {
    customer: { id: 1, firstName: "Maria" },
    sinceMs: 0,
    status: "open",
    priority: 1,
  } as const;
  assertEquals(isPutOff(conversation, 10), false);
  assertEquals(isPutOff({ ...conversation, putOff: { untilMs: 20, by: "Ana" } }, 10), true);
  assertEquals(isPutOff({ ...conversation, laterUntilMs: 20 }, 10), true);
  assertEquals(isPutOff({ ...conversation, laterUntilMs: 20 }, 20), false);
});

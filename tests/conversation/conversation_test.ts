import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { failingKv } from "../support/disturbed_kv.ts";
import { type TestDesk, textsOf } from "../support/desk.ts";
import { openTalk as open } from "../support/talk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** How often the card was edited. */
const cardEdits = ({ telegram, channel }: TestDesk) =>
  telegram.calls.filter(({ method, payload }) =>
    method === "editMessageText" && payload.chat_id === channel.id
  ).length;

for (const command of ["/close", "/fim", "/close@padaria_bot", "/FIM"]) {
  Deno.test(`${command} closes: the card says so and leaves the inbox, and the customer is told`, async () => {
    const { desk, maria, says, cardText, isPinned, line, isThere } = await open();
    await using _ = desk;
    assertEquals([cardText(), isPinned()], ["🟦 Maria Silva\nID " + maria.id, true]);
    const edits = cardEdits(desk);
    const comment = await says(desk.ana, command);
    assertEquals([cardText(), isPinned()], ["⬜️ Maria Silva\nID " + maria.id, false]);
    assertStringIncludes(textsOf(desk.toldTo(maria)).at(-1)!, "encerrado");
    assertEquals(line().text, "⬜️ Ana encerrou o atendimento.");
    assertEquals(isThere(comment), false);
    assertEquals(cardEdits(desk) - edits, 1);
  });
}

for (const command of ["/closesilent", "/fs"]) {
  Deno.test(`${command} closes without telling the customer`, async () => {
    const { desk, maria, says, cardText, line } = await open();
    await using _ = desk;
    const told = desk.toldTo(maria).length;
    await says(desk.ana, command);
    assertEquals(cardText().slice(0, 2), "⬜️");
    assertEquals(desk.toldTo(maria).length, told);
    assertEquals(line().text, "⬜️ Ana encerrou o atendimento sem avisar o cliente.");
  });
}

Deno.test("a closed conversation reopens when the customer writes, who is greeted once", async () => {
  const { desk, maria, says, writes, cardText, isPinned } = await open();
  await using _ = desk;
  await says(desk.ana, "/priority 3");
  await says(desk.ana, "/close");
  const told = desk.toldTo(maria).length;
  await writes("mais uma coisa");
  await writes("e outra");
  assertEquals(textsOf(desk.toldTo(maria).slice(told)), [
    "Que bom falar com você de novo! Nossa equipe responderá o mais breve possível.",
  ]);
  assertEquals([cardText().split("\n").at(-1), isPinned()], ["#p3", true]);
  assertEquals(textsOf(desk.threadOf(maria)).slice(-2), ["mais uma coisa", "e outra"]);
});

Deno.test("answering changes neither card nor pin; what shows the same is not edited", async () => {
  const { desk, says, writes, isPinned } = await open();
  await using _ = desk;
  const before = cardEdits(desk);
  await says(desk.ana, "tudo bem?");
  await writes("tudo!");
  await says(desk.bia, "que bom");
  await says(desk.ana, "/priority 1");
  assertEquals([cardEdits(desk) - before, isPinned()], [0, true]);
  assertEquals(desk.telegram.calls.filter(({ method }) => method === "pinChatMessage").length, 1);
});

Deno.test("a renamed customer's card follows, with one edit", async () => {
  const { desk, maria, writes, cardText } = await open();
  await using _ = desk;
  const before = cardEdits(desk);
  maria.info.last_name = "Souza";
  await writes("casei");
  await writes("ontem");
  assertEquals([cardText(), cardEdits(desk) - before], [`🟦 Maria Souza\nID ${maria.id}`, 1]);
});

for (
  const [command, square] of [["/priority 5", "🟥"], ["/p 2", "🟩"], ["/p   4", "🟧"]] as const
) {
  Deno.test(`${command} gives the card its square and a tag to search for`, async () => {
    const { desk, says, cardText, line, isThere } = await open();
    await using _ = desk;
    const comment = await says(desk.ana, command);
    const level = command.at(-1)!;
    assertEquals(cardText().slice(0, 2), square);
    assertEquals(cardText().split("\n")[2], `#p${level}`);
    assertEquals(line().text, `${square} Ana definiu a prioridade ${level}.`);
    assertEquals(isThere(comment), false);
  });
}

for (const words of ["/p", "/priority muito", "/p 9"]) {
  Deno.test(`${words} offers buttons, and the press becomes the line`, async () => {
    const { desk, says, cardText, line, press, isThere } = await open();
    await using _ = desk;
    const comment = await says(desk.ana, words);
    const question = line();
    const { length } = desk.group.messages;
    await press(desk.bia, question, "🟨");
    assertEquals(cardText().slice(0, 2), "🟨");
    assertEquals(line().text, "🟨 Bia definiu a prioridade 3.");
    assertEquals([line().message_id, isThere(comment)], [question.message_id, false]);
    assertEquals(desk.group.messages.length, length - 1);
  });
}

Deno.test("a ban is asked about, takes the conversation out of the inbox, and stops everything", async () => {
  const { desk, maria, first, says, writes, cardText, isPinned, line, press } = await open();
  await using _ = desk;
  await says(desk.ana, "/ban");
  await writes("antes do sim");
  await press(desk.ana, desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!, "Banir");
  assertEquals([cardText().slice(0, 1), isPinned()], ["❌", false]);
  assertEquals(line().text !== undefined, true);
  const shown = textsOf(desk.threadOf(maria));
  assert(shown.includes("❌ Ana baniu este cliente."));
  const told = desk.toldTo(maria).length;
  await writes("por quê?");
  await writes("alô?");
  maria.edits(first, "boa noite");
  maria.sends(desk.chatOf(maria), { photo: true, caption: "olha" });
  maria.reacts(desk.toldTo(maria)[1]!, "👎");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), shown);
  assertEquals(textsOf(desk.toldTo(maria).slice(told)), ["Este chat não está disponível."]);
  await says(desk.ana, "/unban");
  await writes("obrigada");
  assertEquals([cardText().slice(0, 2), isPinned()], ["🟦", true]);
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "obrigada");
});

Deno.test("a ban that is thought better of leaves nothing behind", async () => {
  const { desk, maria, says, line, press, isThere } = await open();
  await using _ = desk;
  const comment = await says(desk.ana, "/banir");
  const question = line();
  await press(desk.bia, question, "Cancelar");
  assertEquals([isThere(comment), isThere(question as SimulatedMessage)], [false, false]);
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
});

Deno.test("what a banned customer had sent before, and still waits, is not shown", async () => {
  const { desk, maria, says, line, press } = await open();
  await using _ = desk;
  await says(desk.ana, "/ban");
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 20 });
  maria.sends(desk.chatOf(maria), "muitas mensagens");
  await desk.settled();
  await press(desk.ana, line(), "Banir");
  await desk.passes(30_000);
  assertEquals(textsOf(desk.threadOf(maria)).includes("muitas mensagens"), false);
});

Deno.test("/who tells what is known, and no more", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  maria.starts(desk.bot, "instagram");
  await desk.settled();
  await says(desk.ana, "/who");
  const { text } = line();
  for (
    const part of [
      "👤 Maria Silva",
      `ID ${maria.id}`,
      "Link: instagram",
      "aberto, prioridade 1",
      "1 do cliente, 1 da equipe",
    ]
  ) assertStringIncludes(text!, part);
});

Deno.test("a customer who blocks the bot is marked on the card until they return", async () => {
  const { desk, maria, cardText, isPinned } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  assertEquals([cardText().slice(0, 2), isPinned()], ["🚫", true]);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(cardText().slice(0, 2), "🟦");
});

for (const method of ["editMessageText", "unpinChatMessage"]) {
  Deno.test(`a card that is again what it was shows so, though no answer to ${method} came in between`, async () => {
    const { desk, says, writes, cardText, isPinned } = await open();
    await using _ = desk;
    await writes("tem pão?");
    const before = [cardText(), isPinned()];
    desk.telegram.faults.rate({ kind: "lost answer" }, 1, method);
    await says(desk.ana, "/closesilent");
    assertNotEquals([cardText(), isPinned()], before);
    await writes("e bolo?");
    desk.telegram.faults.clear();
    for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
    assertEquals([cardText(), isPinned()], before);
  });
}

for (
  const [where, { isLeased, isPaused }] of [
    ["and is silent", { isLeased: true, isPaused: false }],
    ["and its leases with it", { isLeased: false, isPaused: true }],
  ] as const
) {
  Deno.test(`a card that is again what it was shows so, though who edited it in between died ${where}`, async () => {
    const dead = failingKv(() => new Error("dead"), "writing");
    const { promise: database, resolve } = Promise.withResolvers<Deno.Kv>();
    const wrapKv = (kv: Deno.Kv) => {
      resolve(kv);
      return dead.wrap(kv);
    };
    const { desk, maria, writes, cardText, isPinned } = await open({ wrapKv });
    await using _ = desk;
    await writes("tem pão?");
    const before = cardText();
    desk.telegram.latencyMs = 1000;
    desk.ana.comments(desk.cardOf(maria), "/closesilent");
    await desk.isCalling("editMessageText");
    dead.isFailing = true;
    desk.telegram.latencyMs = 0;
    desk.clock.aheadMs += 1000;
    await desk.app.close(0);
    assertNotEquals(cardText(), before);
    const kv = await database;
    const leases = await Array.fromAsync(kv.list({ prefix: [desk.bot.id, "lease"] }));
    assert(leases.length > 0);
    if (!isLeased) { for (const { key } of leases) await kv.delete(key); }
    if (isPaused) desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 5 });
    await desk.restart(kv);
    await writes("e bolo?");
    for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
    assertEquals([cardText(), isPinned()], [before, true]);
  });
}

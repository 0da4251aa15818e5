import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type TestDesk, textsOf } from "./desk.ts";
import { openTalk as open } from "./talk.ts";
import type { SimulatedMessage } from "./telegram/telegram.ts";

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
    assertEquals(line().text, "⬜️ Ana encerrou.");
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
    assertEquals(line().text, "⬜️ Ana encerrou sem avisar o cliente.");
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

Deno.test("/assign takes a conversation on, and names it on the card", async () => {
  const { desk, says, cardText, line } = await open();
  await using _ = desk;
  await says(desk.bia, "/assign");
  assertEquals(cardText().split("\n")[2], "#bia");
  assertEquals(line().text, "🙋 Bia assumiu o atendimento.");
  await says(desk.bia, "/atribuir ana");
  assertEquals(cardText().split("\n")[2], "#ana");
  assertEquals(line().text, "🙋 Bia passou o atendimento para Ana.");
  await says(desk.bia, "/assign -");
  assertEquals(cardText().split("\n")[2], undefined);
});

Deno.test("/assign as an answer gives the conversation to whose comment it answers", async () => {
  const { desk, answer, says, cardText } = await open();
  await using _ = desk;
  await says(desk.bia, "/assign", { replyTo: answer.message_id });
  assertEquals(cardText().split("\n")[2], "#ana");
});

Deno.test("an anonymous administrator has to name whom to assign to", async () => {
  const { desk, says, cardText, line } = await open();
  await using _ = desk;
  await says(desk.boss, "/assign", { as: "anonymous" });
  assertStringIncludes(line().text!, "Você escreve sem nome");
  await says(desk.boss, "/assign Ana", { as: "anonymous" });
  assertEquals(cardText().split("\n")[2], "#ana");
});

Deno.test("a name nobody has is answered with those that are known", async () => {
  const { desk, says, line, isThere } = await open();
  await using _ = desk;
  const comment = await says(desk.bia, "/assign Zoraide");
  assertStringIncludes(line().text!, "Conheço: Ana.");
  assertEquals(isThere(comment), true);
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

Deno.test("/undo takes one's own answer back, at the customer's too", async () => {
  const { desk, maria, answer, says, line, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
  assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
  assertEquals(isThere(command), false);
  // Nothing sends it again.
  desk.ana.edits(answer, "bom dia, querida!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).length, 1);
});

Deno.test("an answer that has not gone yet is kept from going", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  const wrong = await says(desk.ana, "isto era para outra pessoa");
  await says(desk.ana, "isto é para você");
  await says(desk.ana, "/undo", { replyTo: wrong.message_id });
  await desk.passes(3000);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-1), ["isto é para você"]);
  assertEquals(textsOf(desk.toldTo(maria)).includes("isto era para outra pessoa"), false);
});

Deno.test("agents take back only their own answers, administrators anybody's", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await says(desk.bia, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "só pode desfazer as suas");
  await says(desk.boss, "/desfazer", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
});

Deno.test("after two days Telegram allows no more undoing, and the agent is told", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await desk.passes(49 * 60 * 60_000);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "primeiras 48 horas");
  assert(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"));
});

Deno.test("undoing an album takes back all of it, a long text all its parts", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  const before = desk.toldTo(maria).length;
  const [piece] = await desk.ana.sendsAlbum(desk.group, [{ photo: true }, { photo: true }], {
    replyTo: desk.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!
      .message_id,
  });
  await desk.settled();
  await desk.passes(1100);
  assertEquals(desk.toldTo(maria).length, before + 2);
  await says(desk.ana, "/undo", { replyTo: piece!.message_id });
  assertEquals(desk.toldTo(maria).length, before);
  desk.ana.info.is_premium = true;
  const long = await says(desk.ana, "palavra ".repeat(900));
  await desk.settled();
  assert(desk.toldTo(maria).length > before);
  await says(desk.ana, "/undo", { replyTo: long.message_id });
  assertEquals(desk.toldTo(maria).length, before);
});

Deno.test("undoing an answer whose edits were shown anew takes all of them back", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  const before = desk.toldTo(maria).length;
  const answer = await says(desk.ana, { rich_message: "um" });
  for (const rich_message of ["dois", "três"]) {
    desk.ana.edits(answer, { rich_message });
    await desk.settled();
  }
  // Each edit has a line before it that says so.
  assertEquals(desk.toldTo(maria).length, before + 5);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(desk.toldTo(maria).length, before);
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

Deno.test("two agents who answer at once are both delivered, and the second is told", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  await desk.passes(60_000);
  await says(desk.ana, "custa dez");
  await desk.passes(2000);
  const second = await says(desk.bia, "custa doze");
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["custa dez", "custa doze"]);
  assertStringIncludes(line().text!, "👥 Ana também respondeu");
  assertEquals(line().reply_to_message?.message_id, second.message_id);
  await desk.passes(60_000);
  const { length } = desk.threadOf(maria);
  await says(desk.ana, "mais alguma coisa?");
  assertEquals(desk.threadOf(maria).length, length + 1);
});

Deno.test("a mistyped command reaches nobody, and is answered with the nearest", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  const told = desk.toldTo(maria).length;
  const comment = await says(desk.ana, "/clsoe");
  assertEquals(desk.toldTo(maria).length, told);
  assertStringIncludes(line().text!, "Não conheço /clsoe.");
  assertEquals(line().reply_to_message?.message_id, comment.message_id);
  // A command of another bot is none of ours, and still no word for the customer.
  await says(desk.ana, "/close@other_bot");
  assertEquals(desk.toldTo(maria).length, told);
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
});

Deno.test("strangers command nothing and press nothing, customers' commands are texts", async () => {
  const { desk, maria, says, cardText, press } = await open({ settings: {} });
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui", languageCode: "en" });
  const { length } = desk.group.messages;
  for (const command of ["/close", "/ban", "/priority 5", "/assign", "/who", "/undo", "/clsoe"]) {
    await says(rui, command);
  }
  assertEquals(desk.group.messages.length, length + 7);
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const answer = await press(rui, panel as SimulatedMessage, "Encerrar");
  assertEquals([answer?.show_alert, answer?.text], [true, "This is only for the team."]);
  assertEquals(cardText().slice(0, 2), "🟦");
  maria.sends(desk.chatOf(maria), "/close");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "/close");
  assertEquals(cardText().slice(0, 2), "🟦");
});

Deno.test("a panel of buttons is the first comment of a new thread", async () => {
  const { desk, maria, cardText, press } = await open({ settings: {} });
  await using _ = desk;
  const panel = desk.threadOf(maria)[0] as SimulatedMessage;
  assertStringIncludes(panel.text!, "Conversa nova");
  await press(desk.bia, panel, "Assumir");
  assertEquals(cardText().split("\n")[2], "#bia");
  await press(desk.bia, panel, "Prioridade");
  await press(desk.bia, desk.threadOf(maria).at(-1) as SimulatedMessage, "🟥");
  assertEquals(cardText().split("\n")[2], "#p5 #bia");
  await press(desk.bia, panel, "Ajuda");
  assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "/fim (/close)");
  await press(desk.bia, panel, "Banir");
  await press(desk.bia, desk.threadOf(maria).at(-1) as SimulatedMessage, "Banir");
  assertEquals(cardText().slice(0, 1), "❌");
  // The panel is no command that was obeyed.
  assertEquals(desk.threadOf(maria)[0]?.message_id, panel.message_id);
});

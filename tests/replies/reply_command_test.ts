import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/reply_talk.ts";
import type { ContentSpec, SimulatedMessage } from "../../playground/telegram/telegram.ts";

Deno.test("/reply sends the one that fits the words at once, filled in, and shows the thread a copy", async () => {
  const { desk, maria, says, got, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/reply troca");
  assertEquals(textsOf(got()), ["Você tem 7 dias. Fale com Ana."]);
  const copy = desk.threadOf(maria).at(-1)!;
  assertEquals(copy.text, "Você tem 7 dias. Fale com Ana.");
  assertEquals(copy.reply_to_message?.message_id, command.message_id);
  assert(isThere(command));
});

Deno.test("an exact title wins over others that fit as well, whatever its case and accents", async () => {
  const { desk, says, got } = await open();
  await using _ = desk;
  for (const words of ["prazo", "“Prazo”", "PRAZO DE TROCA", "cardapio"]) {
    await says(desk.ana, `/r ${words}`);
  }
  assertEquals(textsOf(got()), [
    "Entregamos em 3 dias, Maria.",
    "Entregamos em 3 dias, Maria.",
    "Você tem 7 dias. Fale com Ana.",
    "Pães e bolos",
  ]);
  assert(got()[3]!.photo);
});

Deno.test("of several that fit up to five are offered, and the one that is pressed goes, by who pressed", async () => {
  const { desk, maria, says, got, adds, labels, chooses, line, isThere } = await open();
  await using _ = desk;
  for (const n of [1, 2, 3, 4]) await adds(`Tabela ${n}`, `Preço ${n}, com {agente}, dias`);
  const command = await says(desk.ana, "/responder dias");
  assertEquals(got(), []);
  assertEquals(line().text, "Várias respostas com “dias”. Qual?");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
  assertEquals(labels()!.length, 5);
  const question = line() as SimulatedMessage;
  const choice = question.reply_markup!.inline_keyboard.flat()
    .find(({ text }) => text.startsWith("Tabela"))!.text;
  await chooses(desk.bia, choice);
  assertEquals(textsOf(got()), [`Preço ${choice.at(-1)}, com Bia, dias`]);
  assertEquals(isThere(question), false);
  const copy = desk.threadOf(maria).findLast(({ text }) => text?.startsWith("Preço"))!;
  assertEquals(copy.reply_to_message?.message_id, command.message_id);
  // Who is slower than the client sends nothing twice.
  void desk.ana.forges(
    question,
    (question.reply_markup!.inline_keyboard[0]![0] as {
      callback_data: string;
    }).callback_data,
  );
  await desk.settled();
  assertEquals(got().length, 1);
});

Deno.test("/reply alone offers the five that are used most; every use counts", async () => {
  const { desk, says, adds, labels } = await open();
  await using _ = desk;
  for (const n of [1, 2, 3]) await adds(`Tabela ${n}`, `Preço ${n}`);
  for (const words of ["Tabela 3", "Tabela 3", "Cardápio"]) await says(desk.ana, `/r ${words}`);
  await says(desk.ana, "/r");
  assertEquals(labels()!.length, 5);
  assertEquals(labels()!.slice(0, 2), ["Tabela 3", "Cardápio"]);
  await says(desk.boss, "/replies tabela 3");
  assertStringIncludes(desk.group.messages.at(-1)!.text!, "Tabela 3 · 2×");
});

Deno.test("where none fits, or there are none at all, the team is told", async () => {
  const { desk, says, got, line } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/reply xilofone");
  assertEquals(line().text, "Nenhuma resposta com “xilofone”.");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
  for (const title of ["Prazo", "Prazo de troca", "Cardápio"]) {
    await says(desk.boss, `/delreply ${title}`);
  }
  await says(desk.ana, "/reply");
  assertStringIncludes(line().text!, "Ainda não há respostas prontas");
  assertEquals(got(), []);
});

Deno.test("as an answer to a comment it goes as an answer to that, also by a button", async () => {
  const { desk, maria, says, writes, got, chooses } = await open();
  await using _ = desk;
  const question = await writes("qual o prazo?");
  await writes("e tem pão?");
  const shown = desk.threadOf(maria).find(({ text }) => text === "qual o prazo?")!;
  await says(desk.ana, "/r prazo", { replyTo: shown.message_id });
  await says(desk.ana, "/r dias", { replyTo: shown.message_id });
  await chooses(desk.ana, "Prazo de troca");
  assertEquals(
    got().map(({ reply_to_message }) => reply_to_message?.message_id),
    [question.message_id, question.message_id],
  );
});

Deno.test("what the customer answers to it, and their reaction, is shown at the copy", async () => {
  const { desk, maria, says, got, copy } = await open();
  await using _ = desk;
  await says(desk.ana, "/r prazo");
  const [sent] = got();
  maria.sends(desk.chatOf(maria), "obrigada!", { replyTo: sent!.message_id });
  await desk.settled();
  const last = desk.threadOf(maria).at(-1)!;
  assertEquals([last.text, last.reply_to_message?.message_id], ["obrigada!", copy().message_id]);
  desk.ana.reacts(copy() as SimulatedMessage, "👍");
  await desk.settled();
  assertEquals(desk.chatOf(maria).reactionsOf(sent!.message_id).length, 1);
});

Deno.test("/undo on the copy takes it back, not on what the bot shows of the customer's", async () => {
  const { desk, maria, says, got, copy, line } = await open();
  await using _ = desk;
  await says(desk.ana, "/r prazo");
  const taken = copy();
  await says(desk.bia, "/undo", { replyTo: taken.message_id });
  assertEquals(got().length, 1);
  await desk.restart();
  await says(desk.ana, "/undo", { replyTo: taken.message_id });
  assertEquals(got(), []);
  assertEquals(line().reply_to_message?.message_id, taken.message_id);
  await says(desk.ana, "/undo", { replyTo: taken.message_id });
  assertEquals(line().text, "Só respostas da equipe podem ser desfeitas.");
  const theirs = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  await says(desk.boss, "/undo", { replyTo: theirs.message_id });
  assertEquals(line().text, "Só respostas da equipe podem ser desfeitas.");
});

for (const kind of ["video", "sticker", "voice", "document", "location", "contact", "venue"]) {
  Deno.test(`/reply sends what inline mode would insert: ${kind}`, async () => {
    const { desk, maria, says, got, adds } = await open();
    await using _ = desk;
    await adds("Modelo", { [kind]: true } as unknown as ContentSpec);
    await says(desk.ana, "/r modelo");
    const copy = desk.threadOf(maria).at(-1)!;
    for (const message of [got()[0]!, copy]) assert(kind in message, Object.keys(message).join());
  });
}

Deno.test("what would be a note if it were inserted is sent all the same: it was asked for", async () => {
  const { desk, maria, says, got, adds } = await open();
  await using _ = desk;
  await adds("Etiqueta", { text: "# 1 em pães" });
  await says(desk.ana, "/r etiqueta");
  assertEquals(textsOf(got()), ["# 1 em pães"]);
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "# 1 em pães");
});

Deno.test("who answers as the channel or without a name signs as in comments", async () => {
  const { desk, says, got } = await open();
  await using _ = desk;
  await says(desk.boss, "/r troca", { as: desk.channel });
  await says(desk.boss, "/r troca", { as: "anonymous" });
  assertEquals(textsOf(got()), [
    "Você tem 7 dias. Fale com Atendimento.",
    "Você tem 7 dias. Fale com Atendimento.",
  ]);
});

Deno.test("strangers and customers have nothing sent, by command or by button", async () => {
  const { desk, maria, says, writes, got, line, press } = await open();
  await using _ = desk;
  const rui = desk.customer("Rui");
  rui.comments(desk.cardOf(maria), "/r prazo de troca");
  await writes("/r prazo de troca");
  assertEquals(got(), []);
  await says(desk.ana, "/r dias");
  const question = line() as SimulatedMessage;
  assertEquals((await press(rui, question, "Prazo de troca"))?.show_alert, true);
  assertEquals(got(), []);
});

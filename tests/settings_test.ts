import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "./desk.ts";
import type { SimulatedUser } from "./telegram/telegram.ts";

/** A desk whose creator can command it in private. */
async function open() {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const chat = desk.chatOf(desk.boss);
  /** Commands in private; what the bot answers. */
  const asks = async (text: string, options: { replyTo?: number } = {}) => {
    desk.boss.sends(chat, text, options);
    await desk.settled();
    return chat.messages.at(-1)!;
  };
  const customerWrites = async (maria: SimulatedUser, text: string) => {
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
  };
  return { desk, chat, asks, customerWrites };
}

Deno.test("/settings shows everything with its value, in private and in the group", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const { text } = await asks("/settings");
  for (
    const line of [
      "welcome: padrão",
      "panel: off",
      "collision: on",
      "rating: off",
      "language: pt-BR",
      "hours: —",
    ]
  ) assertStringIncludes(text!, line);
  desk.boss.sends(desk.group, "/ajustes", { as: "anonymous" });
  await desk.settled();
  assertEquals(desk.group.messages.at(-1)!.text, text);
});

Deno.test("the desk's own welcome is used, with its formatting and its placeholders", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  const said = await asks("/set welcome Olá, {nome}!\nEm que podemos ajudar?");
  assertStringIncludes(said.text!, "✅ welcome");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  assertEquals(textsOf(desk.toldTo(maria)), ["Olá, Maria!\nEm que podemos ajudar?"]);
  assertStringIncludes((await asks("/settings")).text!, "welcome: “Olá, {nome}! Em que podemos");
  await asks("/reset welcome");
  const joao = desk.customer("João");
  await customerWrites(joao, "oi");
  assertStringIncludes(desk.toldTo(joao)[0]!.text!, "Escreva sua mensagem aqui");
});

Deno.test("/set as an answer takes the text it answers, with its formatting", async () => {
  const { desk, chat, asks } = await open();
  await using _ = desk;
  const entities = [{ type: "bold" as const, offset: 6, length: 8 }];
  const words = desk.boss.sends(chat, { text: "Nossa política", entities });
  await desk.settled();
  await asks("/set terms", { replyTo: words.message_id });
  const maria = desk.customer("Maria");
  for (const command of ["/terms", "/tos", "/termos"]) {
    maria.sends(desk.chatOf(maria), command);
    await desk.settled();
    const told = desk.toldTo(maria).at(-1)!;
    assertEquals([told.text, told.entities], ["Nossa política", entities]);
  }
  assertEquals(desk.channel.messages.length, 0);
});

Deno.test("end and restart are the desk's own", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/definir fim Até logo, {nome}.");
  await asks("/definir reinicio Oi de novo!");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/fim");
  await desk.settled();
  await customerWrites(maria, "voltei");
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["Até logo, Maria.", "Oi de novo!"]);
});

Deno.test("bad values say what is wrong, with an example, and change nothing", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const before = (await asks("/settings")).text;
  for (
    const [command, words] of [
      ["/set panel talvez", "on ou off"],
      ["/set language klingon", "pt-BR, en ou es"],
      ["/set welcome", "falta o valor"],
      ["/set painle off", "Não há ajuste “painle”"],
      ["/set", "/definir horario"],
      ["/reset", "Não há ajuste"],
    ] as const
  ) assertStringIncludes((await asks(command)).text!, words, command);
  assertStringIncludes((await asks("/set panel talvez")).text!, "Exemplo: /definir panel off");
  assertEquals((await asks("/settings")).text, before);
});

Deno.test("settings are for administrators: agents are told so, customers write a text", async () => {
  const { desk, customerWrites } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await customerWrites(maria, "/settings");
  assertEquals(textsOf(desk.threadOf(maria)), ["/settings"]);
  desk.ana.comments(desk.cardOf(maria), "/set panel on");
  await desk.settled();
  assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "Só administradores");
  desk.ana.sends(desk.chatOf(desk.ana), "/settings");
  await desk.settled();
  assertStringIncludes(desk.toldTo(desk.ana).at(-1)!.text!, "Só administradores");
});

Deno.test("the team is spoken to in the desk's language", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/set language en");
  const maria = desk.telegram.createUser({ firstName: "Maria", languageCode: "fr" });
  await customerWrites(maria, "salut");
  assertStringIncludes(desk.toldTo(maria)[0]!.text!, "Hello!");
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.text, "⬜️ Ana closed this.");
});

Deno.test("an agent who wants it is told in private when a customer begins to wait, with the way there", async () => {
  const { desk, customerWrites } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "olá!");
  await desk.settled();
  desk.ana.sends(desk.chatOf(desk.ana), "/notify");
  await desk.settled();
  assertStringIncludes(desk.toldTo(desk.ana).at(-1)!.text!, "desligados");
  desk.ana.sends(desk.chatOf(desk.ana), "/notify on");
  await desk.settled();
  const { length } = desk.toldTo(desk.ana);
  await customerWrites(maria, "uma dúvida");
  await customerWrites(maria, "e outra");
  const told = desk.toldTo(desk.ana).slice(length);
  assertEquals(told.length, 1);
  const comment = desk.threadOf(maria).find(({ text }) => text === "uma dúvida")!;
  const channel = String(desk.channel.id).replace("-100", "");
  const post = desk.cardOf(maria).message_id;
  assertEquals(
    told[0]!.text,
    `⏳ Maria espera uma resposta.\nhttps://t.me/c/${channel}/${post}?comment=${comment.message_id}`,
  );
  desk.ana.comments(desk.cardOf(maria), "pois não");
  await desk.settled();
  await customerWrites(maria, "é isto");
  assertEquals(desk.toldTo(desk.ana).length, length + 2);
  desk.ana.sends(desk.chatOf(desk.ana), "/avisos off");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "certo");
  await desk.settled();
  const silent = desk.toldTo(desk.ana).length;
  await customerWrites(maria, "mais uma");
  assertEquals(desk.toldTo(desk.ana).length, silent);
});

Deno.test("/set notify on tells every agent who has not said no; who cannot be told stops nothing", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/set notify on");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  for (const agent of [desk.ana, desk.bia]) {
    desk.ana.sends(desk.chatOf(agent === desk.ana ? desk.ana : desk.ana), "/notify");
    agent.comments(desk.cardOf(maria), `aqui é ${agent.info.first_name}`);
    await desk.settled();
  }
  const { length } = desk.toldTo(desk.ana);
  await customerWrites(maria, "obrigada, e…");
  assertEquals(desk.toldTo(desk.ana).length, length + 1);
  // Bia never wrote to the bot.
  assertEquals(desk.toldTo(desk.bia).length, 0);
  await customerWrites(maria, "tchau");
  assertEquals(desk.threadOf(maria).at(-1)!.text, "tchau");
});

Deno.test("a customer may say how it was, once; the thread is told", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/set rating on");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  const question = desk.toldTo(maria).at(-1)!;
  assertEquals(question.reply_markup?.inline_keyboard[0]?.length, 5);
  maria.presses(question as never, "rate 4");
  await desk.settled();
  assertEquals(
    desk.threadOf(maria).at(-1)!.text,
    "⭐⭐⭐⭐ O cliente avaliou o atendimento: 4 de 5.",
  );
  const thanks = desk.toldTo(maria).at(-1)!;
  assertEquals([thanks.message_id, thanks.text], [
    question.message_id,
    "Obrigado pela sua avaliação!",
  ]);
  assert(!thanks.reply_markup);
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "⬜️");
});

/** Customers who say that they need nothing any more. */
import { assert, assertEquals } from "@std/assert";
import { openTalk } from "../support/talk.ts";
import { textsOf } from "../support/desk.ts";

const END = "Este atendimento foi encerrado. Se precisar de algo mais, é só escrever aqui.";
const SOLVED = "⬜️ O cliente encerrou o atendimento.";
const NOTHING = "Não há atendimento aberto. Se precisar de algo, é só escrever aqui.";

async function open() {
  const talk = await openTalk();
  const { desk, maria } = talk;
  const thread = () => textsOf(desk.threadOf(maria));
  const told = () => textsOf(desk.toldTo(maria));
  return { ...talk, thread, told };
}

for (const command of ["/solved", "/resolvido", "/resuelto", "/Solved@padaria_bot"]) {
  Deno.test(`${command} of a customer closes it: they are told, and the thread; it is not shown`, async () => {
    const { desk, writes, thread, told, cardText, isPinned } = await open();
    await using _ = desk;
    await writes("uma dúvida");
    await writes(command);
    assertEquals(told().at(-1), END);
    assertEquals(thread().slice(-2), ["uma dúvida", SOLVED]);
    assertEquals([cardText().slice(0, 2), isPinned()], ["⬜️", false]);
    await writes("voltei");
    assertEquals([thread().at(-1), cardText().slice(0, 2)], ["voltei", "🟦"]);
  });
}

Deno.test("they are asked how it was, if customers are, in their own language", async () => {
  const { desk, says } = await open();
  await using _ = desk;
  await says(desk.boss, "/set rating on");
  const john = desk.customer("John", { languageCode: "en" });
  john.sends(desk.chatOf(john), "hi");
  await desk.settled();
  john.sends(desk.chatOf(john), "/solved");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(john)).slice(-2), [
    "This conversation has been closed. If you need anything else, just write here.",
    "How did we do?",
  ]);
});

Deno.test("where nothing is open it is one line, and makes no card; with more words it is a message", async () => {
  const { desk, writes, thread, told, cardText } = await open();
  await using _ = desk;
  await writes("/solved obrigada!");
  assertEquals([thread().at(-1), cardText().slice(0, 2)], ["/solved obrigada!", "🟦"]);
  await writes("/solved");
  const before = thread().length;
  await writes("/solved");
  assertEquals([told().at(-1), thread().length, cardText().slice(0, 2)], [NOTHING, before, "⬜️"]);
  const joao = await desk.hearsFrom("João", "/resolvido");
  assertEquals(textsOf(desk.toldTo(joao)), [NOTHING]);
  assert(!desk.channel.messages.some(({ text }) => text?.includes(`ID ${joao.id}`)));
});

Deno.test("who is banned learns nothing by it, and closes nothing", async () => {
  const { desk, says, press, line, writes, told, cardText } = await open();
  await using _ = desk;
  await says(desk.ana, "/ban");
  await press(desk.ana, line(), "Banir");
  await writes("/solved");
  assertEquals([told().at(-1), cardText().slice(0, 2)], ["Este chat não está disponível.", "❌ "]);
});

Deno.test("in the thread it is no command of the team's", async () => {
  const { desk, says, line, cardText } = await open();
  await using _ = desk;
  await says(desk.ana, "/solved");
  assertEquals([line().text, cardText().slice(0, 2)], [
    "Este comando vale no chat privado com o bot.",
    "🟦",
  ]);
});

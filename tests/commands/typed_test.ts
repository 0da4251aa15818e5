import { assertEquals, assertStringIncludes } from "@std/assert";
import { openTalk } from "../support/talk.ts";
import { textsOf } from "../support/desk.ts";

/** What people type behind /priority, and what they mean; 0: they are asked which. */
const PRIORITIES: [level: number, ...written: string[]][] = [
  [
    1,
    "1",
    "p1",
    "🟦",
    "not urgent",
    "não urgente",
    "mínima",
    "sem urgência",
    "no urgente",
    "lowest",
  ],
  [2, "2", "low", "baixa", "baja", "🟩", "🟢", "dois"],
  [3, "3", "p3", "P3", "#p3", "３", "3️⃣", "3!", "“3”", "= 3", ": 3", "medium", "média", "media"],
  [
    3,
    "prioridade 3",
    "prio 3",
    "priority: 3",
    "nível 3",
    "three",
    "três",
    "amarelo",
    "🟨",
    "  3  ",
  ],
  [
    4,
    "4",
    "high",
    "alta, por favor",
    "High",
    "alta",
    "ALTA",
    "Alto!",
    "prioridad alta",
    "🟧",
    "🟠",
    "important",
  ],
  [
    5,
    "5",
    "urgent",
    "urgente",
    "muito alta",
    "muy alta",
    "very high",
    "🟥",
    "🔴",
    "🟥🟥",
    "máxima",
  ],
  [5, "emergência", "URGENTE!!!", "crítica", "red", "prioridade: urgente"],
  [0, "", "0", "6", "-3", "3 4", "3/5", "33", "p", "🟥🟦", "normal", "mais alta", "não alta", "?"],
  [0, "not high", "no", "sim", "🟦 5", "altíssima da silva", "🔥"],
];

Deno.test("a priority is a number, a sign or a word; what is none of these is asked back", async () => {
  const { desk, says, cardText, line } = await openTalk();
  await using _ = desk;
  const levelShown = () =>
    ["🟦", "🟩", "🟨", "🟧", "🟥"].findIndex((s) => cardText().startsWith(s)) + 1;
  for (const [level, ...written] of PRIORITIES) {
    for (const words of written) {
      await says(desk.ana, `/p ${level === 2 ? 3 : 2}`);
      const before = levelShown();
      await says(desk.ana, `/priority ${words}`);
      assertEquals(levelShown(), level || before, words);
      const isAsked = line().text!.startsWith("Qual a prioridade?");
      assertEquals(isAsked, level === 0, words);
    }
  }
  await says(desk.ana, "/p:4");
  assertEquals(levelShown(), 4);
  await says(desk.ana, "/prioridade = baixa");
  assertEquals(levelShown(), 2);
});

const ME = ["me", "Me", "myself", "eu", "EU", "mim", "a mim", "para mim", "pra mim", "eu mesmo"];
const ME_TOO = [
  "yo",
  "mí",
  "a mí",
  "para mí",
  "mi",
  "“eu”",
  "eu!",
  "to me",
  "🙋 eu",
  "me please",
  "para mim, por favor",
];

Deno.test("who assigns to themselves in whatever words has it, also as an answer to another's comment", async () => {
  const { desk, answer, says, cardText } = await openTalk();
  await using _ = desk;
  for (const words of [...ME, ...ME_TOO]) {
    await says(desk.ana, "/assign -");
    await says(desk.bia, `/assign ${words}`);
    assertEquals(cardText().split("\n")[2], "#bia", words);
  }
  await says(desk.ana, "/assign -");
  await says(desk.bia, "/assign me", { replyTo: answer.message_id });
  assertEquals(cardText().split("\n")[2], "#bia");
});

Deno.test("others are named with what people put around a name; nobody is nobody", async () => {
  const { desk, says, cardText } = await openTalk();
  await using _ = desk;
  const carla = desk.telegram.createUser({ firstName: "Carla", languageCode: "pt-br" });
  desk.telegram.addMember(desk.channel, carla);
  for (
    const words of [
      ...["ana", "Ana!", "“Ana”", "para Ana", "para a Ana", "a Ana", "to Ana", "@ana", "#ana"],
      ...["Ａna", "ana 🙂", ": Ana", "ana, por favor", String(desk.ana.id), `ID ${desk.ana.id}`],
    ]
  ) {
    await says(desk.bia, "/assign ninguém");
    await says(desk.bia, `/assign ${words}`);
    assertEquals(cardText().split("\n")[2], "#ana", words);
    await says(desk.bia, "/assign para ninguém");
    assertEquals(cardText().split("\n")[2], undefined, words);
  }
  for (const nobody of ["nenhum", "no one", "ninguno", "–", "unassigned", "Nadie."]) {
    await says(desk.bia, "/assign");
    await says(desk.bia, `/assign ${nobody}`);
    assertEquals(cardText().split("\n")[2], undefined, nobody);
  }
  // Who has no username is mentioned by a link to them.
  const text = "/assign Carla";
  const user = { id: carla.id, is_bot: false, first_name: "Carla" };
  await says(desk.bia, { text, entities: [{ type: "text_mention", offset: 8, length: 5, user }] });
  assertEquals(cardText().split("\n")[2], "#carla");
});

Deno.test("a colleague who is called like a word for oneself is not taken for it", async () => {
  const { desk, says, cardText, line } = await openTalk();
  await using _ = desk;
  const mi = desk.telegram.createUser({ firstName: "Mi", languageCode: "es" });
  desk.telegram.addMember(desk.channel, mi);
  await says(mi, "hola");
  await says(desk.bia, "/assign mi");
  assertEquals(cardText().split("\n")[2], undefined);
  assertStringIncludes(line().text!, "Mais de uma pessoa pode ser “mi”: Bia, Mi.");
  await says(mi, "/assign mi");
  assertEquals(cardText().split("\n")[2], "#mi");
});

Deno.test("an ID is read as it is copied; a ban or its end is never another's than is named", async () => {
  const { desk, maria, says, cardText: text, line, press } = await openTalk();
  await using _ = desk;
  const cardSign = () => [...text()][0];
  const joao = await desk.hearsFrom("João");
  const joaosCard = () => [...desk.cardOf(joao).text!][0];
  // Another's ID in this thread is no question about this one.
  await says(desk.ana, `/ban ${joao.id}`);
  assertStringIncludes(line().text!, "Este comando vale nos comentários");
  await says(desk.ana, `/ban ${maria.id}`);
  await press(desk.ana, line(), "Banir");
  assertEquals([cardSign(), joaosCard()], ["❌", "🟦"]);
  for (
    const words of [
      "João",
      "@joao",
      "joao 7",
      `+${maria.id}`,
      "por favor",
      `${maria.id} ${joao.id}`,
    ]
  ) {
    await says(desk.ana, `/unban ${words}`);
    assertEquals(cardSign(), "❌", words);
    assertStringIncludes(line().text!, "/desbanir 123456789", words);
  }
  const grouped = String(joao.id).replace(/\B(?=(\d{3})+$)/g, ".");
  for (const words of [`${joao.id}`, `ID ${joao.id}`, `id: ${joao.id}.`, `#${joao.id}`, grouped]) {
    desk.ana.comments(desk.cardOf(joao), "/ban");
    await desk.settled();
    await press(
      desk.ana,
      desk.threadOf(joao).findLast(({ from }) => from?.id === desk.bot.id)!,
      "Banir",
    );
    assertEquals(joaosCard(), "❌");
    await says(desk.ana, `/unban ${words}`);
    assertEquals([cardSign(), joaosCard()], ["❌", "🟦"], words);
  }
  await says(desk.ana, "/unban");
  assertEquals(cardSign(), "🟦");
});

Deno.test("/allow with words that name nobody lets in nobody, whomever it answers", async () => {
  const { desk, says, line } = await openTalk();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  const comment = await says(rui, "posso entrar?");
  await says(desk.boss, "/allow @carla", { replyTo: comment.message_id });
  assertStringIncludes(line().text!, "/permitir 123456789");
  await says(desk.boss, `/allow ID: ${rui.id}`);
  assertStringIncludes(line().text!, `✅ ${rui.id} pode entrar`);
});

Deno.test("/notify is switched in everybody's words, and asks back what is neither on nor off", async () => {
  const { desk } = await openTalk();
  await using _ = desk;
  const told = async (words: string) => {
    desk.ana.sends(desk.chatOf(desk.ana), `/notify ${words}`);
    await desk.settled();
    return desk.toldTo(desk.ana).at(-1)!.text!;
  };
  for (
    const words of ["on", "sim", "SÍ", "ligado", "activar", "yes please", "ativar!", "✅", "1"]
  ) {
    assertStringIncludes(await told(words), "Você será avisado", words);
  }
  for (
    const words of ["off", "não", "no", "desligar", "turn off", "desactivado", "❌", "０", "nunca"]
  ) {
    assertStringIncludes(await told(words), "Sem mais avisos", words);
  }
  for (const words of ["", "talvez", "não ligar", "on off", "2", "maybe"]) {
    assertStringIncludes(await told(words), "/avisos on liga", words);
  }
});

Deno.test("a command in Spanish is obeyed; a setting's name as a command is led to /set", async () => {
  const { desk, says, cardText, line } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/prioridad alta");
  await says(desk.ana, "/asignar yo");
  assertEquals(cardText().split("\n")[2], "#p4 #ana");
  await says(desk.ana, "/horario seg-sex 9-18");
  assertStringIncludes(line().text!, "Você quis dizer /definir horario?");
  const told = textsOf(desk.toldTo(desk.customer("Rita")));
  assertEquals(told, []);
  await says(desk.ana, "/cerrar");
  assertEquals(cardText().slice(0, 2), "⬜️");
});

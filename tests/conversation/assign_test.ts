import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { toTag } from "../../src/conversation/card.ts";
import { openTalk } from "../support/talk.ts";

/** A conversation, and colleagues of whatever names who have answered. */
async function open(...names: string[]) {
  const talk = await openTalk();
  const { desk, says, cardText, line } = talk;
  const colleagues = [];
  for (const firstName of names) {
    const who = desk.telegram.createUser({ firstName, languageCode: "pt-br" });
    desk.telegram.addMember(desk.channel, who);
    await says(who, "oi");
    colleagues.push(who);
  }
  const tag = () => cardText().split("\n")[2];
  const said = async (...says_: Parameters<typeof says>) => {
    await says(...says_);
    return line().text!;
  };
  return { ...talk, colleagues, tag, said };
}

/** Names of agents, and the tags a tap searches for. */
const TAGS: [string, string][] = [
  ["Ana Maria", "#ana_maria"],
  ["João", "#joão"],
  ["Zoë-Luísa!", "#zoë_luísa"],
  ["Мария", "#мария"],
  ["小明", "#小明"],
  ["R2D2", "#r2d2"],
  ["❤️ Lia ❤️", "#lia"],
];

for (const [name, tag] of TAGS) {
  Deno.test(`an agent called ${name} is tagged ${tag}`, async () => {
    const talk = await open(name);
    await using _ = talk.desk;
    await talk.says(talk.colleagues[0]!, "/assign");
    assertEquals(talk.tag(), tag);
    assertEquals(toTag(talk.tag()!.slice(1)), tag);
  });
}

for (const name of ["🦊", "❤️", "1️⃣", "007", "…", "!!!"]) {
  Deno.test(`an agent called ${name} is tagged by the end of their ID`, async () => {
    const talk = await open(name);
    await using _ = talk.desk;
    await talk.says(talk.colleagues[0]!, "/assign");
    assertEquals(talk.tag(), `#agent_${String(talk.colleagues[0]!.id).slice(-4)}`);
    // By that name they can be found as well.
    await talk.says(talk.desk.ana, "/assign -");
    await talk.says(talk.desk.ana, `/assign ${talk.tag() ?? name}`);
    assertEquals(talk.tag(), `#agent_${String(talk.colleagues[0]!.id).slice(-4)}`);
  });
}

Deno.test("of two of one name neither is guessed; an answer to a comment tells them apart", async () => {
  const { desk, colleagues, tag, said, says } = await open("Carla", "Carla");
  await using _ = desk;
  assertStringIncludes(await said(desk.ana, "/assign carla"), "Mais de uma pessoa");
  assertEquals(tag(), undefined);
  const comment = await says(colleagues[1]!, "deixa comigo");
  await says(desk.ana, "/assign", { replyTo: comment.message_id });
  assertEquals(tag(), "#carla");
  assertEquals(await said(desk.ana, "/who").then((text) => text.includes("Carla")), true);
});

Deno.test("a name may be begun, misspelt in case and accents, tagged or mentioned", async () => {
  const { desk, tag, says, said } = await open("José Carlos", "Josefina");
  await using _ = desk;
  for (
    const [words, expected] of [
      ["jose c", "#josé_carlos"],
      ["JOSEF", "#josefina"],
      ["#josefina", "#josefina"],
      ["@José Carlos", "#josé_carlos"],
      ["  josefina  ", "#josefina"],
    ]
  ) {
    await says(desk.ana, `/assign ${words}`);
    assertEquals(tag(), expected, words);
  }
  assertMatch(
    await said(desk.ana, "/assign jos"),
    /: (José Carlos, Josefina|Josefina, José Carlos)\./,
  );
  assertEquals(tag(), "#josefina");
});

for (const nobody of ["-", "ninguém", "nadie", "nobody", "NONE", "0"]) {
  Deno.test(`/assign ${nobody} leaves the conversation to nobody`, async () => {
    const { desk, tag, says, said } = await open();
    await using _ = desk;
    await says(desk.ana, "/assign");
    assertEquals(tag(), "#ana");
    assertEquals(
      await said(desk.bia, `/assign ${nobody}`),
      "🙋 Bia deixou o atendimento sem responsável.",
    );
    assertEquals(tag(), undefined);
  });
}

Deno.test("who has left the team is given nothing, by name or by answer", async () => {
  const { desk, colleagues, tag, says, said, line } = await open("Carla", "Davi");
  await using _ = desk;
  const [carla] = colleagues;
  const comment = await says(carla!, "até mais!");
  desk.telegram.removeMember(desk.channel, carla!, "left");
  await desk.settled();
  assertStringIncludes(await said(desk.ana, "/assign carla"), "Ninguém chamado “carla”");
  assertMatch(line().text!, /Conheço: (Ana, Davi|Davi, Ana)\./);
  assertStringIncludes(
    await said(desk.ana, "/assign", { replyTo: comment.message_id }),
    "não é da equipe",
  );
  assertEquals(tag(), undefined);
});

Deno.test("an answer to the customer's message, or to a stranger's, assigns to oneself, or to nobody", async () => {
  const { desk, maria, tag, says, said } = await open();
  await using _ = desk;
  const message = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  await says(desk.bia, "/assign", { replyTo: message.message_id });
  assertEquals(tag(), "#bia");
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  const comment = await says(rui, "eu também ajudo");
  assertStringIncludes(
    await said(desk.ana, "/assign", { replyTo: comment.message_id }),
    "não é da equipe",
  );
  assertEquals(tag(), "#bia");
  for (const as of ["anonymous", desk.channel] as const) {
    assertStringIncludes(await said(desk.boss, "/assign", { as }), "Você escreve sem nome");
  }
});

Deno.test("an assignment stays over the end, a ban and a new card; a name that is new is shown", async () => {
  const { desk, says, tag, writes, said } = await open();
  await using _ = desk;
  await says(desk.ana, "/assign");
  await says(desk.ana, "/close");
  assertEquals(tag(), "#ana");
  await writes("voltei");
  assertEquals(tag(), "#ana");
  desk.ana.info.first_name = "Aninha";
  await says(desk.ana, "oi de novo");
  assertStringIncludes(await said(desk.bia, "/assign aninha"), "Aninha");
  assertEquals(tag(), "#aninha");
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

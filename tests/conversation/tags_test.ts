import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";

/** A conversation, and what the card's third line says. */
async function open() {
  const talk = await openTalk();
  const tags = () => talk.cardText().split("\n")[2];
  return { ...talk, tags };
}

Deno.test("/tag puts a word on the card, with one line that says who did; again, it goes", async () => {
  const { desk, says, tags, line, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/tag vip");
  assertEquals(tags(), "#vip");
  assertEquals(line().text, "🏷 Ana pôs a etiqueta #vip.");
  assertEquals(isThere(command), false);
  await says(desk.bia, "/etiqueta #atacado");
  assertEquals(tags(), "#vip #atacado");
  await says(desk.bia, "/tag VIP");
  assertEquals(tags(), "#atacado");
  assertEquals(line().text, "🏷 Bia tirou a etiqueta #vip.");
  await says(desk.ana, "/tag -#Atacado");
  assertEquals(tags(), undefined);
});

Deno.test("tags stand beside what the program writes on the card, and survive the end of a conversation", async () => {
  const { desk, says, writes, tags, cardText } = await open();
  await using _ = desk;
  await says(desk.ana, "/p 3");
  await says(desk.ana, "/assign");
  await says(desk.ana, "/tag pão_de_queijo2");
  assertEquals(tags(), "#p3 #ana #pão_de_queijo2");
  await says(desk.ana, "/close");
  assertEquals(cardText().split("\n")[2], "#ana #pão_de_queijo2");
  await writes("voltei");
  await desk.restart();
  await says(desk.ana, "/tag -vip");
  assertEquals(tags(), "#p3 #ana #pão_de_queijo2");
});

Deno.test("/tag alone says which tags there are, and changes nothing", async () => {
  const { desk, says, line, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/tag");
  assertStringIncludes(line().text!, "Sem etiquetas");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
  assert(isThere(command));
  await says(desk.ana, "/tag vip");
  await says(desk.ana, "/tag atacado");
  await says(desk.ana, "/tag");
  assertStringIncludes(line().text!, "🏷 Etiquetas: #vip #atacado.");
});

/** What is no tag, and what is said of it. */
const REFUSED: [words: string, said: string][] = [
  ["muito bom", "uma etiqueta é uma palavra só"],
  ["-a b", "uma etiqueta é uma palavra só"],
  ["pão-de-queijo", "só letras, números e _"],
  ["vip!", "só letras, números e _"],
  ["🥐", "só letras, números e _"],
  ["#", "só letras, números e _"],
  ["-", "só letras, números e _"],
  ["a".repeat(33), "33 caracteres; o máximo é 32"],
  ["late", "#late já tem um sentido"],
  ["#LATE", "#LATE já tem um sentido"],
  ["p1", "#p1 já tem um sentido"],
  ["P5", "#P5 já tem um sentido"],
  ["from_instagram", "já tem um sentido"],
  ["From_", "já tem um sentido"],
  ["ana", "#ana já tem um sentido"],
  ["Bia", "#Bia já tem um sentido"],
  ["-vip", "não há etiqueta #vip."],
];

Deno.test("what is no tag, or means something on cards already, is refused with an example", async () => {
  const { desk, says, tags, line } = await open();
  await using _ = desk;
  await says(desk.bia, "boa tarde");
  for (const [words, said] of REFUSED) {
    await says(desk.ana, `/tag ${words}`);
    assertStringIncludes(line().text!, `⚠️`);
    assertStringIncludes(line().text!, said);
    assertEquals(tags(), undefined, words);
  }
  // Almost the same is something else.
  for (const word of ["p6", "later", "from", "anabela", "2026", "日本語"]) {
    await says(desk.ana, `/tag ${word}`);
    assertEquals(tags(), `#${word}`);
    await says(desk.ana, `/tag “＃${word}”`);
    assertEquals(tags(), undefined);
  }
});

Deno.test("a card has five tags at most, and who wants a sixth is told which there are", async () => {
  const { desk, says, tags, line } = await open();
  await using _ = desk;
  for (const word of ["um", "dois", "tres", "quatro", "cinco"]) {
    await says(desk.ana, `/tag ${word}`);
  }
  await says(desk.ana, "/tag seis");
  assertEquals(tags(), "#um #dois #tres #quatro #cinco");
  assertStringIncludes(line().text!, "já tem 5 etiquetas: #um #dois #tres #quatro #cinco");
  await says(desk.ana, "/tag -dois");
  await says(desk.ana, "/tag seis");
  assertEquals(tags(), "#um #tres #quatro #cinco #seis");
});

Deno.test("a customer's tag is a message like any other, and the customer hears of no tag", async () => {
  const { desk, maria, says, writes, tags } = await open();
  await using _ = desk;
  await writes("/tag vip");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "/tag vip");
  const before = desk.toldTo(maria).length;
  await says(desk.ana, "/tag vip");
  assertEquals(tags(), "#vip");
  assertEquals(desk.toldTo(maria).length, before);
});

Deno.test("who asks what is kept of them is shown their tags", async () => {
  const { desk, maria, says, writes, press } = await open();
  await using _ = desk;
  await says(desk.ana, "/tag vip");
  await writes("/privacy");
  const question = desk.toldTo(maria).at(-1)!;
  await press(maria, question as Parameters<typeof press>[1], "Meus dados");
  const file = desk.telegram.download(desk.toldTo(maria).at(-1)!);
  const data = JSON.parse(new TextDecoder().decode(file));
  assertEquals(data.conversation.data.tags, ["vip"]);
});

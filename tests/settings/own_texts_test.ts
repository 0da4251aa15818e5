/** The sentences a desk has put in its own words: their formatting, their placeholders, who is told them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { open } from "../support/commanded_desk.ts";
import { textsOf } from "../support/desk.ts";
import { erases, tracesOf } from "../support/erasing.ts";

Deno.test("the desk's own welcome is used, with its formatting and its placeholders", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  const said = await asks("/set welcome Olá, {nome}!\nEm que podemos ajudar?");
  assertStringIncludes(said.text!, "✅ boasvindas");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  assertEquals(textsOf(desk.toldTo(maria)), ["Olá, Maria!\nEm que podemos ajudar?"]);
  assertStringIncludes((await asks("/settings")).text!, "boasvindas: “Olá, {nome}! Em que podemos");
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

/** The desk's own texts, and what brings each about. */
const OWN: [name: string, alias: string, event: string][] = [
  ["welcome", "boasvindas", "/start"],
  ["restart", "reinicio", "voltei"],
  ["end", "fim", "/close"],
  ["terms", "termos", "/terms"],
];
for (const [name, alias, event] of OWN) {
  Deno.test(`/set ${name} is said with its formatting and with placeholders of either language`, async () => {
    const { desk, chat, asks, customerWrites } = await open();
    await using _ = desk;
    const maria = desk.customer("Maria", { lastName: "Silva" });
    await customerWrites(maria, "oi");
    for (const placeholder of ["{nome_completo}", "{full_name}", "{Nome_Completo}"]) {
      const words = desk.boss.sends(chat, {
        text: `Olá, ${placeholder}: veja aqui.`,
        entities: [
          { type: "bold", offset: 5, length: placeholder.length },
          {
            type: "text_link",
            offset: 12 + placeholder.length,
            length: 4,
            url: "https://a.example/",
          },
        ],
      });
      await desk.settled();
      const said = await asks(`/definir ${alias}`, { replyTo: words.message_id });
      assertEquals(said.text, `✅ ${alias}: definido`);
      if (name === "restart" || name === "end") {
        desk.ana.comments(desk.cardOf(maria), name === "end" ? "/close" : "/fs");
        await desk.settled();
      }
      if (name !== "end") await customerWrites(maria, event);
      const told = desk.toldTo(maria).at(-1)!;
      assertEquals(told.text, "Olá, Maria Silva: veja aqui.");
      assertEquals(told.entities, [
        { type: "bold", offset: 5, length: 11 },
        { type: "text_link", offset: 23, length: 4, url: "https://a.example/" },
      ]);
      await customerWrites(maria, "de novo");
    }
    assertStringIncludes((await asks(`/reset ${name}`)).text!, `✅ ${alias}: de volta ao padrão`);
  });
}

Deno.test("whoever nothing is kept of is called by their name in the terms as well", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/set terms Olá, {nome_completo} ({id})!");
  const eva = desk.customer("Eva", { lastName: "Lima" });
  const told = () => desk.toldTo(eva).at(-1)!.text;
  await customerWrites(eva, "/terms");
  assertEquals(told(), `Olá, Eva Lima (${eva.id})!`);
  assertEquals(await tracesOf(desk.kv, eva, /Eva|Lima/), []);
  await customerWrites(eva, "oi");
  await erases(desk, eva);
  eva.info.first_name = "Evinha";
  await customerWrites(eva, "/terms");
  assertEquals(told(), `Olá, Evinha Lima (${eva.id})!`);
  assertEquals(await tracesOf(desk.kv, eva, /Evinha|Lima/), []);
});

Deno.test("what looks like a placeholder and is none is named, and stays as it is", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  const said = await asks("/set welcome Oi {nmoe}, {nome}! Voltamos {volta}.");
  assertStringIncludes(said.text!, "Não conheço {nmoe}, {volta}");
  assertEquals((await asks("/set away Oi {nome}, {back}, {volta}.")).text, "✅ ausencia: definido");
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  assertEquals(textsOf(desk.toldTo(maria)), ["Oi {nmoe}, Maria! Voltamos {volta}."]);
});

Deno.test("a text that was filled in beyond what Telegram takes still welcomes", async () => {
  const { desk, chat, asks, customerWrites } = await open();
  await using _ = desk;
  desk.boss.info.is_premium = true;
  const words = desk.boss.sends(chat, `{nome} ${"pão ".repeat(1022)}`.slice(0, 4096));
  await desk.settled();
  await asks("/set welcome", { replyTo: words.message_id });
  const maria = desk.customer("Maria Aparecida dos Santos");
  await customerWrites(maria, "oi");
  const told = desk.toldTo(maria);
  assertEquals(told.length, 1);
  assert(told[0]!.text!.startsWith("Maria Aparecida dos Santos pão"));
  const longer = desk.boss.sends(chat, "x".repeat(5000));
  await desk.settled();
  const answer = await asks("/set welcome", { replyTo: longer.message_id });
  assertStringIncludes(answer.text!, "o texto tem 5000 caracteres; o máximo é 4096");
});

import type { MessageEntity } from "grammy/types";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/filled_in.ts";

Deno.test("placeholders of a typed comment become facts, by all their names", async () => {
  await using side = await open();
  const { maria } = side;
  await side.sends("{first_name}|{last_name}|{full_name}|{id}|{agent}|{greeting}|{date}|{time}");
  await side.sends(
    "{nome}|{sobrenome}|{nome_completo}|{agente}|{saudacao}|{saudação}|{data}|{hora}|{Saudacao}",
  );
  await side.sends("{nomee} {} { nome } {first name} {constructor} {nome");
  assertEquals(textsOf(side.arrived()), [
    `Maria|Souza|Maria Souza|${maria.id}|Ana|boa tarde|05/03/2031|15:04`,
    "Maria|Souza|Maria Souza|Ana|boa tarde|boa tarde|05/03/2031|15:04|Boa tarde",
    "{nomee} {} { nome } {first name} {constructor} {nome",
  ]);
  assertEquals(side.calls.filter((method) => method === "copyMessage").length, 1);
});

Deno.test("formatting before, around, inside and behind placeholders stays where it was", async () => {
  await using side = await open();
  const text = "Oi, {nome}! Aqui é {agente}, 👋 tudo bem?";
  const at = (words: string) => ({ offset: text.indexOf(words), length: words.length });
  const entities: MessageEntity[] = [
    { type: "bold", ...at("Oi") },
    { type: "italic", ...at("{nome}") },
    { type: "underline", ...at("{nome}! Aqui") },
    { type: "strikethrough", ...at("om") },
    { type: "code", ...at("te}, 👋") },
    { type: "spoiler", ...at("bem") },
  ];
  await side.sends({ text, entities });
  const [got] = side.arrived();
  assertEquals(got!.text, "Oi, Maria! Aqui é Ana, 👋 tudo bem?");
  const shown = got!.entities!.map(({ type, offset, length }) => [
    type,
    got!.text!.slice(offset, offset + length),
  ]);
  assertEquals(Object.fromEntries(shown), {
    bold: "Oi",
    italic: "Maria",
    underline: "Maria! Aqui",
    strikethrough: "Maria",
    code: "Ana, 👋",
    spoiler: "bem",
  });
});

Deno.test("what is shown as code stays as it is; beside it facts are filled in", async () => {
  await using side = await open();
  const text = "Use {nome}, e não {nome}:\n{first_name}";
  const first = text.indexOf("{nome}");
  const entities: MessageEntity[] = [
    { type: "code", offset: first, length: 6 },
    { type: "bold", offset: text.indexOf("não"), length: "não {nome}".length },
    { type: "pre", offset: text.indexOf("{first"), length: "{first_name}".length },
  ];
  await side.sends({ text, entities });
  const [got] = side.arrived();
  assertEquals(got!.text, "Use {nome}, e não Maria:\n{first_name}");
  assertEquals(
    got!.entities!.map(({ type, offset, length }) => [
      type,
      got!.text!.slice(offset, offset + length),
    ]),
    [["code", "{nome}"], ["bold", "não Maria"], ["pre", "{first_name}"]],
  );
  // With nothing else to fill in it is a copy like any other.
  side.forgets();
  await side.sends({ text: "{nome}", entities: [{ type: "code", offset: 0, length: 6 }] });
  await side.sends({
    photo: true,
    caption: "{nome}",
    caption_entities: [{ type: "code", offset: 0, length: 6 }],
  });
  assertEquals(textsOf(side.arrived()), ["{nome}", "{nome}"]);
  assertEquals(side.calls.filter((method) => method === "copyMessage").length, 2);
});

Deno.test("nobody is warned of braces in code, in the desk's own texts and in replies", async () => {
  await using side = await open();
  const { desk, here } = side;
  const said = async (text: string, code: string) => {
    const entities: MessageEntity[] = [
      { type: "code", offset: text.indexOf(code), length: code.length },
    ];
    desk.boss.sends(here, { text, entities });
    await desk.settled();
    return here.messages.at(-1)!.text!;
  };
  for (const command of ["/set welcome", "/addreply Json\n"]) {
    assertEquals(/Não conheço/.test(await said(`${command} {chave} aqui`, "{chave}")), false);
    assertStringIncludes(
      await said(`${command.replace("Json", "Xml")} {chave} {nmoe}`, "{chave}"),
      "Não conheço {nmoe}",
    );
  }
});

Deno.test("a name in which there is nothing to be seen is a fact that is empty", async () => {
  await using side = await open();
  side.maria.info.first_name = "\u3164";
  side.maria.info.last_name = "\u2800";
  side.maria.sends(side.there, "oi");
  await side.desk.settled();
  side.forgets();
  await side.sends("Olá {nome}! Olá {full_name}! Olá {last_name}!");
  assertEquals(textsOf(side.arrived()), ["Olá! Olá! Olá!"]);
});

Deno.test("a fact that is empty takes the space before it along", async () => {
  await using side = await open();
  delete (side.maria.info as { last_name?: string }).last_name;
  side.maria.sends(side.there, "oi");
  await side.desk.settled();
  await side.sends("Olá {first_name} {last_name}!");
  assertEquals(textsOf(side.arrived()), ["Olá Maria!"]);
});

Deno.test("captions and albums have theirs filled in, in one call", async () => {
  await using side = await open();
  await side.sends({ photo: true, caption: "Para {nome}", show_caption_above_media: true });
  assertEquals(side.calls.filter((method) => !method.startsWith("get")), ["copyMessage"]);
  const [photo] = side.arrived();
  assertEquals(photo!.caption, "Para Maria");
  assertEquals(photo!.show_caption_above_media, true);
  side.forgets();
  await side.sendsAlbum([{ photo: true, caption: "{nome}" }, { photo: true, caption: "b" }]);
  assertEquals(textsOf(side.arrived()), ["Maria", "b"]);
  assertEquals(side.calls.filter((method) => method.startsWith("send")), ["sendMediaGroup"]);
});

Deno.test("an edit has its placeholders filled in", async () => {
  await using side = await open();
  const sent = await side.sends("oi");
  await side.edits(sent, "oi, {nome}");
  assertEquals(side.arrived()[0]!.text, "oi, Maria");
});

Deno.test("who writes without a name signs with their title, or the channel's", async () => {
  await using side = await open();
  const { desk, maria } = side;
  desk.boss.comments(desk.cardOf(maria), "{agent}", { as: desk.channel });
  await desk.settled();
  assertEquals(textsOf(side.arrived()), ["Atendimento"]);
});

Deno.test("greetings follow the hour of TIME_ZONE in the desk's language", async () => {
  for (
    const [hour, pt, en, es] of [
      [4, "boa noite", "good evening", "buenas noches"],
      [5, "bom dia", "good morning", "buenos días"],
      [11, "bom dia", "good morning", "buenos días"],
      [12, "boa tarde", "good afternoon", "buenas tardes"],
      [18, "boa noite", "good evening", "buenas noches"],
    ] as const
  ) {
    for (const [locale, expected] of [["pt-BR", pt], ["en", en], ["es", es]] as const) {
      await using side = await open({ LOCALE: locale, TIME_ZONE: "Asia/Tokyo" });
      side.desk.clock.aheadMs = Date.UTC(2031, 5, 5, hour - 9 + 24, 30) - Date.now();
      await side.sends("{greeting}");
      assertEquals(textsOf(side.arrived()), [expected], `${hour} ${locale}`);
    }
  }
});

Deno.test("what a customer writes in braces stays as it is, and facts are not filled in again", async () => {
  await using side = await open();
  side.maria.sends(side.there, "{nome}");
  await side.desk.settled();
  assertEquals(textsOf(side.desk.threadOf(side.maria)).at(-1), "{nome}");
  side.maria.info.first_name = "{agent}";
  side.maria.sends(side.there, "oi");
  await side.desk.settled();
  await side.sends("Olá {nome}");
  assertEquals(textsOf(side.arrived()), ["Olá {agent}"]);
});

Deno.test("a text that grows too long goes in parts", async () => {
  await using side = await open();
  side.maria.info.first_name = "M".repeat(60);
  side.maria.sends(side.there, "oi");
  await side.desk.settled();
  await side.sends(`{nome} ${"palavra ".repeat(510)}`.trim());
  assertEquals(side.arrived().length, 2);
  assertEquals(side.arrived()[0]!.text!.startsWith("M".repeat(60)), true);
});

Deno.test("while it waits, a comment with placeholders lies sealed", async () => {
  await using side = await open();
  const { desk } = side;
  desk.ana.info.first_name = "Anastácia";
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 10 });
  await side.sends("segredo, {nome}! {agente}");
  let sealed = 0;
  for await (const { value } of desk.kv.list<{ value: unknown }>({ prefix: [] })) {
    if ((value.value as { sealed?: Uint8Array } | undefined)?.sealed) sealed++;
    const inside = Deno.inspect(value, { depth: 20, strAbbreviateSize: 1e6 });
    assertEquals(/segredo/.test(inside), false);
  }
  assertEquals(sealed, 1);
  await desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["segredo, Maria! Anastácia"]);
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import jsQR from "jsqr";
import { decode } from "fast-png";
import type { Message } from "grammy/types";
import { HOUR_MS } from "../../src/time/duration.ts";
import { writePixCode } from "../../src/pix/code.ts";
import type { DeskOptions } from "../support/desk.ts";
import { asksToErase, presses } from "../support/erasing.ts";
import { openTalk } from "../support/talk.ts";

const PADARIA = { key: "pix@padaria.com.br", name: "Padaria Central", city: "São Paulo" };

/** A conversation of a desk that has said whom payments go to. */
async function open({ settings, ...options }: DeskOptions = {}) {
  const talk = await openTalk({
    ...options,
    settings: { panel: false, pix: PADARIA, ...settings },
  });
  const { desk, maria } = talk;
  const before = desk.toldTo(maria).length;
  /** What the customer has of what was sent since. */
  const got = () => desk.toldTo(maria).slice(before);
  return { ...talk, got };
}

/** The words of a message that are shown as code. */
function codeIn({ caption = "", caption_entities = [] }: Message): string {
  const [code] = caption_entities.filter(({ type }) => type === "code");
  return caption.slice(code!.offset, code!.offset + code!.length);
}

/** What its button copies. */
function copiedBy({ reply_markup }: Message): string | undefined {
  const [button] = reply_markup!.inline_keyboard.flat();
  return button && "copy_text" in button ? button.copy_text.text : undefined;
}

Deno.test("/pix sends the customer a QR code with what, how much and the code, and the thread the same", async () => {
  const { desk, maria, says, got } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/pix 49,90 Pão de queijo");
  const [sent, ...more] = got();
  const code = writePixCode(PADARIA, { cents: 4990, text: "Pão de queijo" });
  assertEquals(more, []);
  assertEquals(
    sent!.caption!.replace("\u00a0", " "),
    `Pão de queijo\n\n💠 Pix para Padaria Central\nValor: R$ 49,90\n\nPix copia e cola:\n${code}`,
  );
  assertEquals([codeIn(sent!), copiedBy(sent!)], [code, code]);
  const { width, height, data } = decode(desk.telegram.download(sent!)!);
  assertEquals(jsQR.default(new Uint8ClampedArray(data), width, height)?.data, code);

  const copy = desk.threadOf(maria).at(-1)!;
  assertEquals([copy.caption, codeIn(copy), copiedBy(copy)], [sent!.caption, code, code]);
  assertEquals(desk.telegram.download(copy), desk.telegram.download(sent!));
  assertEquals(copy.reply_to_message?.message_id, command.message_id);
});

Deno.test("without an amount the payer chooses, and the first word may be a text", async () => {
  const { desk, says, got } = await open();
  await using _ = desk;
  await says(desk.ana, "/pix");
  await says(desk.ana, "/pix Gorjeta para {nome}");
  const [bare, tip] = got();
  assertEquals(codeIn(bare!), writePixCode(PADARIA, { text: "" }));
  assertStringIncludes(bare!.caption!, "💠 Pix para Padaria Central\nValor: você escolhe");
  assertEquals(codeIn(tip!), writePixCode(PADARIA, { text: "Gorjeta para Maria" }));
  assert(tip!.caption!.startsWith("Gorjeta para Maria\n\n"));
});

Deno.test("a text too long for the code stands below the picture alone, with its formatting", async () => {
  const { desk, says, got, line } = await open();
  await using _ = desk;
  const text = "Bolo de fubá com goiabada, para a festa de sábado, com vela e tudo";
  await says(desk.ana, {
    text: `/pix 80 ${text}`,
    entities: [{ type: "bot_command", offset: 0, length: 4 }, {
      type: "bold",
      offset: 8,
      length: 4,
    }],
  });
  const [sent] = got();
  assertEquals(codeIn(sent!), writePixCode(PADARIA, { cents: 8000, text: "" }));
  assert(sent!.caption!.startsWith(text));
  assertEquals(sent!.caption_entities![0], { type: "bold", offset: 0, length: 4 });
  // One that does not even fit there is said, and goes nowhere.
  await says(desk.ana, `/pix 80 ${"bolo ".repeat(200)}`);
  assertEquals(got().length, 1);
  assertStringIncludes(line().text!, "caracteres a mais do que cabe");
});

Deno.test("what cannot be paid is refused with examples, and nothing goes out", async () => {
  const { desk, says, got, line } = await open();
  await using _ = desk;
  const refused: [string, string][] = [
    ["0", "o valor é zero"],
    ["-5", "o valor é negativo"],
    ["1,234", "mais de duas casas"],
    ["1.2.3", "não entendo o valor"],
    ["99999999999", "alto demais"],
  ];
  for (const [amount, why] of refused) {
    const command = await says(desk.ana, `/pix ${amount} Bolo`);
    assertStringIncludes(line().text!, why);
    assertStringIncludes(line().text!, "/pix 49,90");
    assertEquals(line().reply_to_message?.message_id, command.message_id);
  }
  assertEquals(got(), []);
});

Deno.test("before the desk has said whom payments go to, the team is told how", async () => {
  const { desk, maria, says, line } = await openTalk();
  await using _ = desk;
  const before = desk.chatOf(desk.ana).messages.length;
  await says(desk.ana, "/pix 10");
  assertStringIncludes(line().text!, "/definir pix chave; Nome; Cidade");
  assertEquals(desk.chatOf(desk.ana).messages.length, before);
  await says(desk.boss, "/set pix (11) 98765-4321; Padaria Central; São Paulo");
  assertEquals(line().text, "✅ pix: +5511987654321; Padaria Central; São Paulo");
  await says(desk.ana, "/pix 10");
  assertStringIncludes(codeIn(desk.threadOf(maria).at(-1)!), "+5511987654321");
  await says(desk.boss, "/reset pix");
  await says(desk.ana, "/pix 10");
  assertStringIncludes(line().text!, "/definir pix");
});

Deno.test("/set pix takes all three parts, a real key, and what fits; it says what is wrong", async () => {
  const { desk, says, line } = await open();
  await using _ = desk;
  const refused: [string, string][] = [
    ["pix@padaria.com.br", "faltam partes"],
    ["pix@padaria.com.br; Padaria", "faltam partes"],
    ["pix@padaria.com.br; ; Recife", "faltam partes"],
    ["pix@padaria.com.br; Padaria; Recife; PE", "faltam partes"],
    ["off", "faltam partes"],
    ["padaria; Padaria; Recife", "“padaria” não é uma chave Pix"],
    ["123.456.789-00; Padaria; Recife", "não é uma chave Pix"],
    ["(11) 3333-4444; Padaria; Recife", "não é uma chave Pix"],
    [`pix@padaria.com.br; ${"n".repeat(26)}; Recife`, "o nome tem 26 caracteres; o máximo é 25"],
    [`pix@padaria.com.br; Padaria; ${"c".repeat(16)}`, "a cidade tem 16 caracteres; o máximo é 15"],
    ["pix@padaria.com.br; 面包店; Recife", "letras de A a Z"],
  ];
  for (const [value, why] of refused) {
    await says(desk.boss, `/set pix ${value}`);
    assertStringIncludes(line().text!, why);
    assertStringIncludes(line().text!, "Exemplo: /definir pix pix@padaria.com.br; Padaria Central");
  }
  await says(desk.boss, "/settings");
  assertStringIncludes(line().text!, "pix: pix@padaria.com.br; Padaria Central; São Paulo");
  await says(desk.boss, "/set pix 11.222.333/0001-81\nJoão Açougue\nBelém");
  assertEquals(line().text, "✅ pix: 11222333000181; João Açougue; Belém");
});

Deno.test("a payment is an answer: nobody waits after it, and it keeps its place among the others", async () => {
  const { desk, maria, says, writes, got, line } = await open();
  await using _ = desk;
  await writes("quanto é?");
  desk.ana.comments(desk.cardOf(maria), "são dois pães");
  desk.ana.comments(desk.cardOf(maria), "/pix 10 Pães");
  desk.ana.comments(desk.cardOf(maria), "obrigada!");
  await desk.settled();
  assertEquals(got().map(({ text, photo }) => photo ? "picture" : text), [
    "são dois pães",
    "picture",
    "obrigada!",
  ]);
  await writes("e agora?");
  await says(desk.ana, "/pix 5");
  const stats = async () => {
    await says(desk.boss, "/stats");
    return line().caption ?? line().text!;
  };
  assertStringIncludes(await stats(), "Esperando agora: 0");
  await writes("mais uma");
  assertStringIncludes(await stats(), "Esperando agora: 1");
});

Deno.test("/undo on the copy takes a payment back, by who asked for it or an administrator alone", async () => {
  const { desk, maria, says, got, line } = await open();
  await using _ = desk;
  await says(desk.ana, "/pix 10 Pães");
  const copy = desk.threadOf(maria).at(-1)!;
  await says(desk.bia, "/undo", { replyTo: copy.message_id });
  assertStringIncludes(line().text!, "Você só pode desfazer as suas respostas");
  assertEquals(got().length, 1);
  await says(desk.ana, "/undo", { replyTo: copy.message_id });
  assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
  assertEquals(got(), []);
  await says(desk.bia, "/pix 20");
  const other = desk.threadOf(maria).findLast(({ photo }) => photo)!;
  await says(desk.boss, "/undo", { replyTo: other.message_id });
  assertEquals(got(), []);
});

Deno.test("a payment that waits behind another is taken back by its command, or edited to no avail", async () => {
  const { desk, maria, says, got, line } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  const [first, second, third] = [
    await says(desk.ana, "/pix 10 Pães"),
    await says(desk.ana, "/pix 20 Bolo"),
    await says(desk.ana, "/pix 30 Torta"),
  ];
  await says(desk.ana, "/undo", { replyTo: second.message_id });
  await desk.passes(1100);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  for (const command of [first, third]) desk.ana.edits(command, "/pix 40 Outra coisa");
  await desk.settled();
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(1000);
  assertEquals(got().map(({ caption }) => caption!.split("\n")[0]), ["Pães", "Torta"]);
});

Deno.test("a payment for who has blocked the bot waits, and can be taken back until then", async () => {
  const { desk, maria, says, got, line } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  const command = await says(desk.ana, "/pix 10 Pães");
  const other = await says(desk.ana, "/pix 20 Bolo");
  await says(desk.ana, "/undo", { replyTo: command.message_id });
  await desk.passes(HOUR_MS);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  await desk.restart();
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(1000);
  assertEquals(got().map(({ caption }) => caption!.split("\n")[0]), ["Bolo"]);
  assertEquals(desk.threadOf(maria).at(-1)!.reply_to_message?.message_id, other.message_id);
});

Deno.test("erasing takes a payment away that waits, and says so; nothing of it lies open until then", async () => {
  const { desk, maria, says, got } = await open();
  await using _ = desk;
  const said = () => desk.group.messages.map(({ text = "" }) => text);
  const question = await asksToErase(desk, maria);
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method === "sendPhoto");
  await says(desk.ana, "/pix 10 Pães de mel");
  await says(desk.ana, "/pix 20 Outros pães de mel");
  for await (const { value } of desk.kv.list({ prefix: [] })) {
    assert(!Deno.inspect(value, { depth: 9 }).includes("mel"), Deno.inspect(value));
  }
  await presses(desk, maria, question, "Sim, apagar");
  for (let times = 0; times < 10; times++) await desk.passes(1100);
  desk.telegram.faults.clear();
  await desk.passes(HOUR_MS);
  assertStringIncludes(said().join(), "Mensagens que não foram mais entregues: 2.");
  assertEquals(got().some(({ photo }) => photo), false);
});

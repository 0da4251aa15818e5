/** Canned replies are added, replaced and counted; what cannot be one is refused with the reason. */
import type { Message } from "grammy/types";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MAX_REPLIES, type Reply } from "../../src/replies/reply.ts";
import { TestDesk } from "../support/desk.ts";
import {
  commands,
  imports,
  offered,
  presses,
  said,
  saidIn,
  titlesOf,
} from "../support/reply_desk.ts";
import type { ContentSpec } from "../../playground/telegram/telegram.ts";

Deno.test("a reply is added with its text, and offered with its formatting", async () => {
  await using desk = await TestDesk.open();
  const head = "/addreply   Prazo de\tentrega";
  desk.boss.sends(desk.group, {
    text: `${head}\n\n Entregamos em 3 dias. \n`,
    entities: [{ type: "bold", offset: head.length + 3, length: 10 }],
  });
  await desk.settled();
  assertEquals(said(desk), "✅ Resposta guardada: Prazo de entrega");
  const [result] = await offered(desk, desk.ana, "prazo");
  assertEquals(titlesOf([result]), ["Prazo de entrega"]);
  const sent = desk.boss.choosesResult(desk.group, result!);
  assertEquals(sent.text, "Entregamos em 3 dias.");
  assertEquals(sent.entities, [{ type: "bold", offset: 0, length: 10 }]);
});

const KINDS: [name: string, content: ContentSpec][] = [
  ["text", { text: "olá", entities: [{ type: "italic", offset: 0, length: 3 }] }],
  ["photo", { photo: true, caption: "foto", show_caption_above_media: true }],
  ["video", { video: true, caption: "vídeo" }],
  ["animation", { animation: true }],
  ["audio", { audio: true, caption: "música" }],
  ["voice", { voice: true }],
  ["document", { document: true, caption: "pdf" }],
  ["sticker", { sticker: true }],
  ["location", { location: true }],
  ["venue", { venue: true }],
  ["contact", { contact: true }],
];

for (const [kind, content] of KINDS) {
  Deno.test(`a message becomes a reply, is inserted as it is, and previewed: ${kind}`, async () => {
    await using desk = await TestDesk.open();
    const model = desk.boss.sends(desk.group, content) as Message;
    assertEquals(
      await commands(desk, `/addreply Um ${kind}`, model.message_id),
      `✅ Resposta guardada: Um ${kind}`,
    );
    const [result] = await offered(desk, desk.ana);
    assertEquals(result!.id.length, 16);
    const sent = desk.boss.choosesResult(desk.group, result!) as Message;
    await commands(desk, "/replies");
    await presses(desk, desk.boss, "👁 1");
    for (const message of [sent, saidIn(desk)]) {
      assertEquals(message[kind as "text"], model[kind as "text"]);
      assertEquals(message.entities, model.entities);
      assertEquals(message.caption, model.caption);
      assertEquals(message.show_caption_above_media, model.show_caption_above_media);
    }
  });
}

Deno.test("what cannot be a reply is refused with the reason", async () => {
  await using desk = await TestDesk.open();
  const { group, boss } = desk;
  for (const bare of ["/addreply", "/resposta"]) {
    assertStringIncludes(await commands(desk, bare), "/resposta Prazo de entrega");
  }
  assertStringIncludes(await commands(desk, "/addreply Só título"), "falta o texto");
  assertStringIncludes(await commands(desk, "/addreply\nsó texto"), "falta o título");
  assertStringIncludes(
    await commands(desk, `/addreply ${"t".repeat(65)}\nx`),
    "o título tem 65 caracteres; o máximo é 64",
  );
  assertStringIncludes(await commands(desk, `/addreply ${"é".repeat(64)}\nx`), "✅");
  const poll = boss.sends(group, { poll: { question: "?", options: ["a", "b"] } });
  assertStringIncludes(await commands(desk, "/addreply P", poll.message_id), "(enquete)");
  boss.info.is_premium = true;
  const long = boss.sends(group, "x".repeat(4097));
  assertStringIncludes(
    await commands(desk, "/addreply L", long.message_id),
    "o texto tem 4097 caracteres; o máximo é 4096",
  );
  const caption = boss.sends(group, { photo: true, caption: "x".repeat(1025) });
  assertStringIncludes(
    await commands(desk, "/addreply L", caption.message_id),
    "a legenda tem 1025 caracteres; o máximo é 1024",
  );
  const maria = await desk.hearsFrom("Maria");
  boss.comments(desk.cardOf(maria), "/addreply Cartão", { as: desk.channel });
  await desk.settled();
  assertStringIncludes(said(desk), "falta o texto");
  assertEquals((await offered(desk, desk.ana)).length, 1);
});

Deno.test("a title that exists is replaced after one press", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Ação\num");
  assertEquals(await commands(desk, "/addreply Ação\num"), "✅ Resposta guardada: Ação");
  assertEquals(
    await commands(desk, "/addreply acao\ndois"),
    "Já existe uma resposta “acao”. Substituir?",
  );
  const textOf = async () => {
    const [result] = await offered(desk, desk.ana, "acao");
    return desk.boss.choosesResult(desk.group, result!).text;
  };
  assertEquals(await textOf(), "um");
  await presses(desk, desk.boss, "Substituir");
  assertEquals(said(desk), "✅ Resposta atualizada: acao");
  assertEquals(await textOf(), "dois");
});

Deno.test("unknown placeholders are warned of", async () => {
  await using desk = await TestDesk.open();
  const answer = await commands(desk, "/addreply Oi\n{Nome}, {saudação} {nomee} {foo} {nomee}");
  assertStringIncludes(answer, "Não conheço {nomee}, {foo}: ficará como está.");
});

Deno.test("two administrators who add at once lose nothing", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.promote(desk.channel, desk.bia);
  desk.telegram.addMember(desk.group, desk.bia);
  for (let n = 0; n < 6; n++) {
    desk.boss.sends(desk.group, `/addreply Boss ${n}\num`);
    desk.bia.sends(desk.group, `/addreply Bia ${n}\ndois`);
  }
  desk.boss.sends(desk.group, "/addreply Igual\num");
  desk.bia.sends(desk.group, "/addreply Igual\ndois");
  await desk.settled();
  assertEquals((await offered(desk, desk.ana)).length, 13);
  const asked = desk.group.messages.filter(({ text }) => text?.startsWith("Já existe"));
  assertEquals(asked.length, 1, "the second of two with one title is asked");
});

Deno.test("of two who add the last reply there is room for, one is told so", async () => {
  await using desk = await TestDesk.open();
  await desk.kv.set([desk.bot.id, "replies", desk.channel.id], { v: 1, value: MAX_REPLIES - 1 });
  const added = await Promise.all(["Um", "Dois"].map((title) => {
    const reply: Reply = { title, content: { kind: "text", words: { text: "x", entities: [] } } };
    return desk.anotherStore().replies.add(desk.channel.id, reply, { replaces: false });
  }));
  assertEquals(added.sort(), ["added", "full"]);
});

Deno.test("a desk has 5,000 replies at most", async () => {
  await using desk = await TestDesk.open();
  await desk.kv.set([desk.bot.id, "replies", desk.channel.id], { v: 1, value: MAX_REPLIES - 1 });
  assertStringIncludes(await commands(desk, "/addreply Um\num"), "✅");
  assertStringIncludes(await commands(desk, "/addreply Dois\ndois"), "no máximo 5000");
});

Deno.test("a reply that would be taken for a note or a command is kept, and that is said", async () => {
  await using desk = await TestDesk.open();
  const note =
    "⚠️ Ela começa com “#”, como as notas internas: inserida em uma conversa, não chega ao cliente.";
  const command =
    "⚠️ Ela começa com “/”, como os comandos: inserida em uma conversa, não chega ao cliente.";
  assertEquals(
    await commands(desk, "/addreply Promo\n#promo da semana"),
    `✅ Resposta guardada: Promo\n${note}`,
  );
  await commands(desk, "/addreply Promo\n/promo da semana");
  await presses(desk, desk.boss, "Substituir");
  assertEquals(said(desk), `✅ Resposta atualizada: Promo\n${command}`);
  const photo = desk.boss.sends(desk.group, { photo: true, caption: "#promo" });
  assertStringIncludes(await commands(desk, "/addreply Foto", photo.message_id), note);
  for (const words of ["no. #1", "50/60", "/ 2", "🔥 #promo"]) {
    assertEquals(
      await commands(desk, `/addreply ${words}\n${words}`),
      `✅ Resposta guardada: ${words}`,
    );
  }

  const maria = await desk.hearsFrom("Maria", "tem promoção?");
  const [result] = await offered(desk, desk.ana, "foto");
  const root = desk.group.messages.findLast(({ is_automatic_forward }) => is_automatic_forward)!;
  const sent = desk.ana.choosesResult(desk.group, result!, { replyTo: root.message_id });
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, 1);
  const told = desk.threadOf(maria).at(-1)!;
  assertStringIncludes(told.text!, "O cliente não recebeu esta mensagem");
  assertEquals(told.reply_to_message?.message_id, sent.message_id);
});

Deno.test("an import names the replies that would reach nobody", async () => {
  await using desk = await TestDesk.open();
  const replies = Array.from({ length: 12 }, (_, index) => ({
    title: `Nota ${index}`,
    kind: "text",
    text: `# nota ${index}`,
  }));
  const all = {
    version: 1,
    replies: [...replies, { title: "Oi", kind: "text", text: "oi" }],
  };
  const answer = await imports(desk, all);
  assertStringIncludes(answer, "✅ Novas: 13. Atualizadas: 0.\n⚠️ Começam com “#” ou “/”");
  assertStringIncludes(answer, "Nota 0, Nota 1, ");
  assert(answer.endsWith(" …"), answer);
});

import type { Message } from "grammy/types";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { idOf, MAX_REPLIES, type Reply } from "../../src/replies/reply.ts";
import { previewOf } from "../../src/buttons/replies.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import type { ContentSpec, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** What the bot said last in the group. */
const saidIn = (desk: TestDesk) =>
  desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id) as Message;
const said = (desk: TestDesk) => saidIn(desk)?.text ?? saidIn(desk)?.caption ?? "";

async function commands(desk: TestDesk, text: string, replyTo?: number): Promise<string> {
  desk.boss.sends(desk.group, text, replyTo === undefined ? {} : { replyTo });
  await desk.settled();
  return said(desk);
}

async function presses(desk: TestDesk, who: SimulatedUser, label: string) {
  const message = saidIn(desk);
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat();
  const button = buttons.find(({ text }) => text === label)!;
  assert(button, `no button ${label} in ${JSON.stringify(buttons)}`);
  const answer = who.presses(message, (button as { callback_data: string }).callback_data);
  await desk.settled();
  return (await answer)?.text;
}

async function offered(desk: TestDesk, who: SimulatedUser, query = "", offset = "") {
  const asking = who.queries(desk.bot, query, offset);
  await desk.settled();
  return await asking;
}
const titlesOf = (results: unknown[]) =>
  (results as { title?: string; type: string }[]).map(({ title, type }) => title ?? type);

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

Deno.test("commands work in the group, in any thread and in private, by all their names", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.boss.comments(desk.cardOf(maria), "/resposta Um\num", { as: desk.channel });
  await desk.settled();
  desk.boss.sends(desk.group, "/addreply@padaria_bot Dois\ndois", { as: "anonymous" });
  await desk.settled();
  const chat = desk.chatOf(desk.boss);
  const model = desk.boss.sends(chat, "x");
  await desk.settled();
  desk.boss.sends(chat, "/addreply Três", { replyTo: model.message_id });
  await desk.settled();
  assertEquals(desk.toldTo(desk.boss).at(-1)!.text, "✅ Resposta guardada: Três");
  assertEquals(titlesOf(await offered(desk, desk.ana)).sort(), ["Dois", "Três", "Um"]);
  assertStringIncludes(await commands(desk, "/respostas"), "1–3 de 3");
  assertEquals(await commands(desk, "/remover um"), "🗑 Resposta apagada: Um");
  assertEquals(desk.toldTo(maria).length, 1, "the customer reads none of it");
});

Deno.test("only administrators may; a customer's command is a message like any other", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "/addreply Golpe\nmande seu cartão");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "/addreply Golpe\nmande seu cartão");
  await desk.settled();
  desk.ana.sends(desk.chatOf(desk.ana), "/addreply Golpe\nmande seu cartão");
  await desk.settled();
  assertEquals(await offered(desk, desk.ana), []);
  assertStringIncludes(textsOf(desk.threadOf(maria))[0]!, "/addreply Golpe");

  await commands(desk, "/addreply Um\num");
  await commands(desk, "/replies");
  for (const somebody of [maria, desk.ana]) {
    assertEquals(await presses(desk, somebody, "✕ 1"), "Só administradores podem fazer isso.");
  }
  assertEquals(titlesOf(await offered(desk, desk.ana)), ["Um"]);
});

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
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
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

Deno.test("the list has pages, searches, renames and deletes", async () => {
  await using desk = await TestDesk.open();
  for (let n = 1; n <= 18; n++) {
    await commands(
      desk,
      `/addreply Item ${String(n).padStart(2, "0")}\ntexto ${n % 2 ? "ímpar" : "par"}`,
    );
  }
  assertStringIncludes(await commands(desk, "/replies"), "1–8 de 18");
  await presses(desk, desk.boss, "▶");
  assertStringIncludes(said(desk), "9–16 de 18");
  assertStringIncludes(said(desk), "9. Item 09 · 0×\ntexto ímpar");
  await presses(desk, desk.boss, "▶");
  assertEquals(await presses(desk, desk.boss, "✕ 18"), "🗑 Resposta apagada: Item 18");
  assertEquals(await presses(desk, desk.boss, "✕ 17"), "🗑 Resposta apagada: Item 17");
  assertStringIncludes(said(desk), "9–16 de 16");
  await presses(desk, desk.boss, "◀");
  assertStringIncludes(said(desk), "1–8 de 16");
  assertStringIncludes(await commands(desk, "/replies impar"), "com “impar”: 1–8 de 8");
  assertStringIncludes(await commands(desk, "/replies nada disso"), "Nenhuma resposta com");

  await commands(desk, "/replies item 03");
  await presses(desk, desk.boss, "✏️ 1");
  assertStringIncludes(said(desk), "/renamereply Item 03\nItem 03");
  assertEquals(await commands(desk, "/renamereply Item 03\nNovo"), "✅ Agora se chama: Novo");
  assertStringIncludes(await commands(desk, "/renomear"), "/renomear Prazo de entrega\nEntrega");
  assertStringIncludes(await commands(desk, "/renamereply Novo\nItem 04"), "Já existe");
  assertStringIncludes(await commands(desk, "/delreply Item 03"), "Não há resposta “Item 03”");
  assertStringIncludes(await commands(desk, "/delreply Itm 04"), "• Item 04");
  assertStringIncludes(await commands(desk, "/delreply"), "Diga o título da resposta");
  assertEquals(await commands(desk, "/delreply novo"), "🗑 Resposta apagada: Novo");
});

Deno.test("a preview is one line that says when there is more", () => {
  const previewed = (text: string) => previewOf({ kind: "text", words: { text, entities: [] } });
  assertEquals(previewed("  um\n\n dois\ttrês "), "um dois três");
  assertEquals(previewed("a".repeat(70)), "a".repeat(70));
  assertEquals(previewed("🍞".repeat(71)), `${"🍞".repeat(70)}…`);
  assertEquals(previewed(`curto${" ".repeat(4000)}fim`), "curto…");
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

Deno.test("another instance's change is seen at the next query", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Um\num");
  assertEquals((await offered(desk, desk.ana)).length, 1);
  await desk.anotherStore().replies.rename(desk.channel.id, idOf("Um"), "Mudou");
  assertEquals(titlesOf(await offered(desk, desk.ana)), ["Mudou"]);
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

Deno.test("strangers get the way to be served and nothing else; former members as well", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Segredo\num");
  const eve = desk.telegram.createUser({ firstName: "Eve", languageCode: "en" });
  const answerTo = async (who: SimulatedUser, query = "segredo") => {
    const results = await offered(desk, who, query);
    const call = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
    const payload = call.payload as Record<string, unknown>;
    assertEquals(payload.is_personal, true);
    assert((payload.cache_time as number) <= 5);
    return { results, button: payload.button };
  };
  const { results, button } = await answerTo(eve);
  assertEquals(button, { text: "Talk to us", start_parameter: "inline" });
  assertEquals(results.length, 1);
  const sent = eve.choosesResult(desk.chatOf(eve), results[0]!);
  assertEquals(sent.text, "Talk to us here: https://t.me/padaria_bot?start=inline");

  assertEquals(titlesOf((await answerTo(desk.ana)).results), ["Segredo"]);
  desk.ana.leaves(desk.channel);
  await desk.settled();
  assertEquals(titlesOf((await answerTo(desk.ana)).results), ["Fale conosco"]);

  // The bot is not told of this one: after five minutes it asks again.
  assertEquals(titlesOf((await answerTo(desk.bia)).results), ["Segredo"]);
  const allowed = desk.bot.allowedUpdates;
  desk.bot.allowedUpdates = allowed.filter((type) => type !== "chat_member");
  desk.telegram.removeMember(desk.channel, desk.bia, "kicked");
  desk.bot.allowedUpdates = allowed;
  await desk.passes(5 * 60_000 + 1);
  assertEquals(titlesOf((await answerTo(desk.bia)).results), ["Fale conosco"]);
});

Deno.test("while Telegram does not say who is of the team, nobody is offered anything", async () => {
  await using desk = await TestDesk.open();
  await commands(desk, "/addreply Um\num");
  desk.telegram.faults.next(
    "getChatMember",
    { kind: "error", errorCode: 500, description: "x" },
    5,
  );
  assertEquals(await offered(desk, desk.ana), []);
});

Deno.test("a page ends where an answer becomes too large for Telegram", async () => {
  await using desk = await TestDesk.open();
  const url = `https://padaria.example/${"x".repeat(100)}`;
  const entities = Array.from({ length: 300 }, (_, n) => ({
    type: "text_link",
    offset: n * 10,
    length: 9,
    url,
  }));
  const replies = Array.from({ length: 45 }, (_, n) => ({
    title: `Item ${n}`,
    text: "ção ".repeat(1000),
    entities,
  }));
  const bytes = new TextEncoder().encode(JSON.stringify({ replies }));
  const file = desk.boss.sends(desk.group, { document: { bytes, fileName: "r.json" } });
  await commands(desk, "/importreplies", file.message_id);
  const seen = new Set<string>();
  const nextOffset = () => {
    const call = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
    return (call.payload as { next_offset: string }).next_offset;
  };
  let pages = 0;
  for (let offset = ""; pages === 0 || offset !== ""; offset = nextOffset()) {
    const results = await offered(desk, desk.ana, "item", offset);
    assert(results.length > 0, `nothing on page ${pages}`);
    for (const { id } of results) seen.add(id);
    pages++;
  }
  assertEquals(seen.size, 45);
  assert(pages > 1);
});

Deno.test("results come in pages of 50", async () => {
  await using desk = await TestDesk.open();
  const replies = Array.from(
    { length: 120 },
    (_, n) => ({ title: `Item ${n}`, text: `texto ${n}` }),
  );
  const bytes = new TextEncoder().encode(JSON.stringify({ replies }));
  const file = desk.boss.sends(desk.group, { document: { bytes, fileName: "r.json" } });
  assertEquals(
    await commands(desk, "/importreplies", file.message_id),
    "✅ Novas: 120. Atualizadas: 0.",
  );
  const seen = new Set<string>();
  for (const [offset, count] of [["", 50], ["50", 50], ["100", 20]] as const) {
    const results = await offered(desk, desk.ana, "texto", offset);
    assertEquals(results.length, count);
    for (const { id } of results) seen.add(id);
  }
  assertEquals(seen.size, 120);
  const last = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
  assertEquals((last.payload as { next_offset: string }).next_offset, "");
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

  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "tem promoção?");
  await desk.settled();
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
  const json = JSON.stringify({
    version: 1,
    replies: [...replies, { title: "Oi", kind: "text", text: "oi" }],
  });
  const document = { bytes: new TextEncoder().encode(json), fileName: "replies.json" };
  const file = desk.boss.sends(desk.group, { document });
  const answer = await commands(desk, "/importreplies", file.message_id);
  assertStringIncludes(answer, "✅ Novas: 13. Atualizadas: 0.\n⚠️ Começam com “#” ou “/”");
  assertStringIncludes(answer, "Nota 0, Nota 1, ");
  assert(answer.endsWith(" …"), answer);
});

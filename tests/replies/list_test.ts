/** The list of canned replies, and the commands of the administrators who keep them. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { previewOf } from "../../src/buttons/replies.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { commands, offered, presses, said, titlesOf } from "../support/reply_desk.ts";

Deno.test("commands work in the group, in any thread and in private, by all their names", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
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
  const maria = await desk.hearsFrom("Maria", "/addreply Golpe\nmande seu cartão");
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

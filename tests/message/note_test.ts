import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { Side } from "../support/sides.ts";

Deno.test("an edit of the card says nothing to anybody", async () => {
  await using side = await Side.open("the team");
  side.desk.boss.edits(side.desk.cardOf(side.maria), "🟥 Maria");
  await side.desk.settled();
  assertEquals([side.arrived(), side.told()], [[], []]);
});

Deno.test("an edited /start is no message, and neither is a spurious edit of it", async () => {
  await using side = await Side.open("a customer");
  const start = side.maria.starts(side.desk.bot);
  await side.desk.settled();
  side.forgets();
  side.desk.telegram.spuriousEdit(start);
  await side.desk.settled();
  assertEquals(side.arrived(), []);
  await side.edits(start, "queria pão");
  assertEquals(textsOf(side.arrived()), ["queria pão"]);
});

Deno.test("a note that loses its # becomes an answer; a command that becomes words as well", async () => {
  await using side = await Side.open("the team");
  const question = side.maria.sends(side.there, "tem pão?");
  await side.desk.settled();
  const shown = side.desk.threadOf(side.maria).at(-1)!;
  const note = await side.sends("# tem, mas acabou", { replyTo: shown.message_id });
  const command = await side.sends("/tem");
  side.forgets();
  side.desk.telegram.spuriousEdit(note);
  side.desk.telegram.spuriousEdit(command);
  await side.desk.settled();
  assertEquals(side.calls, []);
  await side.edits(note, "acabou, sinto muito");
  await side.edits(command, "amanhã tem");
  assertEquals(textsOf(side.arrived()), ["acabou, sinto muito", "amanhã tem"]);
  assertEquals(side.arrived()[0]!.reply_to_message?.message_id, question.message_id);
});

Deno.test("an answer that becomes a note or a command is not withdrawn, and that is said once", async () => {
  await using side = await Side.open("the team");
  for (const edited of ["# acabou", "/acabou"]) {
    side.forgets();
    const sent = await side.sends("acabou");
    await side.edits(sent, edited);
    await side.edits(sent, `${edited} mesmo`);
    assertEquals(textsOf(side.arrived()), ["acabou"]);
    assertEquals(
      side.told().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
      [[
        "⚠️ O cliente já recebeu esta mensagem como era antes: o que ele recebeu não é retirado.",
        sent.message_id,
      ]],
    );
    await side.edits(sent, "acabou ontem");
    assertEquals(textsOf(side.arrived()), ["acabou ontem"]);
  }
});

Deno.test("an answer that becomes a note before it went never goes", async () => {
  await using side = await Side.open("the team");
  side.desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 10 });
  await side.sends("um momento");
  const text = await side.sends("o cliente é chato");
  const album = await side.sendsPieces([{ photo: true, caption: "um" }, { photo: true }]);
  await side.edits(text, "# o cliente é chato");
  await side.edits(album[0]!, { caption: "# um" });
  side.desk.telegram.spuriousEdit(album[1]!);
  await side.desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["um momento"]);
  assertEquals(side.told(), []);
});

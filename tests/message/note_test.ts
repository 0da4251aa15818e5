import { assert, assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";
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

for (
  const [what, words, mark] of [
    ["a note", "# só para nós", "#"],
    ["a command of another bot", "/promo@outro_bot", "/"],
  ] as const
) {
  Deno.test(`who inserts what is taken for ${what} is told that it stayed`, async () => {
    await using side = await Side.open("the team");
    const { desk } = side;
    const contents: ContentSpec[] = [words, { photo: true, caption: words }];
    for (const content of contents) {
      side.forgets();
      const sent = await side.sends(content, { viaBot: desk.bot });
      assertEquals(side.arrived(), []);
      const [told] = side.told();
      assert(told!.text!.includes(`O cliente não recebeu esta mensagem: ela começa com “${mark}”`));
      assertEquals(told!.reply_to_message?.message_id, sent.message_id);
      desk.telegram.spuriousEdit(sent);
      await desk.settled();
      assertEquals([side.arrived().length, side.told().length], [0, 1]);
    }
  });
}

Deno.test("who writes a note, or is not of the team, is told nothing of it", async () => {
  await using side = await Side.open("the team");
  const { desk, maria } = side;
  await side.sends("# só para nós");
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  eve.comments(desk.cardOf(maria), "# olá", { viaBot: desk.bot });
  await desk.settled();
  assertEquals([side.arrived(), side.told()], [[], []]);
});

Deno.test("an inserted note of who writes as the channel is told as well", async () => {
  await using side = await Side.open("the team");
  const { desk, maria } = side;
  desk.boss.comments(desk.cardOf(maria), "# olá", { as: desk.channel, viaBot: desk.bot });
  await desk.settled();
  assertEquals([side.arrived().length, side.told().length], [0, 1]);
});

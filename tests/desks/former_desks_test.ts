/** Desks at which a conversation was before: whichever way it has gone on, none of them is forgotten. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { CALLED_OFF, openTwoDesks } from "../support/two_desks.ts";

/** Three desks, and a way from the first by the second to the third, and back to the second. */
async function openThreeDesks() {
  const talk = await openTwoDesks({ others: ["Vendas", "Suporte"] });
  const { desk, service, sales, comments } = talk;
  const support = desk.others[1]!;
  const goesOnAndBack = async () => {
    await comments(desk.boss, service, "/transfer vendas");
    await comments(desk.boss, sales, "/transfer suporte");
    await comments(desk.boss, support, "/transfer vendas");
  };
  return { ...talk, support, goesOnAndBack };
}

Deno.test("an edit changes the copy at the first desk, though the conversation is back at the second", async () => {
  const { desk, service, sales, maria, first, thread, told, goesOnAndBack } =
    await openThreeDesks();
  await using _ = desk;
  await goesOnAndBack();
  const before = told().length;
  maria.edits(first, "boa tarde");
  await desk.settled();
  assertEquals(thread(service)[0], "boa tarde");
  assertEquals(
    thread(sales).at(-1),
    "✏️ O cliente editou uma mensagem que está em atendimento: ela mudou lá.",
  );
  assertEquals(told().length, before);
});

Deno.test("whichever way a conversation goes, an edit finds each desk at which it was", async () => {
  const { desk, service, sales, support, maria, first, comments, writes, thread, told } =
    await openThreeDesks();
  await using _ = desk;
  await comments(desk.boss, service, "/transfer suporte");
  const second = await writes("chegou quebrado");
  await comments(desk.boss, support, "/transfer vendas");
  const third = await writes("quero outro");
  const before = told().length;
  const way = [
    ...[[sales, "atendimento"], [service, "vendas"], [sales, "atendimento"]],
    ...[[service, "suporte"], [support, "atendimento"], [service, "vendas"]],
  ] as const;
  for (const [step, [from, to]] of way.entries()) {
    await comments(desk.boss, from, `/transfer ${to}`);
    for (const message of [first, second, third]) maria.edits(message, `versão ${step}`);
    await desk.settled();
    const shown = [service, support, sales].map((at) =>
      thread(at).filter((text) => text === `versão ${step}`).length
    );
    assertEquals(shown, [1, 1, 1], `at ${to}`);
  }
  assertEquals(told().length, before);
});

Deno.test("an answer to a message of the first desk says at the second what it answers", async () => {
  const { desk, sales, first, writes, thread, goesOnAndBack } = await openThreeDesks();
  await using _ = desk;
  await goesOnAndBack();
  await writes("como eu disse", { replyTo: first.message_id });
  assertEquals(thread(sales).at(-1), "↩ “bom dia”\ncomo eu disse");
});

Deno.test("what waits at the first desk for a customer who is back goes", async () => {
  const { desk, service, maria, comments, told, goesOnAndBack } = await openThreeDesks();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "o pão está pronto");
  await goesOnAndBack();
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(told().at(-1), "o pão está pronto");
});

Deno.test("a ban at the second desk calls off what the first has to be sent later", async () => {
  const { desk, service, sales, bans, comments, told, thread, goesOnAndBack } =
    await openThreeDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/later 2h amanhã tem pão");
  await goesOnAndBack();
  await bans(sales);
  assertStringIncludes(thread(sales).at(-1)!, CALLED_OFF);
  await desk.passes(3 * HOUR_MS);
  assertEquals(told().at(-1), "bom dia, Maria!");
});

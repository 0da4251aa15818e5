/** A desk that is given another group, with conversations that were transferred to it or from it. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { openTwoDesks, WENT_TO_SALES } from "../support/two_desks.ts";

Deno.test("a desk that is given another group goes on there with who was transferred to it, and from it", async () => {
  const { desk, service, sales, caio, maria, comments, writes, thread, told, card } =
    await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  await writes("um");
  const group = desk.telegram.createSupergroup({ title: "Vendas (novo log)", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  desk.telegram.link(sales.channel, group);
  const moved = { channel: sales.channel, group };
  for (let minutes = 0; minutes < 10; minutes++) await desk.passes(MINUTE_MS);
  await writes("dois");
  assertEquals(thread(moved).at(-1), "dois");
  await comments(caio, moved, "três");
  assertEquals(told().at(-1), "três");
  await comments(desk.ana, service, "e aqui?");
  assertEquals(thread(service).at(-1), WENT_TO_SALES);
  await comments(caio, moved, "/transfer atendimento");
  await writes("quatro");
  assertEquals(thread(service).at(-1), "quatro");
  assertStringIncludes(card(moved), "→ atendimento");
  assertEquals(desk.cardOf(maria, service).text!.startsWith("🟦"), true);
});

for (const answersToDeleted of ["not found", "invalid", "astray"] as const) {
  Deno.test(`who deletes an answer before it goes is told so in the old thread, though its desk was given another group, where an answer to a deleted message is ${answersToDeleted}`, async () => {
    const { desk, service, sales, comments, thread, told } = await openTwoDesks();
    await using _ = desk;
    desk.telegram.unproven.answersToDeleted = answersToDeleted;
    const before = told().length;
    desk.telegram.faults.rate({ kind: "429", retryAfterS: 600 }, 1, "copyMessage");
    const { chat, message_id } = await comments(desk.ana, service, "já te respondo");
    await comments(desk.ana, service, "/transfer vendas");
    const { group: former, channel } = service;
    const group = desk.telegram.createSupergroup({ title: "Novo log", creator: desk.boss });
    desk.telegram.promote(group, desk.bot);
    desk.telegram.link(channel, group);
    for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
    desk.ana.deletes({ chat, message_id } as SimulatedMessage);
    desk.telegram.faults.clear();
    for (let minutes = 0; minutes < 15; minutes++) await desk.passes(MINUTE_MS);
    const root = former.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
    assertEquals(
      textsOf(former.thread(root.message_id)).at(-1),
      "⚠️ Não foi possível entregar esta mensagem: ela foi apagada antes de ser copiada.",
    );
    const outside = former.messages.filter(({ from, message_thread_id }) =>
      from?.id === desk.bot.id && message_thread_id === undefined
    );
    assertEquals(textsOf(outside), []);
    assertEquals(group.messages.filter(({ from }) => from?.id === desk.bot.id), []);
    assertEquals(thread(sales).length, 1);
    assertEquals(told().length, before);
  });
}

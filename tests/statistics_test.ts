import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "./desk.ts";

Deno.test("/stats answers administrators with numbers and a picture of what happened", async () => {
  await using desk = await TestDesk.open({ settings: { rating: true, panel: false } });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  await desk.passes(4 * 60_000);
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "tem pão?");
  await desk.settled();
  desk.boss.comments(desk.cardOf(maria), "tem!", { as: desk.channel });
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  maria.presses(desk.toldTo(maria).at(-1) as never, "rate 5");
  await desk.settled();
  desk.boss.starts(desk.bot);
  await desk.settled();
  desk.boss.sends(desk.chatOf(desk.boss), "/stats");
  await desk.settled();
  const shown = desk.toldTo(desk.boss).at(-1)!;
  assert(shown.photo, "there is a picture");
  for (
    const line of [
      "Conversas abertas: 2",
      "Conversas fechadas: 1",
      "Esperando agora: 1",
      "Ana",
    ]
  ) assertStringIncludes(shown.caption!, line);
  const { width, file_size } = shown.photo.at(-1)!;
  assertEquals(width, 1280);
  assert(file_size! > 10_000);
});

Deno.test("/stats of a desk where nothing happened is a kind sentence", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  desk.boss.sends(desk.chatOf(desk.boss), "/estatisticas 30d");
  await desk.settled();
  const shown = desk.toldTo(desk.boss).at(-1)!;
  assertEquals(shown.photo, undefined);
  assertStringIncludes(shown.text!, "30 dias");
});

Deno.test("events hold kinds, times and agents only", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "segredo");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "outro segredo");
  await desk.settled();
  const events: unknown[] = [];
  for await (const { key, value } of desk.kv.list<{ value: object }>({ prefix: [desk.bot.id] })) {
    if (key[1] === "event") events.push(Object.keys(value.value));
  }
  assertEquals(events.length, 3);
  const fields = new Set(events.flat());
  assertEquals([...fields].toSorted(), ["agentId", "atMs", "kind", "waitedMs"]);
});

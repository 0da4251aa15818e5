import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openConversation } from "../../src/conversation/conversation.ts";
import { TestDesk } from "../support/desk.ts";
import { erases } from "../support/erasing.ts";

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

Deno.test("/stats knows two periods, and says so to whoever asks for another", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const answerTo = async (words: string) => {
    desk.boss.sends(desk.chatOf(desk.boss), words);
    await desk.settled();
    return desk.toldTo(desk.boss).at(-1)!.text!;
  };
  const periods = [
    [
      "7 dias",
      "",
      "7d",
      "7",
      "semana",
      "Semana!",
      "week",
      "this week",
      "esta semana",
      "últimos 7 dias",
    ],
    ["7 dias", "última semana", "1 semana", "uma semana", "la última semana", "７ dias", ": 7"],
    ["30 dias", "30d", "30 dias", "mês", "mes", "MÊS", "month", "last month", "este mês", "30"],
    ["30 dias", "último mês", "último mes", "um mês", "los últimos 30 días", "mensal", "1 month"],
  ] as const;
  for (const [period, ...written] of periods) {
    for (const words of written) {
      const said = await answerTo(`/stats ${words}`);
      assertStringIncludes(said, `Últimos ${period}`, words);
      assertStringIncludes(said, "Nenhuma conversa", words);
    }
  }
  for (
    const words of [
      ...["90d", "3", "77", "ontem", "-7", "hoje", "julho", "mês passado", "semana pasada", "ano"],
      ...["2 semanas", "7 meses", "semana e mês", "24/12", "tudo"],
    ]
  ) assertStringIncludes(await answerTo(`/stats ${words}`), "/estatisticas 30d", words);
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
  const maria = await desk.hearsFrom("Maria", "segredo");
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

Deno.test("who comes from the older bot is counted when they write, once, however they stood", async () => {
  await using desk = await TestDesk.open();
  const states = ["closed", "open", "banned"] as const;
  const people = states.map((status) => ({ status, customer: desk.customer(status) }));
  await desk.anotherStore().record(desk.channel.id, () => ({
    conversations: people.map(({ status, customer: { id, info } }) => ({
      ...openConversation({ id, firstName: info.first_name }, desk.clock.now()),
      status,
    })),
  }));
  const counted = async () => {
    const list = desk.kv.list<{ value: { kind: string } }>({ prefix: [desk.bot.id, "event"] });
    return (await Array.fromAsync(list)).map(({ value }) => value.value.kind)
      .filter((kind) => kind === "opened" || kind === "closed");
  };
  for (const { customer } of people) {
    customer.sends(desk.chatOf(customer), "oi");
    await desk.settled();
  }
  assertEquals(await counted(), ["opened", "opened"]);
  // Nobody has counted that the one who was open, and never wrote, was opened.
  const otto = desk.customer("Otto");
  await desk.anotherStore().record(desk.channel.id, () => ({
    conversations: [openConversation({ id: otto.id, firstName: "Otto" }, desk.clock.now())],
  }));
  await erases(desk, otto);
  assertEquals(await counted(), ["opened", "opened"]);
  const [closed] = people;
  desk.ana.comments(desk.cardOf(closed!.customer), "/close");
  await desk.settled();
  closed!.customer.sends(desk.chatOf(closed!.customer), "voltei");
  await desk.settled();
  assertEquals((await counted()).toSorted(), ["closed", "opened", "opened", "opened"]);
});

Deno.test("/stats says how many were late and how many closed by themselves, where any did", async () => {
  await using desk = await TestDesk.open();
  const asks = async (words: string) => {
    desk.boss.sends(desk.chatOf(desk.boss), words);
    await desk.settled();
    const { caption, text } = desk.toldTo(desk.boss).at(-1)!;
    return caption ?? text!;
  };
  const customers = ["Maria", "João"].map((name) => desk.customer(name));
  for (const each of customers) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  assertEquals((await asks("/stats")).includes("Atrasadas"), false);
  await asks("/set alarm 5");
  await asks("/set autoclose 12h");
  await desk.passes(5 * 60_000);
  for (const each of customers) desk.ana.comments(desk.cardOf(each), "bom dia!");
  await desk.settled();
  customers[0]!.sends(desk.chatOf(customers[0]!), "obrigada");
  await desk.settled();
  desk.ana.comments(desk.cardOf(customers[0]!), "de nada");
  await desk.settled();
  for (const hours of [7, 7]) await desk.passes(hours * 3_600_000);
  const shown = await asks("/stats");
  for (const line of ["Conversas fechadas: 2", "Atrasadas: 2", "Encerradas sozinhas: 2"]) {
    assertStringIncludes(shown, line);
  }
});

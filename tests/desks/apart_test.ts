import { assert, assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import { type DeskChats, TestDesk, textsOf } from "../support/desk.ts";
import { erases, tracesOf } from "../support/erasing.ts";
import { Bells } from "../support/bells.ts";
import { readEnvironment } from "../../src/config.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A bot with two desks; whoever `isServedBy` is called with goes to the second. */
async function open(more: Parameters<typeof TestDesk.open>[0] = {}) {
  const desk = await TestDesk.open({ others: ["Vendas"], ...more });
  const sales = desk.others[0]!;
  const isServedBy = (chats: DeskChats, ...customers: SimulatedUser[]) =>
    desk.anotherStore().record(chats.channel.id, () => ({
      servedBy: customers.map(({ id }) => ({ customerId: id, deskId: chats.channel.id })),
    }));
  return { desk, sales, isServedBy };
}

const BREAKS: [what: string, breaks: (d: TestDesk, at: DeskChats) => void][] = [
  ["is thrown out of its group", (d, { group }) => d.telegram.removeMember(group, d.bot, "kicked")],
  ["may no longer post in its channel", (d, { channel }) => d.telegram.demote(channel, d.bot)],
  [
    "is thrown out of its channel",
    (d, { channel }) => d.telegram.removeMember(channel, d.bot, "kicked"),
  ],
];

for (const [what, breaks] of BREAKS) {
  Deno.test(`one desk works on while the bot ${what} at another`, async () => {
    const { desk, sales, isServedBy } = await open();
    await using _ = desk;
    desk.boss.starts(desk.bot);
    const [maria, joao, eva] = ["Maria", "João", "Eva"].map((name) => desk.customer(name));
    await isServedBy(sales, maria!);
    maria!.sends(desk.chatOf(maria!), "um");
    await desk.settled();
    breaks(desk, sales);
    await desk.settled();
    maria!.sends(desk.chatOf(maria!), "dois");
    joao!.sends(desk.chatOf(joao!), "olá");
    await desk.settled();
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
    eva!.sends(desk.chatOf(eva!), "oi");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(joao!)), ["olá"]);
    assertEquals(textsOf(desk.threadOf(eva!)), ["oi"]);
    desk.ana.comments(desk.cardOf(eva!), "bom dia");
    await desk.settled();
    assertEquals(desk.toldTo(eva!).at(-1)!.text, "bom dia");
    const { ok, desk: areWell, problems } = await desk.health();
    assertEquals([ok, areWell], [false, false]);
    assert(
      problems.every((problem: string) => problem.startsWith("vendas: ")),
      problems.join("\n"),
    );
    assertEquals(
      desk.toldTo(desk.boss).some(({ text }) => text?.startsWith("atendimento: ")),
      false,
    );
    for (const chat of [sales.channel, sales.group]) {
      desk.telegram.addMember(chat, desk.bot);
      desk.telegram.promote(chat, desk.bot);
    }
    await desk.settled();
    for (let minute = 0; minute < 2; minute++) await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.threadOf(maria!, sales)), ["um", "dois"]);
    assertEquals((await desk.health()).ok, true);
  });
}

Deno.test("what one desk's owner is told of trouble names the desk", async () => {
  const { desk, sales, isServedBy } = await open();
  await using _ = desk;
  desk.boss.starts(desk.bot);
  const maria = desk.customer("Maria");
  await isServedBy(sales, maria);
  desk.telegram.demote(sales.channel, desk.bot);
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const told = textsOf(desk.toldTo(desk.boss)).filter((text) => text?.includes("⚠️"));
  assertEquals(told.map((text) => text!.startsWith("vendas: ⚠️")), [true]);
});

Deno.test("people of one desk command nothing at another, in its group or in private", async () => {
  const { desk, sales } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  const carla = desk.customer("Carla");
  desk.telegram.promote(sales.channel, carla);
  await desk.settled();
  for (const words of ["/fim", "/p 5", "/set rating on", "/stats", "oi, Maria"]) {
    carla.comments(desk.cardOf(maria), words);
    await desk.settled();
  }
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
  assertEquals(textsOf(desk.toldTo(maria)).length, 1);
  const settings = await desk.anotherStore().reader(desk.channel.id).settings();
  assertEquals(settings.rating, undefined);
});

Deno.test("who joins a desk's group uninvited is removed from that one", async () => {
  const { desk, sales } = await open();
  await using _ = desk;
  const rui = desk.customer("Rui");
  for (const { group } of [desk, sales]) desk.telegram.addMember(group, rui);
  await desk.settled();
  for (const { group } of [desk, sales]) {
    assertEquals(group.membership(rui).status, "left");
  }
});

Deno.test("who erases their data is forgotten at all desks, and by the record of which serves them", async () => {
  const { desk, sales, isServedBy } = await open();
  await using _ = desk;
  const maria = await desk.hearsFrom("Maria");
  await isServedBy(sales, maria);
  maria.sends(desk.chatOf(maria), "e agora?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria, sales)), ["e agora?"]);
  await erases(desk, maria);
  await desk.passes(2000);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  for (const { channel } of [desk, sales]) {
    assertEquals(channel.messages.filter(({ text }) => text?.includes(String(maria.id))), []);
  }
});

Deno.test("health counts over all desks; the page lists each by its name", async () => {
  const { desk } = await open();
  await using _ = desk;
  assertEquals((await desk.health()).desk, true);
  const { config } = readEnvironment((name) => name === "BOT_TOKEN" ? desk.bot.token : undefined);
  const url = `https://desk.example/?code=${config!.claimCode}`;
  const page = await desk.app.handler(new Request(url));
  const html = await page.text();
  for (const name of ["atendimento", "vendas"]) assertStringIncludes(html, `<h3>${name}</h3>`);
});

Deno.test("a desk that CHANNEL_ID no longer names is no more: its customers are routed as new", async () => {
  const { desk, sales, isServedBy } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await isServedBy(sales, maria);
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria, sales)), ["oi"]);
  desk.others.length = 0;
  await desk.restart();
  maria.sends(desk.chatOf(maria), "e agora?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["e agora?"]);
  assertEquals(textsOf(desk.threadOf(maria, sales)), ["oi"]);
});

Deno.test("a bot with one desk becomes one of two: nobody is asked, nobody is moved", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  // As a program without names has left it.
  const kept = await desk.kv.get([desk.bot.id, "desk", desk.channel.id]);
  await desk.kv.atomic().delete(kept.key).delete([desk.bot.id, "desk-names"])
    .delete([desk.bot.id, "served-by", maria.id])
    .set([desk.bot.id, "desk"], kept.value).commit();
  desk.opens("Vendas");
  const calls = desk.telegram.calls.length;
  await desk.restart();
  assertEquals(
    desk.telegram.calls.slice(calls).some(({ method }) => method === "sendMessage"),
    false,
  );
  maria.sends(desk.chatOf(maria), "tudo bem?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "tudo bem?"]);
  const names = await desk.anotherStore().bot.deskNames();
  assertEquals(names.map(({ name }) => name), ["atendimento", "vendas"]);
});

Deno.test("four desks carry four times what one does, and a flooded one slows no other", async () => {
  const sentBy = async (others: string[], flooded: number) => {
    const bells = new Bells();
    await using desk = await TestDesk.open({
      others,
      limits: "telegram",
      env: { PACE: "telegram" },
      alarm: bells,
    });
    const all: DeskChats[] = [desk, ...desk.others];
    const customers = all.map((_, at) => desk.customer(`Cliente ${at}`));
    await desk.anotherStore().record(desk.channel.id, () => ({
      servedBy: customers.map(({ id }, at) => ({
        customerId: id,
        deskId: all[at]!.channel.id,
      })),
    }));
    for (const [at, customer] of customers.entries()) {
      const count = at === 0 ? flooded : 60;
      for (let n = 0; n < count; n++) customer.sends(desk.chatOf(customer), `${n}`);
    }
    await desk.settled();
    const endMs = desk.clock.now() + 2 * MINUTE_MS;
    while (await bells.next(desk, endMs - desk.clock.now()));
    return all.map((chats, at) => {
      const isCarded = chats.channel.messages.length > 0;
      return isCarded ? desk.threadOf(customers[at]!, chats).length : 0;
    });
  };
  const [one] = await sentBy([], 60);
  const four = await sentBy(["B", "C", "D"], 200);
  assertGreater(one!, 10);
  for (const count of four) assertGreater(count, 0.8 * one!, `${one} alone, ${four} together`);
});

Deno.test("typing / shows each desk's people what they may use, in its group and in private", async () => {
  const { desk, sales } = await open();
  await using _ = desk;
  const carla = desk.telegram.createUser({ firstName: "Carla", languageCode: "en" });
  for (const who of [carla, desk.ana]) who.starts(desk.bot);
  desk.telegram.promote(sales.channel, carla);
  await desk.settled();
  const offered = (who: SimulatedUser, chat = desk.chatOf(who)) =>
    who.menu(desk.bot, chat).map(({ command }) => command);
  for (const { group } of [desk, sales]) assert(offered(carla, group).includes("close"));
  assert(offered(carla).includes("stats"), String(offered(carla)));
  assertEquals(offered(desk.ana).includes("estatisticas"), false);
  desk.telegram.demote(sales.channel, carla);
  await desk.settled();
  assertEquals(offered(carla).includes("stats"), false);
});

Deno.test("a group that goes from one desk to another is the other's; once the first has a new one, it goes on there", async () => {
  const { desk, sales, isServedBy } = await open();
  await using _ = desk;
  const [eva, joao] = ["Eva", "João"].map((name) => desk.customer(name));
  eva!.sends(desk.chatOf(eva!), "oi");
  await isServedBy(sales, joao!);
  await desk.settled();
  const { channel, group } = desk;
  desk.telegram.link(sales.channel, group);
  joao!.sends(desk.chatOf(joao!), "quanto custa?");
  await desk.settled();
  for (let minute = 0; minute < 10; minute++) await desk.passes(MINUTE_MS);
  eva!.sends(desk.chatOf(eva!), "tem pão?");
  await desk.settled();
  const moved = { channel: sales.channel, group };
  assertEquals(textsOf(desk.threadOf(joao!, moved)), ["quanto custa?"]);
  desk.boss.comments(desk.cardOf(joao!, moved), "cinco reais");
  await desk.settled();
  assertEquals(desk.toldTo(joao!).at(-1)!.text, "cinco reais");
  const { ok, problems } = await desk.health();
  assertEquals(ok, false);
  assert(problems.every((problem: string) => problem.startsWith("atendimento: ")), problems.join());
  const another = desk.telegram.createSupergroup({ title: "Outro log", creator: desk.boss });
  desk.telegram.promote(another, desk.bot);
  desk.telegram.link(channel, another);
  for (let minute = 0; minute < 10; minute++) await desk.passes(MINUTE_MS);
  assertEquals((await desk.health()).ok, true);
  eva!.sends(desk.chatOf(eva!), "ainda aí?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(eva!, { channel, group: another })), [
    "tem pão?",
    "ainda aí?",
  ]);
});

/** Another group is linked to the channel, which no update tells: customers go on there. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { countingKv } from "../support/kv_doubles.ts";
import { broughtAgain, cardsOf, linkAnother, openWithMaria, shownIn } from "../support/relinked.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";

Deno.test("a new card in another group is followed there, and no comment under it is lost", async () => {
  await using desk = await TestDesk.open();
  const group = await linkAnother(desk);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  while (!group.messages.some(({ is_automatic_forward }) => is_automatic_forward)) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  desk.ana.comments(desk.cardOf(maria), "olá");
  await broughtAgain(desk, group);
  assertEquals(shownIn(desk, group), ["um"]);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
  assertEquals(desk.channel.messages.length, 1);
});

Deno.test("customers whose threads are in the former group go on in the other within minutes", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  const group = await linkAnother(desk);
  await desk.minutesPass(6);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(shownIn(desk, group), ["dois"]);
});

const ELSEWHERE: [what: string, breaks: (desk: TestDesk) => SimulatedChat][] = [
  ["the channel has a group that the bot cannot see", (desk) => {
    const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.link(desk.channel, group);
    return group;
  }],
  ["the channel has no group", (desk) => {
    desk.telegram.unlink(desk.channel);
    return desk.group;
  }],
];
for (const [what, breaks] of ELSEWHERE) {
  Deno.test(`while ${what}, what customers write waits, and goes out when that is repaired`, async () => {
    const { desk, maria } = await openWithMaria();
    await using _ = desk;
    const group = breaks(desk);
    await desk.minutesPass(6);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    await desk.minutesPass(1);
    assertEquals(shownIn(desk, desk.group), ["um"]);

    if (group !== desk.group) desk.telegram.promote(group, desk.bot);
    desk.telegram.link(desk.channel, group);
    await desk.minutesPass(3);
    assertEquals(shownIn(desk, group).at(-1), "dois");
  });
}

Deno.test("what is said of a message of the former group answers nothing in the other", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  desk.telegram.faults.rate({ kind: "429", retryAfterS: 600 }, 1, "sendMessage");
  const { message_id } = desk.ana.comments(desk.cardOf(maria), { giveaway: true });
  await desk.settled();
  let group: SimulatedChat;
  let last: number;
  do {
    group = await linkAnother(desk);
    last = group.messages.at(-1)!.message_id;
  } while (last > message_id);
  while (last < message_id) last = desk.boss.sends(group, "outra coisa").message_id;
  desk.telegram.faults.clear();
  await desk.minutesPass(14);
  const [notice] = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertStringIncludes(notice!.text!, "Não foi possível entregar");
  assert(notice!.reply_to_message?.is_automatic_forward);
});

Deno.test("a copy that was on its way when another group was linked stays where it went", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  const former = desk.group;
  const group = await linkAnother(desk);
  desk.telegram.link(desk.channel, former);
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 60_000 });
  const sent = maria.sends(desk.chatOf(maria), "dois");
  await desk.isCalling("copyMessage");
  desk.telegram.link(desk.channel, group);
  desk.clock.aheadMs += 6 * 60_000;
  await desk.app.start();
  await desk.settled();
  assertEquals(shownIn(desk, desk.group), ["um", "dois"]);
  maria.edits(sent, "dois, corrigido");
  await desk.settled();
  await desk.minutesPass(1);
  assertEquals(shownIn(desk, group), []);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "A edição não aparece do outro lado");
});

Deno.test("a group that the database has not taken is forgotten by no start", async () => {
  let isFailing = false;
  const { wrap: wrapKv } = countingKv((keys) => {
    if (isFailing && keys.includes('"desk"')) throw new TypeError("database is locked");
  });
  await using desk = await TestDesk.open({ wrapKv });
  const maria = await desk.hearsFrom("Maria", "um");
  const group = await linkAnother(desk);
  isFailing = true;
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.chat_id === desk.channel.id,
    { kind: "lost answer" },
  );
  await desk.passes(6 * 60_000);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  isFailing = false;
  // What the start has kept is all it knows.
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  await desk.restart();
  await desk.passes(2000);
  desk.telegram.faults.clear();
  for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
  assertEquals([shownIn(desk, group), cardsOf(desk, "Maria").length], [["dois"], 2]);
});

Deno.test("groups that are linked in turn are followed each time", async () => {
  await using desk = await TestDesk.open();
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const first = desk.group;
  const second = await linkAnother(desk);
  joao.sends(desk.chatOf(joao), "oi");
  await broughtAgain(desk, second);
  const turns = [[first, maria, "olá"], [second, joao, "bom dia"], [first, maria, "até"]] as const;
  for (const [group, customer, words] of turns) {
    desk.telegram.link(desk.channel, group);
    desk.ana.comments(desk.cardOf(customer), words);
    await broughtAgain(desk, group);
    assertEquals(textsOf(desk.toldTo(customer)).at(-1), words);
  }
});

Deno.test("a card whose copy came into another group before the bot did is posted again soon", async () => {
  await using desk = await TestDesk.open();
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.link(desk.channel, group);
  await desk.hearsFrom("Maria", "um");
  desk.telegram.promote(group, desk.bot);
  await desk.minutesPass(4);
  assertEquals(shownIn(desk, group), ["um"]);
});

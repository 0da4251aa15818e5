/** Another group is linked to the channel, which no update tells. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../../src/config.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { countingKv } from "../support/kv_doubles.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";

/** A group in which the bot has had its place for a while takes the comments from now on. */
async function linkAnother(desk: TestDesk): Promise<SimulatedChat> {
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  desk.telegram.link(desk.channel, group);
  return group;
}

/** What the bot has said in a group. */
function shownIn(desk: TestDesk, group: SimulatedChat): string[] {
  return textsOf(group.messages.filter(({ from }) => from?.id === desk.bot.id));
}

/** How many updates wait until it can be told whose they are. */
async function waiting({ kv, bot }: TestDesk): Promise<number> {
  return (await Array.fromAsync(kv.list({ prefix: [bot.id, "parked"] }))).length;
}

/** Another instance on the same database. */
function anotherInstance(desk: TestDesk) {
  const env: Record<string, string> = {
    BOT_TOKEN: desk.bot.token,
    CHANNEL_ID: String(desk.channel.id),
    PUBLIC_URL: "https://desk.example",
    PACE: "off",
  };
  return desk.createApp(readEnvironment((name) => env[name]).config!);
}

/** Until the first card is in the group, and Telegram has brought again what was not accepted. */
async function broughtAgain(desk: TestDesk, group: SimulatedChat): Promise<void> {
  const isThere = () => group.messages.some(({ is_automatic_forward }) => is_automatic_forward);
  await desk.until("all is accepted", () => isThere() && desk.bot.queue.size === 0);
}

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

Deno.test("what comes late from a group that is no longer the desk's waits as long as Telegram may tell what was before, and is let go", async () => {
  await using desk = await TestDesk.open();
  const { handler } = desk.app;
  let late: Request | undefined;
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    if (!message?.is_automatic_forward || late) return await handler(request);
    late = request;
    return new Response();
  };
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  assertEquals((await handler(late!)).status, 200);
  await desk.settled();
  assertEquals(await waiting(desk), 1);
  for (let minute = 0; minute < 2; minute++) await desk.passes(61_000);
  assertEquals(await waiting(desk), 0);
});

Deno.test("a comment in a group that was linked a moment ago is not lost to a server that remembers the other", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const former = desk.group;
  const card = desk.cardOf(maria);
  await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  desk.telegram.unproven.remembersChatsS = 60;
  await desk.passes(6 * 61_000);
  desk.telegram.link(desk.channel, former);
  // The group itself, which would know better, does not answer.
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChat" && payload.chat_id === former.id,
    { kind: "502" },
  );
  desk.ana.comments(card, "já vai");
  await desk.settled();
  for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "já vai");
});

Deno.test("customers whose threads are in the former group go on in the other within minutes", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const group = await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(shownIn(desk, group), ["dois"]);
});

Deno.test("what one instance learns of another group, the others know", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const other = anotherInstance(desk);
  await other.start();
  const group = await linkAnother(desk);
  maria.sends(desk.chatOf(maria), "quem fica sabendo primeiro");
  const joao = desk.customer("João");
  joao.sends(desk.chatOf(joao), "oi");
  await broughtAgain(desk, group);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(shownIn(desk, group), ["oi", "dois"]);

  // From now on the other instance does everything.
  desk.app.handler = other.handler;
  const settled = async () => {
    do {
      await desk.telegram.settled();
      await other.settled();
    } while (!desk.telegram.idle());
  };
  const [question] = group.messages.filter(({ text }) => text === "oi");
  desk.ana.sends(group, "em que posso ajudar?", { replyTo: question!.message_id });
  maria.sends(desk.chatOf(maria), "três");
  await settled();
  assertEquals(textsOf(desk.toldTo(joao)).at(-1), "em que posso ajudar?");
  assertEquals(shownIn(desk, group), ["oi", "dois", "três"]);
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assert(cards.length <= 2, `${cards.length} cards`);
  await other.close();
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
    await using desk = await TestDesk.open();
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), "um");
    await desk.settled();
    const group = breaks(desk);
    for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    await desk.passes(61_000);
    assertEquals(shownIn(desk, desk.group), ["um"]);

    if (group !== desk.group) desk.telegram.promote(group, desk.bot);
    desk.telegram.link(desk.channel, group);
    for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
    assertEquals(shownIn(desk, group).at(-1), "dois");
  });
}

Deno.test("what is said of a message of the former group answers nothing in the other", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
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
  for (let minute = 0; minute < 14; minute++) await desk.passes(61_000);
  const [notice] = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertStringIncludes(notice!.text!, "Não foi possível entregar");
  assert(notice!.reply_to_message?.is_automatic_forward);
});

Deno.test("a copy that was on its way when another group was linked stays where it went", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
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
  await desk.passes(61_000);
  assertEquals(shownIn(desk, group), []);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "A edição não aparece do outro lado");
});

Deno.test("instances that disagree about the group do not post card after card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const other = anotherInstance(desk);
  await other.start();
  // It takes what comes in, and leaves the work to the first.
  await other.close();
  const group = await linkAnother(desk);
  desk.clock.aheadMs += 6 * 60_000;
  await desk.app.start();
  await desk.settled();
  // The other instance knows only the first group, and is right again.
  desk.telegram.link(desk.channel, desk.group);
  const { handler } = desk.app;
  const cards = () => desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    const isForward = message?.is_automatic_forward && cards().length < 10;
    return await (isForward ? other.handler : handler)(request);
  };
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(cards().length, 2);
  for (let minute = 0; minute < 2; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["dois"]);
  assertEquals([cards().length, shownIn(desk, group)], [2, []]);
});

/** The cards of a customer's. */
function cardsOf(desk: TestDesk, name: string) {
  return desk.channel.messages.filter(({ text }) => text?.includes(name));
}

Deno.test("a group that the database has not taken is forgotten by no start", async () => {
  let isFailing = false;
  const { wrap: wrapKv } = countingKv((keys) => {
    if (isFailing && keys.includes('"desk"')) throw new TypeError("database is locked");
  });
  await using desk = await TestDesk.open({ wrapKv });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
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

Deno.test("a card whose thread only another instance knows is not posted again", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const other = anotherInstance(desk);
  await other.start();
  const group = await linkAnother(desk);
  desk.clock.aheadMs += 6 * 60_000;
  await other.start();
  const { handler } = desk.app;
  // What comes in the other takes in, and leaves the work to the first.
  await other.close();
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    return await (message?.is_automatic_forward ? other.handler : handler)(request);
  };
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.chat_id === desk.channel.id,
    { kind: "lost answer" },
  );
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.clock.aheadMs += 2000;
  await desk.app.drain();
  await desk.settled();
  assertEquals([shownIn(desk, group), cardsOf(desk, "Maria").length], [["um"], 1]);
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

Deno.test("what was once asked because of a former group says nothing of it later", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const former = desk.group;
  const root = desk.threadOf(maria)[0]!.message_thread_id!;
  await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  desk.boss.sends(former, "alguém aqui?", { replyTo: root });
  await desk.settled();
  for (let minute = 0; minute < 2; minute++) await desk.passes(61_000);
  assertEquals(await waiting(desk), 0);
  desk.telegram.link(desk.channel, former);
  desk.ana.comments(desk.cardOf(maria), "olá");
  await broughtAgain(desk, former);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("a comment waits while the bot is out of the channel and cannot tell which group is linked", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const first = desk.group;
  await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  desk.telegram.removeMember(desk.channel, desk.bot, "kicked");
  desk.telegram.link(desk.channel, first);
  desk.ana.comments(desk.cardOf(maria), "olá");
  for (let minute = 0; minute < 3; minute++) {
    await desk.settled();
    assertEquals([await waiting(desk), desk.bot.queue.size], [1, 0]);
    await desk.passes(61_000);
  }
  desk.telegram.addMember(desk.channel, desk.bot);
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("a comment in a group that is linked waits while the bot cannot see the group", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const first = desk.group;
  await linkAnother(desk);
  for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
  desk.telegram.link(desk.channel, first);
  desk.ana.comments(desk.cardOf(maria), "olá");
  desk.telegram.removeMember(first, desk.bot, "kicked");
  for (let minute = 0; minute < 3; minute++) {
    await desk.settled();
    assertEquals([await waiting(desk) > 0, desk.bot.queue.size], [true, 0]);
    await desk.passes(61_000);
  }
  desk.telegram.addMember(first, desk.bot);
  desk.telegram.promote(first, desk.bot);
  await desk.passes(61_000);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
  assertEquals(await waiting(desk), 0);
});

Deno.test("a card whose copy came into another group before the bot did is posted again soon", async () => {
  await using desk = await TestDesk.open();
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.link(desk.channel, group);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.promote(group, desk.bot);
  for (let minute = 0; minute < 4; minute++) await desk.passes(61_000);
  assertEquals(shownIn(desk, group), ["um"]);
});

Deno.test("a group is not left while Telegram does not tell whether it is the desk's", async () => {
  await using desk = await TestDesk.open();
  // Not the owner, whose word would do.
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.ana });
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChat" && payload.chat_id === group.id,
    { kind: "lost request" },
  );
  desk.telegram.link(desk.channel, group);
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  assertEquals(group.membership(desk.bot).status, "administrator");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await broughtAgain(desk, group);
  assertEquals(shownIn(desk, group), ["um"]);
});

for (const remembersChatsS of [0, 60]) {
  for (const method of ["sendMessage", "leaveChat"]) {
    Deno.test(`a group that is linked while the bot is about to leave it is not left: killed at ${method}, remembered for ${remembersChatsS} s`, async () => {
      await using desk = await TestDesk.open();
      desk.telegram.unproven.remembersChatsS = remembersChatsS;
      const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.ana });
      desk.telegram.faults.next(
        (call) => call.method === method && call.payload.chat_id === group.id,
        { kind: "hang" },
      );
      desk.telegram.promote(group, desk.bot);
      await desk.isCalling(method);
      desk.telegram.link(desk.channel, group);
      desk.clock.aheadMs += 20_000;
      await desk.restart();
      for (let seconds = 0; seconds < 200; seconds += 20) await desk.passes(20_000);
      assertEquals(group.membership(desk.bot).status, "administrator");
      const maria = desk.customer("Maria");
      maria.sends(desk.chatOf(maria), "um");
      await broughtAgain(desk, group);
      assertEquals(shownIn(desk, group).at(-1), "um");
    });
  }
}

Deno.test("an answer to a comment that waits in another group waits behind it, and is not let go", async () => {
  await using desk = await TestDesk.open();
  await linkAnother(desk);
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const comment = desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "tudo bem?", { replyTo: comment.message_id });
  await desk.settled();
  // The copy of the card, and both comments.
  assertEquals([await waiting(desk), desk.bot.queue.size], [3, 0]);
  desk.telegram.faults.clear();
  await desk.passes(61_000);
  await desk.passes(61_000);
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["olá", "tudo bem?"]);
});

/** Conversations that go on at another desk: nothing is lost, and order holds. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { interruptingKv } from "../support/kv_doubles.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

const MOVED = "➡️ Este atendimento continua em vendas: o que se escreve aqui não chega a ninguém.";

Deno.test("a transferred conversation has a card and a thread there, says from where and by whom, and goes on", async () => {
  const { desk, service, sales, caio, maria, comments, writes, thread, card, told, isPinned } =
    await openTwoDesks();
  await using _ = desk;
  const before = told().length;
  await comments(desk.ana, service, "/priority 3");
  await comments(desk.ana, service, "/tag vip");
  await comments(desk.ana, service, "/assign");
  await comments(desk.ana, service, "/transferir Vendas");
  assertEquals(card(sales), `🟨 Maria Silva\nID ${maria.id}\n#p3 #vip`);
  assertEquals(thread(sales), [
    "➡️ Veio de atendimento: Ana transferiu. O que foi escrito antes está lá.",
  ]);
  assertEquals(card(service), `➡️ Maria Silva\nID ${maria.id}\n→ vendas`);
  const [, link] = desk.cardOf(maria, service).entities!;
  const post = desk.cardOf(maria, sales).message_id;
  const channel = String(sales.channel.id).replace("-100", "");
  assertEquals(link, {
    type: "text_link",
    offset: card(service).indexOf("→"),
    length: "→ vendas".length,
    url: `https://t.me/c/${channel}/${post}`,
  });
  assertEquals(thread(service).at(-1), "➡️ Ana transferiu para vendas.");
  assertEquals([isPinned(service), isPinned(sales)], [false, true]);
  // The customer is told nothing.
  assertEquals(told().length, before);
  await writes("quero comprar");
  await comments(caio, sales, "quanto?");
  assertEquals(thread(sales).slice(1), ["quero comprar", "quanto?"]);
  assertEquals(told().slice(before), ["quanto?"]);
  assertEquals(thread(service).includes("quero comprar"), false);
});

Deno.test("without a name buttons ask which desk; one chooses, whoever presses", async () => {
  const { desk, service, sales, comments, last, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  assertStringIncludes(question.text!, "Para qual balcão?");
  desk.bia.presses(question, dataOf(question, "vendas"));
  await desk.settled();
  assertEquals(thread(sales), [
    "➡️ Veio de atendimento: Bia transferiu. O que foi escrito antes está lá.",
  ]);
  assertEquals(thread(service).at(-1), "➡️ Bia transferiu para vendas.");
});

Deno.test("comments under the old card are answered with where it went, and reach nobody", async () => {
  const { desk, service, sales, comments, thread, told, card } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  const before = told().length;
  await comments(desk.ana, service, "ainda está aí?");
  assertEquals(thread(service).at(-1), MOVED);
  for (const command of ["/close", "/p 5", "/assign", "/r pix", "/later 2h", "/tag x", "/ban"]) {
    await comments(desk.ana, service, command);
    assertEquals(thread(service).at(-1), MOVED, command);
  }
  await comments(desk.ana, service, "# só uma nota");
  assertEquals(thread(service).at(-1), "# só uma nota");
  assertStringIncludes(card(service), "➡️");
  assertStringIncludes(card(sales), "🟦");
  assertEquals(told().length, before);
});

Deno.test("what waited in the old lane is delivered first, and then what the new desk answers", async () => {
  const { desk, service, sales, caio, maria, told } = await openTwoDesks();
  await using _ = desk;
  const before = told().length;
  desk.ana.comments(desk.cardOf(maria, service), "um");
  desk.ana.comments(desk.cardOf(maria, service), "dois");
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  await desk.settled();
  caio.comments(desk.cardOf(maria, sales), "três");
  await desk.settled();
  assertEquals(told().slice(before), ["um", "dois", "três"]);
});

Deno.test("a canned reply that waits in the old lane goes before what the new desk answers", async () => {
  const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.boss, service, "/addreply Preços\nPão: R$ 1");
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  for (const words of ["um", "/r preços", "/transfer vendas"]) {
    await comments(desk.ana, service, words);
  }
  await comments(caio, sales, "três");
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(MINUTE_MS);
  assertEquals(told().slice(before), ["um", "Pão: R$ 1", "três"]);
});

Deno.test("an answer that is accepted while the transfer is being written goes before those of the new desk", async () => {
  // Where a lane ends is looked at before something is put behind it.
  const { wrap: wrapKv, interruptsNext } = interruptingKv((read) =>
    read.includes("to-customer") && read.includes("reverse")
  );
  const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks({ wrapKv });
  await using _ = desk;
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "um");
  interruptsNext(async () => {
    const { message_id: two } = desk.bia.comments(desk.cardOf(maria, service), "dois");
    // It takes a second try.
    desk.telegram.faults.next(({ payload }) => payload.message_id === two, { kind: "502" });
    await desk.telegram.settled();
  });
  await comments(desk.ana, service, "/transfer vendas");
  await comments(caio, sales, "três");
  maria.unblocks(desk.bot);
  await desk.passes(MINUTE_MS);
  await desk.passes(MINUTE_MS);
  assertEquals(told().slice(before), ["um", "dois", "três"]);
});

Deno.test("answers that wait for a customer who is back go before those of the new desk", async () => {
  const { desk, service, sales, caio, maria, comments, told, card, writes, thread } =
    await openTwoDesks();
  await using _ = desk;
  const before = told().length;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "um");
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(card(sales), "🚫");
  await comments(caio, sales, "dois");
  await desk.passes(HOUR_MS);
  assertEquals(told().length, before);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(told().slice(before), ["um", "dois"]);
  await writes("voltei");
  assertEquals(thread(sales).at(-1), "voltei");
});

Deno.test("answers to old messages say in words what they answer; edits change the old copy, and are told", async () => {
  const { desk, service, sales, maria, comments, writes, thread, first } = await openTwoDesks();
  await using _ = desk;
  const answer = desk.toldTo(maria).at(-1)!;
  await comments(desk.ana, service, "/transfer vendas");
  await writes("e o pão?", { replyTo: answer.message_id });
  assertEquals(thread(sales).at(-1), "↩ “bom dia, Maria!”\ne o pão?");
  await writes("como eu disse", { replyTo: first.message_id });
  assertEquals(thread(sales).at(-1), "↩ “bom dia”\ncomo eu disse");
  maria.edits(first, "boa tarde");
  await desk.settled();
  assertEquals(thread(service)[0], "boa tarde");
  assertEquals(
    thread(sales).at(-1),
    "✏️ O cliente editou uma mensagem de antes da transferência: ela mudou em atendimento.",
  );
  // What they write and edit by now is of here.
  const now = await writes("dois pães");
  maria.edits(now, "três pães");
  await desk.settled();
  assertEquals(thread(sales).at(-1), "três pães");
});

Deno.test("an agent's edit of an old answer tells its author that the conversation has moved", async () => {
  const { desk, service, comments, told, thread, answer } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  desk.ana.edits(answer, "boa noite, Maria!");
  await desk.settled();
  assertEquals(told().at(-1), "bom dia, Maria!");
  assertEquals(thread(service).at(-1), MOVED);
});

Deno.test("back to a desk that has a card of theirs, the old card lives again", async () => {
  const { desk, service, sales, caio, comments, writes, thread, card, isPinned, told } =
    await openTwoDesks();
  await using _ = desk;
  const cards = () => service.channel.messages.filter(({ text }) => text?.includes("\nID ")).length;
  await comments(desk.ana, service, "/transfer vendas");
  await writes("um");
  await comments(caio, sales, "/transfer atendimento");
  assertStringIncludes(card(service), "🟦 Maria Silva");
  assertEquals([cards(), isPinned(service), isPinned(sales)], [1, true, false]);
  assertStringIncludes(card(sales), "→ atendimento");
  await writes("dois");
  await comments(desk.ana, service, "três");
  assertEquals(thread(service).slice(-3), [
    "➡️ Veio de vendas: Caio transferiu. O que foi escrito antes está lá.",
    "dois",
    "três",
  ]);
  for (let times = 0; times < 3; times++) {
    await comments(desk.ana, service, "/transfer vendas");
    await comments(caio, sales, `resposta ${times}`);
    await comments(caio, sales, "/transfer atendimento");
    await comments(desk.ana, service, `volta ${times}`);
  }
  assertEquals(told().slice(-6), [
    ...["resposta 0", "volta 0", "resposta 1", "volta 1", "resposta 2", "volta 2"],
  ]);
});

Deno.test("a customer's album whose pieces come before and after stays whole, in the old thread", async () => {
  const { desk, service, sales, maria, thread } = await openTwoDesks();
  await using _ = desk;
  const chat = desk.chatOf(maria);
  const piece = (caption: string) =>
    maria.sends(chat, { photo: {}, caption } as never, { mediaGroupId: "fotos" } as never);
  piece("um");
  await desk.telegram.settled();
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  await desk.telegram.settled();
  piece("dois");
  await desk.passes(1100);
  await desk.passes(1100);
  assertEquals(thread(service).filter((text) => text === "um" || text === "dois").length, 2);
  assertEquals(thread(sales).includes("dois"), false);
});

Deno.test("an agent's album that is begun before goes whole", async () => {
  const { desk, service, maria, told } = await openTwoDesks();
  await using _ = desk;
  const card = desk.cardOf(maria, service);
  const piece = (caption: string) =>
    desk.ana.comments(card, { photo: {}, caption } as never, { mediaGroupId: "fotos" } as never);
  piece("um");
  await desk.telegram.settled();
  desk.bia.comments(card, "/transfer vendas");
  await desk.telegram.settled();
  piece("dois");
  await desk.passes(1100);
  await desk.passes(1100);
  assertEquals(told().slice(-2), ["um", "dois"]);
});

Deno.test("two agents at once transfer once; the second is told where it went", async () => {
  const { desk, service, maria, thread } = await openTwoDesks({ others: ["Vendas", "Suporte"] });
  await using _ = desk;
  const [, support] = desk.others;
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  desk.bia.comments(desk.cardOf(maria, service), "/transfer suporte");
  await desk.settled();
  assertEquals(thread(service).slice(-2), ["➡️ Ana transferiu para vendas.", MOVED]);
  assertEquals(support!.channel.messages.length, 0);
});

Deno.test("to a desk that cannot work nothing is transferred, and it is said why", async () => {
  const { desk, service, sales, comments, thread, card } = await openTwoDesks();
  await using _ = desk;
  desk.telegram.removeMember(sales.channel, desk.bot as never, "kicked");
  await desk.settled();
  await desk.passes(MINUTE_MS * 2);
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(thread(service).at(-1)!, "vendas não pode trabalhar agora");
  assertStringIncludes(card(service), "🟦");
});

Deno.test("a name that is none, and the own desk's, are said", async () => {
  const { desk, service, comments, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer marte");
  assertEquals(thread(service).at(-1), "⚠️ Não há balcão “marte”. Há estes: vendas.");
  await comments(desk.ana, service, "/transfer Atendimento");
  assertStringIncludes(thread(service).at(-1)!, "já está em atendimento");
});

Deno.test("a bot with one desk has nowhere to transfer to", async () => {
  const { desk, says, line } = await openTalk();
  await using _ = desk;
  await says(desk.ana, "/transfer vendas");
  assertEquals(line().text, "ℹ️ Não há outro balcão para onde transferir.");
});

Deno.test("closed and banned conversations go as they are, and stay so", async () => {
  const { desk, service, sales, comments, writes, last, card, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/closesilent");
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(card(sales), "⬜️ Maria Silva");
  await writes("ainda tem?");
  assertStringIncludes(card(sales), "🟦 Maria Silva");
  assertEquals(thread(sales).at(-1), "ainda tem?");
  await comments(desk.boss, sales, "/ban");
  const question = last(sales);
  desk.boss.presses(question, dataOf(question, "Banir"));
  await desk.settled();
  await comments(desk.boss, sales, "/transfer atendimento");
  assertStringIncludes(card(service), "❌ Maria Silva");
  const before = thread(service).length;
  await writes("oi?");
  assertEquals(thread(service).length, before);
});

Deno.test("an answer to be sent later still goes; a ban at the new desk calls it off", async () => {
  const { desk, service, sales, comments, told, last, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/later 2h amanhã tem pão");
  await comments(desk.ana, service, "/later 3h e bolo");
  await comments(desk.ana, service, "/transfer vendas");
  await desk.passes(2 * HOUR_MS);
  assertEquals(told().at(-1), "amanhã tem pão");
  await comments(desk.boss, sales, "/ban");
  const question = last(sales);
  desk.boss.presses(question, dataOf(question, "Banir"));
  await desk.settled();
  assertStringIncludes(
    thread(sales).at(-1)!,
    "Uma resposta que seria enviada depois foi cancelada",
  );
  await desk.passes(2 * HOUR_MS);
  assertEquals(told().at(-1), "amanhã tem pão");
});

Deno.test("what was put off is awake at the new desk, and its alarm counts from the transfer", async () => {
  const { desk, service, sales, comments, writes, card } = await openTwoDesks({
    settings: { panel: false, alarm: { minutes: 30, sinceMs: 0 } },
  });
  await using _ = desk;
  await writes("alguém?");
  await desk.passes(20 * MINUTE_MS);
  await comments(desk.ana, service, "/later 5h");
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(card(sales), "🟦");
  await desk.passes(29 * MINUTE_MS);
  assertEquals(card(sales).includes("#late"), false);
  await desk.passes(MINUTE_MS);
  assertStringIncludes(card(sales), "#late");
  await desk.passes(DAY_MS);
  assertStringIncludes(card(service), "➡️");
});

Deno.test("a customer's reaction to an old message is shown where that is", async () => {
  const { desk, service, maria, comments, answer } = await openTwoDesks();
  await using _ = desk;
  const seen = desk.toldTo(maria).at(-1) as SimulatedMessage;
  await comments(desk.ana, service, "/transfer vendas");
  maria.reacts(seen, "👍");
  await desk.settled();
  assertEquals(service.group.reactionsOf(answer.message_id).length, 1);
});

Deno.test("nobody of the old desk commands at the new one, nor the other way round", async () => {
  const { desk, service, sales, comments, told, card } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  const before = told().length;
  await comments(desk.ana, sales, "sou do atendimento");
  await comments(desk.ana, sales, "/close");
  await comments(desk.ana, sales, "/transfer atendimento");
  assertEquals(told().length, before);
  assertStringIncludes(card(sales), "🟦");
});

Deno.test("statistics count a transferred conversation once", async () => {
  const { desk, service, sales, comments } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  await comments(desk.boss, sales, "/closesilent");
  const kinds = async (deskId: number) => {
    const found: string[] = [];
    for await (const event of desk.anotherStore().desks.events(deskId, 0)) found.push(event.kind);
    return found.filter((kind) => kind === "opened" || kind === "closed");
  };
  assertEquals(await kinds(service.channel.id), ["opened"]);
  assertEquals(await kinds(sales.channel.id), ["closed"]);
});

Deno.test("a crash at every step loses nothing, and order holds", async () => {
  for (let steps = 0; steps < 8; steps++) {
    const { desk, service, sales, caio, maria, writes, thread, told } = await openTwoDesks();
    await using _ = desk;
    const before = told().length;
    desk.ana.comments(desk.cardOf(maria, service), "um");
    desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
    for (let step = 0; step < steps; step++) await new Promise((done) => setTimeout(done, 1));
    await desk.restart();
    await desk.passes(2 * MINUTE_MS);
    await writes("dois");
    caio.comments(desk.cardOf(maria, sales), "três");
    await desk.settled();
    assertEquals(told().slice(before), ["um", "três"], `${steps}`);
    assertEquals(thread(sales).at(-2), "dois");
    assertEquals(
      textsOf(sales.channel.messages).filter((text) => text.includes("\nID ")).length,
      1,
    );
  }
});

Deno.test("an answer that was under way answers who waits at the new desk, too", async () => {
  const { desk, service, sales, maria, comments, writes, thread } = await openTwoDesks();
  await using _ = desk;
  await writes("alguém?");
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "sim!");
  await comments(desk.ana, service, "/transfer vendas");
  await comments(desk.boss, sales, "/who");
  assertStringIncludes(thread(sales).at(-1)!, "Espera resposta desde");
  maria.unblocks(desk.bot);
  await desk.settled();
  await comments(desk.boss, sales, "/who");
  assertEquals(thread(sales).at(-1)!.includes("Espera resposta desde"), false);
});

Deno.test("what waited for an old thread that is gone is shown in the new one", async () => {
  const { desk, service, sales, comments, writes, thread } = await openTwoDesks();
  await using _ = desk;
  // The group is to be left alone: what Maria writes waits.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await writes("espera aí");
  await comments(desk.ana, service, "/transfer vendas");
  const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.boss.deletes(root as SimulatedMessage);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(
    [...thread(sales)].filter((text) => text === "espera aí").length,
    1,
    thread(sales).join("\n"),
  );
});

Deno.test("what a customer makes of a message that waited for an old thread which is gone follows it", async () => {
  const { desk, service, sales, maria, comments, thread, told } = await openTwoDesks();
  await using _ = desk;
  // The group is to be left alone: what Maria writes waits.
  desk.telegram.faults.next("sendMediaGroup", { kind: "429", retryAfterS: 30 });
  const [first] = ["um", "dois"].map((caption) =>
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "fotos" })
  );
  await desk.passes(1100);
  await comments(desk.ana, service, "/transfer vendas");
  const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.boss.deletes(root as SimulatedMessage);
  maria.edits(first!, { photo: true, caption: "um, corrigido" });
  maria.reacts(first!, "👍");
  const before = told().length;
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales).filter((text) => /^(um|dois)/.test(text)), ["um, corrigido", "dois"]);
  const copy = desk.threadOf(maria, sales).find(({ caption }) => caption === "um, corrigido")!;
  const record = sales.group.records.get(copy.message_id)!;
  assertEquals(record.reactions.get(desk.bot.id), [{ type: "emoji", emoji: "👍" }]);
  assertEquals(told().slice(before), []);
});

for (const answersToDeleted of ["not found", "invalid", "astray"] as const) {
  Deno.test(`what was put where an old thread had been is shown in the new one, where an answer to a deleted message is ${answersToDeleted}`, async () => {
    const { desk, service, sales, maria, comments, writes, thread } = await openTwoDesks();
    await using _ = desk;
    desk.telegram.unproven.answersToDeleted = answersToDeleted;
    const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
    await writes("um");
    // The group is to be left alone for a moment: what Maria writes waits.
    desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
    maria.sends(desk.chatOf(maria), "dois");
    maria.sends(desk.chatOf(maria), "três");
    await desk.settled();
    await comments(desk.ana, service, "/transfer vendas");
    desk.boss.deletes(root as SimulatedMessage);
    for (let minutes = 0; minutes < 10; minutes++) await desk.passes(MINUTE_MS);
    await writes("quatro");
    const shown = thread(sales).filter((text) => !text.startsWith("➡️"));
    assertEquals(shown, ["dois", "três", "quatro"]);
    const outside = service.group.messages.filter(({ from, message_thread_id }) =>
      from?.id === desk.bot.id && message_thread_id === undefined
    );
    assertEquals(textsOf(outside), []);
    for await (const { key } of desk.kv.list({ prefix: [desk.bot.id, "doubt"] })) {
      throw new Error(`still in doubt: ${key.join("/")}`);
    }
  });
}

Deno.test("what went astray where an old thread had been answers in the new one what it answers", async () => {
  const { desk, service, sales, maria, comments } = await openTwoDesks();
  await using _ = desk;
  desk.telegram.unproven.answersToDeleted = "astray";
  // The group is to be left alone: what Maria writes waits.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  const chat = desk.chatOf(maria);
  const one = maria.sends(chat, "um pão");
  const two = maria.sends(chat, "de milho", { replyTo: one.message_id });
  maria.sends(chat, { photo: true, caption: "este" }, { replyTo: two.message_id });
  await desk.settled();
  await comments(desk.ana, service, "/transfer vendas");
  const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.boss.deletes(root as SimulatedMessage);
  for (let minute = 0; minute < 10; minute++) await desk.passes(MINUTE_MS);
  const written = ["um pão", "de milho", "este"];
  const shown = desk.threadOf(maria, sales).filter((each) => written.includes(textsOf([each])[0]!));
  assertEquals(textsOf(shown), written);
  assertEquals(
    shown.slice(1).map(({ reply_to_message: answered }) => answered?.message_id),
    shown.slice(0, 2).map(({ message_id }) => message_id),
  );
});

Deno.test("no new thread begins where a conversation has gone on meanwhile: what waits for it goes along", async () => {
  const { desk, service, sales, comments, writes, thread, card } = await openTwoDesks();
  await using _ = desk;
  const isCard = ({ method, payload }: Call) =>
    method === "sendMessage" && payload.chat_id === service.channel.id;
  const { length } = service.channel.messages;
  // The group is to be left alone: what Maria writes waits, and the command for who gave it.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await writes("espera aí");
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChatMember");
  desk.clock.aheadMs += HOUR_MS;
  desk.telegram.faults.rate({ kind: "502" }, 1, isCard);
  await comments(desk.ana, service, "/transfer vendas");
  const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.boss.deletes(root as SimulatedMessage);
  await desk.passes(MINUTE_MS);
  desk.telegram.faults.clear();
  desk.telegram.faults.rate({ kind: "502" }, 1, isCard);
  await desk.passes(2 * MINUTE_MS);
  desk.telegram.faults.clear();
  for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales).filter((text) => text === "espera aí").length, 1);
  assertEquals(service.channel.messages.length, length);
  assertEquals(card(service).startsWith("➡️"), true);
});

Deno.test("what the old desk's people were to be told in a thread that is gone, no other desk is", async () => {
  const { desk, service, sales, comments, writes, last, thread } = await openTwoDesks();
  await using _ = desk;
  for (const { group } of [service, sales]) desk.boss.sends(group, "/set panel on");
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  const isCard = ({ method, payload }: Call) =>
    method === "sendMessage" && payload.chat_id === service.channel.id;
  const isCollision = ({ method, payload }: Call) =>
    method === "sendMessage" && String(payload.text).startsWith("👥");
  desk.telegram.faults.rate({ kind: "502" }, 1, isCollision);
  desk.telegram.faults.rate({ kind: "502" }, 1, isCard);
  const second = await comments(desk.bia, service, "já te respondo");
  const root = service.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.boss.deletes(root as SimulatedMessage);
  // Another card is to follow, but cannot be posted.
  await writes("quero comprar");
  await desk.passes(MINUTE_MS);
  desk.telegram.faults.clear();
  desk.telegram.faults.rate({ kind: "502" }, 1, isCard);
  await desk.passes(MINUTE_MS);
  desk.bia.presses(question, dataOf(question, "vendas"));
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  desk.telegram.faults.clear();
  for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales), [
    "🆕 Conversa nova. Comente aqui para responder.",
    "➡️ Veio de atendimento: Bia transferiu. O que foi escrito antes está lá.",
    "quero comprar",
  ]);
  const edited = desk.telegram.calls.filter(({ method, payload }) =>
    method === "editMessageText" && payload.message_id === question.message_id
  );
  assertEquals(edited.map(({ payload }) => payload.chat_id), [service.group.id]);
  const collision = service.group.messages.find(({ text }) => text?.startsWith("👥"));
  assertEquals(collision?.reply_to_message?.message_id, second.message_id);
});

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
  assertEquals(thread(service).at(-1), MOVED);
  await comments(caio, moved, "/transfer atendimento");
  await writes("quatro");
  assertEquals(thread(service).at(-1), "quatro");
  assertStringIncludes(card(moved), "→ atendimento");
  assertEquals(desk.cardOf(maria, service).text!.startsWith("🟦"), true);
});

Deno.test("who erases their data is erased at every desk they were at", async () => {
  const { desk, service, sales, maria, comments, writes } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  await writes("/privacidade");
  for (const words of ["Apagar", "Sim, apagar"]) {
    const shown = desk.toldTo(maria).findLast(({ reply_markup }) => reply_markup)!;
    maria.presses(shown as SimulatedMessage, dataOf(shown as SimulatedMessage, words));
    await desk.settled();
  }
  await desk.passes(MINUTE_MS);
  const kept: string[] = [];
  for await (const { key } of desk.kv.list({ prefix: [desk.bot.id] })) {
    if (key.includes(maria.id)) kept.push(String(key[1]));
  }
  assertEquals(kept, []);
  for (const { channel } of [service, sales]) {
    assertEquals(channel.messages.filter(({ text }) => text?.includes("Maria")), []);
  }
});

Deno.test("a desk in trouble to which somebody was transferred from holds up no answers; its own go once it is repaired", async () => {
  const { desk, service, sales, caio, comments, writes, told, thread } = await openTwoDesks();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await comments(desk.ana, service, "já vejo");
  await comments(desk.ana, service, "/transfer vendas");
  desk.telegram.removeMember(service.group, desk.bot, "kicked");
  await desk.settled();
  await comments(caio, sales, "olá, aqui é Vendas");
  for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "olá, aqui é Vendas");
  await writes("e o preço?");
  assertEquals(thread(sales).at(-1), "e o preço?");
  await comments(caio, sales, "cinco reais");
  assertEquals(told().at(-1), "cinco reais");
  desk.telegram.addMember(service.group, desk.bot);
  desk.telegram.promote(service.group, desk.bot);
  await desk.settled();
  for (let minutes = 0; minutes < 3; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "já vejo");
  assertEquals((await desk.health()).waiting, 0);
});

Deno.test("a card that is posted while its conversation leaves says where that goes on, though the old one is being edited", async () => {
  const { desk, service, sales, maria, comments, writes, card, thread, last } =
    await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  const oldCard = desk.cardOf(maria, service);
  type Call = { method: string; payload: Record<string, unknown> };
  const isPost = ({ method, payload }: Call) =>
    method === "sendMessage" && payload.chat_id === service.channel.id;
  const isEdit = ({ method, payload }: Call) =>
    method === "editMessageText" && payload.message_id === oldCard.message_id;
  const isMade = async (which: (call: Call) => boolean, times = 1) => {
    while (desk.telegram.calls.filter(which).length < times) {
      await new Promise((done) => setTimeout(done, 1));
    }
  };
  const root = service.group.messages.find(({ forward_origin: origin }) =>
    origin?.type === "channel" && origin.message_id === oldCard.message_id
  )!;
  desk.boss.deletes(root);
  desk.telegram.faults.next(isPost, { kind: "delay", ms: 300 });
  desk.telegram.faults.next(isEdit, { kind: "delay", ms: 900 });
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await isMade(isPost, 2);
  desk.ana.presses(question, dataOf(question, "vendas"));
  await isMade(isEdit);
  await desk.settled();
  await desk.passes(1100);
  assertStringIncludes(card(service), "→ vendas");
  await writes("e agora?");
  assertEquals(thread(sales).at(-1), "e agora?");
});

/** Conversations that go on at another desk: what is shown there, and what stays behind. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import { CALLED_OFF, openTwoDesks, WENT_TO_SALES } from "../support/two_desks.ts";

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
  assertEquals(thread(service).at(-1), WENT_TO_SALES);
  for (const command of ["/close", "/p 5", "/assign", "/r pix", "/later 2h", "/tag x", "/ban"]) {
    await comments(desk.ana, service, command);
    assertEquals(thread(service).at(-1), WENT_TO_SALES, command);
  }
  await comments(desk.ana, service, "# só uma nota");
  assertEquals(thread(service).at(-1), "# só uma nota");
  assertStringIncludes(card(service), "➡️");
  assertStringIncludes(card(sales), "🟦");
  assertEquals(told().length, before);
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

Deno.test("two agents at once transfer once; the second is told where it went", async () => {
  const { desk, service, maria, thread } = await openTwoDesks({ others: ["Vendas", "Suporte"] });
  await using _ = desk;
  const [, support] = desk.others;
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  desk.bia.comments(desk.cardOf(maria, service), "/transfer suporte");
  await desk.settled();
  assertEquals(thread(service).slice(-2), ["➡️ Ana transferiu para vendas.", WENT_TO_SALES]);
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
  const { desk, service, sales, bans, comments, writes, card, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/closesilent");
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(card(sales), "⬜️ Maria Silva");
  await writes("ainda tem?");
  assertStringIncludes(card(sales), "🟦 Maria Silva");
  assertEquals(thread(sales).at(-1), "ainda tem?");
  await bans(sales);
  await comments(desk.boss, sales, "/transfer atendimento");
  assertStringIncludes(card(service), "❌ Maria Silva");
  const before = thread(service).length;
  await writes("oi?");
  assertEquals(thread(service).length, before);
});

Deno.test("what is at its end goes nowhere while another desk serves its customer, though that is at its end, too", async () => {
  const { desk, service, sales, caio, comments, writes, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/closesilent");
  await writes("/start vendas");
  await writes("quero comprar");
  const before = thread(sales).length;
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(thread(service).at(-1)!, "vendas");
  assertEquals(thread(sales).length, before);
  await comments(caio, sales, "/closesilent");
  const closed = thread(sales).length;
  await comments(desk.ana, service, "/transfer vendas");
  assertStringIncludes(thread(service).at(-1)!, "vendas");
  assertEquals(thread(service).includes("➡️ Ana transferiu para vendas."), false);
  assertEquals(thread(sales).length, closed);
});

Deno.test("an answer to be sent later still goes; a ban at the new desk calls it off", async () => {
  const { desk, service, sales, bans, comments, told, thread } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/later 2h amanhã tem pão");
  await comments(desk.ana, service, "/later 3h e bolo");
  await comments(desk.ana, service, "/transfer vendas");
  await desk.passes(2 * HOUR_MS);
  assertEquals(told().at(-1), "amanhã tem pão");
  await bans(sales);
  assertStringIncludes(thread(sales).at(-1)!, CALLED_OFF);
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
    "✏️ O cliente editou uma mensagem que está em atendimento: ela mudou lá.",
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
  assertEquals(thread(service).at(-1), WENT_TO_SALES);
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

/** Who was served by one desk and goes to another by its link or the menu: nothing is lost there either. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { type DeskChats, type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

const EDITED_BEFORE = "✏️ O cliente editou uma mensagem que está em atendimento: ela mudou lá.";
const WAYS = ["link", "menu"] as const;

/** Two desks; and how Maria, whose conversation with the first is at its end, goes to another. */
async function open(options: DeskOptions = {}) {
  const opened = await openTwoDesks(options);
  const { desk, service, maria, comments, writes } = opened;
  const closes = (at: DeskChats) => comments(desk.boss, at, "/closesilent");
  const presses = async (words: string) => {
    const menu = desk.toldTo(maria).findLast(({ reply_markup }) =>
      reply_markup?.inline_keyboard.flat().some(({ text }) => text === words)
    ) as SimulatedMessage;
    maria.presses(menu, dataOf(menu, words));
    await desk.settled();
  };
  const goes = async (way: typeof WAYS[number]) => {
    if (way === "menu") {
      await comments(desk.boss, service, "/set menu Comprar > vendas");
      await writes("/start");
    }
    await closes(service);
    if (way === "menu") await presses("Comprar");
    else await writes("/start vendas");
  };
  const bans = async (at: DeskChats) => {
    await comments(desk.boss, at, "/ban");
    const question = opened.last(at);
    desk.boss.presses(question, dataOf(question, "Banir"));
    await desk.settled();
  };
  return { ...opened, closes, presses, goes, bans };
}

for (const way of WAYS) {
  Deno.test(`by the ${way}: an edit of an old message changes the old copy, and the new thread is told`, async () => {
    const { desk, service, sales, maria, first, goes, writes, thread, told } = await open();
    await using _ = desk;
    await goes(way);
    await writes("quero comprar");
    const before = told().length;
    maria.edits(first, "boa tarde");
    await desk.settled();
    assertEquals(thread(service)[0], "boa tarde");
    assertEquals(thread(sales).at(-1), EDITED_BEFORE);
    assertEquals(told().length, before);
  });

  Deno.test(`by the ${way}: an answer to an old message says in words what it answers`, async () => {
    const { desk, sales, maria, first, goes, writes, thread } = await open();
    await using _ = desk;
    const answer = desk.toldTo(maria).at(-1)!;
    await goes(way);
    await writes("e o pão?", { replyTo: answer.message_id });
    assertEquals(thread(sales).at(-1), "↩ “bom dia, Maria!”\ne o pão?");
    await writes("como eu disse", { replyTo: first.message_id });
    assertEquals(thread(sales).at(-1), "↩ “bom dia”\ncomo eu disse");
  });

  Deno.test(`by the ${way}: a reaction to an old answer is shown where that is`, async () => {
    const { desk, service, maria, answer, goes, writes } = await open();
    await using _ = desk;
    const seen = desk.toldTo(maria).at(-1) as SimulatedMessage;
    await goes(way);
    await writes("quero comprar");
    maria.reacts(seen, "👍");
    await desk.settled();
    assertEquals(service.group.reactionsOf(answer.message_id).length, 1);
  });

  Deno.test(`by the ${way}: a ban at the new desk calls off what the old one was to send later`, async () => {
    const { desk, service, sales, comments, goes, bans, writes, thread, told } = await open();
    await using _ = desk;
    await comments(desk.ana, service, "/later 3h amanhã tem pão");
    await goes(way);
    await writes("quero comprar");
    await bans(sales);
    assertStringIncludes(
      thread(sales).at(-1)!,
      "Uma resposta que seria enviada depois foi cancelada",
    );
    await desk.passes(4 * HOUR_MS);
    assertEquals(told().includes("amanhã tem pão"), false);
  });

  Deno.test(`by the ${way}: what the old desk owes goes out once they have unblocked the bot`, async () => {
    const { desk, service, sales, maria, comments, goes, writes, told } = await open();
    await using _ = desk;
    await comments(desk.ana, service, "/later 1h amanhã tem pão");
    await goes(way);
    await writes("quero comprar");
    maria.blocks(desk.bot);
    await desk.passes(2 * HOUR_MS);
    assertEquals(told().includes("amanhã tem pão"), false);
    maria.unblocks(desk.bot);
    await desk.settled();
    assertEquals(told().at(-1), "amanhã tem pão");
    assertEquals(desk.cardOf(maria, service).text!.includes("🚫"), false);
    assertEquals(desk.cardOf(maria, sales).text!.includes("🚫"), false);
  });

  Deno.test(`by the ${way}: there and back, each message is edited where it is shown`, async () => {
    const { desk, service, sales, maria, first, goes, closes, writes, thread } = await open();
    await using _ = desk;
    await goes(way);
    const second = await writes("quero comprar");
    await closes(sales);
    await writes("/start atendimento");
    const third = await writes("voltei");
    for (const [message, words] of [[first, "um"], [second, "dois"], [third, "três"]] as const) {
      maria.edits(message, words);
      await desk.settled();
    }
    assertEquals(thread(service).filter((text) => ["um", "três"].includes(text)), ["um", "três"]);
    assertEquals(thread(sales).includes("dois"), true);
    assertEquals(
      thread(service).at(-1),
      "✏️ O cliente editou uma mensagem que está em vendas: ela mudou lá.",
    );
    assertEquals(thread(sales).filter((text) => text.startsWith("✏️")), []);
    await writes("sobre isto", { replyTo: second.message_id });
    assertEquals(thread(service).at(-1), "↩ “dois”\nsobre isto");
  });
}

Deno.test("who only looks at the new desk's menu still edits and reacts at the old one", async () => {
  const { desk, service, sales, maria, first, answer, goes, comments, writes, thread } =
    await open();
  await using _ = desk;
  const seen = desk.toldTo(maria).at(-1) as SimulatedMessage;
  await goes("link");
  await comments(desk.boss, sales, "/set menu Voltar > atendimento");
  // Nothing is known of them there any more.
  const { channel } = sales;
  await desk.anotherStore().record(channel.id, () => ({ forget: [maria.id] }));
  await writes("/start vendas");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1)!.length > 0, true);
  maria.edits(first, "boa tarde");
  maria.reacts(seen, "👍");
  await desk.settled();
  assertEquals(thread(service)[0], "boa tarde");
  assertEquals(service.group.reactionsOf(answer.message_id).length, 1);
});

Deno.test("of three desks each is remembered, whichever way they went", async () => {
  const { desk, service, sales, maria, first, closes, comments, writes, thread } = await open({
    others: ["Vendas", "Suporte"],
  });
  await using _ = desk;
  const support = desk.others[1]!;
  await closes(service);
  await writes("/start vendas");
  const second = await writes("quero comprar");
  await comments(desk.boss, sales, "/transfer suporte");
  const third = await writes("não funciona");
  await closes(support);
  await writes("/start atendimento");
  for (const [message, words] of [[first, "um"], [second, "dois"], [third, "três"]] as const) {
    maria.edits(message, words);
    await desk.settled();
  }
  assertEquals(thread(service)[0], "um");
  assertEquals(thread(sales).includes("dois"), true);
  assertEquals(thread(support).includes("três"), true);
});

Deno.test("a bot that had one desk knows where its customers were when they follow another's link", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const writes = async (words: string) => {
    const message = maria.sends(desk.chatOf(maria), words);
    await desk.settled();
    return message;
  };
  const first = await writes("bom dia");
  desk.boss.comments(desk.cardOf(maria), "/closesilent");
  await desk.settled();
  const sales = desk.opens("Vendas");
  await desk.restart();
  await writes("/start vendas");
  await writes("quero comprar");
  maria.edits(first, "boa tarde");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria))[0], "boa tarde");
  assertEquals(textsOf(desk.threadOf(maria, sales)).at(-1), EDITED_BEFORE);
});

Deno.test("a conversation that is back at the first desk by the menu is there before they write", async () => {
  const { desk, service, sales, comments, closes, presses, writes, thread, card, told } =
    await open();
  await using _ = desk;
  await comments(desk.boss, service, "/transfer vendas");
  await comments(desk.boss, sales, "/set menu Voltar > atendimento");
  await writes("/start");
  await closes(sales);
  await presses("Voltar");
  assertStringIncludes(card(service), "⬜️");
  await comments(desk.ana, service, "que bom");
  assertEquals(told().at(-1), "que bom");
  await writes("voltei");
  assertEquals(thread(service).at(-1), "voltei");
});

Deno.test("an edit of what a desk shows that is no more is answered as one that came too late", async () => {
  const env: Record<string, string> = {};
  const { desk, maria, first, goes, writes, thread, sales, told } = await open({ env });
  await using _ = desk;
  await goes("link");
  await writes("quero comprar");
  env.CHANNEL_ID = String(sales.channel.id);
  await desk.restart();
  maria.edits(first, "boa tarde");
  await desk.settled();
  assertEquals(thread(sales).some((text) => text.startsWith("✏️")), false);
  assertStringIncludes(told().at(-1)!, "A edição não aparece do outro lado");
});

Deno.test("each desk counts its own conversation with who came by a link, once", async () => {
  const { desk, service, sales, goes, closes, writes } = await open();
  await using _ = desk;
  await goes("link");
  await writes("quero comprar");
  await closes(sales);
  for (const { channel } of [service, sales]) {
    const kinds: string[] = [];
    for await (const { kind } of desk.anotherStore().desks.events(channel.id, 0)) kinds.push(kind);
    assertEquals(kinds.filter((kind) => kind === "opened" || kind === "closed").toSorted(), [
      "closed",
      "opened",
    ]);
  }
});

Deno.test("who erases their data is erased at each desk to which a link has led", async () => {
  const { desk, service, sales, maria, goes, writes } = await open();
  await using _ = desk;
  await goes("link");
  await writes("quero comprar");
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

Deno.test("who asks for their data reads which desk serves them, and which did before", async () => {
  const { desk, maria, goes, writes } = await open();
  await using _ = desk;
  await goes("link");
  await writes("quero comprar");
  await writes("/privacidade");
  const asked = desk.toldTo(maria).at(-1) as SimulatedMessage;
  maria.presses(asked, dataOf(asked, "Meus dados"));
  await desk.settled();
  const file = desk.toldTo(maria).at(-1) as SimulatedMessage;
  const data = JSON.parse(new TextDecoder().decode(desk.telegram.download(file)));
  const served = [data, data.other_desks.data[0]].map(({ marks }) => [
    marks.data.served_here_last,
    marks.data.served_here_before,
  ]);
  assertEquals(served, [[true, false], [false, true]]);
});

Deno.test("who is being served at another desk by now is transferred from there alone", async () => {
  const { desk, service, sales, goes, comments, writes, thread, card } = await open({
    others: ["Vendas", "Suporte"],
  });
  await using _ = desk;
  await goes("link");
  await writes("quero comprar");
  for (const name of ["vendas", "suporte"]) {
    await comments(desk.boss, service, `/transfer ${name}`);
    assertEquals(
      thread(service).at(-1),
      "ℹ️ O cliente está sendo atendido em vendas: só de lá pode ser transferido.",
    );
  }
  assertStringIncludes(card(sales), "🟦");
  await writes("alguém?");
  assertEquals(thread(sales).at(-1), "alguém?");
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { watchedReads } from "../support/kv_doubles.ts";
import { refusal } from "../support/refusal.ts";
import { openTwoDesks } from "../support/two_desks.ts";

/** A refusal for good. */
const REFUSAL = refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN");

/** Two desks that CHANNEL_ID names, owned by Beto; and what he is answered in private. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open({ ...options, others: ["Vendas"] });
  const asks = async (words: string) => {
    const lastId = desk.toldTo(desk.boss).at(-1)?.message_id ?? 0;
    desk.boss.sends(desk.chatOf(desk.boss), words);
    await desk.settled();
    return desk.toldTo(desk.boss).filter(({ message_id }) => message_id > lastId);
  };
  return { desk, asks, sales: desk.others[0]! };
}

Deno.test("where CHANNEL_ID names the desks it decides: nobody adds or removes one", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  for (const words of ["/adddesk", "/removedesk vendas"]) {
    assertStringIncludes(textsOf(await asks(words)).join(), "A variável CHANNEL_ID decide");
  }
  const [list] = await asks("/desks");
  assertStringIncludes(list!.text!, "CHANNEL_ID decide");
  assertEquals(list!.reply_markup!.inline_keyboard.flat().map(({ text }) => text), [
    "✅ atendimento",
    "✅ vendas",
  ]);
  // A button of a time when it did not decide changes nothing either.
  for (
    const data of ["setup add", `setup remove ${desk.channel.id}`, "setup open -1001234567890"]
  ) {
    desk.boss.forges(list as never, data);
    await desk.settled();
    assertStringIncludes(desk.toldTo(desk.boss).at(-1)!.text!, "A variável CHANNEL_ID decide");
  }
  assertEquals(
    textsOf(await asks("/desks"))[0]!.split("\n").filter((line) => /^\d/.test(line)).length,
    2,
  );
});

Deno.test("a desk is renamed all the same, and keeps its name through a restart", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  assertStringIncludes((await asks("/renamedesk vendas Loja"))[0]!.text!, "loja");
  await desk.restart();
  assertStringIncludes((await asks("/desks"))[0]!.text!, "2. ✅ loja (Vendas)");
});

Deno.test("a renamed desk is found by its name, though what was read before is told only then", async () => {
  let isRenaming = false;
  let reads = 0;
  const hasRead = async (count: number) => {
    while (reads < count) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  let started: Promise<unknown> | undefined;
  const told = Promise.withResolvers<void>();
  const { desk, asks, sales } = await open({
    wrapKv: watchedReads(async (keys) => {
      if (!isRenaming || !keys.some(([, name]) => name === "desk-names")) return;
      reads += 1;
      // The desks are looked through, and then those names are read that are to be changed.
      if (reads === 2) {
        started = desk.app.start();
        await hasRead(3);
      } else if (reads === 3) await told.promise;
    }),
  });
  await using _ = desk;
  desk.telegram.watch(({ content }) => {
    if (content.text?.includes("se chama loja")) told.resolve();
  });
  isRenaming = true;
  await asks("/renamedesk vendas Loja");
  await started;
  const maria = await desk.hearsFrom("Maria", "/start loja_site");
  assertStringIncludes(desk.cardOf(maria, sales).text!, "#from_site");
});

Deno.test("numbers, and what was given up, are each desk's own", async () => {
  const { desk, sales } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await desk.wereServedAt(sales, maria);
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const events = async (deskId: number) =>
    (await Array.fromAsync(desk.anotherStore().desks.events(deskId, 0))).map(({ kind }) => kind);
  assertEquals(await events(desk.channel.id), []);
  assertEquals((await events(sales.channel.id)).toSorted(), ["from-customer", "opened"]);
  desk.telegram.faults.next("copyMessage", REFUSAL);
  desk.boss.comments(desk.cardOf(maria, sales), "isto não vai");
  await desk.settled();
  for (const { group } of [desk, sales]) desk.boss.sends(group, "/failed");
  await desk.settled();
  assertStringIncludes(sales.group.messages.at(-1)!.text!, "Maria");
  assertEquals(desk.group.messages.at(-1)!.text, "✅ Nada deixou de ser entregue.");
});

Deno.test("what waits for a desk that CHANNEL_ID does not name any more is shown to no other, and goes once it is named again", async () => {
  const env: Record<string, string> = {};
  const { desk, service, sales, caio, maria, comments, writes, told, thread } = await openTwoDesks({
    env,
  });
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(caio, sales, "para quando voltar");
  await comments(caio, sales, "/who");
  // The group is to be left alone for a while.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 });
  maria.unblocks(desk.bot);
  maria.sends(desk.chatOf(maria), "segredo de vendas");
  await comments(caio, sales, "sem resposta");
  env.CHANNEL_ID = String(service.channel.id);
  await desk.restart();
  const before = textsOf(service.group.messages).length;
  const cards = textsOf(service.channel.messages);
  for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(textsOf(service.group.messages).slice(before), []);
  assertEquals(textsOf(service.channel.messages), cards);
  // She is served as a new customer is.
  await writes("alguém?");
  assertEquals(thread(service).at(-1), "alguém?");
  delete env.CHANNEL_ID;
  await desk.restart();
  for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales).includes("segredo de vendas"), true);
  const answers = ["para quando voltar", "sem resposta"];
  assertEquals(told().filter((text) => answers.includes(text)), answers);
  assertEquals(textsOf(service.group.messages).includes("segredo de vendas"), false);
});

Deno.test("answers that wait at a desk that is not named any more hold up no other desk's", async () => {
  const env: Record<string, string> = {};
  const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks({ env });
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await comments(desk.ana, service, "um");
  await comments(desk.ana, service, "/transfer vendas");
  env.CHANNEL_ID = String(sales.channel.id);
  await desk.restart();
  await comments(caio, sales, "dois");
  maria.unblocks(desk.bot);
  await desk.settled();
  for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "dois");
  delete env.CHANNEL_ID;
  await desk.restart();
  for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().at(-1), "um");
});

Deno.test("what waits at the only desk waits on while the bot has none: neither named any more, nor claimed", async () => {
  const env: Record<string, string> = {};
  const desk = await TestDesk.open({ env });
  await using _ = desk;
  const maria = await desk.hearsFrom("Maria", "bom dia");
  // She is to be left alone for a while.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 });
  desk.ana.comments(desk.cardOf(maria), "já sai");
  await desk.settled();
  env.CHANNEL_ID = "";
  await desk.restart();
  for (let minutes = 0; minutes < 5; minutes++) await desk.passes(MINUTE_MS);
  delete env.CHANNEL_ID;
  await desk.restart();
  for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "já sai");
});

for (const way of ["number", "public name"] as const) {
  Deno.test(`a desk that is named by its ${way} and cannot be asked for at the start is waited for`, async () => {
    const env: Record<string, string> = {};
    const { desk, service, sales, caio, maria, comments, told } = await openTwoDesks({
      env,
      channelUsername: "padaria",
    });
    await using _ = desk;
    const named = (first: string | number) => `${first},${sales.channel.id}`;
    const names = { "number": service.channel.id, "public name": "@padaria" };
    // It is found by what it was called before alone.
    env.CHANNEL_ID = named(way === "number" ? "@padaria" : service.channel.id);
    await desk.restart();
    maria.blocks(desk.bot);
    await desk.settled();
    await comments(desk.boss, service, "um");
    await comments(desk.boss, service, "/transfer vendas");
    await comments(caio, sales, "dois");
    const before = told().length;
    const isAsking = ({ method, payload }: Call) =>
      method === "getChat" && payload.chat_id === names[way];
    desk.telegram.faults.rate({ kind: "502" }, 1, isAsking);
    await desk.kv.delete([desk.bot.id, "desk", names[way]]);
    env.CHANNEL_ID = named(names[way]);
    await desk.restart();
    maria.unblocks(desk.bot);
    await desk.settled();
    for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
    assertEquals(told().slice(before), []);
    desk.telegram.faults.clear();
    for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
    assertEquals(told().slice(before), ["um", "dois"]);
  });
}

Deno.test("while the desk that serves a customer is not known yet, nobody else serves them", async () => {
  const { desk, service, sales, maria, comments, thread, told } = await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  const before = told().length;
  const shownBefore = thread(service).length;
  const isAsking = ({ method, payload }: Call) =>
    method === "getChat" && payload.chat_id === sales.channel.id;
  desk.telegram.faults.rate({ kind: "502" }, 1, isAsking);
  await desk.kv.delete([desk.bot.id, "desk", sales.channel.id]);
  await desk.restart();
  await comments(desk.ana, service, "ainda está aí?");
  const message = maria.sends(desk.chatOf(maria), "quero comprar");
  for (let minutes = 0; minutes < 3; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(told().slice(before), []);
  assertEquals(textsOf(service.group.messages).includes("quero comprar"), false);
  desk.telegram.faults.clear();
  for (let minutes = 0; minutes < 12; minutes++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales).at(-1), "quero comprar");
  maria.edits(message, "quero comprar pão");
  await desk.settled();
  assertEquals(thread(sales).at(-1), "quero comprar pão");
  assertEquals(thread(service).slice(shownBefore), [
    "ainda está aí?",
    "➡️ Este atendimento continua em vendas: o que se escreve aqui não chega a ninguém.",
  ]);
  assertEquals(told().slice(before), []);
});

Deno.test("a channel that CHANNEL_ID names twice, by its ID and by its name, is one desk", async () => {
  const env: Record<string, string> = {};
  const desk = await TestDesk.open({ env, channelUsername: "padaria", others: ["Vendas"] });
  await using _ = desk;
  const [service, sales] = [desk, desk.others[0]!].map(({ channel }) => channel.id);
  env.CHANNEL_ID = `@padaria,${sales},${service}`;
  await desk.restart();
  desk.boss.sends(desk.chatOf(desk.boss), "/desks");
  await desk.settled();
  const buttons = desk.toldTo(desk.boss).at(-1)!.reply_markup!.inline_keyboard.flat();
  assertEquals(buttons.map(({ text }) => text), ["✅ atendimento", "✅ vendas"]);
  const maria = await desk.hearsFrom("Maria");
  desk.boss.comments(desk.cardOf(maria), "/transfer");
  await desk.settled();
  const { text, reply_markup } = desk.group.messages.at(-1)!;
  assertEquals([text, reply_markup!.inline_keyboard.flat().map((each) => each.text)], [
    "Para qual balcão?",
    ["vendas"],
  ]);
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readSettings } from "../../src/config.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { asks, asksToErase, erases, presses, tracesOf } from "../support/erasing.ts";
import { countingKv } from "../support/kv_doubles.ts";
import { livelyDay } from "../support/lively_day.ts";
import type { Message } from "grammy/types";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

const REACHES_NOBODY = "🗑 Isto não chega a ninguém: os dados do cliente foram apagados.";

/** A desk where Maria has written, and Ana has answered. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const maria = desk.customer("Maria", { lastName: "Silva" });
  const first = maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  const answer = desk.ana.comments(desk.cardOf(maria), "bom dia, Maria!");
  await desk.settled();
  const card = desk.cardOf(maria);
  const root = rootOf(desk, card);
  /** What the bot has said in the thread since the last time this was asked. */
  let seen = desk.group.messages.at(-1)!.message_id;
  const said = () => {
    const all = desk.group.messages.filter(({ from, message_id }) =>
      from?.id === desk.bot.id && message_id > seen
    );
    seen = desk.group.messages.at(-1)!.message_id;
    return textsOf(all);
  };
  return { desk, maria, first, answer, card, root, said };
}

function rootOf({ group }: TestDesk, card: Message): SimulatedMessage {
  return group.messages.find(({ forward_origin: origin }) =>
    origin?.type === "channel" && origin.message_id === card.message_id
  )!;
}

Deno.test("a customer who erases their data is named nowhere any more, and both sides are told", async () => {
  const { desk, maria, card, said } = await open();
  await using _ = desk;
  assert((await tracesOf(desk.kv, maria)).length > 5);
  await erases(desk, maria);
  assertEquals(await tracesOf(desk.kv, maria, /Maria|Silva/), []);
  assertEquals(desk.channel.message(card.message_id)!.text, "🗑 apagado");
  assertEquals(desk.channel.pinned, []);
  assertEquals(said(), [
    "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.",
  ]);
  const told = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(told.text!, "✅ Pronto: o que estava guardado sobre você foi apagado.");
  assertEquals(told.reply_markup, undefined, "the question is answered");
  assert(textsOf(desk.group.messages).includes("bom dia"), "Telegram's copies stay");
});

Deno.test("of a lively day nothing is left of who erases it, and nothing of others is missing", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "5000" } });
  const { maria, joao } = await livelyDay(desk);
  maria.sends(desk.chatOf(maria), { photo: true, caption: "um" }, { mediaGroupId: "waits" });
  await desk.settled();
  const others = await tracesOf(desk.kv, joao);
  // Banned on that day: what stays is a mark.
  await presses(desk, maria, await asks(desk, maria, "/privacy"), "Borrar");
  await presses(desk, maria, desk.toldTo(maria).at(-1)!, "Sí, borrar");
  for (let times = 0; times < 10; times++) await desk.passes(1100);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(await tracesOf(desk.kv, joao), others);
  const cards = desk.channel.messages.filter(({ text }) => text?.includes(String(maria.id)));
  assertEquals(cards, []);
});

Deno.test("comments in the thread of an erased customer reach nobody, and say so in one line", async () => {
  for (const isOld of [false, true]) {
    const { desk, maria, card, root, said } = await open();
    await using _ = desk;
    // A post's edits reach its copy in the group for two weeks only: then it names the customer still.
    if (isOld) await desk.passes(20 * DAY_MS);
    await erases(desk, maria);
    assertEquals(desk.group.message(root.message_id)!.text!.includes(String(maria.id)), isOld);
    said();
    const told = desk.toldTo(maria).length;
    const comment = desk.ana.comments(card, "ainda aí?");
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY]);
    const line = desk.group.messages.at(-1)!;
    assertEquals(line.reply_to_message?.message_id, comment.message_id);
    desk.bia.sends(desk.group, "eu também", { replyTo: comment.message_id });
    desk.boss.comments(card, "e eu", { as: desk.channel });
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY, REACHES_NOBODY]);
    await desk.ana.sendsAlbum(desk.group, [{ photo: true }, { photo: true }, { photo: true }], {
      replyTo: root.message_id,
    });
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY]);

    // What is for nobody anyhow, is an edit, or comes from a stranger is answered with nothing.
    const eva = desk.telegram.createUser({ firstName: "Eva" });
    eva.comments(card, "quem é?");
    desk.ana.comments(card, "# anotado");
    desk.ana.edits(comment, "ainda aí??");
    await desk.settled();
    assertEquals(said(), []);
    for (const words of ["/settings", "/setup", "/clsoe", "/close", "/quem"]) {
      desk.boss.comments(card, words);
      eva.comments(card, words);
      await desk.settled();
    }
    assertEquals(said().map((text) => text.slice(0, 20)), [
      "⚙️ Ajustes\n\nboasvind",
      "Este comando vale no",
      "Não conheço /clsoe. ",
      REACHES_NOBODY.slice(0, 20),
      REACHES_NOBODY.slice(0, 20),
    ]);
    assertEquals(desk.toldTo(maria).length, told);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  }
});

Deno.test("nothing that comes late brings an erased customer back", async () => {
  const { desk, maria, first, answer, card, root } = await open({ settings: { panel: true } });
  await using _ = desk;
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const shown = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  desk.ana.comments(card, "/ban");
  await desk.settled();
  const question = desk.threadOf(maria).at(-1)!;
  await erases(desk, maria);
  const updates = desk.telegram.updates.map(({ update }) => update.update_id);
  const told = desk.toldTo(maria).length;
  for (const id of updates) desk.telegram.redeliver(id);
  await desk.settled();
  maria.edits(first, "boa tarde");
  maria.reacts(desk.toldTo(maria)[1] as SimulatedMessage, "👍");
  desk.ana.edits(answer, "boa tarde, Maria!");
  desk.ana.reacts(shown as SimulatedMessage, "🔥");
  desk.telegram.spuriousEdit(root);
  maria.blocks(desk.bot);
  maria.unblocks(desk.bot);
  await desk.settled();
  for (const [message, button] of [[panel, "Encerrar"], [question, "Banir"]] as const) {
    assertEquals(await presses(desk, desk.ana, message, button), REACHES_NOBODY);
  }
  await desk.passes(MINUTE_MS);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(desk.toldTo(maria).length, told);
});

Deno.test("the forward of a card that comes after the erasure leads to nobody", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  const card = desk.cardOf(maria);
  await erases(desk, maria);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "não chegaram mais à nossa equipe: 1.");
  desk.telegram.releaseForwards();
  await desk.settled();
  desk.ana.comments(card, "olá?");
  await desk.settled();
  assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
  assertEquals(desk.group.pinned, []);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

for (const how of ["its forward", "a comment under it"]) {
  Deno.test(`a card of which nobody knew is found by ${how}, and names nobody any more`, async () => {
    await using desk = await TestDesk.open();
    desk.telegram.autoForward = { mode: "never", delayMs: 0 };
    const isCard = ({ method, payload }: { method: string; payload: { chat_id?: unknown } }) =>
      method === "sendMessage" && payload.chat_id === desk.channel.id;
    desk.telegram.faults.next(isCard, { kind: "lost answer" });
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), "bom dia");
    for (let times = 0; times < 5; times++) await desk.passes(1000);
    const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
    assertEquals(cards.length, 2);
    await erases(desk, maria);
    assertEquals(textsOf(desk.channel.messages).filter((text) => text.includes("Maria")).length, 1);
    // Who is not in the group when a forward comes never sees it.
    const isMissed = how !== "its forward";
    if (isMissed) desk.telegram.removeMember(desk.group, desk.bot, "left");
    desk.telegram.releaseForwards();
    await desk.settled();
    if (isMissed) desk.telegram.promote(desk.group, desk.bot);
    await desk.passes(MINUTE_MS);
    desk.ana.comments(cards[0]!, "olá?");
    await desk.settled();
    assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
    assertEquals(textsOf(desk.channel.messages).filter((text) => text.includes("Maria")), []);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  });
}

Deno.test("who writes again begins anew, and the old thread has no part in it", async () => {
  const { desk, maria, answer, card, said } = await open({ settings: { panel: true } });
  await using _ = desk;
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const question = await asksToErase(desk, maria);
  const old = question.reply_markup!.inline_keyboard.flat()[0] as { callback_data: string };
  await erases(desk, maria);
  maria.sends(desk.chatOf(maria), "olá de novo", { replyTo: desk.toldTo(maria)[1]!.message_id });
  await desk.settled();
  const fresh = desk.cardOf(maria);
  assert(fresh.message_id > card.message_id);
  assertEquals(textsOf(desk.threadOf(maria)).slice(1), ["olá de novo"]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "Olá! Escreva sua mensagem aqui");
  said();

  // Neither what is written there nor its buttons, nor the old question.
  desk.ana.comments(card, "do cartão antigo");
  desk.ana.edits(answer, "bom dia, querida!");
  await desk.settled();
  assertEquals(said(), [REACHES_NOBODY]);
  assertEquals(await presses(desk, desk.ana, panel, "Encerrar"), REACHES_NOBODY);
  const pressed = maria.forges(question as SimulatedMessage, old.callback_data);
  await desk.settled();
  assertStringIncludes((await pressed)?.text ?? "", "Este botão não vale mais");
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
  desk.ana.comments(fresh, "bem-vinda de volta!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-1), ["bem-vinda de volta!"]);
  await erases(desk, maria);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(textsOf(desk.channel.messages).slice(-2), ["🗑 apagado", "🗑 apagado"]);
});

Deno.test("all cards of a customer are effaced, also those that others have replaced", async () => {
  const { desk, maria, root } = await open();
  await using _ = desk;
  desk.boss.deletes(root);
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
});

Deno.test("a card that never got its thread is effaced as well as the one that replaced it", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  for (let minute = 0; minute < 12; minute++) await desk.passes(MINUTE_MS);
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("a card that was posted twice, since the answer was lost, is effaced twice", async () => {
  await using desk = await TestDesk.open();
  const isCard = ({ method, payload }: { method: string; payload: { chat_id?: unknown } }) =>
    method === "sendMessage" && payload.chat_id === desk.channel.id;
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  desk.telegram.faults.next(isCard, { kind: "lost answer" });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "bom dia");
  for (let times = 0; times < 5; times++) await desk.passes(1000);
  desk.telegram.releaseForwards();
  await desk.settled();
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
  for (const card of desk.channel.messages.filter(({ text }) => text === "🗑 apagado")) {
    desk.ana.comments(card, "oi?");
    await desk.settled();
    assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
  }
});

Deno.test("what waited in either direction is not delivered, and each side is told how much", async () => {
  const { desk, maria, card, said } = await open({ env: { ALBUM_QUIET_MS: "10000" } });
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  const isCopy = { method: "copyMessage" } as const;
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method === isCopy.method);
  for (const text of ["um", "dois"]) desk.ana.comments(card, text);
  desk.ana.comments(card, "# nota");
  maria.sends(desk.chatOf(maria), "três");
  for (const caption of ["a", "b"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "album" });
  }
  await desk.settled();
  said();
  await presses(desk, maria, question, "Sim, apagar");
  for (let times = 0; times < 10; times++) await desk.passes(1100);
  desk.telegram.faults.clear();
  await desk.passes(DAY_MS);
  assertEquals(said(), [
    "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.\n" +
    "⚠️ Mensagens que não foram mais entregues: 2.",
  ]);
  assertStringIncludes(
    desk.toldTo(maria).at(-1)!.text!,
    "⚠️ Mensagens suas que não chegaram mais à nossa equipe: 3.",
  );
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("what the team wrote for a customer who had blocked the bot is not kept for their return", async () => {
  const { desk, maria, card, said } = await open();
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  maria.blocks(desk.bot);
  await desk.settled();
  desk.ana.comments(card, "seu pão está pronto");
  await desk.settled();
  said();
  await presses(desk, maria, question, "Sim, apagar");
  for (let times = 0; times < 5; times++) await desk.passes(1100);
  assertStringIncludes(said().join(), "não foram mais entregues: 1.");
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), [], "nobody waits to tell them either");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).includes("seu pão está pronto"), false);
});

Deno.test("a banned customer stays banned by a mark alone, and is told so at most once", async () => {
  for (const isTold of [false, true]) {
    const { desk, maria, card } = await open();
    await using _ = desk;
    desk.ana.comments(card, "/ban");
    await desk.settled();
    await presses(desk, desk.ana, desk.threadOf(maria).at(-1)!, "Banir");
    const tries = async () => {
      for (const text of ["oi?", "/start", "por quê?"]) maria.sends(desk.chatOf(maria), text);
      await desk.settled();
      return textsOf(desk.toldTo(maria)).filter((text) => /não está disponível/.test(text)).length;
    };
    if (isTold) await tries();
    await erases(desk, maria);
    assertStringIncludes(
      desk.toldTo(maria).at(-1)!.text!,
      "uma marca da qual ninguém consegue ler",
    );
    assertEquals(await tracesOf(desk.kv, maria, /Maria|Silva/), []);
    await desk.restart();
    await desk.passes(100 * DAY_MS);
    assertEquals(await tries(), 1);
    assertEquals(await tries(), 1);
    assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Maria")), []);
    assertEquals(await tracesOf(desk.kv, maria, /Maria|Silva/), []);
    // The mark is theirs alone.
    const joao = desk.customer("João");
    joao.sends(desk.chatOf(joao), "oi");
    await desk.settled();
    assert(desk.cardOf(joao));
    // They may ask what is kept all the same.
    assertStringIncludes((await asks(desk, maria, "/privacidade")).text!, "O que fica guardado");
  }
});

Deno.test("copies in the thread go too if the desk has decided so, as far as Telegram lets them", async () => {
  for (const erasecopies of [false, true]) {
    const { desk, maria, root } = await open({ settings: { panel: false, erasecopies } });
    await using _ = desk;
    for (let number = 1; number <= 7; number++) maria.sends(desk.chatOf(maria), `velha ${number}`);
    await desk.settled();
    await desk.passes(3 * DAY_MS);
    maria.info.is_premium = true;
    maria.sends(desk.chatOf(maria), `longa ${"palavra ".repeat(900)}`);
    const edited = maria.sends(desk.chatOf(maria), { rich_message: "um" });
    await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true }, { photo: true }]);
    await desk.settled();
    await desk.passes(1100);
    maria.edits(edited, { rich_message: "dois" });
    desk.ana.sends(desk.group, "do atendente", { replyTo: root.message_id });
    await desk.settled();
    const before = textsOf(desk.group.thread(root.message_id)).slice(2);
    assertEquals(before.length, 7 + 2 + 3 + 2 + 1);
    await erases(desk, maria);
    const after = textsOf(desk.group.thread(root.message_id)).slice(2, -1);
    const kept = before.filter((text) => /velha|Maria!|do atendente/.test(text));
    assertEquals(after, erasecopies ? kept : before);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  }
});

Deno.test("a copy that is made while others are deleted is deleted as well", async () => {
  const { desk, maria } = await open({ settings: { panel: false, erasecopies: true } });
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  desk.telegram.latencyMs = 100;
  confirms(maria, question);
  while (!desk.telegram.calls.some(({ method }) => method === "deleteMessages")) await pause(1);
  desk.telegram.latencyMs = 0;
  maria.sends(desk.chatOf(maria), "no meio");
  for (let times = 0; times < 4; times++) await desk.passes(1100);
  assertEquals(textsOf(desk.group.messages).slice(2), [
    "bom dia, Maria!",
    "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.",
  ]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "✅ Pronto");
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("what a customer asks for while they are being erased is answered", async () => {
  const { desk, maria } = await open();
  await using _ = desk;
  const told = await asks(desk, maria, "/privacidade");
  const question = await asksToErase(desk, maria);
  // Somebody else works on the conversation for now.
  const store = new Store(desk.kv, {
    botId: desk.bot.id,
    owner: "test",
    seal: sealWith(desk.bot.token),
    retentionDays: 90,
    now: desk.clock.now,
  });
  const deskId = desk.channel.id;
  const lease = await store.claim({ deskId, customerId: maria.id, direction: "to-team" });
  confirms(maria, question);
  await desk.settled();
  const [show] = told.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  const answer = maria.presses(told as SimulatedMessage, show!.callback_data);
  await desk.passes(5000);
  assert((await tracesOf(desk.kv, maria, /Maria/)).length > 5, "it waits");
  assertEquals(typeof lease, "object");
  for (let times = 0; times < 3; times++) await desk.passes(45_000);
  assert(await answer, "the button stops waiting");
  assertEquals(desk.toldTo(maria).at(-1)!.document?.file_name, "data.json");
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("who joins the group while they are being erased is removed all the same", async () => {
  const { desk, maria } = await open();
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  // Somebody else works on the conversation for now, so that the erasure waits.
  await desk.anotherStore().claim({
    deskId: desk.channel.id,
    customerId: maria.id,
    direction: "to-team",
  });
  confirms(maria, question);
  await desk.settled();
  maria.joins(desk.group);
  await desk.settled();
  for (let times = 0; times < 3; times++) await desk.passes(45_000);
  assertStringIncludes(textsOf(desk.toldTo(maria)).join(), "✅ Pronto");
  assertEquals(desk.group.membership(maria.info).status, "left");
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("who cancels too late is not told that nothing was erased", async () => {
  const { desk, maria } = await open();
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  const [sure, cancel] = question.reply_markup!.inline_keyboard.flat() as {
    callback_data: string;
  }[];
  const erasing = maria.presses(question as SimulatedMessage, sure!.callback_data);
  const cancelling = maria.presses(question as SimulatedMessage, cancel!.callback_data);
  for (let times = 0; times < 5; times++) await desk.passes(1100);
  await Promise.all([erasing, cancelling]);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  const isTold = () => {
    const texts = textsOf(desk.toldTo(maria));
    assertEquals(texts.filter((text) => text.startsWith("✅ Pronto")).length, 1);
    assertEquals(texts.includes("Nada foi apagado."), false);
  };
  isTold();
  // Nor later, when there is something again that was not erased.
  maria.sends(desk.chatOf(maria), "oi de novo");
  await desk.settled();
  const later = await asksToErase(desk, maria);
  const answer = await maria.forges(later as SimulatedMessage, cancel!.callback_data);
  await desk.settled();
  isTold();
  assertStringIncludes(answer!.text!, "não vale mais");
});

Deno.test("statistics count what happened, whoever has erased their data since", async () => {
  const { desk, maria } = await open();
  await using _ = desk;
  desk.boss.starts(desk.bot);
  await desk.settled();
  const stats = async () => {
    desk.boss.sends(desk.chatOf(desk.boss), "/stats");
    await desk.settled();
    return desk.toldTo(desk.boss).at(-1)!.caption!.split("\n").filter((line) =>
      /abertas|cliente|equipe|Ana|Esperando|fechadas/i.test(line)
    );
  };
  const before = await stats();
  await erases(desk, maria);
  const closed = (line: string) => line.replace("fechadas: 0", "fechadas: 1");
  assertEquals(await stats(), before.map(closed));
});

/** Sees an erasure through, on a desk that was disturbed, and that all of it was done. */
async function isDone(desk: TestDesk, maria: SimulatedUser, card: Message): Promise<void> {
  for (let times = 0; times < 4; times++) await desk.passes(50_000);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(desk.channel.message(card.message_id)!.text, "🗑 apagado");
  assertEquals(desk.channel.pinned, []);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "✅ Pronto");
  assertEquals(desk.toldTo(maria).filter(({ text }) => text?.startsWith("✅ Pronto")).length, 1);
}

/** Confirms, without waiting for what follows. */
function confirms(maria: SimulatedUser, question: Message): void {
  const [button] = question.reply_markup!.inline_keyboard.flat();
  const { callback_data } = button as { callback_data: string };
  void maria.presses(question as SimulatedMessage, callback_data);
}

Deno.test("an erasure that breaks off at any commit is brought to its end", async () => {
  let isThrough = false;
  let step = 0;
  for (; !isThrough; step++) {
    let left = Infinity;
    const { wrap } = countingKv(() => {
      if (left-- <= 0) throw new Error("the database is gone");
    });
    const { desk, maria, card } = await open({ wrapKv: wrap, settings: { erasecopies: true } });
    await using _ = desk;
    maria.sends(desk.chatOf(maria), "mais uma coisa");
    desk.ana.comments(card, "pois não?");
    await desk.settled();
    const question = await asksToErase(desk, maria);
    // The first commit takes the press; without it, Telegram would bring the press again.
    left = step + 1;
    confirms(maria, question);
    for (let times = 0; times < 3; times++) await desk.passes(1100);
    isThrough = left > 0;
    left = Infinity;
    await desk.restart();
    await isDone(desk, maria, card);
  }
  assert(step > 8, `only ${step} commits`);
});

for (
  const fault of [
    { kind: "502" },
    { kind: "lost answer" },
    { kind: "429", retryAfterS: 3 },
  ] as const
) {
  Deno.test(`an erasure of which every call ends once with ${fault.kind} is brought to its end`, async () => {
    const { desk, maria, card } = await open({ settings: { erasecopies: true } });
    await using _ = desk;
    const question = await asksToErase(desk, maria);
    const failed = new Set<string>();
    desk.telegram.faults.rate(fault, 1, ({ method, payload }) => {
      const name = `${method} ${JSON.stringify(payload)}`;
      const isFirst = !failed.has(name) && /^(send|edit|delete|unpin)/.test(method);
      failed.add(name);
      return isFirst;
    });
    confirms(maria, question);
    for (let times = 0; times < 8; times++) await desk.passes(5000);
    await isDone(desk, maria, card);
  });
}

Deno.test("an erasure in the midst of traffic leaves nothing behind, and hides no loss", async () => {
  let lost = 0;
  for (let round = 0; round < 12; round++) {
    const { desk, maria, card, answer } = await open({ env: { ALBUM_QUIET_MS: "20" } });
    await using _ = desk;
    const env: Record<string, string> = {
      BOT_TOKEN: desk.bot.token,
      CHANNEL_ID: String(desk.channel.id),
      PUBLIC_URL: "https://desk.example",
      PACE: "off",
    };
    const other = desk.createApp(readSettings((name) => env[name]).config!);
    await other.start();
    const question = await asksToErase(desk, maria);
    desk.telegram.latencyMs = 2;
    desk.telegram.faults.rate({ kind: "502" }, 0.4, ({ method }) => /^(copy|send)/.test(method));
    let written = 0;
    const writes = async () => {
      maria.sends(desk.chatOf(maria), `nova ${written}`);
      maria.sends(desk.chatOf(maria), { photo: true }, { mediaGroupId: `album ${written}` });
      desk.ana.comments(card, `sobre ${written}`);
      desk.ana.edits(answer, `bom dia ${written}`);
      written += 2;
      await pause(round % 4);
    };
    for (let number = 0; number < 3; number++) await writes();
    confirms(maria, question);
    for (let times = 0; times < 12; times++) {
      if (times < 8) await writes();
      void other.drain();
      desk.clock.aheadMs += 300;
      await desk.app.drain();
    }
    desk.telegram.faults.clear();
    const comesToRest = async () => {
      // Nobody's lease shall run out under a call because time jumps.
      for (let times = 0; times < 5; times++) {
        await other.drain();
        await desk.settled();
        await desk.passes(50_000);
      }
    };
    await comesToRest();
    const counts = textsOf(desk.toldTo(maria)).map((text) => /equipe: (\d+)/.exec(text)?.[1] ?? 0);
    const undelivered = counts.reduce((sum: number, each) => sum + Number(each), 0);
    const shown = desk.group.messages.filter(({ from, text, photo }) =>
      from?.id === desk.bot.id && (photo || text?.startsWith("nova"))
    );
    assertEquals(shown.length + undelivered, written, `round ${round}`);
    lost += undelivered;
    // What she wrote when it was done has begun anew.
    const isAnew = desk.channel.messages.some(({ text }) => text?.includes("Maria"));
    if (isAnew) await erases(desk, maria);
    await comesToRest();
    await other.close(0);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), [], `round ${round}`);
    const cards = textsOf(desk.channel.messages).filter((text) => text !== "[something]");
    assertEquals([...new Set(cards)], ["🗑 apagado"], `round ${round}`);
  }
  assert(lost > 0, "nothing was under way");
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

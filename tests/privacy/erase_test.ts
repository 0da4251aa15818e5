import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import {
  asks,
  asksToErase,
  confirms,
  erases,
  openAnswered,
  presses,
  tracesOf,
} from "../support/erasing.ts";
import { livelyDay } from "../support/lively_day.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

Deno.test("a customer who erases their data is named nowhere any more, and both sides are told", async () => {
  const { desk, maria, card, said } = await openAnswered();
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

Deno.test("what waited in either direction is not delivered, and each side is told how much", async () => {
  const { desk, maria, card, said } = await openAnswered({ env: { ALBUM_QUIET_MS: "10000" } });
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
  const { desk, maria, card, said } = await openAnswered();
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
    const { desk, maria, card } = await openAnswered();
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
    const joao = await desk.hearsFrom("João");
    assert(desk.cardOf(joao));
    // They may ask what is kept all the same.
    assertStringIncludes((await asks(desk, maria, "/privacidade")).text!, "O que fica guardado");
  }
});

Deno.test("what a customer asks for while they are being erased is answered", async () => {
  const { desk, maria } = await openAnswered();
  await using _ = desk;
  const told = await asks(desk, maria, "/privacidade");
  const question = await asksToErase(desk, maria);
  // Somebody else works on the conversation for now.
  const store = desk.anotherStore();
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
  const { desk, maria } = await openAnswered();
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
  const { desk, maria } = await openAnswered();
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
  const { desk, maria } = await openAnswered();
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

/** Conversations that have gone on at another desk, and whose old thread is gone before all of it was shown. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

Deno.test("what waited for an old thread that is gone is shown in the new one", async () => {
  const { desk, service, losesThread, sales, comments, writes, thread } = await openTwoDesks();
  await using _ = desk;
  // The group is to be left alone: what Maria writes waits.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await writes("espera aí");
  await comments(desk.ana, service, "/transfer vendas");
  losesThread(service);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(
    [...thread(sales)].filter((text) => text === "espera aí").length,
    1,
    thread(sales).join("\n"),
  );
});

Deno.test("what waited for an old thread is shown in it, though its card leads elsewhere before its copy comes", async () => {
  const { desk, service, losesThread, sales, comments, writes, last, thread, card } =
    await openTwoDesks();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  // Another card follows, of which the copy is late.
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  losesThread(service);
  await writes("quero comprar");
  desk.telegram.autoForward = { mode: "after", delayMs: 1 };
  desk.bia.presses(question, dataOf(question, "vendas"));
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  assertStringIncludes(card(service), "→ vendas");
  desk.telegram.releaseForwards();
  for (let minute = 0; minute < 15; minute++) await desk.passes(MINUTE_MS);
  assertEquals(thread(service).filter((text) => text === "quero comprar").length, 1);
  assertEquals(thread(sales).includes("quero comprar"), false);
});

Deno.test("what a customer makes of a message that waited for an old thread which is gone follows it", async () => {
  const { desk, service, losesThread, sales, maria, comments, thread, told } = await openTwoDesks();
  await using _ = desk;
  // The group is to be left alone: what Maria writes waits.
  desk.telegram.faults.next("sendMediaGroup", { kind: "429", retryAfterS: 30 });
  const [first] = ["um", "dois"].map((caption) =>
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "fotos" })
  );
  await desk.passes(1100);
  await comments(desk.ana, service, "/transfer vendas");
  losesThread(service);
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
    const { desk, service, losesThread, sales, maria, comments, writes, thread } =
      await openTwoDesks();
    await using _ = desk;
    desk.telegram.unproven.answersToDeleted = answersToDeleted;
    await writes("um");
    // The group is to be left alone for a moment: what Maria writes waits.
    desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
    maria.sends(desk.chatOf(maria), "dois");
    maria.sends(desk.chatOf(maria), "três");
    await desk.settled();
    await comments(desk.ana, service, "/transfer vendas");
    losesThread(service);
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
  const { desk, service, losesThread, sales, maria, comments } = await openTwoDesks();
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
  losesThread(service);
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
  const { desk, service, losesThread, sales, comments, writes, thread, card } =
    await openTwoDesks();
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
  losesThread(service);
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

Deno.test("what a customer edits and reacts to in an old thread that is gone changes there all the same", async () => {
  const { desk, service, losesThread, maria, first, answer, comments, writes, last, thread, told } =
    await openTwoDesks();
  await using _ = desk;
  const sales = desk.others[0]!;
  const seen = desk.toldTo(maria).at(-1) as SimulatedMessage;
  const copy = desk.threadOf(maria)[0]!;
  await comments(desk.ana, service, "/transfer");
  const question = last(service);
  const isCard = ({ method, payload }: Call) =>
    method === "sendMessage" && payload.chat_id === service.channel.id;
  desk.telegram.faults.rate({ kind: "502" }, 1, isCard);
  losesThread(service);
  // Another card is to follow, but cannot be posted.
  await writes("quero comprar");
  await desk.passes(MINUTE_MS);
  maria.edits(first, "boa tarde");
  maria.reacts(seen, "👍");
  await desk.settled();
  desk.bia.presses(question, dataOf(question, "vendas"));
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  desk.telegram.faults.clear();
  for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
  assertEquals(thread(sales).at(-1), "quero comprar");
  assertEquals(service.group.message(copy.message_id)?.text, "boa tarde");
  assertEquals(service.group.reactionsOf(answer.message_id).length, 1);
  assertEquals(told().filter((text) => text.includes("edição")), []);
});

Deno.test("what the old desk's people were to be told in a thread that is gone, no other desk is", async () => {
  const { desk, service, losesThread, sales, comments, writes, last, thread } =
    await openTwoDesks();
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
  losesThread(service);
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

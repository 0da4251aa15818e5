import { assert, assertEquals } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

/** The copies of a customer's cards in the group, oldest first. */
function rootsOf(desk: TestDesk, customerId: number) {
  return desk.group.messages.filter((message) =>
    message.is_automatic_forward && message.text?.includes(`ID ${customerId}`)
  );
}

Deno.test("a deleted root: a new card, the same message under it, and the old card says where", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const oldCard = desk.cardOf(maria);
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  maria.sends(desk.chatOf(maria), "três");
  await desk.settled();

  const newCard = desk.cardOf(maria);
  assert(newCard.message_id !== oldCard.message_id);
  assertEquals(textsOf(desk.threadOf(maria)), ["dois", "três"]);
  const retired = desk.channel.message(oldCard.message_id)!;
  assertEquals(retired.text, `➡️ Maria\nID ${maria.id}\nA conversa continua aqui.`);
  const link = retired.entities?.findLast(({ type }) => type === "text_link") as { url: string };
  assert(link.url.endsWith(`/${newCard.message_id}`));

  desk.ana.comments(newCard, "quatro");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "quatro");
});

Deno.test("a card whose posting was not answered says where the conversation is, too, once its root is deleted", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const isCard = ({ payload }: { payload: Record<string, unknown> }) =>
    payload.chat_id === desk.channel.id;
  for (const text of ["dois", "três"]) {
    desk.boss.deletes(rootsOf(desk, maria.id).at(-1)!);
    desk.telegram.faults.next(isCard, { kind: "lost answer" });
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
    await desk.passes(MINUTE_MS);
    await desk.passes(HOUR_MS);
  }
  assertEquals(textsOf(desk.threadOf(maria)), ["três"]);
  assertEquals(desk.channel.messages.map(({ text }) => text?.split(" ")[0]), ["➡️", "➡️", "🟦"]);
});

Deno.test("a card that is over says so, though an edit of it was still under way", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const oldCard = desk.cardOf(maria);
  const isEdit = ({ method, payload }: { method: string; payload: Record<string, unknown> }) =>
    method === "editMessageText" && payload.message_id === oldCard.message_id;
  desk.telegram.faults.next(isEdit, { kind: "delay", ms: 200 });
  desk.ana.comments(oldCard, "/p 4");
  while (!desk.telegram.calls.some(isEdit)) await new Promise((done) => setTimeout(done, 1));
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.passes(1100);
  assertEquals(desk.threadOf(maria)[0]?.text, "dois");
  assertEquals(desk.channel.messages.map(({ text }) => text?.split(" ")[0]), ["➡️", "🟧"]);
});

Deno.test("an answer to a message of a thread that is gone goes into the new thread", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["dois", "sobre o um"]);
});

Deno.test("an answer to a message whose thread has lost its root goes into a new thread", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  // The copy of "um" is still there to be answered, but nobody looks at it any more.
  const album = { replyTo: question.message_id, mediaGroupId: "1" };
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  for (const caption of ["a", "b"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, album);
  }
  await desk.settled();
  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um", "a", "b"]);
});

Deno.test("an answer waits while the bot is not there to look for its root", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  // Only the look is refused: the bot is back when the call arrives.
  desk.telegram.faults.next(
    "setMessageReaction",
    refusal("Forbidden: bot was kicked from the supergroup chat", 403),
  );
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um"]);
});

Deno.test("a deleted card whose copy lives goes on in its thread", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const [root] = rootsOf(desk, maria.id);
  desk.boss.deletes(desk.cardOf(maria));
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const thread = desk.group.thread(root!.message_id);
  assertEquals(textsOf(thread), ["um", "dois"]);
  desk.ana.sends(desk.group, "três", { replyTo: thread[1]!.message_id });
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "três");
});

Deno.test("a card that never gets a thread is posted again, more and more rarely", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  await desk.hearsFrom("Maria", "um");
  const cards = () => desk.channel.messages.filter(({ text }) => text?.includes("Maria")).length;
  const countAfter = async (minutes: number) => {
    for (let each = 0; each < minutes; each++) await desk.passes(61_000);
    return cards();
  };
  assertEquals(await countAfter(8), 1);
  assertEquals(await countAfter(4), 2);
  assertEquals(await countAfter(50), 2);
  assertEquals(await countAfter(15), 3);
  desk.telegram.autoForward = { mode: "after", delayMs: 1 };
  desk.telegram.releaseForwards();
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.group.messages).filter((text) => text === "um").length, 1);
});

Deno.test("a comment under a card that is over reaches its customer, though its copy was never seen", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("#Maria");
  const { handler } = desk.app;
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    return message?.is_automatic_forward ? new Response() : await handler(request);
  };
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  desk.app.handler = handler;
  for (let minute = 0; minute < 12; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
  const retired = desk.channel.message(oldCard.message_id)!;
  assert(retired.text?.startsWith("➡️"));
  assertEquals(retired.entities?.map(({ type }) => type), ["text_link", "text_link"]);

  desk.ana.comments(retired, "olá");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "olá");

  // Not even an empty database has the conversation go on there.
  await desk.loseDatabase();
  desk.ana.comments(retired, "ainda aí?");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "ainda aí?");
  maria.sends(desk.chatOf(maria), "sim");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["sim"]);
});

Deno.test("an old card is marked after the bot was out of the channel", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const oldCard = desk.cardOf(maria);
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  desk.telegram.faults.next(
    "editMessageText",
    refusal("Forbidden: bot was kicked from the channel chat", 403),
  );
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const { calls } = desk.telegram;
  assert(calls.some(({ response }) => response?.ok === false && response.error_code === 403));
  await desk.passes(61_000);
  assert(desk.channel.message(oldCard.message_id)!.text!.startsWith("➡️"));
});

Deno.test("threads that somebody keeps removing do not become a flood of cards", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  for (let n = 0; n < 20; n++) {
    for (const root of rootsOf(desk, maria.id)) desk.boss.deletes(root);
    maria.sends(desk.chatOf(maria), `mensagem ${n}`);
    await desk.settled();
    await desk.passes(61_000);
  }
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assert(cards.length <= 4, `${cards.length} cards`);
});

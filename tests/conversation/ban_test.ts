import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openConversation } from "../../src/conversation/conversation.ts";
import { textsOf } from "../support/desk.ts";
import { erases, presses } from "../support/erasing.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import type { DeskOptions } from "../support/desk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

const NOT_AVAILABLE = "Este chat não está disponível.";

/** A conversation whose customer can be banned. */
async function open(options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, maria, says, line, press } = talk;
  /** The question whether to ban; pressing its button bans. */
  const asksToBan = async () => {
    await says(desk.ana, "/ban");
    const question = line() as SimulatedMessage;
    return async () => {
      await press(desk.ana, question, "Banir");
    };
  };
  const ban = async () => await (await asksToBan())();
  const thread = () => textsOf(desk.threadOf(maria));
  const told = () => textsOf(desk.toldTo(maria));
  return { ...talk, asksToBan, ban, thread, told };
}

Deno.test("a banned customer is told once, whatever they do, also over a restart; and anew by a new ban", async () => {
  const { desk, maria, says, writes, ban, thread, told } = await open();
  await using _ = desk;
  await ban();
  const [before, shown] = [told().length, thread()];
  for (const words of ["por quê?", "/start", "/start instagram", "/settings", "/start oi, gente"]) {
    await writes(words);
  }
  await desk.restart();
  await writes({ photo: true, caption: "olha" });
  await writes({ sticker: true });
  await writes({ poll: { question: "?", options: ["a", "b"] } } as never);
  await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true }, { photo: true }]);
  await desk.settled();
  await desk.passes(2000);
  assertEquals(told().slice(before), [NOT_AVAILABLE]);
  assertEquals(thread(), shown);
  assertEquals(desk.cardOf(maria).text, `❌ Maria Silva\nID ${maria.id}`);
  await says(desk.ana, "/unban");
  await writes("voltei");
  assertEquals(thread().at(-1), "voltei");
  await ban();
  await writes("de novo?");
  assertEquals(told().slice(before), [NOT_AVAILABLE, NOT_AVAILABLE]);
});

Deno.test("what a banned customer may know is still answered, without the team being told", async () => {
  const { writes, ban, thread, told, desk } = await open();
  await using _ = desk;
  await ban();
  const shown = thread();
  for (
    const [command, words] of [
      ["/terms", "são lidas e respondidas"],
      ["/termos", "são lidas e respondidas"],
      ["/privacy", "seu nome"],
      ["/privacidade", "seu nome"],
      ["/help", "Escreva aqui o que precisar"],
    ] as const
  ) {
    await writes(command);
    assertStringIncludes(told().at(-1)!, words);
  }
  assertEquals(thread(), shown);
  // It was no message, so it was not the one after which they are told.
  await writes("oi?");
  assertEquals(told().at(-1), NOT_AVAILABLE);
});

Deno.test("edits and reactions of a banned customer change nothing, those that waited neither", async () => {
  const { desk, maria, first, answer, asksToBan, thread } = await open();
  await using _ = desk;
  const ban = await asksToBan();
  const waiting = { kind: "429", retryAfterS: 20 } as const;
  desk.telegram.faults.next("editMessageText", waiting);
  maria.edits(first, "boa tarde");
  await desk.settled();
  maria.reacts(desk.toldTo(maria).at(-1)!, "😁");
  await desk.settled();
  await ban();
  maria.edits(first, "boa noite");
  maria.reacts(desk.toldTo(maria).at(-1)!, "👎");
  await desk.passes(30_000);
  await desk.passes(30_000);
  assertEquals(thread().filter((text) => /boa (tarde|noite)/.test(text)), []);
  assert(!JSON.stringify(desk.group.reactionsOf(answer.message_id)).includes("👎"));
});

Deno.test("half an album at the ban is not shown, nor the other half after it", async () => {
  const { desk, maria, ban, thread, told } = await open();
  await using _ = desk;
  const album = { mediaGroupId: "um álbum" };
  await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true, caption: "um" }], album);
  await desk.settled();
  await ban();
  const shown = thread();
  await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true, caption: "dois" }], album);
  await desk.passes(3000);
  assertEquals(thread(), shown);
  assertEquals(told().at(-1), NOT_AVAILABLE);
});

Deno.test("a message whose call is under way at the ban is the last that is shown", async () => {
  const { desk, maria, asksToBan, writes, thread } = await open();
  await using _ = desk;
  const ban = await asksToBan();
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 60 });
  maria.sends(desk.chatOf(maria), "a última");
  maria.sends(desk.chatOf(maria), "uma a mais");
  await ban();
  await desk.settled();
  await writes("e outra");
  const shown = thread().filter((text) => /última|mais|outra/.test(text));
  assert(shown.length <= 2 && !shown.includes("e outra"), String(shown));
});

Deno.test("what a banned customer presses does nothing", async () => {
  const { desk, maria, says, writes, ban, thread } = await open({
    settings: { rating: true, panel: false },
  });
  await using _ = desk;
  await says(desk.ana, "/close");
  const question = desk.toldTo(maria).at(-1) as SimulatedMessage;
  const five = dataOf(question, "5");
  await writes("voltei");
  await ban();
  const shown = thread();
  void maria.presses(question, five);
  await desk.settled();
  assertEquals(thread(), shown);
  assertEquals(
    desk.toldTo(maria).find(({ message_id }) => message_id === question.message_id)
      ?.text,
    question.text,
  );
});

Deno.test("two instances agree on a ban", async () => {
  const { desk, maria, asksToBan, thread, told } = await open();
  await using _ = desk;
  const other = desk.anotherApp();
  await other.start();
  const one = desk.app.handler;
  let turn = 0;
  desk.app.handler = (request) => turn++ % 2 === 0 ? one(request) : other.handler(request);
  const bothSettled = async () => {
    await desk.settled();
    await other.settled();
    await desk.settled();
  };
  const confirm = await asksToBan();
  await bothSettled();
  await confirm();
  await bothSettled();
  const shown = thread();
  const before = told().length;
  for (const words of ["um", "dois", "três", "quatro"]) maria.sends(desk.chatOf(maria), words);
  for (const { update } of [...desk.telegram.updates]) desk.telegram.redeliver(update.update_id);
  await bothSettled();
  assertEquals(told().slice(before), [NOT_AVAILABLE]);
  assertEquals(thread(), shown);
  await other.close(0);
});

Deno.test("a ban is told to nobody but the thread; it unpins, and unban pins again, with one edit each", async () => {
  const { desk, maria, says, ban, cardText, isPinned, told, thread } = await open();
  await using _ = desk;
  const before = told().length;
  const calls = (from: number) =>
    desk.telegram.calls.slice(from)
      .filter(({ payload }) => payload.chat_id === desk.channel.id)
      .map(({ method }) => method);
  let from = desk.telegram.calls.length;
  await ban();
  assertEquals(calls(from), ["editMessageText", "unpinChatMessage"]);
  assertEquals([cardText().slice(0, 1), isPinned()], ["❌", false]);
  from = desk.telegram.calls.length;
  await says(desk.bia, "/desbanir");
  // The note of the pin is taken away again.
  assertEquals(calls(from).filter((method) => !method.startsWith("get")), [
    "editMessageText",
    "pinChatMessage",
    "deleteMessage",
  ]);
  assertEquals([cardText().slice(0, 2), isPinned()], ["🟦", true]);
  assertEquals(told().length, before);
  assertEquals(thread().slice(-2), ["❌ Ana baniu este cliente.", "✅ Bia desbaniu este cliente."]);
  assertEquals(desk.chatOf(maria).messages.length, before + 1);
});

Deno.test("banning who is banned, and unbanning who is not, is said to be nothing to do", async () => {
  const { desk, says, ban, line, thread } = await open();
  await using _ = desk;
  await says(desk.ana, "/unban");
  assertStringIncludes(line().text!, "não está banido");
  await ban();
  await says(desk.bia, "/ban");
  assertStringIncludes(line().text!, "está banido");
  for (const command of ["/close", "/fs", "/priority 3"]) {
    await says(desk.bia, command);
    assertStringIncludes(line().text!, "está banido");
  }
  assertEquals(thread().filter((text) => text.includes("baniu")).length, 1);
  assertEquals(line().reply_markup, undefined);
});

Deno.test("a ban is lifted by its ID where there is no thread of theirs, or from another", async () => {
  const { desk, maria, says, ban, line, thread } = await open();
  await using _ = desk;
  const [bento, eva] = [desk.customer("Bento"), desk.customer("Eva")];
  const customer = { id: bento.id, firstName: "Bento" };
  // As the older bot's bans come along.
  await desk.anotherStore().record(desk.channel.id, () => ({
    conversations: [{ ...openConversation(customer, desk.clock.now()), status: "banned" }],
  }));
  eva.sends(desk.chatOf(eva), "oi");
  await desk.settled();
  desk.ana.comments(desk.cardOf(eva), "/ban");
  await desk.settled();
  await presses(desk, desk.ana, desk.threadOf(eva).at(-1)!, "Banir");
  await erases(desk, eva);
  for (const who of [bento, eva]) {
    who.sends(desk.chatOf(who), "por favor");
    await desk.settled();
    assertEquals(textsOf(desk.toldTo(who)).at(-1), NOT_AVAILABLE);
    const cards = desk.channel.messages.length;
    await says(desk.ana, `/desbanir ${who.id}`);
    assertEquals(line().text, `✅ ${who.id} não está mais banido.`);
    assertEquals(desk.channel.messages.length, cards, "nobody gets a card before they write");
    who.sends(desk.chatOf(who), "obrigado");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(who)), ["obrigado"]);
  }
  await ban();
  desk.boss.sends(desk.group, `/unban ${maria.id}`);
  await desk.settled();
  assertEquals(thread().at(-1), "✅ Beto desbaniu este cliente.");
  for (
    const [words, answer] of [
      [`/unban ${maria.id}`, `ℹ️ ${maria.id} não está banido.`],
      ["/unban 123", "ℹ️ 123 não está banido."],
      ["/unban", "Use /desbanir na conversa do cliente."],
      ["/unban 0", "Use /desbanir na conversa do cliente."],
    ] as const
  ) {
    desk.boss.sends(desk.group, words);
    await desk.settled();
    assertStringIncludes(desk.group.messages.at(-1)!.text!, answer);
  }
});

Deno.test("what the team writes to a banned customer still reaches them", async () => {
  const { desk, says, ban, told } = await open();
  await using _ = desk;
  await ban();
  await says(desk.boss, "seu pagamento foi devolvido");
  assertEquals(told().at(-1), "seu pagamento foi devolvido");
});

Deno.test("a closed and then banned customer is open again when the ban is lifted", async () => {
  const { desk, says, writes, ban, cardText, told } = await open();
  await using _ = desk;
  await says(desk.ana, "/close");
  await ban();
  await says(desk.ana, "/unban");
  assertEquals(cardText().slice(0, 2), "🟦");
  const before = told().length;
  await writes("oi");
  assertEquals(told().length, before);
});

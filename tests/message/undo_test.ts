import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import type { MessageOrigin } from "grammy/types";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";
import type {
  ContentSpec,
  SendOptions,
  SimulatedMessage,
} from "../../playground/telegram/telegram.ts";

const JOSE: MessageOrigin = {
  type: "user",
  date: 1,
  sender_user: { id: 77, is_bot: false, first_name: "José" },
};

/** A conversation in which Ana may write long texts, and the means to look at what is left of hers. */
async function open() {
  const talk = await openTalk();
  const { desk, maria, says } = talk;
  desk.ana.info.is_premium = true;
  desk.bot.known.add(77);
  const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
  const before = desk.toldTo(maria).length;
  /** What the customer has of what was said since. */
  const left = () => textsOf(desk.toldTo(maria).slice(before));
  const album = async (captions: string[]) => {
    const pieces = await desk.ana.sendsAlbum(
      desk.group,
      captions.map((caption) => ({ photo: true, caption })),
      { replyTo: rootId },
    );
    await desk.settled();
    await desk.passes(1100);
    return pieces;
  };
  const undoes = (message: SimulatedMessage, who = desk.ana) =>
    says(who, "/undo", { replyTo: message.message_id });
  return { ...talk, left, album, undoes };
}

/** Messages that are more than one at the customer's, by how many. */
const MANY: [string, number, ContentSpec, SendOptions][] = [
  ["a text that is too long once it is filled in", 2, "{nome} ".repeat(1000), {}],
  ["what was forwarded, with the line before it", 2, { sticker: true }, { forwardedFrom: JOSE }],
  ["a long text that was forwarded", 2, "a".repeat(4096), { forwardedFrom: JOSE }],
  ["a longer one", 2, "palavra ".repeat(1000), { forwardedFrom: JOSE }],
  ["a photo whose caption follows it", 2, { photo: true, caption: "{nome} ".repeat(400) }, {}],
];

for (const [what, count, content, options] of MANY) {
  Deno.test(`undoing ${what} takes back all of it, and nothing brings it back`, async () => {
    const { desk, maria, says, left, line, isThere, undoes } = await open();
    await using _ = desk;
    const long = await says(desk.ana, content, options);
    assertEquals(left().length, count);
    const shown = desk.toldTo(maria).slice(-count);
    const command = await undoes(long);
    assertEquals(left(), []);
    assertEquals(isThere(command), false);
    assertEquals(line().reply_to_message?.message_id, long.message_id);
    assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
    if (options.forwardedFrom === undefined) desk.ana.edits(long, { caption: "outra" });
    desk.ana.reacts(long, "👍");
    await desk.settled();
    assertEquals(left(), []);
    assert(shown.every(({ message_id }) => !desk.chatOf(maria).message(message_id)));
  });
}

Deno.test("undoing one piece of an album takes back all of it: no piece comes back by an edit", async () => {
  const { desk, maria, left, album, undoes, line } = await open();
  await using _ = desk;
  const [first, second, third] = await album(["a", "b", "c"]);
  assertEquals(left(), ["a", "b", "c"]);
  await undoes(second!);
  assertEquals(left(), []);
  const said = desk.threadOf(maria).length;
  desk.ana.edits(first!, { caption: "outra vez" });
  desk.ana.reacts(third!, "👍");
  await desk.settled();
  assertEquals(left(), []);
  // Nor is anybody told what they know: that it is not there.
  assertEquals(desk.threadOf(maria).length, said);
  await undoes(third!);
  assertStringIncludes(line().text!, "Não há o que desfazer");
});

Deno.test("undoing any piece of an album takes back the line that was said before it", async () => {
  for (const undone of [0, 1]) {
    const { desk, maria, left, undoes } = await open();
    await using _ = desk;
    const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
    const pieces = ["a", "b"].map((letter) =>
      desk.ana.sends(desk.group, { photo: true, caption: letter.repeat(1024) }, {
        replyTo: rootId,
        mediaGroupId: "1",
        forwardedFrom: JOSE,
      })
    );
    await desk.settled();
    await desk.passes(2000);
    assertEquals(left().map((text) => text.slice(0, 6)), ["↪ José", "aaaaaa", "bbbbbb"]);
    await undoes(pieces[undone]!);
    assertEquals(left(), []);
  }
});

Deno.test("what an edit had to send anew is taken back with what it was before", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const long = await says(desk.ana, "{nome} ".repeat(1000));
  desk.ana.edits(long, "curto");
  await desk.settled();
  assertEquals(left().length, 3);
  assertStringIncludes(left().at(-1)!, "✏️ curto");
  desk.ana.edits(long, "{nome} ".repeat(900));
  await desk.settled();
  await undoes(long);
  assertEquals(left(), []);
});

Deno.test("an answer is taken back with the edit that still waits, which is not sent any more", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 20 });
  desk.ana.edits(answer, "custa doze");
  await desk.settled();
  await undoes(answer);
  await desk.passes(30_000);
  await desk.passes(30_000);
  assertEquals(left(), []);
});

Deno.test("while Telegram asks to leave the customer alone, nothing is taken back or shown there", async () => {
  const { desk, maria, says, left, undoes } = await open();
  await using _ = desk;
  const methodsSince = (before: number) =>
    desk.telegram.calls.slice(before).filter(({ payload }) => payload.chat_id === maria.id)
      .map(({ method }) => method);
  const [first, second] = [await says(desk.ana, "um"), await says(desk.ana, "dois")];
  // The one who takes back is told so, and others keep to it …
  desk.telegram.faults.next("deleteMessages", { kind: "429", retryAfterS: 20 });
  const before = desk.telegram.calls.length;
  await undoes(first);
  await says(desk.ana, "três");
  assertEquals(methodsSince(before), ["deleteMessages"]);
  await desk.passes(21_000);
  assertEquals(left(), ["dois", "três"]);
  // … and the other way round.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 20 });
  const again = desk.telegram.calls.length;
  await says(desk.ana, "quatro");
  await undoes(second);
  assertEquals(methodsSince(again), ["copyMessage"]);
  await desk.passes(21_000);
  assertEquals(left(), ["três", "quatro"]);
});

Deno.test("undone by two at once, it is undone once, and the second is told", async () => {
  const { desk, maria, says, left, undoes, line, isThere } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  const first = desk.boss.comments(desk.cardOf(maria), "/desfazer", {
    replyTo: answer.message_id,
  });
  const second = await undoes(answer);
  assertEquals(left(), []);
  assertStringIncludes(line().text!, "Não há o que desfazer");
  assertEquals([isThere(first), isThere(second)], [false, true]);
  const done = textsOf(desk.threadOf(maria)).filter((text) => text.includes("desfez"));
  assertEquals(done.length, 1);
});

/** What cannot be taken back, and what is said then. */
Deno.test("notes, commands, the bot's lines, customers' messages and strangers' comments cannot be undone", async () => {
  const { desk, maria, says, undoes, line } = await open();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  const message = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  const told = desk.toldTo(maria).length;
  for (
    const [target, who, words] of [
      [await says(desk.ana, "# pede sempre desconto"), desk.ana, "Não há o que desfazer"],
      [await says(desk.ana, "/who"), desk.ana, "Não há o que desfazer"],
      [line(), desk.ana, "Só respostas da equipe"],
      [message, desk.ana, "Só respostas da equipe"],
      [await says(rui, "oi, gente"), desk.ana, "Você só pode desfazer as suas"],
      [await says(rui, "sou eu"), desk.boss, "Não há o que desfazer"],
      [await says(desk.boss, "olá!", { as: desk.channel }), desk.ana, "só pode desfazer as suas"],
    ] as const
  ) {
    await undoes(target as SimulatedMessage, who);
    assertStringIncludes(line().text!, words);
  }
  assertEquals(textsOf(desk.toldTo(maria).slice(told)), ["olá!"]);
  assert(textsOf(desk.threadOf(maria)).includes("bom dia"));
  for (const options of [{}, { replyTo: message.message_thread_id! }]) {
    await says(desk.ana, "/undo", options);
    assertStringIncludes(line().text!, "Responda com /desfazer");
  }
});

Deno.test("who writes without a name takes back what was written without one", async () => {
  const { desk, says, left, line } = await open();
  await using _ = desk;
  for (const as of [desk.channel, "anonymous"] as const) {
    const answer = await says(desk.boss, "custa dez", { as });
    assertEquals(left(), ["custa dez"]);
    await says(desk.boss, "/undo", { as, replyTo: answer.message_id });
    assertEquals(left(), []);
    assertStringIncludes(line().text!, "Atendimento desfez esta resposta");
  }
});

Deno.test("an answer whose call is under way is taken back when it has arrived", async () => {
  const { desk, maria, left, undoes, line } = await open();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 100 });
  const answer = desk.ana.comments(desk.cardOf(maria), "isto não");
  await undoes(answer);
  await desk.passes(2000);
  await desk.passes(2000);
  assertEquals(left(), []);
  assertStringIncludes(line().text!, "Ana desfez esta resposta");
});

Deno.test("an album that waits for its end is kept from going, also the piece that comes later", async () => {
  const { desk, maria, left, undoes, line } = await open();
  await using _ = desk;
  const replyTo = desk.threadOf(maria)[0]!.message_thread_id!;
  const options = { replyTo, mediaGroupId: "um álbum" };
  const [first] = await desk.ana.sendsAlbum(
    desk.group,
    [{ photo: true }, { photo: true }],
    options,
  );
  await desk.settled();
  await undoes(first!);
  for (let seconds = 0; seconds < 3; seconds++) await desk.passes(1000);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  await desk.ana.sendsAlbum(desk.group, [{ photo: true, caption: "atrasada" }], options);
  await desk.settled();
  await desk.passes(5000);
  assertEquals(left(), []);
});

Deno.test("of a long text of which only the beginning has gone, the rest does not follow", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const isSecond = ({ method }: { method: string }) =>
    method === "sendMessage" && left().length === 1;
  desk.telegram.faults.next(isSecond, { kind: "429", retryAfterS: 20 });
  const long = await says(desk.ana, "{nome} ".repeat(1000));
  assertEquals(left().length, 1);
  await undoes(long);
  await desk.passes(5000);
  await desk.passes(30_000);
  assertEquals(left(), []);
});

Deno.test("what a customer who has blocked the bot has already is taken back, or it is said why not", async () => {
  const { desk, maria, says, left, undoes, line } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  maria.blocks(desk.bot);
  await desk.settled();
  await undoes(answer);
  const isGone = left().length === 0;
  assertStringIncludes(line().text!, isGone ? "foi apagada" : "não permite");
});

Deno.test("Telegram failing for a while, an undo waits, also over a restart", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  desk.telegram.faults.next("deleteMessages", { kind: "500" });
  desk.telegram.faults.next("deleteMessages", { kind: "lost answer" });
  await undoes(answer);
  assertEquals(left(), ["custa dez"]);
  await desk.restart();
  for (let tries = 0; tries < 3; tries++) await desk.passes(10_000);
  assertEquals(left(), []);
});

Deno.test("/undo takes one's own answer back, at the customer's too", async () => {
  const { desk, maria, answer, says, line, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
  assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
  assertEquals(isThere(command), false);
  // Nothing sends it again.
  desk.ana.edits(answer, "bom dia, querida!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).length, 1);
});

Deno.test("an answer that has not gone yet is kept from going", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  const wrong = await says(desk.ana, "isto era para outra pessoa");
  await says(desk.ana, "isto é para você");
  await says(desk.ana, "/undo", { replyTo: wrong.message_id });
  await desk.passes(3000);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-1), ["isto é para você"]);
  assertEquals(textsOf(desk.toldTo(maria)).includes("isto era para outra pessoa"), false);
});

Deno.test("agents take back only their own answers, administrators anybody's", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await says(desk.bia, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "só pode desfazer as suas");
  await says(desk.boss, "/desfazer", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
});

Deno.test("after two days Telegram allows no more undoing, and the agent is told", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await desk.passes(49 * HOUR_MS);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "primeiras 48 horas");
  assert(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"));
});

Deno.test("undoing an answer whose edits were shown anew takes all of them back", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  const before = desk.toldTo(maria).length;
  const answer = await says(desk.ana, { rich_message: "um" });
  for (const rich_message of ["dois", "três"]) {
    desk.ana.edits(answer, { rich_message });
    await desk.settled();
  }
  // Each edit has a line before it that says so.
  assertEquals(desk.toldTo(maria).length, before + 5);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(desk.toldTo(maria).length, before);
});

Deno.test("what waits behind another message can be taken back, and keeps no command waiting", async () => {
  const { desk, maria, says, left, line, undoes } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await says(desk.ana, "um");
  const second = await says(desk.ana, "dois");
  await says(desk.ana, "três");
  await undoes(second);
  await desk.passes(1100);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  assertEquals(line().reply_to_message?.message_id, second.message_id);
  await says(desk.ana, "/quem");
  assertStringIncludes(line().text!, "Bloqueou o bot");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(left(), ["um", "três"]);
});

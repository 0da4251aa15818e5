/** Conversations whose customer is silent: they are warned, and in the end it closes by itself. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { erases } from "../support/erasing.ts";
import { openTalk } from "../support/talk.ts";
import { textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const END = "Este atendimento foi encerrado. Se precisar de algo mais, é só escrever aqui.";
const BY_ITSELF = "⬜️ O atendimento se encerrou sozinho: o cliente não escreveu mais.";
const NEEDED = "ℹ️ O cliente ainda precisa de ajuda.";
const OVER = "Esta pergunta não vale mais.";

/** A conversation at a desk that closes what is silent; the team has answered last. */
async function open(autoclose: string | null = "3d") {
  const talk = await openTalk();
  const { desk, maria, says } = talk;
  const asks = async (who: SimulatedUser, words: string) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return desk.toldTo(who).at(-1)!.text!;
  };
  await asks(desk.boss, "/set keep off");
  if (autoclose !== null) {
    await asks(desk.boss, `/set autoclose ${autoclose}`);
    await says(desk.ana, "mais alguma coisa?");
  }
  const warnings = () =>
    desk.toldTo(maria).filter(({ text }) => text?.startsWith("Ainda precisa de ajuda?"));
  const thread = () => textsOf(desk.threadOf(maria));
  const told = () => textsOf(desk.toldTo(maria));
  const ends = () => told().filter((text) => text === END).length;
  const buttonsOf = (message = warnings().at(-1)!) =>
    (message.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
  const timers = async () => {
    const list = desk.kv.list({ prefix: [desk.bot.id, "scheduled"] });
    return (await Array.fromAsync(list)).map(({ key }) => String(key.at(-1)));
  };
  return { ...talk, asks, warnings, thread, told, ends, buttonsOf, timers };
}

Deno.test("who says nothing after the last answer is warned once, a day before it closes by itself", async () => {
  const { desk, warnings, buttonsOf, thread, ends, cardText, isPinned, timers } = await open();
  await using _ = desk;
  await desk.passes(2 * DAY_MS - MINUTE_MS);
  assertEquals(warnings(), []);
  await desk.passes(MINUTE_MS);
  assertEquals(textsOf(warnings()), [
    "Ainda precisa de ajuda? Sem resposta sua, este atendimento será encerrado em 24 horas.",
  ]);
  assertEquals(buttonsOf(), ["Ainda preciso de ajuda", "Resolvido"]);
  await desk.restart();
  await desk.passes(DAY_MS - MINUTE_MS);
  assertEquals([warnings().length, ends()], [1, 0]);
  await desk.passes(2 * MINUTE_MS);
  assertEquals([ends(), thread().filter((text) => text === BY_ITSELF).length], [1, 1]);
  assertEquals([cardText().slice(0, 2), isPinned()], ["⬜️", false]);
  assertEquals([buttonsOf(), await timers()], [[], []]);
  await desk.passes(30 * DAY_MS);
  assertEquals([warnings().length, ends()], [1, 1]);
});

Deno.test("under two days the warning comes at half the time", async () => {
  const { desk, warnings, ends } = await open("12h");
  await using _ = desk;
  await desk.passes(6 * HOUR_MS - MINUTE_MS);
  assertEquals(warnings(), []);
  await desk.passes(MINUTE_MS);
  assertStringIncludes(warnings()[0]!.text!, "em 6 horas.");
  await desk.passes(6 * HOUR_MS + MINUTE_MS);
  assertEquals(ends(), 1);
});

for (const act of ["a message", "an edit", "/help", "a sticker", "/start"] as const) {
  Deno.test(`${act} of theirs cancels, before the warning and after it`, async () => {
    for (const isWarned of [false, true]) {
      const { desk, maria, first, writes, warnings, buttonsOf, ends, timers } = await open("12h");
      await using _ = desk;
      await desk.passes(isWarned ? 7 * HOUR_MS : HOUR_MS);
      assertEquals(warnings().length, isWarned ? 1 : 0);
      if (act === "an edit") {
        maria.edits(first, { text: "bom dia!" });
        await desk.settled();
      } else {
        await writes(act === "a message" ? "oi" : act === "a sticker" ? { sticker: true } : act);
      }
      await desk.settled();
      if (isWarned) assertEquals(buttonsOf(), []);
      assertEquals(await timers(), []);
      await desk.passes(30 * DAY_MS);
      assertEquals([ends(), warnings().length], [0, isWarned ? 1 : 0]);
    }
  });
}

Deno.test("another answer begins the time anew", async () => {
  const { desk, says, warnings, buttonsOf, ends } = await open();
  await using _ = desk;
  await desk.passes(2 * DAY_MS + HOUR_MS);
  assertEquals(buttonsOf().length, 2);
  await says(desk.bia, "ainda está aí?");
  assertEquals(buttonsOf(), []);
  await desk.passes(2 * DAY_MS - HOUR_MS);
  assertEquals([warnings().length, ends()], [1, 0]);
  await desk.passes(HOUR_MS + MINUTE_MS);
  assertEquals([warnings().length, ends()], [2, 0]);
  await desk.passes(DAY_MS + MINUTE_MS);
  assertEquals(ends(), 1);
});

Deno.test("who still needs help says so by a button: the thread is told, nobody waits, the time begins anew", async () => {
  const { desk, maria, asks, press, warnings, buttonsOf, thread, ends } = await open();
  await using _ = desk;
  await asks(desk.boss, "/set alarm 1");
  await desk.passes(2 * DAY_MS + HOUR_MS);
  const [warning] = warnings();
  const answer = await press(maria, warning!, "Ainda preciso");
  assertStringIncludes(answer!.text!, "o atendimento continua");
  assertEquals(thread().filter((text) => text === NEEDED).length, 1);
  assertEquals(buttonsOf(), []);
  await desk.passes(2 * DAY_MS - MINUTE_MS);
  assertEquals([warnings().length, ends()], [1, 0]);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(warnings().length, 2);
  await desk.passes(DAY_MS + MINUTE_MS);
  assertEquals(ends(), 1);
});

Deno.test("a press that comes when the question is over is answered with a word, and does nothing", async () => {
  for (const button of ["Resolvido", "Ainda preciso"]) {
    const { desk, maria, writes, press, warnings, thread, ends } = await open();
    await using _ = desk;
    await desk.passes(2 * DAY_MS + HOUR_MS);
    // Their client shows the buttons still.
    desk.telegram.faults.next(
      "editMessageReplyMarkup",
      refusal("Bad Request: message can't be edited"),
    );
    await writes("estou aqui");
    const answer = await press(maria, warnings()[0]!, button);
    assertEquals([answer!.text, answer!.show_alert], [OVER, true]);
    assertEquals([ends(), thread().includes(NEEDED)], [0, false]);
  }
});

Deno.test("who presses Solved closes it, once", async () => {
  const { desk, maria, asks, press, warnings, buttonsOf, thread, ends, told } = await open();
  await using _ = desk;
  await asks(desk.boss, "/set rating on");
  await desk.passes(2 * DAY_MS + HOUR_MS);
  const [warning] = warnings();
  await Promise.all([1, 2].map(() => press(maria, warning!, "Resolvido")));
  assertEquals(ends(), 1);
  assert(told().includes("Como foi o atendimento?"));
  assertEquals(
    thread().filter((text) => text === "⬜️ O cliente encerrou o atendimento.").length,
    1,
  );
  assertEquals(buttonsOf(), []);
});

Deno.test("a customer who has blocked the bot is closed without words", async () => {
  const { desk, maria, warnings, thread, ends, cardText } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await desk.passes(3 * DAY_MS - HOUR_MS);
  assertEquals(cardText().slice(0, 2), "🚫");
  assertEquals(thread().includes(BY_ITSELF), false);
  await desk.passes(2 * HOUR_MS);
  assertEquals(thread().filter((text) => text === BY_ITSELF).length, 1);
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(5 * DAY_MS);
  assertEquals([warnings().length, ends(), cardText().slice(0, 2)], [0, 0, "⬜️"]);
});

Deno.test("of a block nobody has heard it is heard by the warning: closed without words as well", async () => {
  const { desk, maria, warnings, thread, ends } = await open();
  await using _ = desk;
  desk.telegram.faults.next("sendMessage", refusal("Forbidden: bot was blocked by the user", 403));
  await desk.passes(2 * DAY_MS + MINUTE_MS);
  assertEquals(warnings(), []);
  await desk.passes(DAY_MS);
  assertEquals(thread().filter((text) => text === BY_ITSELF).length, 1);
  assertEquals(ends(), 0);
  assert(maria);
});

Deno.test("a warning that comes late, since the bot was down, moves the end with it", async () => {
  const { desk, warnings, ends } = await open();
  await using _ = desk;
  await desk.app.close(0);
  desk.clock.aheadMs += 10 * DAY_MS;
  await desk.restart();
  await desk.passes(MINUTE_MS);
  assertEquals([warnings().length, ends()], [1, 0]);
  await desk.passes(DAY_MS - 5 * MINUTE_MS);
  assertEquals(ends(), 0);
  await desk.passes(10 * MINUTE_MS);
  assertEquals(ends(), 1);
});

Deno.test("switched on it applies from the next answer; changed or off, what waited is moot", async () => {
  const { desk, asks, says, warnings, buttonsOf, ends, timers } = await open(null);
  await using _ = desk;
  await asks(desk.boss, "/set autofechar 2d");
  await desk.passes(5 * DAY_MS);
  assertEquals([warnings().length, ends()], [0, 0]);
  await says(desk.ana, "tudo certo?");
  await desk.passes(DAY_MS + HOUR_MS);
  assertEquals(buttonsOf().length, 2);
  await asks(desk.boss, "/set autoclose 5d");
  assertEquals([buttonsOf(), await timers()], [[], []]);
  await desk.passes(10 * DAY_MS);
  assertEquals([warnings().length, ends()], [1, 0]);
  await says(desk.ana, "e agora?");
  assertEquals(await timers(), ["autoclose"]);
  await asks(desk.boss, "/reset autoclose");
  assertEquals(await timers(), []);
});

Deno.test("who waits is not silent, and what is closed, banned or erased is over", async () => {
  const { desk, maria, writes, says, press, line, timers } = await open();
  await using _ = desk;
  await writes("mais uma coisa");
  assertEquals(await timers(), []);
  await says(desk.ana, "pronto");
  assertEquals(await timers(), ["autoclose"]);
  await says(desk.ana, "/close");
  assertEquals(await timers(), []);
  // What is closed stays so, whatever the team adds.
  await says(desk.ana, "até logo");
  assertEquals(await timers(), []);
  await writes("voltei");
  await says(desk.ana, "olá de novo");
  assertEquals(await timers(), ["autoclose"]);
  await says(desk.ana, "/ban");
  await press(desk.ana, line(), "Banir");
  assertEquals(await timers(), []);
  await says(desk.ana, "/unban");
  await says(desk.ana, "desculpe");
  assertEquals(await timers(), ["autoclose"]);
  await erases(desk, maria);
  assertEquals(await timers(), []);
});

Deno.test("a message that comes while the warning is under way is not overlooked", async () => {
  const { desk, maria, warnings, buttonsOf, ends } = await open();
  await using _ = desk;
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 20 });
  await desk.passes(2 * DAY_MS + MINUTE_MS);
  assertEquals(warnings(), []);
  maria.sends(desk.chatOf(maria), "estou aqui");
  await desk.settled();
  await desk.passes(30_000);
  assertEquals(warnings().flatMap((warning) => buttonsOf(warning)), []);
  await desk.passes(20 * DAY_MS);
  assertEquals(ends(), 0);
});

for (
  const [words, shown] of [
    ["12h", "12 h"],
    ["90d", "90 d"],
    ["3 dias", "3 d"],
    ["36 hours", "1 d 12 h"],
    ["uma semana", "7 d"],
    ["off", "desligado"],
  ] as const
) {
  Deno.test(`/set autoclose ${words} is ${shown}`, async () => {
    const { desk, asks } = await open(null);
    await using _ = desk;
    assertEquals(await asks(desk.boss, `/set autoclose ${words}`), `✅ autofechar: ${shown}`);
  });
}

for (const words of ["11h", "91d", "3", "on", "sempre", "0d"]) {
  Deno.test(`/set autoclose ${words} is refused, with what it may be`, async () => {
    const { desk, asks } = await open(null);
    await using _ = desk;
    assertStringIncludes(
      await asks(desk.boss, `/set autoclose ${words}`),
      "de 12h a 90d, ou off",
    );
  });
}

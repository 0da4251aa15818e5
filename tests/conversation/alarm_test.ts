/** Customers who wait for too long: the card says so, and people are told in private. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { erases, tracesOf } from "../support/erasing.ts";
import { openTalk } from "../support/talk.ts";
import { type DeskOptions, textsOf } from "../support/desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const QUARTER_MS = 15 * MINUTE_MS;

/** A conversation that waits for nobody, at a desk with an alarm; and whom it tells. */
async function open(alarm: string | null = "15", options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, cardText } = talk;
  const asks = async (who: SimulatedUser, words: string) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return desk.toldTo(who).at(-1)!.text!;
  };
  await asks(desk.boss, "/set keep off");
  if (alarm !== null) await asks(desk.boss, `/set alarm ${alarm}`);
  /** What somebody was told of late customers. */
  const lateTo = (who: SimulatedUser) =>
    textsOf(desk.toldTo(who)).filter((text) => text.startsWith("⏰"));
  const isLate = () => cardText().split("\n")[2]?.split(" ").includes("#late") ?? false;
  const goTo = (moment: string) =>
    desk.passes(Date.parse(`2031-${moment}-03:00`) - desk.clock.now());
  /** What still waits for its time, by name. */
  const timers = async () => {
    const list = desk.kv.list({ prefix: [desk.bot.id, "scheduled"] });
    return (await Array.fromAsync(list)).map(({ key }) => String(key.at(-1)));
  };
  return { ...talk, asks, lateTo, isLate, goTo, timers };
}

Deno.test("whose customer has an answer by the time that they can be told is not told that they are late", async () => {
  const { desk, asks, writes, says, lateTo, isLate } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await writes("uma dúvida");
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.chat_id === desk.bia.id,
    { kind: "429", retryAfterS: 120 },
  );
  await desk.passes(QUARTER_MS);
  assertEquals([isLate(), lateTo(desk.bia)], [true, []]);
  await says(desk.ana, "já vejo");
  await desk.passes(5 * MINUTE_MS);
  assertEquals([isLate(), lateTo(desk.bia)], [false, []]);
});

Deno.test("who waits for as long is late: the card says so, and each who wants it is told once", async () => {
  const { desk, maria, asks, writes, lateTo, isLate } = await open();
  await using _ = desk;
  const carla = desk.customer("Carla");
  desk.telegram.addMember(desk.channel, carla);
  for (const who of [carla, desk.bia]) await asks(who, "/notify on");
  await asks(desk.ana, "oi");
  // Who cannot be told is passed over.
  carla.blocks(desk.bot);
  await writes("uma dúvida");
  await writes("e outra");
  await desk.passes(QUARTER_MS - MINUTE_MS);
  assertEquals([isLate(), lateTo(desk.bia)], [false, []]);
  await desk.passes(MINUTE_MS);
  assertEquals(isLate(), true);
  const comment = desk.threadOf(maria).find(({ text }) => text === "uma dúvida")!;
  const channel = String(desk.channel.id).replace("-100", "");
  const post = desk.cardOf(maria).message_id;
  assertEquals(lateTo(desk.bia), [
    "⏰ Maria Silva espera uma resposta há 15 min.\n" +
    `https://t.me/c/${channel}/${post}?comment=${comment.message_id}`,
  ]);
  assertEquals([lateTo(desk.ana), lateTo(desk.boss)], [[], []]);
  await writes("alô?");
  await desk.restart();
  await desk.passes(QUARTER_MS - MINUTE_MS);
  assertEquals([lateTo(desk.bia).length, lateTo(desk.boss).length], [1, 0]);
});

Deno.test("after twice the time the channel's administrators are told, those who can be", async () => {
  const { desk, writes, lateTo, says } = await open();
  await using _ = desk;
  const carla = desk.customer("Carla");
  desk.telegram.promote(desk.channel, carla);
  await writes("uma dúvida");
  await desk.passes(2 * QUARTER_MS);
  assertEquals(lateTo(desk.boss).length, 1);
  assertStringIncludes(lateTo(desk.boss)[0]!, "há 30 min");
  await desk.passes(5 * HOUR_MS);
  assertEquals(lateTo(desk.boss).length, 1);
  await says(desk.ana, "pronto");
  await writes("e mais");
  await desk.passes(5 * HOUR_MS);
  assertEquals(lateTo(desk.boss).length, 2);
});

Deno.test("the assignee alone is told, also with /notify off; who cannot be, or has left, counts as none", async () => {
  const { desk, asks, writes, says, lateTo } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await asks(desk.ana, "/notify off");
  await says(desk.ana, "/assign");
  await writes("oi?");
  await desk.passes(QUARTER_MS);
  assertEquals([lateTo(desk.ana).length, lateTo(desk.bia).length], [1, 0]);
  await says(desk.ana, "pronto");
  desk.ana.blocks(desk.bot);
  await writes("oi de novo?");
  await desk.passes(QUARTER_MS);
  assertEquals([lateTo(desk.ana).length, lateTo(desk.bia).length], [1, 1]);
  desk.ana.unblocks(desk.bot);
  await says(desk.ana, "pronto");
  desk.telegram.removeMember(desk.channel, desk.ana, "left");
  await writes("e agora?");
  await desk.passes(QUARTER_MS);
  assertEquals([lateTo(desk.ana).length, lateTo(desk.bia).length], [1, 2]);
});

for (const act of ["an answer", "/close", "/ban", "/solved"] as const) {
  Deno.test(`${act} takes the tag away, and what waits for its time leaves no trace`, async () => {
    for (const isLateFirst of [false, true]) {
      const { desk, asks, says, writes, press, line, lateTo, isLate, timers } = await open();
      await using _ = desk;
      await asks(desk.bia, "/notify on");
      await writes("uma dúvida");
      assertEquals(await timers(), ["alarm"]);
      if (isLateFirst) await desk.passes(QUARTER_MS);
      assertEquals(isLate(), isLateFirst);
      if (act === "an answer") await says(desk.ana, "pronto");
      else if (act === "/solved") await writes("/solved");
      else await says(desk.ana, act);
      if (act === "/ban") await press(desk.ana, line(), "Banir");
      assertEquals([isLate(), await timers()], [false, []]);
      await desk.passes(10 * HOUR_MS);
      assertEquals(lateTo(desk.bia).length, isLateFirst ? 1 : 0);
      assertEquals(lateTo(desk.boss), []);
    }
  });
}

Deno.test("notes, commands and reactions are no answer", async () => {
  const { desk, says, writes, isLate } = await open();
  await using _ = desk;
  const question = await writes("uma dúvida");
  await says(desk.ana, "# já vejo");
  await says(desk.ana, "/who");
  desk.ana.reacts(desk.group.messages.find(({ text }) => text === "uma dúvida")!, "👍");
  await desk.settled();
  await desk.passes(QUARTER_MS);
  assert(question && isLate());
});

Deno.test("only open hours count: who writes on Friday night is late on Monday, so long after it opens", async () => {
  const { desk, asks, says, writes, goTo, isLate } = await open();
  await using _ = desk;
  await asks(desk.boss, "/set hours mon-fri 9-12, 13-18");
  await asks(desk.boss, "/set holidays 05/03/2031");
  await goTo("02-28T20:00:00");
  await writes("boa noite");
  await goTo("03-03T09:14:00");
  assertEquals(isLate(), false);
  await goTo("03-03T09:15:30");
  assertEquals(isLate(), true);
  await says(desk.ana, "bom dia");
  await goTo("03-04T11:55:00");
  await writes("antes do almoço");
  await goTo("03-04T13:09:00");
  assertEquals(isLate(), false);
  await goTo("03-04T13:10:30");
  assertEquals(isLate(), true);
  await says(desk.ana, "pronto");
  await goTo("03-04T17:50:00");
  await writes("antes do feriado");
  await goTo("03-06T09:04:00");
  assertEquals(isLate(), false);
  await goTo("03-06T09:05:30");
  assertEquals(isLate(), true);
});

Deno.test("hours that are decided while somebody waits count from then on", async () => {
  const { desk, asks, writes, goTo, isLate } = await open();
  await using _ = desk;
  await goTo("03-03T08:50:00");
  await writes("bom dia");
  await asks(desk.boss, "/set hours mon-fri 10-18");
  await goTo("03-03T10:14:00");
  assertEquals(isLate(), false);
  await asks(desk.boss, "/set hours mon-fri 9-18");
  await desk.passes(1000);
  assertEquals(isLate(), true);
});

Deno.test("switched on or changed while people wait, it counts from then; off leaves the tag", async () => {
  const { desk, asks, says, writes, isLate, timers } = await open(null);
  await using _ = desk;
  await writes("uma dúvida");
  await desk.passes(HOUR_MS);
  assertEquals([isLate(), await timers()], [false, []]);
  await asks(desk.boss, "/set alarme 20");
  await desk.passes(19 * MINUTE_MS);
  assertEquals(isLate(), false);
  await asks(desk.boss, "/set alarm 30 min");
  await desk.passes(29 * MINUTE_MS);
  assertEquals(isLate(), false);
  // What is decided already is no change.
  await asks(desk.boss, "/set alarm meia hora");
  await desk.passes(MINUTE_MS);
  assertEquals(isLate(), true);
  await asks(desk.boss, "/set alarm off");
  assertEquals([isLate(), await timers()], [true, []]);
  await desk.passes(5 * HOUR_MS);
  await says(desk.ana, "pronto");
  assertEquals(isLate(), false);
});

Deno.test("both times may pass while the bot is down: both notices go out, once", async () => {
  const { desk, asks, writes, lateTo } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await writes("uma dúvida");
  await desk.app.close(0);
  desk.clock.aheadMs += 3 * HOUR_MS;
  await desk.restart();
  await desk.passes(MINUTE_MS);
  assertEquals([lateTo(desk.bia).length, lateTo(desk.boss).length], [1, 1]);
});

Deno.test("several instances tell it once", async () => {
  const { desk, asks, writes, lateTo } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  const other = desk.anotherApp();
  await other.start();
  await writes("uma dúvida");
  desk.clock.aheadMs += QUARTER_MS;
  await Promise.all([desk.app.drain(), other.drain()]);
  await desk.settled();
  await other.settled();
  await desk.settled();
  assertEquals(lateTo(desk.bia).length, 1);
  await other.close(0);
});

Deno.test("who has blocked the bot is not late", async () => {
  const { desk, maria, asks, writes, lateTo, isLate } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await writes("uma dúvida");
  maria.blocks(desk.bot);
  await desk.settled();
  await desk.passes(HOUR_MS);
  assertEquals([isLate(), lateTo(desk.bia)], [false, []]);
});

Deno.test("who has erased their data is late no more, and nothing of them waits", async () => {
  const { desk, maria, asks, writes, lateTo, timers } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await writes("uma dúvida");
  await erases(desk, maria);
  assertEquals(await tracesOf(desk.kv, maria), []);
  assertEquals(await timers(), []);
  await desk.passes(HOUR_MS);
  assertEquals(lateTo(desk.bia), []);
});

Deno.test("/who says since when somebody waits, and nothing where nobody does", async () => {
  const { desk, says, writes, goTo, line } = await open();
  await using _ = desk;
  await says(desk.ana, "/who");
  assertEquals(line().text!.includes("Espera resposta desde"), false);
  await goTo("03-03T14:32:00");
  await writes("uma dúvida");
  await says(desk.ana, "/who");
  assertStringIncludes(line().text!, "Espera resposta desde: 3 de mar. de 2031, 14:32");
});

for (
  const [words, shown] of [
    ["15", "15 min"],
    ["1440", "1 d"],
    ["1h30", "1 h 30 min"],
    ["90 minutos", "1 h 30 min"],
    ["meia hora", "30 min"],
    ["off", "desligado"],
    ["desligado", "desligado"],
  ] as const
) {
  Deno.test(`/set alarm ${words} is ${shown}`, async () => {
    const { desk, asks } = await open(null);
    await using _ = desk;
    assertEquals(await asks(desk.boss, `/set alarm ${words}`), `✅ alarme: ${shown}`);
    assertStringIncludes(await asks(desk.boss, "/settings"), `alarme: ${shown}`);
  });
}

for (const words of ["1441", "-5", "0,5", "logo", "3 dias", "on"]) {
  Deno.test(`/set alarm ${words} is refused, with what it may be`, async () => {
    const { desk, asks } = await open(null);
    await using _ = desk;
    assertStringIncludes(await asks(desk.boss, `/set alarm ${words}`), "de 1 a 1440, ou off");
  });
}

/** What the owner is told of what stands in the way of the whole desk: that it begins and that it is over, once. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { NOT_NOW, refusal } from "../support/refusal.ts";
import { refuses, TROUBLES } from "../support/troubles.ts";

Deno.test("trouble that Telegram puts in several ways is said once, and again when it is back", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = await desk.hearsFrom("Maria", "um");
  const told = () => desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atend"));
  for (const times of [1, 2]) {
    desk.telegram.restrict(desk.group, desk.bot, {});
    await desk.settled();
    for (const content of ["dois", { sticker: true }] as const) {
      const customer = desk.customer("João");
      customer.sends(desk.chatOf(customer), "oi");
      maria.sends(desk.chatOf(maria), content);
    }
    desk.telegram.faults.next(
      "copyMessage",
      refusal("Bad Request: not enough rights to send stickers to the chat"),
    );
    await desk.settled();
    for (let minute = 0; minute < 5; minute++) {
      desk.telegram.faults.next(
        "copyMessage",
        refusal(`Bad Request: CHAT_WRITE_FORBIDDEN, ${minute}`),
      );
      await desk.passes(61_000);
    }
    assertEquals(told().length, times);
    desk.telegram.promote(desk.group, desk.bot);
    await desk.settled();
    await desk.minutesPass(2);
  }
  const lines = desk.logLines.filter((line) => line.includes('"event":"trouble"'));
  assertEquals(lines.length, 2);
});

for (const fault of NOT_NOW) {
  Deno.test(`an alarm that Telegram does not take at the moment (${fault.kind}) is told as soon as it does, once`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const maria = await desk.hearsFrom("Maria");
    const isToldBoss = ({ method, payload }: Call) =>
      method === "sendMessage" && Number(payload.chat_id) === desk.boss.id;
    desk.telegram.faults.next(isToldBoss, fault);
    refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
    maria.sends(desk.chatOf(maria), "um");
    for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).length, 1);
    desk.telegram.faults.clear();
    desk.telegram.faults.next(isToldBoss, fault);
    for (let minute = 0; minute < 8; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).map((text) => text[0]), ["⚠", "✅"]);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  });
}

for (
  const [what, breaks, repairs] of [
    ...TROUBLES,
    [
      "the group refuses everything",
      (d: TestDesk) => refuses(d, d.group, 400, "Bad Request: CHAT_RESTRICTED"),
      (d: TestDesk) => d.telegram.faults.clear(),
    ] as (typeof TROUBLES)[number],
  ]
) {
  Deno.test(`${what}: one alarm when it begins and one when it is over, whoever is started meanwhile`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    breaks(desk);
    maria.sends(desk.chatOf(maria), "um");
    joao.sends(desk.chatOf(joao), "olá");
    await desk.settled();
    for (let times = 0; times < 3; times++) {
      await desk.passes(61_000);
      await desk.restart();
      await desk.passes(61_000);
    }
    assertEquals(alarmsOf(desk).length, 1);
    await desk.app.close(0);
    repairs(desk);
    await desk.restart();
    for (let minute = 0; minute < 8; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).map((text) => text[0]), ["⚠", "✅"]);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
  });
}

Deno.test("of several instances that meet the same trouble one tells of it", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const customers = Array.from({ length: 6 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const each of customers) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
  desk.telegram.faults.rate({ kind: "delay", ms: 5 }, 1, "copyMessage");
  const other = desk.anotherApp();
  await other.start();
  for (const each of customers) each.sends(desk.chatOf(each), "um");
  for (let minute = 0; minute < 4; minute++) {
    await Promise.all([desk.passes(61_000), other.drain()]);
    await other.settled();
  }
  await other.close();
  assertEquals(alarmsOf(desk).length, 1);
});

Deno.test("a second trouble is not swallowed while the first goes on", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = await desk.hearsFrom("Maria");
  refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(alarmsOf(desk).length, 1);
  desk.telegram.demote(desk.channel, desk.bot);
  await desk.settled();
  const joao = await desk.hearsFrom("João", "olá");
  await desk.passes(61_000);
  assertEquals(alarmsOf(desk).length, 2);
  assertStringIncludes(alarmsOf(desk)[0]!, "CHAT_RESTRICTED");
  assert(!alarmsOf(desk)[1]!.includes("CHAT_RESTRICTED"));
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  await desk.passes(61_000);
  const over = () => alarmsOf(desk).filter((text) => text.startsWith("✅"));
  assertEquals(over().length, 1);
  desk.telegram.faults.clear();
  await desk.minutesPass(3);
  assertEquals(over().length, 2);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
});

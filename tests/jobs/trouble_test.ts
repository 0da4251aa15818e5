/** What stands in the way of the whole desk: everything waits, and goes out when it is over. */
import { assert, assertEquals } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { TROUBLES } from "../support/troubles.ts";

for (const [what, breaks, repairs] of TROUBLES) {
  Deno.test(`${what}: everything waits, is said once, and goes out when it is repaired`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "um");
    await desk.settled();
    breaks(desk);
    await desk.settled();
    maria.sends(desk.chatOf(maria), "dois");
    maria.sends(desk.chatOf(maria), "três");
    joao.sends(desk.chatOf(joao), "olá");
    await desk.settled();
    await desk.minutesPass(5);

    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 503);
    const { problems, failed } = await health.json();
    assert(problems.length > 0);
    assertEquals(failed, 0);
    const told = desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atendimento"));
    assertEquals(told.length, 1);
    assertEquals(desk.logLines.filter((line) => line.includes('"event":"trouble"')).length, 1);

    repairs(desk);
    await desk.settled();
    await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois", "três"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
    const repaired = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals((await repaired.json()).problems, []);
  });
}

Deno.test("a message that was refused is not given up because the bot has lost its place since", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const isCopy = (call: Call) => call.method === "copyMessage";
  // Words that tell of a message, or of a chat: a line of text goes through.
  const [errorCode, description] = [403, "Forbidden: something nobody has seen yet"];
  desk.telegram.faults.next(isCopy, refusal(description, errorCode));
  desk.telegram.faults.rate({ kind: "502" }, 1, isCopy);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1)?.startsWith("🫥"), true);
  // It is tried again before a look at the desk tells the bot of that.
  desk.telegram.faults.clear();
  desk.telegram.removeMember(desk.group, desk.bot, "kicked");
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  await desk.restart();
  await desk.passes(61_000);
  desk.telegram.faults.clear();
  await desk.minutesPass(5);
  desk.telegram.addMember(desk.group, desk.bot);
  desk.telegram.promote(desk.group, desk.bot);
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a look that is not answered has nothing tried again at once", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  const description = "Forbidden: bot is not a member of the supergroup chat";
  const error = refusal(description, 403);
  let tries = 0;
  desk.telegram.faults.rate(error, 1, ({ method }) => {
    if (method === "copyMessage") tries++;
    return method === "copyMessage";
  });
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  desk.clock.aheadMs += 2 * MINUTE_MS;
  desk.ana.comments(desk.cardOf(maria), "já vai");
  for (let seconds = 0; seconds < 30; seconds++) await desk.passes(1000);
  assertEquals([tries > 0, tries < 10], [true, true]);
  desk.telegram.faults.clear();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["olá", "já vai"]);
});

Deno.test("a pin that takes a right which the bot lacks waits for it, whatever else goes through in the channel", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const each of [maria, joao]) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  desk.telegram.promote(desk.channel, desk.bot, { can_post_messages: true });
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  for (let minute = 0; minute < 20; minute++) {
    desk.ana.comments(desk.cardOf(joao), `/p ${minute % 4 + 2}`);
    await desk.settled();
    await desk.passes(61_000);
  }
  assertEquals(alarmsOf(desk).length, 1);
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  await desk.minutesPass(3);
  assertEquals(desk.channel.pinned, [desk.cardOf(joao).message_id]);
  assertEquals(alarmsOf(desk).length, 2);
});

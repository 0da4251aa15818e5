import { assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { writePanelAction } from "../../src/buttons/panel.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

const PRESSES = 100;

Deno.test("who presses a hundred times what names another delays nobody but themselves", async () => {
  const { desk, maria, says, line } = await openTalk();
  await using _ = desk;
  const eve = await desk.hearsFrom("Eve", "/privacy");
  const message = desk.toldTo(eve).at(-1) as SimulatedMessage;
  desk.telegram.faults.rate({ kind: "delay", ms: 20 }, 1, "answerCallbackQuery");
  const forged = writePanelAction({ does: "close", customerId: maria.id });
  const answers = Array.from({ length: PRESSES }, () => eve.forges(message, forged));
  while (desk.bot.queue.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const { calls } = desk.telegram;
  const answered = () => calls.filter(({ method }) => method === "answerCallbackQuery").length;
  let before = Infinity;
  desk.telegram.faults.rate({ kind: "delay", ms: 0 }, 1, ({ method }) => {
    if (method === "deleteMessage") before = Math.min(before, answered());
    return false;
  });
  await says(desk.ana, "/assign");
  await Promise.all(answers);
  assertStringIncludes(line().text!, "Ana");
  assertLess(before, PRESSES / 2);
  assertEquals(answered(), PRESSES);
  // And it closed nothing.
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
});

Deno.test("a button of one thread does nothing in another, and in its own whatever it does, also when it is old", async () => {
  const { desk, maria } = await openTalk({ settings: {} });
  await using _ = desk;
  const joao = await desk.hearsFrom("João");
  const panelOf = (customer: typeof maria) => desk.threadOf(customer)[0] as SimulatedMessage;
  const close = dataOf(panelOf(maria), "Encerrar");
  void desk.ana.forges(panelOf(joao), close);
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");

  await desk.passes(20 * DAY_MS);
  void desk.ana.presses(panelOf(maria), dataOf(panelOf(maria), "Prioridade"));
  await desk.settled();
  const question = desk.group.messages.at(-1) as SimulatedMessage;
  void desk.ana.presses(question, dataOf(question, "5"));
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.split("\n")[2], "#p5");
  void desk.ana.presses(panelOf(maria), close);
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.startsWith("⬜️"), true);
  assertEquals(desk.cardOf(joao).text!.slice(0, 2), "🟦");
});

Deno.test("many strangers who press in private leave hands free for conversations", async () => {
  const { desk, maria } = await openTalk();
  await using _ = desk;
  const strangers = Array.from({ length: 40 }, (_, n) => desk.customer(`Eve ${n}`));
  for (const eve of strangers) eve.sends(desk.chatOf(eve), "/privacy");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "delay", ms: 100 }, 1, "answerCallbackQuery");
  const pressing = strangers.flatMap((eve) => {
    const message = desk.toldTo(eve).at(-1) as SimulatedMessage;
    return [1, 2, 3].map(() => eve.forges(message, "nothing"));
  });
  while (desk.bot.queue.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  let answered = Infinity;
  const { calls } = desk.telegram;
  desk.telegram.faults.rate({ kind: "delay", ms: 0 }, 1, ({ method, payload }) => {
    if (method === "copyMessage" && payload.chat_id === desk.group.id) {
      answered = calls.filter((call) => call.method === "answerCallbackQuery").length;
    }
    return false;
  });
  maria.sends(desk.chatOf(maria), "e eu?");
  await desk.settled();
  await Promise.all(pressing);
  assertLess(answered, 40);
});

import { assert, assertEquals } from "@std/assert";
import { writePanelAction } from "../../src/buttons/panel.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** A conversation with its panel. */
async function open() {
  const talk = await openTalk({ settings: {} });
  const panel = talk.desk.threadOf(talk.maria)[0] as SimulatedMessage;
  return { ...talk, panel };
}

Deno.test("the panel is one comment of a new thread, without a sound, and only there", async () => {
  const { desk, maria, writes, says } = await open();
  await using _ = desk;
  await says(desk.ana, "/close");
  await writes("voltei");
  maria.starts(desk.bot, "instagram");
  await desk.settled();
  const panels = desk.threadOf(maria).filter(({ reply_markup }) => reply_markup);
  assertEquals(panels.length, 1);
  assertEquals(panels[0]!.reply_markup!.inline_keyboard.map((row) => row.length), [2, 3, 2]);
});

Deno.test("/set panel off leaves it out from then on, and still says where a customer came from", async () => {
  await using desk = (await openTalk({ settings: { panel: false } })).desk;
  const joao = desk.customer("João");
  joao.starts(desk.bot, "site");
  await desk.settled();
  joao.sends(desk.chatOf(joao), "oi");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(joao)), ["ℹ️ Chegou pelo link: site", "oi"]);
});

Deno.test("what takes the place of a question takes that of no message in another group", async () => {
  const { desk, maria, panel, writes } = await open();
  await using _ = desk;
  desk.ana.presses(panel, dataOf(panel, "Prioridade"));
  await desk.settled();
  const question = desk.threadOf(maria).at(-1) as SimulatedMessage;
  desk.telegram.faults.rate({ kind: "502" }, 1, "editMessageText");
  desk.ana.presses(question, dataOf(question, "🟨 3"));
  await desk.settled();
  const group = desk.telegram.createSupergroup({ title: "Novo log", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  desk.telegram.link(desk.channel, group);
  await desk.settled();
  desk.telegram.faults.clear();
  const before = desk.telegram.calls.length;
  for (let minutes = 0; minutes < 10; minutes++) await desk.passes(MINUTE_MS);
  await writes("oi");
  const edits = desk.telegram.calls.slice(before).filter(({ method, payload }) =>
    method === "editMessageText" && payload.chat_id === group.id
  );
  assertEquals(edits, []);
  const moved = desk.threadOf(maria, { channel: desk.channel, group });
  assert(textsOf(moved).includes("🟨 Ana definiu a prioridade 3."));
});

Deno.test("strangers, customers and former members press in vain, and are told so politely", async () => {
  const { desk, maria, panel, cardText } = await open();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui", languageCode: "es" });
  desk.telegram.removeMember(desk.channel, desk.bia, "left");
  await desk.settled();
  const before = desk.group.messages.length;
  for (const button of ["Encerrar", "Prioridade", "Assumir", "Banir", "Ajuda"]) {
    const answers = await Promise.all(
      [rui, maria, desk.bia].map(async (who) => {
        const answer = who.presses(panel, dataOf(panel, button));
        await desk.settled();
        return await answer;
      }),
    );
    assertEquals(answers.map((answer) => answer?.show_alert), [true, true, true]);
    assertEquals(answers.map((answer) => answer?.text), [
      "Esto es solo para el equipo.",
      "Isto é só para a equipe.",
      "Isto é só para a equipe.",
    ]);
  }
  assertEquals(cardText(), `🟦 Maria Silva\nID ${maria.id}`);
  assertEquals(desk.group.messages.length, before);
});

Deno.test("forged presses of people who may not press do nothing, wherever they are sent from", async () => {
  const { desk, maria, panel, cardText } = await open();
  await using _ = desk;
  const welcome = desk.toldTo(maria)[0] as SimulatedMessage;
  const before = desk.group.messages.length;
  for (
    const data of [
      ...(["close", "assign", "ban", "cancel", "help"] as const).map((does) =>
        writePanelAction({ does, customerId: maria.id })
      ),
      writePanelAction({ does: "priority", customerId: maria.id, priority: 5 }),
      "panel priority 1 9",
      "panel close -1",
      "panel close 99999999999999999999",
      "rate 5",
      "rate 6",
      "failed dismiss all",
      "setup move -1001",
      "",
      "💥",
      "x".repeat(64),
    ]
  ) {
    const answer = maria.forges(panel, data);
    await desk.settled();
    await answer;
    assertEquals(desk.group.messages.length, before, data);
  }
  assertEquals(cardText(), `🟦 Maria Silva\nID ${maria.id}`);
  assertEquals(desk.toldTo(maria)[0]!.text, welcome.text);
});

Deno.test("a forged press of the team's own harms no thread", async () => {
  const { desk, maria, panel, isThere, cardText } = await open();
  await using _ = desk;
  const root = desk.group.message(panel.message_thread_id!)!;
  const data = writePanelAction({ does: "priority", customerId: maria.id, priority: 4 });
  const answer = desk.ana.forges(panel, data);
  await desk.settled();
  await answer;
  assertEquals(cardText().slice(0, 2), "🟧");
  assert(isThere(root));
});

Deno.test("with the database lost, a panel still leads to its customer, as comments do", async () => {
  const { desk, maria, panel, says, writes, press, cardText, isPinned } = await open();
  await using _ = desk;
  await desk.loseDatabase();
  await press(desk.ana, panel, "Encerrar");
  assertEquals(desk.threadOf(maria).at(-1)!.text, "⬜️ Ana encerrou o atendimento.");
  // Its card goes on showing how it stands.
  assertEquals([cardText().slice(0, 2), isPinned()], ["⬜️", false]);
  await writes("voltei");
  assertEquals(desk.threadOf(maria).at(-1)!.text, "voltei");
  assertEquals([cardText().slice(0, 2), isPinned()], ["🟦", true]);
  await desk.loseDatabase();
  await says(desk.ana, "/priority 3");
  assertEquals(cardText(), `🟨 Maria Silva\nID ${maria.id}\n#p3`);
});

Deno.test("pressed twice at once, a button does its work once; what is said stays true", async () => {
  const { desk, maria, panel, cardText } = await open();
  await using _ = desk;
  for (let presses = 0; presses < 3; presses++) {
    void desk.ana.presses(panel, dataOf(panel, "Encerrar"));
  }
  await desk.settled();
  assertEquals(cardText().slice(0, 2), "⬜️");
  const lines = textsOf(desk.threadOf(maria)).filter((text) => text.includes("encerr"));
  assertEquals(lines, [
    "⬜️ Ana encerrou o atendimento.",
    "ℹ️ Este atendimento já está encerrado.",
    "ℹ️ Este atendimento já está encerrado.",
  ]);
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.includes("encerrado")).length, 1);
});

Deno.test("a question answered twice at once stays answered as it was first", async () => {
  const { desk, maria, panel, press, cardText } = await open();
  await using _ = desk;
  await press(desk.ana, panel, "Banir");
  const question = desk.threadOf(maria).at(-1) as SimulatedMessage;
  const [ban, cancel] = [dataOf(question, "Banir"), dataOf(question, "Cancelar")];
  void desk.ana.presses(question, ban);
  void desk.ana.forges(question, ban);
  void desk.ana.forges(question, cancel);
  await desk.settled();
  assertEquals(cardText().slice(0, 1), "❌");
  const line = desk.group.message(question.message_id);
  assertEquals(line?.text, "❌ Ana baniu este cliente.");
});

Deno.test("a question that was taken away can still be answered by who was faster than the client", async () => {
  const { desk, maria, panel, press, cardText } = await open();
  await using _ = desk;
  await press(desk.ana, panel, "Banir");
  const question = desk.threadOf(maria).at(-1) as SimulatedMessage;
  const ban = dataOf(question, "Banir");
  await press(desk.ana, question, "Cancelar");
  void desk.bia.forges(question, ban);
  await desk.settled();
  // Who answered first has answered.
  assertEquals(cardText().slice(0, 2), "🟦");
  assertEquals(desk.threadOf(maria).some(({ text }) => text?.includes("baniu")), false);
});

Deno.test("an old panel still works, also when its thread has a newer card, and after a restart", async () => {
  const { desk, maria, panel, writes, press, says, cardText } = await open();
  await using _ = desk;
  await says(desk.ana, "/fs");
  await desk.passes(30 * DAY_MS);
  await desk.restart();
  await press(desk.ana, panel, "Assumir");
  assertEquals(cardText(), `⬜️ Maria Silva\nID ${maria.id}\n#ana`);
  await writes("oi de novo");
  await press(desk.bia, panel, "Prioridade");
  await press(desk.bia, desk.threadOf(maria).at(-1) as SimulatedMessage, "🟩");
  assertEquals(cardText(), `🟩 Maria Silva\nID ${maria.id}\n#p2 #ana`);
});

Deno.test("a press while Telegram cannot say who is of the team is obeyed when it can", async () => {
  const { desk, panel, cardText } = await open();
  await using _ = desk;
  await desk.passes(6 * MINUTE_MS);
  desk.telegram.faults.next("getChatMember", { kind: "500" });
  void desk.bia.presses(panel, dataOf(panel, "Assumir"));
  await desk.settled();
  assertEquals(cardText().split("\n")[2], undefined);
  await desk.passes(5000);
  assertEquals(cardText().split("\n")[2], "#bia");
});

Deno.test("a panel of buttons is the first comment of a new thread", async () => {
  const { desk, maria, panel, cardText, press } = await open();
  await using _ = desk;
  assert(panel.text!.includes("Conversa nova"));
  await press(desk.bia, panel, "Assumir");
  assertEquals(cardText().split("\n")[2], "#bia");
  await press(desk.bia, panel, "Prioridade");
  await press(desk.bia, desk.threadOf(maria).at(-1) as SimulatedMessage, "🟥");
  assertEquals(cardText().split("\n")[2], "#p5 #bia");
  await press(desk.bia, panel, "Ajuda");
  assert(desk.threadOf(maria).at(-1)!.text!.includes("/fim (/close)"));
  await press(desk.bia, panel, "Banir");
  await press(desk.bia, desk.threadOf(maria).at(-1) as SimulatedMessage, "Banir");
  assertEquals(cardText().slice(0, 1), "❌");
  // The panel is no command that was obeyed.
  assertEquals(desk.threadOf(maria)[0]?.message_id, panel.message_id);
});

Deno.test("the panel opens inline mode right there, and what bans is red", async () => {
  const { desk, maria, panel, press } = await open();
  await using _ = desk;
  const buttons = panel.reply_markup!.inline_keyboard.flat();
  const replies = buttons.find(({ text }) => text.includes("Respostas"))!;
  assertEquals("switch_inline_query_current_chat" in replies, true);
  assertEquals(
    (replies as { switch_inline_query_current_chat: string })
      .switch_inline_query_current_chat,
    "",
  );
  await press(desk.ana, panel, "Banir");
  const question = desk.threadOf(maria).at(-1)!;
  const styles = [...buttons, ...question.reply_markup!.inline_keyboard.flat()]
    .flatMap(({ text, style }) => style === undefined ? [] : [`${text} ${style}`]);
  assertEquals(styles, ["❌ Banir danger", "❌ Banir danger"]);
});

for (const isRefused of [true, false]) {
  Deno.test(`without inline mode the panel is there all the same, its button ${isRefused ? "refused" : "taken"}`, async () => {
    const { desk } = await open();
    await using _ = desk;
    desk.bot.configure({ supportsInline: false });
    desk.telegram.unproven.refusesInlineButtons = isRefused;
    const joao = await desk.hearsFrom("João");
    const [panel] = desk.threadOf(joao);
    const rows = panel!.reply_markup!.inline_keyboard.map((row) => row.length);
    assertEquals(rows, isRefused ? [2, 2, 2] : [2, 3, 2]);
  });
}

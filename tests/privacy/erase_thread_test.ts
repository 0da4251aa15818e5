import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import {
  asksToErase,
  erases,
  openAnswered,
  presses,
  REACHES_NOBODY,
  tracesOf,
} from "../support/erasing.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

Deno.test("comments in the thread of an erased customer reach nobody, and say so in one line", async () => {
  for (const isOld of [false, true]) {
    const { desk, maria, card, root, said } = await openAnswered();
    await using _ = desk;
    // A post's edits reach its copy in the group for two weeks only: then it names the customer still.
    if (isOld) await desk.passes(20 * DAY_MS);
    await erases(desk, maria);
    assertEquals(desk.group.message(root.message_id)!.text!.includes(String(maria.id)), isOld);
    said();
    const told = desk.toldTo(maria).length;
    const comment = desk.ana.comments(card, "ainda aí?");
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY]);
    const line = desk.group.messages.at(-1)!;
    assertEquals(line.reply_to_message?.message_id, comment.message_id);
    desk.bia.sends(desk.group, "eu também", { replyTo: comment.message_id });
    desk.boss.comments(card, "e eu", { as: desk.channel });
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY, REACHES_NOBODY]);
    await desk.ana.sendsAlbum(desk.group, [{ photo: true }, { photo: true }, { photo: true }], {
      replyTo: root.message_id,
    });
    await desk.settled();
    assertEquals(said(), [REACHES_NOBODY]);

    // What is for nobody anyhow, is an edit, or comes from a stranger is answered with nothing.
    const eva = desk.telegram.createUser({ firstName: "Eva" });
    eva.comments(card, "quem é?");
    desk.ana.comments(card, "# anotado");
    desk.ana.edits(comment, "ainda aí??");
    await desk.settled();
    assertEquals(said(), []);
    for (const words of ["/settings", "/setup", "/clsoe", "/close", "/quem"]) {
      desk.boss.comments(card, words);
      eva.comments(card, words);
      await desk.settled();
    }
    assertEquals(said().map((text) => text.slice(0, 20)), [
      "⚙️ Ajustes\n\nboasvind",
      "Este comando vale no",
      "Não conheço /clsoe. ",
      REACHES_NOBODY.slice(0, 20),
      REACHES_NOBODY.slice(0, 20),
    ]);
    assertEquals(desk.toldTo(maria).length, told);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  }
});

/** What comes to be more messages in the group than one, or another one than at first. */
const MOVED: [
  string,
  (desk: TestDesk, maria: SimulatedUser, root: SimulatedMessage) => Promise<void>,
][] = [
  ["an album with the line before it", async (desk, maria) => {
    const forwardedFrom = { type: "hidden_user", date: 1, sender_user_name: "Zé" } as const;
    for (const letter of "ab") {
      const content = { photo: true, caption: letter.repeat(1024) } as const;
      maria.sends(desk.chatOf(maria), content, { forwardedFrom, mediaGroupId: "1" });
    }
    await desk.settled();
    await desk.passes(2000);
    assertEquals(textsOf(desk.threadOf(maria)).slice(-3)[0], "↪ Zé");
  }],
  ["what had gone astray", async (desk, maria, root) => {
    desk.telegram.unproven.answersToDeleted = "astray";
    desk.boss.deletes(root);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    for (let minute = 0; minute < 8; minute++) await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.threadOf(maria)), ["dois"]);
  }],
  ["what had gone astray in another group", async (desk, maria, root) => {
    desk.telegram.unproven.answersToDeleted = "astray";
    desk.boss.deletes(root);
    maria.sends(desk.chatOf(maria), "dois");
    const other = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.promote(other, desk.bot);
    desk.telegram.link(desk.channel, other);
    await desk.settled();
    for (let minute = 0; minute < 8; minute++) await desk.passes(MINUTE_MS);
    assertEquals(textsOf(other.messages).includes("dois"), true);
  }],
];

for (const [what, happens] of MOVED) {
  Deno.test(`nothing leads from ${what} to who has erased their data`, async () => {
    const { desk, maria, root } = await openAnswered();
    await using _ = desk;
    await happens(desk, maria, root);
    await erases(desk, maria);
    for (let minute = 0; minute < 8; minute++) await desk.passes(MINUTE_MS);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  });
}

Deno.test("nothing that comes late brings an erased customer back", async () => {
  const { desk, maria, first, answer, card, root } = await openAnswered({
    settings: { panel: true },
  });
  await using _ = desk;
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const shown = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  desk.ana.comments(card, "/ban");
  await desk.settled();
  const question = desk.threadOf(maria).at(-1)!;
  await erases(desk, maria);
  const updates = desk.telegram.updates.map(({ update }) => update.update_id);
  const told = desk.toldTo(maria).length;
  for (const id of updates) desk.telegram.redeliver(id);
  await desk.settled();
  maria.edits(first, "boa tarde");
  maria.reacts(desk.toldTo(maria)[1] as SimulatedMessage, "👍");
  desk.ana.edits(answer, "boa tarde, Maria!");
  desk.ana.reacts(shown as SimulatedMessage, "🔥");
  desk.telegram.spuriousEdit(root);
  maria.blocks(desk.bot);
  maria.unblocks(desk.bot);
  await desk.settled();
  for (const [message, button] of [[panel, "Encerrar"], [question, "Banir"]] as const) {
    assertEquals(await presses(desk, desk.ana, message, button), REACHES_NOBODY);
  }
  await desk.passes(MINUTE_MS);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(desk.toldTo(maria).length, told);
});

Deno.test("the forward of a card that comes after the erasure leads to nobody", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = await desk.hearsFrom("Maria", "bom dia");
  const card = desk.cardOf(maria);
  await erases(desk, maria);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "não chegaram mais à nossa equipe: 1.");
  desk.telegram.releaseForwards();
  await desk.settled();
  desk.ana.comments(card, "olá?");
  await desk.settled();
  assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
  assertEquals(desk.group.pinned, []);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

for (const how of ["its forward", "a comment under it"]) {
  Deno.test(`a card of which nobody knew is found by ${how}, and names nobody any more`, async () => {
    await using desk = await TestDesk.open();
    desk.telegram.autoForward = { mode: "never", delayMs: 0 };
    const isCard = ({ method, payload }: { method: string; payload: { chat_id?: unknown } }) =>
      method === "sendMessage" && payload.chat_id === desk.channel.id;
    desk.telegram.faults.next(isCard, { kind: "lost answer" });
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), "bom dia");
    for (let times = 0; times < 5; times++) await desk.passes(1000);
    const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
    assertEquals(cards.length, 2);
    await erases(desk, maria);
    assertEquals(textsOf(desk.channel.messages).filter((text) => text.includes("Maria")).length, 1);
    // Who is not in the group when a forward comes never sees it.
    const isMissed = how !== "its forward";
    if (isMissed) desk.telegram.removeMember(desk.group, desk.bot, "left");
    desk.telegram.releaseForwards();
    await desk.settled();
    if (isMissed) desk.telegram.promote(desk.group, desk.bot);
    await desk.passes(MINUTE_MS);
    desk.ana.comments(cards[0]!, "olá?");
    await desk.settled();
    assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
    assertEquals(textsOf(desk.channel.messages).filter((text) => text.includes("Maria")), []);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  });
}

Deno.test("who writes again begins anew, and the old thread has no part in it", async () => {
  const { desk, maria, answer, card, said } = await openAnswered({ settings: { panel: true } });
  await using _ = desk;
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const question = await asksToErase(desk, maria);
  const old = question.reply_markup!.inline_keyboard.flat()[0] as { callback_data: string };
  await erases(desk, maria);
  maria.sends(desk.chatOf(maria), "olá de novo", { replyTo: desk.toldTo(maria)[1]!.message_id });
  await desk.settled();
  const fresh = desk.cardOf(maria);
  assert(fresh.message_id > card.message_id);
  assertEquals(textsOf(desk.threadOf(maria)).slice(1), ["olá de novo"]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "Olá! Escreva sua mensagem aqui");
  said();

  // Neither what is written there nor its buttons, nor the old question.
  desk.ana.comments(card, "do cartão antigo");
  desk.ana.edits(answer, "bom dia, querida!");
  await desk.settled();
  assertEquals(said(), [REACHES_NOBODY]);
  assertEquals(await presses(desk, desk.ana, panel, "Encerrar"), REACHES_NOBODY);
  const pressed = maria.forges(question as SimulatedMessage, old.callback_data);
  await desk.settled();
  assertStringIncludes((await pressed)?.text ?? "", "Este botão não vale mais");
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
  desk.ana.comments(fresh, "bem-vinda de volta!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-1), ["bem-vinda de volta!"]);
  await erases(desk, maria);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(textsOf(desk.channel.messages).slice(-2), ["🗑 apagado", "🗑 apagado"]);
});

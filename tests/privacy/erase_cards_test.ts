import { assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import {
  asksToErase,
  confirms,
  erases,
  openAnswered,
  pause,
  REACHES_NOBODY,
  tracesOf,
} from "../support/erasing.ts";

Deno.test("all cards of a customer are effaced, also those that others have replaced", async () => {
  const { desk, maria, root } = await openAnswered();
  await using _ = desk;
  desk.boss.deletes(root);
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
});

Deno.test("a card that never got its thread is effaced as well as the one that replaced it", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = await desk.hearsFrom("Maria", "bom dia");
  for (let minute = 0; minute < 12; minute++) await desk.passes(MINUTE_MS);
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("a card that was posted twice, since the answer was lost, is effaced twice", async () => {
  await using desk = await TestDesk.open();
  const isCard = ({ method, payload }: { method: string; payload: { chat_id?: unknown } }) =>
    method === "sendMessage" && payload.chat_id === desk.channel.id;
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  desk.telegram.faults.next(isCard, { kind: "lost answer" });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "bom dia");
  for (let times = 0; times < 5; times++) await desk.passes(1000);
  desk.telegram.releaseForwards();
  await desk.settled();
  const cards = () => textsOf(desk.channel.messages).filter((text) => text !== "[something]");
  assertEquals(cards().length, 2);
  await erases(desk, maria);
  assertEquals(cards(), ["🗑 apagado", "🗑 apagado"]);
  for (const card of desk.channel.messages.filter(({ text }) => text === "🗑 apagado")) {
    desk.ana.comments(card, "oi?");
    await desk.settled();
    assertEquals(desk.group.messages.at(-1)!.text, REACHES_NOBODY);
  }
});

Deno.test("copies in the thread go too if the desk has decided so, as far as Telegram lets them", async () => {
  for (const erasecopies of [false, true]) {
    const { desk, maria, root } = await openAnswered({ settings: { panel: false, erasecopies } });
    await using _ = desk;
    for (let number = 1; number <= 7; number++) maria.sends(desk.chatOf(maria), `velha ${number}`);
    await desk.settled();
    await desk.passes(3 * DAY_MS);
    maria.info.is_premium = true;
    maria.sends(desk.chatOf(maria), `longa ${"palavra ".repeat(900)}`);
    const edited = maria.sends(desk.chatOf(maria), { rich_message: "um" });
    await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true }, { photo: true }]);
    await desk.settled();
    await desk.passes(1100);
    maria.edits(edited, { rich_message: "dois" });
    desk.ana.sends(desk.group, "do atendente", { replyTo: root.message_id });
    await desk.settled();
    const before = textsOf(desk.group.thread(root.message_id)).slice(2);
    assertEquals(before.length, 7 + 2 + 3 + 2 + 1);
    await erases(desk, maria);
    const after = textsOf(desk.group.thread(root.message_id)).slice(2, -1);
    const kept = before.filter((text) => /velha|Maria!|do atendente/.test(text));
    assertEquals(after, erasecopies ? kept : before);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  }
});

Deno.test("a copy that is made while others are deleted is deleted as well", async () => {
  const { desk, maria } = await openAnswered({ settings: { panel: false, erasecopies: true } });
  await using _ = desk;
  const question = await asksToErase(desk, maria);
  desk.telegram.faults.next("deleteMessages", { kind: "delay", ms: 1000 });
  confirms(maria, question);
  await desk.isCalling("deleteMessages");
  maria.sends(desk.chatOf(maria), "no meio");
  while (!textsOf(desk.group.messages).includes("no meio")) await pause(1);
  for (let times = 0; times < 4; times++) await desk.passes(1100);
  assertEquals(textsOf(desk.group.messages).slice(2), [
    "bom dia, Maria!",
    "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.",
  ]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "✅ Pronto");
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

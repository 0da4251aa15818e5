/** What becomes of an answer that waits when the conversation ends, or its customer goes. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { asks, presses } from "../support/erasing.ts";
import { clockAt, lying, openLater } from "../support/later_talk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("closing does not stop it, and it leaves the conversation closed", async () => {
  const { desk, says, left, cardText } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h deu certo?");
  await says(desk.ana, "/closesilent");
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["deu certo?"]);
  assertStringIncludes(cardText(), "⬜️");
});

Deno.test("a ban calls all of it off and says so, and lifting it brings nothing back", async () => {
  const { desk, maria, says, left, line, press } = await openLater();
  await using _ = desk;
  for (let n = 0; n < 45; n++) await says(desk.ana, `/later 2h ${n}`);
  await says(desk.ana, "/ban");
  await press(desk.ana, line(), "Banir");
  assertEquals(line().text, "🗑 45 respostas que seriam enviadas depois foram canceladas.");
  await says(desk.ana, "/later 2h outra");
  assertStringIncludes(line().text!, "Este cliente está banido");
  await says(desk.ana, "/unban");
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  assertEquals(await lying(desk.kv), []);
  assert(maria);
});

Deno.test("for a customer who has blocked the bot it waits, as any answer does", async () => {
  const { desk, maria, says, left } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h volte!");
  maria.blocks(desk.bot);
  await desk.settled();
  await desk.passes(DAY_MS);
  assertEquals(left(), []);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(left(), ["volte!"]);
});

Deno.test("what Telegram refuses then is told in the thread, as an answer to the command", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h nunca chega");
  desk.telegram.faults.next("sendMessage", refusal("Bad Request: something is wrong with it"));
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["🫥 Chegou algo que não pode ser mostrado aqui: texto."]);
  assertStringIncludes(line().text!, "Não foi possível entregar esta mensagem");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
});

Deno.test("under another token the words cannot be read: that is told, and nothing is copied", async () => {
  const { desk, maria, says } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h segredo");
  for await (const entry of desk.kv.list({ prefix: [desk.bot.id, "scheduled"] })) {
    const { v, value } = entry.value as { v: number; value: { job: { sealed: Uint8Array } } };
    value.job.sealed = value.job.sealed.map((byte) => byte ^ 255);
    await desk.kv.set(entry.key, { v, value });
  }
  await desk.passes(2 * HOUR_MS);
  assert(textsOf(desk.toldTo(maria)).every((text) => !text.includes("segredo")));
  assertStringIncludes(
    textsOf(desk.threadOf(maria)).at(-1)!,
    "Não foi possível entregar esta mensagem",
  );
});

Deno.test("erasing takes away what waits, and the thread is told how much", async () => {
  const { desk, maria, says, left } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h um");
  await says(desk.ana, "/later 3d dois");
  const threadId = desk.threadOf(maria)[0]!.message_thread_id!;
  const privacy = await asks(desk, maria, "/privacy");
  await presses(desk, maria, privacy, "Apagar");
  await presses(desk, maria, desk.toldTo(maria).at(-1)!, "Sim, apagar");
  await desk.passes(2000);
  const said = textsOf(desk.group.thread(threadId)).at(-1)!;
  assertStringIncludes(said, "não foram mais entregues: 2");
  const before = left().length;
  await desk.passes(4 * DAY_MS);
  assertEquals(left().length, before);
  assertEquals(await lying(desk.kv), []);
});

Deno.test("at most a hundred wait in a conversation; /who lists the next of them", async () => {
  const { desk, maria, says, line } = await openLater();
  await using _ = desk;
  const sentMs = desk.clock.now();
  for (let n = 0; n < 100; n++) desk.ana.comments(desk.cardOf(maria), `/later 2h ${n}`);
  await desk.settled();
  await says(desk.bia, "/later 1h mais uma");
  assertStringIncludes(line().text!, "100 respostas já esperam nesta conversa");
  await says(desk.bia, "/who");
  const lines = line().text!.split("\n").filter((text) => text.startsWith("🕘"));
  assertEquals(lines.length, 30);
  assertStringIncludes(lines[0]!, clockAt(sentMs + 2 * HOUR_MS));
  assertStringIncludes(lines[0]!, "Ana");
  assertStringIncludes(line().text!, "… e mais 70");
});

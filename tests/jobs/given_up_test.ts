import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("what the team wrote to a customer who stays away is given up after a week, visibly", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  maria.blocks(desk.bot);
  await desk.settled();
  const comment = desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  for (let day = 0; day < 8; day++) await desk.passes(DAY_MS);
  const said = desk.threadOf(maria).at(-1)!;
  assertEquals(
    said.text,
    "⚠️ Não foi possível entregar esta mensagem: o cliente bloqueou o bot há muitos dias.",
  );
  assertEquals(said.reply_to_message?.message_id, comment.message_id);
  assertEquals((await desk.health()).failed, 1);
});

Deno.test("a deactivated account is given up at once, visibly", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  maria.deactivates();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  assertEquals(
    desk.threadOf(maria).at(-1)!.text,
    "⚠️ Não foi possível entregar esta mensagem: a conta deste cliente não existe mais.",
  );
});

Deno.test("what fails for a day is given up, and its sender is told", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.rate({ kind: "502" }, 1, "copyMessage");
  const lost = maria.sends(desk.chatOf(maria), "um");
  for (let hour = 0; hour < 26; hour++) await desk.passes(HOUR_MS);
  desk.telegram.faults.clear();
  const told = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(told.text!, "o Telegram não respondeu por tempo demais");
  assertEquals(told.reply_to_message?.message_id, lost.message_id);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "dois"]);
});

Deno.test("a card that was given up is posted when the customer writes again", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.faults.rate({ kind: "502" }, 1, "sendMessage");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  for (let hour = 0; hour < 30; hour++) await desk.passes(HOUR_MS);
  desk.telegram.faults.clear();
  maria.sends(desk.chatOf(maria), "dois");
  for (let minute = 0; minute < 10; minute++) await desk.passes(5 * MINUTE_MS);
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "dois");
});

Deno.test("a message that waited for days is not given up at its first failure", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  maria.blocks(desk.bot);
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  await desk.passes(3 * DAY_MS);
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(10_000);
  assertEquals(desk.toldTo(maria).at(-1)?.text, "um");
});

Deno.test("a block that is brought again after the customer's return is none", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const description = "Forbidden: bot was blocked by the user";
  desk.telegram.faults.next("copyMessage", refusal(description, 403));
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  maria.blocks(desk.bot);
  await desk.settled();
  maria.unblocks(desk.bot);
  await desk.settled();
  for (const { update } of [...desk.telegram.updates]) {
    if (update.my_chat_member) desk.telegram.redeliver(update.update_id);
  }
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["um", "dois"]);
});

Deno.test("a story that cannot be copied means no account that is gone", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.rate(
    refusal("Forbidden: bot can't initiate conversation with a user", 403),
    1,
    "copyMessage",
  );
  const theirs = maria.sends(desk.chatOf(maria), { story: true });
  const ours = desk.ana.comments(desk.cardOf(maria), { story: true });
  await desk.settled();
  const about = (messages: ReturnType<TestDesk["threadOf"]>, id: number) =>
    textsOf(
      messages.filter(({ from, reply_to_message: answered }) =>
        from?.id === desk.bot.id && answered?.message_id === id
      ),
    );
  for (
    const told of [
      about(desk.toldTo(maria), theirs.message_id),
      about(desk.threadOf(maria), ours.message_id),
    ]
  ) {
    assertEquals(told.length, 1);
    assert(!told[0]!.includes("não existe mais"), told[0]);
  }
  assertEquals(desk.threadOf(maria).filter(({ text }) => text?.startsWith("🫥")).length, 1);
  assertEquals(desk.toldTo(maria).filter(({ text }) => text?.startsWith("🫥")).length, 1);
  assertEquals(alarmsOf(desk), []);
});

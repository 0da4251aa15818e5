import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { countingKv } from "../support/kv_doubles.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

const eventsOf = (desk: TestDesk) => desk.logLines.map((line) => JSON.parse(line).event as string);

/** What the runtime says of what no database would take, and what our own bugs say. */
const FAULTS = [
  new TypeError("Too many checks (max 100)"),
  new TypeError("Value too large (max 65536 bytes)"),
  new TypeError("Total mutation size too large (max 819200 bytes)"),
  new TypeError("Cannot read properties of undefined (reading 'id')"),
  new Error("our own"),
];

for (const fault of FAULTS) {
  Deno.test(`a job that our own fault makes impossible to work is put aside, and its lane goes on: ${fault.message}`, async () => {
    await using desk = await TestDesk.open();
    const maria = await desk.hearsFrom("Maria");
    let tries = 0;
    desk.app.bot.api.config.use((call, method, payload, signal) => {
      const { message_id } = payload as { message_id?: number };
      if (method !== "copyMessage" || message_id !== poisoned.message_id) {
        return call(method, payload, signal);
      }
      tries++;
      throw fault;
    });
    const poisoned = maria.sends(desk.chatOf(maria), "veneno");
    maria.sends(desk.chatOf(maria), "depois");
    await desk.settled();
    for (let time = 0; time < 3; time++) await desk.passes(10_000);
    assertEquals(tries, 3);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "depois"]);
    const told = desk.toldTo(maria).at(-1)!;
    assertStringIncludes(told.text!, "o próprio bot falhou");
    assertEquals(told.reply_to_message?.message_id, poisoned.message_id);
    assertEquals((await desk.health()).failed, 1);
    desk.boss.sends(desk.group, "/failed");
    await desk.settled();
    assertStringIncludes(desk.group.messages.at(-1)!.text!, fault.message);
  });
}

for (const fault of FAULTS.slice(0, 3)) {
  Deno.test(`a job whose settlement can never be written is put aside, and its lane goes on: ${fault.message}`, async () => {
    let isFailing = false;
    // The link of what was sent cannot be written.
    const counting = countingKv((keys) => {
      if (isFailing && keys.includes('"link"')) throw fault;
    });
    await using desk = await TestDesk.open({ wrapKv: counting.wrap });
    const maria = await desk.hearsFrom("Maria");
    isFailing = true;
    maria.sends(desk.chatOf(maria), "um");
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    isFailing = false;
    maria.sends(desk.chatOf(maria), "três");
    await desk.settled();
    // Each was sent once: only its link is missing.
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois", "três"]);
    assertEquals((await desk.health()).failed, 2);
    assertEquals((await desk.health()).waiting, 0);
    assert(eventsOf(desk).includes("job not settled by our own fault"));
    await desk.restart();
    await desk.passes(60_000);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois", "três"]);
  });
}

Deno.test("a job that waits and whose waiting can never be written is put aside, and its sender told", async () => {
  let isFailing = false;
  const counting = countingKv((keys) => {
    if (isFailing && !/"(failed|seen)"/.test(keys)) {
      throw new TypeError("Too many checks (max 100)");
    }
  });
  await using desk = await TestDesk.open({ wrapKv: counting.wrap });
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  const lost = maria.sends(desk.chatOf(maria), "um");
  isFailing = true;
  await desk.settled();
  isFailing = false;
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "dois"]);
  const told = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(told.text!, "o próprio bot falhou");
  assertEquals(told.reply_to_message?.message_id, lost.message_id);
});

Deno.test("an update that was given up by our own fault is said, and received once more from /failed", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  let isBroken = true;
  const { handleUpdate } = desk.app.bot;
  desk.app.bot.handleUpdate = (update) => {
    if (!isBroken || !/veneno/.test(update.message?.text ?? "")) {
      return handleUpdate.call(desk.app.bot, update);
    }
    throw new TypeError("Cannot read properties of undefined");
  };
  const lost = maria.sends(desk.chatOf(maria), "veneno");
  const comment = desk.ana.comments(desk.cardOf(maria), "outro veneno");
  const deadlineMs = Date.now() + 20_000;
  while ((await desk.health()).failed < 2) {
    assert(Date.now() < deadlineMs, "they are given up");
    desk.clock.aheadMs += 6000;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await desk.settled();
  const told = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(told.text!, "o próprio bot falhou");
  assertEquals(told.reply_to_message?.message_id, lost.message_id);
  const said = desk.group.messages.at(-1)!;
  assertStringIncludes(said.text!, "o próprio bot falhou");
  assertEquals(said.reply_to_message?.message_id, comment.message_id);
  desk.boss.sends(desk.group, "/failed");
  await desk.settled();
  const list = desk.group.messages.at(-1)!;
  assertStringIncludes(list.text!, "Maria");
  isBroken = false;
  const buttons = list.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  const all = buttons.find(({ callback_data }) => callback_data === "failed retry all")!;
  await Promise.all([desk.boss.presses(list, all.callback_data), desk.settled()]);
  await desk.settled();
  assert(textsOf(desk.threadOf(maria)).includes("veneno"));
  assert(textsOf(desk.toldTo(maria)).includes("outro veneno"));
  assertEquals((await desk.health()).waiting, 0);
});

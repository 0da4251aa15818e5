/** What comes before there is a desk waits, and is played once there is one. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../../support/desk.ts";
import { failingKv } from "../../support/disturbed_kv.ts";
import { countingKv } from "../../support/kv_doubles.ts";
import { UnclaimedBot } from "../../support/unclaimed_bot.ts";
import { MODES, wordsIn, writes } from "../../support/early_customers.ts";

Deno.test("what waits is played, in order, though the database fails at reading it time and again", async () => {
  const failing = failingKv(() => {
    failing.isFailing = false;
    return new TypeError("disk I/O error");
  }, "reading");
  await using desk = await UnclaimedBot.create({ mode: "webhook", wrapKv: failing.wrap });
  const customers = Array.from({ length: 40 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const each of customers) writes(desk, each, ["um", "dois"]);
  await desk.boots();
  await desk.settled();
  await desk.claims();
  const fails = setInterval(() => failing.isFailing = true, 3);
  desk.sets();
  for (let minute = 0; minute < 3; minute++) {
    await desk.passes(60_000).catch((error) => assertStringIncludes(String(error), "disk I/O"));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  clearInterval(fails);
  failing.isFailing = false;
  assert(failing.failures > 3);
  // What failed waits longer each time before it is tried again.
  const isShown = () => customers.every((each) => wordsIn(desk, each).length === 2);
  for (let minute = 0; minute < 20 && !isShown(); minute++) await desk.passes(60_000);
  for (const each of customers) assertEquals(wordsIn(desk, each), ["um", "dois"]);
});

for (const mode of MODES) {
  for (const count of [0, 150]) {
    Deno.test(`by ${mode}: claimed at once with ${count} customers waiting, and each is shown, in order`, async () => {
      await using desk = await UnclaimedBot.create({ mode });
      const customers = Array.from({ length: count }, (_, n) => desk.customer(`Cliente ${n}`));
      for (const each of customers) writes(desk, each, ["um", "dois"]);
      await desk.boots();
      assert(await desk.claims() < 5000);
      await desk.until("Telegram has nothing left", () => desk.bot.queue.size === 0);
      assertEquals(await desk.parked(), 2 * count);
      desk.sets();
      for (const each of customers) writes(desk, each, ["três"]);
      await desk.settled();
      assertEquals(await desk.parked(), 0);
      for (const each of customers) assertEquals(wordsIn(desk, each), ["um", "dois", "três"]);
    });
  }

  Deno.test(`by ${mode}: a claim is heard behind 5,000 customers`, async () => {
    await using desk = await UnclaimedBot.create({ mode });
    const customers = Array.from({ length: 5000 }, (_, n) => desk.customer(`Cliente ${n}`));
    for (const each of customers) writes(desk, each, ["oi"]);
    await desk.boots();
    await desk.claims();
    await desk.until("Telegram has nothing left", () => desk.bot.queue.size === 0);
    assertEquals(await desk.parked(), 5000);
    const { waiting, ok } = await desk.health();
    assertEquals([waiting, ok], [1000, false]);
    const { length } = desk.toldTo(desk.beto);
    const beganMs = performance.now();
    desk.beto.opens(desk.link);
    await desk.until("it is answered again", () => desk.toldTo(desk.beto).length > length);
    assert(performance.now() - beganMs < 1000);
  });

  Deno.test(`by ${mode}: what customers do before there is a desk is shown as they left it`, async () => {
    await using desk = await UnclaimedBot.create({ mode });
    const maria = desk.customer("Maria");
    const chat = desk.chatOf(maria);
    const first = maria.sends(chat, "um");
    await maria.sendsAlbum(chat, [{ photo: true, caption: "álbum" }, { photo: true }]);
    maria.sends(chat, { voice: true });
    await desk.boots();
    await desk.settled();
    maria.edits(first, "um, corrigido");
    maria.sends(chat, "resposta", { replyTo: first.message_id });
    maria.blocks(desk.bot);
    maria.unblocks(desk.bot);
    maria.sends(chat, "voltei");
    await desk.settled();
    await desk.claims();
    desk.sets();
    await desk.settled();
    await desk.passes(2000);
    assertEquals(wordsIn(desk, maria), [
      "um, corrigido",
      "álbum",
      "[photo]",
      "[voice]",
      "resposta",
      "voltei",
    ]);
    const [shown] = desk.threadOf(maria);
    const answer = desk.threadOf(maria).find(({ text }) => text === "resposta")!;
    assertEquals(answer.reply_to_message?.message_id, shown!.message_id);
    assertEquals(desk.telegram.calls.some(({ method }) => method === "sendMediaGroup"), true);
  });

  Deno.test(`by ${mode}: what comes again while it waits, is played or was played does nothing`, async () => {
    await using desk = await UnclaimedBot.create({ mode });
    const maria = desk.customer("Maria");
    writes(desk, maria, ["um", "dois", "três"]);
    await desk.boots();
    await desk.settled();
    const all = [...desk.telegram.updates];
    const comesAgain = () => {
      for (const { update } of all) desk.telegram.redeliver(update.update_id);
    };
    comesAgain();
    await desk.settled();
    assertEquals(await desk.parked(), 3);
    await desk.claims();
    desk.sets();
    comesAgain();
    await desk.settled();
    comesAgain();
    await desk.settled();
    assertEquals(wordsIn(desk, maria), ["um", "dois", "três"]);
    assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  });

  Deno.test(`by ${mode}: whoever writes on while it is played stays behind what they wrote before`, async () => {
    let isSlow = false;
    let commits = 0;
    const { wrap: wrapKv } = countingKv((keys) => {
      if (isSlow && keys.includes('"parked"') && ++commits % 4 === 0) throw new Error("locked");
    });
    await using desk = await UnclaimedBot.create({ mode, wrapKv });
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    const texts = Array.from({ length: 45 }, (_, n) => `texto ${n}`);
    writes(desk, maria, texts.slice(0, 30));
    writes(desk, joao, ["oi"]);
    await desk.boots();
    await desk.settled();
    await desk.claims();
    isSlow = true;
    desk.sets();
    for (const text of texts.slice(30)) {
      writes(desk, maria, [text]);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await desk.settled();
    isSlow = false;
    await desk.until("all is taken", async () => {
      await desk.passes(61_000);
      return desk.bot.queue.size === 0 && await desk.parked() === 0;
    });
    await desk.settled();
    assertEquals(wordsIn(desk, maria), texts);
    assertEquals(wordsIn(desk, joao), ["oi"]);
  });

  Deno.test(`by ${mode}: a desk that cannot be reached for a day gets what came meanwhile`, async () => {
    await using desk = await UnclaimedBot.create({ mode, env: { CHANNEL_ID: "@padaria" } });
    const customers = Array.from({ length: 120 }, (_, n) => desk.customer(`Cliente ${n}`));
    await desk.boots();
    for (let hour = 0; hour < 24; hour++) {
      for (const each of customers.slice(5 * hour, 5 * hour + 5)) writes(desk, each, ["oi"]);
      await desk.settled();
      await desk.passes(3_600_000);
      assertEquals(desk.bot.queue.size, 0);
    }
    const { waiting, oldest_waiting_s: oldest } = await desk.health();
    assertEquals([waiting, oldest >= 24 * 3600], [120, true]);
    desk.sets("padaria");
    await desk.settled();
    await desk.passes(61_000);
    for (const each of customers) assertEquals(wordsIn(desk, each), ["oi"]);
  });
}

Deno.test("what cannot wait for a desk is answered: an inline query, a press; what it means nothing to is let go", async () => {
  for (const mode of MODES) {
    await using desk = await UnclaimedBot.create({ mode });
    await desk.boots();
    const rui = desk.customer("Rui");
    writes(desk, rui, ["oi"]);
    const query = rui.queries(desk.bot, "preço");
    await desk.settled();
    assertEquals(await query, []);
    const elsewhere = desk.telegram.createChannel({ title: "Outro", creator: rui });
    desk.telegram.promote(elsewhere, desk.bot);
    rui.sends(elsewhere, "uma publicação");
    await desk.settled();
    assertEquals([desk.bot.queue.size, await desk.parked()], [0, 1]);
  }
});

Deno.test("a desk is known from the database while Telegram does not tell of it: updates go on as ever", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  const isAbout = ({ method }: { method: string }) => /^get(Chat|ChatMember)$/.test(method);
  desk.telegram.faults.rate({ kind: "502" }, 1, isAbout);
  await desk.restart();
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("several instances play the same at the same time: nothing twice, nothing out of order", async () => {
  await using desk = await UnclaimedBot.create();
  const customers = Array.from({ length: 20 }, (_, n) => desk.customer(`Cliente ${n}`));
  const texts = Array.from({ length: 10 }, (_, n) => `texto ${n}`);
  for (const each of customers) writes(desk, each, texts);
  await desk.boots();
  await desk.claims();
  await desk.settled();
  const others = [desk.createApp(), desk.createApp()];
  desk.sets();
  await Promise.all(others.map((app) => app.start()));
  for (const each of customers) writes(desk, each, ["e mais"]);
  await desk.settled();
  await Promise.all(others.map((app) => app.settled()));
  await desk.passes(61_000);
  await desk.settled();
  await Promise.all(others.map((app) => app.close(0)));
  for (const each of customers) assertEquals(wordsIn(desk, each), [...texts, "e mais"]);
});

Deno.test("what the database does not take comes again, and then waits", async () => {
  let isBroken = true;
  const { wrap: wrapKv } = countingKv((keys) => {
    if (isBroken && keys.includes('"parked"')) throw new TypeError("database is locked");
  });
  await using desk = await UnclaimedBot.create({ wrapKv });
  const maria = desk.customer("Maria");
  await desk.boots();
  writes(desk, maria, ["um"]);
  await desk.until(
    "it was refused",
    () => desk.logLines.some((line) => line.includes("database not written")),
  );
  isBroken = false;
  await desk.until("it waits", async () => await desk.parked() === 1);
});

Deno.test("while the bot cannot learn who it is, messages wait, and nothing is brought again for it", async () => {
  await using desk = await UnclaimedBot.create();
  const maria = desk.customer("Maria");
  await desk.boots();
  await desk.settled();
  for await (const { key } of desk.kv.list({ prefix: [] })) await desk.kv.delete(key);
  desk.telegram.faults.rate({ kind: "502" }, 1, "getMe");
  await desk.boots();
  writes(desk, maria, ["um"]);
  const query = maria.queries(desk.bot, "preço").catch(() => null);
  await desk.telegram.settled();
  assertEquals([desk.bot.queue.size, await desk.parked()], [0, 1]);
  desk.telegram.faults.clear();
  await desk.passes(61_000);
  await desk.claims();
  desk.sets();
  await desk.settled();
  assertEquals(wordsIn(desk, maria), ["um"]);
  void query;
});

const HANG_MS = 60_000;

Deno.test("by polling: messages are taken in while Telegram hangs when it is asked about the channel", async () => {
  await using desk = await UnclaimedBot.create({
    mode: "polling",
    env: { CHANNEL_ID: "@padaria" },
  });
  desk.telegram.faults.rate({ kind: "hang", ms: HANG_MS }, 1, "getChat");
  const maria = desk.customer("Maria");
  writes(desk, maria, ["um"]);
  const booting = desk.boots();
  await desk.until("it waits", async () => await desk.parked() === 1);
  await desk.app.close(0);
  desk.clock.aheadMs += HANG_MS;
  await booting;
});

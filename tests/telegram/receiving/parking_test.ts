/** What comes before there is a desk, or before it can be told whose it is. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readBackup, writeBackup } from "../../../src/kv/backup_file.ts";
import { restore, savedRecords } from "../../../src/kv/backup.ts";
import { lifetimesOf } from "../../../src/kv/lifetimes.ts";
import { sealWith } from "../../../src/kv/seal.ts";
import { Store } from "../../../src/kv/store.ts";
import type { SimulatedUser } from "../../../playground/telegram/user.ts";
import { TestDesk, textsOf } from "../../support/desk.ts";
import { countingKv, failingKv, unansweringKv, writingsOf } from "../../support/kv_doubles.ts";
import { type Mode, UnclaimedBot } from "../../support/unclaimed_bot.ts";

const MODES: Mode[] = ["webhook", "polling"];
const DAY_MS = 24 * 3_600_000;

/** A customer who writes several messages, one after the other. */
function writes(desk: UnclaimedBot, who: SimulatedUser, texts: string[]): void {
  for (const text of texts) who.sends(desk.chatOf(who), text);
}

/** What people have written in a thread, without what the bot says there. */
function wordsIn(desk: UnclaimedBot, who: SimulatedUser): string[] {
  return textsOf(desk.threadOf(who)).filter((text) => !/^(🚫|✅)/u.test(text));
}

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
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const isAbout = ({ method }: { method: string }) => /^get(Chat|ChatMember)$/.test(method);
  desk.telegram.faults.rate({ kind: "502" }, 1, isAbout);
  await desk.restart();
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a program that dies at any step of playing loses nothing, and repeats and reorders nothing", async () => {
  const steps = await stepsOfPlaying();
  assert(steps > 10, `only ${steps} steps`);
  for (let step = 0; step < steps; step++) {
    for (const isAnswerLost of [false, true]) await diesAt(step, { isAnswerLost });
  }
});

/** Commits from the first on that plays something. */
class Steps {
  #isArmed = false;
  readonly #over = Promise.withResolvers<void>();
  taken = 0;
  /** At which of them the program dies, and whether that one is carried out. */
  deadly = Infinity;
  isAnswerLost = false;
  readonly #before = countingKv((keys) => {
    if (!this.#isArmed || (this.taken === 0 && !keys.includes('"parked"'))) return;
    this.taken++;
    if (this.taken > (this.isAnswerLost ? this.deadly + 1 : this.deadly)) throw new Error("dead");
  });
  readonly #after = unansweringKv(() => this.isAnswerLost && this.taken === this.deadly + 1);
  wrapKv = (kv: Deno.Kv) => this.#before.wrap(this.#after.wrap(kv));

  begin(): void {
    this.#isArmed = true;
    this.#after.losesNext();
  }

  end(): void {
    this.#isArmed = false;
    this.#over.resolve();
  }

  get isDead(): boolean {
    return this.#isArmed && this.taken > this.deadly;
  }

  /** Who is dead takes no requests. */
  onRequest = async (request: Request) => {
    if (this.isDead) await this.#over.promise;
    return request;
  };
}

/** Five messages of two customers are played; how many commits that takes. */
async function stepsOfPlaying(): Promise<number> {
  const steps = new Steps();
  await using desk = await UnclaimedBot.create({ wrapKv: steps.wrapKv });
  const { isPlayed } = await waitsForADesk(desk);
  steps.begin();
  desk.sets();
  await desk.until("all is played", isPlayed);
  return steps.taken;
}

/** The database fails from that step on, before or after it; then another program starts. */
async function diesAt(deadly: number, { isAnswerLost }: { isAnswerLost: boolean }): Promise<void> {
  const steps = new Steps();
  Object.assign(steps, { deadly, isAnswerLost });
  await using desk = await UnclaimedBot.create(steps);
  const { customers, isPlayed } = await waitsForADesk(desk);
  steps.begin();
  desk.sets();
  await desk.until("it is dead", async () => steps.isDead || await isPlayed());
  await desk.app.close(0);
  desk.clock.aheadMs += 61_000;
  steps.end();
  await desk.boots();
  await desk.until("all is played", isPlayed);
  await desk.until("Telegram has nothing left", () => desk.bot.queue.size === 0);
  for (let minute = 0; minute < 12; minute++) await desk.passes(61_000);
  for (const [who, texts] of customers) {
    assertEquals(wordsIn(desk, who), texts, `step ${deadly}, answer lost: ${isAnswerLost}`);
  }
}

/** Two customers have written, and the owner has claimed the bot. */
async function waitsForADesk(desk: UnclaimedBot) {
  const customers: [SimulatedUser, string[]][] = [
    [desk.customer("Maria"), ["um", "dois", "três"]],
    [desk.customer("João"), ["a", "b"]],
  ];
  for (const [who, texts] of customers) writes(desk, who, texts);
  await desk.boots();
  await desk.claims();
  await desk.settled();
  assertEquals(await desk.parked(), 5);
  const isPlayed = async () => await desk.parked() === 0;
  return { maria: customers[0]![0], customers, isPlayed };
}

Deno.test("what waits in a file is there after a restart, and is played", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/desk.sqlite3`;
  {
    const first = await Deno.openKv(path);
    await using desk = await UnclaimedBot.create({ kv: first });
    const { customers } = await waitsForADesk(desk);
    await desk.app.close(0);
    first.close();
    const second = await Deno.openKv(path);
    await desk.boots(second);
    desk.sets();
    await desk.settled();
    for (const [who, texts] of customers) assertEquals(wordsIn(desk, who), texts);
    await desk.app.close(0);
    second.close();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Deno.remove(folder, { recursive: true });
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

Deno.test("updates of any size wait, many at once, and their words lie sealed", async () => {
  const writings = writingsOf();
  let filler = "";
  await using desk = await UnclaimedBot.create({
    wrapKv: writings.wrap,
    // What an update may come to hold beside what we know is anybody's guess.
    onRequest: async (request) => {
      const update = await request.json();
      if (update.message) update.message.filler = filler;
      return new Request(request.url, {
        method: "POST",
        headers: request.headers,
        body: JSON.stringify(update),
      });
    },
  });
  const customers = Array.from({ length: 40 }, (_, n) => desk.customer(`Cliente ${n}`));
  await desk.boots();
  for (const size of [100, 50_000, 70_000, 900_000]) {
    filler = "segredo".repeat(size / 7);
    const some = size > 500_000 ? customers.slice(0, 2) : customers;
    for (const each of some) writes(desk, each, [`segredo ${size}`]);
    await desk.settled();
  }
  assertEquals([desk.bot.queue.size, await desk.parked()], [0, 122]);
  assertEquals(writings.all.filter((line) => line.includes("segredo")), []);
  filler = "";
  await desk.claims();
  desk.sets();
  await desk.settled();
  for (const [n, each] of customers.entries()) {
    const sizes = n < 2 ? [100, 50_000, 70_000, 900_000] : [100, 50_000, 70_000];
    assertEquals(wordsIn(desk, each), sizes.map((size) => `segredo ${size}`));
  }
  const left = await Array.fromAsync(desk.kv.list({ prefix: [desk.bot.id, "parked-part"] }));
  assertEquals(left, []);
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

Deno.test("a desk that is set up after a week gets it all; after a month each is told once that nobody read it", async () => {
  for (const days of [7, 31]) {
    await using desk = await UnclaimedBot.create();
    const maria = desk.customer("Maria");
    await desk.boots();
    writes(desk, maria, ["um", "dois"]);
    await desk.settled();
    for (let day = 0; day < days; day++) await desk.passes(DAY_MS);
    assertEquals(await desk.parked(), days === 7 ? 2 : 0);
    await desk.claims();
    desk.sets();
    await desk.settled();
    if (days === 7) assertEquals(wordsIn(desk, maria), ["um", "dois"]);
    else {
      assertEquals(desk.channel.messages.some(({ text }) => text?.includes("Maria")), false);
      assertEquals(desk.toldTo(maria).length, 1);
      assertStringIncludes(desk.toldTo(maria)[0]!.text!, "há um mês");
    }
  }
});

Deno.test("what was sealed under another token is given up, and who wrote it is told", async () => {
  await using desk = await UnclaimedBot.create();
  const { maria } = await waitsForADesk(desk);
  desk.telegram.revokeToken(desk.bot);
  await desk.boots();
  desk.sets();
  await desk.settled();
  assertEquals(await desk.parked(), 0);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "token");
});

Deno.test("who has their data erased before there is a desk leaves nothing that waits", async () => {
  await using desk = await UnclaimedBot.create();
  const { maria } = await waitsForADesk(desk);
  desk.sets();
  await desk.settled();
  writes(desk, maria, ["/privacy"]);
  await desk.settled();
  const old = desk.toldTo(maria).at(-1)!;
  for await (const { key } of desk.kv.list({ prefix: [] })) await desk.kv.delete(key);
  await desk.boots();
  writes(desk, maria, ["segredo"]);
  await desk.settled();
  assertEquals(await desk.parked(), 1);
  const answer = maria.forges(old, "privacy erase 0");
  await desk.settled();
  assertEquals((await answer)?.show_alert, true);
  desk.beto.opens(desk.link);
  await desk.settled();
  desk.sets();
  await desk.settled();
  assertEquals(await desk.parked(), 0);
  assertEquals(desk.channel.messages.some(({ text }) => text?.includes("Maria")), false);
  writes(desk, maria, ["de novo"]);
  await desk.settled();
  assertEquals(wordsIn(desk, maria), ["de novo"]);
});

Deno.test("a backup holds what waits, and a desk restored from it plays it", async () => {
  await using desk = await UnclaimedBot.create();
  const { customers } = await waitsForADesk(desk);
  const lifetimes = lifetimesOf(90);
  const records = savedRecords(desk.kv, { botId: desk.bot.id, lifetimes });
  const lines: Uint8Array[] = [];
  const header = { botId: desk.bot.id, takenMs: desk.clock.now() };
  for await (const line of writeBackup(header, records)) lines.push(new TextEncoder().encode(line));
  const restored = await Deno.openKv(":memory:");
  const store = new Store(restored, {
    botId: desk.bot.id,
    owner: "restoring",
    seal: sealWith(desk.bot.token),
    retentionDays: 90,
    now: desk.clock.now,
  });
  const backup = await readBackup(ReadableStream.from(lines));
  await restore(store, backup, { lifetimes, now: desk.clock.now });
  const { kv } = desk;
  await desk.boots(restored);
  desk.sets();
  await desk.settled();
  for (const [who, texts] of customers) assertEquals(wordsIn(desk, who), texts);
  await desk.boots(kv);
  restored.close();
});

Deno.test("of a group that may be anybody's only so much waits", async () => {
  await using desk = await UnclaimedBot.create({ env: { CHANNEL_ID: "@padaria" } });
  await desk.boots();
  const rui = desk.customer("Rui");
  const group = desk.telegram.createSupergroup({ title: "Festa", creator: rui });
  desk.telegram.promote(group, desk.bot);
  for (let n = 0; n < 1010; n++) rui.sends(group, `conversa ${n}`);
  await desk.settled();
  assertEquals([desk.bot.queue.size, await desk.parked()], [0, 1000]);
  desk.sets("padaria");
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.group.messages).filter((text) => text.includes("conversa")), []);
  assertEquals(await desk.parked(), 0);
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

/** How what waits for a desk lies in the database: sealed, as long as it may, and no longer. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { readBackup, writeBackup } from "../../../src/kv/backup_file.ts";
import { restore, savedRecords } from "../../../src/kv/backup.ts";
import { lifetimesOf } from "../../../src/kv/lifetimes.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/time/duration.ts";
import { textsOf } from "../../support/desk.ts";
import { writingsOf } from "../../support/kv_doubles.ts";
import { UnclaimedBot } from "../../support/unclaimed_bot.ts";
import { waitsForADesk, wordsIn, writes } from "../../support/early_customers.ts";
import { NOT_NOW } from "../../support/refusal.ts";

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

Deno.test("what was sealed under another token is given up, and who wrote it is told once", async () => {
  await using desk = await UnclaimedBot.create();
  const { maria } = await waitsForADesk(desk);
  writes(desk, maria, ["três", "quatro"]);
  await desk.settled();
  const before = desk.toldTo(maria).length;
  desk.telegram.revokeToken(desk.bot);
  await desk.boots();
  desk.sets();
  await desk.settled();
  assertEquals(await desk.parked(), 0);
  const told = desk.toldTo(maria).slice(before);
  assertEquals(told.length, 1);
  assertStringIncludes(told[0]!.text!, "token");
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
  const store = desk.anotherStore(restored);
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

for (const fault of NOT_NOW) {
  Deno.test(`whoever cannot be told at the moment (${fault.kind}) that nobody read it is told later, once`, async () => {
    await using desk = await UnclaimedBot.create();
    const customers = ["Maria", "João", "Rita"].map((name) => desk.customer(name));
    await desk.boots();
    for (const each of customers) writes(desk, each, ["um", "dois"]);
    await desk.settled();
    desk.telegram.faults.next("sendMessage", fault, 2);
    for (let day = 0; day < 30; day++) await desk.passes(DAY_MS);
    for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
    for (const each of customers) assertEquals(desk.toldTo(each).length, 1);
    assertEquals(await desk.parked(), 0);
  });
}

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

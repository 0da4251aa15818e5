import { assertEquals, assertStringIncludes } from "@std/assert";
import { savedRecords } from "../src/kv/backup.ts";
import { writeBackup } from "../src/kv/backup_file.ts";
import { lifetimesOf } from "../src/kv/lifetimes.ts";
import { TestDesk, textsOf } from "./desk.ts";
import { writingsOf } from "./kv_doubles.ts";
import { livelyDay, SECRETS } from "./lively_day.ts";

Deno.test("of a lively day nothing is ever written, saved or logged but IDs, names and what was decided", async () => {
  const writings = writingsOf();
  await using desk = await TestDesk.open({
    wrapKv: writings.wrap,
    settings: { rating: true },
    env: { ALBUM_QUIET_MS: "5000" },
  });
  await livelyDay(desk);
  const leaks = (lines: string[]) => [...new Set(lines.filter((line) => SECRETS.test(line)))];
  assertEquals(leaks(writings.all), []);
  const records = savedRecords(desk.kv, { botId: desk.bot.id, lifetimes: lifetimesOf(90) });
  const lines: string[] = [];
  const header = { botId: desk.bot.id, takenMs: desk.clock.now() };
  for await (const part of writeBackup(header, records)) lines.push(String(part));
  assertEquals(leaks(lines), []);
  assertEquals(leaks(desk.logLines), []);
});

Deno.test("an answer that repeats what was typed waits sealed, and is given up under another token", async () => {
  for (const isTokenNew of [false, true]) {
    await using desk = await TestDesk.open();
    const answers = () => textsOf(desk.group.messages).filter((text) => /Não conheço/.test(text));
    desk.telegram.faults.rate({ kind: "502" }, 1, "sendMessage");
    desk.boss.sends(desk.group, "/segredo");
    await desk.settled();
    desk.telegram.faults.clear();
    if (isTokenNew) desk.telegram.revokeToken(desk.bot);
    await desk.restart();
    await desk.passes(10_000);
    assertEquals(answers(), isTokenNew ? [] : ["Não conheço /segredo. Veja /ajuda."]);
    desk.boss.sends(desk.group, "/failed");
    await desk.settled();
    const failed = desk.group.messages.at(-1)!.text!;
    assertStringIncludes(failed, isTokenNew ? "Não entregues: 1" : "Nada foi abandonado");
  }
});

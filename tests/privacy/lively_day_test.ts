import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { savedRecords } from "../../src/kv/backup.ts";
import { writeBackup } from "../../src/kv/backup_file.ts";
import { lifetimesOf } from "../../src/kv/lifetimes.ts";
import type { Task } from "../../src/jobs/task.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { asks, presses } from "../support/erasing.ts";
import { writingsOf } from "../support/kv_doubles.ts";
import { livelyDay, SECRETS } from "../support/lively_day.ts";

/** All that can wait in the database. */
const KINDS: Task["kind"][] = [
  "card",
  "refresh",
  "command",
  "press",
  "delete",
  "expel",
  "retire",
  "relay",
  "album",
  "part",
  "edit",
  "reaction",
  "notice",
  "unpin",
  "erase",
  "efface",
];

Deno.test("of a lively day nothing is ever written, saved or logged but IDs, names and what was decided", async () => {
  const writings = writingsOf();
  await using desk = await TestDesk.open({
    wrapKv: writings.wrap,
    env: { ALBUM_QUIET_MS: "5000" },
  });
  const { joao } = await livelyDay(desk);
  joao.unblocks(desk.bot);
  const told = await asks(desk, joao, "/privacy");
  await presses(desk, joao, told, "My data");
  await presses(desk, joao, told, "Erase");
  await presses(desk, joao, desk.toldTo(joao).at(-1)!, "Yes, erase");
  for (let times = 0; times < 5; times++) await desk.passes(1100);
  for (const kind of KINDS) {
    assert(writings.all.some((line) => line.includes(`kind: "${kind}"`)), `${kind} never waited`);
  }
  const leaks = (lines: string[]) => [...new Set(lines.filter((line) => SECRETS.test(line)))];
  assertEquals(leaks(writings.all), []);
  const records = savedRecords(desk.kv, { botId: desk.bot.id, lifetimes: lifetimesOf(90) });
  const lines: string[] = [];
  const header = { botId: desk.bot.id, takenMs: desk.clock.now() };
  for await (const part of writeBackup(header, records)) lines.push(String(part));
  assertEquals(leaks(lines), []);
  assertEquals(leaks(desk.logLines), []);
  const names = desk.logLines.filter((line) => /Maria|João|Silva|Ana|Bia|Beto|Eva/.test(line));
  assertEquals(names, []);
  for (const event of ["job failed", "job given up", "not answered"]) {
    assert(desk.logLines.some((line) => line.includes(`"${event}"`)), `no ${event} was logged`);
  }
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
    assertStringIncludes(failed, isTokenNew ? "Não entregues: 1" : "Nada deixou de ser entregue");
  }
});

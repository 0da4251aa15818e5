import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { NewerRecord } from "../../src/kv/records.ts";
import { commands } from "../support/commanded_desk.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

/** What an earlier program kept of a desk: hours and holidays as the words that mean them. */
const WORDED = {
  v: 1,
  value: {
    keep: "off",
    rating: true,
    hours: "mon-fri 09:00-12:00, 13:00-18:00; sat 09:00-12:00",
    holidays: "12-25 Natal; 2031-03-03 - 2031-03-05 recesso",
  },
};

/** A desk that has these settings in its database, and whoever commands it in private. */
async function open(stored?: unknown) {
  const desk = await TestDesk.open();
  const key = [desk.bot.id, "settings", desk.channel.id];
  if (stored !== undefined) await desk.kv.set(key, stored);
  desk.boss.starts(desk.bot);
  await desk.settled();
  const asks = async (words: string) => (await commands(desk, words)).text!;
  const maria = desk.customer("Maria");
  const isAwayAt = async (moment: string) => {
    await desk.passes(Date.parse(`2031-${moment}:00-03:00`) - desk.clock.now());
    const before = desk.toldTo(maria).length;
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    return textsOf(desk.toldTo(maria).slice(before))
      .some((text) => text.includes("não está atendendo agora"));
  };
  return { desk, asks, isAwayAt, stored: async () => (await desk.kv.get(key)).value };
}

Deno.test("hours and holidays are kept as data, whatever the words were", async () => {
  const { desk, asks, stored } = await open();
  await using _ = desk;
  await asks("/set panel off");
  await asks("/set hours segunda das 9h às 12h30, domingo 22h-2h");
  await asks("/set holidays 25/12 Natal; 20/11/2031");
  assertEquals(await stored(), {
    v: 2,
    value: {
      panel: false,
      hours: {
        mon: [{ fromMinute: 540, toMinute: 750 }],
        tue: [],
        wed: [],
        thu: [],
        fri: [],
        sat: [],
        sun: [{ fromMinute: 1320, toMinute: 1560 }],
      },
      holidays: [{ month: 12, day: 25, name: "Natal" }, { year: 2031, month: 11, day: 20 }],
    },
  });
});

Deno.test("hours and holidays that an earlier program kept as words go on as they were", async () => {
  const { desk, asks, isAwayAt, stored } = await open(WORDED);
  await using _ = desk;
  const before = await asks("/settings");
  for (
    const line of [
      "horario: seg-sex 09:00-12:00, 13:00-18:00; sáb 09:00-12:00",
      "feriados: 25/12 Natal; 03/03/2031 - 05/03/2031 recesso",
      "avaliacao: ligado",
      "guardar: desligado",
    ]
  ) assertStringIncludes(before, line);
  assertEquals(await isAwayAt("03-03T10:00"), true, "a holiday");
  assertEquals(await isAwayAt("03-06T10:00"), false, "a Thursday");
  assertEquals(await isAwayAt("03-07T12:30"), true, "at noon");
  assertEquals(await stored(), WORDED, "looking changes nothing");
});

Deno.test("whatever is decided next, the rest is kept, as data", async () => {
  const { desk, asks, isAwayAt, stored } = await open(WORDED);
  await using _ = desk;
  await asks("/set rating off");
  const { v, value } = await stored() as { v: number; value: Record<string, unknown> };
  assertEquals([v, value.rating, value.keep], [2, false, "off"]);
  assertEquals((value.hours as Record<string, unknown>).sat, [{ fromMinute: 540, toMinute: 720 }]);
  assertEquals((value.holidays as unknown[]).length, 4);
  assertEquals(await isAwayAt("03-03T10:00"), true);
  assertStringIncludes(await asks("/reset holidays"), "de volta ao padrão");
  assertEquals(await isAwayAt("03-04T10:00"), false);
  assertStringIncludes(await asks("/settings"), "horario: seg-sex 09:00-12:00, 13:00-18:00; sáb");
});

Deno.test("settings of a desk without hours, and words that no program wrote, decide no hours", async () => {
  for (const value of [{ keep: "off" }, { keep: "off", hours: "às vezes", holidays: "nunca" }]) {
    const { desk, asks, isAwayAt } = await open({ v: 1, value });
    await using _ = desk;
    const shown = await asks("/settings");
    for (const line of ["horario: —", "feriados: —", "guardar: desligado"]) {
      assertStringIncludes(shown, line);
    }
    assertEquals(await isAwayAt("03-09T03:00"), false);
  }
});

Deno.test("settings that a newer program wrote are not taken for something else", async () => {
  const { desk } = await open({ v: 3, value: { hours: [] } });
  await using _ = desk;
  const store = desk.anotherStore();
  const reading = store.reader(desk.channel.id).settings();
  const { message } = await assertRejects(() => reading, NewerRecord);
  assertStringIncludes(message, "it has version 3, this program knows 2");
});

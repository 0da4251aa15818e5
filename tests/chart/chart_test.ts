import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { drawStats } from "../../src/chart/chart.ts";
import { drawable } from "../../src/chart/png.ts";
import { timeEnds } from "../../src/chart/time_scale.ts";
import type { Language } from "../../src/words/language.ts";
import { type DeskEvent, type StatsDays, summarise } from "../../src/stats/stats.ts";
import { TEXTS } from "../../src/texts/texts.ts";
import { HOUR_MS, SECOND_MS } from "../../src/time/duration.ts";
import { type Liveliness, livelyEvents } from "../support/stats_events.ts";

/** A Wednesday, 18:04 in São Paulo. */
const NOW_MS = Date.UTC(2031, 2, 5, 21, 4);

interface Drawing {
  days?: StatsDays;
  language?: Language;
  waiting?: number;
  names?: Record<number, string>;
}

async function draw(
  events: Iterable<DeskEvent>,
  { days = 7, language = "pt-BR", waiting = 0, names = { 11: "Ana", 12: "João" } }: Drawing = {},
): Promise<Uint8Array> {
  const stats = await summarise(events, {
    days,
    nowMs: NOW_MS,
    timeZone: "America/Sao_Paulo",
    waiting,
  });
  return await drawStats(stats, { language, texts: TEXTS[language], names });
}

const lively = (more: Partial<Liveliness> = {}) =>
  livelyEvents({
    seed: 1,
    nowMs: NOW_MS,
    days: 7,
    conversationsPerDay: 10,
    agentIds: [11, 12],
    ...more,
  });

/** Width and height out of a PNG's header (https://www.w3.org/TR/png-3/#11IHDR). */
function sizeOf(png: Uint8Array): { width: number; height: number } {
  assertEquals([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

Deno.test("the picture is a PNG of 1280 pixels' width that Telegram takes as a photo", async () => {
  const agentIds = Array.from({ length: 40 }, (_, n) => n + 1);
  for (const [days, language] of [[7, "pt-BR"], [30, "en"], [7, "es"]] as const) {
    const png = await draw(lively({ days, agentIds }), { days, language });
    const { width, height } = sizeOf(png);
    assertEquals(width, 1280);
    // Bot API, sendPhoto: 10 MB, width and height together 10000, one at most 20 times the other.
    assert(height > 1280 && height < 2560, `${height}`);
    assert(png.length < 1_000_000, `${png.length}`);
  }
});

Deno.test("the same numbers give the same bytes, other numbers others", async () => {
  const png = await draw(lively());
  assertEquals(await draw(lively()), png);
  assertEquals(await Promise.all([draw(lively()), draw(lively())]), [png, png]);
  assertNotEquals(await draw(lively({ seed: 2 })), png);
  assertNotEquals(await draw(lively(), { waiting: 1 }), png);
  assertNotEquals(await draw(lively(), { language: "en" }), png);
});

Deno.test("there is a picture of every amount of nothing", async () => {
  const atMs = NOW_MS - 60_000;
  const events: DeskEvent[] = [
    { kind: "opened", atMs },
    { kind: "from-customer", atMs },
    { kind: "from-team", atMs, agentId: 11 },
    { kind: "from-team", atMs, agentId: 11, waitedMs: 0 },
    { kind: "rated", atMs, stars: 3 },
  ];
  const whole = sizeOf(await draw(lively())).height;
  for (const [index, few] of [[], ...events.map((event) => [event])].entries()) {
    const { width, height } = sizeOf(await draw(few, { days: index % 2 === 0 ? 7 : 30 }));
    assertEquals(width, 1280);
    assert(height > 300 && height < whole, `${height}`);
  }
});

Deno.test("times are measured in steps that people count in, four at most", () => {
  for (
    const [most, step, max] of [
      [0, 5 * SECOND_MS, 5 * SECOND_MS],
      [21 * SECOND_MS, 10 * SECOND_MS, 30 * SECOND_MS],
      [4 * 60 * SECOND_MS, 60 * SECOND_MS, 4 * 60 * SECOND_MS],
      [HOUR_MS, HOUR_MS / 3, HOUR_MS],
      [5 * HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS],
      [49 * HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS],
      [200 * HOUR_MS, 72 * HOUR_MS, 216 * HOUR_MS],
    ] as const
  ) {
    assertEquals(timeEnds(most), { max, interval: step });
  }
});

Deno.test("who waits is shown also where nothing happened", async () => {
  const none = await draw([]);
  const waiting = await draw([], { waiting: 2 });
  assert(sizeOf(waiting).height > sizeOf(none).height);
});

Deno.test("agents have rows, as many as there is room for", async () => {
  const heightWith = async (agents: number) => {
    const agentIds = Array.from({ length: agents }, (_, n) => n + 1);
    const events = agentIds.map((agentId): DeskEvent => ({
      kind: "from-team",
      atMs: NOW_MS,
      agentId,
    }));
    return sizeOf(await draw(events)).height;
  };
  const row = await heightWith(3) - await heightWith(2);
  assert(row > 30);
  assertEquals(await heightWith(8), await heightWith(2) + 6 * row);
  assert(await heightWith(9) < await heightWith(8) + 2 * row);
  assertEquals(await heightWith(50), await heightWith(9));
});

Deno.test("names cannot break the picture", async () => {
  const { height } = sizeOf(await draw(lively()));
  for (
    const name of [
      "</text><script>alert(1)</script>",
      "&amp; &#0; ]]> <!-- \"'",
      "{a|x} {value} {b} %s ${1}",
      "\u0000\u0001\u001b[31m",
      "\ud800\udfff\udc00",
      "\u202egnp.\u2066",
      "a\u0301\u0302\u0303".repeat(40),
      "W".repeat(500),
    ]
  ) {
    const png = await draw(lively(), { names: { 11: name, 12: "João" } });
    assertEquals(sizeOf(png), { width: 1280, height }, name);
  }
});

Deno.test("what the typeface has no letters for is left out of names", async () => {
  for (
    const [name, expected] of [
      ["🌸 Ana ✨ Maria", "Ana Maria"],
      ["Ana\n\tMaria\u00a0", "Ana Maria"],
      ["𝓐𝓷𝓪 Ｂ", "Ana B"],
      ["Anto\u0302nio Conceic\u0327a\u0303o", "Antônio Conceição"],
      ["a\u0301\u0302\u0303", "á"],
      ["Łukasz O’Neill-D'Ávila (2) Ñandú ß", "Łukasz O’Neill-D'Ávila (2) Ñandú ß"],
      ["Νίκος Анна Ґ Việt", "Νίκος Анна Ґ Việt"],
      ["محمد Ali 王小明", "Ali"],
      ["محمد", ""],
      ["★ 😀 - !", ""],
    ] as const
  ) {
    assertEquals(drawable(name), expected);
  }
  const named = (name: string) => draw(lively(), { names: { 11: name } });
  assertEquals(await named("🌸 𝓐𝓷𝓪"), await named("Ana"));
  assertEquals(await named("محمد"), await named(""));
  assertNotEquals(await named("Aná"), await named("Ana"));
});

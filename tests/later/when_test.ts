import { assert, assertEquals } from "@std/assert";
import { isDash, momentOfWhen, whenIn } from "../../src/later/when.ts";
import { localMsAt, momentAt } from "../../src/time/local_time.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";

const SAO_PAULO = "America/Sao_Paulo";
/** Wednesday, 25 November 2026, 14:30 in São Paulo. */
const NOW_MS = Date.UTC(2026, 10, 25, 17, 30);

/** What a text says, by the clocks of São Paulo; a problem by its name; `null`: nothing. */
function meant(text: string, nowMs = NOW_MS, timeZone = SAO_PAULO): string | null {
  const written = whenIn(text);
  if (!written) return null;
  const moment = momentOfWhen(written.when, nowMs, timeZone);
  if (typeof moment === "string") return moment;
  const local = new Date(localMsAt(moment, timeZone)).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

/** What is written, and what it means. */
const MEANT: [string, string][] = [
  ["30m", "2026-11-25 15:00"],
  ["2h", "2026-11-25 16:30"],
  ["12h", "2026-11-26 02:30"],
  ["3d", "2026-11-28 14:30"],
  ["2 horas", "2026-11-25 16:30"],
  ["90 minutes", "2026-11-25 16:00"],
  ["1 semana", "2026-12-02 14:30"],
  ["in 15h", "2026-11-26 05:30"],
  ["em 2h", "2026-11-25 16:30"],
  ["daqui a 3 dias", "2026-11-28 14:30"],
  ["24h", "2026-11-26 14:30"],
  ["48h", "2026-11-27 14:30"],
  ["13h", "2026-11-26 13:00"],
  ["18h", "2026-11-25 18:00"],
  ["23h", "2026-11-25 23:00"],
  ["09h", "2026-11-26 09:00"],
  ["00h", "2026-11-26 00:00"],
  ["18:00", "2026-11-25 18:00"],
  ["9:00", "2026-11-26 09:00"],
  ["14:30", "2026-11-26 14:30"],
  ["18h30", "2026-11-25 18:30"],
  ["9h30", "2026-11-26 09:30"],
  ["às 9h", "2026-11-26 09:00"],
  ["at 6pm", "2026-11-25 18:00"],
  ["9 a.m.", "2026-11-26 09:00"],
  ["a las 20h", "2026-11-25 20:00"],
  ["tomorrow 9:00", "2026-11-26 09:00"],
  ["amanhã 9h", "2026-11-26 09:00"],
  ["AMANHA 10h", "2026-11-26 10:00"],
  ["mañana 9:00", "2026-11-26 09:00"],
  ["mañana a las 8h", "2026-11-26 08:00"],
  ["amanhã", "2026-11-26 09:00"],
  ["tomorrow at 7", "2026-11-26 07:00"],
  ["depois de amanhã 8h", "2026-11-27 08:00"],
  ["hoje 18h", "2026-11-25 18:00"],
  ["hoy 1h", "past"],
  ["fri", "2026-11-27 09:00"],
  ["sexta 10h", "2026-11-27 10:00"],
  ["sex", "2026-11-27 09:00"],
  ["viernes 12:15", "2026-11-27 12:15"],
  ["segunda-feira", "2026-11-30 09:00"],
  ["segunda feira às 8h", "2026-11-30 08:00"],
  ["na terça", "2026-12-01 09:00"],
  ["wed", "2026-12-02 09:00"],
  ["wednesday 15:00", "2026-11-25 15:00"],
  ["quarta 14h30", "2026-12-02 14:30"],
  ["mié 16h", "2026-11-25 16:00"],
  ["24/12 9h", "2026-12-24 09:00"],
  ["24/12", "2026-12-24 09:00"],
  ["01/03 8:00", "2027-03-01 08:00"],
  ["24 de dezembro 10h", "2026-12-24 10:00"],
  ["2026-12-24 09:00", "2026-12-24 09:00"],
  ["2026-12-24T09:00", "2026-12-24 09:00"],
  ["24/12/2026 9h", "2026-12-24 09:00"],
  ["qui 24/12 9h", "2026-12-24 09:00"],
  ["fri 24/12 9h", "no such day"],
  ["25/11/2027", "2027-11-25 09:00"],
  ["26/11/2027", "far"],
  ["31/02", "no such day"],
  ["29/02", "far"],
  ["24/12/2025 9h", "past"],
  ["1m", "2026-11-25 14:31"],
  ["0m", "past"],
  ["365d", "2027-11-25 14:30"],
  ["366d", "far"],
  ["１８：００", "2026-11-25 18:00"],
];

for (const [text, moment] of MEANT) {
  Deno.test(`on a Wednesday at 14:30, “${text}” is ${moment}`, () => {
    assertEquals(meant(text), moment);
    assertEquals(meant(`${text} bom dia`), moment);
    assertEquals(meant(text.normalize("NFD")), moment);
    const { rest, to } = whenIn(`${text},\nbom dia`)!;
    assertEquals(`${text},\nbom dia`.slice(rest), "bom dia");
    assertEquals(`${text},\nbom dia`.slice(0, to).replace(/\.$/, ""), text.replace(/\.$/, ""));
  });
}

for (
  const text of [
    "",
    "bom dia",
    "25:00",
    "18:60",
    "18",
    "2x",
    "we will see",
    "su pedido",
    "amanha9h",
    "32h70",
    "-",
    "9h,bom",
    "13pm",
  ]
) {
  Deno.test(`“${text}” says no moment`, () => assertEquals(meant(text), null));
}

Deno.test("less than a minute ahead is too soon", () => {
  assertEquals(meant("14:31", NOW_MS + 30_000), "soon");
});

Deno.test("the time that today's weekday is given decides which week is meant", () => {
  assertEquals(meant("wed 14:32"), "2026-11-25 14:32");
  assertEquals(meant("wed 14:30"), "2026-12-02 14:30");
});

/** New York's clocks go from 2:00 to 3:00 on 8 March 2026, and from 2:00 to 1:00 on 1 November. */
const NEW_YORK = "America/New_York";

Deno.test("an hour that the clocks skip is the first moment after it", () => {
  const nowMs = momentAt(Date.UTC(2026, 2, 7, 14, 30), NEW_YORK);
  assertEquals(meant("tomorrow 2:30", nowMs, NEW_YORK), "2026-03-08 03:00");
  assertEquals(meant("2:15", nowMs, NEW_YORK), "2026-03-08 03:00");
});

Deno.test("an hour that the clocks show twice is its first", () => {
  const nowMs = momentAt(Date.UTC(2026, 9, 31, 14, 30), NEW_YORK);
  const { when } = whenIn("tomorrow 1:30")!;
  assertEquals(momentOfWhen(when, nowMs, NEW_YORK), Date.UTC(2026, 10, 1, 5, 30));
});

Deno.test("days keep the time of the day over a change of the clocks, hours do not", () => {
  const nowMs = momentAt(Date.UTC(2026, 2, 7, 14, 30), NEW_YORK);
  assertEquals(meant("3d", nowMs, NEW_YORK), "2026-03-10 14:30");
  assertEquals(meant("48h", nowMs, NEW_YORK), "2026-03-09 15:30");
});

Deno.test("whatever the time zone and the hour: what is meant shows on the clocks, and lies ahead", () => {
  const zones = [SAO_PAULO, NEW_YORK, "Europe/Lisbon", "Asia/Kathmandu", "Pacific/Apia"];
  const texts = ["18:00", "tomorrow 2:30", "fri", "dom 1:30", "24/12 9h", "3d", "09h", "2h"];
  let checked = 0;
  for (const timeZone of zones) {
    for (let hours = 0; hours < 400; hours++) {
      const nowMs = Date.UTC(2026, 0, 1) + hours * 22 * HOUR_MS + hours * 7 * MINUTE_MS;
      for (const text of texts) {
        const moment = momentOfWhen(whenIn(text)!.when, nowMs, timeZone);
        if (typeof moment === "string") {
          assert(moment === "soon", `${text} at ${nowMs} in ${timeZone}: ${moment}`);
          continue;
        }
        assert(moment >= nowMs + MINUTE_MS && moment <= nowMs + 366 * DAY_MS);
        const clock = new Date(localMsAt(moment, timeZone)).toISOString().slice(11, 16);
        const asked = { "18:00": "18:00", "fri": "09:00", "24/12 9h": "09:00", "09h": "09:00" };
        const expected = (asked as Record<string, string>)[text];
        if (expected !== undefined) assertEquals(clock, expected);
        checked++;
      }
    }
  }
  assert(checked > 10_000);
});

Deno.test("the moment of a local time shows it again, unless the clocks skip it", () => {
  for (const timeZone of [NEW_YORK, "Europe/Lisbon", "Australia/Lord_Howe"]) {
    for (let minutes = 0; minutes < 366 * 24 * 60; minutes += 97) {
      const localMs = Date.UTC(2026, 0, 1) + minutes * MINUTE_MS;
      const moment = momentAt(localMs, timeZone);
      const shown = localMsAt(moment, timeZone);
      assert(shown === localMs || (shown > localMs && localMsAt(moment - 1, timeZone) < localMs));
    }
  }
});

Deno.test("a dash of any kind is one", () => {
  assertEquals(["-", " – ", "—", "--", "x", ""].map(isDash), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

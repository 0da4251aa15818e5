import { assert, assertEquals } from "@std/assert";
import { monthName } from "../../src/time/calendar.ts";
import {
  type Holiday,
  type HolidaysProblem,
  isHoliday,
  MAX_HOLIDAYS,
  readHolidays,
  writeHolidays,
} from "../../src/hours/holidays.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { LANGUAGE_TAGS } from "../../src/words/language.ts";
import { Chance } from "../simulation/chance.ts";

/** What people write, and what it means. */
const MEANT: [meaning: string, ...written: string[]][] = [
  [
    "12-25",
    "12-25",
    "25/12",
    "25.12.",
    "25 de dezembro",
    "25 dez",
    "December 25th",
    "25 diciembre",
  ],
  ["2026-12-25", "2026-12-25", "25/12/2026", "25/12/26", "25-12-2026", "2026/12/25"],
  ["2026-12-25", "25 de dezembro de 2026", "25 December 2026", "25 de diciembre del 2026"],
  ["05-01", "1º de maio", "1/5", "05-01", "1st of May", "1 de mayo", "dia 1 de maio"],
  ["02-29", "29/02", "02-29", "29 de fevereiro"],
  ["2028-02-29", "29/02/2028"],
  ["12-25 Natal", "25/12 Natal", "Natal: 25/12", "25/12 - Natal", "25/12 (Natal)", "12-25 Natal."],
  ["09-07 Independência (BR)", "7 de setembro Independência (BR)", "Independência (BR): 7/9"],
  [
    "01-01 Ano Novo; 12-25; 2026-11-20",
    "20/11/2026; 25/12; 01/01 Ano Novo",
    "25/12, 01/01 Ano Novo, 2026-11-20",
    "  25/12\n\n01/01   Ano\tNovo\r\n20/11/2026 ;",
    "25/12 e 01/01 Ano Novo e 20/11/2026",
    "25/12; 25/12; 1/1; 01/01 Ano Novo; 01-01; 20/11/2026",
  ],
  [
    "12-24 - 12-26",
    "24/12 a 26/12",
    "24/12-26/12",
    "de 24/12 até 26/12",
    "12-24–12-26",
    "24/12;25/12;26/12",
  ],
  [
    "12-24 - 12-26",
    "24 a 26/12",
    "24-26/12",
    "24–26 dez",
    "24 → 26/12",
    "24..26/12",
    "24-26 de dezembro",
    "24 a 26 de dezembro",
    "de 24 a 26 de dezembro",
    "do dia 24 ao dia 26 de dezembro",
    "24 até 26/12",
    "24/12 a 26",
    "24 de dezembro a 26",
    "entre 24 e 26 de dezembro",
    "entre 24/12 e 26/12",
    "nos dias 24, 25 e 26 de dezembro",
    "24, 25 e 26/12",
    "24; 25; 26 dez",
    "24 e 25 e 26/12",
    "24 a 25/12 e 26/12",
    "24, 25 a 26/12",
    "del 24 al 26 de diciembre",
    "Del 24 al 26 de Diciembre.",
    "del 24 de diciembre al 26 de diciembre",
    "los días 24, 25 y 26 de diciembre",
    "entre el 24 y el 26 de diciembre",
    "Dec 24 to 26",
    "Dec 24-26",
    "dec. 24 – 26",
    "December 24th to 26th",
    "24th to 26th of December",
    "the 24th to the 26th of December",
    "from Dec 24 through Dec 26",
    "from December 24 until 26",
    "between Dec 24 and 26",
    "between December 24 and December 26",
    "Dec 24, 25 and 26",
    "Dec 24 and Dec 25 and Dec 26",
    "２４／１２ a ２６／１２",
    "24 / 12 a 26 / 12",
  ],
  ["12-24 - 12-26 recesso", "24 a 26/12 recesso", "recesso: 24, 25 e 26 de dezembro"],
  ["2026-12-24 - 2026-12-26", "24 a 26/12/2026", "Dec 24 to 26, 2026", "24-26-12-2026"],
  ["2026-12-24 - 2026-12-26", "24 a 26 de dezembro de 2026", "24, 25 e 26/12/26"],
  ["2026-12-24", "December 24, 2026", "Dec 24th 2026", "24 dez. 2026", "24/dez/2026"],
  ["01-01; 01-02; 12-30; 12-31", "30 de dezembro a 2 de janeiro", "Dec 30 to Jan 2"],
  ["01-01; 01-02; 12-30; 12-31", "del 30 de diciembre al 2 de enero", "30/12 – 02/01"],
  [
    "2026-12-30 - 2027-01-02",
    "Dec 30, 2026 to Jan 2, 2027",
    "30 de dezembro de 2026 a 2 de janeiro de 2027",
  ],
  ["05-01; 12-25", "o 1º de maio e o 25 de dezembro", "el 1 de mayo y el 25 de diciembre"],
  ["12-24; 12-25", "24/12 a 25/12", "24 e 25/12", "24 & 25/12", "24 y 25 de diciembre"],
  ["12-24 a; 12-25 b; 12-26 c", "24/12 a; 25/12 b; 26/12 c"],
  ["12-29 - 12-31; 2029-01-01", "29/12 a 31/12; 01/01/2029"],
  ["12-25; 1999-05-05", "05/05/1999; 25/12"],
  ["01-01; 01-02; 12-30; 12-31", "30/12 a 02/01"],
  ["02-28 - 03-01 férias", "28/02 a 01/03 férias", "férias: 28/02 - 01/03"],
  ["2027-02-28; 2027-03-01", "28/02/2027 a 01/03/2027", "28/02 a 01/03/2027"],
  ["2026-12-30 - 2027-01-02 recesso", "30/12/2026 a 02/01 recesso", "30/12 a 02/01/2027 recesso"],
];

Deno.test("holidays are understood however people write them: once or every year, with names", () => {
  for (const [meaning, ...written] of MEANT) {
    for (const text of written) {
      const read = readHolidays(text);
      assertEquals("problem" in read ? read : writeHolidays(read, "en"), meaning, text);
    }
  }
});

Deno.test("a holiday knows its day, its year if it has one, and its name", () => {
  assertEquals(readHolidays("20/11/2026; 25/12 Natal"), [
    { month: 12, day: 25, name: "Natal" },
    { year: 2026, month: 11, day: 20 },
  ]);
});

/** What cannot be understood, and why. */
const PROBLEMS: [text: string, problem: HolidaysProblem][] = [
  ["", { because: "empty" }],
  [" ;,\n", { because: "empty" }],
  ["Natal", { because: "no date", piece: "Natal" }],
  ["25/12; nenhum", { because: "no date", piece: "nenhum" }],
  ["25 de natal", { because: "no date", piece: "25 de natal" }],
  ["24", { because: "no date", piece: "24" }],
  ["24 a 26", { because: "no date", piece: "24 a 26" }],
  ["25/12; 24 e 26", { because: "no date", piece: "24" }],
  ["24, 12-25", { because: "no date", piece: "24" }],
  ["24 a 26 de natal", { because: "no date", piece: "24 a 26 de natal" }],
  ["24/12-26", { because: "no date", piece: "24/12-26" }],
  ["12-24-26", { because: "no date", piece: "12-24-26" }],
  ["24-12-26", { because: "no date", piece: "24-12-26" }],
  ["24-26", { because: "no such date", piece: "24-26" }],
  ["30 a 32/12", { because: "no such date", piece: "30 a 32/12" }],
  ["26 a 24/12", { because: "backwards", piece: "26 a 24/12" }],
  ["Dec 26 to 24", { because: "backwards", piece: "Dec 26 to 24" }],
  ["24/12, 2026", { because: "no date", piece: "24/12 2026" }],
  ["25/12 Natal 26 dez", { because: "no date", piece: "25/12 Natal 26 dez" }],
  ["25/12 26/12", { because: "no date", piece: "25/12 26/12" }],
  ["25/12 Natal, 31/12/20266", { because: "no date", piece: "31/12/20266" }],
  ["25/12 Natal 26/12", { because: "no date", piece: "25/12 Natal 26/12" }],
  ["Tomar 5", { because: "no date", piece: "Tomar 5" }],
  ["125/12", { because: "no date", piece: "125/12" }],
  ["31/04", { because: "no such date", piece: "31/04" }],
  ["25/12; 30/02 Ops", { because: "no such date", piece: "30/02 Ops" }],
  ["29/02/2027", { because: "no such date", piece: "29/02/2027" }],
  ["29/02 a 02/03/2027", { because: "no such date", piece: "29/02 a 02/03/2027" }],
  ["12/25", { because: "no such date", piece: "12/25" }],
  ["25-12", { because: "no such date", piece: "25-12" }],
  ["2026-13-01", { because: "no such date", piece: "2026-13-01" }],
  ["0026-12-25", { because: "no such date", piece: "0026-12-25" }],
  ["00/12", { because: "no such date", piece: "00/12" }],
  ["01/02 a 31/02", { because: "no such date", piece: "01/02 a 31/02" }],
  ["24/12/2026 a 02/01/2026", { because: "backwards", piece: "24/12/2026 a 02/01/2026" }],
  [`25/12 ${"x".repeat(41)}`, { because: "long name", piece: `25/12 ${"x".repeat(41)}` }],
  ["01/03 a 28/02", { because: "too many" }],
  ["1000-01-01 a 9999-12-31", { because: "too many" }],
];

Deno.test("what is no date, or is not in any calendar, is said with the piece that is wrong", () => {
  for (const [text, problem] of PROBLEMS) assertEquals(readHolidays(text), { problem }, text);
});

Deno.test("there may be as many as there may be, and not one more", () => {
  const days = Array.from(
    { length: MAX_HOLIDAYS + 1 },
    (_, day) => new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString().slice(0, 10),
  );
  const read = readHolidays(days.slice(1).join("\n"));
  assertEquals("problem" in read ? read : read.length, MAX_HOLIDAYS);
  assertEquals(readHolidays(days.join("\n")), { problem: { because: "too many" } });
  assertEquals(readHolidays(days.concat(days[0]!).slice(1).join("\n")), {
    problem: { because: "too many" },
  });
});

Deno.test("what was written is read again as it was", () => {
  const chance = new Chance(1, "holidays");
  const letters = [..."abcXYZ éçñ🎄()'-–.:&ªº2"];
  for (let round = 0; round < 2000; round++) {
    const pieces = Array.from({ length: chance.between(1, 12) }, () => {
      const date = new Date(Date.UTC(chance.between(2024, 2030), 0, chance.between(1, 366)));
      const [, year, month, day] = /(\d+)-(\d+)-(\d+)/.exec(date.toISOString())!;
      const written = chance.pick([
        `${day}/${month}`,
        `${month}-${day}`,
        `${year}-${month}-${day}`,
        `${day}.${month}.${year}`,
        `${Number(day)} de ${monthName(Number(month), "es")}`,
      ])!;
      const name = Array.from({ length: chance.between(0, 8) }, () => chance.pick(letters)).join(
        "",
      );
      return `${written} ${name}`;
    });
    const read = readHolidays(pieces.join(chance.pick([";", "\n", ", "])));
    if ("problem" in read) {
      // A dash and a number may be where it goes to, which may be before it.
      const { because } = read.problem;
      assert(because === "no date" || because === "backwards", pieces.join("; "));
      continue;
    }
    for (const language of LANGUAGE_TAGS) {
      const written = writeHolidays(read, language);
      assertEquals(readHolidays(written), read, written);
    }
  }
});

Deno.test("a day is a holiday by its date, of any year or of one", () => {
  const holidays = readHolidays("25/12; 29/02; 20/11/2026") as Holiday[];
  const dates = [
    "2026-12-25",
    "2031-12-25",
    "2028-02-29",
    "2026-11-20",
    "2027-11-20",
    "2027-03-01",
  ];
  assertEquals(
    dates.map((date) => isHoliday(holidays, Date.parse(`${date}T23:59:59Z`))),
    [true, true, true, true, false, false],
  );
});

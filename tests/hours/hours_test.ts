import { assertEquals } from "@std/assert";
import { WEEKDAYS } from "../../src/time/calendar.ts";
import { LANGUAGE_TAGS } from "../../src/words/language.ts";
import { readHours, writeHours } from "../../src/hours/hours.ts";
import type { HoursProblem } from "../../src/hours/problem.ts";
import { Chance } from "../simulation/chance.ts";
import { anyHours, typedBy } from "../support/typed_hours.ts";

/** What people write, and what it means. */
const MEANT: [meaning: string, ...written: string[]][] = [
  [
    "mon-fri 09:00-18:00; sat 09:00-12:00",
    "mon-fri 09:00-18:00; sat 09:00-12:00",
    "seg-sex 9-18, sáb 9-12",
    "SEG-SEX 9H-18H; SAB 9H-12H",
    "Segunda a sexta das 9h às 18h e sábado das 9h às 12h",
    "De segunda à sexta-feira: 09:00 às 18:00\nSábado: 09:00 às 12:00",
    "segunda\u2011feira – sexta\u2011feira 9 – 18 / sábados 9 – 12",
    "Monday through Friday 9am to 6pm, Saturdays 9am till noon",
    "Mon-Fri: 9am-6pm Sat: 9am-12pm Sun: Closed",
    "Mon.–Fri. 9:00 a.m.–6:00 p.m. | Sat. 9:00 a.m.–12:00 p.m.",
    "weekdays (9-6pm) saturday (9-12pm)",
    "lunes a viernes de 9 a 18 hs, sábados de 9 a 12 hs. Domingos y feriados cerrado",
    "lun. a vie. 9:00 a. m. a 6:00 p. m.; sáb. de 9 hasta mediodía",
    "L-V 9-18; S 9-12",
    "dias úteis 0900-1800; sáb 0900-1200",
    "entre semana entre las 9h y las 18h, sábado entre 9h y 12h",
    "2ª a 6ª 9h-18h, sábado 9h-12h, domingo não abre",
    "das 9h às 18h de segunda a sexta, das 9h às 12h aos sábados",
    "fechado aos domingos; seg a sex 9 às 18; sáb 9 às 12",
    "Atendimento: seg a sex, 9h às 18h (exceto feriados); sáb, 9h às 12h.",
  ],
  [
    "mon-fri 09:00-12:30, 13:30-18:00",
    "seg-sex 9h-12h30, 13h30-18h",
    "segunda a sexta das 9h às 12h30 e das 13h30 às 18h",
    "mon-fri 9:00-12:30 and 13:30-18:00",
    "lun-vie 9.00-12.30 y 13.30-18.00",
    "mon-fri 13:30-18:00, 09:00-12:30",
    "mon-fri 9-12:30; 13:30-18",
    "Segunda a sexta\n09:00 – 12:30\n13:30 – 18:00",
    "M-F 9am-12:30pm, 1:30-6pm",
    "seg-sex 9h até 12h30min / 13h30min até 18h",
  ],
  [
    "mon,wed,fri 08:30-17:00",
    "mon,wed,fri 08:30-17:00",
    "seg, qua e sex 8h30-17h",
    "segundas, quartas e sextas das 8:30 às 17h",
    "seg/qua/sex 8h30 até 17h",
    "lunes, miércoles y viernes 8:30 a 17:00",
    "lun mie vie 8:30-17",
    "L,X,V 8:30-17",
    "mon & wed & fri 8:30am–5pm",
    "2ª, 4ª e 6ª-feira 8h30 às 17h",
    "mon 8:30-17; wed 8:30-17; fri 8:30-17",
  ],
  ["mon,sat,sun 22:00-02:00", "sáb-seg 22:00-02:00", "sat to mon 10pm-2am", "sa,su,mo 22-2"],
  ["tue-thu 09:00-18:00", "ter-qui 9-18", "mar a jue 9-18", "Tues-Thurs 9-18", "M,X,J 9-18"],
  [
    "mon-sun 08:00-20:00",
    "todos os dias 8-20",
    "daily 8-20",
    "todos los días de 8 a 20h",
    "seg-dom 8-20",
  ],
  ["mon-sun 00:00-24:00", "24/7", "24 horas", "sempre aberto", "daily 00:00-24:00", "seg-dom 24h"],
  [
    "sat,sun 10:00-24:00",
    "fim de semana 10-24",
    "weekends 10am to midnight",
    "fines de semana 10h-0h",
  ],
  ["sun 00:00-24:00", "sun all day", "domingo o dia todo", "dom 24h", "domingo 0-24"],
  [
    "fri 18:00-06:00",
    "sexta das 18h às 6h",
    "fri 6pm-6am",
    "viernes 6 de la tarde a 6 de la mañana",
  ],
  [
    "mon-sat 09:00-18:00",
    "todos os dias 9-18, dom fechado",
    "daily 9-18; sun closed",
    "sun off, daily 9-18",
  ],
  [
    "mon-sat 09:00-18:00; sun 10:00-14:00",
    "todos os dias 9-18; dom 10-14",
    "dom 10-14\ntodo dia 9-18",
  ],
  ["mon-thu 09:00-18:00; fri 09:00-16:00", "mon-fri 9-18; fri 9-16", "fri 9-16; mon-fri 9-18"],
  ["mon 09:00-18:00", "mon 9-12, 12-18", "mon 9-12; mon 12-18", "mon 9-18; sun closed; sun closed"],
  ["mon 09:00-18:00", "mon 9am-6", "mon 9-6pm", "mon 9 to 18h", "mon 9h a 6 pm", "mon 9to18"],
  ["mon 13:00-17:00", "mon 1-5pm", "mon 1pm-5", "seg 1 às 5 da tarde", "mon 13-17"],
  ["mon 12:00-15:00", "mon 12-3pm", "mon noon-3pm", "seg meio-dia às 15h"],
  ["mon 21:00-24:00", "mon 9pm-12", "seg 9 da noite às 12 da noite"],
  ["mon 22:00-10:30h", "mon 2200-1030", "mon 22h-10h30", "mon 10pm to 10:30am"],
  ["mon 00:00-12:00, 12:00-06:00", "mon 0h-12h, 12h-6h"],
  ["mon 09:00-18:00, 18:00-09:00", "mon 9h-18h, 18h-9h"],
  ["mon 21:00-09:00", "mon 21-9", "seg 21h às 9h"],
  ["mon 09:00-12:00, 14:00-18:00", "mon, monday 9-12; mon 14-18"],
  ["mon-sat 09:00-18:00", "seg-sex\n9h-18h, sáb\n9h-18h", "\u200eSeg\u200b–s\u0061\u0301b 9–18"],
  [
    "mon 22:00-02:00",
    "mon 10pm-2",
    "mon 22h-2h",
    "mon 22-2",
    "seg 10 da noite às 2 da madrugada",
    "mon 10 at night to 2 at night",
  ],
  ["mon 10:00-02:00", "mon 10:00-02:00", "mon 10h-2h"],
  ["mon 12:00-24:00", "mon 12pm-12am", "mon noon to midnight", "seg meio-dia à meia-noite"],
  ["mon 00:00-06:00", "mon 12am-6am", "seg meia-noite às 6h", "mon 00-06"],
];

Deno.test("office hours are understood however people write them, in three languages", () => {
  for (const [meaning, ...written] of MEANT) {
    for (const text of written) assertEquals(shown(text), meaning, text);
  }
});

/** What cannot be understood, and why. */
const PROBLEMS: [text: string, problem: HoursProblem][] = [
  ["", { because: "empty" }],
  [" ;\n, ", { because: "empty" }],
  ["fechado", { because: "never" }],
  ["off", { because: "never" }],
  ["todos os dias fechado", { because: "never" }],
  ["feriados fechado", { because: "never" }],
  ["horário comercial", { because: "unknown word", piece: "comercial" }],
  ["seg-sex 9-18, sabbado 9-12", { because: "unknown word", piece: "sabbado" }],
  ["mar-qu 9-18", { because: "unknown word", piece: "qu" }],
  ["mon 9-18 €", { because: "unknown word", piece: "€" }],
  ["mon 123-456", { because: "unknown word", piece: "123" }],
  ["mon 9-18 \u0301\u0301 xyz", { because: "unknown word", piece: "xyz" }],
  ["do 9-18", { because: "unknown word", piece: "do" }],
  ["T 9-18", { because: "unknown word", piece: "T" }],
  ["M 9-18", { because: "unknown word", piece: "M" }],
  ["mon 9-25", { because: "no such time", piece: "25" }],
  ["mon 9:75-18:00", { because: "no such time", piece: "9:75" }],
  ["mon 09:00-24:30", { because: "no such time", piece: "24:30" }],
  ["mon 13am-18", { because: "no such time", piece: "13am" }],
  ["mon 24:00-06:00", { because: "no such time", piece: "24:00-06:00" }],
  ["segunda às 9h", { because: "half", piece: "9h" }],
  ["mon 09:00 18:00", { because: "half", piece: "09:00" }],
  ["sex até 24:00", { because: "half", piece: "24:00" }],
  ["mon 09:00-09:00", { because: "no length", piece: "09:00-09:00" }],
  ["mon 00:00-00:00", { because: "no length", piece: "00:00-00:00" }],
  ["mon-fri 9-5", { because: "am or pm", piece: "9-5" }],
  ["mon-fri 9:00 to 5:00", { because: "am or pm", piece: "9:00 to 5:00" }],
  ["mon-fri 09:00-5", { because: "am or pm", piece: "09:00-5" }],
  ["mon 1-5", { because: "am or pm", piece: "1-5" }],
  ["mon 9-9", { because: "am or pm", piece: "9-9" }],
  ["mon 11-1am", { because: "am or pm", piece: "11-1am" }],
  ["mon 8-12, 1-5", { because: "am or pm", piece: "1-5" }],
  ["mon 9-12, 7-9", { because: "am or pm", piece: "7-9" }],
  ["mon-wed-fri 9-18", { because: "range", piece: "mon-wed-fri" }],
  ["mon 9-12-18", { because: "range", piece: "9-12-18" }],
  ["weekends-mon 9-18", { because: "range", piece: "weekends-mon" }],
  ["mon 9-12, 11-14", { because: "overlap", piece: "9-12, 11-14" }],
  ["mon 22-2, 23-24", { because: "overlap", piece: "22-2, 23-24" }],
  ["9-18", { because: "no days", piece: "9-18" }],
  ["das 9h às 18h\nsegunda a sexta", { because: "no days", piece: "9h às 18h" }],
  ["mon-fri 9-18; closed", { because: "no days", piece: "closed" }],
  ["segunda a sexta", { because: "no times", piece: "segunda a sexta" }],
  ["mon, tue", { because: "no times", piece: "mon, tue" }],
  ["mon\ntue 9-18", { because: "no times", piece: "mon" }],
  ["mon-fri 9-18, sat", { because: "no times", piece: "sat" }],
  ["sábados e feriados 9-12", { because: "holidays", piece: "sábados e feriados 9-12" }],
  ["Feriados:\n  9-12", { because: "holidays", piece: "Feriados: 9-12" }],
  ["mon 9-18; mon closed", twice("mon", "mon 9-18", "mon closed")],
  ["mon 9-18, closed mon", twice("mon", "mon 9-18", "closed mon")],
  ["seg 9-18\nseg 10-12", twice("mon", "seg 9-18", "seg 10-12")],
  ["mon-fri 9-12; fri 14-16", twice("fri", "mon-fri 9-12", "fri 14-16")],
  ["fri 14-16; mon-fri 9-12", twice("fri", "fri 14-16", "mon-fri 9-12")],
  ["mon-wed 9-12; wed-fri 14-18", twice("wed", "mon-wed 9-12", "wed-fri 14-18")],
  ["mon-wed 9-12; wed-fri 9-12", twice("wed", "mon-wed 9-12", "wed-fri 9-12")],
];

function twice(
  weekday: typeof WEEKDAYS[number],
  ...pieces: [string, string]
): HoursProblem {
  return { because: "twice", weekday, pieces };
}

Deno.test("what is unclear, contradicts itself or is no schedule is not guessed, but said", () => {
  for (const [text, problem] of PROBLEMS) assertEquals(readHours(text), { problem }, text);
});

Deno.test("a long piece is shown by its beginning, without cutting a letter in two", () => {
  const [text, end] = [`${"x".repeat(59)}`, "𝔵".repeat(20)];
  assertEquals(readHours(`mon 9-18 ${text}${end}`), {
    problem: { because: "unknown word", piece: `${text}𝔵…` },
  });
});

Deno.test("what was written is read again as it was, in every language", () => {
  const chance = new Chance(1, "hours");
  for (let round = 0; round < 2000; round++) {
    const hours = anyHours(chance);
    for (const language of LANGUAGE_TAGS) {
      const text = writeHours(hours, language);
      assertEquals(readHours(text), hours, text);
    }
  }
});

Deno.test("the same week is read from any way to write it", () => {
  const chance = new Chance(2, "hours");
  for (let round = 0; round < 3000; round++) {
    const hours = anyHours(chance);
    const text = typedBy(chance, hours);
    assertEquals(readHours(text), hours, JSON.stringify(text));
  }
});

Deno.test("whatever is typed gives a schedule or a problem, and the schedule can be written", () => {
  const chance = new Chance(3, "hours");
  const texts = MEANT.flatMap(([, ...written]) => written);
  const scraps = texts.join(" ; ").split(/(?<=[\s,;-])/)
    .concat("\n", "\u0301", "\ud83d", "𝔵", "ª", "99", "-", "12am", "entre ", "24h ", "feriados ");
  let understood = 0;
  for (let round = 0; round < 5000; round++) {
    const text = Array.from(
      { length: chance.between(0, 6) },
      () => chance.pick(chance.happens(0.2) ? texts : scraps),
    ).join("");
    const read = readHours(text);
    if ("problem" in read) continue;
    understood++;
    assertEquals(readHours(writeHours(read, "en")), read, JSON.stringify(text));
  }
  assertEquals(understood > 200, true, `${understood}`);
});

function shown(text: string): string {
  const read = readHours(text);
  return "problem" in read ? Deno.inspect(read.problem) : writeHours(read, "en");
}

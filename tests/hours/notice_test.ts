import { assert, assertEquals } from "@std/assert";
import type { Language } from "../../src/words/language.ts";
import type { SettingProblem } from "../../src/settings/reading.ts";
import { readHolidays } from "../../src/hours/holidays.ts";
import { readHours } from "../../src/hours/hours.ts";
import { say } from "../../src/texts/texts.ts";

const LANGUAGES: Language[] = ["pt-BR", "en", "es"];

/** What somebody writes, and the first lines of the answers in our three languages. */
const HOURS: [text: string, portuguese: string, english: string, spanish: string][] = [
  [
    "",
    "faltam os dias e os horários.",
    "no days and times were given.",
    "faltan los días y las horas.",
  ],
  [
    "fechado",
    "o atendimento nunca estaria aberto. Para não ter horário de atendimento: /restaurar horario",
    "the desk would never be open. To have no office hours at all: /reset hours",
    "la atención nunca estaría abierta. Para no tener horario de atención: /reset hours",
  ],
  [
    "seg-sex comercial",
    "“comercial” não é um dia nem um horário.",
    "“comercial” is neither a day nor a time.",
    "“comercial” no es un día ni una hora.",
  ],
  [
    "mon 9-25",
    "o horário em “25” não existe.",
    "there is no such time as in “25”.",
    "la hora en “25” no existe.",
  ],
  [
    "mon 9h",
    "“9h” precisa de um começo e um fim, como em 09:00-18:00.",
    "“9h” needs a beginning and an end, as in 09:00-18:00.",
    "“9h” necesita un comienzo y un fin, como en 09:00-18:00.",
  ],
  [
    "mon 09:00-09:00",
    "“09:00-09:00” termina quando começa. O dia inteiro é 00:00-24:00.",
    "“09:00-09:00” ends when it begins. The whole day is 00:00-24:00.",
    "“09:00-09:00” termina cuando empieza. El día entero es 00:00-24:00.",
  ],
  [
    "mon 9-5",
    "“9-5” pode ser de manhã ou à tarde. Escreva 09:00-17:00.",
    "“9-5” could be in the morning or in the evening. Write 09:00-17:00 or 9am-5pm.",
    "“9-5” puede ser de la mañana o de la tarde. Escriba 09:00-17:00.",
  ],
  [
    "mon-wed-fri 9-18",
    "não está claro de onde até onde vai “mon-wed-fri”. Separe com vírgulas o que não é um " +
    "intervalo só: seg,qua,sex",
    "it is not clear from where to where “mon-wed-fri” goes. Separate with commas what is not " +
    "one range: mon,wed,fri",
    "no está claro desde dónde hasta dónde va “mon-wed-fri”. Separe con comas lo que no es un " +
    "solo intervalo: lun,mié,vie",
  ],
  [
    "mon 9-12, 11-14",
    "estes horários se sobrepõem: “9-12, 11-14”.",
    "these times overlap: “9-12, 11-14”.",
    "estas horas se superponen: “9-12, 11-14”.",
  ],
  [
    "9-18",
    "faltam os dias de “9-18”.",
    "the days of “9-18” are missing.",
    "faltan los días de “9-18”.",
  ],
  [
    "mon",
    "faltam os horários de “mon”.",
    "the times of “mon” are missing.",
    "faltan las horas de “mon”.",
  ],
  [
    "feriados 9-12",
    "“feriados 9-12”: nos feriados o atendimento fica fechado. " +
    "As datas são definidas com /definir feriados",
    "“feriados 9-12”: holidays are closed days. Their dates are kept with /set holidays",
    "“feriados 9-12”: los feriados son días cerrados. Sus fechas se definen con /set holidays",
  ],
  [
    "sex 9-12; seg-sex 14-18",
    "“sex 9-12” e “seg-sex 14-18” dizem coisas diferentes sobre sexta-feira. " +
    "Escreva cada dia uma vez só, com todos os seus horários.",
    "“sex 9-12” and “seg-sex 14-18” say different things about Friday. " +
    "Name each day once, with all its times.",
    "“sex 9-12” y “seg-sex 14-18” dicen cosas distintas sobre el viernes. " +
    "Escriba cada día una sola vez, con todas sus horas.",
  ],
];

const HOLIDAYS: [text: string, portuguese: string, english: string, spanish: string][] = [
  [
    "",
    "faltam as datas. Para não ter nenhuma: /restaurar feriados",
    "no dates were given. To have none at all: /reset holidays",
    "faltan las fechas. Para no tener ninguna: /reset holidays",
  ],
  [
    "25/12; Natal",
    "“Natal” não pode ser lido como uma data.",
    "“Natal” cannot be read as a date.",
    "“Natal” no se puede leer como una fecha.",
  ],
  [
    "31/02",
    "a data em “31/02” não existe. Escreva dia/mês (25/12) ou mês-dia (12-25).",
    "the date in “31/02” does not exist. Write month-day (12-25) or day/month (25/12).",
    "la fecha en “31/02” no existe. Escriba día/mes (25/12) o mes-día (12-25).",
  ],
  [
    "02/01/2026 a 01/01/2026",
    "“02/01/2026 a 01/01/2026” termina antes de começar.",
    "“02/01/2026 a 01/01/2026” ends before it begins.",
    "“02/01/2026 a 01/01/2026” termina antes de empezar.",
  ],
  [
    `25/12 ${"Natal".repeat(9)}`,
    `o nome em “25/12 ${"Natal".repeat(9)}” tem mais de 40 caracteres.`,
    `the name in “25/12 ${"Natal".repeat(9)}” has more than 40 characters.`,
    `el nombre en “25/12 ${"Natal".repeat(9)}” tiene más de 40 caracteres.`,
  ],
  [
    "01/01 a 31/12",
    "são no máximo 200 datas.",
    "there can be at most 200 dates.",
    "puede haber como máximo 200 fechas.",
  ],
];

/** What is said of a value that is wrong: the reason, then an example. */
function problemWith(
  name: "hours" | "holidays",
  problem: SettingProblem,
  language: Language,
): string[] {
  return say({ text: "set-problem", name, problem }, language).split("\n");
}

Deno.test("an administrator is told what is wrong with the hours, in their language", () => {
  const because = new Set<string>();
  for (const [text, ...reasons] of HOURS) {
    const read = readHours(text);
    assert("problem" in read, text);
    because.add(read.problem.because);
    for (const [index, language] of LANGUAGES.entries()) {
      const [line] = problemWith("hours", { because: "hours", problem: read.problem }, language);
      assertEquals(line!.slice(line!.indexOf(": ") + 2), reasons[index], language);
    }
  }
  assertEquals(because.size, 13);
});

Deno.test("an administrator is told what is wrong with the holidays, in their language", () => {
  const because = new Set<string>();
  for (const [text, ...reasons] of HOLIDAYS) {
    const read = readHolidays(text);
    assert("problem" in read, text);
    because.add(read.problem.because);
    for (const [index, language] of LANGUAGES.entries()) {
      const problem = { because: "holidays", problem: read.problem } as const;
      const [line] = problemWith("holidays", problem, language);
      assertEquals(line!.slice(line!.indexOf(": ") + 2), reasons[index], language);
    }
  }
  assertEquals(because.size, 6);
});

Deno.test("the example that each problem comes with is understood, whatever the language", () => {
  for (const language of LANGUAGES) {
    const exampleOf = (name: "hours" | "holidays") =>
      problemWith(name, { because: "empty" }, language)[1]!.replace(/^.*?\/\w+ \w+ /, "");
    assertEquals("problem" in readHours(exampleOf("hours")), false, exampleOf("hours"));
    assertEquals("problem" in readHolidays(exampleOf("holidays")), false, exampleOf("holidays"));
  }
});

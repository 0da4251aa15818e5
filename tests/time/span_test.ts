import { assertEquals } from "@std/assert";
import { daysIn, recentDaysIn } from "../../src/time/span.ts";

/** What people write, and how many days it is; `null`: it is not guessed. */
const LENGTHS: [days: number | null, ...written: string[]][] = [
  [180, "180", "180 days", "180d", "180 Dias", "１８０ días", "“180”", "= 180", "180 dias!"],
  [180, "6 months", "6 meses", "6months", "6 mês", "6m", "six months", "seis meses", "half a year"],
  [180, "half year", "meio ano", "medio año", "1 semestre", "por 6 meses", "for 6 months, please"],
  [
    365,
    "1 year",
    "a year",
    "one year",
    "um ano",
    "1 ano",
    "un año",
    "1y",
    "12 months",
    "2 semestres",
  ],
  [
    545,
    "1 ano e meio",
    "um ano e meio",
    "año y medio",
    "a year and a half",
    "1.5 years",
    "1,5 anos",
  ],
  [545, "18 meses", "1 year 6 months", "1 ano e 6 meses", "1 año y 6 meses"],
  [90, "3 meses", "a quarter", "1 trimestre", "90 d"],
  [84, "12 weeks", "12 semanas", "doze semanas"],
  [1000, "1.000 dias", "1,000 days"],
  [0, "0", "0 meses"],
  [
    null,
    "",
    "muito",
    "-40",
    "1e3",
    "6 6",
    "6 or 7 months",
    "months 6",
    "6 horas",
    "half",
    "e",
    "no",
  ],
  [null, "6 meses ou 1 ano", "2 half years", "never", "1/2 ano", "6 meses atrás"],
];

Deno.test("a length of time is understood however people write it, in three languages", () => {
  for (const [days, ...written] of LENGTHS) {
    for (const text of written) assertEquals(daysIn(text) ?? null, days, text);
  }
});

Deno.test("a length that ends now may begin with words that say so", () => {
  for (
    const [days, ...written] of [
      [7, "this week", "last week", "esta semana", "última semana", "la última semana", "7"],
      [30, "the last 30 days", "os últimos 30 dias", "los últimos 30 días", "este mês", "mes"],
      [undefined, "mês passado", "ontem", "today", "julho", "-7", "ano e meio atrás"],
    ] as const
  ) for (const text of written) assertEquals(recentDaysIn(text), days, text);
});

import { assertEquals } from "@std/assert";
import type { Language } from "../../src/words/language.ts";
import { momentOf } from "../../src/time/moment.ts";
import { say } from "../../src/texts/texts.ts";
import { at } from "../support/zoned.ts";

/** A moment as people read it. */
function writeMoment(momentMs: number, nowMs: number, timeZone: string, language: Language) {
  return say({ text: "moment", moment: momentOf(momentMs, nowMs, timeZone) }, language);
}

/** A Wednesday. */
const NOW = "2026-11-25T20:30";

/** How people name a moment that evening, in our three languages. */
const NAMES: [moment: string, portuguese: string, english: string, spanish: string][] = [
  ["2026-11-25T21:00", "hoje às 21:00", "today at 21:00", "hoy a las 21:00"],
  ["2026-11-26T00:00", "amanhã à 00:00", "tomorrow at 00:00", "mañana a las 00:00"],
  ["2026-11-26T09:00", "amanhã às 09:00", "tomorrow at 09:00", "mañana a las 09:00"],
  ["2026-11-27T01:30", "na sexta-feira à 01:30", "on Friday at 01:30", "el viernes a la 01:30"],
  ["2026-11-28T10:00", "no sábado às 10:00", "on Saturday at 10:00", "el sábado a las 10:00"],
  ["2026-11-29T10:00", "no domingo às 10:00", "on Sunday at 10:00", "el domingo a las 10:00"],
  ["2026-11-30T09:00", "na segunda-feira às 09:00", "on Monday at 09:00", "el lunes a las 09:00"],
  ["2026-12-01T23:59", "na terça-feira às 23:59", "on Tuesday at 23:59", "el martes a las 23:59"],
  [
    "2026-12-02T00:00",
    "no dia 2 de dezembro à 00:00",
    "on 2 December at 00:00",
    "el 2 de diciembre a las 00:00",
  ],
  [
    "2027-01-01T14:00",
    "no dia 1º de janeiro às 14:00",
    "on 1 January at 14:00",
    "el 1 de enero a las 14:00",
  ],
  [
    "2027-11-24T14:00",
    "no dia 24 de novembro às 14:00",
    "on 24 November at 14:00",
    "el 24 de noviembre a las 14:00",
  ],
  [
    "2027-11-25T14:00",
    "no dia 25 de novembro de 2027 às 14:00",
    "on 25 November 2027 at 14:00",
    "el 25 de noviembre de 2027 a las 14:00",
  ],
  [
    "2026-11-24T14:00",
    "no dia 24 de novembro de 2026 às 14:00",
    "on 24 November 2026 at 14:00",
    "el 24 de noviembre de 2026 a las 14:00",
  ],
];

Deno.test("a moment is named as people do: by the hour, the day, the weekday or the date", () => {
  for (const [moment, ...names] of NAMES) {
    const written = (["pt-BR", "en", "es"] as const).map((language) =>
      writeMoment(at(moment), at(NOW), "America/Sao_Paulo", language)
    );
    assertEquals(written, names, moment);
  }
});

Deno.test("which day it is, the clocks of the zone say", () => {
  const momentMs = at("2026-11-26T09:00", "Asia/Tokyo");
  const name = (nowMs: number, timeZone: string) => writeMoment(momentMs, nowMs, timeZone, "en");
  assertEquals(name(at("2026-11-26T00:00", "Asia/Tokyo"), "Asia/Tokyo"), "today at 09:00");
  assertEquals(name(at("2026-11-25T23:59", "Asia/Tokyo"), "Asia/Tokyo"), "tomorrow at 09:00");
  assertEquals(name(at("2026-11-26T00:00", "Asia/Tokyo"), "America/Sao_Paulo"), "today at 21:00");
  // The night in which clocks were put forward has 23 hours, and is still one night.
  const newYork = "America/New_York";
  const afterMs = at("2026-03-08T23:30", newYork);
  assertEquals(
    writeMoment(afterMs, at("2026-03-07T23:45", newYork), newYork, "en"),
    "tomorrow at 23:30",
  );
});

Deno.test("a customer is told when the team is back, or else that it will answer", () => {
  const back = momentOf(at("2026-11-30T09:00"), at(NOW), "America/Sao_Paulo");
  assertEquals([say({ text: "away", back }, "pt-BR"), say({ text: "away" }, "pt-BR")], [
    "Recebemos sua mensagem, mas nossa equipe não está atendendo agora. " +
    "Voltamos na segunda-feira às 09:00.",
    "Recebemos sua mensagem, mas nossa equipe não está atendendo agora. " +
    "Responderemos assim que possível.",
  ]);
  assertEquals([say({ text: "away", back }, "en"), say({ text: "away" }, "en")], [
    "We have received your message, but our team is away right now. " +
    "We will be back on Monday at 09:00.",
    "We have received your message, but our team is away right now. " +
    "We will answer as soon as we can.",
  ]);
  assertEquals([say({ text: "away", back }, "es"), say({ text: "away" }, "es")], [
    "Recibimos su mensaje, pero nuestro equipo no está atendiendo en este momento. " +
    "Volvemos el lunes a las 09:00.",
    "Recibimos su mensaje, pero nuestro equipo no está atendiendo en este momento. " +
    "Le responderemos en cuanto podamos.",
  ]);
});

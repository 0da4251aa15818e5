import { assertEquals } from "@std/assert";
import {
  monthName,
  readMonth,
  readWeekday,
  weekdayName,
  WEEKDAYS,
} from "../../src/time/calendar.ts";
import { fold } from "../../src/words/fold.ts";
import { LANGUAGE_TAGS } from "../../src/words/language.ts";

Deno.test("days and months are known by their names and by three letters or more of them", () => {
  for (const language of LANGUAGE_TAGS) {
    for (const weekday of WEEKDAYS) {
      const [name = ""] = weekdayName(weekday, language).split("-");
      for (let length = 3; length <= name.length; length++) {
        const beginning = name.slice(0, length);
        assertEquals(readWeekday(beginning), weekday, beginning);
        assertEquals(readWeekday(fold(beginning).toUpperCase()), weekday, beginning);
      }
      assertEquals(readWeekday(`${name}s`), weekday, name);
    }
    for (let month = 1; month <= 12; month++) {
      const name = monthName(month, language);
      for (let length = 3; length <= name.length; length++) {
        assertEquals(readMonth(name.slice(0, length)), month, name);
      }
    }
  }
});

Deno.test("their names are those that every calendar has", () => {
  for (const language of LANGUAGE_TAGS) {
    const format = (part: Intl.DateTimeFormatOptions, ms: number) =>
      new Intl.DateTimeFormat(language, { ...part, timeZone: "UTC" }).format(ms);
    // The first of January 2024 was a Monday.
    for (const [index, weekday] of WEEKDAYS.entries()) {
      const name = format({ weekday: "long" }, Date.UTC(2024, 0, 1 + index));
      assertEquals(weekdayName(weekday, language), name);
    }
    for (let month = 1; month <= 12; month++) {
      assertEquals(
        monthName(month, language),
        format({ month: "long" }, Date.UTC(2024, month - 1)),
      );
    }
  }
});

Deno.test("what could be another day or month, or none, is none", () => {
  for (const word of ["", "s", "t", "m", "qu", "do", "mond ay", "lundi", "mondayy", "junho"]) {
    assertEquals(readWeekday(word), undefined, word);
  }
  for (const word of ["", "ma", "ju", "natal", "sexta"]) {
    assertEquals(readMonth(word), undefined, word);
  }
});

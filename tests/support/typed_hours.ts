/** Weeks of office hours drawn by chance, and as somebody might type them. */
import { weekdayName, WEEKDAYS, weekdayShortName } from "../../src/time/calendar.ts";
import { fold } from "../../src/words/fold.ts";
import { type Language, LANGUAGE_TAGS } from "../../src/words/language.ts";
import type { Hours } from "../../src/hours/hours.ts";
import { shiftsInOrder } from "../../src/hours/shift.ts";
import { Chance } from "../simulation/chance.ts";

/** A week with some closed days, several alike, and shifts over midnight; never closed altogether. */
export function anyHours(chance: Chance): Hours {
  const kinds = Array.from({ length: 3 }, () => anyShifts(chance));
  const hours = Object.fromEntries(
    WEEKDAYS.map((weekday) => [weekday, chance.happens(0.3) ? [] : chance.pick(kinds)!]),
  ) as Hours;
  return WEEKDAYS.some((weekday) => hours[weekday].length) ? hours : anyHours(chance);
}

function anyShifts(chance: Chance): Hours["mon"] {
  const times = new Set(
    Array.from({ length: 2 * chance.between(1, 3) }, () => chance.between(0, 96) * 15),
  );
  const ordered = [...times].sort((a, b) => a - b);
  const shifts = [];
  for (let at = 0; at + 1 < ordered.length; at += 2) {
    shifts.push({ fromMinute: ordered[at]!, toMinute: ordered[at + 1]! });
  }
  const last = shifts.at(-1);
  if (!last) return anyShifts(chance);
  if (chance.happens(0.2)) last.toMinute = 24 * 60 + chance.between(0, last.fromMinute - 1);
  return shiftsInOrder(shifts);
}

/** A week as somebody might type it: their language, habits and care drawn by chance. */
export function typedBy(chance: Chance, hours: Hours): string {
  const language = chance.pick(LANGUAGE_TAGS)!;
  const separator = chance.pick(["; ", "\n", ", ", " / ", " ", ". "])!;
  const groups = Map.groupBy(WEEKDAYS, (weekday) => JSON.stringify(hours[weekday]));
  const pieces = [...groups].flatMap(([shifts, weekdays]) => {
    const isClosed = shifts === "[]";
    if (isClosed && chance.happens(0.5)) return [];
    const days = typedDays(chance, weekdays, language);
    if (isClosed) return [`${days} ${chance.pick(["fechado", "closed", "cerrado", "off"])}`];
    const times = hours[weekdays[0]!].map((shift) => typedShift(chance, shift))
      .join(chance.pick([", ", " e ", " y ", " and ", " / ", " "]));
    return [`${days}${chance.pick([" ", ": ", " - ", " das "])}${times}`];
  });
  const text = pieces.join(separator);
  return chance.happens(0.2) ? fold(text) : chance.happens(0.1) ? text.toUpperCase() : text;
}

function typedDays(
  chance: Chance,
  weekdays: readonly (typeof WEEKDAYS[number])[],
  language: Language,
): string {
  const name = (weekday: typeof WEEKDAYS[number]) =>
    chance.happens(0.5)
      ? weekdayName(weekday, language)
      : weekdayShortName(weekday, language) + chance.pick(["", "."]);
  const between = chance.pick(["-", " - ", "–", " a ", " à ", " to ", " até ", " hasta "])!;
  const and = chance.pick([",", ", ", " e ", " y ", " and ", "/", " "])!;
  const first = WEEKDAYS.indexOf(weekdays[0]!);
  const isRun = weekdays.length > 1 && weekdays.every((each, n) => each === WEEKDAYS[first + n]);
  if (!isRun || chance.happens(0.3)) return weekdays.map(name).join(and);
  return `${name(weekdays[0]!)}${between}${name(weekdays.at(-1)!)}`;
}

function typedShift(chance: Chance, shift: Hours["mon"][number]): string {
  const times = [shift.fromMinute, shift.toMinute > 1440 ? shift.toMinute - 1440 : shift.toMinute];
  // Without a word, 11:00-10:30 could end in the evening.
  const isClear = shift.toMinute < 1440 + 600;
  const isWholeDay = shift.toMinute - shift.fromMinute === 1440;
  const style = !isClear ? chance.pick([1, 4]) : chance.between(0, isWholeDay ? 3 : 4);
  return times.map((minute) => {
    const hour = Math.floor(minute / 60);
    const minutes = minute % 60;
    const padded = String(minutes).padStart(2, "0");
    if (style === 0) return `${String(hour).padStart(2, "0")}:${padded}`;
    if (style === 1) return `${hour}h${minutes ? padded : chance.pick(["", "00", "oras"])}`;
    if (style === 2) {
      return `${String(hour).padStart(2, "0")}.${padded}${chance.pick(["", "h", " hs"])}`;
    }
    if (style === 3) return `${String(hour).padStart(2, "0")}${padded}`;
    const half = hour % 24 < 12
      ? chance.pick(["am", " AM", " a.m."])
      : chance.pick(["pm", " PM", " p. m."]);
    return `${hour % 12 || 12}${minutes ? `:${padded}` : ""}${half}`;
  }).join(chance.pick(["-", " - ", "–", " a ", " às ", " to ", " até ", " hasta las "]));
}

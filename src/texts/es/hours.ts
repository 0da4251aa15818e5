/** What is said about hours: when the team is back, and what is wrong with a schedule, in Spanish. */
import { monthName, weekdayName } from "../../time/calendar.ts";
import { type HolidaysProblem, MAX_HOLIDAY_NAME, MAX_HOLIDAYS } from "../../hours/holidays.ts";
import { MAX_SHIFTS } from "../../hours/hours.ts";
import type { HoursProblem } from "../../hours/problem.ts";
import type { Moment } from "../../time/moment.ts";
import type { Texts } from "../notice.ts";

export const hours = {
  "away": ({ back }) =>
    "Recibimos su mensaje, pero nuestro equipo no está atendiendo en este momento. " +
    (back ? `Volvemos ${moment(back)}.` : "Le responderemos en cuanto podamos."),
  "moment": (notice) => moment(notice.moment),
} satisfies Partial<Texts>;

function moment({ by, weekday, dayOfMonth, month, year, time }: Moment): string {
  const date = `el ${dayOfMonth} de ${monthName(month, "es")}`;
  const day = {
    "today": "hoy",
    "tomorrow": "mañana",
    "weekday": `el ${weekdayName(weekday, "es")}`,
    "date": date,
    "full date": `${date} de ${year}`,
  }[by];
  return `${day} a ${time.startsWith("01") ? "la" : "las"} ${time}`;
}

/** What is wrong with office hours. */
export function hoursReason(problem: HoursProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltan los días y las horas.";
    case "never":
      return "la atención nunca estaría abierta. Para no tener horario de atención: /reset hours";
    case "unknown word":
      return `“${problem.piece}” no es un día ni una hora.`;
    case "no such time":
      return `la hora en “${problem.piece}” no existe.`;
    case "half":
      return `“${problem.piece}” necesita un comienzo y un fin, como en 09:00-18:00.`;
    case "no length":
      return `“${problem.piece}” termina cuando empieza. El día entero es 00:00-24:00.`;
    case "am or pm":
      return `“${problem.piece}” puede ser de la mañana o de la tarde. Escriba 09:00-17:00.`;
    case "range":
      return `no está claro desde dónde hasta dónde va “${problem.piece}”. ` +
        "Separe con comas lo que no es un solo intervalo: lun,mié,vie";
    case "overlap":
      return `estas horas se superponen: “${problem.piece}”.`;
    case "too many":
      return `son como máximo ${MAX_SHIFTS} horarios por día.`;
    case "no days":
      return `faltan los días de “${problem.piece}”.`;
    case "no times":
      return `faltan las horas de “${problem.piece}”.`;
    case "holidays":
      return `“${problem.piece}”: los feriados son días cerrados. ` +
        "Sus fechas se definen con /set holidays";
    case "twice":
      return `“${problem.pieces[0]}” y “${problem.pieces[1]}” dicen cosas distintas sobre ` +
        `el ${weekdayName(problem.weekday, "es")}. ` +
        "Escriba cada día una sola vez, con todas sus horas.";
  }
}

/** What is wrong with holidays. */
export function holidaysReason(problem: HolidaysProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltan las fechas. Para no tener ninguna: /reset holidays";
    case "no date":
      return `“${problem.piece}” no se puede leer como una fecha.`;
    case "no such date":
      return `la fecha en “${problem.piece}” no existe. ` +
        "Escriba día/mes (25/12) o mes-día (12-25).";
    case "backwards":
      return `“${problem.piece}” termina antes de empezar.`;
    case "long name":
      return `el nombre en “${problem.piece}” tiene más de ${MAX_HOLIDAY_NAME} caracteres.`;
    case "too many":
      return `puede haber como máximo ${MAX_HOLIDAYS} fechas.`;
  }
}

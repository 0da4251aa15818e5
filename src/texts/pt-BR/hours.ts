/** What is said about hours: when the team is back, and what is wrong with a schedule, in Brazilian Portuguese. */
import { monthName, weekdayName } from "../../time/calendar.ts";
import { type HolidaysProblem, MAX_HOLIDAY_NAME, MAX_HOLIDAYS } from "../../hours/holidays.ts";
import { MAX_SHIFTS } from "../../hours/hours.ts";
import type { HoursProblem } from "../../hours/problem.ts";
import type { Moment } from "../../time/moment.ts";
import type { Texts } from "../notice.ts";

export const hours = {
  "away": ({ back }) =>
    "Recebemos sua mensagem, mas nossa equipe não está atendendo agora. " +
    (back ? `Voltamos ${moment(back)}.` : "Responderemos assim que possível."),
  "moment": (notice) => moment(notice.moment),
} satisfies Partial<Texts>;

function moment({ by, weekday, dayOfMonth, month, year, time }: Moment): string {
  const isMasculine = weekday === "sat" || weekday === "sun";
  const date = `no dia ${dayOfMonth === 1 ? "1º" : dayOfMonth} de ${monthName(month, "pt-BR")}`;
  const day = {
    "today": "hoje",
    "tomorrow": "amanhã",
    "weekday": `${isMasculine ? "no" : "na"} ${weekdayName(weekday, "pt-BR")}`,
    "date": date,
    "full date": `${date} de ${year}`,
  }[by];
  return `${day} ${/^0[01]/.test(time) ? "à" : "às"} ${time}`;
}

/** What is wrong with office hours. */
export function hoursReason(problem: HoursProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltam os dias e os horários.";
    case "never":
      return "o atendimento nunca estaria aberto. Para não ter horário de atendimento: /restaurar horario";
    case "unknown word":
      return `“${problem.piece}” não é um dia nem um horário.`;
    case "no such time":
      return `o horário em “${problem.piece}” não existe.`;
    case "half":
      return `“${problem.piece}” precisa de um começo e um fim, como em 09:00-18:00.`;
    case "no length":
      return `“${problem.piece}” termina quando começa. O dia inteiro é 00:00-24:00.`;
    case "am or pm":
      return `“${problem.piece}” pode ser de manhã ou à tarde. Escreva 09:00-17:00.`;
    case "range":
      return `não está claro de onde até onde vai “${problem.piece}”. ` +
        "Separe com vírgulas o que não é um intervalo só: seg,qua,sex";
    case "overlap":
      return `estes horários se sobrepõem: “${problem.piece}”.`;
    case "too many":
      return `são no máximo ${MAX_SHIFTS} horários por dia.`;
    case "no days":
      return `faltam os dias de “${problem.piece}”.`;
    case "no times":
      return `faltam os horários de “${problem.piece}”.`;
    case "holidays":
      return `“${problem.piece}”: nos feriados o atendimento fica fechado. ` +
        "As datas são definidas com /definir feriados";
    case "twice":
      return `“${problem.pieces[0]}” e “${problem.pieces[1]}” dizem coisas diferentes sobre ` +
        `${weekdayName(problem.weekday, "pt-BR")}. ` +
        "Escreva cada dia uma vez só, com todos os seus horários.";
  }
}

/** What is wrong with holidays. */
export function holidaysReason(problem: HolidaysProblem): string {
  switch (problem.because) {
    case "empty":
      return "faltam as datas. Para não ter nenhuma: /restaurar feriados";
    case "no date":
      return `“${problem.piece}” não pode ser lido como uma data.`;
    case "no such date":
      return `a data em “${problem.piece}” não existe. ` +
        "Escreva dia/mês (25/12) ou mês-dia (12-25).";
    case "backwards":
      return `“${problem.piece}” termina antes de começar.`;
    case "long name":
      return `o nome em “${problem.piece}” tem mais de ${MAX_HOLIDAY_NAME} caracteres.`;
    case "too many":
      return `são no máximo ${MAX_HOLIDAYS} datas.`;
  }
}

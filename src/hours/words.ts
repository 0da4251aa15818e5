/**
 * The words in which people write office hours, in Portuguese, English and Spanish at once: what a
 * text says, word by word, before it is asked whether that makes a schedule.
 */
import { readWeekday, type Weekday, WEEKDAYS } from "../time/calendar.ts";
import { fold } from "../words/fold.ts";

/** A time of the day, as it was written. */
export interface Time {
  /** Minutes after midnight, up to 24:00. */
  minute: number;
  /** `plain` may be in the morning or in the evening, like `5` and `5:30`, but not `05` and `5h`. */
  clock: "plain" | "24 hours" | "am or pm";
}

/** What one word, sign or usual turn of phrase says. */
export type Meaning =
  | { says: "days"; days: readonly Weekday[] }
  /** Public holidays: no day of the week, but named along with them. */
  | { says: "holidays" }
  | { says: "time"; time: Time }
  /** Like 25:00. */
  | { says: "no time" }
  | { says: "all day" }
  | { says: "closed" }
  /** From one to another: `-`, `até`, `to`. */
  | { says: "to" }
  /** One and another: a comma, `e`, `and`. */
  | { says: "and" }
  /** What follows is from one *and* another: `entre 9 e 18`. */
  | { says: "between" }
  /** The end of a sentence. */
  | { says: "break" }
  | { says: "unknown" };

/** A meaning, with the stretch of the text that says it. */
export type Saying = Meaning & { from: number; to: number };

/** A pattern, and what a text says that fits it. */
type Rule = [pattern: RegExp, meaningsOf: (match: RegExpExecArray) => Meaning[]];

const just = (...meanings: Meaning[]) => () => meanings;
const every = (...days: Weekday[]): Meaning => ({ says: "days", days });
const timeAt = (hour: number): Meaning => ({
  says: "time",
  time: { minute: hour * 60, clock: "24 hours" },
});

/** One of these, unless it is only the beginning of a word. */
const words = (pattern: string) => new RegExp(`(?:${pattern})(?!\\p{L})`, "uy");

const HOUR_UNIT = "h|hs|hrs?|horas?|hours?";
const DAY_PART = "manha|manana|madrugada|morning|tarde|afternoon|evening|noite|noche|night";

/** All that can be said, folded. The first rule that fits counts. */
const RULES: Rule[] = [
  [/[;\n\r]/uy, just({ says: "break" })],
  [/(?:[^\S\n\r]|[:.…·•*|()[\]"“”'’=>¿?¡!\p{Cf}\p{M}])+/uy, just()],
  [/[-‐‑‒–—―−~]/uy, just({ says: "to" })],
  [/[,/&+]/uy, just({ says: "and" })],
  [
    words("24 ?[/x] ?7|sempre|siempre|always"),
    just(every(...WEEKDAYS), { says: "all day" }),
  ],
  [
    words("(?:o |todo )?dia (?:todo|inteiro)|todo (?:o|el) dia|all day"),
    just({ says: "all day" }),
  ],
  [
    words("todos (?:os |los )?dias|todo dia|cada dia|every ?day|daily|diariamente|(?:a )?diario"),
    just(every(...WEEKDAYS)),
  ],
  [
    words(
      "dias? (?:uteis|util|de semana|habil(?:es)?|laborables?|laborales)|entre semana" +
        "|weekdays?|(?:working |business |work ?)days",
    ),
    just(every("mon", "tue", "wed", "thu", "fri")),
  ],
  [
    words("(?:fim|fins|final|finais|fin|fines) de semana|week-? ?ends?"),
    just(every("sat", "sun")),
  ],
  [
    words(
      "(?:exceto|except|excepto|menos|salvo)(?: (?:os|aos|em|en|los|nos|on|for|public|bank))* " +
        "(?:feriados?|festivos?|holidays?)",
    ),
    just(),
  ],
  [
    words("(?:feriados?|festivos?)(?: naciona(?:is|les))?|(?:public |bank )?holidays?"),
    just({ says: "holidays" }),
  ],
  [
    words(
      "fechad[oa]s?|fechamos|cerrad[oa]s?|cerramos|closed|off|folga|descanso" +
        "|(?:nao|no) (?:abre|abrimos|atende|atendemos|atiende|funciona)" +
        "|sem (?:atendimento|expediente)|sin atencion",
    ),
    just({ says: "closed" }),
  ],
  // In Brazil the days have numbers: 2ª-feira is Monday.
  [
    /([2-6])(?:[ªº°]|a(?![\p{L}\p{N}]))\.?(?:[ -]?feiras?)?(?!\p{L})/uy,
    ([, number]) => [every(WEEKDAYS[Number(number) - 2]!)],
  ],
  [
    RegExp(
      "(?:(?<hour>\\d{1,2})(?:[:.](?<minutes>\\d{2})|h(?<minutesAfterH>\\d{2})(?:min)?)?" +
        "|(?<hourOfFour>\\d{2})(?<minutesOfFour>\\d{2}))(?!\\d)" +
        `(?<unit> ?(?:${HOUR_UNIT})(?!\\p{L}))?` +
        "(?:\\.? ?(?<half>[ap])\\.? ?m(?!\\p{L})" +
        `| (?:da|de la|por la|in the|at) (?<part>${DAY_PART})(?!\\p{L}))?`,
      "uy",
    ),
    ({ groups }) => [timeIn(groups!)],
  ],
  [words("meio[ -]?dia|medio ?dia|noon|midday"), just(timeAt(12))],
  [words("meia[ -]?noite|media ?noche|midnight"), just(timeAt(0))],
  [words("ate|as?|ao|to|til|till|until|through|thru|hasta|al"), just({ says: "to" })],
  [words("e|y|and"), just({ says: "and" })],
  [words("entre|between"), just({ says: "between" })],
  [
    words(
      "de|das?|dos|del|desde|from|on|at|the|os?|el|las?|los?|aos|nos?|nas?|em|en|in|feiras?" +
        `|dias?|days?|por|${HOUR_UNIT}|horarios?|abert[oa]s?|abiert[oa]s?|open|abre|abrimos` +
        "|atendemos|atendimento|atencion|funcionamento|apenas|somente|so|solo|only|partir",
    ),
    just(),
  ],
  [/(\p{L}+)(?:\.?-?feiras?(?!\p{L}))?/uy, (match) => {
    const day = readWeekday(match[1]!) ?? initialOfDay(match[1]!, match.input);
    return [day ? every(day) : { says: "unknown" }];
  }],
  [/\d+|[^]/uy, just({ says: "unknown" })],
];

/**
 * Reads a text word by word. What says nothing here, such as articles, is left out.
 * @param text in composed letters (NFC)
 */
export function sayingsOf(text: string): Saying[] {
  const folded = foldedInPlace(text);
  const sayings: Saying[] = [];
  for (let from = 0; from < folded.length;) {
    const [length, meanings] = nextOf(folded, from);
    const to = from + length;
    sayings.push(...meanings.map((meaning) => ({ ...meaning, from, to })));
    from = to;
  }
  return sayings;
}

function nextOf(folded: string, from: number): [length: number, meanings: Meaning[]] {
  for (const [pattern, meaningsOf] of RULES) {
    pattern.lastIndex = from;
    const match = pattern.exec(folded);
    if (match) return [match[0].length, meaningsOf(match)];
  }
  throw new Error("The last rule fits everything");
}

/** What some initials mean depends on the language: `M` is Monday in `M-F`, martes in `L,M,X`. */
function initialOfDay(initial: string, text: string): Weekday | undefined {
  const isAmong = (initials: string) =>
    new RegExp(`(?<!\\p{L})[${initials}](?!\\p{L})`, "u").test(text);
  if (initial === "m") return isAmong("lxjv") ? "tue" : isAmong("wf") ? "mon" : undefined;
  return initial === "s" && isAmong("lxjvd") ? "sat" : undefined;
}

/** Reads what the pattern of a time found. */
function timeIn(found: Record<string, string | undefined>): Meaning {
  const digits = found.hour ?? found.hourOfFour!;
  const minutes = Number(found.minutes ?? found.minutesAfterH ?? found.minutesOfFour ?? 0);
  const isHalf = found.half !== undefined || found.part !== undefined;
  const hour = isHalf ? hourIn(found, Number(digits)) : Number(digits);
  const minute = hour * 60 + minutes;
  if (minutes >= 60 || !(minute <= 24 * 60)) return { says: "no time" };
  const isOf24 = found.hourOfFour !== undefined || found.minutesAfterH !== undefined ||
    found.unit !== undefined || !/^([1-9]|1[0-2])$/.test(digits);
  const clock = isHalf ? "am or pm" : isOf24 ? "24 hours" : "plain";
  return { says: "time", time: { minute, clock } };
}

/** The hour of the day that an hour is in a half or a part of it. Who says 18 pm means 18. */
function hourIn({ half, part = "" }: { half?: string; part?: string }, hour: number): number {
  const isAfterMidnight = /^n/.test(part) && (hour < 5 || hour === 12);
  const isMorning = half === "a" || /^m/.test(part) || isAfterMidnight;
  if (hour > 12) return isMorning ? NaN : hour;
  return hour % 12 + (isMorning ? 0 : 12);
}

/** Folds letter by letter, so that each stays in its place. */
function foldedInPlace(text: string): string {
  const letters = [...text].map((letter) => {
    const folded = /[^\S\n\r]/u.test(letter) ? " " : fold(letter);
    return folded.length === letter.length ? folded : letter;
  });
  return letters.join("");
}

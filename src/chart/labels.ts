/** What is written in the picture beside its bars: names of numbers, counts, days. */
import type { StatsWording } from "../texts/stats_message.ts";
import type { StatsLabel } from "../texts/notices/stats.ts";

/** The labels of one picture, in its language. */
export class Labels {
  readonly #wording: StatsWording;
  readonly #number: Intl.NumberFormat;

  constructor(wording: StatsWording) {
    this.#wording = wording;
    this.#number = new Intl.NumberFormat(wording.language);
  }

  /** What something in the picture is called. */
  of(label: StatsLabel): string {
    return this.#wording.texts["stats-label"]({ text: "stats-label", label });
  }

  /** A number of messages, conversations or ratings. */
  count(value: number): string {
    return this.#number.format(value);
  }

  /** A date, like `2026-03-03`: `seg 3` in a week, `03/03` in a month. */
  day(date: string, isWeek: boolean): string {
    const write = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(this.#wording.language, { ...options, timeZone: "UTC" })
        .format(Date.parse(date));
    if (!isWeek) return write({ day: "numeric", month: "numeric" });
    return `${write({ weekday: "short" }).replace(".", "")} ${write({ day: "numeric" })}`;
  }
}

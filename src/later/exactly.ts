/** A moment as it is written out where nobody may mistake it. */
import type { Language } from "../words/language.ts";

/** `Monday, November 30, 2026 at 09:00`, in a language and by the clocks of a time zone. */
export function sayExactly(
  ms: number,
  { language, timeZone }: { language: Language; timeZone: string },
): string {
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    dateStyle: "full",
    timeStyle: "short",
    hourCycle: "h23",
  });
  return format.format(ms);
}

/** stub */
export type Holidays = Record<string, never>;
export type HolidaysProblem = { because: "empty" };
export function readHolidays(
  _t: string,
): { holidays: Holidays; problem?: undefined } | {
  holidays?: undefined;
  problem: HolidaysProblem;
} {
  return { problem: { because: "empty" } };
}
export function writeHolidays(_h: Holidays): string {
  return "";
}

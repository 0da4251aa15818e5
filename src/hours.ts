/** stub */
export type Hours = Record<string, never>;
export type HoursProblem = { because: "empty" };
export function readHours(
  _t: string,
): { hours: Hours; problem?: undefined } | { hours?: undefined; problem: HoursProblem } {
  return { problem: { because: "empty" } };
}
export function writeHours(_h: Hours): string {
  return "";
}

/** Moments as the clocks of a zone show them, by the runtime's own calendar instead of ours. */

/** The moment at which the clocks of a zone show this, such as `2026-11-25T09:00`. */
export function at(shows: string, timeZone = "America/Sao_Paulo"): number {
  return Temporal.PlainDateTime.from(shows).toZonedDateTime(timeZone).epochMilliseconds;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export function trueOffsetMs(ms: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return zoned.offsetNanoseconds / 1e6;
}

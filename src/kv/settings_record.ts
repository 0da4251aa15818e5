/** A desk's settings as they lie in the database, and as earlier programs left them there. */
import { readHolidays } from "../hours/holidays.ts";
import { readHours } from "../hours/hours.ts";
import type { Settings } from "../settings/settings.ts";
import { fromStored, type Stored } from "./records.ts";

/** The first form kept hours and holidays as words. */
interface WordedSettings extends Omit<Settings, "hours" | "holidays"> {
  hours?: string;
  holidays?: string;
}

/** Takes settings out of whichever form they are in. Throws `NewerRecord` as `fromStored` does. */
export function settingsFrom(entry: Deno.KvEntryMaybe<Stored<unknown>>): Settings {
  const stored = fromStored(entry);
  if (stored === null) return {};
  if (entry.value!.v > 1) return stored as Settings;
  const { hours, holidays, ...others } = stored as WordedSettings;
  return { ...others, ...understood(hours, holidays) };
}

/** What words meant: they stay in the database until an administrator decides something. */
const known = new Map<string, Pick<Settings, "hours" | "holidays">>();

/** What words mean, each read once. Such as no program wrote decide nothing. */
function understood(hours = "", holidays = ""): Pick<Settings, "hours" | "holidays"> {
  const words = JSON.stringify([hours, holidays]);
  const before = known.get(words);
  if (before) return before;
  const week = readHours(hours);
  const dates = readHolidays(holidays);
  const meant = {
    ...("problem" in week ? {} : { hours: week }),
    ...("problem" in dates ? {} : { holidays: dates }),
  };
  known.set(words, meant);
  return meant;
}

/** Placeholders: names in braces that become facts when a comment goes to the customer. */
import type { Customer } from "../conversation/conversation.ts";
import { hourOf, localMsAt } from "../time/local_time.ts";
import { fold } from "../words/fold.ts";
import type { Formatted } from "../words/formatted.ts";
import { inEach, type Language } from "../words/language.ts";
import { isInvisible, NO_NAME } from "../words/visible.ts";
import type { Vocabulary } from "../words/vocabulary.ts";

/** What can stand in braces. */
export type Placeholder = Exclude<keyof Vocabulary["placeholders"], "back">;

/** A part of the day, as a greeting names it. */
export type PartOfDay = "morning" | "afternoon" | "evening";

/** The names that are understood, in any of our languages, and what they stand for. */
const PLACEHOLDER_NAMES: Names<Placeholder> = new Map(
  inEach(({ placeholders: { back: _back, ...others } }) => Object.entries(others)).flat()
    .map(([meaning, name]) => [name, meaning as Placeholder]),
);

/** When the team is back: in the words for when nobody is there. */
export const BACK_NAMES: Names<"back"> = new Map(
  inEach(({ placeholders }) => [placeholders.back, "back"]),
);

/** What each name stands for. */
type Names<Name> = ReadonlyMap<string, Name>;

/** A name of letters; longer ones are no mistyped names. */
const PATTERN = /\{([\p{L}\p{M}_]{1,32})\}/gu;

/** Whether there is anything to fill in. */
export function hasPlaceholders(words: Formatted): boolean {
  return bracesIn(words).some(({ name }) => meaningOf(name, PLACEHOLDER_NAMES) !== undefined);
}

/** How many unknown placeholders people are told of. */
export const MOST_UNKNOWN_NAMED = 10;

/** What looks like a placeholder but is none: probably mistyped. */
export function unknownPlaceholders(words: Formatted): string[] {
  const unknown = bracesIn(words).filter(({ name }) => !meaningOf(name, PLACEHOLDER_NAMES));
  return [...new Set(unknown.map(({ whole }) => whole))];
}

/** A name in braces, and where the first of them is. */
interface Braces {
  whole: string;
  name: string;
  index: number;
}

/** The names in braces that may be meant; what is shown as code is meant as it stands there. */
function bracesIn({ text, entities }: Formatted): Braces[] {
  const codes = entities.filter(({ type }) => type === "code" || type === "pre");
  return [...text.matchAll(PATTERN)]
    .map(({ 0: whole, 1: name = "", index }) => ({ whole, name, index }))
    .filter(({ whole, index }) =>
      !codes.some(({ offset, length }) =>
        offset <= index && index + whole.length <= offset + length
      )
    );
}

/** Whether a name stands for when the team is back. */
export function isBack(name: string): boolean {
  return meaningOf(name, BACK_NAMES) !== undefined;
}

/** What the facts are taken from. */
export interface PlaceholderFacts {
  customer: Customer;
  /** Who signs. */
  agent: string;
  nowMs: number;
  timeZone: string;
  /** The desk's language. */
  language: Language;
  greet: (part: PartOfDay) => string;
}

/** The fact a placeholder stands for; may be empty. */
export function valueOf(placeholder: Placeholder, facts: PlaceholderFacts): string {
  const { customer, agent, nowMs, timeZone, language, greet } = facts;
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options }).format(nowMs);
  switch (placeholder) {
    case "first_name":
      return seen(customer.firstName);
    case "last_name":
      return seen(customer.lastName ?? "");
    case "full_name":
      return [seen(customer.firstName), seen(customer.lastName ?? "")].filter(Boolean).join(" ");
    case "id":
      return String(customer.id);
    case "agent":
      return seen(agent);
    case "greeting":
      return greet(partOfDay(nowMs, timeZone));
    case "date":
      return write({ dateStyle: "short" });
    case "time":
      return write({ timeStyle: "short" });
  }
}

/**
 * Puts facts in the places of their names. Formatting stays on the words it was on; what begins or
 * ends inside a name covers the whole fact. A fact that is empty takes one space before it along. A
 * name with a capital makes its fact begin with one. What is shown as code stays as it is.
 */
export function fillIn<Name extends string = Placeholder>(
  words: Formatted,
  value: (placeholder: Name) => string,
  names = PLACEHOLDER_NAMES as Names<Name>,
): Formatted {
  const { text, entities } = words;
  /** The replaced stretches, before and after. */
  const stretches: { from: number; to: number; newFrom: number; newTo: number }[] = [];
  let filled = "";
  let end = 0;
  for (const { whole, name, index } of bracesIn(words)) {
    const meaning = meaningOf(name, names);
    if (meaning === undefined) continue;
    const fact = withCaseOf(name, value(meaning));
    const hasSpaceToTake = fact === "" && index > end && text[index - 1] === " ";
    const from = hasSpaceToTake ? index - 1 : index;
    filled += text.slice(end, from);
    const to = index + whole.length;
    stretches.push({ from, to, newFrom: filled.length, newTo: filled.length + fact.length });
    filled += fact;
    end = to;
  }
  filled += text.slice(end);

  const moved = (at: number, edge: "newFrom" | "newTo") => {
    const last = stretches.findLast(({ from }) => from <= at);
    if (!last) return at;
    return at < last.to && at > last.from
      ? last[edge]
      : at === last.from
      ? last.newFrom
      : at - last.to + last.newTo;
  };
  return {
    text: filled,
    entities: entities.flatMap((entity) => {
      const offset = moved(entity.offset, "newFrom");
      const length = moved(entity.offset + entity.length, "newTo") - offset;
      return length > 0 ? [{ ...entity, offset, length }] : [];
    }),
  };
}

function meaningOf<Name>(name: string, names: Names<Name>): Name | undefined {
  return names.get(fold(name));
}

/** A name, if there is one: after a lost database a card may have said that there is none. */
function seen(name: string): string {
  return isInvisible(name) || name === NO_NAME ? "" : name;
}

function withCaseOf(name: string, fact: string): string {
  const isCapital = name[0] !== name[0]!.toLowerCase();
  return isCapital ? fact.charAt(0).toUpperCase() + fact.slice(1) : fact;
}

function partOfDay(nowMs: number, timeZone: string): PartOfDay {
  const hour = hourOf(localMsAt(nowMs, timeZone));
  return hour >= 5 && hour < 12 ? "morning" : hour >= 12 && hour < 18 ? "afternoon" : "evening";
}

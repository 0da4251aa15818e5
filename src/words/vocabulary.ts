/** What a language has to bring along: the words that are read or written by rule, not in sentences. */
import type { LanguageCode } from "grammy/types";

/** Words parted by spaces, without accents and case; a dash joins what is one of several words. */
type Words = string;

/** Alternatives of a regular expression, parted by `|`. */
type Pattern = string;

type Seven = readonly [string, string, string, string, string, string, string];
type Six = readonly [string, string, string, string, string, string];
type Five = readonly [Words, Words, Words, Words, Words];

/**
 * The words of one language. What is read is read in all our languages at once, whichever the desk's
 * is; where nothing is said of it, an empty text or object leaves something out.
 */
export interface Vocabulary {
  /** How Telegram names it: the two letters its IETF tags begin with (Bot API, setMyCommands). */
  readonly code: LanguageCode;
  /** What it is called, by those who speak it and by others. */
  readonly names: Words;
  /** The days of the week, from Monday on. */
  readonly weekdays: Seven;
  /** Their usual short forms that are not the first three letters or more. */
  readonly shortWeekdays: readonly [Words, Words, Words, Words, Words, Words, Words];
  /** The months, from January on. */
  readonly months: readonly [...Six, ...Six];
  /** Whether 25/12 is how a date is written, and not 12-25. */
  readonly isDayFirst: boolean;
  /** What switches something on, or off. */
  readonly on: Words;
  readonly off: Words;
  /** To each as much as to others. */
  readonly evenly: Words;
  /** What adds nothing to a value: please, turn on, for six months. */
  readonly filler: Words;
  /** The numbers from one to twelve, in all their forms. */
  readonly numbers: readonly [...Six, ...Six];
  readonly half: Words;
  /** How lengths of time are written. */
  readonly spans: SpanWords;
  /** How moments to come are written. */
  readonly moments: MomentWords;
  /** What people call the priorities from 1 to 5. */
  readonly priorities: Five;
  /** What may be written beside one of them: *priority*, *level*. */
  readonly priorityNames: Words;
  /** How people are named who have, or are to have, a conversation. */
  readonly people: PeopleWords;
  /** Words that say nothing about what is looked for. */
  readonly stopWords: Words;
  /** What is written in braces, without accents and case, for a fact that is filled in. */
  readonly placeholders: {
    readonly first_name: string;
    readonly last_name: string;
    readonly full_name: string;
    readonly id: string;
    readonly agent: string;
    readonly greeting: string;
    readonly date: string;
    readonly time: string;
    /** When the team is back: only in the words for when nobody is there. */
    readonly back: string;
  };
  /** Commands that have names of their own; the first is the one that its speakers are shown. */
  readonly commands: { readonly [command: string]: Words };
  /** Settings that have names of their own; the first is the one that its speakers are shown. */
  readonly settings: { readonly [setting: string]: Words };
  /** How dates are written, in composed letters. */
  readonly dates: DateWords;
  /** How office hours are written, without accents and case. */
  readonly hours: HourWords;
}

/** Units of time behind a number, or alone for one of them. */
export interface SpanWords {
  readonly days: Words;
  readonly weeks: Words;
  readonly months: Words;
  readonly quarters: Words;
  readonly halfYears: Words;
  readonly years: Words;
  /** Between one length and another that is added to it. */
  readonly and: Words;
  /** Before a length that ends now: the last, this. */
  readonly recent: Words;
  /** At no time, which may mean never kept, and never deleted. */
  readonly never: Words;
  /** Without an end. */
  readonly forever: Words;
}

/** Moments to come, apart from the names of days and months. */
export interface MomentWords {
  /** Units behind a number. */
  readonly minutes: Words;
  readonly hours: Words;
  readonly today: Words;
  readonly tomorrow: Words;
  readonly dayAfterTomorrow: Words;
  /** Before a length of time, a time of the day and a day; without accents and case. */
  readonly in: Pattern;
  readonly at: Pattern;
  readonly on: Pattern;
  /** Behind the first word of a weekday's name. */
  readonly ofWeekday: Pattern;
}

/** Whom a conversation is given to. */
export interface PeopleWords {
  /** Who says it. */
  readonly me: Words;
  readonly nobody: Words;
  /** Before a name. */
  readonly to: Words;
}

/** What stands around the numbers and the months of dates. */
export interface DateWords {
  /** Behind the number of a day: 1st, 1º. */
  readonly ordinal: Pattern;
  /** Between day and month, and between month and year. */
  readonly of: Pattern;
  readonly ofYear: Pattern;
  /** Before the first of several days, between it and the last, and before that one. */
  readonly from: Pattern;
  readonly to: Pattern;
  readonly the: Pattern;
  /** Between one date and another. */
  readonly and: Pattern;
  /** What follows is from one *and* another. */
  readonly between: Pattern;
}

/** What stands around the days and the times of office hours. */
export interface HourWords {
  /** Each day, round the clock. */
  readonly always: Pattern;
  /** Round the clock. */
  readonly allDay: Pattern;
  readonly everyDay: Pattern;
  /** From Monday to Friday. */
  readonly workdays: Pattern;
  readonly weekend: Pattern;
  readonly holidays: Pattern;
  /** But for holidays, and what may stand between. */
  readonly except: Pattern;
  readonly exceptFor: Pattern;
  readonly closed: Pattern;
  /** Behind a number that is an hour. */
  readonly unit: Pattern;
  /** Before a part of the day that says which half of it is meant, and these parts. */
  readonly inThe: Pattern;
  readonly morning: Pattern;
  readonly afternoon: Pattern;
  /** Up to midnight, and after it. */
  readonly night: Pattern;
  readonly noon: Pattern;
  readonly midnight: Pattern;
  /** From one to another. */
  readonly to: Pattern;
  /** One and another. */
  readonly and: Pattern;
  /** What follows is from one *and* another. */
  readonly between: Pattern;
  /** What says nothing: articles, and words such as *open*. */
  readonly filler: Pattern;
}

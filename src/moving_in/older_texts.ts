/**
 * The texts that the older bot of this kind had in its `.env`, as the desk's own. They are read as
 * that bot read them (https://github.com/theskumar/python-dotenv), with the line of each.
 */
import { readSetting } from "../settings/reading.ts";
import type { OwnText } from "../settings/settings.ts";
import { type Formatted, MAX_TEXT, plain } from "../words/formatted.ts";
import type { LineProblem } from "./mongo_export.ts";

/** What customers are told at the start, at another start, and at the end. */
const OWN_TEXT_OF: Record<string, OwnText> = {
  START_MSG: "welcome",
  RESTART_MSG: "restart",
  END_MSG: "end",
};

/** One of the desk's own texts. */
export interface OwnWords {
  name: OwnText;
  words: Formatted;
}

/** What becomes of a `.env`. */
export interface ReadTexts {
  texts: OwnWords[];
  problems: LineProblem[];
}

/** `NAME=value`, the value in quotes of either kind, over several lines too, or up to a comment. */
const VARIABLE =
  /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*=[^\S\n]*(?:'((?:\\[^]|[^'\\])*)'|"((?:\\[^]|[^"\\])*)"|([^'"\n][^\n]*)?)[^\S\n]*(?:#[^\n]*)?(?=\n|$)/uy;

/** Reads the text of a file. Of several variables of one name the last counts; empty ones do not. */
export function readOlderTexts(text: string): ReadTexts {
  const texts = new Map<OwnText, OwnWords>();
  const problems: LineProblem[] = [];
  for (const each of variablesIn(text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n"))) {
    const place = `line ${each.line}`;
    if (each.name === undefined) {
      const reason = "is no variable, NAME=value, or has a quote that is not closed: correct it";
      problems.push({ place, reason });
      continue;
    }
    const name = OWN_TEXT_OF[each.name];
    if (name === undefined || each.value.trim() === "") continue;
    const reason = problemOf(name, each.value);
    if (reason === null) texts.set(name, { name, words: plain(each.value.trim()) });
    else problems.push({ place, reason: `sets ${each.name}, which ${reason}` });
  }
  return { texts: [...texts.values()], problems };
}

/** A variable and the line on which it begins; without a name: a line that is none. */
type Variable = { line: number; name: string; value: string } | { line: number; name?: never };

function* variablesIn(text: string): Generator<Variable> {
  for (let at = 0, line = 1; at < text.length;) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const isEmpty = /^\s*(#|$)/.test(text.slice(at, end));
    VARIABLE.lastIndex = at;
    const found = isEmpty ? null : VARIABLE.exec(text);
    if (found) yield { line, name: found[1]!, value: valueOf(found) };
    else if (!isEmpty) yield { line };
    const next = (found ? VARIABLE.lastIndex : end) + 1;
    line += text.slice(at, next).split("\n").length - 1;
    at = next;
  }
}

/** What stands for what behind a backslash, in double quotes. */
const ESCAPED: Record<string, string> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

function valueOf([, , single, double, bare = ""]: RegExpExecArray): string {
  if (single !== undefined) return single.replace(/\\([\\'])/g, "$1");
  if (double !== undefined) {
    return double.replace(/\\([\\'"abfnrtv])/g, (_, letter) => ESCAPED[letter] ?? letter);
  }
  return bare.replace(/\s+#.*/, "").trimEnd();
}

function problemOf(name: OwnText, value: string): string | null {
  const read = readSetting(name, plain(value));
  if (read.kind !== "problem") return null;
  return read.problem.because === "long text"
    ? `has ${read.problem.length} characters, a bot may send ${MAX_TEXT}: shorten it`
    : "is a word to switch something, and no text for customers: set it in Telegram, by /set";
}

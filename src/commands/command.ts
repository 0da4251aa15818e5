/**
 * Commands: what there is, under which names, who may give it and where. Menus, the help and the
 * documentation's tables are made from this one list.
 */
import { defined } from "../values/defined.ts";
import { fold } from "../words/fold.ts";
import { type Formatted, slice } from "../words/formatted.ts";
import { type Language, LANGUAGE_TAGS, LANGUAGES, listOf } from "../words/language.ts";

/** Who may give a command. The creator is that of the group, or the desk's owner. */
export type Giver = "customer" | "team" | "admin" | "creator";

/** Where a command may be given: under a card, in the group, or in private with the bot. */
export type Where = "thread" | "group" | "private";

/** One command. */
export interface CommandRule {
  by: readonly Giver[];
  where: readonly Where[];
  /** It is given day by day: the help begins with these. */
  isEveryday?: true;
  /** It sends the customer something, in the order in which the team has written. */
  isAnswer?: true;
}

const IN_THREAD = { by: ["team"], where: ["thread"] } as const;
const EVERY_DAY = { ...IN_THREAD, isEveryday: true } as const;
const ANSWERING = { ...EVERY_DAY, isAnswer: true } as const;
const BY_ADMINS = { by: ["admin"], where: ["thread", "group", "private"] } as const;
const BY_CREATOR = { by: ["creator"], where: ["thread", "group", "private"] } as const;
const BY_CUSTOMERS = { by: ["customer"], where: ["private"] } as const;

/** Every command there is, in the order in which people are shown them. */
export const COMMANDS = {
  start: BY_CUSTOMERS,
  help: { by: ["customer", "team"], where: ["private", "thread", "group"] },
  terms: BY_CUSTOMERS,
  privacy: BY_CUSTOMERS,
  solved: BY_CUSTOMERS,
  close: EVERY_DAY,
  closesilent: IN_THREAD,
  reply: ANSWERING,
  pix: ANSWERING,
  priority: EVERY_DAY,
  assign: EVERY_DAY,
  tag: EVERY_DAY,
  who: EVERY_DAY,
  later: EVERY_DAY,
  undo: EVERY_DAY,
  ban: IN_THREAD,
  unban: { by: ["team"], where: ["thread", "group"] },
  notify: { by: ["team"], where: ["private"] },
  replies: BY_ADMINS,
  addreply: BY_ADMINS,
  renamereply: BY_ADMINS,
  delreply: BY_ADMINS,
  exportreplies: BY_ADMINS,
  importreplies: BY_ADMINS,
  settings: BY_ADMINS,
  set: BY_ADMINS,
  reset: BY_ADMINS,
  stats: BY_ADMINS,
  setup: { by: ["admin"], where: ["private"] },
  failed: BY_ADMINS,
  invite: { by: ["creator"], where: ["private"] },
  allow: BY_CREATOR,
  disallow: BY_CREATOR,
} as const satisfies Record<string, CommandRule>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

/** The names of all commands, in their order. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** What is known of a command. */
export function ruleOf(name: CommandName): CommandRule {
  return COMMANDS[name];
}

const byWord = new Map<string, CommandName>(
  COMMAND_NAMES.flatMap((name) => namesOfCommand(name).map((word) => [word, name] as const)),
);

/** What a command is called in a language; what its speakers are shown comes first. */
function namesIn(name: CommandName, language: Language): string[] {
  return listOf(LANGUAGES[language].commands[name] ?? name);
}

/** What speakers of a language are shown a command by. */
export function commandNameIn(name: CommandName, language: Language): string {
  return namesIn(name, language)[0]!;
}

/** All names of a command, its own first. */
export function namesOfCommand(name: CommandName): string[] {
  return [...new Set([name, ...LANGUAGE_TAGS.flatMap((language) => namesIn(name, language))])];
}

/** The command that is called so, whatever case and accents; `undefined`: none. */
export function commandNamed(word: string): CommandName | undefined {
  return byWord.get(fold(word));
}

/** The commands somebody may give somewhere, in their order. */
export function commandsFor(giver: Giver, where: Where): CommandName[] {
  return COMMAND_NAMES.filter((name) => {
    const rule = ruleOf(name);
    return rule.by.includes(giver) && rule.where.includes(where);
  });
}

/**
 * A command as speakers of a language are shown it, with what follows it and another of its names:
 * its own, if they are shown one of their language's.
 */
export function usageOf(
  name: CommandName,
  { takes, language }: { takes: string; language: Language },
): string {
  const shown = commandNameIn(name, language);
  const other = namesOfCommand(name).find((each) => each !== shown);
  return `/${shown}${takes === "" ? "" : ` ${takes}`}${other === undefined ? "" : ` (/${other})`}`;
}

/** A command as it was given. */
export interface GivenCommand {
  /** As it was written, without `/` and the bot's name. */
  word: string;
  /** Absent: there is no such command. */
  name?: CommandName;
}

/**
 * The command that a message's words begin with (Bot API, MessageEntity, bot_command); `null` if
 * they begin with none. `"of another bot"`: it names one that is not ours.
 */
export function commandGivenIn(
  words: Formatted | undefined,
  botUsername: string,
): GivenCommand | "of another bot" | null {
  const length = words ? commandLength(words) : 0;
  if (!words || length === 0) return null;
  const [word = "", addressee] = words.text.slice(1, length).split("@");
  if (addressee !== undefined && addressee.toLowerCase() !== botUsername.toLowerCase()) {
    return "of another bot";
  }
  const name = commandNamed(word);
  return { word, ...defined({ name }) };
}

/** What says nothing directly behind a command: `/p: 3`, `/p=3`, `/close!` */
const BEHIND_COMMAND = /^(?:[:=：＝](?=[\p{L}\p{N}])|[.,;:!=：＝！]+(?!\S))?\s*/u;

/** What follows the command in its message's words, with its formatting. */
export function wordsAfterCommand(words: Formatted): Formatted {
  const { text } = words;
  const [command = ""] = WORD.exec(text) ?? [];
  const [nothing = ""] = BEHIND_COMMAND.exec(text.slice(command.length)) ?? [];
  return slice(words, command.length + nothing.length, text.length);
}

/** A word behind a slash, whatever its letters: Telegram marks only those without accents. */
const WORD = /^\/[\p{L}\p{M}\p{N}_]+(?:@\w+)?/u;
const COMMAND = RegExp(`${WORD.source}(?!\\S)`, "u");

/** How long the command is that a text begins with; 0: it begins with none. */
function commandLength({ text, entities }: Formatted): number {
  const marks = entities.filter(({ offset }) => offset === 0);
  const marked = marks.find(({ type }) => type === "bot_command");
  if (marked) return marked.length;
  // What is shown as code is not meant as a command.
  if (marks.some(({ type }) => type === "code" || type === "pre")) return 0;
  return COMMAND.exec(text)?.[0].length ?? 0;
}

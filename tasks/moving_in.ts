/** What can move in from other bots: the files they left, what is read of each, and what is said. */
import {
  moveAnswersIn,
  moveConversationsIn,
  moveTextsIn,
  type MovingIn,
} from "../src/kv/moving_in.ts";
import { readBostrotUsers } from "../src/moving_in/bostrot.ts";
import type { FoundCustomers } from "../src/moving_in/customers.ts";
import { type LineProblem, readMongoExport } from "../src/moving_in/mongo_export.ts";
import { OLGRAM_COLUMN, olgramBotsIn, readOlgramUsers } from "../src/moving_in/olgram.ts";
import { readAnswers, readUsers } from "../src/moving_in/older_bot.ts";
import { readOlderTexts } from "../src/moving_in/older_texts.ts";
import { readTable } from "../src/moving_in/table.ts";
import { Refusal } from "./operator.ts";

/** The kinds of files, by the names of their options. */
export const SOURCES = ["users", "answers", "env", "olgram", "bostrot"] as const;

/** One of them. */
export type Source = typeof SOURCES[number];

/** Whether an option names a kind of files. */
export function isSource(option: string): option is Source {
  return SOURCES.some((each) => each === option);
}

/** Writes what a file holds, and tells of it; resolves with whether nothing was wrong in it. */
export type Move = (movingIn: MovingIn) => Promise<boolean>;

/** Reads a whole file. Throws a `Refusal` if it is not what was meant. */
export async function readSource(source: Source, path: string): Promise<Move> {
  const text = await readText(path);
  switch (source) {
    case "users":
      return moveCustomers(path, readUsers(readMongoExport(text), Date.now()), {
        leftOut: "put aside by the older bot",
        cards: "the older bot's",
      });
    case "bostrot":
      return moveCustomers(path, readBostrotUsers(readMongoExport(text), Date.now()), {
        leftOut: "of other messengers",
        cards: "the other bot's tickets",
      });
    case "olgram":
      return moveOlgramUsers(path, text);
    case "answers":
      return moveAnswers(path, text);
    case "env":
      return moveTexts(path, text);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await Deno.readFile(path));
  } catch (error) {
    const isText = !(error instanceof TypeError);
    const what = isText
      ? (error as Error).message
      : "it is not UTF-8; export with --out=FILE, or save it so";
    throw new Refusal(`${path} cannot be read: ${what}.`, { cause: error });
  }
}

function moveOlgramUsers(path: string, text: string): Move {
  const table = readTable(text, OLGRAM_COLUMN);
  const bots = olgramBotsIn(table);
  if (bots.length > 1) {
    throw new Refusal(
      `${path} holds the users of ${bots.length} bots (bot_id ${bots.slice(0, 5).join(", ")}` +
        `${bots.length > 5 ? " …" : ""}): export those of one, by “where bot_id = …”.`,
    );
  }
  return moveCustomers(path, readOlgramUsers(table, Date.now()), {
    cards: "the other bot's threads",
  });
}

/** Moves customers in; `leftOut` says who was left out, `cards` what leads nowhere any more. */
function moveCustomers(
  path: string,
  { conversations, leftOut, repeated, problems }: FoundCustomers,
  words: { leftOut?: string; cards: string },
): Move {
  return async (movingIn) => {
    tell(path, problems);
    const added = await moveConversationsIn(conversations, movingIn);
    const of = (wanted: string) => added.filter(({ status }) => status === wanted).length;
    console.log(
      `${path}: customers moved in: ${added.length} (${of("open")} open, ${of("closed")} closed, ` +
        `${of("banned")} banned); known already: ${conversations.length - added.length}; ` +
        `repeated, one of each counts: ${repeated}; ` +
        `${words.leftOut === undefined ? "" : `${words.leftOut}: ${leftOut}; `}` +
        `bad: ${problems.length}. Who writes again gets a new card: ${words.cards} lead nowhere.`,
    );
    return problems.length === 0;
  };
}

function moveAnswers(path: string, text: string): Move {
  const { answers, problems: unreadable } = readAnswers(readMongoExport(text));
  return async (movingIn) => {
    const { replies, known, problems: tooMany } = await moveAnswersIn(answers, movingIn);
    const problems = [...unreadable, ...tooMany];
    tell(path, problems);
    console.log(
      `${path}: canned replies moved in: ${replies.length}; known already: ${known}; ` +
        `bad: ${problems.length}.`,
    );
    return problems.length === 0;
  };
}

function moveTexts(path: string, text: string): Move {
  const { texts, problems } = readOlderTexts(text);
  return async (movingIn) => {
    tell(path, problems);
    const added = await moveTextsIn(texts, movingIn);
    const names = added.length === 0 ? "" : ` (${added.map(({ name }) => name).join(", ")})`;
    console.log(
      `${path}: texts moved in: ${added.length}${names}; set already: ` +
        `${texts.length - added.length}; bad: ${problems.length}.`,
    );
    return problems.length === 0;
  };
}

function tell(path: string, problems: LineProblem[]): void {
  for (const { place, reason } of problems) console.error(`${path}: ${place} ${reason}.`);
}

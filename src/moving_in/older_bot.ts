/**
 * What the older bot of this kind (Python and MongoDB) kept, as this one keeps it: its users become
 * conversations, its answers canned replies. Of a user nothing is taken but the ID, the name and
 * how the conversation stood.
 */
import type { Customer, Priority } from "../conversation/conversation.ts";
import {
  type FoundCustomer,
  type FoundCustomers,
  readCustomers,
  toUserId,
  toWholeNumber,
} from "./customers.ts";
import { MAX_TEXT, plain } from "../words/formatted.ts";
import { isProblem, type LineProblem, type MongoExport } from "./mongo_export.ts";
import {
  idOf,
  MAX_REPLIES,
  MAX_TITLE,
  problemOf,
  type Reply,
  textOf,
  toTitle,
} from "../replies/reply.ts";

/** A canned reply without a title. */
export interface UntitledReply {
  place: string;
  text: string;
}

/** What becomes of answers at a desk that has replies already. */
export interface TitledReplies {
  replies: Reply[];
  /** How many say what a reply says already. */
  known: number;
  problems: LineProblem[];
}

/** First and last name have 64 characters each at most, and there is a space between them. */
const MAX_NAME_LENGTH = 64 + 1 + 64;

/**
 * Reads users: `{ user_id, name, priority }`, with -1 for banned and 0 for closed. Left out are
 * records under `"-<id>"`, which that bot had put aside, to begin with the same customer anew.
 */
export function readUsers(exported: MongoExport, nowMs: number): FoundCustomers {
  return readCustomers(exported, nowMs, ({ user_id, name, priority }) => {
    const written = toWholeNumber(user_id);
    if (written !== null && written < 0) return null;
    const id = toUserId(user_id);
    const customer = id === null ? NO_ID : readCustomer(id, name);
    const state = toState(priority);
    return typeof customer === "string" || typeof state === "string"
      ? [customer, state].filter((each) => typeof each === "string")
      : { customer, state };
  });
}

const NO_ID = "has no user_id that is a user's ID: is this the export of users? Else correct it";

/**
 * That bot joined both names with a space, and wrote `None` for a last name that was not there. All
 * but the first word count as the last name until the customer writes again.
 */
function readCustomer(id: number, name: unknown): Customer | string {
  if (name !== undefined && name !== null && typeof name !== "string") {
    return "has a name that is not text: correct it";
  }
  const words = (name ?? "").trim().split(/\s+/);
  if (words.at(-1) === "None") words.pop();
  const [firstName = "", ...rest] = words;
  const lastName = rest.join(" ");
  if ([...words.join(" ")].length > MAX_NAME_LENGTH) {
    return `has a name of more than ${MAX_NAME_LENGTH} characters, which Telegram has not: shorten it`;
  }
  return { id, firstName, ...(lastName === "" ? {} : { lastName }) };
}

function toState(priority: unknown): FoundCustomer["state"] | string {
  switch (priority) {
    case -1:
      return { status: "banned", priority: 1 };
    case 0:
      return { status: "closed", priority: 1 };
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return { status: "open", priority: priority satisfies Priority };
    default:
      return "has no priority from -1 to 5: is this the export of users? Else correct it";
  }
}

/** Reads answers: `{ message }`. */
export function readAnswers(
  exported: MongoExport,
): { answers: UntitledReply[]; problems: LineProblem[] } {
  const answers: UntitledReply[] = [];
  const problems: LineProblem[] = [];
  for (const each of exported) {
    const { place } = each;
    const message = isProblem(each) ? undefined : each.fields.message;
    const reason = isProblem(each) ? each.reason : problemOfAnswer(message);
    if (reason === null) answers.push({ place, text: message as string });
    else problems.push({ place, reason });
  }
  return { answers, problems };
}

function problemOfAnswer(message: unknown): string | null {
  if (typeof message !== "string" || message.trim() === "") {
    return "has no message with words: is this the export of answers? Else correct it";
  }
  if (message.length > MAX_TEXT) {
    return `has a message of ${message.length} characters, a bot may send ${MAX_TEXT}: shorten it`;
  }
  const title = titleOf(message, "");
  return problemOf({ title, content: { kind: "text", words: plain(message) } }) === null
    ? null
    : "has a message of which no title can be made: add a word";
}

/**
 * Gives answers titles of their first words that no other reply has: where they begin alike, with a
 * number. What a reply says already, whatever its title, is known.
 */
export function withTitles(answers: UntitledReply[], existing: Reply[]): TitledReplies {
  const found: TitledReplies = { replies: [], known: 0, problems: [] };
  const said = existing.filter(({ content }) => content.kind === "text");
  const texts = new Set(said.map(({ content }) => textOf(content)));
  const ids = new Set(existing.map(({ title }) => idOf(title)));
  for (const { place, text } of answers) {
    if (texts.has(text)) {
      found.known++;
      continue;
    }
    if (ids.size >= MAX_REPLIES) {
      const reason = `is one too many, a desk has up to ${MAX_REPLIES} replies: delete some first`;
      found.problems.push({ place, reason });
      continue;
    }
    let title = titleOf(text, "");
    for (let number = 2; ids.has(idOf(title)); number++) title = titleOf(text, ` (${number})`);
    ids.add(idOf(title));
    texts.add(text);
    found.replies.push({ title, content: { kind: "text", words: plain(text) } });
  }
  return found;
}

/** As many of the first words as a title takes together with what follows. */
function titleOf(text: string, suffix: string): string {
  const room = MAX_TITLE - suffix.length;
  const characters = [...toTitle(text)];
  if (characters.length <= room) return characters.join("") + suffix;
  const cut = characters.slice(0, room - 1).join("");
  const end = characters[room - 1] === " " ? cut.length : cut.lastIndexOf(" ");
  return `${end > 0 ? cut.slice(0, end) : cut}…${suffix}`;
}

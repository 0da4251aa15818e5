/**
 * The card: the channel post that stands for one customer and names them. Its second line is what
 * leads a thread back to its customer, so nothing a person can call themselves may forge it.
 */
import { createHash } from "node:crypto";
import { addressOfPost } from "./address.ts";
import { type Conversation, type Customer, isInInbox, isLate } from "./conversation.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Agent } from "../desk/team.ts";
import { NO_NAME, onOneLine } from "../words/visible.ts";

/** What a priority looks like, from 1 to 5. */
export const PRIORITY_SQUARES = ["🟦", "🟩", "🟨", "🟧", "🟥"] as const;
/** On the card of a customer who waits for longer than they should. */
const LATE_TAG = "#late";
/** How a card begins whose customer has erased their data. */
const ERASED = "🗑";
const SQUARES = { banned: "❌", blocked: "🚫", closed: "⬜️", putOff: "💤" } as const;
/** How a card begins whose conversation goes on under another. */
const ELSEWHERE = "➡️";

/**
 * Writes the card: square and full name; `ID <digits>`; hashtags, if there is anything to say.
 * The name is a link to the customer's profile, which also keeps Telegram from finding hashtags,
 * commands and addresses in it.
 */
export function writeCard(conversation: Conversation): Formatted {
  const { customer, movedTo } = conversation;
  if (movedTo) {
    const { deskId, name, postId } = movedTo;
    const words = `→ ${name}`;
    return postId === undefined
      ? naming(customer, ELSEWHERE, [words])
      : writeFormerCard(customer, words, addressOfPost(deskId, postId));
  }
  const tags = cardTags(conversation);
  const lines = tags.length > 0 ? [tags.join(" ")] : [];
  return naming(customer, squareOf(conversation), lines);
}

/**
 * Writes what a card reads whose conversation goes on under another: whose it is, which leads the
 * comments under it to its customer still, and `words` that lead to the other.
 */
export function writeFormerCard(customer: Customer, words: string, url: string): Formatted {
  const { text, entities } = naming(customer, ELSEWHERE, [words]);
  const offset = text.length - words.length;
  return {
    text,
    entities: [...entities, { type: "text_link", offset, length: words.length, url }],
  };
}

function naming(customer: Customer, square: string, lines: string[]): Formatted {
  const name = displayName(customer);
  return {
    text: [`${square} ${name}`, `ID ${customer.id}`, ...lines].join("\n"),
    entities: [{
      type: "text_link",
      offset: square.length + 1,
      length: name.length,
      url: `tg://user?id=${customer.id}`,
    }],
  };
}

/** A card without the name and the tags: the square, and the line that leads to its customer. */
export function bareCard(text: string): string {
  const [first = "", second = ""] = text.split("\n");
  const square = first.slice(0, first.indexOf(" "));
  return `${square} ${NO_NAME}\n${second}`;
}

/** Writes what a card reads whose customer has erased their data: it names nobody any more. */
export function writeErasedCard(word: string): string {
  return `${ERASED} ${word}`;
}

/** What a card shows, as a digest: equal for cards that show the same. */
export function lookOf(conversation: Conversation): string {
  const card = JSON.stringify(writeCard(conversation));
  return createHash("sha256").update(card).digest("hex").slice(0, 16);
}

/** Whether the card in the channel does not show, or is not pinned, as it should be. */
export function isCardStale(conversation: Conversation): boolean {
  const { card, movedTo } = conversation;
  // Another card follows one that is over, unless the conversation goes on elsewhere.
  if (!card || (card.isOver && !movedTo)) return false;
  return card.look !== lookOf(conversation) || (card.isPinned ?? false) !== isInInbox(conversation);
}

/** The customer a card names, or `null` if the text is not a card's. */
export function readCard(text: string): Customer | null {
  const [first, second] = text.split("\n");
  const id = /^ID ([1-9]\d{0,15})$/.exec(second ?? "")?.[1];
  const squares: readonly string[] = [...Object.values(SQUARES), ...PRIORITY_SQUARES, ELSEWHERE];
  const square = squares.find((each) => first?.startsWith(`${each} `));
  if (id === undefined || square === undefined) return null;
  return { id: Number(id), firstName: first!.slice(square.length + 1) };
}

/** What a post of the desk's shows in its copy in the group. */
export interface CardCopy {
  postId: number;
  /** Whom it names; `null`: it is no card, or not any more. */
  customer: Customer | null;
  /** The conversation goes on under another card. */
  isFormer: boolean;
}

/** Reads the copy of a post. */
export function readCopy(postId: number, text: string): CardCopy {
  return { postId, customer: readCard(text), isFormer: text.startsWith(`${ELSEWHERE} `) };
}

/** A customer's full name on one line, as it is seen; never empty. */
export function displayName({ firstName, lastName = "" }: Customer): string {
  return [firstName, lastName].map(onOneLine).filter((name) => name !== "").join(" ") || NO_NAME;
}

/** A hashtag of letters, digits and `_` of any script; everything else becomes `_`. */
export function toTag(words: string): string {
  return `#${words.replace(NO_LETTER, "_")}`;
}

/** An agent's tag: their first name, or the end of their ID if there is no letter in it. */
export function tagOfAgent({ userId, name }: Agent): string {
  const words = toTag(name.toLowerCase()).slice(1).replace(/_+/g, "_").replace(/^_|_$/g, "");
  const isNamed = /\p{L}/u.test(words) && name !== NO_NAME;
  return isNamed ? `#${words}` : `#agent_${String(userId).slice(-4)}`;
}

/** What cannot be in a hashtag: also letters that show nothing, and the marks that belong to emoji. */
const NO_LETTER = /\p{Default_Ignorable_Code_Point}|[^\p{L}\p{Mn}\p{Mc}\p{N}_]/gu;

/** What can be shown of a conversation's state in one sign. */
function squareOf({ status, priority, blockedSinceMs, putOff }: Conversation): string {
  if (status === "banned") return SQUARES.banned;
  if (blockedSinceMs !== undefined) return SQUARES.blocked;
  if (status === "closed") return SQUARES.closed;
  return putOff === undefined ? PRIORITY_SQUARES[priority - 1]! : SQUARES.putOff;
}

/** The lowest priority says nothing, and that of what is over is of no interest. */
function cardTags(conversation: Conversation): string[] {
  const { status, priority, assignee, tags = [], source } = conversation;
  return [
    ...(isLate(conversation) ? [LATE_TAG] : []),
    ...(status === "open" && priority > 1 ? [`#p${priority}`] : []),
    ...(assignee ? [tagOfAgent(assignee)] : []),
    ...tags.map((tag) => `#${tag}`),
    ...(source === undefined ? [] : [toTag(`from_${source}`)]),
  ];
}

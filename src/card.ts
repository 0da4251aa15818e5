/**
 * The card: the channel post that stands for one customer and names them. Its second line is what
 * leads a thread back to its customer, so nothing a person can call themselves may forge it.
 */
import type { MessageEntity } from "grammy/types";
import type { Conversation, Customer } from "./conversation.ts";

/** A card's text and its entities, ready to be sent. */
export interface Card {
  text: string;
  entities: MessageEntity[];
}

/** What an empty name reads as. */
const NO_NAME = "(no name)";

const SQUARES = { banned: "❌", closed: "⬜️", open: ["🟦", "🟩", "🟨", "🟧", "🟥"] } as const;
/** How a card begins whose conversation goes on under another. */
const ELSEWHERE = "➡️";

/**
 * Writes the card: square and full name; `ID <digits>`; hashtags, if there is anything to say.
 * The name is a link to the customer's profile, which also keeps Telegram from finding hashtags,
 * commands and addresses in it.
 */
export function writeCard(conversation: Conversation): Card {
  const { customer, status, priority } = conversation;
  const square = status === "open" ? SQUARES.open[priority - 1]! : SQUARES[status];
  const tags = cardTags(conversation);
  return naming(customer, square, tags.length ? [tags.join(" ")] : []);
}

/**
 * Writes what a card reads whose conversation goes on under another: whose it is, which leads the
 * comments under it to its customer still, and `words` that lead to the other.
 */
export function writeFormerCard(customer: Customer, words: string, url: string): Card {
  const { text, entities } = naming(customer, ELSEWHERE, [words]);
  const link = { type: "text_link", offset: text.length - words.length, length: words.length, url };
  return { text, entities: [...entities, link as MessageEntity] };
}

function naming(customer: Customer, square: string, more: string[]): Card {
  const name = displayName(customer);
  return {
    text: [`${square} ${name}`, `ID ${customer.id}`, ...more].join("\n"),
    entities: [{
      type: "text_link",
      offset: square.length + 1,
      length: name.length,
      url: `tg://user?id=${customer.id}`,
    }],
  };
}

/** The customer a card names, or `null` if the text is not a card's. */
export function readCard(text: string): Customer | null {
  const [first, second] = text.split("\n");
  const id = /^ID ([1-9]\d{0,15})$/.exec(second ?? "")?.[1];
  const squares: readonly string[] = [
    SQUARES.banned,
    SQUARES.closed,
    ...SQUARES.open,
    ELSEWHERE,
  ];
  const square = squares.find((each) => first?.startsWith(`${each} `));
  if (id === undefined || square === undefined) return null;
  return { id: Number(id), firstName: first!.slice(square.length + 1) };
}

/** Whether a card's text says that the conversation goes on under another. */
export function isFormerCard(text: string): boolean {
  return text.startsWith(`${ELSEWHERE} `);
}

/**
 * A customer's full name on one line: without line breaks, control characters and the marks that
 * change the direction of what follows; never empty.
 */
export function displayName(customer: Customer): string {
  const name = [customer.firstName, customer.lastName ?? ""].join(" ");
  return name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim() || NO_NAME;
}

/** A hashtag of letters, digits and `_` of any script; everything else becomes `_`. */
export function toTag(words: string): string {
  return `#${words.replace(/[^\p{L}\p{M}\p{N}_]/gu, "_")}`;
}

function cardTags({ source }: Conversation): string[] {
  return source === undefined ? [] : [toTag(`from_${source}`)];
}

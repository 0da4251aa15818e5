/**
 * What was said in a story: each message with a token of its own in its words, so that it is known
 * again wherever it is shown.
 */
import type { SimulatedMessage } from "../telegram/telegram.ts";

/** Whom a message is meant for: the other side of a conversation, or nobody else. */
export type Reach = "team" | "customer" | "nobody";

/** One message of a person. */
export interface Said {
  token: string;
  by: string;
  reach: Reach;
  /** Whose conversation it belongs to; 0: none. */
  customerId: number;
  /** Where it was written. */
  message: SimulatedMessage;
  /** Its words as they are now. */
  words: string;
  version: number;
  saidMs: number;
  /** The message it answers. */
  answers?: Said;
  /** Its writer answered a copy, or a message of their own chat, that had been there a while. */
  isAnswerToSettled?: boolean;
  albumId?: string;
  isDeleted: boolean;
  /** Its writer gives it other words. */
  edit: () => void;
  delete: () => void;
}

/** The tokens in a text. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(/«(\d+)»/g)].map(([, number]) => `«${number}»`);
}

/** The second line of a card names its customer. */
export const CARD_OF = /^[^\n]*\nID (\d+)/;

/** Everything said in one story. */
export class Ledger {
  readonly said = new Map<string, Said>();
  #last = 0;

  /** A token nobody has used. */
  nextToken(): string {
    return `«${++this.#last}»`;
  }

  add(said: Said): Said {
    this.said.set(said.token, said);
    return said;
  }

  all(): Said[] {
    return [...this.said.values()];
  }

  /** Who said what this message shows. */
  shownBy(message: { text?: string; caption?: string }): Said | undefined {
    const [token] = tokensIn(message.text ?? message.caption ?? "");
    return token === undefined ? undefined : this.said.get(token);
  }
}

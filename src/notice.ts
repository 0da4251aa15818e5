/** What the bot says in its own name: which sentence, with which facts. The words are in texts/. */
import type { ContentKind } from "./content.ts";
import type { Language } from "./config.ts";
import type { ReplyNotice } from "./reply_notice.ts";
import type { StatsNotice } from "./stats_notice.ts";

/** A sentence by name, with what it has to tell. Never a person's words. */
export type Notice =
  /** To a customer at first contact, and at each `/start`. */
  | { text: "welcome" }
  /** To a customer who asks for help. */
  | { text: "help" }
  /** To the thread, when a member of the team asks for help. */
  | { text: "team-help" }
  /** To the thread: by which link the customer came. */
  | { text: "source"; source: string }
  /** To the sender's side: this message was not delivered. */
  | { text: "undeliverable"; why: Undeliverable }
  /** To the other side: something came of a kind that cannot be shown. */
  | { text: "cannot-show"; content: ContentKind }
  /** To the side that gets it: what follows is what a message has become. */
  | { text: "edited" }
  /** To the editor: the message is too old for its edit to be mirrored, or was never delivered. */
  | { text: "too-old" }
  /** To the thread: an answer became a note, but the customer already has it. */
  | { text: "already-sent" }
  /** To the thread: not all pieces of an album arrived. */
  | { text: "album-incomplete"; sent: number; of: number }
  /** To the thread: the customer cannot be reached until they come back. */
  | { text: "blocked" }
  /** To the thread: the customer can be reached again. */
  | { text: "unblocked" }
  /** To the desk's owner: Telegram refuses what the bot has to do. */
  | { text: "trouble"; description: string }
  /** On a card whose thread is gone. */
  | { text: "moved" }
  /** To a customer who writes faster than can be passed on. */
  | { text: "slow-down" }
  /** To administrators: what was given up. */
  | { text: "failed-none" }
  | { text: "failed-list"; count: number; shown: number }
  | {
    text: "failed-item";
    number: number;
    name: string;
    direction: "to-team" | "to-customer";
    time: string;
    reason: string;
  }
  | { text: "failed-retry-all" }
  | { text: "failed-dismiss-all" }
  | { text: "failed-done"; does: "retry" | "dismiss" }
  /** To somebody who presses what only administrators may. */
  | { text: "admins-only" }
  /** To a member of the team who writes to the bot as a customer would. */
  | { text: "team-in-private" }
  | ReplyNotice
  | StatsNotice;

/** Why a message was not delivered. */
export type Undeliverable =
  /** Telegram does not let a bot copy this kind of message. */
  | { because: "kind"; content: ContentKind }
  /** Telegram refused this one message for good. */
  | { because: "refused" }
  /** Whom it is for takes no voice or video messages: a setting of Telegram Premium. */
  | { because: "voice" }
  /** Its sender deleted it before it could be copied. */
  | { because: "deleted" }
  /** The customer has blocked the bot for too long. */
  | { because: "blocked" }
  /** The bot's token changed before it could be sent, and with it the key to what was sealed. */
  | { because: "unreadable" }
  /** It failed for too long. */
  | { because: "time" }
  /** The customer's account no longer exists. */
  | { because: "gone" };

/** One language: for each notice, the sentence it makes of its facts. */
export type Texts = {
  [Name in Notice["text"]]: (notice: Extract<Notice, { text: Name }>) => string;
};

/** In whose words a notice is said. */
export interface Wording {
  language: Language;
}

/**
 * The language that answers a person's own action: theirs if we speak it, else the desk's.
 * @param code the IETF tag of an update's user (Bot API, User.language_code)
 */
export function languageFor(code: string | undefined, fallback: Language): Language {
  const primary = code?.toLowerCase().split("-")[0];
  if (primary === "pt") return "pt-BR";
  if (primary === "en" || primary === "es") return primary;
  return fallback;
}

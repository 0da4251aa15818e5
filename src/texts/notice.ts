/** What the bot says in its own name: which sentence, with which facts. The words are in texts/. */
import type { AdminNotice } from "./notices/settings.ts";
import type { ContentKind } from "../message/content.ts";
import type { LaterNotice } from "./notices/later.ts";
import type { DesksNotice } from "./notices/desks.ts";
import type { HoursNotice } from "./notices/hours.ts";
import type { Direction } from "../conversation/lane.ts";
import type { MenuNotice } from "./notices/menu.ts";
import type { PageNotice } from "./notices/page.ts";
import type { PixNotice } from "./notices/pix.ts";
import type { PrivacyNotice } from "./notices/privacy.ts";
import type { NoteMark } from "../replies/reply.ts";
import type { ReplyNotice } from "./notices/replies.ts";
import type { SetupNotice } from "./notices/setup.ts";
import type { SteeringNotice } from "./notices/handling.ts";
import type { ShiftNotice } from "./notices/shifts.ts";
import type { TransferNotice } from "./notices/transfer.ts";
import type { TagNotice } from "./notices/tags.ts";
import type { StatsNotice } from "./notices/stats.ts";

/** A sentence by name, with what it has to tell. Never a person's words. */
export type Notice =
  /**
   * To a customer at first contact, and at each `/start`. Whoever turns out to be of the team is told
   * where to answer, unless it is for customers only.
   */
  | { text: "welcome"; isForCustomersOnly?: true }
  /** To a customer who asks for help. */
  | { text: "help" }
  /** To a customer who asks for the terms. */
  | { text: "terms" }
  /** To a customer who writes again after the end. */
  | { text: "restart" }
  /** To a customer at the end; with buttons to say how it was; and when they have, or no longer may. */
  | { text: "end" }
  | { text: "rate" }
  | { text: "rated" }
  | { text: "rate-over" }
  /** To a customer who is banned, once. */
  | { text: "banned" }
  /** To the thread: by which link the customer came. */
  | { text: "source"; source: string }
  /** To the sender's side: this message was not delivered. */
  | { text: "undeliverable"; why: Undeliverable }
  /** To who gave it: this command was not obeyed. */
  | { text: "not-obeyed"; why: Undeliverable }
  /** To the other side: something came of a kind that cannot be shown. */
  | { text: "cannot-show"; content: ContentKind }
  /** What a message of another chat is, which somebody answers. */
  | { text: "answered-kind"; content: ContentKind }
  /** To the thread: the customer does not see what a message answers. */
  | { text: "reference-kept" }
  /** To the side that gets it: what follows is what a message has become. */
  | { text: "edited" }
  /** To the editor: the message is too old for its edit to be mirrored, or was never delivered. */
  | { text: "too-old" }
  /** To the thread: an answer became a note, but the customer already has it. */
  | { text: "already-sent" }
  /** To the thread: what was inserted by way of an inline bot begins as notes do, and stays here. */
  | { text: "inserted-note"; mark: NoteMark }
  /** To the thread: what was posted in the channel as an answer to the card reaches nobody. */
  | { text: "posted" }
  /** To the thread: not all pieces of an album arrived. */
  | { text: "album-incomplete"; sent: number; of: number }
  /** To the thread: the customer cannot be reached until they come back. */
  | { text: "blocked" }
  /** To the thread: the customer can be reached again. */
  | { text: "unblocked" }
  /** To the desk's owner: Telegram refuses what the bot has to do. */
  | { text: "trouble"; description: string; desk?: string }
  /** To the desk's owner: what Telegram refused goes through again. */
  | { text: "trouble-over"; description: string; desk?: string }
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
    direction: Direction;
    time: string;
    reason: string;
  }
  | { text: "failed-retry-all" }
  | { text: "failed-dismiss-all" }
  | { text: "failed-done"; does: "retry" | "dismiss" }
  /** To a member of the team who writes to the bot as a customer would. */
  | { text: "team-in-private" }
  | PrivacyNotice
  | SteeringNotice
  | LaterNotice
  | AdminNotice
  | SetupNotice
  | PageNotice
  | HoursNotice
  | ReplyNotice
  | StatsNotice
  | PixNotice
  | TransferNotice
  | MenuNotice
  | ShiftNotice
  | TagNotice
  | DesksNotice;

/** Why a message was not delivered, or a command not obeyed. */
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
  /** Our own program failed at it. */
  | { because: "fault" }
  /** It failed for too long. */
  | { because: "time" }
  /** For all the time that it may wait, there has been no desk. */
  | { because: "nobody" }
  /** The desk where it was written is no more. */
  | { because: "no desk" }
  /** The customer's account no longer exists. */
  | { because: "gone" }
  /** Telegram says, each time it is asked, that it does not know who wrote it. */
  | { because: "doubt" };

/** One language: for each notice, the sentence it makes of its facts. */
export type Texts = {
  [Name in Notice["text"]]: (notice: Extract<Notice, { text: Name }>) => string;
};

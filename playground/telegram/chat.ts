/**
 * A chat with its messages as Telegram stores them: a private one between a person and a bot, a
 * group, a supergroup or a channel.
 */
import type {
  Chat,
  ChatPermissions,
  ExternalReplyInfo,
  InlineKeyboardMarkup,
  Message,
  MessageOrigin,
  ReactionType,
  ReplyKeyboardMarkup,
  TextQuote,
  User,
} from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { InviteLink, JoinRequest } from "./invite.ts";
import type { Content } from "./kind.ts";
import { type Membership, stranger } from "./member.ts";
import type { Person } from "./person.ts";

/** A message as somebody in its chat sees it at this moment. */
export type SimulatedMessage = Message;

/** Who wrote a message, and who is shown as having written it. */
export interface Author {
  /** The account behind it; the automatic forwards' is Telegram's own. */
  readonly accountId: number;
  /** The bot that sent it, which therefore gets no update about it. */
  readonly bot?: SimulatedBot;
  /** Absent in channels. */
  readonly from?: User;
  /** The chat on whose behalf it was sent. */
  readonly senderChat?: SimulatedChat;
  readonly signature?: string;
}

/** What a message answers besides messages: a story, a task of a list, an option of a poll. */
export type Answering = Partial<
  Pick<Message, "reply_to_story" | "reply_to_checklist_task_id" | "reply_to_poll_option_id">
>;

/** A message in a chat's store. Times are in seconds, as in the Bot API. */
export interface StoredMessage {
  readonly chat: SimulatedChat;
  readonly id: number;
  readonly author: Author;
  readonly date: number;
  editDate?: number;
  content: Content;
  /** The first message of the chain of replies in which this one stands; supergroups only. */
  readonly threadId?: number;
  readonly replyToId?: number;
  readonly externalReply?: ExternalReplyInfo;
  readonly quote?: TextQuote;
  readonly answering?: Answering;
  readonly origin?: MessageOrigin;
  readonly isAutomaticForward?: boolean;
  readonly viaBot?: SimulatedBot;
  /** How the bot calls what was sent by way of it, with buttons. */
  readonly inlineMessageId?: string;
  readonly mediaGroupId?: string;
  /** When it disappears by itself, in seconds. */
  readonly disappearsS?: number;
  readonly effectId?: string;
  readonly isProtected?: boolean;
  replyMarkup?: InlineKeyboardMarkup;
  /** Sent with a keyboard other than an inline one: it can never be edited. */
  readonly hadReplyKeyboard?: boolean;
  /** By account. */
  readonly reactions: Map<number, ReactionType[]>;
  /** The automatic forward of a channel post in the linked group. */
  forward?: StoredMessage;
}

/** What a chat is created with. */
export interface ChatOptions {
  id: number;
  type: Chat["type"];
  title?: string;
  username?: string;
  /** The two sides of a private chat. */
  peers?: { user: Person; bot: SimulatedBot };
  /** Takes the next message ID. */
  nextMessageId: () => number;
  /** What time it is, in seconds. */
  date: () => number;
  /** A message as it reads now. */
  show: (record: StoredMessage) => SimulatedMessage;
}

/** A chat as its members see it, with everything Telegram keeps about it. */
export class SimulatedChat {
  readonly id: number;
  readonly type: Chat["type"];
  title: string | undefined;
  username: string | undefined;
  /** The two sides of a private chat, whose ID is the person's. */
  readonly peers: { user: Person; bot: SimulatedBot } | undefined;
  /** Standings by account; whoever is not in it never was in the chat. */
  readonly members = new Map<number, Membership>();
  /** IDs of pinned messages, the last one pinned last. What is deleted is not pinned any more. */
  readonly pinned: number[] = [];
  /** Visible messages by ID, in order. */
  readonly records = new Map<number, StoredMessage>();
  /** The discussion group of a channel, the channel of a discussion group. */
  linked: SimulatedChat | undefined;
  /** The supergroup a basic group became. */
  migratedTo: SimulatedChat | undefined;
  /** Whether the person of a private chat ever wrote to the bot, which may write only then. */
  isOpened = false;
  /** The keyboard that clients show in a private chat in place of the letters. */
  keyboard: ReplyKeyboardMarkup | undefined;
  /** Until when the bot may write without that, because the person asked to join a chat of its. */
  openUntil: number | undefined;
  /** Whether a channel's posts carry the name of whoever wrote them. */
  signatures = false;
  /** Whose profile the posts of a channel carry with author profiles on; absent: the channel's. */
  authorProfile: SimulatedChat | undefined;
  /** The emoji that may be reacted with; absent: all. In private chats all may. */
  reactions: readonly string[] | undefined;
  /** Whether forwarding out of the chat is forbidden. */
  hasProtectedContent = false;
  /** After how many seconds messages disappear that are sent from now on; 0: never. */
  autoDeleteS = 0;
  /** How many seconds members have to wait between two messages; 0: not at all. */
  slowModeS = 0;
  /** When members wrote last, in seconds, by account. */
  readonly wroteS = new Map<number, number>();
  /** The IDs of messages that were deleted. */
  readonly deleted = new Set<number>();
  /** What members who are not administrators may do; absent: everything. */
  permissions: ChatPermissions | undefined;
  /** The topic in which the person of a private chat writes, if its bot has topics. */
  topicId: number | undefined;
  /** By their addresses. */
  readonly inviteLinks = new Map<string, InviteLink>();
  /** Who waits to be let in, by account. */
  readonly joinRequests = new Map<number, JoinRequest>();
  /** Whether one has to be a member of a discussion group to comment. */
  joinToSendMessages = false;
  /** Whether who comes to a supergroup without a link is let in by an administrator only. */
  joinByRequest = false;
  /** Takes the next message ID. */
  readonly nextMessageId: () => number;
  /** The bot that wrote last: commands without a name are meant for it. */
  lastBot: SimulatedBot | undefined;
  readonly #date: () => number;
  readonly #show: (record: StoredMessage) => SimulatedMessage;
  #isForum = false;
  #hidesHistory = false;

  constructor(options: ChatOptions) {
    this.id = options.id;
    this.type = options.type;
    this.title = options.title;
    this.username = options.username;
    this.peers = options.peers;
    this.nextMessageId = options.nextMessageId;
    this.#date = options.date;
    this.#show = options.show;
  }

  /** Whether the supergroup has topics; what is written in them is not simulated. */
  get isForum(): boolean {
    return this.#isForum;
  }

  set isForum(isForum: boolean) {
    if (this.type !== "supergroup") throw new Error("Only supergroups have topics");
    if (isForum && this.linked !== undefined) {
      throw new Error("A discussion group cannot have topics: CHAT_DISCUSSION_UNALLOWED");
    }
    this.#isForum = isForum;
  }

  /**
   * Whether newcomers see what was written before they came: always in channels, and in
   * supergroups that are public, have topics or are linked to a channel.
   */
  get hasVisibleHistory(): boolean {
    return this.#alwaysShowsHistory || (this.type === "supergroup" && !this.#hidesHistory);
  }

  set hasVisibleHistory(isVisible: boolean) {
    if (!isVisible && this.#alwaysShowsHistory) {
      throw new Error("The history of such a chat cannot be hidden: CHAT_LINK_EXISTS");
    }
    this.#hidesHistory = !isVisible;
  }

  get #alwaysShowsHistory(): boolean {
    if (this.type !== "supergroup") return this.type === "channel";
    return this.username !== undefined || this.#isForum || this.linked !== undefined;
  }

  /** All visible messages in order, each as it reads now. */
  get messages(): SimulatedMessage[] {
    return [...this.records.values()].map(this.#show);
  }

  /** A visible message as it reads now. */
  message(id: number): SimulatedMessage | undefined {
    const record = this.records.get(id);
    return record && this.#show(record);
  }

  /** The messages under a root, without the root itself. */
  thread(rootId: number): SimulatedMessage[] {
    return [...this.records.values()]
      .filter(({ id, threadId }) => threadId === rootId && id !== rootId)
      .map(this.#show);
  }

  /** Everybody's reactions to a message, in the order in which they were set. */
  reactionsOf(messageId: number): ReactionType[] {
    return [...this.records.get(messageId)?.reactions.values() ?? []].flat();
  }

  /** Of the pinned messages, the one sent last: that which clients show first. */
  get pinnedMessage(): StoredMessage | undefined {
    return this.records.get(Math.max(...this.pinned));
  }

  /** Unpins a message; false if it was not pinned. */
  unpin(messageId: number): boolean {
    const index = this.pinned.indexOf(messageId);
    if (index >= 0) this.pinned.splice(index, 1);
    return index >= 0;
  }

  /** What somebody is here. A ban ends by itself. */
  membership(account: { id: number }): Membership {
    const membership = this.members.get(account.id) ?? stranger;
    const { status, untilDate = 0 } = membership;
    const isOver = status === "kicked" && untilDate > 0 && untilDate <= this.#date();
    return isOver ? stranger : membership;
  }

  /** Whether somebody of that standing may do what members may be forbidden to do. */
  allows(membership: Membership, permission: keyof ChatPermissions): boolean {
    const isAllowedToAll = this.permissions === undefined || this.permissions[permission] === true;
    const isRestricted = membership.status === "restricted";
    return isAllowedToAll && (!isRestricted || membership.permissions?.[permission] === true);
  }

  /** Whether this is a private chat in which the person has blocked the bot. */
  get isBlocked(): boolean {
    return this.peers !== undefined && this.peers.bot.blockedBy.has(this.peers.user.id);
  }

  /** The same as messages show it. */
  toChat(): Chat {
    const username = this.username === undefined ? {} : { username: this.username };
    switch (this.type) {
      case "private": {
        const { id, is_bot: _, language_code: __, is_premium: ___, ...name }: User =
          this.peers!.user.info;
        return { id, type: "private", ...name };
      }
      case "group":
        return { id: this.id, type: "group", title: this.title ?? "" };
      case "supergroup":
        return {
          id: this.id,
          type: "supergroup",
          title: this.title ?? "",
          ...username,
          ...(this.#isForum ? { is_forum: true } : {}),
        };
      case "channel":
        return { id: this.id, type: "channel", title: this.title ?? "", ...username };
    }
  }
}

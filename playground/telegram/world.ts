/** Everything one simulated Telegram knows: time, chance, accounts, chats, files, and its records. */
import type { Message, Update, User } from "grammy/types";
import { Activity } from "./activity.ts";
import type { SimulatedBot } from "./bot.ts";
import type { Call } from "./call.ts";
import { type ChatOptions, SimulatedChat } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { Discussions } from "./discussion.ts";
import { FileStore } from "./files.ts";
import { type StoredMessage, storedMessageOf } from "./message.ts";
import { Queries } from "./queries.ts";
import { randomInteger, seededRandom } from "./random.ts";
import { Unproven } from "./unproven.ts";
import type { SimulatedUser } from "./user.ts";

/** An update at the moment of its creation. */
export interface CreatedUpdate {
  readonly botId: number;
  readonly atMs: number;
  readonly update: Update;
  readonly lane: string;
}

/** The shared state behind a SimulatedTelegram. */
export class World {
  readonly clock: Clock;
  /** Chance for everything but faults, which have a stream of their own. */
  readonly random: () => number;
  readonly activity = new Activity();
  readonly files = new FileStore();
  readonly discussions: Discussions;
  readonly queries: Queries;
  readonly users = new Map<number, SimulatedUser>();
  readonly bots = new Map<number, SimulatedBot>();
  /** All but private chats, which belong to their bots. */
  readonly chats = new Map<number, SimulatedChat>();
  readonly calls: Call[] = [];
  readonly violations: string[] = [];
  readonly updates: CreatedUpdate[] = [];
  readonly unproven = new Unproven();
  #lastMediaGroup = 0;

  constructor(clock: Clock, seed: number) {
    this.clock = clock;
    this.random = seededRandom(seed);
    this.discussions = new Discussions(this);
    this.queries = new Queries(this);
  }

  /** Now as the Bot API counts, in seconds. */
  get date(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** An ID that no account has. */
  newAccountId(): number {
    let id: number;
    do id = randomInteger(this.random, 100_000_000, 7_999_999_999); while (
      this.users.has(id) || this.bots.has(id)
    );
    return id;
  }

  /** An ID that joins the messages of one album. */
  newMediaGroupId(): string {
    return String(13_000_000_000_000_000 + ++this.#lastMediaGroup);
  }

  /** A new group, supergroup or channel. */
  addChat(options: Pick<ChatOptions, "type" | "title" | "username">): SimulatedChat {
    const isBasic = options.type === "group";
    // Counters start anywhere, so that nobody takes one chat's message for another's.
    let last = randomInteger(this.random, 1, 5000);
    let id: number;
    do {
      id = isBasic
        ? -randomInteger(this.random, 4_000_000_000, 4_999_999_999)
        : -(1_000_000_000_000 + randomInteger(this.random, 1_500_000_000, 2_999_999_999));
    } while (this.chats.has(id));
    const date = () => this.date;
    const chat = new SimulatedChat({ ...options, id, date, nextMessageId: () => ++last });
    this.chats.set(id, chat);
    return chat;
  }

  /** The private chat of a person with a bot, opened if need be. */
  privateChat(user: SimulatedUser, bot: SimulatedBot): SimulatedChat {
    const open = bot.privateChats.get(user.id);
    if (open !== undefined) return open;
    const { nextMessageId } = bot;
    const peers = { user, bot };
    const date = () => this.date;
    const chat = new SimulatedChat({ id: user.id, type: "private", peers, date, nextMessageId });
    bot.privateChats.set(user.id, chat);
    return chat;
  }

  /** The group, supergroup or channel of that public name. */
  chatByUsername(username: string): SimulatedChat | undefined {
    const name = username.replace(/^@/, "").toLowerCase();
    return [...this.chats.values()].find((chat) => chat.username?.toLowerCase() === name);
  }

  /** The account of that ID as messages show it. */
  account(id: number): User | undefined {
    return this.users.get(id)?.info ?? this.bots.get(id)?.user;
  }

  /** The bots to which something in a chat may matter. */
  botsIn(chat: SimulatedChat): SimulatedBot[] {
    if (chat.peers !== undefined) return [chat.peers.bot];
    return [...this.bots.values()].filter((bot) => chat.members.has(bot.id));
  }

  /** The stored message behind a Message, whoever showed it. */
  storedMessage(message: Message): StoredMessage {
    const { chat: { id: chatId }, message_id: id } = message;
    const chats = [this.chats.get(chatId)];
    for (const bot of this.bots.values()) chats.push(bot.privateChats.get(chatId));
    const found = storedMessageOf(message) ??
      chats.find((chat) => chat?.records.has(id))?.records.get(id);
    if (found === undefined) throw new Error(`There is no message ${id} in chat ${chatId}`);
    return found;
  }
}

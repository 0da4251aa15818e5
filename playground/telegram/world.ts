/** Everything one simulated Telegram knows: time, chance, accounts, chats, files, and its records. */
import type { Message, User } from "grammy/types";
import { Activity } from "./activity.ts";
import type { SimulatedBot } from "./bot.ts";
import type { Call } from "./call.ts";
import { type ChatOptions, SimulatedChat, type StoredMessage } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { Discussions } from "./discussion.ts";
import { FileStore } from "./files.ts";
import { storedMessageOf, toMessage } from "./message.ts";
import type { Person } from "./person.ts";
import { Queries } from "./queries.ts";
import { randomInteger, seededRandom } from "./random.ts";
import { Unproven } from "./unproven.ts";
import type { CreatedUpdate } from "./update_queue.ts";

/** Who looks on: a message as it is now, and whether it was there before. */
export type MessageWatcher = (record: StoredMessage, isEdit: boolean) => void;

/** The shared state behind a SimulatedTelegram. */
export class World {
  readonly clock: Clock;
  /** Chance for everything but faults, which have a stream of their own. */
  readonly random: () => number;
  readonly activity = new Activity();
  readonly files = new FileStore();
  readonly discussions: Discussions;
  readonly queries: Queries;
  readonly users = new Map<number, Person>();
  readonly bots = new Map<number, SimulatedBot>();
  /** All but private chats. */
  readonly chats = new Map<number, SimulatedChat>();
  /** By bot and person. */
  readonly #privateChats = new Map<number, Map<number, SimulatedChat>>();
  readonly calls: Call[] = [];
  readonly violations: string[] = [];
  readonly updates: CreatedUpdate[] = [];
  readonly unproven = new Unproven();
  /** What a timer will take away, wherever it is. */
  readonly disappearing = new Set<StoredMessage>();
  /** Told of every message that is new or edited, whoever wrote it. */
  readonly watchers: MessageWatcher[] = [];
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
    const nextMessageId = () => ++last;
    const chat = new SimulatedChat({ ...options, id, date, nextMessageId, show: toMessage });
    this.chats.set(id, chat);
    return chat;
  }

  /** The private chats of a bot by the other side's ID. */
  privateChatsOf(bot: SimulatedBot): Map<number, SimulatedChat> {
    const known = this.#privateChats.get(bot.id) ?? new Map<number, SimulatedChat>();
    this.#privateChats.set(bot.id, known);
    return known;
  }

  /** The private chat of a person with a bot, opened if need be. */
  privateChat(user: Person, bot: SimulatedBot): SimulatedChat {
    const privateChats = this.privateChatsOf(bot);
    const open = privateChats.get(user.id);
    if (open !== undefined) return open;
    const chat = new SimulatedChat({
      id: user.id,
      type: "private",
      peers: { user, bot },
      date: () => this.date,
      nextMessageId: bot.nextMessageId,
      show: toMessage,
    });
    privateChats.set(user.id, chat);
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
    for (const bot of this.bots.values()) chats.push(this.privateChatsOf(bot).get(chatId));
    const found = storedMessageOf(message) ??
      chats.find((chat) => chat?.records.has(id))?.records.get(id);
    if (found === undefined) throw new Error(`There is no message ${id} in chat ${chatId}`);
    return found;
  }
}

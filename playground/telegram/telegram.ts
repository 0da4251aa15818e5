/**
 * The simulated Telegram: people, bots, channels and groups in one process, with a Bot API server
 * in front. Tests, the playground and the benchmarks talk to it as bots talk to Telegram.
 */
import type { ChatAdministratorRights, ChatPermissions } from "grammy/types";
import type { InlineKeyboardMarkup } from "grammy/types";
import { type BotOptions, SimulatedBot } from "./bot.ts";
import type { Call } from "./call.ts";
import { SimulatedChat, type SimulatedMessage } from "./chat.ts";
import { type Clock, realClock } from "./clock.ts";
import { Faults } from "./faults.ts";
import { releaseForwards } from "./forwarding.ts";
import { Limits, type LimitsMode } from "./limits.ts";
import { link, unlink } from "./linking.ts";
import { justRights, sensibleRights } from "./member.ts";
import { bringIn, change, remove, upgrade } from "./moderation.ts";
import type { CaptionSpec, ContentSpec } from "./content.ts";
import { publishMessage } from "./publish.ts";
import { seededRandom } from "./random.ts";
import { editedContent, editTo } from "./sending.ts";
import { BotApiServer } from "./server.ts";
import { TelegramSwitches } from "./switches.ts";
import type { CreatedUpdate } from "./update_queue.ts";
import { SimulatedUser, userOf, type UserOptions } from "./user.ts";
import type { WebhookFetch } from "./webhook.ts";
import { type MessageWatcher, World } from "./world.ts";

export type { AutoForward } from "./discussion.ts";
export type { BotOptions } from "./bot.ts";
export type { Call } from "./call.ts";
export type { ContentSpec } from "./content.ts";
export type { CreatedUpdate } from "./update_queue.ts";
export type { Fault, FaultMatch, Faults } from "./faults.ts";
export type { FileServing, FileSpec } from "./files.ts";
export type { SendOptions } from "./sending.ts";
export type { UserOptions } from "./user.ts";
export type { SimulatedMessage } from "./chat.ts";
export type { WebhookFetch } from "./webhook.ts";
export { SimulatedBot, SimulatedChat, SimulatedUser };

/** What a simulated Telegram is made with. */
export interface TelegramOptions {
  /** Default: the real one. */
  clock?: Clock;
  /** Of IDs, faults and retries. */
  seed?: number;
  /** Whether bots that do too much are answered 429. */
  limits?: "off" | LimitsMode;
  /** How many messages may go into a chat at once; default: as few as are likely. */
  burst?: number;
  /** How webhooks are reached; default: the runtime's `fetch`. */
  webhookFetch?: WebhookFetch;
}

/** How a channel, supergroup or group is created. */
export interface ChatCreation {
  title: string;
  /** Makes it public. */
  username?: string;
  creator: SimulatedUser;
}

const DAY_S = 24 * 3600;

/** One Telegram of its own. */
export class SimulatedTelegram extends TelegramSwitches {
  readonly faults: Faults;
  readonly #webhookFetch: WebhookFetch;

  constructor(options: TelegramOptions = {}) {
    const { clock = realClock, seed = 1, limits = "off", webhookFetch = fetch } = options;
    const world = new World(clock, seed);
    // Faults have chance of their own: another fault must not change anybody's ID.
    const faults = new Faults(seededRandom(seed ^ 0x5eed));
    const counters = limits === "off" ? undefined : new Limits(clock, limits, options.burst);
    super(world, new BotApiServer(world, faults, counters));
    this.faults = faults;
    this.#webhookFetch = webhookFetch;
  }

  /** The time everything here goes by. */
  get clock(): Clock {
    return this.world.clock;
  }

  /** Every call as received, in order. */
  get calls(): Call[] {
    return this.world.calls;
  }

  /** A sentence for everything that breaks the rules of the Bot API. */
  get violations(): string[] {
    return this.world.violations;
  }

  /** Every update as created, whether or not it was delivered. */
  get updates(): readonly CreatedUpdate[] {
    return this.world.updates;
  }

  /** Has somebody look on: told of every message that is new or edited, whoever wrote it. */
  watch(watcher: MessageWatcher): void {
    this.world.watchers.push(watcher);
  }

  /** The Bot API server as a `fetch`, whatever the host. */
  get fetch(): typeof fetch {
    return this.server.fetch;
  }

  /** The Bot API server over HTTP on 127.0.0.1. */
  serve(options: { port?: number } = {}): { apiRoot: string; close(): Promise<void> } {
    return this.server.serve(options.port ?? 0);
  }

  /** A bot as BotFather makes it. */
  createBot(options: BotOptions = {}): SimulatedBot {
    const bot: SimulatedBot = new SimulatedBot(this.world, this.world.newAccountId(), options, {
      send: this.#webhookFetch,
      runCall: (reply) => this.server.runCall(bot, reply),
    });
    this.world.bots.set(bot.id, bot);
    return bot;
  }

  /** The private chats of a bot by the other side's ID. */
  privateChatsOf(bot: SimulatedBot): ReadonlyMap<number, SimulatedChat> {
    return this.world.privateChatsOf(bot);
  }

  /** A person with an account. */
  createUser(options: UserOptions): SimulatedUser {
    const user = new SimulatedUser(this.world, options);
    if (this.world.account(user.id) !== undefined) throw new Error(`ID ${user.id} is taken`);
    this.world.users.set(user.id, user);
    return user;
  }

  /** A channel; whoever creates it owns it. */
  createChannel(options: ChatCreation): SimulatedChat {
    return this.#createChat("channel", options);
  }

  /** A supergroup; whoever creates it owns it. */
  createSupergroup(options: ChatCreation): SimulatedChat {
    return this.#createChat("supergroup", options);
  }

  /** A basic group, which may be upgraded to a supergroup. */
  createGroup(options: Omit<ChatCreation, "username">): SimulatedChat {
    return this.#createChat("group", options);
  }

  /**
   * Makes a group the place of a channel's comments. A basic group is upgraded first; the answer
   * is the supergroup in any case.
   */
  link(channel: SimulatedChat, group: SimulatedChat): SimulatedChat {
    return link(this.world, channel, group);
  }

  /** Ends a channel's comments. */
  unlink(channel: SimulatedChat): void {
    unlink(channel);
  }

  /** Lets somebody in, by the chat's creator. */
  addMember(chat: SimulatedChat, member: SimulatedUser | SimulatedBot): void {
    bringIn(this.world, chat, userOf(member), { status: "member" });
  }

  /** Makes somebody an administrator: with just the rights given, or with a sensible full set. */
  promote(
    chat: SimulatedChat,
    member: SimulatedUser | SimulatedBot,
    rights?: Partial<ChatAdministratorRights>,
    customTitle?: string,
  ): void {
    if (chat.type === "private") throw new TypeError("Private chats have no administrators");
    bringIn(this.world, chat, userOf(member), {
      status: "administrator",
      rights: rights === undefined ? sensibleRights(chat.type) : justRights(chat.type, rights),
      ...(customTitle === undefined ? {} : { customTitle }),
    });
  }

  /** Makes an administrator an ordinary member again. */
  demote(chat: SimulatedChat, member: SimulatedUser | SimulatedBot): void {
    change(this.world, chat, userOf(member), { status: "member" });
  }

  /** Takes permissions away from a member: only those given remain. */
  restrict(
    chat: SimulatedChat,
    member: SimulatedUser | SimulatedBot,
    permissions: ChatPermissions,
  ): void {
    change(this.world, chat, userOf(member), {
      status: "restricted",
      permissions,
      isMember: true,
    });
  }

  /** Lets somebody leave, or has the creator throw them out for good. */
  removeMember(
    chat: SimulatedChat,
    member: SimulatedUser | SimulatedBot,
    how: "left" | "kicked",
  ): void {
    remove(this.world, chat, userOf(member), how);
  }

  /** Turns a basic group into a supergroup of the same members; the old one is dead then. */
  upgrade(group: SimulatedChat): SimulatedChat {
    return upgrade(this.world, group);
  }

  /** Lets the forwards that were withheld by `autoForward.mode: "never"` arrive now. */
  releaseForwards(): void {
    releaseForwards(this.world);
  }

  /** A bot edits what somebody sent by way of it; the buttons stay unless it gives others. */
  edits(
    message: SimulatedMessage,
    content: ContentSpec | CaptionSpec,
    keyboard?: InlineKeyboardMarkup,
  ): void {
    const record = this.world.storedMessage(message);
    if (record.viaBot === undefined) throw new Error("No bot may edit this message");
    if (keyboard) record.replyMarkup = keyboard;
    editTo(this.world, record, editedContent(this.world, record, content));
  }

  /** Sends an edit in which nothing is changed, as Telegram does at times. */
  spuriousEdit(message: SimulatedMessage): void {
    const record = this.world.storedMessage(message);
    record.editDate = this.world.date;
    void publishMessage(this.world, record, true);
  }

  /** The bytes of a message's file, if somebody uploaded them. */
  download(message: SimulatedMessage): Uint8Array<ArrayBuffer> | undefined {
    return this.world.files.in(message)?.bytes;
  }

  /** Has Telegram refuse, in these words, whatever would be sent with the file of a message. */
  refusesFile(message: SimulatedMessage, words = "MEDIA_INVALID"): void {
    const { files } = this.world;
    const file = files.in(message);
    if (file === undefined) throw new Error("The message has no file");
    files.refuse(file, words);
  }

  /** Delivers an update once more, as after a bot that took it and did not confirm it. */
  redeliver(updateId: number): void {
    const created = this.world.updates.find(({ update }) => update.update_id === updateId);
    if (created === undefined) throw new Error(`There is no update ${updateId}`);
    const { botId, update, lane } = created;
    this.world.bots.get(botId)?.redeliver(update, lane, DAY_S);
  }

  /** Makes a bot's token worthless; the bot has a new one. */
  revokeToken(bot: SimulatedBot): void {
    bot.revokeToken();
  }

  /** Whether nothing is under way; retries that wait for their time are not. */
  idle(): boolean {
    return this.world.activity.isIdle;
  }

  /**
   * Resolves when nothing is under way: no call, no webhook delivery (but for retries that wait
   * for their time), no update that a long-polling bot has not confirmed, no automatic forward.
   */
  settled(): Promise<void> {
    return this.world.activity.settled();
  }

  /** Stops everything; throws if a bot broke the rules of the Bot API. */
  async close(): Promise<void> {
    for (const bot of this.world.bots.values()) bot.webhook.close();
    this.world.discussions.close();
    this.world.queries.close();
    await this.server.close();
    if (this.violations.length > 0) {
      throw new Error(`The Bot API was used wrongly:\n${this.violations.join("\n")}`);
    }
  }

  #createChat(type: "channel" | "supergroup" | "group", options: ChatCreation): SimulatedChat {
    const { creator, ...rest } = options;
    const chat = this.world.addChat({ ...rest, type });
    chat.members.set(creator.id, { status: "creator" });
    return chat;
  }
}

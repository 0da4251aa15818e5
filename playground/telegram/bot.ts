/** A bot's account: what BotFather gave it, what it set, and the updates that wait for it. */
import type { ChatFullInfo, Update, User, UserFromGetMe } from "grammy/types";
import type { Activity } from "./activity.ts";
import type { Clock } from "./clock.ts";
import { CommandMenus } from "./menus.ts";
import { LongPolling } from "./polling.ts";
import { Profile } from "./profile.ts";
import { randomInteger } from "./random.ts";
import {
  type CreatedUpdate,
  isWanted,
  type QueuedUpdate,
  UpdateQueue,
  type UpdateType,
} from "./update_queue.ts";
import { type ReplyCall, WebhookDelivery, type WebhookFetch } from "./webhook.ts";

/** How a bot is created at BotFather. */
export interface BotOptions {
  name?: string;
  username?: string;
  /** /setinline; with feedback (/setinlinefeedback) unless `inlineFeedback` is false. */
  supportsInline?: boolean;
  inlineFeedback?: boolean;
  /** /setprivacy turned off. */
  canReadAllGroupMessages?: boolean;
  /** /setjoingroups; on unless turned off. */
  canJoinGroups?: boolean;
  /** Threaded Mode: private chats with it have topics. */
  hasTopics?: boolean;
}

/** What a bot's account needs of its Telegram. */
export interface BotWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly activity: Activity;
  /** Where every update is noted when it is created. */
  readonly updates: CreatedUpdate[];
}

/** A chat in so far as a bot takes note of it. */
type ChatId = { readonly id: number };

const WEEK_MS = 7 * 24 * 3600 * 1000;

/** A bot as Telegram knows it. */
export class SimulatedBot {
  readonly id: number;
  token: string;
  /** What getMe answers. */
  readonly info: UserFromGetMe;
  inlineFeedback = true;
  /** People and chats it has met: the IDs of others mean nothing to it. */
  readonly known = new Set<number>();
  /** People who blocked it. */
  readonly blockedBy = new Set<number>();
  readonly menus = new CommandMenus();
  readonly profile = new Profile();
  /** What getChat last told of chats, and when, in seconds. */
  readonly rememberedChats = new Map<number, { info: ChatFullInfo; atS: number }>();
  /** The groups it entered while privacy mode was off. */
  readonly #readsAllIn = new Set<number>();
  /** As last set by getUpdates or setWebhook; empty: the default. */
  allowedUpdates: readonly string[] = [];
  readonly queue: UpdateQueue;
  readonly polling: LongPolling;
  readonly webhook: WebhookDelivery;
  readonly #world: BotWorld;
  #lastUpdateId: number;
  #lastUpdateAtMs: number;
  #lastMessageId = 0;

  constructor(
    world: BotWorld,
    id: number,
    options: BotOptions,
    wires: { send: WebhookFetch; runCall: ReplyCall },
  ) {
    this.#world = world;
    this.id = id;
    this.token = `${id}:${secret(world.random)}`;
    this.info = {
      id,
      is_bot: true,
      first_name: "Desk",
      username: `desk${id % 1000}_bot`,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    };
    this.configure(options);
    this.queue = new UpdateQueue(world.clock);
    this.polling = new LongPolling(this.queue, world);
    this.webhook = new WebhookDelivery(this.queue, world, wires.send, wires.runCall);
    world.activity.watch(() => this.webhook.isBusy);
    world.activity.watch(() => this.polling.isUsed && this.queue.size > 0);
    this.#lastUpdateId = randomInteger(world.random, 100_000_000, 900_000_000);
    this.#lastUpdateAtMs = world.clock.now();
  }

  /** The bot as messages show it. */
  get user(): User {
    const { id, first_name, username } = this.info;
    return { id, is_bot: true, first_name, username };
  }

  /** All private chats of one account take their message IDs from one counter. */
  readonly nextMessageId = (): number => ++this.#lastMessageId;

  /** Changes what is given, as its owner does at BotFather. getMe tells of it at once. */
  configure(options: BotOptions): void {
    const { info } = this;
    info.first_name = options.name ?? info.first_name;
    info.username = options.username ?? info.username;
    info.can_join_groups = options.canJoinGroups ?? info.can_join_groups;
    info.can_read_all_group_messages = options.canReadAllGroupMessages ??
      info.can_read_all_group_messages;
    info.has_topics_enabled = options.hasTopics ?? info.has_topics_enabled;
    info.supports_inline_queries = options.supportsInline ?? info.supports_inline_queries;
    this.inlineFeedback = options.inlineFeedback ?? this.inlineFeedback;
  }

  /** Takes note that it was brought into a chat. */
  enters(chat: ChatId): void {
    if (this.info.can_read_all_group_messages) this.#readsAllIn.add(chat.id);
    else this.#readsAllIn.delete(chat.id);
  }

  /** Takes note that a group it is in has become a supergroup. */
  movesAlong(group: ChatId, supergroup: ChatId): void {
    if (this.#readsAllIn.has(group.id)) this.#readsAllIn.add(supergroup.id);
  }

  /**
   * Whether it sees everything written in a group though it does not run it. Privacy mode is that
   * of when it came: the bot has to be brought in anew for a change to take effect
   * (https://core.telegram.org/bots/features#privacy-mode).
   */
  readsAllIn(chat: ChatId): boolean {
    return this.#readsAllIn.has(chat.id);
  }

  /** Replaces the token, as /revoke at BotFather does. */
  revokeToken(): void {
    this.token = `${this.id}:${secret(this.#world.random)}`;
  }

  /** Queues an update if the bot wants its type; undefined if it does not. */
  receive<T extends UpdateType>(
    type: T,
    content: NonNullable<Update[T]>,
    { lane, lifetimeS }: { lane: string; lifetimeS: number },
  ): QueuedUpdate | undefined {
    if (!isWanted(type, this.allowedUpdates)) return undefined;
    const nowMs = this.#world.clock.now();
    const update = { update_id: this.nextUpdateId(nowMs), [type]: content } as unknown as Update;
    const queued = { update, lane, expiresAtMs: nowMs + lifetimeS * 1000, onHandedOut: [] };
    this.#world.updates.push({ botId: this.id, atMs: nowMs, update, lane });
    this.queue.push(queued);
    this.webhook.push(queued);
    this.polling.arrived();
    return queued;
  }

  /** Resolves when the bot has had a first chance to see an update. */
  handedOut(queued: QueuedUpdate): Promise<void> {
    if (this.webhook.settings === undefined) return Promise.resolve();
    return new Promise((resolve) => queued.onHandedOut.push(resolve));
  }

  /** Delivers an update a second time. */
  redeliver(update: Update, lane: string, lifetimeS: number): void {
    if (this.webhook.settings === undefined) {
      this.polling.handAgain(update);
      return;
    }
    const expiresAtMs = this.#world.clock.now() + lifetimeS * 1000;
    const queued = { update, lane, expiresAtMs, onHandedOut: [] };
    this.queue.push(queued);
    this.webhook.push(queued);
  }

  /** Takes the ID of one more update. After a week of silence they go on from another number. */
  nextUpdateId(nowMs: number): number {
    const isLongAgo = nowMs - this.#lastUpdateAtMs >= WEEK_MS;
    this.#lastUpdateId += isLongAgo ? randomInteger(this.#world.random, 1000, 1_000_000) : 1;
    this.#lastUpdateAtMs = nowMs;
    return this.#lastUpdateId;
  }
}

const TOKEN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

function secret(random: () => number): string {
  const letters = Array.from(
    { length: 33 },
    () => TOKEN_LETTERS[randomInteger(random, 0, TOKEN_LETTERS.length - 1)],
  );
  return `AA${letters.join("")}`;
}

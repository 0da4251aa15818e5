/**
 * Questions that people's clients ask a bot and wait for: inline queries and pressed buttons
 * (https://core.telegram.org/bots/api#inline-mode and #callbackquery).
 */
import type { CallbackQuery, InlineQuery, InlineQueryResult, Opts } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { StoredMessage } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { badRequest } from "./error.ts";
import { toMessageFor } from "./message.ts";
import type { Person } from "./person.ts";
import { randomInteger } from "./random.ts";
import type { Unproven } from "./unproven.ts";

/** What a bot lets the client show after a button was pressed. */
export type CallbackAnswer = Omit<Opts<"answerCallbackQuery">, "callback_query_id">;

/** Where a client got an inline result from. */
export interface InlineOffer {
  readonly bot: SimulatedBot;
  readonly query: string;
}

/** What questions need of their Telegram. */
interface QueryWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly unproven: Unproven;
}

const INLINE_LIFETIME_S = 30;
const CALLBACK_LIFETIME_S = 150;
const CHOSEN_LIFETIME_S = 600;
/** How long answers are kept for everybody who asks the same, unless the bot says otherwise. */
const DEFAULT_CACHE_TIME_S = 300;

interface Pending {
  readonly bot: SimulatedBot;
  readonly userId: number;
  readonly cacheKey: string;
  readonly timer: number;
  readonly answer: (value: unknown) => void;
}

/** The questions that wait for an answer, and the answers kept for whoever asks the same. */
export class Queries {
  readonly #world: QueryWorld;
  readonly #pending = new Map<string, Pending>();
  readonly #cache = new Map<string, { results: InlineQueryResult[]; untilMs: number }>();
  readonly #offers = new WeakMap<InlineQueryResult, InlineOffer>();

  constructor(world: QueryWorld) {
    this.#world = world;
  }

  /** Types a query behind a bot's name; no results if the bot does not answer in time. */
  async ask(
    user: Person,
    bot: SimulatedBot,
    query: { text: string; offset: string; chatType: NonNullable<InlineQuery["chat_type"]> },
  ): Promise<InlineQueryResult[]> {
    const key = JSON.stringify([bot.id, query.text, query.offset]);
    const kept = this.#kept(`${key} ${user.id}`) ?? this.#kept(key);
    const results = kept ?? await this.#wait<InlineQueryResult[]>(
      { bot, userId: user.id, cacheKey: key, lifetimeS: INLINE_LIFETIME_S },
      (id) => {
        bot.known.add(user.id);
        const { text, offset, chatType } = query;
        const update = { id, from: user.info, query: text, offset, chat_type: chatType };
        const lane = `inline:${user.id}`;
        bot.receive("inline_query", update, { lane, lifetimeS: INLINE_LIFETIME_S });
      },
    ) ?? [];
    for (const result of results) this.#offers.set(result, { bot, query: query.text });
    return results;
  }

  /** Where a result came from that a person is about to send. */
  offerOf(result: InlineQueryResult): InlineOffer {
    const offer = this.#offers.get(result);
    if (offer === undefined) throw new Error(`No bot offered the inline result "${result.id}"`);
    return offer;
  }

  /** Tells a bot that its result was sent. */
  chosen(
    user: Person,
    result: InlineQueryResult,
    { bot, query }: InlineOffer,
    inlineMessageId: string | undefined,
  ): void {
    if (!bot.inlineFeedback) return;
    const message = inlineMessageId === undefined ? {} : { inline_message_id: inlineMessageId };
    const update = { result_id: result.id, from: user.info, query, ...message };
    const lane = `chosen:${user.id}`;
    bot.receive("chosen_inline_result", update, { lane, lifetimeS: CHOSEN_LIFETIME_S });
  }

  /** Takes a bot's answer to an inline query. */
  answerInline(bot: SimulatedBot, args: Opts<"answerInlineQuery">): void {
    const pending = this.#take(bot, args.inline_query_id);
    const results = [...args.results];
    const cacheTimeS = args.cache_time ?? DEFAULT_CACHE_TIME_S;
    if (cacheTimeS > 0) {
      const key = args.is_personal ? `${pending.cacheKey} ${pending.userId}` : pending.cacheKey;
      this.#cache.set(key, { results, untilMs: this.#world.clock.now() + cacheTimeS * 1000 });
    }
    pending.answer(results);
  }

  /** A name for a message that is about to be sent by way of a bot, with buttons. */
  newInlineMessageId(): string {
    return `AQAAA${this.#newId()}`;
  }

  /** Presses a button under a message; undefined if the bot does not answer in time. */
  press(
    user: Person,
    record: StoredMessage,
    data: string,
  ): Promise<CallbackAnswer | undefined> {
    const bot = record.author.bot ?? record.viaBot;
    if (bot === undefined || record.replyMarkup === undefined) {
      throw new Error(`Message ${record.id} has no buttons of a bot's`);
    }
    const isDeleted = !record.chat.records.has(record.id);
    if (isDeleted && !this.#world.unproven.deletedMessagesTakePresses) {
      throw new Error(`Message ${record.id} is deleted: MESSAGE_ID_INVALID`);
    }
    const waiting = { bot, userId: user.id, cacheKey: "", lifetimeS: CALLBACK_LIFETIME_S };
    return this.#wait<CallbackAnswer>(waiting, (id) => {
      bot.known.add(user.id);
      const update = {
        id,
        from: user.info,
        ...pressed(bot, record, isDeleted),
        chat_instance: String(Math.abs(record.chat.id)),
        data,
      };
      const lane = `callback:${user.id}`;
      bot.receive("callback_query", update, { lane, lifetimeS: CALLBACK_LIFETIME_S });
    });
  }

  /** Takes a bot's answer to a pressed button. */
  answerCallback(bot: SimulatedBot, args: Opts<"answerCallbackQuery">): void {
    const { callback_query_id: id, ...answer } = args;
    this.#take(bot, id).answer(answer);
  }

  /** Stops waiting: nobody will answer any more. */
  close(): void {
    for (const { timer, answer } of this.#pending.values()) {
      this.#world.clock.clearTimeout(timer);
      answer(undefined);
    }
    this.#pending.clear();
  }

  #wait<T>(
    { lifetimeS, ...asked }: Omit<Pending, "timer" | "answer"> & { lifetimeS: number },
    send: (id: string) => void,
  ): Promise<T | undefined> {
    const id = this.#newId();
    return new Promise((resolve) => {
      const timer = this.#world.clock.setTimeout(() => {
        this.#pending.delete(id);
        resolve(undefined);
      }, lifetimeS * 1000);
      this.#pending.set(id, { ...asked, timer, answer: (value) => resolve(value as T) });
      send(id);
    });
  }

  #take(bot: SimulatedBot, id: string): Pending {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.bot !== bot) {
      throw badRequest(
        "query is too old and response timeout expired or query ID is invalid",
      );
    }
    this.#pending.delete(id);
    this.#world.clock.clearTimeout(pending.timer);
    return pending;
  }

  #kept(key: string): InlineQueryResult[] | undefined {
    const kept = this.#cache.get(key);
    return kept !== undefined && kept.untilMs > this.#world.clock.now() ? kept.results : undefined;
  }

  #newId(): string {
    return String(randomInteger(this.#world.random, 10 ** 15, 9 * 10 ** 15));
  }
}

/**
 * What a bot is told about the message under which a button was pressed: its name if it was sent by
 * way of the bot, nothing but its place if it is deleted
 * (https://core.telegram.org/bots/api#callbackquery).
 */
function pressed(
  bot: SimulatedBot,
  record: StoredMessage,
  isDeleted: boolean,
): Pick<CallbackQuery, "message" | "inline_message_id"> {
  const { inlineMessageId, chat, id } = record;
  if (inlineMessageId !== undefined) return { inline_message_id: inlineMessageId };
  if (!isDeleted) return { message: toMessageFor(bot, record) };
  return { message: { chat: chat.toChat(), message_id: id, date: 0 } };
}

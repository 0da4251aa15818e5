/**
 * A bot's webhook: each update is posted until the bot answers 2xx. One update is in flight per
 * lane (a chat, mostly), lanes run side by side, and a failing update holds back its lane
 * (https://core.telegram.org/bots/api#setwebhook and WebhookActor.cpp of tdlib/telegram-bot-api).
 */
import { STATUS_CODES } from "node:http";
import type { WebhookInfo } from "grammy/types";
import type { Activity } from "./activity.ts";
import type { Clock } from "./clock.ts";
import { BotApiError } from "./error.ts";
import { type Payload, readPayload } from "./payload.ts";
import { randomInteger } from "./random.ts";
import type { QueuedUpdate, UpdateQueue } from "./update_queue.ts";

/** Sends a request to a bot; `fetch`, or the bot's own handler. */
export type WebhookFetch = (request: Request) => Response | Promise<Response>;

/** What setWebhook sets. */
export interface WebhookSettings {
  url: string;
  secretToken?: string;
  maxConnections: number;
  /** Given by the bot, or what its host's name is resolved to. */
  ipAddress: string;
}

/** Runs the call a bot may have written into the body of its answer. */
export type ReplyCall = (reply: Payload) => Promise<void>;

const READ_TIMEOUT_MS = 60_000;
/** The longest wait a bot may ask for with `Retry-After`. */
const MAX_RETRY_AFTER_S = 3600;
/** Waits double up to a random number of seconds between these two. */
const RETRY_CAP_S = { low: 60, high: 120 };
/** A webhook that says for so long that it is gone is removed. */
const GONE_AFTER_MS = 23 * 3600 * 1000;
/** Once everything has failed for so long, it goes on over one connection. */
const FAILING_MS = 10_000;
/** Of so many chats a connection updates are loaded. */
const LOADED_CHATS = 2;

interface Lane {
  waiting: QueuedUpdate[];
  isBusy: boolean;
  failures: number;
  retryTimer?: number;
}

/** The delivery of one bot's updates to the address it gave. */
export class WebhookDelivery {
  readonly #queue: UpdateQueue;
  readonly #world: { clock: Clock; random: () => number; activity: Activity };
  readonly #send: WebhookFetch;
  readonly #runCall: ReplyCall;
  #lanes = new Map<string, Lane>();
  #ready: Lane[] = [];
  readonly #inFlight = new Set<AbortController>();
  #lastError: { atMs: number; message: string } | undefined;
  /** Since when every answer has been 410. */
  #goneSinceMs: number | undefined;
  /** Since when nothing has been taken. */
  #failingSinceMs: number | undefined;
  /** The lanes whose updates are loaded, and what has yet to be, oldest first. */
  readonly #loaded = new Set<string>();
  #unloaded: QueuedUpdate[] = [];
  #settings: WebhookSettings | undefined;

  /**
   * Whether however many chats' updates are delivered side by side. Telegram loads those of twice
   * `max_connections` chats, and others when one of these is through (WebhookActor.cpp, load_updates):
   * a bot that fails them all hears of nobody else.
   */
  loadsAllChats = false;

  constructor(
    queue: UpdateQueue,
    world: { clock: Clock; random: () => number; activity: Activity },
    send: WebhookFetch,
    runCall: ReplyCall,
  ) {
    this.#queue = queue;
    this.#world = world;
    this.#send = send;
    this.#runCall = runCall;
  }

  /** What is set, if anything. */
  get settings(): WebhookSettings | undefined {
    return this.#settings;
  }

  /** Whether something is being delivered or could be right now; waiting for a retry is not. */
  get isBusy(): boolean {
    return this.#inFlight.size > 0 || (this.#settings !== undefined && this.#ready.length > 0);
  }

  /** Sets or (with undefined) removes the webhook. */
  set(settings: WebhookSettings | undefined): void {
    this.#stopRetries();
    this.#settings = settings;
    this.#lastError = undefined;
    this.#goneSinceMs = undefined;
    this.#failingSinceMs = undefined;
    this.#lanes = new Map();
    this.#ready = [];
    this.#loaded.clear();
    this.#unloaded = [];
    if (settings === undefined) return;
    for (const queued of this.#queue.read()) this.push(queued);
  }

  /** Takes a queued update for delivery. */
  push(queued: QueuedUpdate): void {
    if (this.#settings === undefined) return;
    if (this.#loaded.has(queued.lane) || this.#hasRoom(this.#settings)) this.#load(queued);
    else this.#unloaded.push(queued);
  }

  #hasRoom({ maxConnections }: WebhookSettings): boolean {
    return this.loadsAllChats || this.#loaded.size < LOADED_CHATS * maxConnections;
  }

  #load(queued: QueuedUpdate): void {
    this.#loaded.add(queued.lane);
    const lane = this.#lanes.get(queued.lane) ?? { waiting: [], isBusy: false, failures: 0 };
    this.#lanes.set(queued.lane, lane);
    lane.waiting.push(queued);
    if (lane.waiting.length === 1) this.#offer(lane);
  }

  /** What getWebhookInfo says, but for the allowed updates. */
  info(): WebhookInfo {
    const error = this.#lastError === undefined ? {} : {
      last_error_date: Math.floor(this.#lastError.atMs / 1000),
      last_error_message: this.#lastError.message,
    };
    const settings = this.#settings === undefined ? {} : {
      ip_address: this.#settings.ipAddress,
      max_connections: this.#settings.maxConnections,
    };
    return {
      url: this.#settings?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: this.#queue.size,
      ...settings,
      ...error,
    };
  }

  /** Gives up everything. */
  close(): void {
    this.#stopRetries();
    this.#settings = undefined;
    this.#ready = [];
    for (const attempt of this.#inFlight) attempt.abort();
  }

  #stopRetries(): void {
    for (const { retryTimer } of this.#lanes.values()) {
      if (retryTimer !== undefined) this.#world.clock.clearTimeout(retryTimer);
    }
  }

  #offer(lane: Lane): void {
    this.#ready.push(lane);
    // Not in the midst of whatever created the update.
    queueMicrotask(() => this.#pump());
  }

  #pump(): void {
    const settings = this.#settings;
    if (settings === undefined) return;
    while (this.#inFlight.size < this.#connections(settings)) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      const queued = lane.waiting[0];
      if (queued === undefined || lane.isBusy) continue;
      if (queued.expiresAtMs <= this.#world.clock.now()) {
        this.#finish(lane, queued);
        continue;
      }
      void this.#deliver(settings, lane, queued);
    }
  }

  /** Over how many connections it goes now (WebhookActor.cpp, create_new_connections). */
  #connections({ maxConnections }: WebhookSettings): number {
    const now = this.#world.clock.now();
    return now - (this.#failingSinceMs ?? now) > FAILING_MS ? 1 : maxConnections;
  }

  async #deliver(settings: WebhookSettings, lane: Lane, queued: QueuedUpdate): Promise<void> {
    lane.isBusy = true;
    const attempt = new AbortController();
    this.#inFlight.add(attempt);
    const failure = await this.#post(settings, queued, attempt);
    this.#inFlight.delete(attempt);
    lane.isBusy = false;
    for (const handedOut of queued.onHandedOut.splice(0)) handedOut();
    if (this.#settings === settings) this.#conclude(lane, queued, failure);
    this.#pump();
    this.#world.activity.changed();
  }

  #conclude(lane: Lane, queued: QueuedUpdate, failure: Failure | undefined): void {
    if (failure === undefined) {
      this.#goneSinceMs = this.#failingSinceMs = undefined;
      this.#finish(lane, queued);
      return;
    }
    const now = this.#world.clock.now();
    this.#failingSinceMs ??= now;
    this.#goneSinceMs = failure.isGone ? this.#goneSinceMs ?? now : undefined;
    if (now - (this.#goneSinceMs ?? now) > GONE_AFTER_MS) this.set(undefined);
    else this.#retry(lane, queued, failure);
  }

  #finish(lane: Lane, queued: QueuedUpdate): void {
    this.#queue.delete(queued.update.update_id);
    lane.waiting.shift();
    lane.failures = 0;
    if (lane.waiting.length > 0) return this.#offer(lane);
    this.#loaded.delete(queued.lane);
    const [next] = this.#unloaded;
    if (next === undefined || !this.#settings || !this.#hasRoom(this.#settings)) return;
    const ofChat = this.#unloaded.filter((each) => each.lane === next.lane);
    this.#unloaded = this.#unloaded.filter((each) => each.lane !== next.lane);
    for (const each of ofChat) this.#load(each);
  }

  #retry(lane: Lane, queued: QueuedUpdate, failure: Failure): void {
    const { clock } = this.#world;
    this.#lastError = { atMs: clock.now(), message: failure.message };
    lane.failures++;
    const delayMs = (failure.retryAfterS ?? this.#backoffS(lane.failures)) * 1000;
    if (clock.now() + delayMs >= queued.expiresAtMs) return this.#finish(lane, queued);
    if (delayMs === 0) return this.#offer(lane);
    lane.retryTimer = clock.setTimeout(() => this.#offer(lane), delayMs);
  }

  /** At once, then 2, 4, 8 … seconds. */
  #backoffS(failures: number): number {
    if (failures === 1) return 0;
    const { low, high } = RETRY_CAP_S;
    return Math.min(2 ** (failures - 1), randomInteger(this.#world.random, low, high));
  }

  async #post(
    settings: WebhookSettings,
    { update }: QueuedUpdate,
    attempt: AbortController,
  ): Promise<Failure | undefined> {
    const { secretToken } = settings;
    const request = new Request(settings.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(secretToken === undefined ? {} : { "x-telegram-bot-api-secret-token": secretToken }),
      },
      body: JSON.stringify(update),
      signal: attempt.signal,
    });
    const aborted = new Promise<never>((_, reject) => {
      attempt.signal.addEventListener("abort", () => reject(attempt.signal.reason));
    });
    const timer = this.#world.clock.setTimeout(() => attempt.abort(), READ_TIMEOUT_MS);
    let response: Response;
    let reply: Payload;
    try {
      response = await Promise.race([this.#send(request), aborted]);
      reply = await Promise.race([readPayload(response), aborted]);
    } catch (error) {
      return { message: attempt.signal.aborted ? "Read timeout expired" : connectionError(error) };
    } finally {
      this.#world.clock.clearTimeout(timer);
    }
    if (!response.ok) return toFailure(response);
    await this.#runCall(reply);
  }
}

interface Failure {
  message: string;
  retryAfterS?: number;
  /** The answer was 410. */
  isGone?: boolean;
}

function toFailure({ status, statusText, headers }: Response): Failure {
  const reason = statusText || (STATUS_CODES[status] ?? "");
  const failure = {
    message: `Wrong response from the webhook: ${status} ${reason}`,
    isGone: status === 410,
  };
  const retryAfterS = Number(headers.get("retry-after") ?? NaN);
  if (!(retryAfterS >= 0)) return failure;
  return { ...failure, retryAfterS: Math.min(retryAfterS, MAX_RETRY_AFTER_S) };
}

/** Why an answer could not be read; the system's words for a connection that could not be made, or broke. */
function connectionError(error: unknown): string {
  if (error instanceof BotApiError) return error.description;
  return /refused/i.test(String(error)) ? "Connection refused" : "Connection reset by peer";
}

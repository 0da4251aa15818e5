/** The webhook as Telegram has it: what is registered, and how deliveries go. */
import type { Api } from "grammy";
import type { WebhookInfo } from "grammy/types";
import { MINUTE_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";
import { answerOf } from "../api.ts";
import {
  isSameRegistration,
  registerWebhook,
  type Registration,
  wantedRegistration,
} from "./registration.ts";

/** What was last registered, and how deliveries went when that was last asked. */
interface KeptWebhook extends Registration {
  askedMs?: number;
  info?: WebhookInfo;
}

/** Keeps the registration for other starts and instances. */
export interface WebhookMemory {
  recall(name: "webhook"): Promise<KeptWebhook | null>;
  remember(name: "webhook", kept: KeptWebhook): Promise<void>;
}

/** How often Telegram is asked how deliveries go. */
const ASK_MS = 5 * MINUTE_MS;

/** What registering a webhook, and watching it, needs of the world. */
export interface RegisteredWebhookOptions {
  api: Api;
  publicUrl: string;
  secret: string;
  memory: WebhookMemory;
  now: () => number;
}

/** The webhook of one bot. */
export class RegisteredWebhook {
  readonly #wanted: Registration;
  #info: WebhookInfo | undefined;
  #askedMs = -Infinity;

  constructor(private readonly options: RegisteredWebhookOptions) {
    this.#wanted = wantedRegistration(options.publicUrl, options.secret);
  }

  /** The address that should be registered. */
  get url(): string {
    return this.#wanted.url;
  }

  /** What Telegram has said of it; `undefined`: that is not known. */
  get info(): WebhookInfo | undefined {
    return this.#info;
  }

  /** Whether Telegram was given it as it is to be, as far as is kept. */
  async isRegistered(): Promise<boolean> {
    return this.#isWanted(await this.options.memory.recall("webhook"));
  }

  /** Registers it unless Telegram has it already. Throws a `ProblemError` if Telegram refuses. */
  async register(): Promise<void> {
    const { api, memory, secret } = this.options;
    const known = await memory.recall("webhook");
    if (this.#isWanted(known)) {
      // Somebody may have taken it away, by polling with the same token, say.
      const info = await this.#askTelegram(known);
      if (info?.url === this.url) return;
    }
    await registerWebhook(api, { url: this.url, secret });
    await memory.remember("webhook", this.#wanted);
    await this.#askTelegram(this.#wanted);
  }

  /** Asks how deliveries go, unless this or another instance has of late. */
  async ask(): Promise<void> {
    const { memory, now } = this.options;
    if (isWithin(ASK_MS, this.#askedMs, now())) return;
    const known = await memory.recall("webhook");
    if (known === null || !isWithin(ASK_MS, known.askedMs, now())) {
      await this.#askTelegram(known);
    } else {
      this.#askedMs = known.askedMs!;
      this.#info = known.info;
    }
  }

  /** Asks how deliveries go, however lately that was asked. */
  async askAgain(): Promise<void> {
    await this.#askTelegram(await this.options.memory.recall("webhook"));
  }

  #isWanted(known: KeptWebhook | null): known is KeptWebhook {
    return known !== null && isSameRegistration(known, this.#wanted);
  }

  /** Bot API, getWebhookInfo. What is told is kept with what is known to be registered. */
  async #askTelegram(known: KeptWebhook | null): Promise<WebhookInfo | undefined> {
    const { api, memory, now } = this.options;
    this.#askedMs = now();
    const answer = await answerOf(api.getWebhookInfo());
    if (answer.failure) return undefined;
    this.#info = answer.result;
    if (known) {
      await memory.remember("webhook", { ...known, askedMs: this.#askedMs, info: this.#info });
    }
    return this.#info;
  }
}

/** Receives updates from Telegram: checks the secret first, answers 200 once they are accepted. */
import { createHash } from "node:crypto";
import type { Received } from "../message/webhook_answer.ts";
import type { Log } from "../log.ts";
import { isSameSecret } from "../secret.ts";
import { isSaid } from "../values/try_again.ts";
import { defined } from "../values/defined.ts";
import { readBody } from "./body.ts";

/** Takes what may be an update. Resolves once it is accepted, or is none; rejects if it was not accepted. */
export type ReceiveUpdate = (value: unknown) => Promise<Received>;

/** What receiving by webhook needs. */
export interface WebhookOptions {
  /** Where updates are posted to. */
  path: string;
  secret: string;
  receive: ReceiveUpdate;
  log: Log;
}

/** What whoever posts an update is answered. */
export interface HookAnswer {
  status: 200 | 400 | 413 | 500;
  body: string;
  /** Of which type the body is, if there is one. */
  type?: string;
}

/** No update comes near this size. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The header in which Telegram sends `secret_token` (Bot API, setWebhook). */
const SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

/** What is no update is refused so often; then it is received, since others wait behind it. */
const MOST_REFUSALS = 2;
/** So many refused bodies are remembered; then the oldest are forgotten. */
const MOST_REMEMBERED = 1000;

const RECEIVED: HookAnswer = { status: 200, body: "" };

/** One bot's webhook. */
export class Webhook {
  /** How often bodies were refused, by their digests. */
  readonly #refused = new Map<string, number>();

  constructor(private readonly options: WebhookOptions) {}

  get path(): string {
    return this.options.path;
  }

  /** Whether this is the secret that Telegram was given. */
  isSecret(given: string): boolean {
    return isSameSecret(given, this.options.secret);
  }

  /** Answers a request: 401 before anything else is looked at, 413 over 1 MiB. */
  async answer(request: Request): Promise<Response> {
    if (!this.isSecret(request.headers.get(SECRET_HEADER) ?? "")) {
      return new Response("Unauthorized\n", { status: 401 });
    }
    const { text, begin } = await readBody(request, MAX_BODY_BYTES);
    const { status, body, type } = text === null
      ? this.#refuse(begin, { status: 413, body: "Too large\n" })
      : await this.take(text);
    const headers = defined({ "Content-Type": type });
    return new Response(body === "" ? null : body, { status, headers });
  }

  /**
   * Takes in a body that Telegram has sent: 400 if it is not an update; 200 when it is accepted, 500
   * when it is not: then Telegram brings it again. It would do so for a day with what is refused, and
   * keep back the same chat's updates: so the same is refused twice only.
   *
   * A call that the update leaves is made by the response, which saves a request (Bot API, "Making
   * requests when getting updates"). How it ends is not told: a refusal is in no log and is not
   * repeated. So only calls go this way for which nothing more could be done if they failed. If the
   * response is lost, Telegram brings the update again, and the call is made then.
   */
  async take(text: string): Promise<HookAnswer> {
    const { receive, log } = this.options;
    try {
      const { isUpdate, call } = await receive(parsed(text));
      if (!isUpdate) return this.#refuse(text, { status: 400, body: "Not an update\n" });
      return call
        ? { status: 200, body: JSON.stringify(call), type: "application/json" }
        : RECEIVED;
    } catch (error) {
      if (!isSaid(error)) log.error("update not accepted", { error });
      return { status: 500, body: "Not accepted, please repeat\n" };
    }
  }

  #refuse(body: string, refusal: HookAnswer): HookAnswer {
    const digest = createHash("sha256").update(body).digest("hex");
    const times = this.#refused.get(digest) ?? 0;
    this.#refused.delete(digest);
    this.#refused.set(digest, times + 1);
    for (const [oldest] of this.#refused) {
      if (this.#refused.size > MOST_REMEMBERED) this.#refused.delete(oldest);
    }
    if (times < MOST_REFUSALS) return refusal;
    this.options.log.error("no update was received", { status: refusal.status });
    return RECEIVED;
  }
}

/** The JSON in a text; `undefined`: there is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

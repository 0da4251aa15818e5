/**
 * The Bot API server: takes calls as HTTP requests, lets them fail where that is planned, and
 * answers them (https://core.telegram.org/bots/api#making-requests).
 */
import type { ApiError, ApiSuccess } from "grammy/types";
import {
  badGateway,
  brokenConnection,
  failureOf,
  oddAnswer,
  toError,
  toResponse,
} from "./answer.ts";
import type { Execution } from "./api/execution.ts";
import { handlerOf } from "./api/handlers.ts";
import type { SimulatedBot } from "./bot.ts";
import type { Call } from "./call.ts";
import { problemsOf, typed } from "./check.ts";
import { SimulatedClock } from "./clock.ts";
import { BotApiError } from "./error.ts";
import type { Faults } from "./faults.ts";
import type { FileSpec } from "./files.ts";
import { forwardPosts } from "./forwarding.ts";
import { expire } from "./post.ts";
import type { Limits } from "./limits.ts";
import { methodNamed } from "./methods.ts";
import { type Payload, queryPayload, readPayload } from "./payload.ts";
import { type Asking, plainRequest } from "./plain_request.ts";
import type { World } from "./world.ts";

/** How long a client waits for an answer where it has no timer of its own. */
const CLIENT_TIMEOUT_MS = 30_000;

/** What Telegram says about a parameter that is missing, where it has words of its own. */
const MISSING: Record<string, string> = {
  "chat_id is missing": "chat_id is empty",
  "text is missing": "message text is empty",
  "message_id is missing": "message identifier is not specified",
  "from_chat_id is missing": "chat_id is empty",
};

/** What is not run when it stands in the answer to an update (WebhookActor.cpp). */
const NOT_IN_REPLIES = /^(get.*|setwebhook|deletewebhook|close|logout)$/i;

/** The connection broke. */
class ConnectionError extends TypeError {
  override name = "TypeError";
}

/** A server for all bots of one simulated Telegram. */
export class BotApiServer {
  latencyMs = 0;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #limits: Limits | undefined;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<() => Promise<void>>();
  /** Calls on their way, by timer. */
  readonly #sleeping = new Map<number, () => void>();
  #underWay = 0;

  constructor(world: World, faults: Faults, limits: Limits | undefined) {
    this.#world = world;
    this.#faults = faults;
    this.#limits = limits;
    world.activity.watch(() => this.#underWay > 0);
  }

  /** The server as a `fetch`, for whatever host it is asked. */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = plainRequest(input, init) ?? new Request(input, init);
    const { signal } = request;
    if (!signal) return await this.#answer(request, this.#closing.signal);
    signal.throwIfAborted();
    // The call goes on when the caller gives up: nobody but the server knows how it ends.
    const answer = this.#answer(request, signal);
    answer.catch(() => {});
    return await new Promise<Response>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      answer.then(resolve, reject);
    });
  };

  /** The server behind a port of this machine; 0 takes a free one. */
  serve(port: number): { apiRoot: string; close(): Promise<void> } {
    const closing = new AbortController();
    const listener = Deno.serve(
      { hostname: "127.0.0.1", port, onListen: () => {} },
      async (request) => {
        try {
          return await this.#answer(request, closing.signal);
        } catch (error) {
          if (error instanceof ConnectionError) return brokenConnection();
          throw error;
        }
      },
    );
    const close = async () => {
      this.#listeners.delete(close);
      closing.abort();
      await listener.shutdown();
    };
    this.#listeners.add(close);
    return { apiRoot: `http://127.0.0.1:${listener.addr.port}`, close };
  }

  /** Runs the call that a bot wrote into its answer to an update. The bot never learns its result. */
  async runCall(bot: SimulatedBot, reply: Payload): Promise<void> {
    const { method, ...payload } = reply.payload;
    if (typeof method !== "string") return;
    if (NOT_IN_REPLIES.test(method)) {
      this.#world.violations.push(`${method}: cannot be called in the answer to an update`);
      return;
    }
    const given = await withFiles(method, { ...reply, payload });
    const call = this.#record(bot, method, given.payload);
    call.response = await this.#execute(bot, call, {
      files: given.files,
      signal: this.#closing.signal,
      isCutShort: false,
    });
  }

  /** Ends what hangs and stops listening. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const [timer, resolve] of this.#sleeping) {
      this.#world.clock.clearTimeout(timer);
      resolve();
    }
    for (const bot of this.#world.bots.values()) bot.polling.close();
    await Promise.all([...this.#listeners].map((close) => close()));
  }

  async #answer(request: Asking, signal: AbortSignal): Promise<Response> {
    const url = new URL(request.url);
    const [, folder, token, rest] = decodeURIComponent(url.pathname)
      .match(/^\/(bot|file\/bot)([^/]*)\/(.*)$/) ?? [];
    if (token === undefined || rest === undefined || !/^\d+:[\w-]{30,}$/.test(token)) {
      await request.body?.cancel();
      return toResponse(toError(new BotApiError(404, "Not Found")));
    }
    const bot = [...this.#world.bots.values()].find((candidate) => candidate.token === token);
    if (bot === undefined) {
      await request.body?.cancel();
      return toResponse(toError(new BotApiError(401, "Unauthorized")));
    }
    return folder === "bot"
      ? await this.#answerCall(bot, rest, url, request, signal)
      : this.#answerDownload(rest);
  }

  async #answerCall(
    bot: SimulatedBot,
    method: string,
    url: URL,
    request: Asking,
    signal: AbortSignal,
  ): Promise<Response> {
    const isLongPoll = method.toLowerCase() === "getupdates";
    if (!isLongPoll) this.#underWay++;
    let isCounted = !isLongPoll;
    const uncount = () => {
      if (isCounted) this.#underWay--;
      isCounted = false;
      this.#world.activity.changed();
    };
    try {
      const { payload, files } = await payloadOf(method, url, request);
      const call = this.#record(bot, method, payload);
      const fault = this.#faults.draw(call);
      if (this.latencyMs > 0) await this.#sleep(this.latencyMs);
      if (fault?.kind === "delay") await this.#sleep(fault.ms);
      if (this.#closing.signal.aborted) throw new ConnectionError("the server is closed");
      if (fault?.kind === "hang") {
        uncount();
        await this.#hang(fault.ms, signal);
      }
      if (fault?.kind === "lost request") throw new ConnectionError("the request was lost");
      const failure = fault && failureOf(fault);
      if (failure !== undefined) {
        call.response = failure;
        return fault?.kind === "502" ? badGateway() : toResponse(failure);
      }
      if (fault?.kind === "odd answer" && !fault.isExecuted) return oddAnswer(fault.body);
      const isCutShort = fault?.kind === "half done";
      const response = await this.#execute(bot, call, { files, signal, isCutShort });
      if (fault?.kind === "odd answer") return oddAnswer(fault.body);
      if (fault?.kind === "lost answer") throw new ConnectionError("the answer was lost");
      call.response = response;
      return toResponse(response);
    } catch (error) {
      if (error instanceof BotApiError) return toResponse(toError(error));
      throw error;
    } finally {
      uncount();
    }
  }

  #answerDownload(path: string): Response {
    const file = this.#world.files.at(path);
    if (file === undefined) return toResponse(toError(new BotApiError(404, "Not Found")));
    return new Response(file.bytes ?? new Uint8Array(file.sizeBytes));
  }

  #record(bot: SimulatedBot, method: string, payload: Record<string, unknown>): Call {
    const name = methodNamed(method) ?? method;
    const call: Call = { method: name, payload, botId: bot.id, atMs: this.#world.clock.now() };
    this.#world.calls.push(call);
    return call;
  }

  async #execute(
    bot: SimulatedBot,
    call: Call,
    given: Pick<Execution, "files" | "signal" | "isCutShort">,
  ): Promise<ApiSuccess<unknown> | ApiError> {
    const violation = (sentence: string) => {
      this.#world.violations.push(`${call.method}: ${sentence}`);
    };
    try {
      const method = methodNamed(call.method);
      if (method === undefined) {
        violation("the simulated Telegram does not know this method");
        throw new BotApiError(404, "Not Found: method not found");
      }
      const problems = problemsOf(method, call.payload);
      if (problems.length > 0) {
        problems.forEach(violation);
        const words = problems.map((problem) => MISSING[problem]).find(Boolean) ?? problems[0];
        throw new BotApiError(400, `Bad Request: ${words}`);
      }
      expire(this.#world);
      this.#limits?.take(bot.id, method, call.payload);
      const execution: Execution = { ...given, world: this.#world, bot, violation };
      const result = await handlerOf(method)(execution, call.payload);
      await forwardPosts(this.#world);
      return { ok: true, result };
    } catch (error) {
      if (error instanceof BotApiError) return toError(error);
      // Clients take whatever they catch for a broken connection: a bug must not pass for one.
      violation(`the simulated Telegram failed: ${error}`);
      throw error;
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#world.clock.setTimeout(() => {
        this.#sleeping.delete(timer);
        resolve();
      }, ms);
      this.#sleeping.set(timer, resolve);
    });
  }

  async #hang(ms: number | undefined, signal: AbortSignal): Promise<never> {
    const { clock } = this.#world;
    const endMs = ms ?? (clock instanceof SimulatedClock ? CLIENT_TIMEOUT_MS : undefined);
    await new Promise<void>((resolve) => {
      const timer = endMs === undefined ? undefined : clock.setTimeout(resolve, endMs);
      for (const end of [signal, this.#closing.signal]) {
        end.addEventListener("abort", () => {
          if (timer !== undefined) clock.clearTimeout(timer);
          resolve();
        }, { once: true });
      }
    });
    throw new ConnectionError("the request timed out");
  }
}

async function payloadOf(
  name: string,
  url: URL,
  request: Asking,
): Promise<{ payload: Record<string, unknown>; files: Map<string, FileSpec> }> {
  const body = await withFiles(name, await readPayload(request));
  if (url.search === "") return body;
  const query = await withFiles(name, queryPayload(url));
  return { payload: { ...query.payload, ...body.payload }, files: body.files };
}

/** Parameters with their types, and uploads as files. */
async function withFiles(
  name: string,
  { payload, files: uploads, isForm }: Payload,
): Promise<{ payload: Record<string, unknown>; files: Map<string, FileSpec> }> {
  const method = methodNamed(name);
  const files = new Map<string, FileSpec>();
  for (const [key, file] of uploads) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    files.set(key, {
      bytes,
      fileName: file.name,
      ...(file.type === "" ? {} : { mimeType: file.type }),
    });
  }
  return { payload: isForm && method !== undefined ? typed(method, payload) : payload, files };
}

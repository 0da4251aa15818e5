/**
 * The test message: one of the bot's own that walks the whole way, from the channel by its automatic forward
 * into the thread, and is cleared away: the only proof that a desk works.
 */
import type { Api } from "grammy";
import type { Message } from "grammy/types";
import { badCheck, type Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { Desk } from "../../desk/desk.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { isWithin } from "../../time/elapsed.ts";

/** A test message that is under way. */
export interface SentTestMessage {
  /** By which its automatic forward is known again: the forward may come before the post's ID. */
  mark: string;
  /** The root of its thread, once it is known. */
  rootId?: number;
}

/** What sending it needs of the world. */
export interface TestMessageOptions {
  api: Api;
  desk: () => Desk;
  config: Pick<Config, "locale">;
  memory: {
    recall(name: "walk"): Promise<SentTestMessage | null>;
    remember(name: "walk", sent: SentTestMessage): Promise<void>;
  };
  now: () => number;
}

/** How the text of a test message ends. */
const MARK = / · [0-9a-f]{8}$/;
/** How long the automatic forward is awaited, and how often it is looked for. */
const FORWARD_PATIENCE_MS = 30_000;
const FORWARD_LOOK_MS = 250;

/** Sends the test message, and remembers how it went. */
export class TestMessage {
  #check: Check = { name: "walk", state: "unknown" };

  constructor(private readonly options: TestMessageOptions) {}

  /** How it went the last time. */
  get check(): Check {
    return this.#check;
  }

  /** Sends the message on its way, and clears it away. */
  async go(): Promise<void> {
    const { now } = this.options;
    const beganMs = now();
    this.#check = { name: "walk", state: "unknown" };
    this.#check = await this.#walk(beganMs);
  }

  /** Notes that an automatic forward has come, if it is that of the test message. */
  async notice(forward: Message): Promise<boolean> {
    if (!MARK.test(forward.text ?? "")) return false;
    const { memory } = this.options;
    const sent = await memory.recall("walk");
    if (!sent || !forward.text?.endsWith(sent.mark)) return false;
    await memory.remember("walk", { ...sent, rootId: forward.message_id });
    return true;
  }

  async #walk(beganMs: number): Promise<Check> {
    const { api, desk, config, memory, now } = this.options;
    const { channelId, groupId } = desk();
    const mark = `· ${crypto.randomUUID().slice(0, 8)}`;
    await memory.remember("walk", { mark });
    const words = `${say({ text: "walk" }, config.locale)} ${mark}`;
    const posted = await answerOf(
      api.sendMessage(channelId, words, { disable_notification: true }),
    );
    if (posted.failure) {
      return badCheck("walk", { because: "not posted", description: posted.failure.description });
    }
    const toClear: [chatId: number, messageId: number][] = [[channelId, posted.result.message_id]];
    try {
      const rootId = await this.#root(beganMs);
      if (rootId === undefined) {
        return badCheck("walk", { because: "not forwarded", description: "" });
      }
      toClear.unshift([groupId, rootId]);
      const comment = await answerOf(
        api.sendMessage(groupId, words, { reply_parameters: { message_id: rootId } }),
      );
      if (comment.failure) {
        const { description } = comment.failure;
        return badCheck("walk", { because: "not commented", description });
      }
      toClear.unshift([groupId, comment.result.message_id]);
      return { name: "walk", state: "good", detail: { kind: "took", ms: now() - beganMs } };
    } finally {
      for (const [chatId, messageId] of toClear) {
        await answerOf(api.deleteMessage(chatId, messageId));
      }
    }
  }

  /** The forward may come to another instance, which notes it in the database. */
  async #root(sinceMs: number): Promise<number | undefined> {
    const { memory, now } = this.options;
    while (isWithin(FORWARD_PATIENCE_MS, sinceMs, now())) {
      const rootId = (await memory.recall("walk"))?.rootId;
      if (rootId !== undefined) return rootId;
      await new Promise((resolve) => setTimeout(resolve, FORWARD_LOOK_MS));
    }
    return undefined;
  }
}

/**
 * Comments: every post of a channel with a linked group is forwarded there by Telegram itself, is
 * pinned, and becomes the root of a thread (https://core.telegram.org/api/discussion).
 */
import { TELEGRAM } from "./filler.ts";
import { kindOf } from "./kind.ts";
import type { StoredMessage } from "./message.ts";
import { pinAutomatically } from "./pins.ts";
import { post } from "./post.ts";
import { publishMessage } from "./publish.ts";
import { originOf } from "./reply.ts";
import type { World } from "./world.ts";

/** When a post's automatic forward arrives in the linked group. */
export interface AutoForward {
  /**
   * `after` the post by `delayMs`; `before` the answer to the call that posted it (its update was
   * handed out by then); `never`, until `releaseForwards()`.
   */
  mode: "after" | "before" | "never";
  delayMs: number;
}

/** Edits of older posts do not reach their automatic forwards. */
const EDITS_REACH_S = 14 * 24 * 3600;

/** The automatic forwards of one simulated Telegram. */
export class Discussions {
  autoForward: AutoForward = { mode: "after", delayMs: 5 };
  readonly #world: World;
  readonly #timers = new Set<number>();
  /** A forwarded album has another ID in the group. */
  readonly #mediaGroups = new Map<string, string>();
  #fresh: StoredMessage[] = [];
  #withheld: StoredMessage[] = [];

  constructor(world: World) {
    this.#world = world;
    world.activity.watch(() => this.#timers.size > 0);
  }

  /**
   * To be called for every new channel post; `flush` then deals with it. What the channel notes
   * about itself, such as a pin, stays there.
   */
  notice(channelPost: StoredMessage): void {
    if (channelPost.chat.linked === undefined || kindOf(channelPost.content) === "service") return;
    this.#fresh.push(channelPost);
  }

  /** Forwards what was noticed, now or later; resolves when nothing has to be waited for. */
  async flush(): Promise<void> {
    const { mode, delayMs } = this.autoForward;
    const posts = this.#fresh.splice(0);
    if (posts.length === 0) return;
    if (mode === "never") {
      this.#withheld.push(...posts);
    } else if (mode === "before") {
      await Promise.all(posts.map((channelPost) => this.#forward(channelPost)));
    } else {
      const { clock, activity } = this.#world;
      const timer = clock.setTimeout(() => {
        this.#timers.delete(timer);
        for (const channelPost of posts) void this.#forward(channelPost);
        activity.changed();
      }, delayMs);
      this.#timers.add(timer);
    }
  }

  /** Forwards now what was withheld. */
  release(): void {
    for (const channelPost of this.#withheld.splice(0)) void this.#forward(channelPost);
  }

  /** Passes an edit of a post on to its forward. */
  edited(channelPost: StoredMessage): void {
    const { forward } = channelPost;
    if (forward === undefined || !forward.chat.records.has(forward.id)) return;
    if (this.#world.date - channelPost.date > EDITS_REACH_S) return;
    forward.content = channelPost.content;
    forward.editDate = this.#world.date;
    publishMessage(this.#world, forward, true);
  }

  /** Forgets everything that still waits. */
  close(): void {
    for (const timer of this.#timers) this.#world.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  async #forward(channelPost: StoredMessage): Promise<void> {
    const { chat: channel } = channelPost;
    const group = channel.linked;
    if (group === undefined || !channel.records.has(channelPost.id)) return;
    const { record, handedOut } = post(this.#world, {
      chat: group,
      author: { accountId: TELEGRAM.id, from: TELEGRAM, senderChat: channel },
      content: channelPost.content,
      // A post that is itself a forward keeps its first source.
      origin: originOf(channelPost),
      isAutomaticForward: true,
      mediaGroupId: this.#mediaGroupOf(channelPost),
      replyMarkup: channelPost.replyMarkup,
    });
    channelPost.forward = record;
    pinAutomatically(this.#world, record);
    await handedOut;
  }

  #mediaGroupOf({ mediaGroupId }: StoredMessage): string | undefined {
    if (mediaGroupId === undefined) return undefined;
    const known = this.#mediaGroups.get(mediaGroupId) ?? this.#world.newMediaGroupId();
    this.#mediaGroups.set(mediaGroupId, known);
    return known;
  }
}

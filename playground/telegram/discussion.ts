/** The channel posts that still have to be forwarded to their discussion groups. */
import type { Activity } from "./activity.ts";
import type { StoredMessage } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { kindOf } from "./kind.ts";

/** When a post's automatic forward arrives in the linked group. */
export interface AutoForward {
  /**
   * `after` the post by `delayMs`; `before` the answer to the call that posted it (its update was
   * handed out by then); `never`, until `releaseForwards()`.
   */
  mode: "after" | "before" | "never";
  delayMs: number;
}

/** What waits for its automatic forward in one simulated Telegram. */
export class Discussions {
  autoForward: AutoForward = { mode: "after", delayMs: 5 };
  readonly #world: { clock: Clock; activity: Activity };
  readonly #timers = new Set<number>();
  /** A forwarded album has another ID in the group. */
  readonly #mediaGroups = new Map<string, string>();
  #fresh: StoredMessage[] = [];
  #withheld: StoredMessage[] = [];

  constructor(world: { clock: Clock; activity: Activity }) {
    this.#world = world;
    world.activity.watch(() => this.#timers.size > 0);
  }

  /**
   * To be called for every new channel post; whoever takes it then deals with it. What the channel
   * notes about itself, such as a pin, stays there.
   */
  notice(channelPost: StoredMessage): void {
    if (channelPost.chat.linked === undefined || kindOf(channelPost.content) === "service") return;
    this.#fresh.push(channelPost);
  }

  /** Takes what was noticed. */
  takeFresh(): StoredMessage[] {
    return this.#fresh.splice(0);
  }

  /** Keeps posts until somebody asks for them. */
  withhold(posts: StoredMessage[]): void {
    this.#withheld.push(...posts);
  }

  /** Takes what was withheld. */
  takeWithheld(): StoredMessage[] {
    return this.#withheld.splice(0);
  }

  /** Does something later, unless it is closed before. */
  later(act: () => void, delayMs: number): void {
    const { clock, activity } = this.#world;
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      act();
      activity.changed();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** The ID in the group of an album with that ID in the channel. */
  mediaGroupOf(id: string, newId: () => string): string {
    const known = this.#mediaGroups.get(id) ?? newId();
    this.#mediaGroups.set(id, known);
    return known;
  }

  /** Forgets everything that still waits. */
  close(): void {
    for (const timer of this.#timers) this.#world.clock.clearTimeout(timer);
    this.#timers.clear();
  }
}

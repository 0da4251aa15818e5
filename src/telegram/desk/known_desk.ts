/**
 * Which desk it is, as Telegram last described it: what is kept of that from start to start, and
 * shared with other instances. Whoever was told later is right.
 */
import type { Chat } from "grammy/types";
import type { ChannelName } from "../../config.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import { isLater } from "../../time/elapsed.ts";
import { NotReady } from "../updates.ts";

/** What is kept of a desk from start to start. */
export interface DeskMemory {
  recall(name: "desk"): Promise<KeptDesk | null>;
  /** Keeps it, and gives it a name if it has none. */
  keepDesk(kept: KeptDesk): Promise<void>;
  /** How many the creator lets into the group. */
  countLetIn(channelId: number): Promise<number>;
}

/** The desk as it is kept, with what it was found by, and when Telegram was asked. */
interface KeptDesk {
  channel: ChannelName;
  desk: Desk;
  askedMs?: number;
}

/** The group linked to the channel, `null` for none, when Telegram was asked. */
export interface Linked {
  groupId: number | null;
  askedMs: number;
  /** This process was not told by Telegram itself: the clock may have been set since. */
  isRecalled?: true;
}

/** What knowing a desk needs of the world. */
export interface KnownDeskOptions {
  /** Which channel the desk's is; `undefined`: nobody has said so. */
  channel: ChannelName | undefined;
  memory: DeskMemory;
  now: () => number;
  log: Log;
  /** The desk has another group than the one that was known. */
  onOtherGroup: () => void;
}

/** One desk, as far as it is known. */
export class KnownDesk {
  #desk: Desk | null = null;
  #askedMs = -Infinity;
  #linked: Linked | null = null;

  constructor(private readonly options: KnownDeskOptions) {}

  /** The desk; `null`: it is not known. */
  get desk(): Desk | null {
    return this.#desk;
  }

  /** When Telegram was asked for the desk as it is held; `-Infinity`: it is not known. */
  get askedMs(): number {
    return this.#askedMs;
  }

  /** Which group is linked to the channel, as Telegram last told; `null`: it never was asked. */
  get linked(): Linked | null {
    return this.#linked;
  }

  /** Which channel the desk's is; `undefined`: nobody has said so. */
  get channel(): ChannelName | undefined {
    return this.options.channel;
  }

  /** Whether a chat is the desk's channel or group, as far as either is known. */
  isOurs(chat: Pick<Chat, "id" | "username">): boolean {
    const { channel } = this;
    const isChannel = channel !== undefined &&
      (chat.id === channel || `@${chat.username ?? ""}` === channel);
    return isChannel || chat.id === this.#desk?.channelId || chat.id === this.#desk?.groupId;
  }

  /** Takes from memory which desk it is. Throws `NotReady` if that is not known. */
  async recall(): Promise<void> {
    if (this.#desk) return;
    await this.refresh();
    if (!this.#desk) throw new NotReady("The desk is not known yet");
  }

  /** Takes from memory which desk it is, if that is known. */
  async recallIfKnown(): Promise<void> {
    try {
      await this.recall();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
    }
  }

  /** Takes from memory what another instance may have learned of the desk. */
  async refresh(): Promise<void> {
    const kept = await this.options.memory.recall("desk");
    const { channel } = this;
    if (kept && channel !== undefined && kept.channel === channel) {
      const { desk, askedMs = 0 } = kept;
      if (this.#desk && !this.#isLater(askedMs, this.#askedMs)) return;
      this.#hold(desk, askedMs);
      this.noteLinked({ groupId: desk.groupId, askedMs, isRecalled: true });
    }
  }

  /** Whether everybody who asks the database finds the desk as it is held here. */
  async isKept(): Promise<boolean> {
    const kept = await this.options.memory.recall("desk");
    return kept !== null && this.#desk !== null && kept.channel === this.channel &&
      kept.desk.channelId === this.#desk.channelId && kept.desk.groupId === this.#desk.groupId;
  }

  /**
   * Keeps the desk as Telegram described it when asked at that time, and holds it. Another instance
   * may have asked later and been answered sooner: then that is held. Whatever is done at a desk
   * rests on it, so nobody holds one that others, and the next start, do not find.
   */
  async keep(desk: Desk, askedMs: number): Promise<void> {
    await this.refresh();
    if (this.#isLater(this.#askedMs, askedMs)) return;
    const { channel } = this;
    if (channel !== undefined) await this.options.memory.keepDesk({ channel, desk, askedMs });
    this.#hold(desk, askedMs);
    this.noteLinked({ groupId: desk.groupId, askedMs });
  }

  /** The group has become another chat. */
  async migrate(groupId: number): Promise<void> {
    if (!this.#desk || this.#desk.groupId === groupId) return;
    this.options.log.info("group has a new ID", { chatId: groupId });
    await this.keep({ ...this.#desk, groupId }, this.options.now());
  }

  /** Notes which group is linked to the channel, unless a later answer is known. */
  noteLinked(linked: Linked): void {
    const isOlder = this.#linked !== null && this.#isLater(this.#linked.askedMs, linked.askedMs);
    if (!isOlder) this.#linked = linked;
  }

  /** Takes the desk as Telegram described it when asked at that time, unless a later one is known. */
  #hold(desk: Desk, askedMs: number): void {
    if (this.#isLater(this.#askedMs, askedMs)) return;
    if (this.#desk && this.#desk.groupId !== desk.groupId) this.options.onOtherGroup();
    this.#desk = desk;
    this.#askedMs = askedMs;
  }

  #isLater(askedMs: number, otherMs: number): boolean {
    return isLater(askedMs, otherMs, this.options.now());
  }
}

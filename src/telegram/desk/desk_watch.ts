/**
 * What is known of the desk: which it is, whether it can work, what stands in its way. It is kept
 * from start to start, and looked at again when something about it may have changed.
 */
import type { Api } from "grammy";
import type { Chat, UserFromGetMe } from "grammy/types";
import { badCheck, type Check, problemsIn, takesCards } from "../../health/checklist.ts";
import { accountChecks } from "../../health/desk_checks.ts";
import type { Failure } from "../classify.ts";
import type { Config } from "../../config.ts";
import type { Claim, Desk } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import { sentenceOf } from "../../texts/problem_sentence.ts";
import { answerOf } from "../api.ts";
import { discoverDesk } from "./discover.ts";
import { type RefusalCause, Refusals } from "./refusals.ts";
import { Trouble } from "./trouble.ts";
import { NotReady } from "../updates.ts";
import { MINUTE_MS, SECOND_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** Small facts kept from start to start. */
export interface DeskMemory {
  recall(name: "desk"): Promise<KnownDesk | null>;
  recall(name: "claim"): Promise<Claim | null>;
  remember(name: "desk", known: KnownDesk): Promise<void>;
  /** How many the creator lets into the group. */
  countLetIn(channelId: number): Promise<number>;
}

/** The desk as it is kept, with what it was found by, and when Telegram was asked. */
interface KnownDesk {
  channel: Config["channel"];
  desk: Desk;
  askedMs?: number;
}

/** The group linked to the channel, `null` for none, when Telegram was asked. */
export interface Linked {
  groupId: number | null;
  askedMs: number;
}

/**
 * How long a desk without problems is trusted before it is looked at again. For so long customers
 * may be shown in a group that is no longer the desk's: no update tells that another was linked.
 */
const TRUST_MS = 5 * MINUTE_MS;
/**
 * How soon a desk that has changed is looked at again. Telegram's servers remember for a minute what
 * they know of a chat, so that a look right after the change may have been told what was before.
 */
export const REMEMBERED_MS = 65 * SECOND_MS;
/** How soon a desk is looked at again because a card's forward is late. */
const LATE_ROOT_MS = MINUTE_MS;
/** How soon it is because something was refused that should not be. */
const DOUBT_LOOK_MS = MINUTE_MS;

/** What watching a desk needs of the world. */
export interface DeskWatchOptions {
  api: Api;
  config: Pick<Config, "channel" | "locale">;
  memory: DeskMemory;
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  now: () => number;
  log: Log;
  /** Has go out what waited for a repair: called when another look has found the desk ready. */
  onReady: () => Promise<void>;
}

/** One bot's desk. */
export class DeskWatch {
  #desk: Desk | null = null;
  /** When Telegram was asked for the desk as it is held. */
  #askedMs = -Infinity;
  #linked: Linked | null = null;
  #claim: Claim | null = null;
  #checks: Check[] = [];
  #isLookedAt = false;
  /** When Telegram was last asked about the desk, and answered. */
  #checkedMs = -Infinity;
  #repairedMs = -Infinity;
  /** When it is looked at again because it has changed. */
  #againMs = Infinity;
  readonly #trouble: Trouble;
  /** Lanes that were refused something while looks at the desk found it well. */
  readonly #doubts: Refusals<"desk">;
  /** Who is told when the checklist may read otherwise. */
  readonly #followers: (() => void)[] = [];

  constructor(private readonly options: DeskWatchOptions) {
    this.#trouble = new Trouble(options);
    this.#doubts = new Refusals(options.now);
  }

  /** The desk. Throws `NotReady` while it is not known. */
  get desk(): Desk {
    if (!this.#desk) throw new NotReady("The desk is not known yet");
    return this.#desk;
  }

  /** Whether there is a desk, however it is. */
  get isKnown(): boolean {
    return this.#desk !== null;
  }

  /** Whether it is said which channel the desk's is. */
  get isNamed(): boolean {
    return this.#channel !== undefined;
  }

  /** Whether the desk is known and nothing stands in its way. */
  get isReady(): boolean {
    return this.#desk !== null && problemsIn(this.#checks).length === 0;
  }

  /** Whether a card that is posted gets its thread, as far as is known. */
  get takesCards(): boolean {
    return this.#desk !== null && takesCards(this.#checks);
  }

  /** Who has claimed the bot, and what they have shown it. */
  get claim(): Claim | null {
    return this.#claim;
  }

  /** When the desk was last repaired, or given another group; `-Infinity`: never. */
  get repairedMs(): number {
    return this.#repairedMs;
  }

  /** Whether the checklist tells of this desk. */
  get isLookedAt(): boolean {
    return this.#isLookedAt;
  }

  /** When Telegram was asked for the desk as it is held. */
  get askedMs(): number {
    return this.#askedMs;
  }

  /** Which group is linked to the channel, as Telegram last told; `null`: it never was asked. */
  get linked(): Linked | null {
    return this.#linked;
  }

  /** Whether comments under the channel's posts are in the desk's group, as far as is known. */
  get isLinked(): boolean {
    return this.#linked === null || this.#linked.groupId === this.#desk?.groupId;
  }

  /** Whether it is time to look again. */
  get isDue(): boolean {
    const nowMs = this.options.now();
    const isOld = !isWithin(TRUST_MS, this.#checkedMs, nowMs);
    return !this.isReady || !this.isLinked || isOld || nowMs >= this.#againMs;
  }

  /** The items about the desk. */
  get checks(): Check[] {
    return this.#checks;
  }

  /** What Telegram has refused of late. */
  get refusals(): string[] {
    return this.#trouble.refusals;
  }

  /** Has `follower` told whenever the checklist may read otherwise. */
  follow(follower: () => void): void {
    this.#followers.push(follower);
  }

  /** Takes from memory which desk it is. Throws `NotReady` if that is not known. */
  async recall(): Promise<void> {
    if (this.#desk) return;
    this.#claim = await this.options.memory.recall("claim");
    await this.refresh();
    if (!this.#desk) throw new NotReady("The desk is not known yet");
  }

  /** Takes from memory what another instance may have learned of the desk. */
  async refresh(): Promise<void> {
    const known = await this.options.memory.recall("desk");
    const channel = this.#channel;
    if (known && channel !== undefined && known.channel === channel) {
      const { desk, askedMs = 0 } = known;
      if (!this.#desk || this.#isLater(askedMs, this.#askedMs)) this.#hold(desk, askedMs);
    }
  }

  /** The same, and nothing if it is not known. */
  async recallIfKnown(): Promise<void> {
    try {
      await this.recall();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
    }
  }

  /** Whether everybody who asks the database finds the desk as it is held here. */
  async isKept(): Promise<boolean> {
    const known = await this.options.memory.recall("desk");
    return known !== null && this.#desk !== null && known.channel === this.#channel &&
      known.desk.channelId === this.#desk.channelId && known.desk.groupId === this.#desk.groupId;
  }

  /**
   * Looks at the desk again, and at the group that is likely to be its own first. Resolves with
   * whether cards can be posted there.
   */
  async look(
    { groupId = this.#desk?.groupId, me = this.options.me() }: {
      groupId?: number | undefined;
      me?: UserFromGetMe | undefined;
    } = {},
  ): Promise<boolean> {
    // Whose desk it would be is for the start to find out.
    if (!me) return this.takesCards;
    const { api, config, memory, now } = this.options;
    const askedMs = now();
    if (config.channel === undefined) this.#claim = await memory.recall("claim");
    const channel = this.#channel;
    if (channel === undefined) {
      const because = this.#claim ? "no channel" : "unclaimed";
      this.#checkedMs = askedMs;
      this.#note([badCheck("channel", { because }), ...accountChecks(me)]);
      return false;
    }
    const found = await discoverDesk(api, {
      me,
      channel,
      ownerId: this.#claim?.ownerId,
      groupId,
      countLetIn: (channelId) => memory.countLetIn(channelId),
    });
    // Who asked later has been answered sooner.
    if (this.#isLater(this.#checkedMs, askedMs)) return this.takesCards;
    if (found.linkedId !== undefined) this.#noteLinked({ groupId: found.linkedId, askedMs });
    // What is known of the desk stays true until Telegram says otherwise.
    if (found.isUnanswered && this.#desk) return this.takesCards;
    const isWell = takesCards(found.checks);
    const wasBroken = this.#desk !== null && !this.takesCards;
    // What was refused since the last look, and is all right by now, was broken in between.
    const isMended = wasBroken || this.#trouble.listedSinceMs > this.#checkedMs;
    this.#checkedMs = askedMs;
    if (askedMs >= this.#againMs) this.#againMs = Infinity;
    if (isMended && isWell) this.#repairedMs = now();
    const { ownerId } = this.#desk ?? {};
    if (wasBroken && isWell) await this.#trouble.repaired(ownerId);
    if (found.desk) await this.#trouble.recognised(ownerId);
    if (isWell) this.#doubts.went("", "desk");
    const before = this.#desk;
    if (found.desk && (this.#desk || isWell)) await this.#keep(found.desk, askedMs);
    const isChanged = this.#desk?.groupId !== before?.groupId || this.#isOtherwise(found.checks);
    if (isChanged) this.#againMs = askedMs + REMEMBERED_MS;
    this.#note(found.checks);
    for (const tell of this.#followers) tell();
    return this.takesCards;
  }

  /**
   * Whether there is something else to be mended now. At the first look there is: what has changed
   * just before a start is not known to this process.
   */
  #isOtherwise(checks: Check[]): boolean {
    const states = (each: Check[]) => each.map(({ name, state }) => `${name} ${state}`).join();
    return states(checks) !== states(this.#checks);
  }

  /**
   * Looks at the desk because something about it has changed, in this group if it was one; what
   * waited for that goes out.
   */
  async lookAgain(groupId?: number): Promise<void> {
    this.#againMs = this.options.now() + REMEMBERED_MS;
    // What its maker allows the bot may have changed as well.
    const me = await answerOf(this.options.api.getMe());
    const isWell = await this.look({ groupId, me: me.failure ? undefined : me.result });
    if (isWell) await this.options.onReady();
  }

  /** A card's automatic forward is late: the group may have been unlinked. */
  async missRoot(): Promise<void> {
    if (!isWithin(LATE_ROOT_MS, this.#checkedMs, this.options.now())) await this.lookAgain();
  }

  /** Whether a chat is the desk's channel or group, as far as either is known. */
  isOurs(chat: Pick<Chat, "id" | "username">): boolean {
    const channel = this.#channel;
    const isChannel = channel !== undefined &&
      (chat.id === channel || `@${chat.username ?? ""}` === channel);
    return isChannel || chat.id === this.#desk?.channelId || chat.id === this.#desk?.groupId;
  }

  /** The desk is another one from now on: it has to be looked for anew. */
  forget(): void {
    this.#desk = null;
    this.#askedMs = -Infinity;
    this.#linked = null;
    this.#checkedMs = -Infinity;
    this.#againMs = Infinity;
    this.#checks = [];
    this.#isLookedAt = false;
  }

  /** A chat of the desk's refuses what it may not: whether it should may have to be looked up. */
  async doubt(): Promise<void> {
    if (this.options.now() - this.#checkedMs > DOUBT_LOOK_MS) await this.lookAgain();
  }

  /** Telegram refuses what the bot has to do: the log and the desk's owner are told once. */
  async report(failure: Failure, chatId: number): Promise<void> {
    await this.#trouble.report(failure, chatId, this.#desk?.ownerId);
  }

  /** Something of a lane has gone through in a chat. */
  went(lane: string, chatId: number): Promise<void> | null {
    // A job may be under way while the desk becomes another one.
    const { channelId, groupId, ownerId }: Partial<Desk> = this.#desk ?? {};
    const isDesks = chatId === channelId || chatId === groupId;
    const told = this.#trouble.went(lane, chatId, { isDesks, ownerId });
    if (!told) return null;
    this.#repairedMs = this.options.now();
    return told.then(() => this.options.onReady());
  }

  /** Notes that a lane was refused what the desk should allow; whether that is well all the while. */
  refuseDoubtfully(lane: string): RefusalCause {
    return this.#doubts.refuse(lane, "desk");
  }

  /** Notes that a lane was refused in a chat; whether it is refused for its own sake. */
  refuse(lane: string, where: number | "anywhere"): RefusalCause {
    return this.#trouble.refuse(lane, where);
  }

  /** The group has become another chat. */
  async migrate(groupId: number): Promise<void> {
    if (!this.#desk || this.#desk.groupId === groupId) return;
    this.options.log.info("group has a new ID", { chatId: groupId });
    await this.#keep({ ...this.#desk, groupId }, this.options.now());
  }

  get #channel(): Config["channel"] {
    return this.options.config.channel ?? this.#claim?.channelId;
  }

  /** Another instance may have asked later and been answered sooner: then that is kept. */
  async #keep(desk: Desk, askedMs: number): Promise<void> {
    this.#hold(desk, askedMs);
    await this.refresh();
    if (this.#desk !== desk) return;
    await this.options.memory.remember("desk", { channel: this.#channel, desk, askedMs });
  }

  /** Takes the desk as Telegram described it when asked at that time, unless a later one is known. */
  #hold(desk: Desk, askedMs: number): void {
    if (this.#isLater(this.#askedMs, askedMs)) return;
    // What came into the other group before it was known is as much missed as in a broken one.
    if (this.#desk && this.#desk.groupId !== desk.groupId) this.#repairedMs = this.options.now();
    this.#desk = desk;
    this.#askedMs = askedMs;
    this.#noteLinked({ groupId: desk.groupId, askedMs });
  }

  #noteLinked(linked: Linked): void {
    const isOlder = this.#linked !== null && this.#isLater(this.#linked.askedMs, linked.askedMs);
    if (!isOlder) this.#linked = linked;
  }

  /** Whether Telegram was asked later; what lies ahead was before the clock was set back. */
  #isLater(askedMs: number, otherMs: number): boolean {
    const nowMs = this.options.now();
    const past = (ms: number) => ms <= nowMs ? ms : -Infinity;
    return past(askedMs) > past(otherMs);
  }

  /** What is newly wrong is said once in the log. */
  #note(checks: Check[]): void {
    const known = new Set(problemsIn(this.#checks).map(sentenceOf));
    for (const problem of problemsIn(checks).map(sentenceOf)) {
      if (!known.has(problem)) this.options.log.error("desk has a problem", { problem });
    }
    this.#checks = checks;
    this.#isLookedAt = true;
  }
}

/**
 * Whether the desk can work, and what stands in its way. It is looked at again when something about
 * it may have changed.
 */
import type { Api } from "grammy";
import type { Chat, UserFromGetMe } from "grammy/types";
import {
  badCheck,
  type Check,
  lacksRight,
  problemsIn,
  type Right,
  takesCards,
} from "../../health/checklist.ts";
import { accountChecks } from "../../health/desk_checks.ts";
import type { Failure } from "../classify.ts";
import type { ChannelName, Config } from "../../config.ts";
import type { Claim, Desk } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import { answerOf } from "../api.ts";
import { discoverDesk } from "./discover.ts";
import { FoundChecks } from "./found_checks.ts";
import { KeptLooks, type LookMemory } from "./kept_look.ts";
import { type DeskMemory, KnownDesk, type Linked } from "./known_desk.ts";
import { LookTimes } from "./look_times.ts";
import { type RefusalCause, Refusals } from "./refusals.ts";
import { Trouble, type TroubleMemory } from "./trouble.ts";
import { NotReady } from "../updates.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { defined } from "../../values/defined.ts";

/** How soon a desk is looked at again because a card's forward is late. */
const LATE_ROOT_MS = MINUTE_MS;
/** How soon it is because something was refused that should not be. */
const DOUBT_LOOK_MS = MINUTE_MS;

/** What watching a desk needs of the world. */
export interface DeskWatchOptions {
  api: Api;
  config: Pick<Config, "botToken" | "locale" | "publicUrl">;
  /** Which channel the desk's is; `undefined`: nobody has said so. */
  channel: ChannelName | undefined;
  /** Who has claimed the bot, and what they have shown it. */
  claim: () => Claim | null;
  memory: DeskMemory & LookMemory & TroubleMemory;
  /** What tells it from other desks, where there are any. */
  mark: () => { desk?: string };
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  now: () => number;
  log: Log;
  /** Has go out what waited for a repair: called when another look has found the desk ready. */
  onReady: () => Promise<void>;
}

/** One desk. */
export class DeskWatch {
  readonly #known: KnownDesk;
  readonly #found: FoundChecks;
  readonly #looks: KeptLooks;
  readonly #times: LookTimes;
  /** How often Telegram was asked about the desk, and answered. */
  #answers = 0;
  /** The channel's, as Telegram last told. */
  #title: string | undefined;
  /** What waits for the desk is to go out once an answer says that the desk is well. */
  #isAwaited = false;
  #repairedMs = -Infinity;
  readonly #trouble: Trouble;
  /** Lanes that were refused something while looks at the desk found it well. */
  readonly #doubts: Refusals<"desk">;
  /** Who is told when the checklist may read otherwise. */
  readonly #followers: (() => void)[] = [];

  constructor(private readonly options: DeskWatchOptions) {
    this.#known = new KnownDesk({
      ...options,
      // What came into the other group before it was known is as much missed as in a broken one.
      onOtherGroup: () => this.#repairedMs = options.now(),
    });
    this.#found = new FoundChecks(options.log);
    this.#looks = new KeptLooks(options);
    this.#times = new LookTimes(options.now);
    this.#trouble = new Trouble(options);
    this.#doubts = new Refusals(options.now);
  }

  /** The desk. Throws `NotReady` while it is not known. */
  get desk(): Desk {
    const { desk } = this.#known;
    if (!desk) throw new NotReady("The desk is not known yet");
    return desk;
  }

  /** Whether there is a desk, however it is. */
  get isKnown(): boolean {
    return this.#known.desk !== null;
  }

  /** The channel's title, also of a desk that is not known yet; `undefined`: it was not learned. */
  get title(): string | undefined {
    return this.#known.desk?.title ?? this.#title;
  }

  /** Whether it is said which channel the desk's is. */
  get isNamed(): boolean {
    return this.#known.channel !== undefined;
  }

  /** Whether the desk is known and nothing stands in its way. */
  get isReady(): boolean {
    return this.#known.desk !== null && this.#found.areWell;
  }

  /** Whether a card that is posted gets its thread, as far as is known. */
  get takesCards(): boolean {
    return this.#known.desk !== null && this.#found.takeCards;
  }

  /** Whether the bot lacks a right in one of the desk's chats, as far as is known. */
  lacks(where: "channel" | "group", right: Right): boolean {
    return lacksRight(this.#found.all, where, right);
  }

  /** When the desk was last repaired, or given another group; `-Infinity`: never. */
  get repairedMs(): number {
    return this.#repairedMs;
  }

  /** Whether the checklist tells of this desk. */
  get isLookedAt(): boolean {
    return this.#found.isLookedAt;
  }

  /** When Telegram was asked for the desk as it is held. */
  get askedMs(): number {
    return this.#known.askedMs;
  }

  /** Which group is linked to the channel, as Telegram last told; `null`: it never was asked. */
  get linked(): Linked | null {
    return this.#known.linked;
  }

  /** Whether comments under the channel's posts are in the desk's group, as far as is known. */
  get isLinked(): boolean {
    return this.#known.linked === null || this.#known.linked.groupId === this.#known.desk?.groupId;
  }

  /** Whether it is time to look again. */
  get isDue(): boolean {
    return !this.isReady || !this.isLinked || this.#times.isDue;
  }

  /** The items about the desk. */
  get checks(): Check[] {
    return this.#found.all;
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
    await this.#known.recall();
  }

  /** The same, and nothing if it is not known. */
  async recallIfKnown(): Promise<void> {
    await this.#known.recallIfKnown();
  }

  /** Takes from memory what another instance may have learned of the desk. */
  async refresh(): Promise<void> {
    await this.#known.refresh();
  }

  /** Takes from memory the last look at the desk. What is wrong here, this process looks at itself. */
  async recallLook(): Promise<void> {
    if (!this.isReady) return;
    const look = await this.#looks.recall(this.#known.channel);
    if (!look || !this.#times.isFresh(look) || problemsIn(look.checks).length > 0) return;
    this.#times.recall(look);
    this.#found.note(look.checks);
  }

  /** Looks at the desk again if this process never has: whoever asks wants to know how it is now. */
  async lookItself(): Promise<void> {
    if (this.#times.isRecalled) await this.lookAgain();
  }

  /** Whether everybody who asks the database finds the desk as it is held here. */
  async isKept(): Promise<boolean> {
    return await this.#known.isKept();
  }

  /**
   * Looks at the desk again, and at the group that is likely to be its own first. Resolves with
   * whether cards can be posted there.
   */
  async look(where: { groupId?: number | undefined; me?: UserFromGetMe | undefined } = {}) {
    const before = this.#answers;
    const isWell = await this.#ask(where);
    // Without an answer what waits would only be refused again, and the desk looked at anew.
    if (!isWell || !this.#isAwaited || this.#answers === before) return isWell;
    this.#isAwaited = false;
    await this.options.onReady();
    return isWell;
  }

  async #ask(
    { groupId = this.#known.desk?.groupId, me = this.options.me() }: {
      groupId?: number | undefined;
      me?: UserFromGetMe | undefined;
    } = {},
  ): Promise<boolean> {
    // Whose desk it would be is for the start to find out.
    if (!me) return this.takesCards;
    const { api, channel, memory, now } = this.options;
    const askedMs = now();
    const claim = this.options.claim();
    if (channel === undefined) {
      const because = claim ? "no channel" : "unclaimed";
      this.#times.noteNothing(askedMs);
      this.#found.note([badCheck("channel", { because }), ...accountChecks(me)]);
      return false;
    }
    const found = await discoverDesk(api, {
      me,
      channel,
      ownerId: claim?.ownerId,
      groupId,
      countLetIn: (channelId) => memory.countLetIn(channelId),
    });
    // Who asked later has been answered sooner.
    if (this.#times.isOvertaken(askedMs)) {
      this.#answers++;
      return this.takesCards;
    }
    this.#title = found.title ?? this.#title;
    if (found.linkedId !== undefined) this.#known.noteLinked({ groupId: found.linkedId, askedMs });
    // What is known of the desk stays true until Telegram says otherwise.
    if (found.isUnanswered && this.#known.desk) return this.takesCards;
    this.#answers++;
    const isWell = takesCards(found.checks);
    const wasBroken = this.#known.desk !== null && !this.takesCards;
    // What was refused since the last look, and is all right by now, was broken in between.
    const isMended = wasBroken || this.#times.isSince(this.#trouble.listedSinceMs);
    this.#times.note(askedMs);
    if (isMended && isWell) this.#repairedMs = now();
    const { ownerId } = this.#known.desk ?? {};
    if (wasBroken && isWell) await this.#trouble.repaired(ownerId);
    if (found.desk) await this.#trouble.recognised(ownerId);
    if (isWell) this.#doubts.went("", "desk");
    const before = this.#known.desk;
    if (found.desk && (this.#known.desk || isWell)) await this.#known.keep(found.desk, askedMs);
    const isChanged = this.#known.desk?.groupId !== before?.groupId ||
      this.#found.areOtherwise(found.checks);
    if (isChanged) this.#times.change(askedMs);
    this.#found.note(found.checks);
    for (const tell of this.#followers) tell();
    if (!this.#known.desk) return this.takesCards;
    const { againMs } = this.#times;
    const look = { askedMs, checks: found.checks, ...defined({ againMs }) };
    await this.#looks.keep(channel, look);
    await this.#trouble.endRecalled(ownerId, isWell);
    return this.takesCards;
  }

  /**
   * Looks at the desk because something about it has changed, in this group if it was one; what
   * waited for that goes out.
   */
  async lookAgain(groupId?: number): Promise<void> {
    this.#times.change(this.options.now());
    // What its maker allows the bot may have changed as well.
    const me = await answerOf(this.options.api.getMe());
    this.#isAwaited = true;
    await this.look({ groupId, me: me.failure ? undefined : me.result });
  }

  /** A card's automatic forward is late: the group may have been unlinked. */
  async missRoot(): Promise<void> {
    if (!this.#times.wasWithin(LATE_ROOT_MS)) await this.lookAgain();
  }

  /** Whether a chat is the desk's channel or group, as far as either is known. */
  isOurs(chat: Pick<Chat, "id" | "username">): boolean {
    return this.#known.isOurs(chat);
  }

  /** A chat of the desk's refuses what it may not: whether it should may have to be looked up. */
  async doubt(): Promise<void> {
    if (!this.#times.wasWithin(DOUBT_LOOK_MS)) await this.lookAgain();
  }

  /** Telegram refuses what the bot has to do: the log and the desk's owner are told once. */
  async report(failure: Failure, chatId: number): Promise<void> {
    await this.#trouble.report(failure, chatId, this.#known.desk?.ownerId);
  }

  /** Something of a lane has gone through in a chat. */
  went(lane: string, chatId: number): Promise<void> | null {
    // A job may be under way while the desk becomes another one.
    const { channelId, groupId, ownerId }: Partial<Desk> = this.#known.desk ?? {};
    const isDesks = chatId === channelId || chatId === groupId;
    const { takesCards: isWell } = this;
    const told = this.#trouble.went(lane, chatId, { isDesks, isWell, ownerId });
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
    await this.#known.migrate(groupId);
  }
}

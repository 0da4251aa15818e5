/** One job being worked: where it goes, what stands in its way, and how a failure ends it. */
import type { Api } from "grammy";
import type { ReplyParameters } from "grammy/types";
import type { Reader, RootPlace } from "../change.ts";
import { classify, type Failure, isOut, type Verdict } from "../classify.ts";
import type { Config, Language } from "../config.ts";
import type { Conversation } from "../conversation.ts";
import { onBlocked } from "../customer.ts";
import { onDelivered } from "../delivered.ts";
import type { Desk } from "../desk.ts";
import type { DeskLists } from "../desk_lists.ts";
import type { Formatted } from "../formatted.ts";
import {
  type Job,
  laneName,
  laneOf,
  messageOf,
  type NoticeTask,
  targetOf,
  type Task,
  type Writer,
} from "../job.ts";
import type { Outcome } from "../outcome.ts";
import type { Link, Place } from "../link.ts";
import type { Log } from "../log.ts";
import type { Undeliverable } from "../notice.ts";
import { fillIn, type PartOfDay, valueOf } from "../placeholders.ts";
import { onGivenUp } from "../relay.ts";
import type { Replies } from "../replies.ts";
import { awayOf } from "../away.ts";
import { isOn } from "../settings.ts";
import type { Quote } from "../snapshot.ts";
import type { Membership } from "../team.ts";
import { say } from "../texts/texts.ts";
import { type Answer, answerOf } from "./api.ts";
import type { Team } from "./membership.ts";
import type { Ranks } from "./rank.ts";

/** What a delivery needs of the world. */
export interface DeliverOptions {
  api: Api;
  desk: () => Desk;
  team: Team;
  ranks: Ranks;
  replies: Replies;
  lists: DeskLists;
  config: Pick<Config, "locale" | "retentionDays" | "timeZone">;
  now: () => number;
  log: Log;
  /**
   * Called when Telegram refuses in a way only the operator can repair; a chat that refuses
   * everything need not be tried again before `untilMs`.
   */
  onTrouble: (failure: Failure, refused?: { chatId: number; untilMs: number }) => void;
  /** Called when a card's automatic forward is late: the group may have been unlinked. */
  onRootMissing: () => void;
  /** Whether nothing is known to be wrong with the channel and its group. */
  isDeskReady: () => boolean;
  /** Whether comments under the channel's posts are in the desk's group, as far as is known. */
  isLinked: () => boolean;
  /** When the desk was last repaired, or given another group; `-Infinity`: never. */
  repairedMs: () => number;
  /** Takes from memory what another instance may have learned of the desk. */
  refreshDesk: () => Promise<void>;
  /** When Telegram was asked for the desk as it is known. */
  askedMs: () => number;
  /** Called when somebody who writes in private turns out to be of the team. */
  onAgentInPrivate: (userId: number) => void;
  /** Called when Telegram asks to leave a chat alone. */
  onPause: (chatId: number, untilMs: number) => void;
  /** Called when the group has become another chat. */
  onMigrated: (groupId: number) => void;
}

/** Where a task's call goes, and as an answer to what. */
export interface Aim {
  chatId: number;
  /** As an answer to the message it should answer; absent: to none. */
  answer?: ReplyParameters;
  /** If that message is gone: to the root of the thread; absent: to none. */
  plain?: ReplyParameters;
  /** What was learned about the writer on the way. */
  memberships: Membership[];
}

/** How long to wait before looking again for what only people or other updates can bring. */
const PATIENT_WAIT_MS = 60_000;
/** How long a card's automatic forward is awaited before another card is posted … */
const ROOT_PATIENCE_MS = 10 * 60_000;
/** … and how much longer for each card that was posted in vain. */
const ROOT_PATIENCE_GROWTH = 6;
/** How long it is awaited once a desk is repaired that was broken when the card was posted. */
const REPAIRED_PATIENCE_MS = 30_000;
/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * 24 * 60 * 60_000;

/** A job with everything needed to work it. */
export class Delivery {
  /** The desk it is for; what was sent there is there, whatever another look has found meanwhile. */
  desk: Desk;
  /** The root of the thread it goes to, once it is known. */
  #rootId: number | undefined;
  /** The card above that thread. */
  #card: Conversation["card"];

  constructor(
    readonly options: DeliverOptions,
    readonly job: Job,
    readonly read: Reader,
    /** Whether the job is ours for as long as another call may take. */
    private readonly hasTime: () => boolean,
  ) {
    this.desk = options.desk();
  }

  get api(): Api {
    return this.options.api;
  }

  /** Whether it is for the thread. */
  get isToTeam(): boolean {
    return this.job.lane.direction !== "to-customer";
  }

  /** What puts facts in the places of their names, as of now; with who signs. */
  async filler(): Promise<(words: Formatted, agent: string) => Formatted> {
    const { read, customerId, options: { config: { timeZone }, now } } = this;
    const conversation = await read.conversation(customerId);
    const customer = conversation?.customer ?? { id: customerId, firstName: "" };
    const language = await this.language();
    const greet = (part: PartOfDay) => say({ text: "greeting", part }, language);
    return (words, agent) => {
      const facts = { customer, agent, nowMs: now(), timeZone, language, greet };
      return fillIn(words, (placeholder) => valueOf(placeholder, facts));
    };
  }

  /** The desk's language, in which its team is spoken to. */
  async language(): Promise<Language> {
    return (await this.read.settings()).language ?? this.options.config.locale;
  }

  get customerId(): number {
    return this.job.lane.customerId;
  }

  /** The chat this job's call goes to. */
  get chatId(): number {
    return targetOf(this.job, this.desk);
  }

  /**
   * Takes aim for something `writer` wrote, as an answer to the counterpart of `answerTo` in their
   * chat. An outcome instead: it cannot go now, or nothing is owed.
   */
  async aim(
    writer: Writer,
    { fromChatId, answerTo, quote }: { fromChatId: number; answerTo?: number; quote?: Quote },
  ): Promise<Aim | Outcome> {
    const ready = this.isToTeam ? await this.aimAtThread() : await this.aimAtCustomer(writer);
    if ("kind" in ready) return ready;
    const conversation = await this.read.conversation(this.customerId);
    // What was written before the ban is not shown either.
    if (writer.kind === "customer" && conversation?.status === "banned") return { kind: "sent" };
    const answered = await this.counterpartOf(fromChatId, answerTo);
    if (answered === null) return ready.plain ? { ...ready, answer: ready.plain } : ready;
    const stop = await this.lookForRoot(ready);
    if (stop) return stop;
    const quoting = quote
      ? {
        quote: quote.text,
        quote_position: quote.position,
        ...(quote.entities ? { quote_entities: quote.entities } : {}),
      }
      : {};
    return { ...ready, answer: { message_id: answered, ...quoting } };
  }

  /**
   * Calls with the answer it aims at; if Telegram refuses the quote, without it; if the answered
   * message is gone, as it aims otherwise.
   */
  async attempt<T>(
    { answer, plain }: Aim,
    call: (extra: { reply_parameters?: ReplyParameters }) => Promise<T>,
  ): Promise<Answer<T>> {
    const tries: (ReplyParameters | undefined)[] = [answer];
    if (answer?.quote !== undefined) tries.push({ message_id: answer.message_id! });
    if (answer?.message_id !== plain?.message_id) tries.push(plain);
    let last: Answer<T> | undefined;
    for (const parameters of tries) {
      last = await this.call(() => call(parameters ? { reply_parameters: parameters } : {}));
      if (!last.failure) return last;
      const { kind } = classify(last.failure);
      if (kind !== "no quote" && kind !== "no answered message") return last;
    }
    return last!;
  }

  /**
   * Looks whether a message is there: fails with "no message" if not. A bot cannot read one, but may
   * take back a reaction it never gave (Bot API, setMessageReaction).
   */
  async lookAt(chatId: number, messageId: number): Promise<Answer<true>> {
    return await answerOf(this.api.setMessageReaction(chatId, messageId, []));
  }

  /** One call; not begun if what came before it has taken so long that the job may be another's. */
  async call<T>(make: () => Promise<T>): Promise<Answer<T>> {
    return await this.inTime(() => answerOf(make()));
  }

  /** The same for a call whose answer is read already. */
  async inTime<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>> {
    if (this.hasTime()) return await call();
    return { failure: { description: "there was no time left for the call" } };
  }

  /** The counterpart of a message of the writer's chat, in the chat this job goes to. */
  async counterpartOf(chatId: number, messageId: number | undefined): Promise<number | null> {
    if (messageId === undefined) return null;
    const there = (await this.read.counterpart({ chatId, messageId }))?.there;
    // A link that leads anywhere else is of another conversation, or of a thread that is gone.
    if (there?.chatId !== this.chatId) return null;
    const isElsewhere = there.rootId !== undefined && this.#rootId !== undefined &&
      there.rootId !== this.#rootId;
    return isElsewhere ? null : there.messageId;
  }

  /** Done: the message here is shown there. */
  linked(links: Link[], asked: Membership[]): Outcome {
    return { kind: "sent", decide: () => ({ links, asked }) };
  }

  /** Done, and new on the other side; it was sent as this canned reply, if it was as one. */
  async delivered(links: Link[], asked: Membership[], replyId?: string): Promise<Outcome> {
    const { job, desk } = this;
    const nowMs = this.options.now();
    const listeners = await this.#listeners();
    const away = this.isToTeam
      ? awayOf(await this.read.settings(), this.options.config.timeZone, nowMs)
      : undefined;
    const arrival = {
      job,
      links,
      asked,
      listeners,
      ...(away ? { away } : {}),
      ...(replyId === undefined ? {} : { replyId }),
    };
    return { kind: "sent", decide: (read) => onDelivered(arrival, read, { desk, nowMs }) };
  }

  /** The same outcome, and the thread is told something. */
  andTold(outcome: Outcome, task: NoticeTask): Outcome {
    if (outcome.kind !== "sent") return outcome;
    const lane = laneOf(this.desk, this.customerId, "to-team");
    return {
      kind: "sent",
      decide: async (read) => {
        const change = await outcome.decide?.(read) ?? {};
        return { ...change, tasks: [...change.tasks ?? [], { lane, task }] };
      },
    };
  }

  /** Who is told, if with this message a customer begins to wait. */
  async #listeners(): Promise<number[]> {
    const { read, desk: { channelId }, options: { lists } } = this;
    const conversation = await read.conversation(this.customerId);
    const begins = this.isToTeam &&
      conversation?.waiting?.messageId === messageOf(this.job.task);
    if (!begins) return [];
    const wanted = await lists.noticesWanted(channelId);
    const isDefault = isOn(await read.settings(), "notify");
    const agents = isDefault ? await lists.agents(channelId) : [];
    const silent = agents.map(({ userId }) => userId).filter((userId) => !wanted.has(userId));
    return [...wanted].filter(([, isWanted]) => isWanted).map(([userId]) => userId).concat(silent);
  }

  /** Other tasks take this job's place. */
  instead(tasks: Task[]): Outcome {
    return { kind: "sent", decide: () => ({ instead: tasks }) };
  }

  /** Until the operator has repaired the desk. */
  waitForDesk(): Outcome {
    const untilMs = this.options.now() + PATIENT_WAIT_MS;
    return { kind: "wait", untilMs, waitsFor: "desk" };
  }

  /** Given up, visibly. */
  undeliverable(why: Undeliverable, reason: string = why.because): Outcome {
    return { kind: "drop", reason, decide: () => onGivenUp(this.job, why) };
  }

  /** A place in the chat this job goes to. */
  placeThere(messageId: number): Place {
    const rootId = this.#rootId === undefined ? {} : { rootId: this.#rootId };
    return { chatId: this.chatId, messageId, ...rootId };
  }

  /** Until the automatic forward is seen; one that never comes is not waited for for ever. */
  private waitForRoot({ card }: Conversation): Outcome {
    if (this.#isAside) return this.joinTeamLane();
    const nowMs = this.options.now();
    // The card's own job stood before this one: it was given up, and no card is on its way.
    if (!card || card.isOver) return this.newThread({ wasInVain: false });
    if (nowMs - card.postedMs > PATIENT_WAIT_MS) this.options.onRootMissing();
    const patienceMs = patienceOf(card);
    const repairedMs = this.options.repairedMs();
    // A forward that came while the bot was not there to see it does not come again.
    const isMissed = card.postedMs < repairedMs && nowMs - repairedMs > REPAIRED_PATIENCE_MS;
    if (isMissed || nowMs - card.postedMs > patienceMs) {
      return this.newThread({ wasInVain: !isMissed });
    }
    return { kind: "wait", untilMs: nowMs + PATIENT_WAIT_MS, waitsFor: "root" };
  }

  /**
   * The root is gone. If it goes again as soon as it comes, somebody removes what the bot posts:
   * then cards follow more and more rarely.
   */
  private deadThread(): Outcome {
    if (this.#isAside) return this.joinTeamLane();
    const { lane } = this.job;
    const nowMs = this.options.now();
    const card = this.#card;
    if (!card || nowMs - card.postedMs >= ROOT_PATIENCE_MS * ROOT_PATIENCE_GROWTH) {
      return this.newThread({ wasInVain: false });
    }
    const againMs = card.postedMs + patienceOf(card) / ROOT_PATIENCE_GROWTH;
    if (card.inVain === undefined || againMs <= nowMs) return this.newThread({ wasInVain: true });
    this.options.log.warn("threads are removed", { lane: laneName(lane) });
    return { kind: "wait", untilMs: againMs };
  }

  /** Whether it is for the thread, but not in the lane that leads there. */
  get #isAside(): boolean {
    return this.job.lane.direction === "to-desk";
  }

  /** Threads begin in the lane that leads to them: only there cards are posted. */
  private joinTeamLane(): Outcome {
    const { lane, task } = this.job;
    const toTeam = { ...lane, direction: "to-team" } as const;
    return { kind: "sent", decide: () => ({ tasks: [{ lane: toTeam, task }] }) };
  }

  /** The thread is gone, or never began: a new card is posted, and this same job goes under it. */
  private newThread({ wasInVain }: { wasInVain: boolean }): Outcome {
    const { task } = this.job;
    return {
      kind: "sent",
      decide: async (read) => {
        const conversation = await read.conversation(this.customerId);
        if (!conversation) return {};
        const { card } = conversation;
        const inVain = wasInVain ? (card?.inVain ?? 0) + 1 : 0;
        return {
          ...(card
            ? { conversations: [{ ...conversation, card: { ...card, isOver: true } }] }
            : {}),
          lostRoots: [this.customerId],
          instead: [
            { kind: "card", ...(inVain > 0 ? { inVain } : {}) },
            { kind: "notice", notice: { text: "panel" } },
            ...(isPanel(task) ? [] : [task]),
          ],
        };
      },
    };
  }

  /** The outcome of a call that failed. */
  failed(failure: Failure): Outcome {
    const verdict: Verdict = classify(failure);
    const { task } = this.job;
    switch (verdict.kind) {
      case "pause": {
        const untilMs = this.options.now() + verdict.retryAfterS * 1000;
        const { chatId } = this;
        this.options.onPause(chatId, untilMs);
        return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
      }
      case "unchanged":
        return { kind: "sent" };
      case "blocked":
        return this.blocked();
      case "gone":
        return this.undeliverable({ because: "gone" });
      case "no chat":
        return this.isToTeam ? this.trouble(failure) : this.undeliverable({ because: "gone" });
      case "no message":
        return this.undeliverable({ because: "deleted" });
      case "trouble":
        return this.trouble(failure);
      case "migrated":
        // What is left behind in the old group cannot be copied from there any more.
        if (verdict.chatId === this.desk.groupId) return this.undeliverable({ because: "deleted" });
        this.options.onMigrated(verdict.chatId);
        return { kind: "wait", untilMs: this.options.now() };
      case "no answered message":
        // The last thing tried was the root itself.
        if (this.isToTeam) return this.deadThread();
        return { kind: "retry", error: failure.description };
      case "passing":
      case "no user":
        return { kind: "retry", error: failure.description };
      case "uncopyable":
        return "shows" in task
          ? this.undeliverable({ because: "kind", content: task.shows.kind })
          : this.undeliverable({ because: "refused" });
      case "no voice":
        return this.undeliverable({ because: "voice" }, failure.description);
      case "uneditable":
      case "too long":
      case "no quote":
      case "refused":
        // Without its card a customer has no thread: that is for the operator to repair.
        if (task.kind === "card") return this.trouble(failure);
        return this.undeliverable({ because: "refused" }, failure.description);
    }
  }

  /** Who is of the team could not be asked: an error is no answer, so the job waits for one. */
  unasked(failure: Failure): Outcome {
    const verdict = classify(failure);
    if (verdict.kind === "passing") return this.failed(failure);
    if (verdict.kind !== "pause") return this.trouble(failure);
    return { kind: "wait", untilMs: this.options.now() + verdict.retryAfterS * 1000 };
  }

  private async aimAtThread(): Promise<Aim | Outcome> {
    const [root, conversation] = await Promise.all([
      this.read.rootOf(this.customerId),
      this.read.conversation(this.customerId),
    ]);
    // Who wrote turned out to be of the team: the card's job has forgotten the conversation.
    if (!conversation) return { kind: "sent" };
    // A thread that cannot be opened from its card is seen by nobody.
    if (!this.options.isLinked()) return this.waitForDesk();
    this.#card = conversation.card;
    if (root === null) return this.waitForRoot(conversation);
    if (root.chatId !== this.chatId) {
      await this.options.refreshDesk();
      this.desk = this.options.desk();
    }
    if (root.chatId !== this.chatId) return this.elsewhere(root, conversation);
    this.#rootId = root.messageId;
    return { chatId: this.chatId, plain: { message_id: root.messageId }, memberships: [] };
  }

  /** The channel was given another group: its threads begin anew there. */
  private elsewhere({ postId }: RootPlace, { card }: Conversation): Outcome {
    const isNewer = card !== undefined && card.postId === postId &&
      card.postedMs > this.options.askedMs();
    if (!isNewer) {
      return this.#isAside ? this.joinTeamLane() : this.newThread({ wasInVain: false });
    }
    // This thread has begun since Telegram was asked: the group has changed once more.
    this.options.onRootMissing();
    return this.waitForDesk();
  }

  private async aimAtCustomer(writer: Writer): Promise<Aim | Outcome> {
    let memberships: Membership[] = [];
    if (writer.kind === "person") {
      const member = await this.options.team.ask(writer.userId, this.read);
      if (member.failure) return this.unasked(member.failure);
      memberships = member.learned;
      // Nothing is owed to a stranger.
      if (!member.isTeam) return { kind: "sent", decide: () => ({ asked: memberships }) };
    }
    const conversation = await this.read.conversation(this.customerId);
    if (conversation?.blockedSinceMs !== undefined) return this.park(conversation.blockedSinceMs);
    return { chatId: this.chatId, memberships };
  }

  /** Telegram takes an answer to a comment even if the root is gone, but nobody would see it. */
  private async lookForRoot({ plain }: Aim): Promise<Outcome | null> {
    if (plain?.message_id === undefined) return null;
    const { failure } = await this.lookAt(this.chatId, plain.message_id);
    if (!failure) return null;
    const { kind } = classify(failure);
    if (kind === "no message") return this.deadThread();
    const isUnseen = kind === "pause" || kind === "passing" || isOut(failure);
    return isUnseen ? this.failed(failure) : null;
  }

  /** Keeps the job until the customer is back, or gives it up when that has taken too long. */
  private park(blockedSinceMs: number): Outcome {
    const untilMs = Math.max(blockedSinceMs, this.job.acceptedMs) + BLOCKED_PATIENCE_MS;
    if (untilMs <= this.options.now()) return this.undeliverable({ because: "blocked" });
    return { kind: "wait", untilMs, waitsFor: "customer" };
  }

  private blocked(): Outcome {
    const { desk } = this;
    const nowMs = this.options.now();
    return {
      kind: "wait",
      untilMs: nowMs + BLOCKED_PATIENCE_MS,
      waitsFor: "customer",
      decide: async (read) => {
        const conversation = await read.conversation(this.customerId);
        return conversation ? onBlocked(conversation, true, { desk, nowMs }) : {};
      },
    };
  }

  private trouble(failure: Failure): Outcome {
    const untilMs = this.options.now() + PATIENT_WAIT_MS;
    // That the bot may remove nobody keeps nothing else from going there.
    const isOfChat = this.job.task.kind !== "expel";
    this.options.onTrouble(failure, isOfChat ? { chatId: this.chatId, untilMs } : undefined);
    return { kind: "wait", untilMs, waitsFor: "desk" };
  }
}

/** A thread that begins anew has its own. */
function isPanel(task: Task): boolean {
  return task.kind === "notice" && task.notice.text === "panel";
}

/** How long a card's thread is waited for, by how many cards before it were in vain. */
function patienceOf({ inVain = 0 }: NonNullable<Conversation["card"]>): number {
  return ROOT_PATIENCE_MS * ROOT_PATIENCE_GROWTH ** inVain;
}

/** Whether taking aim ended in an outcome. */
export function isOutcome(aim: Aim | Outcome): aim is Outcome {
  return "kind" in aim;
}

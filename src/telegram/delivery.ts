/** One job being worked: where it goes, what stands in its way, and how a failure ends it. */
import type { Api } from "grammy";
import type { ReplyParameters } from "grammy/types";
import type { Reader } from "../change.ts";
import { classify, type Failure, type Verdict } from "../classify.ts";
import type { Config } from "../config.ts";
import type { Desk } from "../desk.ts";
import { type Job, type Outcome, type Task, type Writer } from "../job.ts";
import type { Link, Place } from "../link.ts";
import type { Log } from "../log.ts";
import type { Undeliverable } from "../notice.ts";
import { onBlocked, onGivenUp } from "../relay.ts";
import type { Quote } from "../snapshot.ts";
import type { Membership } from "../team.ts";
import { type Answer, answerOf } from "./api.ts";
import type { Team } from "./membership.ts";

/** What a delivery needs of the world. */
export interface DeliverOptions {
  api: Api;
  desk: () => Desk;
  team: Team;
  config: Pick<Config, "locale" | "retentionDays">;
  now: () => number;
  log: Log;
  /** Called when Telegram refuses in a way only the operator can repair. */
  onTrouble: (failure: Failure) => void;
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
/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * 24 * 60 * 60_000;

/** A job with everything needed to work it. */
export class Delivery {
  constructor(
    readonly options: DeliverOptions,
    readonly job: Job,
    readonly read: Reader,
  ) {}

  get api(): Api {
    return this.options.api;
  }

  get desk(): Desk {
    return this.options.desk();
  }

  get isToTeam(): boolean {
    return this.job.lane.direction === "to-team";
  }

  get customerId(): number {
    return this.job.lane.customerId;
  }

  /** The chat this job's call goes to. */
  get chatId(): number {
    if (this.job.task.kind === "card") return this.desk.channelId;
    return this.isToTeam ? this.desk.groupId : this.customerId;
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
    const answered = await this.counterpartOf(fromChatId, answerTo);
    if (answered === null) return ready.plain ? { ...ready, answer: ready.plain } : ready;
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
      last = await answerOf(call(parameters ? { reply_parameters: parameters } : {}));
      if (!last.failure) return last;
      const { kind } = classify(last.failure);
      if (kind !== "no quote" && kind !== "no answered message") return last;
    }
    return last!;
  }

  /** The counterpart of a message of the writer's chat, in the chat this job goes to. */
  async counterpartOf(chatId: number, messageId: number | undefined): Promise<number | null> {
    if (messageId === undefined) return null;
    const counterpart = await this.read.counterpart({ chatId, messageId });
    // A link that leads anywhere else is of another conversation.
    return counterpart?.there.chatId === this.chatId ? counterpart.there.messageId : null;
  }

  /** Done: the message here is shown there. */
  linked(links: Link[], memberships: Membership[]): Outcome {
    return { kind: "sent", decide: () => ({ links, memberships }) };
  }

  /** Other tasks take this job's place. */
  instead(tasks: Task[]): Outcome {
    return { kind: "sent", decide: () => ({ instead: tasks }) };
  }

  /** Given up, visibly. */
  undeliverable(why: Undeliverable, reason: string = why.because): Outcome {
    return { kind: "drop", reason, decide: () => onGivenUp(this.job, why) };
  }

  /** A place in the chat this job goes to. */
  placeThere(messageId: number): Place {
    return { chatId: this.chatId, messageId };
  }

  waitForRoot(): Outcome {
    return { kind: "wait", untilMs: this.options.now() + PATIENT_WAIT_MS, waitsFor: "root" };
  }

  /** The outcome of a call that failed. */
  failed(failure: Failure): Outcome {
    const verdict: Verdict = classify(failure);
    const { task } = this.job;
    switch (verdict.kind) {
      case "pause": {
        const untilMs = this.options.now() + verdict.retryAfterS * 1000;
        const { chatId } = this;
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
      case "migrated":
        return this.trouble(failure);
      case "passing":
      case "no answered message":
      case "no user":
        return { kind: "retry", error: failure.description };
      case "uncopyable":
        return "shows" in task
          ? this.undeliverable({ because: "kind", content: task.shows.kind })
          : this.undeliverable({ because: "refused" });
      case "uneditable":
      case "too long":
      case "no quote":
      case "refused":
        // Without its card a customer has no thread: that is for the operator to repair.
        if (task.kind === "card") return this.trouble(failure);
        return this.undeliverable({ because: "refused" }, failure.description);
    }
  }

  private async aimAtThread(): Promise<Aim | Outcome> {
    const [root, conversation] = await Promise.all([
      this.read.rootOf(this.customerId),
      this.read.conversation(this.customerId),
    ]);
    // Who wrote turned out to be of the team: the card's job has forgotten the conversation.
    if (!conversation) return { kind: "sent" };
    if (root === null) return this.waitForRoot();
    return { chatId: this.chatId, plain: { message_id: root }, memberships: [] };
  }

  private async aimAtCustomer(writer: Writer): Promise<Aim | Outcome> {
    let memberships: Membership[] = [];
    if (writer.kind === "person") {
      const member = await this.options.team.ask(writer.userId, this.read);
      if (member.failure) return this.failed(member.failure);
      memberships = member.learned;
      // Nothing is owed to a stranger.
      if (!member.isTeam) return { kind: "sent", decide: () => ({ memberships }) };
    }
    const conversation = await this.read.conversation(this.customerId);
    if (conversation?.blockedSinceMs !== undefined) return this.park(conversation.blockedSinceMs);
    return { chatId: this.chatId, memberships };
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
    this.options.onTrouble(failure);
    return { kind: "wait", untilMs: this.options.now() + PATIENT_WAIT_MS };
  }
}

/** Whether taking aim ended in an outcome. */
export function isOutcome(aim: Aim | Outcome): aim is Outcome {
  return "kind" in aim;
}

/** One job being worked: where it goes, as an answer to what, and how that ends. */
import type { ReplyParameters } from "grammy/types";
import { awayOf } from "../../hours/away.ts";
import { classify, type Failure, isOut } from "../classify.ts";
import { onDelivered } from "../../decisions/arrival.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Link, Place } from "../../message/link.ts";
import type { Undeliverable } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { isOn } from "../../settings/settings.ts";
import type { Quote } from "../../message/snapshot.ts";
import { messageOf, type NoticeTask, type Task, type Writer } from "../../jobs/task.ts";
import type { Membership } from "../../desk/team.ts";
import { type Answer, answerOf } from "../api.ts";
import { failed, park, unasked, undeliverable } from "./failures.ts";
import { deadThread, findThread } from "./thread.ts";
import { Work } from "./work.ts";

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

/** A job, and the ways to end it. */
export class Delivery extends Work {
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

  /** The counterpart of a message of the writer's chat, in the chat this job goes to. */
  async counterpartOf(chatId: number, messageId: number | undefined): Promise<number | null> {
    if (messageId === undefined) return null;
    const there = (await this.read.counterpart({ chatId, messageId }))?.there;
    // A link that leads anywhere else is of another conversation, or of a thread that is gone.
    if (there?.chatId !== this.chatId) return null;
    const isElsewhere = there.rootId !== undefined && this.rootId !== undefined &&
      there.rootId !== this.rootId;
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

  /** A place in the chat this job goes to. */
  placeThere(messageId: number): Place {
    const rootId = this.rootId === undefined ? {} : { rootId: this.rootId };
    return { chatId: this.chatId, messageId, ...rootId };
  }

  /** The outcome of a call that failed. */
  failed(failure: Failure): Outcome {
    return failed(this, failure);
  }

  /** Who is of the team could not be asked: an error is no answer, so the job waits for one. */
  unasked(failure: Failure): Outcome {
    return unasked(this, failure);
  }

  /** Given up, visibly. */
  undeliverable(why: Undeliverable, reason?: string): Outcome {
    return undeliverable(this, why, reason);
  }

  private async aimAtThread(): Promise<Aim | Outcome> {
    const outcome = await findThread(this);
    if (outcome) return outcome;
    return { chatId: this.chatId, plain: { message_id: this.rootId! }, memberships: [] };
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
    if (conversation?.blockedSinceMs !== undefined) return park(this, conversation.blockedSinceMs);
    return { chatId: this.chatId, memberships };
  }

  /** Telegram takes an answer to a comment even if the root is gone, but nobody would see it. */
  private async lookForRoot({ plain }: Aim): Promise<Outcome | null> {
    if (plain?.message_id === undefined) return null;
    const { failure } = await this.lookAt(this.chatId, plain.message_id);
    if (!failure) return null;
    const { kind } = classify(failure);
    if (kind === "no message") return deadThread(this);
    const isUnseen = kind === "pause" || kind === "passing" || isOut(failure);
    return isUnseen ? this.failed(failure) : null;
  }
}

/** Whether taking aim ended in an outcome. */
export function isOutcome(aim: Aim | Outcome): aim is Outcome {
  return "kind" in aim;
}

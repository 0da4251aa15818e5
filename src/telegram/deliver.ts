/** From a task to a call of the Bot API to an outcome. The outbox sends through nothing else. */
import type { Api } from "grammy";
import { writeCard } from "../card.ts";
import type { Reader } from "../change.ts";
import { classify, type Failure, type Verdict } from "../classify.ts";
import type { Language } from "../config.ts";
import { treatmentOf } from "../content.ts";
import type { Desk } from "../desk.ts";
import type { Job, Outcome, Task } from "../job.ts";
import type { Log } from "../log.ts";
import type { Place } from "../link.ts";
import type { Undeliverable } from "../notice.ts";
import { onBlocked, onGivenUp } from "../relay.ts";
import type { Membership } from "../team.ts";
import { say } from "../texts/texts.ts";
import { answerOf } from "./api.ts";
import type { Team } from "./membership.ts";

/** What a delivery needs of the world. */
export interface DeliverOptions {
  api: Api;
  desk: () => Desk;
  team: Team;
  locale: Language;
  now: () => number;
  log: Log;
  /** Called when Telegram refuses in a way only the operator can repair. */
  onTrouble: (failure: Failure) => void;
}

type TaskOf<Kind extends Task["kind"]> = Extract<Task, { kind: Kind }>;

/** How long to wait before looking again for what only people or other updates can bring. */
const PATIENT_WAIT_MS = 60_000;
/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * 24 * 60 * 60_000;

/** Works jobs: see `Outcome` for how they may end. */
export function createDeliver(
  options: DeliverOptions,
): (job: Job, read: Reader) => Promise<Outcome> {
  return (job, read) => new Delivery(options, job, read).work();
}

/** One job being worked. */
class Delivery {
  constructor(
    private readonly options: DeliverOptions,
    private readonly job: Job,
    private readonly read: Reader,
  ) {}

  async work(): Promise<Outcome> {
    const pausedUntilMs = await this.read.pausedUntilMs(this.chatId);
    if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
    const { task } = this.job;
    switch (task.kind) {
      case "card":
        return await this.postCard();
      case "relay":
        return this.isToTeam ? await this.relayToTeam(task) : await this.relayToCustomer(task);
      case "notice":
        return this.isToTeam ? await this.tellTeam(task) : await this.tellCustomer(task);
      case "unpin":
        return await this.unpin(task);
    }
  }

  private get desk(): Desk {
    return this.options.desk();
  }

  private get isToTeam(): boolean {
    return this.job.lane.direction === "to-team";
  }

  private get customerId(): number {
    return this.job.lane.customerId;
  }

  /** The chat this job's call goes to. */
  private get chatId(): number {
    const { desk } = this;
    if (this.job.task.kind === "card") return desk.channelId;
    return this.isToTeam ? desk.groupId : this.customerId;
  }

  private async postCard(): Promise<Outcome> {
    const { api, team, now } = this.options;
    const { desk } = this;
    const [conversation, root] = await Promise.all([
      this.read.conversation(this.customerId),
      this.read.rootOf(this.customerId),
    ]);
    // The answer to an earlier try was lost, but the card is there: its thread is known.
    if (!conversation || root !== null) return { kind: "sent" };
    const member = await team.ask(this.customerId, this.read);
    if (member.failure) return this.failed(member.failure);
    if (member.isTeam) return { kind: "sent", decide: () => ({ forget: [this.customerId] }) };

    const { text, entities } = writeCard(conversation);
    const answer = await answerOf(api.sendMessage(desk.channelId, text, {
      entities,
      link_preview_options: { is_disabled: true },
    }));
    if (answer.failure) return this.failed(answer.failure);
    const card = { postId: answer.result.message_id, postedMs: now() };
    return {
      kind: "sent",
      decide: async (read) => {
        const current = await read.conversation(this.customerId);
        return {
          ...(current ? { conversations: [{ ...current, card }] } : {}),
          memberships: member.learned,
        };
      },
    };
  }

  private async relayToTeam(task: TaskOf<"relay">): Promise<Outcome> {
    const { api } = this.options;
    const { desk } = this;
    const [root, answered, conversation] = await Promise.all([
      this.read.rootOf(this.customerId),
      this.counterpartOf(task.from.chatId, task.answerTo, desk.groupId),
      this.read.conversation(this.customerId),
    ]);
    // Who wrote turned out to be of the team: the card's job has forgotten the conversation.
    if (!conversation) return { kind: "sent" };
    if (root === null) return this.waitForRoot();
    const copy = (answerTo: number) =>
      answerOf(api.copyMessage(desk.groupId, task.from.chatId, task.from.messageId, {
        reply_parameters: { message_id: answerTo },
      }));
    let answer = await copy(answered ?? root);
    if (answer.failure && answered !== null && isAnsweredMissing(answer.failure)) {
      answer = await copy(root);
    }
    if (answer.failure) return this.failed(answer.failure);
    return this.linked(task, { chatId: desk.groupId, messageId: answer.result.message_id });
  }

  private async relayToCustomer(task: TaskOf<"relay">): Promise<Outcome> {
    const { api, team } = this.options;
    let learned: Membership[] = [];
    if (task.author.kind === "person") {
      const member = await team.ask(task.author.userId, this.read);
      if (member.failure) return this.failed(member.failure);
      if (!member.isTeam) return { kind: "sent", decide: () => ({ memberships: member.learned }) };
      learned = member.learned;
    }
    if (treatmentOf(task.content) === "explain") {
      return this.undeliverable({ because: "kind", content: task.content });
    }
    const [answered, conversation] = await Promise.all([
      this.counterpartOf(task.from.chatId, task.answerTo, this.customerId),
      this.read.conversation(this.customerId),
    ]);
    if (conversation?.blockedSinceMs !== undefined) return this.park(conversation.blockedSinceMs);
    const answer = await answerOf(
      api.copyMessage(this.customerId, task.from.chatId, task.from.messageId, {
        ...(answered === null
          ? {}
          : { reply_parameters: { message_id: answered, allow_sending_without_reply: true } }),
      }),
    );
    if (answer.failure) return this.failed(answer.failure);
    const place = { chatId: this.customerId, messageId: answer.result.message_id };
    return this.linked(task, place, learned);
  }

  private async tellTeam(task: TaskOf<"notice">): Promise<Outcome> {
    const { api, locale } = this.options;
    const { desk } = this;
    const root = await this.read.rootOf(this.customerId);
    if (root === null) return this.waitForRoot();
    const text = say(task.notice, task.private?.wording.language ?? locale);
    const tell = (answerTo: number) =>
      answerOf(api.sendMessage(desk.groupId, text, {
        reply_parameters: { message_id: answerTo },
      }));
    let answer = await tell(task.answerTo ?? root);
    if (answer.failure && task.answerTo !== undefined && isAnsweredMissing(answer.failure)) {
      answer = await tell(root);
    }
    return answer.failure ? this.failed(answer.failure) : { kind: "sent" };
  }

  private async tellCustomer(task: TaskOf<"notice">): Promise<Outcome> {
    const { api, team, locale } = this.options;
    let notice = task.notice;
    let learned: Membership[] = [];
    if (notice.text === "welcome" && await this.isFirstContact()) {
      const member = await team.ask(this.customerId, this.read);
      if (member.failure) return this.failed(member.failure);
      if (member.isTeam) notice = { text: "team-in-private" };
      learned = member.learned;
    }
    const text = say(notice, task.private?.wording.language ?? locale);
    const answer = await answerOf(api.sendMessage(this.customerId, text, {
      ...(task.answerTo === undefined ? {} : {
        reply_parameters: { message_id: task.answerTo, allow_sending_without_reply: true },
      }),
    }));
    if (answer.failure) return this.failed(answer.failure);
    return { kind: "sent", decide: () => ({ memberships: learned }) };
  }

  /** Until the card is posted, who writes may still turn out to be of the team. */
  private async isFirstContact(): Promise<boolean> {
    return (await this.read.conversation(this.customerId))?.card === undefined;
  }

  /** Polite, not owed: if Telegram refuses, the pin stays and the lane goes on. */
  private async unpin(task: TaskOf<"unpin">): Promise<Outcome> {
    const { api, log } = this.options;
    const { desk } = this;
    const answer = await answerOf(api.unpinChatMessage(desk.groupId, task.messageId));
    if (!answer.failure) return { kind: "sent" };
    const verdict = classify(answer.failure);
    if (verdict.kind === "pause") return this.failed(answer.failure);
    log.warn("card stays pinned", { reason: answer.failure.description });
    return { kind: "sent" };
  }

  /** The message of the chat `toChatId` that shows what the answered message shows here. */
  private async counterpartOf(
    fromChatId: number,
    answerTo: number | undefined,
    toChatId: number,
  ): Promise<number | null> {
    if (answerTo === undefined) return null;
    const place = await this.read.counterpart({ chatId: fromChatId, messageId: answerTo });
    // A link that leads anywhere else is of another conversation.
    return place?.chatId === toChatId ? place.messageId : null;
  }

  private linked(task: TaskOf<"relay">, there: Place, memberships: Membership[] = []): Outcome {
    return {
      kind: "sent",
      decide: () => ({ links: [{ here: task.from, there }], memberships }),
    };
  }

  private waitForRoot(): Outcome {
    return { kind: "wait", untilMs: this.options.now() + PATIENT_WAIT_MS, waitsFor: "root" };
  }

  /** Keeps the job until the customer is back, or gives it up when that has taken too long. */
  private park(blockedSinceMs: number): Outcome {
    const untilMs = Math.max(blockedSinceMs, this.job.acceptedMs) + BLOCKED_PATIENCE_MS;
    if (untilMs <= this.options.now()) return this.undeliverable({ because: "blocked" });
    return { kind: "wait", untilMs, waitsFor: "customer" };
  }

  private undeliverable(why: Undeliverable, reason: string = why.because): Outcome {
    return { kind: "drop", reason, decide: () => onGivenUp(this.job, why) };
  }

  /** The outcome of a call that failed. */
  private failed(failure: Failure): Outcome {
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
      case "uncopyable":
        return task.kind === "relay"
          ? this.undeliverable({ because: "kind", content: task.content })
          : this.undeliverable({ because: "refused" });
      case "no message":
        return this.undeliverable({ because: "deleted" });
      case "trouble":
      case "migrated":
        return this.trouble(failure);
      case "passing":
      case "no answered message":
      case "no user":
        return { kind: "retry", error: failure.description };
      case "refused":
        // Without its card a customer has no thread: that is for the operator to repair.
        if (task.kind === "card") return this.trouble(failure);
        return this.undeliverable({ because: "refused" }, failure.description);
    }
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

function isAnsweredMissing(failure: Failure): boolean {
  return classify(failure).kind === "no answered message";
}

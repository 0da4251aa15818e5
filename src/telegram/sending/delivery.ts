/** One job in hand: what is to be done, at which desk, and with what. */
import type { Api } from "grammy";
import type { InlineKeyboardMarkup } from "grammy/types";
import { ofDesk } from "../../buttons/of_desk.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Config } from "../../config.ts";
import type { Language } from "../../words/language.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { type Lane, laneName } from "../../conversation/lane.ts";
import type { DeskAmong } from "../../desk/among.ts";
import type { Desk } from "../../desk/desk.ts";
import type { NamedDesk } from "../../desk/names.ts";
import type { PersonalRecords } from "../../privacy/records.ts";
import type { DeskLists } from "../../desk/lists.ts";
import type { Formatted } from "../../words/formatted.ts";
import type { Later } from "../../jobs/background.ts";
import { type Job, targetOf } from "../../jobs/job.ts";
import type { Log } from "../../log.ts";
import type { Place } from "../../message/link.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { fillIn, type PartOfDay, valueOf } from "../../message/placeholders.ts";
import type { Replies } from "../../replies/replies.ts";
import { say } from "../../texts/texts.ts";
import { type Answer, answerOf } from "../api.ts";
import type { Team } from "../desk/membership.ts";
import type { Menus } from "../desk/menus.ts";
import type { Ranks } from "../desk/rank.ts";
import type { DeskView } from "./desk_view.ts";
import type { OwnDesks } from "./leave.ts";
import type { Roots } from "./roots.ts";

/** What working a job needs of the world. */
export interface DeliverOptions {
  api: Api;
  /** The desks that are served. */
  desks: Omit<OwnDesks, "known"> & {
    readonly among: readonly DeskAmong[];
    /** All of them, in their order. */
    readonly all: readonly DeskInSending[];
    readonly known: readonly DeskInSending[];
    /** Who owns the bot; `undefined`: not known. */
    readonly ownerId: number | undefined;
    /** What the desks are called, and were: also those that are not served. */
    readonly names: readonly NamedDesk[];
    /** Takes from memory which desks there are, if none is known with this ID. */
    learn(deskId: number): Promise<void>;
    /** Whether a lane is one of a desk's that there is, known or not, or none's. */
    serves(lane: Pick<Lane, "deskId">): boolean;
    /** Whether a desk is named and not known yet. */
    awaits(deskId: number): boolean;
    /** The desk that works a lane. Throws `NotReady` while it is not known. */
    ofLane(lane: Pick<Lane, "deskId">): DeskInSending;
  };
  /** What is known of any desk. */
  reader: (deskId: number) => Reader;
  pauses: Pauses;
  roots: Roots;
  menus: Pick<Menus, "keepForAgent">;
  replies: Replies;
  lists: DeskLists & PersonalRecords;
  /** Receives an update once more. */
  replay: (update: unknown) => Promise<void>;
  config: Pick<Config, "channels" | "locale" | "retentionDays" | "timeZone">;
  /** Has go on in the background what no job has to wait for. */
  later: Later;
  now: () => number;
  log: Log;
}

/** A desk as sending sees it, and who its people are. */
export interface DeskInSending {
  watch: DeskView;
  team: Team;
  ranks: Ranks;
}

/** Where it is kept which chats are to be left alone. */
export interface Pauses {
  /** Telegram asks to leave a chat alone until then: so does every instance. */
  pause(chatId: number, untilMs: number): void;
  /** A chat refuses everything: this instance need not try before then. */
  hold(chatId: number, untilMs: number): void;
}

/** How long to wait before looking again for what only people or other updates can bring. */
export const PATIENT_WAIT_MS = 60_000;

/** How long a look at a chat's pause is good for: calls that follow each other quickly share one. */
const PAUSE_LOOK_MS = 1000;

/** A job, and the means to work it. */
export class Delivery {
  /** How the desk it is for is served. */
  readonly served: DeskInSending;
  /** The desk it is for; what was sent there is there, whatever another look has found meanwhile. */
  desk: Desk;
  /** The root of the thread it goes to, once it is known. */
  rootId: number | undefined;
  /** The card above that thread. */
  card: Conversation["card"];
  /** Telegram has said clearly, in this go, whether who wrote or asked it is of the team. */
  isWriterClear = false;
  /** What it has sent to where nobody reads it. */
  readonly astray: Place[] = [];
  /** When it was last seen that nobody was asked to leave the chat alone. */
  #lookedMs: number;

  constructor(
    readonly options: DeliverOptions,
    readonly job: Job,
    readonly read: Reader,
    /** Whether the job is ours for as long as another call may take. */
    private readonly hasTime: () => boolean,
  ) {
    this.served = options.desks.ofLane(job.lane);
    this.desk = this.served.watch.desk;
    this.#lookedMs = options.now();
  }

  get api(): Api {
    return this.options.api;
  }

  get customerId(): number {
    return this.job.lane.customerId;
  }

  /** The chat this job's call goes to. */
  get chatId(): number {
    return targetOf(this.job, () => this.desk);
  }

  /** Whether its call goes to the desk's channel or its group. */
  get isAtDesk(): boolean {
    const { channelId, groupId } = this.desk;
    return this.chatId === channelId || this.chatId === groupId;
  }

  /** Whether a root is in the desk's group, which another instance may know to be another one. */
  async isInGroup({ chatId }: Place): Promise<boolean> {
    const { watch } = this.served;
    if (chatId !== this.desk.groupId) {
      await watch.refresh();
      this.desk = watch.desk;
    }
    return chatId === this.desk.groupId;
  }

  /** Something has gone through in a chat: what was refused there may be over. */
  went(chatId: number): void {
    const { served: { watch }, options: { later } } = this;
    const told = watch.went(laneName(this.job.lane), chatId);
    if (told) later(told);
  }

  /** Whether it is for the thread. */
  get isToTeam(): boolean {
    return this.job.lane.direction !== "to-customer";
  }

  /** Whether it is for the thread, but not in the lane that leads there. */
  get isAside(): boolean {
    return this.job.lane.direction === "to-desk";
  }

  /** A keyboard for a chat: in private its buttons say of which of several desks they are. */
  keyboardIn(chatId: number, keyboard: InlineKeyboardMarkup): InlineKeyboardMarkup {
    const isOne = this.options.desks.known.length < 2;
    return isOne || chatId < 0 ? keyboard : ofDesk(keyboard, this.desk.channelId);
  }

  /** A message as it is shown in a chat, with such buttons. */
  messageIn<Shown extends { reply_markup?: InlineKeyboardMarkup }>(
    chatId: number,
    shown: Shown,
  ): Shown {
    const { reply_markup: keyboard } = shown;
    return keyboard ? { ...shown, reply_markup: this.keyboardIn(chatId, keyboard) } : shown;
  }

  /** A place in the chat this job goes to. */
  placeThere(messageId: number): Place {
    const rootId = this.rootId === undefined ? {} : { rootId: this.rootId };
    return { chatId: this.chatId, messageId, ...rootId };
  }

  /** Has a message taken away that lies where nobody reads it, once the job is settled. */
  takeAway(at: Place): void {
    this.astray.push(at);
  }

  /** What puts facts in the places of their names, as of now; with who signs. */
  async filler(): Promise<(words: Formatted, agent: string) => Formatted> {
    const { read, customerId, job: { task }, options: { config: { timeZone }, now } } = this;
    const isAsked = task.kind === "notice" || task.kind === "menu";
    const asking = isAsked ? task.private?.asking : undefined;
    const known = asking ?? (await read.conversation(customerId))?.customer;
    const customer = known ?? { id: customerId, firstName: "" };
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

  /** One call; not begun if what came before it has taken so long that the job may be another's. */
  async call<T>(make: () => Promise<T>): Promise<Answer<T>> {
    return await this.inTime(() => answerOf(make()));
  }

  /** One call whose answer is read already; not begun if the job may be another's by now. */
  async inTime<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>> {
    if (!this.hasTime()) {
      return { failure: { description: "there was no time left for the call" } };
    }
    const pausedMs = await this.#pausedMs();
    if (pausedMs === 0) return await call();
    const description = "Too Many Requests: another call was told so meanwhile";
    return { failure: { code: 429, description, retryAfterS: pausedMs / 1000 } };
  }

  /** For how long the chat has to be left alone, as calls of others may have been told by now. */
  async #pausedMs(): Promise<number> {
    const nowMs = this.options.now();
    if (nowMs - this.#lookedMs < PAUSE_LOOK_MS) return 0;
    const untilMs = await this.read.pausedUntilMs(this.chatId);
    if (untilMs === 0) this.#lookedMs = nowMs;
    return Math.max(untilMs - nowMs, 0);
  }

  /** Until the operator has repaired the desk. */
  waitForDesk(): Outcome {
    const untilMs = this.options.now() + PATIENT_WAIT_MS;
    return { kind: "wait", untilMs, waitsFor: "desk" };
  }
}

/** The receiving side, joined: updates come in, whoever handles their kind decides, and it is accepted. */
import type { Bot } from "grammy";
import type { Config } from "../../config.ts";
import { laneOf, NO_DESK } from "../../conversation/lane.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Later } from "../../jobs/background.ts";
import type { Change } from "../../jobs/change.ts";
import { Courtesies } from "../../jobs/courtesies.ts";
import type { Foreseen, Foresight } from "../../jobs/foresight.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Parked, ParkedUpdates } from "../../jobs/parked.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { Log } from "../../log.ts";
import type { Place } from "../../message/link.ts";
import { named } from "../../replies/named.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Reply } from "../../replies/reply.ts";
import type { Notice } from "../../texts/notice.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";
import type { Menus } from "../desk/menus.ts";
import type { Desks } from "../desk/desks.ts";
import type { Setup } from "../desk/setup.ts";
import { addHandlers } from "./bot.ts";
import { chosen } from "./chosen.ts";
import type { Connection } from "./connection.ts";
import { early } from "./early.ts";
import { inline, type InlineOptions, type InlineWays } from "./inline.ts";
import { InlineAnswers } from "./inline_answers.ts";
import { type FailureMemory, Intake } from "./intake.ts";
import { type Counted, OpenCounts } from "./open_counts.ts";
import { Reception } from "./reception.ts";

/** Where what comes in is kept, by desk. */
export interface ReceivingRecords {
  reader(deskId: number): Reader;
  /** Begins to read what an update most likely leads to, for when it is accepted. */
  foresee(deskId: number, foresight: Foresight): Foreseen;
  /**
   * Accepts an update, from where it waited if it did, with what was foreseen of it there. Rejects if
   * the database does not take it.
   */
  accept(
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
    foreseen?: Foreseen,
  ): Promise<void>;
  /** Writes what was learned on the way. */
  record(deskId: number, decide: Decision): Promise<void>;
}

/** What receiving needs of the world. */
export interface ReceivingOptions {
  bot: Bot;
  connection: Connection;
  desks: Desks;
  setup: Setup;
  menus: Menus;
  feedback: InlineFeedback;
  replies: Replies;
  records: ReceivingRecords;
  parked: ParkedUpdates;
  /** Counts the conversations at a desk. */
  countOpen: (deskId: number) => Promise<Counted>;
  failures: FailureMemory;
  config: Config;
  later: Later;
  now: () => number;
  log: Log;
}

/** Gives the bot its handlers, and makes the way in that leads to them. */
export function createReceiving(options: ReceivingOptions): Intake {
  const { bot, desks, setup, menus, feedback, records, parked, config, later, now, log } = options;
  const courtesies = new Courtesies(options);
  const ask = courtesies.ask.bind(courtesies);
  const intake = new Intake({
    ...options,
    ask,
    api: bot.api,
    deskOf: (chatId) => reception.deskFor(chatId),
    accept: (deskId, updateId, decide, parked) => records.accept(deskId, updateId, decide, parked),
  });
  const { parking } = intake;
  const reception: Reception = new Reception({
    desks,
    reader: (deskId) => records.reader(deskId),
    foresee: (deskId, foresight) => records.foresee(deskId, foresight),
    openCounts: new OpenCounts({ ...options, count: options.countOpen }),
    accept: (...accepted) => records.accept(...accepted),
    playedFrom: (update) => parking.playedFrom(update),
    circumstances: (desk) => circumstancesOf(desk, options),
  });
  const leave: InlineWays["leave"] = (update, call, stranger) =>
    intake.leave(update, call, stranger);
  desks.follow(() => later(parking.play()));
  addHandlers(bot, {
    chosen: chosen({ feedback, later }),
    setup: setup.composer({
      later,
      ask,
      acceptOutside: (update, decide) => records.accept(NO_DESK, update.update_id, decide),
    }),
    inline: inline(inlineOptions(options), { leave, later, ask }),
    early: early({ api: bot.api, parked, config, leave, later, log }),
    keepOrder: (update) => parking.keepOrder(update),
    reception,
    desks,
    now,
    isOf: (deskId, place) => wasOf(place, records.reader(deskId)),
    recallDesks: async () => {
      await desks.recallIfKnown();
      return desks.isKnown;
    },
    waitsSinceMs: (update) => parking.waitsSinceMs(update),
    onMigrated: ({ channelId }, groupId) =>
      later(desks.at(channelId)?.watch.migrate(groupId) ?? Promise.resolve()),
    onMember: (desk, member) =>
      later(menus.renew(desks.known.map((served) => served.watch.desk), desk, member)),
  });
  return intake;
}

/** As they are at the moment of a decision. */
function circumstancesOf(
  desk: Desk,
  { bot, desks, config, now }: ReceivingOptions,
): Circumstances {
  const { albumQuietMs, retentionDays, fingerprintKey, botId } = config;
  return {
    desk,
    desks: desks.among,
    isAlone: desks.all.length < 2,
    awaits: (deskId) => desks.awaits(deskId),
    nowMs: now(),
    albumQuietMs,
    retentionDays,
    fingerprintKey,
    botId,
    botUsername: bot.botInfo.username,
  };
}

/** Whether a root or a message of a group was once the desk's. */
async function wasOf(place: Place, read: Reader): Promise<boolean> {
  return await read.customerByRoot(place) !== null || await read.counterpart(place) !== null;
}

function inlineOptions(
  { bot, desks, replies, records, config, log }: ReceivingOptions,
): InlineOptions {
  return {
    api: bot.api,
    desks,
    replies,
    answers: new InlineAnswers({
      api: bot.api,
      shelf: replies.shelf,
      tell: (desk, broken) => records.record(desk.channelId, () => telling(desk, broken)),
      log,
    }),
    read: ({ channelId }) => records.reader(channelId),
    learn: ({ channelId }, memberships) =>
      records.record(channelId, async (read) => {
        // What an update has told meanwhile is newer than what was asked.
        const known = await Promise.all(memberships.map((each) => read.membership(each.userId)));
        return { memberships: memberships.filter((_, index) => !known[index]) };
      }),
    config,
    log,
  };
}

/** Tells the owner which replies are no longer offered; the group, if they cannot be told. */
function telling(desk: Desk, broken: Reply[]): Change {
  const notice: Notice = { text: "replies-broken", ...named(broken) };
  const { groupId, ownerId = groupId } = desk;
  const task: NoticeTask = {
    kind: "notice",
    notice,
    chatId: ownerId,
    otherwise: groupId,
    isSealed: true,
  };
  return { tasks: [{ lane: laneOf(desk, 0, "to-desk"), task }] };
}

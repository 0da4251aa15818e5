/** The receiving side, joined: updates come in, whoever handles their kind decides, and it is accepted. */
import type { Bot } from "grammy";
import type { Config } from "../../config.ts";
import { type Lane, laneOf, NO_DESK } from "../../conversation/lane.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Later } from "../../jobs/background.ts";
import type { Change } from "../../jobs/change.ts";
import { Courtesies } from "../../jobs/courtesies.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Parked, ParkedUpdates } from "../../jobs/parked.ts";
import type { NoticeTask } from "../../jobs/task.ts";
import type { Log } from "../../log.ts";
import type { Place } from "../../message/link.ts";
import { named } from "../../replies/named.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Reply } from "../../replies/reply.ts";
import type { Notice } from "../../texts/notice.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";
import type { Menus } from "../desk/menus.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import type { Setup } from "../desk/setup.ts";
import { addHandlers } from "./bot.ts";
import { chosen } from "./chosen.ts";
import type { Connection } from "./connection.ts";
import { early } from "./early.ts";
import { inline, type InlineOptions, type InlineWays } from "./inline.ts";
import { InlineAnswers } from "./inline_answers.ts";
import { type FailureMemory, Intake } from "./intake.ts";

/** Where what comes in is kept, by desk. */
export interface ReceivingRecords {
  reader(deskId: number): Reader;
  /**
   * Accepts an update, from where it waited if it did; most likely it adds to this lane. Rejects if
   * the database does not take it.
   */
  accept(
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
    likely?: Lane,
  ): Promise<void>;
  /** Writes what was learned on the way. */
  record(deskId: number, decide: Decision): Promise<void>;
}

/** What receiving needs of the world. */
export interface ReceivingOptions {
  bot: Bot;
  connection: Connection;
  desk: ServedDesk;
  setup: Setup;
  menus: Menus;
  feedback: InlineFeedback;
  replies: Replies;
  records: ReceivingRecords;
  parked: ParkedUpdates;
  failures: FailureMemory;
  config: Config;
  later: Later;
  now: () => number;
  log: Log;
}

/** Gives the bot its handlers, and makes the way in that leads to them. */
export function createReceiving(options: ReceivingOptions): Intake {
  const { bot, desk: { watch }, setup, menus, feedback, records, parked, config, later, log } =
    options;
  const courtesies = new Courtesies(options);
  const ask = courtesies.ask.bind(courtesies);
  const intake = new Intake({
    ...options,
    ask,
    watch,
    api: bot.api,
    accept: (deskId, updateId, decide, parked) => records.accept(deskId, updateId, decide, parked),
  });
  const { parking } = intake;
  const leave: InlineWays["leave"] = (update, call, stranger) =>
    intake.leave(update, call, stranger);
  watch.follow(() => later(parking.play()));
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
    accept: (update, decide) => {
      const { desk } = watch;
      const { update_id: updateId, message } = update;
      const parked = parking.playedFrom(update);
      const likely = message?.chat.type === "private"
        ? laneOf(desk, message.chat.id, "to-team")
        : undefined;
      return records.accept(desk.channelId, updateId, decide, parked, likely);
    },
    circumstances: () => circumstancesOf(options),
    isOurs: (place) => wasOurs(place, records.reader(watch.desk.channelId)),
    recallDesk: async () => {
      await watch.recallIfKnown();
      return watch.isKnown;
    },
    refresh: () => watch.refresh(),
    linked: () => watch.linked,
    waitsSinceMs: (update) => parking.playedFrom(update)?.parkedMs,
    onMigrated: (groupId) => later(watch.migrate(groupId)),
    onMember: (member) => later(menus.renew(watch.desk, member)),
  });
  return intake;
}

/** As they are at the moment of a decision. Throws while the desk is not known. */
function circumstancesOf({ bot, desk: { watch }, config, now }: ReceivingOptions): Circumstances {
  const { albumQuietMs, retentionDays, fingerprintKey, botId } = config;
  const { desk } = watch;
  const botUsername = bot.botInfo.username;
  return { desk, nowMs: now(), albumQuietMs, retentionDays, fingerprintKey, botId, botUsername };
}

/** Whether a root or a message of a group was once the desk's. */
async function wasOurs(place: Place, read: Reader): Promise<boolean> {
  return await read.customerByRoot(place) !== null || await read.counterpart(place) !== null;
}

function inlineOptions(
  { bot, desk: { watch, team }, replies, records, config, log }: ReceivingOptions,
): InlineOptions {
  return {
    api: bot.api,
    desk: () => watch.desk,
    team,
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

/** The receiving side, joined: updates come in, whoever handles their kind decides, and it is accepted. */
import type { Bot } from "grammy";
import type { Config } from "../../config.ts";
import { NO_DESK } from "../../conversation/lane.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Later } from "../../jobs/background.ts";
import { Courtesies } from "../../jobs/courtesies.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import type { Place } from "../../message/link.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Menus } from "../desk/menus.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import type { Setup } from "../desk/setup.ts";
import { addHandlers } from "./bot.ts";
import type { Connection } from "./connection.ts";
import { inline, type InlineOptions } from "./inline.ts";
import { type FailureMemory, Intake } from "./intake.ts";

/** Where what comes in is kept, by desk. */
export interface ReceivingRecords {
  reader(deskId: number): Reader;
  /** Accepts an update; rejects if the database does not take it. */
  accept(deskId: number, updateId: number, decide: Decision): Promise<void>;
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
  replies: Replies;
  records: ReceivingRecords;
  failures: FailureMemory;
  config: Config;
  later: Later;
  now: () => number;
  log: Log;
}

/** Gives the bot its handlers, and makes the way in that leads to them. */
export function createReceiving(options: ReceivingOptions): Intake {
  const { bot, desk: { watch }, setup, menus, records, later } = options;
  const courtesies = new Courtesies(options);
  const ask = courtesies.ask.bind(courtesies);
  const intake = new Intake({
    ...options,
    ask,
    watch,
    accept: (deskId, updateId, decide) => records.accept(deskId, updateId, decide),
  });
  addHandlers(bot, {
    setup: setup.composer({
      later,
      ask,
      acceptOutside: (update, decide) => records.accept(NO_DESK, update.update_id, decide),
    }),
    inline: inline(inlineOptions(options), {
      leave: (update, call, stranger) => intake.leave(update, call, stranger),
      later,
      ask,
    }),
    accept: (update, decide) => records.accept(watch.desk.channelId, update.update_id, decide),
    circumstances: () => circumstancesOf(options),
    isOurs: (place) => wasOurs(place, records.reader(watch.desk.channelId)),
    recallDesk: () => watch.recall(),
    refresh: () => watch.refresh(),
    linked: () => watch.linked,
    onDeskChanged: (groupId) => later(watch.lookAgain(groupId)),
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

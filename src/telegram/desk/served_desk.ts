/** What there is once for each desk: its state, its people, its checklist, and the test message. */
import type { Api } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { ChannelName, Config } from "../../config.ts";
import type { Claim } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import { DeskWatch } from "./desk_watch.ts";
import type { LookMemory } from "./kept_look.ts";
import type { DeskMemory } from "./known_desk.ts";
import { Team } from "./membership.ts";
import { Ranks } from "./rank.ts";
import type { ChecklistMemory } from "./shown_checklist.ts";
import { TestMessage, type TestMessageOptions } from "./test_message.ts";
import type { TroubleMemory } from "./trouble.ts";

/** What is kept of one desk. */
export type ServedDeskMemory =
  & DeskMemory
  & LookMemory
  & TroubleMemory
  & TestMessageOptions["memory"]
  & ChecklistMemory;

/** What serving a desk needs of the world. */
export interface ServedDeskOptions {
  api: Api;
  config: Config;
  /** Which channel the desk's is; `undefined`: nobody has said so. */
  channel: ChannelName | undefined;
  claim: () => Claim | null;
  /** Who owns the bot; `undefined`: nobody that is known. */
  ownerId: () => number | undefined;
  memory: ServedDeskMemory;
  /** What tells it from other desks, where there are any. */
  mark: () => { desk?: string };
  me: () => UserFromGetMe | undefined;
  /** Has go out what waited for a repair. */
  onReady: () => Promise<void>;
  now: () => number;
  log: Log;
}

/** A desk as it is served. */
export interface ServedDesk {
  channel: ChannelName | undefined;
  memory: ServedDeskMemory;
  watch: DeskWatch;
  team: Team;
  ranks: Ranks;
  testMessage: TestMessage;
}

/** Makes what serves a desk; nothing is asked of Telegram yet. */
export function serveDesk({ me, onReady, ...options }: ServedDeskOptions): ServedDesk {
  const watch = new DeskWatch({ ...options, me, onReady });
  const desk = () => watch.desk;
  // Who is of its team is told before a desk is known, as soon as it is said which channel is its own.
  const channel = () => (watch.isKnown ? undefined : options.channel) ?? desk().channelId;
  const team = new Team({ ...options, channel });
  return {
    channel: options.channel,
    memory: options.memory,
    watch,
    team,
    ranks: new Ranks({ ...options, desk, team }),
    testMessage: new TestMessage({ ...options, desk }),
  };
}

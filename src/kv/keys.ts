/**
 * Every key there is. All start with the bot's ID, so that several bots may share a database;
 * what belongs to a desk carries its channel's ID.
 */
import type { ChannelName } from "../config.ts";
import type { Order } from "../jobs/job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import type { OwnText } from "../settings/settings.ts";
import type { DeskEvent } from "../stats/stats.ts";

/** Kinds of records that are kept under a customer's ID, several of each. */
export const CUSTOMER_KINDS = [
  "told",
  "note",
  "reactor",
  "named",
  "failed",
  "every-post",
  "every-root",
  "doubt",
  "scheduled",
  "confirmation",
] as const;

/** One of these kinds. */
export type CustomerKind = typeof CUSTOMER_KINDS[number];

const HARDLY_READ: readonly unknown[] = ["seen", "event", "link"];
const OF_PROCESS: readonly unknown[] = ["lease", "alive"];

/** The keys of one bot. */
export type Keys = ReturnType<typeof keysOf>;

/** Spells the keys of the bot with this ID. */
export function keysOf(botId: number) {
  const lane = ({ deskId, customerId, direction }: Lane) => [deskId, customerId, direction];
  /** Without a channel: of the one desk of a bot that has, or had, no more. */
  const ofChannel = (kind: string, channel?: ChannelName) =>
    channel === undefined ? [botId, kind] : [botId, kind, channel];
  return {
    /** Everything of this bot, or all of one kind. */
    all: () => [botId],
    allOf: (kind: string) => [botId, kind],
    /** Says nothing, and is there to fill the database's log. */
    filler: (n: number) => [botId, "filler", n],
    /** Nothing ever lies here. */
    nothing: () => [botId, "nothing"],
    /** What Telegram says of the bot itself. */
    me: () => [botId, "me"],
    /** What was last found of the desk of a channel. */
    look: (channel?: ChannelName) => ofChannel("look", channel),
    /** What Telegram refuses the bot at the desk of a channel. */
    trouble: (channel?: ChannelName) => ofChannel("trouble", channel),
    /** What was last registered as webhook. */
    webhook: () => [botId, "webhook"],
    /** Which menus of commands were last registered, as a digest. */
    menus: () => [botId, "menus"],
    /** Who has claimed the bot. */
    claim: () => [botId, "claim"],
    /** Where the checklist of a desk was last shown. */
    checklist: (channel?: ChannelName) => ofChannel("checklist", channel),
    /** The bot's own message that is on its way, to see whether the way is open. */
    walk: (channel?: ChannelName) => ofChannel("walk", channel),
    /** How far the owner is led in setting the desk up. */
    guide: () => [botId, "guide"],
    /** What the bot has written of itself at Telegram. */
    profile: () => [botId, "profile"],
    /** When Telegram last told which canned reply was chosen. */
    feedback: () => [botId, "feedback"],
    /** How far old conversations have been looked for. */
    retention: () => [botId, "retention"],
    /** How often somebody tried to claim the bot with a wrong code. */
    claimAttempts: (userId: number) => [botId, "claim-attempts", userId],
    /** A desk this bot serves, by its channel as it was named. */
    desk: (channel?: ChannelName) => ofChannel("desk", channel),
    /** What the desks are called. */
    deskNames: () => [botId, "desk-names"],
    /** Which desk newcomers come to. */
    route: () => [botId, "route"],
    /** Which desk has served a customer last, and which before. */
    servedBy: (customerId: number) => [botId, "served-by", customerId],
    /** An update that was accepted. */
    seen: (updateId: number) => [botId, "seen", updateId],
    /** An update that waits, in its chat's line; of a large one, the parts. */
    parked: (chatId: number, n: number) => [botId, "parked", chatId, n],
    parkedOf: (chatId: number) => [botId, "parked", chatId],
    allParked: () => [botId, "parked"],
    parkedPart: (id: string, n: number) => [botId, "parked-part", id, n],
    conversation: (deskId: number, customerId: number) => [
      botId,
      "conversation",
      deskId,
      customerId,
    ],
    conversations: () => [botId, "conversation"],
    conversationsOf: (deskId: number) => [botId, "conversation", deskId],
    /** What somebody has read who may have written nothing yet. */
    visit: (deskId: number, customerId: number) => [botId, "visit", deskId, customerId],
    visits: () => [botId, "visit"],
    /** The root of a customer's thread. */
    root: (deskId: number, customerId: number) => [botId, "root", deskId, customerId],
    /** Whose thread a root begins. */
    customerByRoot: (deskId: number, { chatId, messageId }: Place) => [
      botId,
      "customer-by-root",
      deskId,
      chatId,
      messageId,
    ],
    rootsIn: (deskId: number, groupId: number) => [botId, "customer-by-root", deskId, groupId],
    /** Every post that stands for a customer, or once did. */
    everyPost: (deskId: number, customerId: number, postId: number) => [
      botId,
      "every-post",
      deskId,
      customerId,
      postId,
    ],
    /** Every root that leads to a customer. */
    everyRoot: (deskId: number, customerId: number, { chatId, messageId }: Place) => [
      botId,
      "every-root",
      deskId,
      customerId,
      chatId,
      messageId,
    ],
    /** What is in doubt under a root. */
    doubt: (deskId: number, customerId: number, { chatId, messageId }: Place) => [
      botId,
      "doubt",
      deskId,
      customerId,
      chatId,
      messageId,
    ],
    /** A post that stood for somebody who has erased their data. */
    erasedPost: (deskId: number, postId: number) => [botId, "erased-post", deskId, postId],
    /** What stays of somebody who has erased their data, under a mark of their ID. */
    erasure: (deskId: number, mark: string) => [botId, "erasure", deskId, mark],
    link: (deskId: number, { chatId, messageId }: Place) => [
      botId,
      "link",
      deskId,
      chatId,
      messageId,
    ],
    linksOf: (deskId: number, chatId: number) => [botId, "link", deskId, chatId],
    /**
     * All of one kind that is kept under a customer's ID, which is that of their private chat as well
     * (Bot API, Chat.id).
     */
    ofCustomer: (kind: CustomerKind, deskId: number, customerId: number) => [
      botId,
      kind,
      deskId,
      customerId,
    ],
    /** A job that can be found while it waits. */
    named: (of: Lane, name: string) => [botId, "named", ...lane(of), name],
    /** Whose reaction was the last on a message. */
    reactor: (deskId: number, { chatId, messageId }: Place) => [
      botId,
      "reactor",
      deskId,
      chatId,
      messageId,
    ],
    /** A message about which something was said that is said only once. */
    told: (deskId: number, { chatId, messageId }: Place) => [
      botId,
      "told",
      deskId,
      chatId,
      messageId,
    ],
    /** A message that stays on its side: a note, a command, the first piece of an album of notes. */
    note: (deskId: number, { chatId, messageId }: Place) => [
      botId,
      "note",
      deskId,
      chatId,
      messageId,
    ],
    membership: (deskId: number, userId: number) => [botId, "membership", deskId, userId],
    /** A colleague who has answered a customer. */
    agent: (deskId: number, userId: number) => [botId, "agent", deskId, userId],
    agentsOf: (deskId: number) => [botId, "agent", deskId],
    /** Whether an agent wants to be told when somebody waits. */
    noticeWanted: (deskId: number, userId: number) => [botId, "notice", deskId, userId],
    noticesWantedOf: (deskId: number) => [botId, "notice", deskId],
    /** Who is on shift, in the order of their turns. */
    roster: (deskId: number) => [botId, "roster", deskId],
    /** Somebody whom the creator lets into the group. */
    allowed: (deskId: number, userId: number) => [botId, "allowed", deskId, userId],
    allowedOf: (deskId: number) => [botId, "allowed", deskId],
    /** The link by which agents ask to join. */
    invite: (deskId: number) => [botId, "invite", deskId],
    /** What the administrators have decided. */
    settings: (deskId: number) => [botId, "settings", deskId],
    /** Words of the desk's own. */
    ownText: (deskId: number, name: OwnText) => [botId, "own-text", deskId, name],
    /** Something that counts for statistics. */
    event: (deskId: number, { atMs, kind }: DeskEvent, arrival: number) => [
      botId,
      "event",
      deskId,
      atMs,
      kind,
      arrival,
    ],
    eventsOf: (deskId: number) => [botId, "event", deskId],
    eventsSince: (deskId: number, sinceMs: number) => [botId, "event", deskId, sinceMs],
    /** How many canned replies there are; written with every change to one. */
    replies: (deskId: number) => [botId, "replies", deskId],
    /** Which canned replies were changed last; written with every change to one. */
    replyChanges: (deskId: number) => [botId, "reply-changes", deskId],
    repliesOf: (deskId: number) => [botId, "reply", deskId],
    reply: (deskId: number, id: string) => [botId, "reply", deskId, id],
    /** Written with every use of a canned reply. */
    replyUses: (deskId: number) => [botId, "reply-uses", deskId],
    replyUsesOf: (deskId: number) => [botId, "reply-use", deskId],
    replyUse: (deskId: number, id: string) => [botId, "reply-use", deskId, id],
    /** When canned replies were used of late. */
    replyUsedOf: (deskId: number) => [botId, "reply-used", deskId],
    replyUsed: (deskId: number, atMs: number, id: string) => [
      botId,
      "reply-used",
      deskId,
      atMs,
      id,
    ],
    /** A canned reply that waits for somebody to say that it shall replace another. */
    replyDraft: (deskId: number, draftId: string) => [botId, "reply-draft", deskId, draftId],
    pause: (chatId: number) => [botId, "pause", chatId],
    /** The last sign of life of an instance that holds a lane for long. */
    alive: (owner: string) => [botId, "alive", owner],
    lease: (of: Lane) => [botId, "lease", ...lane(of)],
    /** What waits for its time beside a lane; and its place in the order of times. */
    scheduled: (of: Lane, name: string) => [botId, "scheduled", ...lane(of), name],
    due: ({ lane: of, name, dueMs }: { lane: Lane; name: string; dueMs: number }) => [
      botId,
      "due",
      dueMs,
      ...lane(of),
      name,
    ],
    scheduledOf: (of: Lane) => [botId, "scheduled", ...lane(of)],
    /** What confirms a command, and what that confirms. */
    confirmation: (deskId: number, customerId: number, { chatId, messageId }: Place) => [
      botId,
      "confirmation",
      deskId,
      customerId,
      chatId,
      messageId,
    ],
    jobs: () => [botId, "job"],
    jobsOfCustomer: (deskId: number, customerId: number) => [botId, "job", deskId, customerId],
    jobsOf: (of: Lane) => [botId, "job", ...lane(of)],
    job: (of: Lane, { arrival, n }: Order) => [botId, "job", ...lane(of), arrival, n],
    /** A job that was given up. */
    failed: (of: Lane, { arrival, n }: Order) => [botId, "failed", ...lane(of), arrival, n],
    allFailed: () => [botId, "failed"],
    failedOf: (deskId: number) => [botId, "failed", deskId],
    /** How often an update has failed by our own fault. */
    failures: (updateId: number) => [botId, "failures", updateId],
  } satisfies Record<string, (...args: never[]) => Deno.KvKey>;
}

/** What kind of record a key is of. */
export function kindOf(key: Deno.KvKey): string {
  return String(key[1]);
}

/** Whether a key is of a kind of records that are many, each written once and hardly ever read. */
export function isHardlyRead(key: Deno.KvKey): boolean {
  return HARDLY_READ.includes(key[1]);
}

/** Whether a key is of a kind of records that tell what a process is doing, and end with it. */
export function endsWithProcess(key: Deno.KvKey): boolean {
  return OF_PROCESS.includes(key[1]);
}

/** The lane in a job's key. */
export function laneOfJobKey(key: Deno.KvKey): Lane {
  const [, , deskId, customerId, direction] = key;
  return { deskId, customerId, direction } as Lane;
}

/**
 * Everything the database holds of one person, written for themselves to read. Who of the team served
 * them is not theirs to know: that somebody did is.
 */
import type { Conversation } from "../conversation/conversation.ts";
import type { Erasure } from "../jobs/footprint.ts";
import type { Job } from "../jobs/job.ts";
import type { Counterpart, Place } from "../message/link.ts";
import type { Texts } from "../texts/notice.ts";
import type { DataPart } from "../texts/notices/privacy.ts";
import type { Agent, Membership } from "../desk/team.ts";

/** What is kept of a person at one desk. */
export interface PersonalData {
  conversation: Conversation | null;
  erasure: Erasure | null;
  /** Posts and roots that stand for them. */
  posts: number[];
  roots: Place[];
  /** What is shown where, by the IDs of messages in their chat. */
  links: ({ messageId: number } & Counterpart)[];
  /** Jobs that wait, and those that were given up. */
  waiting: Job[];
  failed: Job[];
  /** By the IDs of messages in their chat: said once, kept here, last reacted to. */
  told: number[];
  notes: number[];
  reactions: number[];
  /** Whether they were found to be of the team, and what is kept of them as such. */
  membership: Membership | null;
  agent: Agent | null;
  isNoticeWanted: boolean | null;
  isAllowed: boolean;
  /** How often they tried to claim the bot with a wrong code. */
  wrongCodes: number;
}

/** The same with what is kept at other desks, which the bot has left. */
export interface AllPersonalData extends PersonalData {
  otherDesks: PersonalData[];
}

/** Writes it as JSON, each part with what it is in the reader's language; times are in UTC. */
export function writeData(
  data: AllPersonalData,
  { userId, nowMs, texts }: { userId: number; nowMs: number; texts: Pick<Texts, "data-about"> },
): string {
  const about = (part: DataPart) => texts["data-about"]({ text: "data-about", part });
  const part = (name: DataPart, value: unknown) => ({ about: about(name), data: value });
  const partsOf = (data: PersonalData) => {
    const { conversation, links, told, notes, reactions } = data;
    return {
      person: part("person", {
        id: userId,
        first_name: conversation?.customer.firstName ?? null,
        last_name: conversation?.customer.lastName ?? null,
      }),
      conversation: part("conversation", conversation ? conversationOf(conversation) : null),
      posts: part("posts", { posts: data.posts, roots: data.roots.map(placeOf) }),
      links: part("links", links.map(linkOf)),
      waiting: part("waiting", data.waiting.map(jobOf)),
      failed: part("failed", data.failed.map(jobOf)),
      marks: part("marks", { told, notes, reactions, erasure: erasureOf(data.erasure) }),
      team: part("team", {
        is_of_team: data.membership?.isTeam ?? null,
        until: timeOf(data.membership?.untilMs),
        first_name: data.agent?.name ?? null,
        wants_notices: data.isNoticeWanted,
        may_join_group: data.isAllowed,
        wrong_codes: data.wrongCodes,
      }),
    };
  };
  return JSON.stringify(
    {
      about: about("all"),
      time: timeOf(nowMs),
      ...partsOf(data),
      other_desks: part("other-desks", data.otherDesks.map(partsOf)),
    },
    undefined,
    2,
  );
}

function conversationOf(conversation: Conversation) {
  const { card, waiting, lastAnswer } = conversation;
  return {
    since: timeOf(conversation.sinceMs),
    status: conversation.status,
    priority: conversation.priority,
    source: conversation.source ?? null,
    is_assigned: conversation.assignee !== undefined,
    blocked_since: timeOf(conversation.blockedSinceMs),
    last_wrote: timeOf(conversation.wroteMs ?? conversation.sinceMs),
    waits_since: timeOf(waiting?.sinceMs),
    waits_with_message: waiting?.messageId ?? null,
    last_answer: timeOf(lastAnswer?.atMs),
    asked_to_slow_down: timeOf(conversation.slowedMs),
    told_away_on: conversation.awayOn ?? null,
    was_told_of_ban: conversation.isBanTold ?? false,
    was_asked_for_rating: conversation.isRatingAsked ?? false,
    card: card
      ? {
        post: card.postId,
        posted: timeOf(card.postedMs),
        in_vain: card.inVain ?? 0,
        is_over: card.isOver ?? false,
        fingerprint: card.look ?? null,
        is_pinned: card.isPinned ?? false,
      }
      : null,
  };
}

function linkOf({ messageId, there, shows, also }: PersonalData["links"][number]) {
  return {
    message: messageId,
    written_by: shows ? "you" : "team",
    shown_as: placeOf(there),
    ...(also ? { and: also } : {}),
    ...(shows ? { kind: shows.kind, fingerprints: [shows.content, shows.media] } : {}),
  };
}

/** Of what they wrote themselves, the words that wait as well. */
function jobOf({ lane, task, acceptedMs, dueMs, attempts, failingSinceMs, lastError }: Job) {
  const isTheirs = lane.direction === "to-team" && "writer" in task;
  return {
    direction: lane.direction,
    kind: task.kind,
    since: timeOf(acceptedMs),
    next_try: timeOf(dueMs),
    attempts,
    failing_since: timeOf(failingSinceMs),
    last_error: lastError ?? null,
    ...(isTheirs ? { content: task } : {}),
  };
}

function placeOf({ chatId, messageId }: Place) {
  return { chat: chatId, message: messageId };
}

function erasureOf(erasure: Erasure | null) {
  if (!erasure) return null;
  if ("isBanned" in erasure) return { is_banned: true, was_told: erasure.isTold ?? false };
  return { until: timeOf(erasure.untilMs) };
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

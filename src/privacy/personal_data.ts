/**
 * Everything the database holds of one person, written for themselves to read. Who of the team served
 * them is not theirs to know: that somebody did is.
 */
import type { Card, Conversation, Customer } from "../conversation/conversation.ts";
import type { Visit } from "../conversation/visit.ts";
import type { Erasure } from "../jobs/footprint.ts";
import type { Job } from "../jobs/job.ts";
import type { Counterpart, Place, Shows } from "../message/link.ts";
import type { Texts } from "../texts/notice.ts";
import type { DataPart } from "../texts/notices/privacy.ts";
import type { Agent, Membership } from "../desk/team.ts";
import { NOTHING_OF_THEIRS, tell, type Telling, TOLD_ELSEWHERE } from "./telling.ts";

/** What is kept of a person at one desk, by the parts of the file. */
export interface PersonalData {
  conversation: Conversation | null;
  /** Posts and roots that stand for them. */
  posts: { posts: number[]; roots: Place[] };
  /** What is shown where, by the IDs of messages in their chat. */
  links: PersonalLink[];
  /** Jobs that wait, and those that were given up. */
  waiting: Job[];
  failed: Job[];
  marks: {
    /** By the IDs of messages in their chat: said once, kept here, last reacted to. */
    told: number[];
    notes: number[];
    reactions: number[];
    /** Whether this desk was the last to serve them, where there are several. */
    isServedHere: boolean;
    /** Whether it has served them before another did. */
    wasServedHere: boolean;
    erasure: Erasure | null;
    /** What they have read in the menu. */
    visit: Visit | null;
  };
  /** Whether they were found to be of the team, and what is kept of them as such. */
  team: {
    membership: Membership | null;
    agent: Agent | null;
    isNoticeWanted: boolean | null;
    isOnShift: boolean;
    isAllowed: boolean;
    /** How often they tried to claim the bot with a wrong code. */
    wrongCodes: number;
  };
}

/** Where a message of their chat is shown. */
export type PersonalLink = { messageId: number } & Counterpart;

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
  const partsOf = ({ conversation, posts, links, waiting, failed, marks, team }: PersonalData) => ({
    person: part("person", { id: userId, ...tell(conversation?.customer, CUSTOMER) }),
    conversation: part("conversation", conversation && tell(conversation, CONVERSATION)),
    posts: part("posts", tell(posts, POSTS)),
    links: part("links", links.map((link) => tell(link, LINK))),
    waiting: part("waiting", waiting.map((job) => tell(job, JOB))),
    failed: part("failed", failed.map((job) => tell(job, JOB))),
    marks: part("marks", tell(marks, MARKS)),
    team: part("team", tell(team, TEAM)),
  } satisfies Record<keyof PersonalData | "person", unknown>);
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

const CUSTOMER: Telling<Customer> = {
  id: TOLD_ELSEWHERE,
  firstName: (name) => ({ first_name: name ?? null }),
  lastName: (name) => ({ last_name: name ?? null }),
};

const CONVERSATION: Telling<Conversation> = {
  customer: TOLD_ELSEWHERE,
  sinceMs: (ms) => ({ since: timeOf(ms) }),
  status: (status) => ({ status }),
  priority: (priority) => ({ priority }),
  source: (source) => ({ source: source ?? null }),
  tags: (tags) => ({ tags: tags ?? [] }),
  assignee: (agent) => ({ is_assigned: agent !== undefined }),
  blockedSinceMs: (ms) => ({ blocked_since: timeOf(ms) }),
  wroteMs: (ms, { sinceMs }) => ({ last_wrote: timeOf(ms ?? sinceMs) }),
  movedTo: (movedTo) => ({ goes_on_at: movedTo?.name ?? null }),
  waiting: (waiting) =>
    tell(waiting, {
      sinceMs: (ms) => ({ waits_since: timeOf(ms) }),
      messageId: (message) => ({ waits_with_message: message ?? null }),
      countsFromMs: (ms) => ({ counted_from: timeOf(ms) }),
      late: (late) => ({ is_late: late !== undefined }),
    }),
  silence: (silence) =>
    tell(silence, {
      sinceMs: (ms) => ({ silent_since: timeOf(ms) }),
      hours: (hours) => ({ closes_after_hours: hours ?? null }),
      isWarned: NOTHING_OF_THEIRS,
      warnedMs: (ms) => ({ warned: timeOf(ms) }),
      warningId: (message) => ({ warned_by_message: message ?? null }),
    }),
  timers: (timers) =>
    tell(timers, {
      alarm: (ms) => ({ late_from: timeOf(ms) }),
      autoclose: (ms) => ({ next_of_silence: timeOf(ms) }),
    }),
  putOff: (putOff) => ({ put_off_until: timeOf(putOff?.untilMs) }),
  laterUntilMs: (ms) => ({ answers_wait_until: timeOf(ms) }),
  lastAnswer: (answer) =>
    tell(answer, {
      agentId: NOTHING_OF_THEIRS,
      atMs: (ms) => ({ last_answer: timeOf(ms) }),
    }),
  slowedMs: (ms) => ({ asked_to_slow_down: timeOf(ms) }),
  awayOn: (day) => ({ told_away_on: day ?? null }),
  isBanTold: (isTold) => ({ was_told_of_ban: isTold ?? false }),
  isRatingAsked: (isAsked) => ({ was_asked_for_rating: isAsked ?? false }),
  card: (card) => ({ card: card ? tell(card, CARD) : null }),
};

const CARD: Telling<Card> = {
  postId: (post) => ({ post }),
  postedMs: (ms) => ({ posted: timeOf(ms) }),
  inVain: (count) => ({ in_vain: count ?? 0 }),
  isOver: (isOver) => ({ is_over: isOver ?? false }),
  look: (digest) => ({ fingerprint: digest ?? null }),
  isPinned: (isPinned) => ({ is_pinned: isPinned ?? false }),
};

const POSTS: Telling<PersonalData["posts"]> = {
  posts: (posts) => ({ posts }),
  roots: (roots = []) => ({ roots: roots.map((root) => tell(root, TELL_PLACE)) }),
};

const TELL_PLACE: Telling<Place> = {
  chatId: (chat) => ({ chat }),
  messageId: (message) => ({ message }),
  rootId: TOLD_ELSEWHERE,
};

const LINK: Telling<PersonalLink> = {
  messageId: (message, { shows }) => ({ message, written_by: shows ? "you" : "team" }),
  there: (place) => ({ shown_as: tell(place, TELL_PLACE) }),
  also: (messages) => (messages ? { and: messages } : {}),
  shows: (shows) => (shows ? tell(shows, SHOWS) : {}),
  sentBy: NOTHING_OF_THEIRS,
};

const SHOWS: Telling<Shows> = {
  kind: (kind) => ({ kind }),
  content: (content, { media }) => ({ fingerprints: [content, media] }),
  media: TOLD_ELSEWHERE,
  isInParts: NOTHING_OF_THEIRS,
  isReferring: NOTHING_OF_THEIRS,
  answerTo: (message) => (message === undefined ? {} : { answers: message }),
  signedAs: NOTHING_OF_THEIRS,
};

const JOB: Telling<Job> = {
  lane: (lane) =>
    tell(lane, {
      deskId: NOTHING_OF_THEIRS,
      customerId: TOLD_ELSEWHERE,
      direction: (direction) => ({ direction }),
    }),
  // Of what they wrote themselves, the words that wait as well.
  task: (task, { lane }) => ({
    kind: task?.kind,
    ...(task && lane?.direction === "to-team" && "writer" in task ? { content: task } : {}),
  }),
  acceptedMs: (ms) => ({ since: timeOf(ms) }),
  dueMs: (ms) => ({ next_try: timeOf(ms) }),
  attempts: (attempts) => ({ attempts }),
  failingSinceMs: (ms) => ({ failing_since: timeOf(ms) }),
  faults: NOTHING_OF_THEIRS,
  lastError: (error) => ({ last_error: error ?? null }),
  decidedMs: NOTHING_OF_THEIRS,
  failedForMs: NOTHING_OF_THEIRS,
  order: NOTHING_OF_THEIRS,
  waitsFor: NOTHING_OF_THEIRS,
  wentAstray: NOTHING_OF_THEIRS,
  isUnreadable: NOTHING_OF_THEIRS,
  isUnsure: NOTHING_OF_THEIRS,
  writtenBy: NOTHING_OF_THEIRS,
};

const MARKS: Telling<PersonalData["marks"]> = {
  told: (told) => ({ told }),
  notes: (notes) => ({ notes }),
  reactions: (reactions) => ({ reactions }),
  isServedHere: (isServedHere) => ({ served_here_last: isServedHere }),
  wasServedHere: (wasServedHere) => ({ served_here_before: wasServedHere }),
  erasure: (erasure) => ({ erasure: erasure ? tellErasure(erasure) : null }),
  visit: (visit) => ({ visit: visit ? tell(visit, VISIT) : null }),
};

const VISIT: Telling<Visit> = {
  sinceMs: (ms) => ({ since: timeOf(ms) }),
  source: (source) => ({ source: source ?? null }),
  read: (read) => ({ read: read ?? [] }),
  pressedMs: (pressed) => ({ pressed: Object.values(pressed ?? {}).map(timeOf) }),
};

const TEAM: Telling<PersonalData["team"]> = {
  membership: (membership) =>
    tell(membership, {
      userId: TOLD_ELSEWHERE,
      isTeam: (isTeam, { isDoubtful }) => ({ is_of_team: isDoubtful ? null : isTeam ?? null }),
      isDoubtful: TOLD_ELSEWHERE,
      untilMs: (ms) => ({ until: timeOf(ms) }),
    }),
  agent: (agent) =>
    tell(agent, {
      userId: TOLD_ELSEWHERE,
      name: (name) => ({ first_name: name ?? null }),
    }),
  isNoticeWanted: (isWanted) => ({ wants_notices: isWanted }),
  isOnShift: (isOnShift) => ({ is_on_shift: isOnShift }),
  isAllowed: (isAllowed) => ({ may_join_group: isAllowed }),
  wrongCodes: (count) => ({ wrong_codes: count }),
};

function tellErasure(erasure: Erasure): Record<string, unknown> {
  if ("untilMs" in erasure) return tell(erasure, { untilMs: (ms) => ({ until: timeOf(ms) }) });
  return tell(erasure, {
    isBanned: (isBanned) => ({ is_banned: isBanned }),
    isTold: (isTold) => ({ was_told: isTold ?? false }),
  });
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

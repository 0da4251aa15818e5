/** What is said of what was not delivered. */
import type { Change } from "../jobs/change.ts";
import type { ContentKind } from "../message/content.ts";
import type { Job } from "../jobs/job.ts";
import type { Desk } from "../desk/desk.ts";
import { laneOf, otherLane } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Notice, Undeliverable } from "../texts/notice.ts";
import type { NoticeTask } from "../jobs/notice_task.ts";
import type { UpdateTask } from "../jobs/task.ts";
import { type CarryingTask, chatOf, isCarrying, messageOf } from "../jobs/task_traits.ts";
import { defined } from "../values/defined.ts";

/**
 * What tells the sender's side that a job was given up: one line, as an answer to the message that
 * was not delivered, or to the command that was not obeyed. Whatever Telegram refuses to show there,
 * the other side is told that something came. Tasks that carry nobody's message are given up in the
 * log alone.
 */
export function onGivenUp({ task, lane }: Job, why: Undeliverable): Change {
  const answerIn = chatOf(task);
  if (answerIn === undefined || task.kind === "reaction") return {};
  const answerTo = messageOf(task);
  if (task.kind === "command") {
    // It is answered where it was given: that may be in no thread.
    const answer: NoticeTask = { kind: "notice", notice: { text: "not-obeyed", why }, answerTo };
    return { tasks: [{ lane, task: { ...answer, chatId: answerIn } }] };
  }
  const notice: Notice = { text: "undeliverable", why };
  return {
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice, answerTo, answerIn } }],
    ...(isRefusal(why) && isCarrying(task) ? { instead: [cannotBeShown(kindIn(task))] } : {}),
  };
}

/**
 * Whether Telegram does not let it be shown: not that there is nothing to show any more, or nobody to
 * show it to, or nobody who would have it.
 */
function isRefusal({ because }: Undeliverable): boolean {
  return because === "kind" || because === "refused";
}

function kindIn(task: CarryingTask): ContentKind {
  return task.kind === "album" ? task.pieces[0]!.shows.kind : task.shows.kind;
}

/** What is said of a message that cannot be shown. */
export function cannotBeShown(content: ContentKind): NoticeTask {
  return { kind: "notice", notice: { text: "cannot-show", content } };
}

/** An update that was given up by our own fault, as far as it could be read. */
export interface LostUpdate {
  /** What failed, for the operator. */
  reason: string;
  /** The message it was about. */
  at?: Place;
  isEdit?: boolean;
  /** The update itself, if receiving it once more may help. */
  update?: unknown;
}

/** What is kept of a lost update; and who wrote the message it was about is told. */
export async function onUpdateLost(
  { reason, at, isEdit, update }: LostUpdate,
  desk: Desk,
  read: Reader,
): Promise<Change> {
  const kept = update === undefined ? undefined : { update };
  const task: UpdateTask = { kind: "update", ...defined({ private: kept }) };
  const notice: Notice = isEdit
    ? { text: "too-old" }
    : { text: "undeliverable", why: { because: "fault" } };
  if (at?.chatId === desk.groupId) {
    const lane = laneOf(desk, 0, "to-desk");
    const answer = { answerTo: at.messageId, answerIn: at.chatId, chatId: at.chatId };
    return {
      failed: [{ lane, task, reason }],
      tasks: [{ lane, task: { kind: "notice", notice, ...answer } }],
    };
  }
  // Users have positive IDs, and their private chats the same (Bot API, Chat.id).
  const isPrivate = at !== undefined && at.chatId > 0;
  const lane = laneOf(desk, isPrivate ? at.chatId : 0, "to-team");
  const failed = [{ lane, task, reason }];
  if (!isPrivate || (await read.conversation(at.chatId))?.status === "banned") return { failed };
  const answer = { answerTo: at.messageId, answerIn: at.chatId };
  return {
    failed,
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice, ...answer } }],
  };
}

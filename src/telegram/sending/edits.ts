/** Mirroring edits: the copy shows what the message has become. */
import type { Location } from "grammy/types";
import { classify, type Failure } from "../classify.ts";
import { treatmentOf } from "../../message/content.ts";
import { isEnd, tooOld } from "../../decisions/edit.ts";
import { type Lane, laneOf, otherLane } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Shows } from "../../message/link.ts";
import { LIVE_FOREVER_S, needsCarrying, type Snapshot, unsigned } from "../../message/snapshot.ts";
import type { EditTask, RelayTask } from "../../jobs/message_task.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import { defined } from "../../values/defined.ts";
import { DAY_MS, MINUTE_MS } from "../../time/duration.ts";
import { joined, plain } from "../../words/formatted.ts";
import { isOutcome, takeAim } from "./aim.ts";
import { andLooked } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { instead, linked } from "./endings.ts";
import { failed } from "./failures.ts";
import { leadOf, referencePrefix } from "./prefix.ts";
import { linkPreviewOf, referenceIn } from "./reference.ts";
import { signatureBefore } from "./signatures.ts";
import { firstKept } from "./history.ts";
import { shownThere } from "./thread.ts";
import { editsOf } from "./edit_calls.ts";

/** Makes the copy of an edited message show what the message has become. */
export async function mirrorEdit(delivery: Delivery, edit: EditTask): Promise<Outcome> {
  const aim = await takeAim(delivery, edit.writer, { fromChatId: edit.at.chatId });
  if (isOutcome(aim)) return aim;
  const counterpart = await delivery.read.counterpart(edit.at);
  if (!counterpart) return await shownThere(delivery) ?? await unlinked(delivery, edit);
  if (counterpart.there.chatId !== delivery.chatId) return await unlinked(delivery, edit);
  if (edit.isNote) return alreadySent(delivery, edit);
  const { there, shows } = counterpart;
  const task = inItsForm(edit, shows);
  if (!task.isUnsure && shows?.content === task.shows.content) return { kind: "sent" };
  const snapshot = await led(delivery, shows, task);
  if ("kind" in snapshot) return snapshot;

  const calls = shows?.isInParts ? [] : editsOf(delivery, there, shows, task.shows, snapshot);
  if (calls.length === 0) {
    // Of what cannot be edited nobody knows the fingerprint any more, under another token.
    const isMadeUp = !shows?.isInParts && isByNobody(delivery, task);
    return isMadeUp ? { kind: "sent" } : again(delivery, task);
  }
  const isPersons = !isByNobody(delivery, task);
  const keeping = isPersons ? await firstKept(delivery, task, counterpart) : null;
  if (keeping === "unkept") return again(delivery, task);
  if (keeping) return keeping;
  const failure = await firstTaken(delivery, calls);
  if (failure) {
    const { kind } = classify(failure);
    const isRefused = kind === "uneditable" || kind === "no message" || kind === "too long";
    // The copy of a live location that cannot be ended has ended by itself.
    if (isRefused && !isEnd(task)) return again(delivery, task);
    if (!isRefused && kind !== "unchanged") {
      const outcome = await failed(delivery, failure);
      const isGivenUp = outcome.kind === "drop" && (kind === "trouble" || kind === "refused");
      if (!isGivenUp) return outcome;
      // What takes no edit, in whatever words, may take a message.
      if (!isEnd(task)) return again(delivery, task);
    }
  }
  const { also } = counterpart;
  const shown = {
    ...task.shows,
    ...defined({ isReferring: shows?.isReferring, answerTo: shows?.answerTo }),
  };
  const link = { here: task.at, there, shows: shown, ...defined({ also }) };
  const done = linked([link], aim.memberships);
  const { buttons } = snapshot;
  if (!buttons) return done;
  const { chatId, messageId: copyId, rootId } = there;
  const root = rootId === undefined ? undefined : { chatId, messageId: rootId };
  return andLooked(delivery, done, { copyId, buttons }, root);
}

/** How long people may edit what they wrote, and a little more: who has begun may end it. */
const EDITABLE_MS = 2 * DAY_MS + 10 * MINUTE_MS;

/**
 * Whether an edit tells of none that a person made: they could not any more. Telegram sends such
 * ones too (Bot API, Update.edited_message). Both times are Telegram's where it tells them: the desk may
 * hear of an edit long after it was made, and its own clock may be wrong.
 */
function isByNobody({ job }: Delivery, { sentMs, editedMs }: EditTask): boolean {
  return (editedMs ?? job.acceptedMs) - sentMs > EDITABLE_MS;
}

/** An edit keeps the form that its message has on the other side: signed as it is there, or not. */
function inItsForm(task: EditTask, before: Shows | undefined): EditTask {
  return {
    ...task,
    shows: { ...task.shows, ...defined({ signedAs: before?.signedAs }) },
    private: { ...task.private, snapshot: unsigned(task.private.snapshot) },
  };
}

/** What the copy has to show: where it began with a signature, or what it answers, it still does. */
async function led(
  delivery: Delivery,
  before: Shows | undefined,
  { shows, private: { snapshot } }: EditTask,
): Promise<Snapshot | Outcome> {
  const reference = before?.isReferring ? referenceIn(snapshot) : undefined;
  const prefix = await referencePrefix(delivery, reference);
  if (prefix && "kind" in prefix) return prefix;
  const lead = leadOf(signatureBefore(shows, snapshot.words), prefix);
  if (!lead) return snapshot;
  const words = joined(lead, snapshot.words ?? plain(""));
  return { ...snapshot, words, ...defined({ linkPreview: linkPreviewOf(snapshot, shows) }) };
}

/** Makes the first of these calls that Telegram takes; with what went wrong, if it takes none. */
async function firstTaken(
  delivery: Delivery,
  calls: (() => Promise<unknown>)[],
): Promise<Failure | undefined> {
  let failure: Failure | undefined;
  for (const call of calls) {
    failure = (await delivery.call(call)).failure;
    if (!failure) return undefined;
    if (classify(failure).kind !== "refused") return failure;
  }
  return failure;
}

/** Where the copy cannot be edited: the new content, as an answer to the old copy, marked. */
function again({ options }: Delivery, task: EditTask): Outcome {
  const { location, ...rest } = task.private.snapshot;
  const left = location && forWhatIsLeft(location, options.now() - task.sentMs);
  const next: RelayTask = {
    kind: "relay",
    from: task.at,
    shows: task.shows,
    writer: task.writer,
    answerTo: task.at.messageId,
    isEdited: true,
    private: { snapshot: { ...rest, ...defined({ location: left }) } },
  };
  return instead([next]);
}

/** A live location that begins anew ends when its original does. */
function forWhatIsLeft(location: Location, agoMs: number): Location {
  const { live_period: periodS } = location;
  if (periodS === undefined || periodS === LIVE_FOREVER_S) return location;
  return { ...location, live_period: Math.max(1, periodS - Math.floor(agoMs / 1000)) };
}

/**
 * A message without a counterpart. A note that lost its `#` becomes an answer now; of anything else
 * nobody knows whether the other side has it, so it is not sent again.
 */
async function unlinked(delivery: Delivery, task: EditTask): Promise<Outcome> {
  // What cannot be shown was said when it came.
  if (task.isNote || treatmentOf(task.shows.kind) === "explain") return { kind: "sent" };
  const { job, read } = delivery;
  const { at, shows, writer, answerTo, private: { snapshot } } = task;
  // What was taken back stays so, whatever it becomes.
  if (await read.wasTold(at)) return { kind: "sent" };
  if (await read.wasNote(at)) {
    return instead([{
      kind: "relay",
      from: at,
      shows,
      writer,
      ...defined({ answerTo }),
      ...(needsCarrying(snapshot, shows.kind) ? { private: { snapshot } } : {}),
    }]);
  }
  if (isByNobody(delivery, task)) return { kind: "sent" };
  return toldOnce(task, otherLane(job.lane), tooOld(task));
}

/** An answer became a note: the customer already has it, and the agent should know. */
function alreadySent({ desk, customerId }: Delivery, task: EditTask): Outcome {
  const { messageId: answerTo, chatId: answerIn } = task.at;
  const notice = { text: "already-sent" } as const;
  const said: NoticeTask = { kind: "notice", notice, answerTo, answerIn };
  return toldOnce(task, laneOf(desk, customerId, "to-team"), said);
}

/** The edit ends here; its author is told, unless they have been told of that message before. */
function toldOnce({ at }: EditTask, lane: Lane, task: NoticeTask): Outcome {
  return {
    kind: "sent",
    decide: async (read) => await read.wasTold(at) ? {} : { told: [at], tasks: [{ lane, task }] },
  };
}

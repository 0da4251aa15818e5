/** From a task to a call of the Bot API to an outcome. The outbox sends through nothing else. */
import type { Reader } from "../change.ts";
import type { Formatted } from "../formatted.ts";
import type { Job, Task } from "../job.ts";
import type { Outcome } from "../outcome.ts";
import { fillIn, type PartOfDay, valueOf } from "../placeholders.ts";
import { filled, type Snapshot } from "../snapshot.ts";
import { say } from "../texts/texts.ts";
import { relayAlbum } from "./albums.ts";
import { type DeliverOptions, Delivery } from "./delivery.ts";
import { mirrorEdit, mirrorReaction } from "./edits.ts";
import { postCard, retireCard, sendNotice, unpin } from "./notices.ts";
import { relay, sendPart } from "./relays.ts";

/** Works jobs: see `Outcome` for how they may end. */
export function createDeliver(
  options: DeliverOptions,
): (job: Job, read: Reader, hasTime: () => boolean) => Promise<Outcome> {
  return async (job, read, hasTime) => {
    const delivery = new Delivery(options, job, read, hasTime);
    const canDoWithout = job.task.kind === "notice" || (job.task.kind === "relay" &&
      job.task.shows.kind !== "dice" && job.task.shows.kind !== "poll");
    if (job.isUnreadable && !canDoWithout) {
      return delivery.undeliverable({ because: "unreadable" });
    }
    const task = await withFacts(job, read, options);
    const isOpenAlbum = task.kind === "album" && !task.isClosed;
    const pausedUntilMs = isOpenAlbum ? 0 : await read.pausedUntilMs(delivery.chatId);
    if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
    switch (task.kind) {
      case "card":
        return await postCard(delivery, task);
      case "retire":
        return await retireCard(delivery, task);
      case "relay":
        return await relay(delivery, task);
      case "album":
        return await relayAlbum(delivery, task);
      case "part":
        return await sendPart(delivery, task);
      case "edit":
        return await mirrorEdit(delivery, task);
      case "reaction":
        return await mirrorReaction(delivery, task);
      case "notice":
        return await sendNotice(delivery, task);
      case "unpin":
        return await unpin(delivery, task);
      case "update":
        return { kind: "drop", reason: job.lastError ?? "the update is no longer known" };
    }
  };
}

/** The task with its placeholders filled in, as late as can be: at the hour it goes out. */
async function withFacts(
  { task, lane }: Job,
  read: Reader,
  { config: { locale, timeZone }, now }: DeliverOptions,
): Promise<Task> {
  const isOpenAlbum = task.kind === "album" && !task.isClosed;
  const snapshots = isOpenAlbum ? [] : snapshotsOf(task);
  if (!snapshots.some(({ agent }) => agent !== undefined)) return task;
  const conversation = await read.conversation(lane.customerId);
  const customer = conversation?.customer ?? { id: lane.customerId, firstName: "" };
  const fill = (words: Formatted, agent: string) => {
    const facts = {
      customer,
      agent,
      nowMs: now(),
      timeZone,
      language: locale,
      greet: (part: PartOfDay) => say({ text: "greeting", part }, locale),
    };
    return fillIn(words, (placeholder) => valueOf(placeholder, facts));
  };
  const all = snapshots.map((each) => filled(each, fill));
  switch (task.kind) {
    case "relay":
      return { ...task, private: { ...task.private, snapshot: all[0]! } };
    case "edit":
      return { ...task, private: { ...task.private, snapshot: all[0]! } };
    case "album":
      return { ...task, private: { snapshots: all } };
    default:
      return task;
  }
}

function snapshotsOf(task: Task): Snapshot[] {
  switch (task.kind) {
    case "relay":
      return task.private ? [task.private.snapshot] : [];
    case "edit":
      return [task.private.snapshot];
    case "album":
      return task.private.snapshots;
    default:
      return [];
  }
}

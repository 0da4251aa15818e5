/** Erasing a customer, as far as Telegram has to be told: copies in the thread, posts of the channel. */
import { writeErasedCard } from "../../conversation/card.ts";
import { classify, isOut } from "../classify.ts";
import { isStillToErase, LINKS_AT_ONCE, onErase, onEraseElsewhere } from "../../privacy/erasure.ts";
import type { Footprint } from "../../jobs/footprint.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { isOn } from "../../settings/settings.ts";
import type { EffaceTask, EraseTask } from "../../jobs/erase_task.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { unpin } from "./cards.ts";
import { failed } from "./failures.ts";

/** How soon it is looked again whether somebody still works on the conversation. */
const BUSY_LOOK_MS = 1000;

/** How many messages can be deleted at once (Bot API, deleteMessages). */
const DELETED_MOST = 100;

/**
 * Takes a step. What is shown of the customer in the thread is deleted first, if the desk has decided
 * so, from the newest on until Telegram says that it is too old: how old a copy is, nothing tells.
 */
export async function erase(delivery: Delivery, task: EraseTask): Promise<Outcome> {
  const { read, job, desk, customerId, options: { now } } = delivery;
  if (!await isStillToErase(read, task, customerId, now())) return { kind: "sent" };
  if (task.otherDesks) {
    return { kind: "sent", decide: (read) => onEraseElsewhere(read, task, job.lane) };
  }
  const { atOnce = LINKS_AT_ONCE } = task;
  const handled = await read.footprint(job, atOnce || LINKS_AT_ONCE);
  if (handled.isBusy) return { kind: "wait", untilMs: now() + BUSY_LOOK_MS };
  if (atOnce > 0 && isOn(await read.settings(), "erasecopies")) {
    const stopped = await deleteCopies(delivery, task, handled);
    if (stopped) return stopped;
  }
  return {
    kind: "sent",
    decide: (read) => onErase(read, { job, task, handled, desk, nowMs: now() }),
  };
}

/** Deletes the bot's copies of what the customer wrote; an outcome if that has not been done. */
async function deleteCopies(
  delivery: Delivery,
  task: EraseTask,
  { links }: Footprint,
): Promise<Outcome | null> {
  const { api, desk: { groupId } } = delivery;
  const copies = links.filter(({ shows, there }) => shows && there.chatId === groupId)
    .flatMap(({ there, also = [] }) => [there.messageId, ...also]);
  const ids = [...new Set(copies)].sort((a, b) => b - a);
  const pausedUntilMs = ids.length > 0 ? await delivery.read.pausedUntilMs(groupId) : 0;
  if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
  for (let start = 0; start < ids.length; start += DELETED_MOST) {
    const some = ids.slice(start, start + DELETED_MOST);
    const { failure } = await delivery.call(() => api.deleteMessages(groupId, some));
    if (!failure) continue;
    const { kind } = classify(failure);
    if (kind === "pause" || kind === "passing" || isOut(failure)) {
      return await failed(delivery, failure);
    }
    // One that is too old keeps all of a call from being deleted: fewer are tried.
    return { kind: "go on", task: { ...task, atOnce: Math.floor(links.length / 2) } };
  }
  return null;
}

/** Has the posts name nobody, one after another, and takes them off the pins. */
export async function efface(delivery: Delivery, task: EffaceTask): Promise<Outcome> {
  const { api, job: { lane } } = delivery;
  const [postId, ...rest] = task.posts;
  if (postId === undefined) return { kind: "sent" };
  const at = { chatId: lane.deskId, messageId: postId };
  const text = writeErasedCard(say({ text: "erased-card" }, await delivery.language()));
  const { failure } = await answerOf(api.editMessageText(at.chatId, postId, text));
  if (failure) {
    const { kind } = classify(failure);
    // It is gone, or names nobody already.
    const isPast = kind === "no message" || kind === "unchanged";
    // The bot may have no rights any more in a channel that its desk has left.
    const isServed = at.chatId === delivery.desk.channelId;
    const isOwed = kind === "pause" || kind === "passing" || (isOut(failure) && isServed);
    if (isOwed) return await failed(delivery, failure);
    if (!isPast) {
      delivery.options.log.warn("not tidied", { task: task.kind, reason: failure.description });
    }
  }
  const unpinned = await unpin(delivery, { kind: "unpin", at });
  if (unpinned.kind !== "sent" || rest.length === 0) return unpinned;
  return { kind: "go on", task: { ...task, posts: rest } };
}

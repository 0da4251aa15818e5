/** From a task to a call of the Bot API to an outcome. The outbox sends through nothing else. */
import type { Reader } from "../change.ts";
import type { Job } from "../job.ts";
import type { Outcome } from "../outcome.ts";
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
    const { task } = job;
    const canDoWithout = task.kind === "notice" ||
      (task.kind === "relay" && task.shows.kind !== "dice" && task.shows.kind !== "poll");
    if (job.isUnreadable && !canDoWithout) {
      return delivery.undeliverable({ because: "unreadable" });
    }
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

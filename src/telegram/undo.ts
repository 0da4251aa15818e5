/** Taking an answer back: what the customer has of it is deleted, as long as Telegram allows it. */
import type { Message } from "grammy/types";
import { classify } from "../classify.ts";
import { type AlbumTask, type CommandTask, laneOf, type RelayTask, type Task } from "../job.ts";
import type { Counterpart, Link, Place } from "../link.ts";
import type { Notice } from "../notice.ts";
import type { Outcome } from "../outcome.ts";
import { authorOf } from "../team.ts";
import { answerTo, type Asked } from "./asked.ts";
import type { Delivery } from "./delivery.ts";
import type { Ranks } from "./rank.ts";

/** How soon it is looked again whether a message that was under way is on the other side. */
const LOOK_AGAIN_MS = 1000;

/** Takes back the comment that the command answers: one's own, or anybody's as an administrator. */
export async function undo(
  delivery: Delivery,
  asked: Asked,
  ranks: Ranks,
): Promise<Outcome> {
  const { desk, read, job: { task } } = delivery;
  const target = asked.given.reply_to_message as Message | undefined;
  if (!target || target.is_automatic_forward) {
    return answerTo(delivery, asked, { text: "undo-how" });
  }
  const author = authorOf(target, desk);
  // What the bot shows in the thread is the customer's.
  if (author.kind === "stranger") return answerTo(delivery, asked, { text: "undo-not-ours" });
  const isOwn = author.kind === "person" && asked.by.kind === "person" &&
    author.userId === asked.by.userId;
  if (!isOwn) {
    const isAdmin = await ranks.has("admin", asked.by, read);
    if (isAdmin.failure) return delivery.unasked(isAdmin.failure);
    if (!isAdmin.result) return answerTo(delivery, asked, { text: "undo-not-yours" });
  }
  const at: Place = { chatId: asked.at.chatId, messageId: target.message_id };
  const counterpart = await read.counterpart(at);
  if (counterpart) return await deleteThere(delivery, asked, at, counterpart);
  if (task.kind !== "command") return { kind: "sent" };
  return await withdraw(delivery, asked, task, at);
}

/** Deletes all there is of a message at the customer's (Bot API, deleteMessages). */
async function deleteThere(
  delivery: Delivery,
  asked: Asked,
  at: Place,
  { there, also = [] }: Counterpart,
): Promise<Outcome> {
  const ids = [there.messageId, ...also].sort((a, b) => a - b);
  const answer = await delivery.call(() => delivery.api.deleteMessages(there.chatId, ids));
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isOwed = kind === "pause" || kind === "passing";
    if (isOwed) return delivery.failed(answer.failure);
    return answerTo(delivery, asked, { text: "undo-too-late" });
  }
  return undone(delivery, asked, at, { text: "did-undo", by: asked.by.name, isSent: true }, [
    { here: at, there, also },
  ]);
}

/** Keeps a message that has not gone yet from going. */
async function withdraw(
  delivery: Delivery,
  asked: Asked,
  task: CommandTask,
  at: Place,
): Promise<Outcome> {
  const { read, job, options: { now } } = delivery;
  const lane = { ...job.lane, direction: "to-customer" } as const;
  const carrier = await read.carrier(lane, at);
  const notice: Notice = { text: "did-undo", by: asked.by.name, isSent: false };
  if (!carrier) {
    if (task.isWithdrawing) return undone(delivery, asked, at, notice);
    return answerTo(delivery, asked, { text: "undo-nothing" });
  }
  // From here on what is no longer there has not gone.
  if (!task.isWithdrawing) return { kind: "go on", task: { ...task, isWithdrawing: true } };
  const isWithdrawn = isCarrying(carrier.task) && carrier.task.isNote === true;
  // It is not under way: when its time comes, it will not go.
  if (isWithdrawn && carrier.dueMs > now()) return undone(delivery, asked, at, notice);
  return {
    kind: "wait",
    untilMs: now() + LOOK_AGAIN_MS,
    decide: async (read) => {
      const current = await read.carrier(lane, at);
      if (!current || !isCarrying(current.task) || current.task.isNote) return {};
      return { rewrites: [{ ...current, task: { ...current.task, isNote: true } }] };
    },
  };
}

function isCarrying(task: Task): task is RelayTask | AlbumTask {
  return task.kind === "relay" || task.kind === "album";
}

/** What was taken back is linked to nothing any more, and editing it does not send it again. */
function undone(
  { desk, customerId }: Delivery,
  { at: command }: Asked,
  at: Place,
  notice: Notice,
  unlinks: Link[] = [],
): Outcome {
  const lane = laneOf(desk, customerId, "to-desk");
  return {
    kind: "sent",
    decide: () => ({
      unlinks,
      told: [at],
      tasks: [
        { lane, task: { kind: "notice", notice, answerTo: at.messageId } },
        { lane, task: { kind: "delete", at: command } },
      ],
    }),
  };
}

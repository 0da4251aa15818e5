/** Taking an answer back: what the customer has of it is deleted, as long as Telegram allows it. */
import { classify } from "../classify.ts";
import { withdrawn } from "../../decisions/edit.ts";
import { dueAtMs, type Job } from "../../jobs/job.ts";
import { type Lane, laneOf } from "../../conversation/lane.ts";
import type { Counterpart, Link, Place } from "../../message/link.ts";
import { onCancelLater } from "../../decisions/later.ts";
import { waitingAnswer } from "../../decisions/later_waiting.ts";
import type { Confirmation } from "../../jobs/change.ts";
import type { Author } from "../../desk/team.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { defined } from "../../values/defined.ts";
import { isCarrying, placesIn } from "../../jobs/task_traits.ts";
import { answerTo, type Asked } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { failed, paused, unasked } from "../sending/failures.ts";

/** How soon it is looked again whether a message that was under way is on the other side. */
const UNDER_WAY_LOOK_MS = 1000;

/** Takes back the comment that the command answers: one's own, or anybody's as an administrator. */
export async function undo(
  delivery: Delivery,
  asked: Asked,
): Promise<Outcome> {
  const { desk, read, customerId, job: { task }, options: { now } } = delivery;
  const { answered } = asked.given;
  if (!answered || answered.isRoot) return answerTo(delivery, asked, { text: "undo-how" });
  const asIs = { chatId: asked.at.chatId, messageId: answered.messageId };
  const hand = { desk, customerId, by: asked.by.name, nowMs: now(), command: asked.at };
  const waiting = await waitingAnswer(read, hand, asIs);
  if (waiting) {
    const decide: Decision = async (read) =>
      await onCancelLater(read, hand, asIs) ?? { instead: [task] };
    return { kind: "sent", decide };
  }
  // What confirms a command of the team's stands for that.
  const confirmed = answered.author.kind === "stranger"
    ? await read.confirmation(customerId, asIs)
    : null;
  const at: Place = { ...asIs, ...defined({ messageId: confirmed?.messageId }) };
  const author: Author = confirmed ? authorOfConfirmed(confirmed) : answered.author;
  const shown = await read.counterpart(at);
  // What the bot shows in the thread is the customer's, unless somebody had it sent.
  if (author.kind === "stranger" && shown?.sentBy === undefined) {
    return answerTo(delivery, asked, { text: "undo-not-ours" });
  }
  const writerId = author.kind === "person" ? author.userId : shown?.sentBy;
  const isOwn = asked.by.kind === "person" && writerId === asked.by.userId;
  if (!isOwn) {
    const isAdmin = await delivery.served.ranks.has("admin", asked.by, read);
    if (isAdmin.failure) return unasked(delivery, isAdmin.failure);
    if (!isAdmin.result) return answerTo(delivery, asked, { text: "undo-not-yours" });
  }
  const lane = laneOf(desk, customerId, "to-customer");
  const [counterpart, carriers] = await Promise.all([
    read.counterpart(at),
    read.carriers(lane, at),
  ]);
  if (carriers.length > 0 && task.kind === "command") {
    if (!task.isWithdrawing) return { kind: "go on", task: { ...task, isWithdrawing: true } };
    const first = await read.firstOf(lane);
    const goesNoMore = carriers.every((job) =>
      isWithdrawn(job) && (!isFirst(job, first) || dueAtMs(job, now()) > now())
    );
    if (!goesNoMore) return withdraw(lane, at, now() + UNDER_WAY_LOOK_MS);
  }
  if (counterpart) return await takeBack(delivery, asked, at, counterpart);
  const isWithdrawing = task.kind === "command" && task.isWithdrawing === true;
  if (!isWithdrawing) return answerTo(delivery, asked, { text: "undo-nothing" });
  return undone(delivery, asked, { isSent: false, places: [at] });
}

/** Who gave the command that a message of ours confirms: as the channel or its group, or a person. */
function authorOfConfirmed({ userId }: Confirmation): Author {
  return userId === undefined ? { kind: "desk", name: "" } : { kind: "person", userId, name: "" };
}

/** Deletes all there is of a message at the customer's (Bot API, deleteMessages). */
async function takeBack(
  delivery: Delivery,
  asked: Asked,
  at: Place,
  { there: { chatId, messageId }, also = [] }: Counterpart,
): Promise<Outcome> {
  const { api, read, options: { now } } = delivery;
  // The command stands at the desk: it is the customer's chat that has to be left alone.
  const pausedUntilMs = await read.pausedUntilMs(chatId);
  if (pausedUntilMs > now()) return { kind: "wait", untilMs: pausedUntilMs };
  const ids = [messageId, ...also].sort((a, b) => a - b);
  const answer = await delivery.call(() => api.deleteMessages(chatId, ids));
  if (answer.failure) {
    const verdict = classify(answer.failure);
    if (verdict.kind === "pause") return paused(delivery, verdict.retryAfterS, chatId);
    if (verdict.kind === "passing") return await failed(delivery, answer.failure);
    return answerTo(delivery, asked, { text: "undo-too-late" });
  }
  const unlinks = await Promise.all(ids.map(async (messageId): Promise<Link> => {
    const there = { chatId, messageId };
    // The pieces of an album are messages of their own here.
    return { here: (await read.counterpart(there))?.there ?? at, there };
  }));
  const places = [at, ...unlinks.map(({ here }) => here)];
  return undone(delivery, asked, { isSent: true, places, unlinks });
}

/** Keeps what has yet to carry a message from going; what is under way is looked for again. */
function withdraw(lane: Lane, at: Place, untilMs: number): Outcome {
  return {
    kind: "wait",
    untilMs,
    decide: async (read) => {
      const carriers = await read.carriers(lane, at);
      return {
        rewrites: carriers.filter((job) => !isWithdrawn(job)).map(withdrawn),
        // Pieces of its album that come later stay here as well.
        notes: carriers.flatMap(({ task }) => isCarrying(task) ? placesIn(task) : []),
      };
    },
  };
}

function isWithdrawn({ task }: Job): boolean {
  return (isCarrying(task) || task.kind === "command") && task.isNote === true;
}

/** What was taken back is linked to nothing any more, and nothing of it is sent again. */
function undone(
  { desk, customerId }: Delivery,
  { at: command, by }: Asked,
  { isSent, places, unlinks = [] }: { isSent: boolean; places: Place[]; unlinks?: Link[] },
): Outcome {
  const lane = laneOf(desk, customerId, "to-desk");
  const notice = { text: "did-undo", by: by.name, isSent } as const;
  const { chatId, messageId } = places[0]!;
  return {
    kind: "sent",
    decide: () => ({
      unlinks,
      told: places,
      notes: places,
      tasks: [
        { lane, task: { kind: "notice", notice, answerTo: messageId, answerIn: chatId } },
        { lane, task: { kind: "delete", at: command } },
      ],
    }),
  };
}

/** Of a lane only the first job can be under way. */
function isFirst({ order }: Job, first: Job | null): boolean {
  return order.arrival === first?.order.arrival && order.n === first.order.n;
}

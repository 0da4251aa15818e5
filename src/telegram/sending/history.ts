/**
 * What a copy in a thread showed before an edit: where the desk keeps it, a copy of the old copy
 * stands as an answer to it.
 */
import type { Outcome } from "../../jobs/outcome.ts";
import { editName } from "../../decisions/edit.ts";
import type { EditTask, RelayTask } from "../../jobs/message_task.ts";
import type { Counterpart, Shows } from "../../message/link.ts";
import { isOn } from "../../settings/settings.ts";
import { classify, type Failure } from "../classify.ts";
import { lookAt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { failed, untilLookedAt } from "./failures.ts";

/**
 * Keeps what the copy shows before it is edited, in two steps, so that what follows the first replaces
 * nothing of it any more. `null`: it is kept, or is not to be; `"unkept"`: it can be only as it is.
 */
export async function firstKept(
  delivery: Delivery,
  task: EditTask,
  counterpart: Counterpart,
): Promise<Outcome | "unkept" | null> {
  if (task.history === "kept") return null;
  if (task.history === "owed") return await keep(delivery, task, counterpart);
  const isWanted = await isKept(delivery, task, counterpart);
  return isWanted ? { kind: "go on", task: { ...task, history: "owed" } } : null;
}

/** A customer's edit that shows, but for live locations, whose every move is one. */
async function isKept(
  { read, isToTeam }: Delivery,
  { shows }: EditTask,
  { shows: before }: Counterpart,
): Promise<boolean> {
  const isMove = shows.kind === "location" || before?.kind === "location";
  if (!isToTeam || isMove || before?.content === shows.content) return false;
  return isOn(await read.settings(), "history");
}

/** One message more in the thread, which belongs to the customer's like its copy. */
async function keep(
  delivery: Delivery,
  task: EditTask,
  { there }: Counterpart,
): Promise<Outcome | "unkept"> {
  const { api, chatId } = delivery;
  const { rootId } = there;
  const goesOn: EditTask = { ...task, history: "kept" };
  if (rootId === undefined) return { kind: "go on", task: goesOn };
  // Where the thread has ended nobody reads; an older one may be there still.
  const root = await lookAt(delivery, chatId, rootId);
  if (root.failure) return await notKept(delivery, goesOn, root.failure);
  const answer = { reply_parameters: { message_id: there.messageId } };
  const copy = await delivery.call(() => api.copyMessage(chatId, chatId, there.messageId, answer));
  if (copy.failure) return await notKept(delivery, goesOn, copy.failure);
  delivery.went(chatId);
  const kept = { chatId, messageId: copy.result.message_id, rootId };
  return {
    kind: "sent",
    decide: async (read) => {
      const known = await read.counterpart(task.at);
      if (!known) return { instead: [goesOn] };
      const also = [...known.also ?? [], kept.messageId];
      return {
        links: [
          { here: task.at, there: kept, isPart: true },
          { here: task.at, ...known, also },
        ],
        instead: [goesOn],
      };
    },
  };
}

/**
 * What cannot be kept now is kept later; what is gone need not be. What Telegram does not copy stays
 * as it is, and the edit is shown by itself.
 */
async function notKept(
  delivery: Delivery,
  goesOn: EditTask,
  failure: Failure,
): Promise<Outcome | "unkept"> {
  const { kind } = classify(failure);
  if (kind === "no message" || kind === "no answered message") {
    return { kind: "go on", task: goesOn };
  }
  if (kind === "uncopyable") return "unkept";
  // Words that nobody has seen yet may tell of the whole chat, or of a moment.
  if (kind === "refused") return untilLookedAt(delivery, failure) ?? "unkept";
  const outcome = await failed(delivery, failure);
  if (outcome.kind !== "drop") return outcome;
  // A chat that takes no messages of a kind may take their edits.
  delivery.options.log.warn("not kept", { reason: failure.description });
  return { kind: "go on", task: goesOn };
}

/**
 * What a copy by ID is going to show: where an edit waits already, what it has made of the message.
 * Asked only where it matters what was shown before an edit.
 */
export async function shownById(
  { read, isToTeam, job: { lane } }: Delivery,
  { from, shows }: RelayTask,
): Promise<Shows> {
  if (!isToTeam || !isOn(await read.settings(), "history")) return shows;
  const waiting = (await read.named(lane, editName(from)))?.job?.task;
  return waiting?.kind === "edit" ? waiting.shows : shows;
}

/**
 * Looking at a thread in which copies are in doubt: whether its root is there still, and if not,
 * which of the copies lie outside. These are put into the thread that the customer has by then.
 */
import type { Reader } from "../../jobs/reader.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { LookTask } from "../../jobs/card_task.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { type Doubt, DOUBT_MS, type DoubtedCopy } from "../../message/doubt.ts";
import type { LinkButtons } from "../../message/buttons.ts";
import type { Place } from "../../message/link.ts";
import type { Snapshot } from "../../message/snapshot.ts";
import { defined } from "../../values/defined.ts";
import { classify, type Failure } from "../classify.ts";
import { isWholeMessage, lookAt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { failed, paused } from "./failures.ts";
import { markupOf } from "./parts.ts";
import { deadThread, reachThread, shownElsewhere } from "./thread.ts";

/** How many messages are put into their thread anew in one go. */
const MOST_MOVED = 25;

/** Looks at a root under which copies are in doubt; what lies outside of the thread is put into it. */
export async function lookAtThread(
  delivery: Delivery,
  task: LookTask,
): Promise<Outcome> {
  const { root, copy } = task;
  const { read, customerId, chatId, options: { roots } } = delivery;
  const settled: Outcome = {
    kind: "sent",
    decide: () => ({ doubts: [{ customerId, root, doubt: null }] }),
  };
  const doubt = await read.doubt(customerId, root);
  if (!doubt) return { kind: "sent" };
  const current = await read.rootOf(customerId);
  const isCurrent = current?.chatId === root.chatId && current.messageId === root.messageId;
  // If another group was linked meanwhile, its threads begin anew.
  if (!isCurrent || root.chatId !== chatId) {
    const pausedUntilMs = await read.pausedUntilMs(root.chatId);
    if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
    return await askCopies(delivery, task, doubt);
  }
  const stop = await reachThread(delivery);
  if (stop) return stop;
  const lost = copy && await isLost(delivery, copy, task);
  if (lost) return lost;
  const isTrusted = roots.isTrusted(root, delivery.card?.postedMs);
  if (copy && !task.private && isTrusted) return { kind: "sent" };
  const { failure } = await lookAt(delivery, chatId, root.messageId);
  if (failure) {
    if (!isGone(failure)) return await unseen(delivery, failure, settled);
    // Where the conversation goes on elsewhere, no other thread begins here.
    const isElsewhere = (await read.conversation(customerId))?.movedTo !== undefined;
    return isElsewhere ? await askCopies(delivery, task, doubt) : deadThread(delivery);
  }
  roots.see(root);
  return settled;
}

/** How it ends that a copy answers a comment that is gone, if the copy has come to lie outside. */
async function isLost(
  delivery: Delivery,
  { answered, here, copyId }: NonNullable<LookTask["copy"]>,
  { root, private: secret }: LookTask,
): Promise<Outcome | null> {
  const subject = { chatId: root.chatId, messageId: answered };
  // A look would take away the reaction that the bot has mirrored there.
  if (!await isReactedTo(delivery, subject)) {
    const { failure } = await lookAt(delivery, root.chatId, answered);
    if (!failure) return null;
    if (!isGone(failure)) return await unseen(delivery, failure, null);
  }
  const buttons = buttonsUnder(copyId, secret);
  const standing = await standingOf(delivery, root, { copyId, ...defined({ buttons }) });
  if (typeof standing === "object") {
    // By buttons that Telegram never takes nothing can be asked: the copy is taken to be there.
    if (buttons && classify(standing).kind === "refused") return null;
    return await failed(delivery, standing);
  }
  if (standing !== "outside") return null;
  const stray = { here, stray: copyId, ...defined({ buttons }) };
  return { kind: "sent", decide: async (read) => ({ instead: await movesOf([stray], read) }) };
}

/** A copy could not be asked now; which chat is to be left alone is that of the root. */
async function unasked(
  delivery: Delivery,
  { chatId }: Place,
  failure: Failure,
): Promise<Outcome> {
  const verdict = classify(failure);
  if (verdict.kind !== "pause" || chatId === delivery.chatId) {
    return await failed(delivery, failure);
  }
  return paused(delivery, verdict.retryAfterS, chatId);
}

async function isReactedTo({ read }: Delivery, subject: Place): Promise<boolean> {
  const counterpart = await read.counterpart(subject);
  return counterpart !== null && await read.lastReactor(counterpart.there) !== null;
}

function isPassing(failure: Failure): boolean {
  const { kind } = classify(failure);
  return kind === "pause" || kind === "passing";
}

function isGone(failure: Failure): boolean {
  return classify(failure).kind === "no message";
}

/** What cannot be looked at now is looked at later; what never can is taken to be there. */
async function unseen<T>(delivery: Delivery, failure: Failure, otherwise: T): Promise<Outcome | T> {
  const { kind } = classify(failure);
  const isOwed = kind === "pause" || kind === "passing" || kind === "trouble";
  return isOwed ? await failed(delivery, failure) : otherwise;
}

/** The link buttons under a copy, as far as the look knows. */
function buttonsUnder(copyId: number, secret: LookTask["private"]): LinkButtons | undefined {
  return secret?.linked.copyId === copyId ? secret.linked.buttons : undefined;
}

/** What puts copies into their thread. */
async function movesOf(
  copies: (Pick<DoubtedCopy, "here"> & Pick<RelayTask, "stray"> & Pick<Snapshot, "buttons">)[],
  read: Reader,
): Promise<RelayTask[]> {
  const moves: RelayTask[] = [];
  for (const { here: from, stray, buttons } of copies) {
    const shows = (await read.counterpart(from))?.shows;
    const writer = { kind: "customer" } as const;
    if (!shows) continue;
    const secret = buttons && { snapshot: { buttons } };
    // What was too long as a caption has followed as a text.
    const isWithoutCaption = (shows.isInParts && shows.kind !== "text") || undefined;
    const { answerTo } = shows;
    const more = defined({ answerTo, stray, isWithoutCaption, private: secret });
    moves.push({ kind: "relay", from, shows, writer, isAgain: true, ...more });
  }
  return moves;
}

/** Puts the first of them into the thread, and then goes on with the rest. */
function moveAll(
  delivery: Delivery,
  { root, private: secret }: LookTask,
  astray: DoubtedCopy[],
): Outcome {
  const { customerId, job: { lane }, options: { now } } = delivery;
  const rest = astray[MOST_MOVED];
  const more: LookTask = { kind: "look", root, asks: true, ...defined({ private: secret }) };
  const strays = astray.slice(0, MOST_MOVED).map(({ here, copyId: stray }) => ({
    here,
    ...defined({ stray, buttons: buttonsUnder(stray, secret) }),
  }));
  return {
    kind: "sent",
    decide: async (read) => {
      const moves = await movesOf(strays, read);
      const doubt = rest ? { sinceId: rest.copyId, dueMs: now() + DOUBT_MS } : null;
      const doubts = [{ customerId, root, doubt }];
      const looks = rest ? [{ ...more, astrayFrom: rest.copyId }] : [];
      const movedTo = (await read.conversation(customerId))?.movedTo;
      if (!movedTo) return { doubts, instead: [...moves, ...looks] };
      const shown = await Promise.all(
        moves.map((move) => shownElsewhere({ lane, task: move }, movedTo.deskId, read)),
      );
      return {
        doubts,
        ...(looks.length > 0 ? { instead: looks } : {}),
        tasks: shown.flatMap(({ tasks = [] }) => tasks),
        unlinks: shown.flatMap(({ unlinks = [] }) => unlinks),
      };
    },
  };
}

/**
 * Asks one of the copies under a root that is gone whether it went astray, and goes on with another:
 * those that did are the last ones, from the first that was made when the root was gone. Each answer
 * is kept, so that none is asked for twice however often Telegram asks to wait.
 */
async function askCopies(
  delivery: Delivery,
  task: LookTask,
  doubt: Doubt,
): Promise<Outcome> {
  const { root, astrayFrom = Infinity, gone = [], private: secret } = task;
  const { customerId, read } = delivery;
  const copies = (await read.copiesUnder(customerId, root, doubt.sinceId))
    .filter(({ copyId }) => !gone.includes(copyId));
  const open = copies.filter(({ copyId }) => copyId < astrayFrom);
  // Mostly the root has been deleted since the last of them.
  const asked = astrayFrom === Infinity ? open.at(-1) : open[(open.length - 1) >> 1];
  if (!asked) return moveAll(delivery, task, copies);
  const { copyId } = asked;
  const buttons = buttonsUnder(copyId, secret);
  const standing = await standingOf(delivery, root, { copyId, ...defined({ buttons }) });
  if (typeof standing === "object") return await unasked(delivery, root, standing);
  const from = standing === "outside" ? copyId : astrayFrom;
  const next: LookTask = {
    kind: "look",
    root,
    asks: true,
    ...defined({ astrayFrom: from === Infinity ? undefined : from }),
    gone: standing === "gone" ? [...gone, copyId] : gone,
    ...defined({ private: secret }),
  };
  const sinceId = standing === "inside" ? copyId + 1 : doubt.sinceId;
  return {
    kind: "sent",
    decide: () => ({
      doubts: [{ customerId, root, doubt: { ...doubt, sinceId } }],
      instead: [next],
    }),
  };
}

/**
 * Where one of the bot's own copies stands. Its answer to an edit tells: a button that nobody sees
 * comes below the copy's own ones, and goes. A copy that nobody can ask is taken to lie outside:
 * rather repeated than lost.
 */
async function standingOf(
  delivery: Delivery,
  { chatId, messageId }: Place,
  { copyId, buttons }: { copyId: number; buttons?: LinkButtons },
): Promise<"inside" | "outside" | "gone" | Failure> {
  const { api } = delivery;
  const own = markupOf(buttons);
  const mark = [{ text: "…", callback_data: "…" }];
  const inline_keyboard = [...own.reply_markup?.inline_keyboard ?? [], mark];
  const marked = await delivery.call(() =>
    api.editMessageReplyMarkup(chatId, copyId, { reply_markup: { inline_keyboard } })
  );
  const kind = marked.failure && classify(marked.failure).kind;
  if (kind === "no message") return "gone";
  // A button that is left of an earlier question tells as much by going.
  if (marked.failure && kind !== "unchanged") {
    const isOut = kind === "trouble" && chatId !== delivery.chatId;
    const isUnasked = kind === "pause" || kind === "passing" || kind === "trouble";
    return isUnasked && !isOut ? marked.failure : "outside";
  }
  const cleared = await delivery.call(() => api.editMessageReplyMarkup(chatId, copyId, own));
  const told = marked.failure ? cleared : marked;
  if (told.failure || (cleared.failure && isPassing(cleared.failure))) {
    return (told.failure ?? cleared.failure)!;
  }
  const isInside = isWholeMessage(told.result) && told.result.message_thread_id === messageId;
  return isInside ? "inside" : "outside";
}

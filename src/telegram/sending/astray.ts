/**
 * What went astray. Telegram may take an answer to a message that somebody has deleted, and put it
 * outside of any thread (https://github.com/tdlib/telegram-bot-api/issues/469). What is sent says
 * where it stands; of a copy by ID only a look at its root tells.
 */
import type { Message } from "grammy/types";
import { DOUBT_MS, type DoubtedCopy } from "../../message/doubt.ts";
import { onDoubted } from "../../decisions/doubt.ts";
import { classify, type Failure } from "../classify.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { LookTask, RelayTask } from "../../jobs/task.ts";
import type { Place } from "../../message/link.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";
import { withChange } from "./endings.ts";
import { failed } from "./failures.ts";
import { deadThread, reachThread } from "./thread.ts";

/** How many messages are put into their thread anew in one go. */
const MOST_MOVED = 25;
/** The failure of an answer that was taken, but stands outside of its thread. */
const OUTSIDE: Failure = {
  code: 400,
  description: "message to be replied not found: the answer stands outside of its thread",
};

/**
 * Looks whether a message is there: fails with "no message" if not. A bot cannot read one, but may
 * take back a reaction it never gave (Bot API, setMessageReaction); one that it gave is gone then.
 */
export async function lookAt(delivery: Delivery, chatId: number, messageId: number) {
  return await delivery.call(() => delivery.api.setMessageReaction(chatId, messageId, []));
}

/** The root of the thread a job goes to, once it is known. */
function rootOf({ isToTeam, rootId, chatId }: Delivery): Place | undefined {
  return isToTeam && rootId !== undefined ? { chatId, messageId: rootId } : undefined;
}

/**
 * Why what was sent as an answer does not stand where it should; it is taken back then. `undefined`:
 * it does, or it does not say.
 */
export async function strayed(
  delivery: Delivery,
  result: unknown,
  isToRoot: boolean,
): Promise<Failure | undefined> {
  const root = rootOf(delivery);
  const sent = (Array.isArray(result) ? result : [result]).filter(isMessage);
  if (!root || sent.length === 0) return undefined;
  const threadId = sent[0]!.message_thread_id;
  if (threadId === root.messageId) {
    delivery.options.roots.see(root);
    return undefined;
  }
  // What answers a comment of an older thread of theirs stands there.
  const older = threadId && await delivery.read.customerByRoot({ ...root, messageId: threadId });
  if (older === delivery.customerId) return undefined;
  const { failure } = await lookAt(delivery, root.chatId, root.messageId);
  if (!failure && isToRoot) {
    delivery.options.log.warn("an answer does not say its thread", { chatId: root.chatId });
    return undefined;
  }
  // If nobody can look now, what Telegram has said of the answer is all that is known.
  for (const { message_id } of sent) delivery.takeAway({ ...root, messageId: message_id });
  return failure && classify(failure).kind === "pause" ? failure : OUTSIDE;
}

/** Whether Telegram has answered with the message itself: of a copy it tells the ID alone. */
function isMessage(result: unknown): result is Message {
  return typeof result === "object" && result !== null && "message_id" in result &&
    "chat" in result;
}

/**
 * How the job of a copy ends that may have gone astray: as it would by itself, and the copy is in
 * doubt until its root is seen. Looks come after the commit, so that a copy is not repeated because
 * a look takes its time: at once if the root was not seen lately, or the copy answers a comment that
 * may be gone.
 */
export function inDoubt(
  delivery: Delivery,
  { copy, here, answered, done }: {
    copy: { message_id: number };
    here: Place;
    /** The comment it answers; absent: the root. */
    answered: number | undefined;
    done: Outcome;
  },
): Outcome {
  const root = rootOf(delivery);
  if (!root || isMessage(copy)) return done;
  const { options: { roots, now }, customerId, card } = delivery;
  const copyId = copy.message_id;
  const looks: LookTask[] = answered !== undefined
    ? [{ kind: "look", root, copy: { here, copyId, answered } }]
    : roots.isTrusted(root, card?.postedMs)
    ? []
    : [{ kind: "look", root }];
  return withChange(done, async (read) => ({
    ...await onDoubted({ customerId, root, copyId, nowMs: now() }, read),
    ...(looks.length > 0 ? { instead: looks } : {}),
  }));
}

/** Looks at a root under which copies are in doubt; what lies outside of the thread is put into it. */
export async function lookAtThread(
  delivery: Delivery,
  { root, copy }: LookTask,
): Promise<Outcome> {
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
    const copies = await read.copiesUnder(customerId, root, doubt.sinceId);
    const astray = await astrayAmong(delivery, root, copies);
    return Array.isArray(astray) ? moveAll(delivery, root, astray) : astray;
  }
  const stop = await reachThread(delivery);
  if (stop) return stop;
  const lost = copy && await isLost(delivery, root, copy);
  if (lost) return lost;
  if (copy && roots.isTrusted(root, delivery.card?.postedMs)) return { kind: "sent" };
  const { failure } = await lookAt(delivery, chatId, root.messageId);
  if (failure) {
    return isGone(failure) ? deadThread(delivery) : await unseen(delivery, failure, settled);
  }
  roots.see(root);
  return settled;
}

/** How it ends that a copy answers a comment that is gone, if the copy has come to lie outside. */
async function isLost(
  delivery: Delivery,
  root: Place,
  { answered, here, copyId }: NonNullable<LookTask["copy"]>,
): Promise<Outcome | null> {
  const subject = { chatId: root.chatId, messageId: answered };
  // A look would take away the reaction that the bot has mirrored there.
  if (!await isReactedTo(delivery, subject)) {
    const { failure } = await lookAt(delivery, root.chatId, answered);
    if (!failure) return null;
    if (!isGone(failure)) return await unseen(delivery, failure, null);
  }
  const standing = await standingOf(delivery, root, copyId);
  if (typeof standing === "object") return await failed(delivery, standing);
  if (standing !== "outside") return null;
  return {
    kind: "sent",
    decide: async (read) => ({ instead: await movesOf([{ here, stray: copyId }], read) }),
  };
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
  const { options: { now, pauses } } = delivery;
  const untilMs = now() + Math.ceil(verdict.retryAfterS * 1000);
  pauses.pause(chatId, untilMs);
  return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
}

async function isReactedTo({ read }: Delivery, subject: Place): Promise<boolean> {
  const counterpart = await read.counterpart(subject);
  return counterpart !== null && await read.lastReactor(counterpart.there) !== null;
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

/** What puts copies into their thread. */
async function movesOf(
  copies: (Pick<DoubtedCopy, "here"> & Pick<RelayTask, "stray">)[],
  read: Reader,
): Promise<RelayTask[]> {
  const moves: RelayTask[] = [];
  for (const { here: from, stray } of copies) {
    const shows = (await read.counterpart(from))?.shows;
    const writer = { kind: "customer" } as const;
    if (shows) moves.push({ kind: "relay", from, shows, writer, ...defined({ stray }) });
  }
  return moves;
}

/** Puts the first of them into the thread, and then goes on with the rest. */
function moveAll(delivery: Delivery, root: Place, astray: DoubtedCopy[]): Outcome {
  const { customerId, chatId, options: { now } } = delivery;
  const rest = astray[MOST_MOVED];
  const isHere = root.chatId === chatId;
  const moved = astray.slice(0, MOST_MOVED);
  // What lies in another group is shown anew by itself: the bot may no longer be there.
  if (!isHere) {
    for (const { copyId } of moved) {
      delivery.takeAway({ ...root, messageId: copyId });
    }
  }
  const strays = moved.map(({ here, copyId }) => ({
    here,
    ...defined({ stray: isHere ? copyId : undefined }),
  }));
  return {
    kind: "sent",
    decide: async (read) => {
      const moves = await movesOf(strays, read);
      const doubt = rest ? { sinceId: rest.copyId, dueMs: now() + DOUBT_MS } : null;
      return {
        doubts: [{ customerId, root, doubt }],
        instead: [...moves, ...(rest ? [{ kind: "look", root } as const] : [])],
      };
    },
  };
}

/**
 * Those of the copies, in the order in which they were made, that lie outside of a thread whose root
 * is gone: from the first that was made when it was, to the last.
 */
async function astrayAmong(
  delivery: Delivery,
  root: Place,
  copies: DoubtedCopy[],
): Promise<DoubtedCopy[] | Outcome> {
  const there = [...copies];
  let left = 0, right = there.length;
  // Mostly the root has been deleted since the last of them.
  let middle = right - 1;
  while (left < right) {
    const standing = await standingOf(delivery, root, there[middle]!.copyId);
    if (typeof standing === "object") return await unasked(delivery, root, standing);
    if (standing === "gone") {
      there.splice(middle, 1);
      right--;
    } else if (standing === "inside") left = middle + 1;
    else right = middle;
    middle = (left + right) >> 1;
  }
  return there.slice(left);
}

/**
 * Where one of the bot's own copies stands. Its answer to an edit tells: a button that nobody sees
 * comes, and goes. A copy that nobody can ask is taken to lie outside: rather repeated than lost.
 */
async function standingOf(
  delivery: Delivery,
  { chatId, messageId }: Place,
  copyId: number,
): Promise<"inside" | "outside" | "gone" | Failure> {
  const { api } = delivery;
  const mark = { inline_keyboard: [[{ text: "…", callback_data: "…" }]] };
  const marked = await delivery.call(() =>
    api.editMessageReplyMarkup(chatId, copyId, { reply_markup: mark })
  );
  const kind = marked.failure && classify(marked.failure).kind;
  if (kind === "no message") return "gone";
  // A button that is left of an earlier question tells as much by going.
  if (marked.failure && kind !== "unchanged") {
    const isOut = kind === "trouble" && chatId !== delivery.chatId;
    const isUnasked = kind === "pause" || kind === "passing" || kind === "trouble";
    return isUnasked && !isOut ? marked.failure : "outside";
  }
  const cleared = await delivery.call(() => api.editMessageReplyMarkup(chatId, copyId));
  const told = marked.failure ? cleared : marked;
  // Whoever is told to leave the chat alone obeys, though the answer is known.
  const isPaused = cleared.failure && classify(cleared.failure).kind === "pause";
  if (isPaused) return cleared.failure!;
  if (told.failure) return told.failure;
  const isInside = isMessage(told.result) && told.result.message_thread_id === messageId;
  return isInside ? "inside" : "outside";
}

/**
 * What went astray. Telegram may take an answer to a message that somebody has deleted, and put it
 * outside of any thread (https://github.com/tdlib/telegram-bot-api/issues/469). What is sent says
 * where it stands; of a copy by ID only a look at its root tells.
 */
import type { Message } from "grammy/types";
import { onDoubted } from "../../decisions/doubt.ts";
import { classify, type Failure } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { LookTask } from "../../jobs/card_task.ts";
import type { LinkButtons, LinkedCopy } from "../../message/buttons.ts";
import type { Place } from "../../message/link.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";
import { withChange } from "./endings.ts";
import { UNWRITTEN } from "./failures.ts";

/** The failure of an answer that was taken, but stands outside of its thread. */
const OUTSIDE: Failure = { ...UNWRITTEN };

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
  const sent = (Array.isArray(result) ? result : [result]).filter(isWholeMessage);
  if (!root || sent.length === 0) return undefined;
  const threadId = sent[0]!.message_thread_id;
  if (threadId === root.messageId) {
    delivery.options.roots.see(root);
    return undefined;
  }
  // What answers a comment of an older thread of theirs stands there.
  const older = threadId && await delivery.read.customerByRoot({ ...root, messageId: threadId });
  if (older === delivery.customerId) return undefined;
  const takeAway = () => {
    for (const { message_id } of sent) delivery.takeAway({ ...root, messageId: message_id });
  };
  if (!delivery.job.wentAstray) {
    takeAway();
    return UNWRITTEN;
  }
  const { failure } = await lookAt(delivery, root.chatId, root.messageId);
  if (!failure && isToRoot) {
    delivery.options.log.warn("an answer does not say its thread", { chatId: root.chatId });
    return undefined;
  }
  // If nobody can look now, what Telegram has said of the answer is all that is known.
  takeAway();
  return failure && classify(failure).kind === "pause" ? failure : OUTSIDE;
}

/** Why what went astray is not sent again: its root is gone, or cannot be looked at now. */
export async function rootGone(delivery: Delivery): Promise<Failure | undefined> {
  const root = rootOf(delivery);
  const failure = root && (await lookAt(delivery, root.chatId, root.messageId)).failure;
  if (!failure) return undefined;
  switch (classify(failure).kind) {
    case "no message":
      return OUTSIDE;
    case "pause":
    case "passing":
      return failure;
    default:
      return undefined;
  }
}

/**
 * Whether the group refuses a look at the thread in the same words as what was to be sent there: then
 * they are about no message.
 */
export async function isRefusedToAll(
  delivery: Delivery,
  { description }: Failure,
): Promise<boolean> {
  const root = rootOf(delivery);
  const look = root && (await lookAt(delivery, root.chatId, root.messageId)).failure;
  // Of an album Telegram says which piece it is about, whatever it is (Client.cpp of
  // tdlib/telegram-bot-api, on_message_send_failed).
  return look !== undefined && description.includes(look.description.replace(/^Bad Request: /, ""));
}

/** Whether Telegram has answered with the message itself: of a copy it tells the ID alone. */
export function isWholeMessage(result: unknown): result is Message {
  return typeof result === "object" && result !== null && "message_id" in result &&
    "chat" in result;
}

/**
 * How the job of a copy ends that may have gone astray: as it would by itself, and the copy is in
 * doubt until its root is seen. Looks come after the commit, so that a copy is not repeated because
 * a look takes its time: at once if the root was not seen lately, the copy answers a comment that may
 * be gone, or it has link buttons.
 */
export function inDoubt(
  delivery: Delivery,
  { copy, here, answered, buttons, done }: {
    copy: { message_id: number };
    here: Place;
    /** The comment it answers; absent: the root. */
    answered: number | undefined;
    buttons: LinkButtons | undefined;
    done: Outcome;
  },
): Outcome {
  const root = rootOf(delivery);
  const copyId = copy.message_id;
  const linked = buttons && { copyId, buttons };
  if (!root || isWholeMessage(copy)) return linked ? andLooked(delivery, done, linked) : done;
  const { options: { roots, now }, customerId, card } = delivery;
  const looks: LookTask[] = answered !== undefined
    ? [{ ...lookOf(root, linked), copy: { here, copyId, answered } }]
    : !linked && roots.isTrusted(root, card?.postedMs)
    ? []
    : [lookOf(root, linked)];
  return withChange(done, async (read) => ({
    ...await onDoubted({ customerId, root, copyId, nowMs: now() }, read),
    ...(looks.length > 0 ? { instead: looks } : {}),
  }));
}

/**
 * The same outcome for a copy under which link buttons stand by now. They are kept nowhere, and to
 * ask a copy where it stands would cost it them: so while copies are in doubt under its root, that is
 * looked at before anything else goes there, by a look that knows them.
 */
export function andLooked(
  delivery: Delivery,
  done: Outcome,
  linked: LinkedCopy,
  root = rootOf(delivery),
): Outcome {
  if (!root) return done;
  return withChange(done, async (read) => {
    const isDoubted = await read.doubt(delivery.customerId, root) !== null;
    return isDoubted ? { instead: [lookOf(root, linked)] } : {};
  });
}

function lookOf(root: Place, linked: LinkedCopy | undefined): LookTask {
  return { kind: "look", root, ...defined({ private: linked && { linked } }) };
}

/** Relaying an album, whole, each piece linked. */
import { laterAlbum } from "../../decisions/later_message.ts";
import type { Answer } from "../api.ts";
import { classify, type Failure } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { isRefusedToAll } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andInstead, andUnlinked, delivered, instead } from "./endings.ts";
import { failed } from "./failures.ts";
import { incompleteAlbum, isLeft } from "./incomplete_album.ts";
import { albumLinksOf, type EarlierOfAlbum, earlierOfAlbum } from "./album_links.ts";
import { toAlbumMedia } from "./album_media.ts";
import { isOfAKind, isOfKind, isOfPieces, isSameRefusal, suspectsIn } from "./album_refusal.ts";
import type { Extra } from "./parts.ts";
import { isKeptBack, quotedInWords, toldOfReference } from "./reference.ts";
import { asRelay, piecesInOrder, singly, someOfAlbum } from "./album_pieces.ts";
import {
  referenceOfAlbum,
  signatureOfAlbum,
  withContext,
  withLongCaptions,
} from "./album_words.ts";

/** Shows an album on the other side. An open one is closed first: later pieces go alone. */
export async function relayAlbum(delivery: Delivery, task: AlbumTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  if (!task.isClosed) return { kind: "go on", task: { ...piecesInOrder(task), isClosed: true } };
  if (task.later && !task.isLater) {
    const tasks = laterAlbum(delivery.job.lane, task);
    return { kind: "sent", decide: () => ({ tasks }) };
  }
  if (task.copied) return await incompleteAlbum(delivery, task, task.copied);
  if (task.pieces.length === 1) return instead(singly(task));
  const { quote } = task.private.snapshots[0]!;
  const aim = await takeAim(delivery, task.writer, {
    fromChatId: task.chatId,
    ...defined({ answerTo: task.answerTo, quote }),
  });
  if (isOutcome(aim)) return aim;

  const snapshots = task.private.snapshots.map((snapshot) =>
    quotedInWords(delivery, snapshot, aim)
  );
  const isChanged = signatureOfAlbum(task) !== undefined ||
    task.pieces.some(({ shows }) => shows.isInParts) ||
    snapshots.some(({ isFilled, origin, reference }) => isFilled || origin || reference);
  const isMarked = aim.answer?.message_id !== undefined && aim.answer !== aim.plain;
  const isCopied = !delivery.isToTeam && !isMarked && !isChanged;
  return await (isCopied ? copyAlbum : resendAlbum)(
    delivery,
    { ...task, private: { snapshots } },
    { ...aim, ...await earlierOfAlbum(delivery, task) },
  );
}

/** Where an album goes, and what is there of it already. */
type AlbumAim = Aim & EarlierOfAlbum;

/** A new message for each piece, by file ID: the only way into a thread, or as an answer. */
async function resendAlbum(delivery: Delivery, task: AlbumTask, aim: AlbumAim): Promise<Outcome> {
  const tried = await tryAlbum(delivery, task, aim);
  if ("kind" in tried) return tried;
  const { failure } = tried;
  if (!failure) return arrivedAs(delivery, tried, aim);
  if (classify(failure).kind === "too long") return withLongCaptions(task);
  const isOfSome = isOfPieces(failure, task) &&
    (task.saidAs !== undefined || !await isRefusedToAll(delivery, failure));
  return isOfSome
    ? await withoutSome(delivery, task, aim, failure)
    : await refusedWhole(delivery, task, failure);
}

/** How an attempt to send an album ended: what was to be shown, and as what it is, or why not. */
type Tried = { shown: AlbumTask; isReferenceKept: boolean } & Answer<{ message_id: number }[]>;

/** Sends an album as one. An outcome instead: something else has to go first, or in its place. */
async function tryAlbum(
  delivery: Delivery,
  task: AlbumTask,
  aim: Aim,
): Promise<Tried | Outcome> {
  const shown = await withContext(delivery, task);
  if (!("private" in shown)) return shown;
  const media = toAlbumMedia(shown.private.snapshots);
  if (!media) return instead(singly(task));
  const { api } = delivery;
  const send = (extra: Extra) => api.sendMediaGroup(aim.chatId, media, extra);
  const isReferenceKept = await isKeptBack(delivery, referenceOfAlbum(task));
  return { shown, isReferenceKept, ...await attempt(delivery, aim, send) };
}

function arrivedAs(
  delivery: Delivery,
  { shown, isReferenceKept, result }: Extract<Tried, { result: unknown }>,
  { memberships, ...already }: AlbumAim,
): Outcome {
  const copies = result.map(({ message_id }) => message_id);
  const links = albumLinksOf(delivery, shown, copies, already);
  const arrived = andUnlinked(delivered(delivery, links, memberships), already.strays);
  return isReferenceKept ? toldOfReference(delivery, arrived, links[0]!.here) : arrived;
}

/** How often an album is tried again with fewer pieces, at most. */
const MOST_ALBUM_TRIES = 12;

/**
 * An album that is refused for the sake of some pieces: the others go as an album, and each of those
 * finds its own way, or is given up by itself. Which they are is found out by leaving some out: a
 * refusal names the piece only if it is not the first (Client.cpp of tdlib/telegram-bot-api,
 * on_message_send_failed). Where nothing helps, every piece goes alone, unless the chat takes none.
 * That a caption is too long may come out only here: then the album is sent anew without it.
 */
async function withoutSome(
  delivery: Delivery,
  task: AlbumTask,
  aim: AlbumAim,
  refusal: Failure,
): Promise<Outcome> {
  let failure = refusal;
  let left = task;
  let suspects = suspectsIn(left, failure);
  for (let tries = 0; tries < MOST_ALBUM_TRIES; tries++) {
    const suspect = suspects.shift();
    if (!suspect) break;
    const rest = someOfAlbum(left, (index) => !suspect.includes(index));
    const tried = await tryAlbum(delivery, rest, aim);
    if ("kind" in tried) return tried;
    if (!tried.failure) {
      const alone = task.pieces.flatMap(({ messageId }, index) =>
        rest.pieces.some((piece) => piece.messageId === messageId) ? [] : [asRelay(task, index)]
      );
      return andInstead(arrivedAs(delivery, tried, aim), alone);
    }
    if (classify(tried.failure).kind === "too long") return withLongCaptions(task);
    if (!isOfPieces(tried.failure, rest)) return await refusedWhole(delivery, task, tried.failure);
    if (isSameRefusal(tried.failure, failure)) continue;
    // Those were to blame for the first refusal; this one is about others.
    left = rest;
    failure = tried.failure;
    suspects = suspectsIn(left, failure);
  }
  return isOfKind(failure) ? await refusedWhole(delivery, task, failure) : instead(singly(task));
}

/**
 * An album of which no part goes as an album. That it is given up for a kind that the chat does not
 * take is only of the pieces of that kind: each goes alone then.
 */
async function refusedWhole(
  delivery: Delivery,
  task: AlbumTask,
  failure: Failure,
): Promise<Outcome> {
  const outcome = await failed(delivery, failure);
  return outcome.kind === "drop" && isOfAKind(failure, task) ? instead(singly(task)) : outcome;
}

/** Copies by ID keep the album together, but cannot be answers (Bot API, copyMessages). */
async function copyAlbum(delivery: Delivery, task: AlbumTask, aim: AlbumAim): Promise<Outcome> {
  const ids = task.pieces.map(({ messageId }) => messageId);
  const answer = await attempt(
    delivery,
    aim,
    () => delivery.api.copyMessages(aim.chatId, task.chatId, ids),
  );
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isResent = kind === "refused" || kind === "too long" || isOfKind(answer.failure) ||
      // What the server cannot read for the moment it calls gone as well (Client.cpp of
      // tdlib/telegram-bot-api, TdOnCheckMessagesCallback).
      ((kind === "no message" || kind === "uncopyable") && await isLeft(delivery, task));
    return isResent
      ? await resendAlbum(delivery, task, aim)
      : await failed(delivery, answer.failure);
  }
  const copies = answer.result.map(({ message_id }) => message_id);
  if (copies.length === ids.length) {
    const links = albumLinksOf(delivery, task, copies, aim);
    return andUnlinked(delivered(delivery, links, aim.memberships), aim.strays);
  }
  // Telegram skips what it cannot copy and does not say which. Looks come after the commit, so that
  // nothing is repeated because a look takes its time.
  return { kind: "go on", task: { ...task, copied: copies } };
}

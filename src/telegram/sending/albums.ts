/** Relaying an album, whole, each piece linked. */
import { laterAlbum } from "../../decisions/later_message.ts";
import type { Answer } from "../api.ts";
import { classify, type Failure } from "../classify.ts";
import {
  type Formatted,
  joined,
  MAX_CAPTION,
  MAX_TEXT,
  plain,
  split,
} from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reference } from "../../message/snapshot.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import type { Task } from "../../jobs/task.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { isRefusedToAll } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andInstead, andUnlinked, delivered, instead } from "./endings.ts";
import { failed } from "./failures.ts";
import { incompleteAlbum, isLeft } from "./incomplete_album.ts";
import { albumLinksOf, type EarlierOfAlbum, earlierOfAlbum, placeIn } from "./album_links.ts";
import { toAlbumMedia } from "./album_media.ts";
import { isOfAKind, isOfKind, isOfPieces, isSameRefusal, suspectsIn } from "./album_refusal.ts";
import { type Extra, partOf } from "./parts.ts";
import { isKeptBack, linkPreviewOf, quotedInWords, toldOfReference } from "./reference.ts";
import { contextPrefix, leadOf } from "./prefix.ts";
import { captionIn, signatureBefore } from "./signatures.ts";

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

/**
 * The album with who signs it, and with what is to be said of where it comes from and of what it
 * answers elsewhere, in the caption that stands for it. An outcome instead: there is no room, and a
 * line before it says so, or the caption follows as a text.
 */
async function withContext(delivery: Delivery, task: AlbumTask): Promise<AlbumTask | Outcome> {
  const { pieces, private: { snapshots } } = task;
  const reference = referenceOfAlbum(task);
  const context = { ...defined({ origin: snapshots[0]!.origin, reference }) };
  const prefix = await contextPrefix(delivery, context);
  if (prefix && "kind" in prefix) return prefix;
  const signature = signatureOfAlbum(task);
  const lead = leadOf(signature, prefix);
  if (!lead) return task;
  const at = captionIn(snapshots);
  const words = joined(lead, snapshots[at]!.words ?? plain(""));
  if (words.text.length <= MAX_CAPTION) {
    const { shows, ...piece } = pieces[at]!;
    const isReferring = prefix && reference ? { isReferring: true as const } : {};
    return {
      ...task,
      pieces: pieces.with(at, { ...piece, shows: { ...shows, ...isReferring } }),
      private: { snapshots: snapshots.with(at, { ...snapshots[at]!, words }) },
    };
  }
  const isKept = await isKeptBack(delivery, reference);
  const without = snapshots.map(({ origin: _origin, reference: said, quote, ...rest }) => ({
    ...rest,
    ...(isKept ? defined({ reference: said }) : {}),
    ...(said ? {} : defined({ quote })),
  }));
  if (signature || !prefix) {
    const led = without.with(at, { ...without[at]!, words });
    return withLongCaptions({ ...task, isPrefixed: true, private: { snapshots: led } });
  }
  const linkPreview = { is_disabled: true };
  return instead([
    partOf(asRelay(task, 0), prefix.alone, { isFirst: false, linkPreview }),
    { ...task, isPrefixed: true, private: { snapshots: without } },
  ]);
}

/** The line that stands before the caption of a signed album. */
function signatureOfAlbum({ pieces, private: { snapshots } }: AlbumTask): Formatted | undefined {
  const at = pieces.findIndex(({ shows: { signedAs } }) => signedAs !== undefined);
  return at < 0 ? undefined : signatureBefore(pieces[at]!.shows, snapshots[at]!.words);
}

function referenceOfAlbum({ private: { snapshots } }: AlbumTask): Reference | undefined {
  return snapshots.find((snapshot) => snapshot.reference)?.reference;
}

/** The album without the captions that are too long, then these as texts, each to its piece. */
function withLongCaptions(task: AlbumTask): Outcome {
  const parts: Task[] = [];
  const pieces = [...task.pieces];
  const snapshots = task.private.snapshots.map(({ words, ...rest }, index) => {
    if (!words || words.text.length <= MAX_CAPTION) return words ? { ...rest, words } : rest;
    const piece = pieces[index]!;
    pieces[index] = { ...piece, shows: { ...piece.shows, isInParts: true } };
    for (const part of split(words, MAX_TEXT)) {
      const more = defined({
        answerTo: piece.messageId,
        linkPreview: linkPreviewOf({ words }, piece.shows),
      });
      parts.push(partOf(asRelay(task, index), part, { isFirst: false, ...more }));
    }
    return rest;
  });
  if (parts.length === 0) return instead(singly(task));
  return instead([{ ...task, pieces, private: { snapshots } }, ...parts]);
}

/** The album of some of the pieces. */
function someOfAlbum(task: AlbumTask, isIn: (index: number) => boolean): AlbumTask {
  return {
    ...task,
    pieces: task.pieces.filter((_, index) => isIn(index)),
    private: { snapshots: task.private.snapshots.filter((_, index) => isIn(index)) },
  };
}

/** Each piece as a message of its own. */
function singly(task: AlbumTask): RelayTask[] {
  return task.pieces.map((_, index) => asRelay(task, index));
}

function asRelay(task: AlbumTask, index: number): RelayTask {
  const { messageId, shows } = task.pieces[index]!;
  return {
    kind: "relay",
    from: placeIn(task, messageId),
    shows,
    writer: task.writer,
    // Its caption follows as a text already.
    ...(shows.isInParts ? { isWithoutCaption: true } : {}),
    ...defined({
      answerTo: task.answerTo,
      isLater: task.isLater,
      isPrefixed: task.isPrefixed,
    }),
    private: { snapshot: task.private.snapshots[index]! },
  };
}

/** Copies need increasing IDs, and pieces may have come in any order. */
function piecesInOrder(task: AlbumTask): AlbumTask {
  const order = task.pieces.map((_, index) => index)
    .sort((a, b) => task.pieces[a]!.messageId - task.pieces[b]!.messageId);
  return {
    ...task,
    pieces: order.map((index) => task.pieces[index]!),
    private: { snapshots: order.map((index) => task.private.snapshots[index]!) },
  };
}

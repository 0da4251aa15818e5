/** Relaying an album, whole, each piece linked. */
import type { Api } from "grammy";
import { classify } from "../classify.ts";
import { joined, MAX_CAPTION, MAX_TEXT, plain, split } from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Link, Place } from "../../message/link.ts";
import { inputOf, type Snapshot } from "../../message/snapshot.ts";
import type { AlbumTask, RelayTask, Task } from "../../jobs/task.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { lookAt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andTold, delivered, instead } from "./endings.ts";
import { failed } from "./failures.ts";
import { originPrefix, partOf } from "./relay.ts";

/** Shows an album on the other side. An open one is closed first: later pieces go alone. */
export async function relayAlbum(delivery: Delivery, task: AlbumTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  if (!task.isClosed) return { kind: "go on", task: { ...piecesInOrder(task), isClosed: true } };
  if (task.pieces.length === 1) return instead(singly(task));
  const { origin, quote } = task.private.snapshots[0]!;
  const isFilled = task.private.snapshots.some((snapshot) => snapshot.isFilled);
  const aim = await takeAim(delivery, task.writer, {
    fromChatId: task.chatId,
    ...defined({ answerTo: task.answerTo, quote }),
  });
  if (isOutcome(aim)) return aim;

  const isMarked = aim.answer?.message_id !== undefined && aim.answer !== aim.plain;
  if (!delivery.isToTeam && !isMarked && !origin && !isFilled) {
    return await copyAlbum(delivery, task, aim);
  }
  return await resendAlbum(delivery, task, aim);
}

/** A new message for each piece, by file ID: the only way into a thread, or as an answer. */
async function resendAlbum(delivery: Delivery, task: AlbumTask, aim: Aim): Promise<Outcome> {
  const marked = await withOrigin(delivery, task);
  if ("kind" in marked) return marked;
  const media = toAlbumMedia(marked);
  if (!media) return instead(singly(task));
  const answer = await attempt(
    delivery,
    aim,
    (extra) => delivery.api.sendMediaGroup(aim.chatId, media, extra),
  );
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    if (kind === "too long") return withLongCaptions(task);
    // One by one each piece finds its own way, or is given up by itself.
    if (kind === "refused" || kind === "uneditable") return instead(singly(task));
    return failed(delivery, answer.failure);
  }
  const copies = answer.result.map(({ message_id }) => message_id);
  return await delivered(delivery, albumLinksOf(delivery, task, copies), aim.memberships);
}

/** Copies by ID keep the album together, but cannot be answers (Bot API, copyMessages). */
async function copyAlbum(delivery: Delivery, task: AlbumTask, aim: Aim): Promise<Outcome> {
  const ids = task.pieces.map(({ messageId }) => messageId);
  const answer = await attempt(
    delivery,
    aim,
    () => delivery.api.copyMessages(aim.chatId, task.chatId, ids),
  );
  if (answer.failure) return failed(delivery, answer.failure);
  const copies = answer.result.map(({ message_id }) => message_id);
  if (copies.length === ids.length) {
    return await delivered(delivery, albumLinksOf(delivery, task, copies), aim.memberships);
  }
  // Telegram skips what it cannot copy and does not say which.
  const left = await notGone(delivery, task);
  const links = left.length === copies.length
    ? albumLinksOf(delivery, { ...task, pieces: left }, copies)
    : [];
  const notice = { text: "album-incomplete", sent: copies.length, of: ids.length } as const;
  const answerTo = (left[0] ?? task.pieces[0]!).messageId;
  const arrived = await delivered(delivery, links, aim.memberships);
  return andTold(delivery, arrived, {
    kind: "notice",
    notice,
    answerTo,
    answerIn: task.chatId,
  });
}

/** The pieces that still are where they were written. */
async function notGone(delivery: Delivery, task: AlbumTask): Promise<AlbumTask["pieces"]> {
  const looks = await Promise.all(
    task.pieces.map(({ messageId }) => lookAt(delivery, task.chatId, messageId)),
  );
  return task.pieces.filter((_, index) => {
    const { failure } = looks[index]!;
    return !failure || classify(failure).kind !== "no message";
  });
}

function albumLinksOf(delivery: Delivery, task: AlbumTask, copies: number[]): Link[] {
  return task.pieces.flatMap(({ messageId, shows }, index) => {
    const copy = copies[index];
    if (copy === undefined) return [];
    const also = copies.filter((other) => other !== copy);
    return [{ here: placeIn(task, messageId), there: delivery.placeThere(copy), shows, also }];
  });
}

function placeIn({ chatId, rootId }: AlbumTask, messageId: number): Place {
  return { chatId, messageId, ...defined({ rootId }) };
}

/** The pieces with the origin in the caption that stands for the album, where there is room. */
async function withOrigin(delivery: Delivery, task: AlbumTask): Promise<Snapshot[] | Outcome> {
  const { snapshots } = task.private;
  const prefix = await originPrefix(delivery, snapshots[0]!.origin);
  if (!prefix) return snapshots;
  if ("kind" in prefix) return prefix;
  const at = Math.max(0, snapshots.findIndex(({ words }) => words !== undefined));
  const words = joined(prefix.inside, snapshots[at]!.words ?? plain(""));
  if (words.text.length <= MAX_CAPTION) return snapshots.with(at, { ...snapshots[at]!, words });
  const without = snapshots.map(({ origin: _origin, ...rest }) => rest);
  return instead([
    partOf(asRelay(task, 0), prefix.alone, { isFirst: false }),
    { ...task, private: { snapshots: without } },
  ]);
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
      const answerTo = piece.messageId;
      parts.push(partOf(asRelay(task, index), part, { isFirst: false, answerTo }));
    }
    return rest;
  });
  if (parts.length === 0) return instead(singly(task));
  return instead([{ ...task, pieces, private: { snapshots } }, ...parts]);
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
    ...defined({ answerTo: task.answerTo }),
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

type AlbumMedia = Parameters<Api["sendMediaGroup"]>[1];

/** The pieces by their file IDs, or `null` if one cannot be in an album (Bot API, sendMediaGroup). */
function toAlbumMedia(snapshots: Snapshot[]): AlbumMedia | null {
  const pieces = snapshots.map(({ media, words, hasSpoiler, captionAbove }) => {
    if (!media || media.type === "animation") return null;
    const isSeen = media.type !== "audio" && media.type !== "document";
    return {
      ...inputOf(media),
      ...(words ? { caption: words.text, caption_entities: words.entities } : {}),
      ...(isSeen && hasSpoiler ? { has_spoiler: true } : {}),
      ...(isSeen && captionAbove ? { show_caption_above_media: true } : {}),
    };
  });
  // Which kinds go together is checked by Telegram: these came as an album.
  return pieces.includes(null) ? null : pieces as unknown as AlbumMedia;
}

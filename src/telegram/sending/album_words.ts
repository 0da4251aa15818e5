/** What is said with an album: who signs it, where it comes from, what it answers, and captions that are too long. */
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
import type { Task } from "../../jobs/task.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";
import { instead } from "./endings.ts";
import { partOf } from "./parts.ts";
import { isKeptBack, linkPreviewOf } from "./reference.ts";
import { contextPrefix, leadOf } from "./prefix.ts";
import { captionIn, signatureBefore } from "./signatures.ts";
import { asRelay, singly } from "./album_pieces.ts";

/**
 * The album with who signs it, and with what is to be said of where it comes from and of what it
 * answers elsewhere, in the caption that stands for it. An outcome instead: there is no room, and a
 * line before it says so, or the caption follows as a text.
 */
export async function withContext(
  delivery: Delivery,
  task: AlbumTask,
): Promise<AlbumTask | Outcome> {
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
export function signatureOfAlbum(
  { pieces, private: { snapshots } }: AlbumTask,
): Formatted | undefined {
  const at = pieces.findIndex(({ shows: { signedAs } }) => signedAs !== undefined);
  return at < 0 ? undefined : signatureBefore(pieces[at]!.shows, snapshots[at]!.words);
}

/** What an album answers that no answer can point to. */
export function referenceOfAlbum({ private: { snapshots } }: AlbumTask): Reference | undefined {
  return snapshots.find((snapshot) => snapshot.reference)?.reference;
}

/** The album without the captions that are too long, then these as texts, each to its piece. */
export function withLongCaptions(task: AlbumTask): Outcome {
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

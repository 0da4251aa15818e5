/** What an album is sent as: all its pieces in one call. */
import type { Api } from "grammy";
import { inputOf, type Snapshot } from "../../message/snapshot.ts";

/** The pieces of an album, as Telegram takes them. */
type AlbumMedia = Parameters<Api["sendMediaGroup"]>[1];

/**
 * The pieces by their file IDs, or `null` if one cannot be in an album (Bot API, sendMediaGroup).
 * Where the captions stand is told of those alone that are there, but has to be the same for all.
 */
export function toAlbumMedia(snapshots: Snapshot[]): AlbumMedia | null {
  const isAbove = snapshots.some(({ words, captionAbove }) => words && captionAbove);
  const pieces = snapshots.map(({ media, words, hasSpoiler }) => {
    if (!media || media.type === "animation") return null;
    const isSeen = media.type !== "audio" && media.type !== "document";
    return {
      ...inputOf(media),
      ...(words ? { caption: words.text, caption_entities: words.entities } : {}),
      ...(isSeen && hasSpoiler ? { has_spoiler: true } : {}),
      ...(isSeen && isAbove ? { show_caption_above_media: true } : {}),
    };
  });
  // Which kinds go together is checked by Telegram: these came as an album.
  return pieces.includes(null) ? null : pieces as unknown as AlbumMedia;
}

/**
 * What a message holds, as data: for what a copy by ID cannot carry. A snapshot is a person's words;
 * it is sealed at rest and kept only until it is sent.
 */
import type { LinkPreviewOptions, Location, MessageEntity } from "grammy/types";
import type { ContentKind } from "./content.ts";
import { defined } from "../values/defined.ts";
import { type Formatted, MAX_CAPTION, MAX_TEXT } from "../words/formatted.ts";
import { hasPlaceholders } from "./placeholders.ts";

/** Media that can be sent by file ID, grouped in albums, or put in the place of other media. */
export type MediaType = "photo" | "live_photo" | "video" | "animation" | "audio" | "document";

/** A file by its ID. */
export interface Media {
  type: MediaType;
  fileId: string;
  /** Of a live photo: the still. */
  stillId?: string;
}

/** Where a forwarded message comes from. */
export interface Origin {
  name: string;
  /** Who wrote it first; absent if they hide that, and for what a chat wrote. */
  userId?: number;
  /** The chat that wrote it, for what no person did. */
  chatId?: number;
}

/** Part of an answered message. */
export interface Quote {
  text: string;
  entities?: MessageEntity[];
  position: number;
}

/** A question with its options, without what makes it a quiz. */
export interface Question {
  question: Formatted;
  options: Formatted[];
  allowsMultipleAnswers: boolean;
  isAnonymous: boolean;
}

/** A message's content. Only what the message has is there. */
export interface Snapshot {
  /** The text, or the caption. */
  words?: Formatted;
  linkPreview?: LinkPreviewOptions;
  media?: Media;
  hasSpoiler?: true;
  captionAbove?: true;
  location?: Location;
  rolled?: { emoji: string; value: number };
  /** Of a quiz whose answer is unknown to us. */
  question?: Question;
  origin?: Origin;
  quote?: Quote;
  /** Who signs, while there are placeholders to fill in. */
  agent?: string;
  /** Placeholders were filled in: the words are not those of the message any more. */
  isFilled?: true;
}

/**
 * Whether a copy by ID would lose something: facts in the places of their names, a quote, the
 * origin, a move of the location, the value rolled, a quiz whose answer the bot does not know, or
 * words too long for a message of a bot (Bot API, copyMessage).
 */
export function needsCarrying(snapshot: Snapshot, kind: ContentKind): boolean {
  const { agent, isFilled, quote, origin, location, rolled, question, words } = snapshot;
  const longest = kind === "text" ? MAX_TEXT : MAX_CAPTION;
  return agent !== undefined || isFilled === true || quote !== undefined || origin !== undefined ||
    location?.live_period !== undefined ||
    rolled !== undefined || question !== undefined || (words?.text.length ?? 0) > longest;
}

/** Notes who signs, if what an agent wrote has placeholders. */
export function signed(snapshot: Snapshot, agent: string): Snapshot {
  const { words } = snapshot;
  return words && hasPlaceholders(words) ? { ...snapshot, agent } : snapshot;
}

/** Fills in the placeholders, if somebody signed for them. */
export function filled(
  { agent, ...snapshot }: Snapshot,
  fill: (words: Formatted, agent: string) => Formatted,
): Snapshot {
  if (agent === undefined || !snapshot.words) return snapshot;
  return { ...snapshot, words: fill(snapshot.words, agent), isFilled: true };
}

/** What the Bot API takes for a file that is sent again (Bot API, InputMedia). */
export function inputOf({ type, fileId, stillId }: Media) {
  return { type, media: fileId, ...defined({ photo: stillId }) };
}

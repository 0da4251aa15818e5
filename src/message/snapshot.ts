/**
 * What a message holds, as data: for what a copy by ID cannot carry. A snapshot is a person's words;
 * it is sealed at rest and kept only until it is sent.
 */
import type { LinkPreviewOptions, Location, MessageEntity } from "grammy/types";
import type { LinkButtons } from "./buttons.ts";
import type { ContentKind } from "./content.ts";
import { defined } from "../values/defined.ts";
import { type Formatted, MAX_CAPTION, MAX_TEXT } from "../words/formatted.ts";
import { hasPlaceholders } from "./placeholders.ts";

/** Media that can be sent by file ID, grouped in albums, or put in the place of other media. */
export const MEDIA_TYPES = [
  "photo",
  "live_photo",
  "video",
  "animation",
  "audio",
  "document",
] as const satisfies readonly ContentKind[];

/** One of them. */
export type MediaType = typeof MEDIA_TYPES[number];

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

/**
 * What a message answers that no answer on the other side can point to: a message of another chat, a
 * story, a task of a list, an option of a poll.
 */
export interface Reference {
  /** Who or what wrote it first; absent: it is part of a message of the same chat. */
  origin?: Origin;
  /** It was written by a bot. */
  isBots?: true;
  /** The group or channel it is in, if it is in one. */
  chatId?: number;
  /** What it is, if it is more than words. */
  kind?: ContentKind;
  /** Its words, as far as they are quoted. */
  words?: Formatted;
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
  reference?: Reference;
  buttons?: LinkButtons;
  /** Who signs, while there are placeholders to fill in. */
  agent?: string;
  /** Whose name stands before it if answers are signed when it goes. */
  signer?: string;
  /** Placeholders were filled in: the words are not those of the message any more. */
  isFilled?: true;
}

/**
 * Whether a copy by ID would lose something: facts in the places of their names, a quote, the
 * origin, a signature, what it refers to, its buttons, a move of the location, the value rolled, a
 * quiz whose answer the bot does not know, or words too long for a message of a bot (Bot API,
 * copyMessage).
 */
export function needsCarrying(snapshot: Snapshot, kind: ContentKind): boolean {
  const { agent, signer, isFilled, quote, origin, reference, buttons, location, rolled } = snapshot;
  const { question, words } = snapshot;
  const longest = kind === "text" ? MAX_TEXT : MAX_CAPTION;
  return agent !== undefined || signer !== undefined || isFilled === true ||
    quote !== undefined || origin !== undefined || reference !== undefined ||
    buttons !== undefined || location?.live_period !== undefined ||
    rolled !== undefined || question !== undefined || (words?.text.length ?? 0) > longest;
}

/** Notes who has written it: their name may stand before it, and in the places of placeholders. */
export function signed(snapshot: Snapshot, agent: string): Snapshot {
  const { words } = snapshot;
  const isToBeFilled = words !== undefined && hasPlaceholders(words);
  return { ...snapshot, signer: agent, ...(isToBeFilled ? { agent } : {}) };
}

/** Nobody's name stands before it, or it is told elsewhere whose. */
export function unsigned({ signer: _signer, ...snapshot }: Snapshot): Snapshot {
  return snapshot;
}

/** Fills in the placeholders, if somebody signed for them. */
export function filled(
  { agent, ...snapshot }: Snapshot,
  fill: (words: Formatted, agent: string) => Formatted,
): Snapshot {
  if (agent === undefined || !snapshot.words) return snapshot;
  return { ...snapshot, words: fill(snapshot.words, agent), isFilled: true };
}

/** A live location that lives for ever (Bot API, sendLocation). */
export const LIVE_FOREVER_S = 0x7fff_ffff;
/** For how long others may be sent (Bot API, sendLocation). */
const LIVE_S = { least: 60, most: 86_400 };

/** A live location as it can be sent: one that was prolonged may live longer than that. */
export function liveAgain({ live_period: periodS = LIVE_S.least, ...place }: Location): Location {
  if (periodS === LIVE_FOREVER_S) return { ...place, live_period: periodS };
  const live_period = Math.min(Math.max(periodS, LIVE_S.least), LIVE_S.most);
  return { ...place, live_period };
}

/** What the Bot API takes for a file that is sent again (Bot API, InputMedia). */
export function inputOf({ type, fileId, stillId }: Media) {
  return { type, media: fileId, ...defined({ photo: stillId }) };
}

/**
 * What a message holds, as data: for what a copy by ID cannot carry. A snapshot is a person's words;
 * it is sealed at rest and kept only until it is sent.
 */
import type { LinkPreviewOptions, Location, Message, MessageEntity, Poll } from "grammy/types";
import type { ContentKind } from "./content.ts";
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

/** Takes a message's content. */
export function snapshotOf(message: Message): Snapshot {
  const words = wordsOf(message);
  const media = mediaOf(message);
  const { link_preview_options: linkPreview, location, dice, poll } = message;
  const origin = originOf(message);
  const quote = quoteOf(message);
  return {
    ...(words ? { words } : {}),
    ...(linkPreview ? { linkPreview } : {}),
    ...(media ? { media } : {}),
    ...(message.has_media_spoiler ? { hasSpoiler: true } : {}),
    ...(message.show_caption_above_media ? { captionAbove: true } : {}),
    ...(location && !message.venue ? { location } : {}),
    ...(dice ? { rolled: { emoji: dice.emoji, value: dice.value } } : {}),
    ...(poll && isUnknownQuiz(poll) ? { question: questionOf(poll) } : {}),
    ...(origin ? { origin } : {}),
    ...(quote ? { quote } : {}),
  };
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
  return hasPlaceholders(snapshot.words?.text ?? "") ? { ...snapshot, agent } : snapshot;
}

/** Fills in the placeholders, if somebody signed for them. */
export function filled(
  { agent, ...snapshot }: Snapshot,
  fill: (words: Formatted, agent: string) => Formatted,
): Snapshot {
  if (agent === undefined || !snapshot.words) return snapshot;
  return { ...snapshot, words: fill(snapshot.words, agent), isFilled: true };
}

/** The unique ID of a message's file; equal for the same file (Bot API, file_unique_id). */
export function fileOf(message: Message): string | undefined {
  const { photo, animation, video, audio, document, voice, video_note, sticker } = message;
  const file = animation ?? message.live_photo ?? photo?.at(-1) ?? video ?? audio ?? document ??
    voice ?? video_note ?? sticker;
  return file?.file_unique_id;
}

function wordsOf(message: Message): Formatted | undefined {
  if (message.text !== undefined) {
    return { text: message.text, entities: message.entities ?? [] };
  }
  if (message.caption === undefined) return undefined;
  return { text: message.caption, entities: message.caption_entities ?? [] };
}

/** What the Bot API takes for a file that is sent again (Bot API, InputMedia). */
export function inputOf({ type, fileId, stillId }: Media) {
  return { type, media: fileId, ...(stillId === undefined ? {} : { photo: stillId }) };
}

function mediaOf(message: Message): Media | undefined {
  const { animation, live_photo, photo, video, audio, document } = message;
  // For older clients an animation also has `document` set, a live photo `photo` (Bot API, Message).
  if (animation) return { type: "animation", fileId: animation.file_id };
  if (live_photo) {
    const still = live_photo.photo?.at(-1) ?? photo?.at(-1);
    const stillId = still ? { stillId: still.file_id } : {};
    return { type: "live_photo", fileId: live_photo.file_id, ...stillId };
  }
  if (photo?.length) return { type: "photo", fileId: photo.at(-1)!.file_id };
  if (video) return { type: "video", fileId: video.file_id };
  if (audio) return { type: "audio", fileId: audio.file_id };
  if (document) return { type: "document", fileId: document.file_id };
  return undefined;
}

function originOf({ forward_origin: origin }: Message): Origin | undefined {
  switch (origin?.type) {
    case undefined:
      return undefined;
    case "user": {
      const { id, first_name, last_name } = origin.sender_user;
      return { name: [first_name, last_name].filter(Boolean).join(" "), userId: id };
    }
    case "hidden_user":
      return { name: origin.sender_user_name };
    case "chat":
      return "title" in origin.sender_chat
        ? { name: origin.sender_chat.title ?? "", chatId: origin.sender_chat.id }
        : undefined;
    case "channel":
      return { name: origin.chat.title, chatId: origin.chat.id };
  }
}

function quoteOf({ quote }: Message): Quote | undefined {
  if (!quote?.is_manual) return undefined;
  const { text, entities, position } = quote;
  return { text, position, ...(entities ? { entities } : {}) };
}

/** A quiz can be copied only by a bot that knows the answer (Bot API, copyMessage). */
function isUnknownQuiz(poll: Poll): boolean {
  return poll.type === "quiz" && poll.correct_option_ids === undefined;
}

function questionOf(poll: Poll): Question {
  return {
    question: { text: poll.question, entities: poll.question_entities ?? [] },
    options: poll.options.map(({ text, text_entities }) => ({
      text,
      entities: text_entities ?? [],
    })),
    allowsMultipleAnswers: poll.allows_multiple_answers,
    isAnonymous: poll.is_anonymous,
  };
}

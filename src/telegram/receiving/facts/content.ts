/** Reads what a message of Telegram's holds: its words, its file, and what else there can be. */
import type { Message, Poll } from "grammy/types";
import { contentOf } from "../../../message/content.ts";
import type { ContactCard, MessageContent, MessageFile, Venue } from "../../../message/facts.ts";
import type { Media, Question, Quote, Snapshot } from "../../../message/snapshot.ts";
import { defined } from "../../../values/defined.ts";
import type { Formatted } from "../../../words/formatted.ts";
import { buttonsOf } from "./buttons.ts";
import { originOf } from "./origin.ts";
import { referenceOf } from "./reference.ts";

/** Reads what a message holds. */
export function readContent(message: Message): MessageContent {
  const file = fileOf(message);
  const contact = contactCardOf(message);
  const venue = venueOf(message);
  return {
    kind: contentOf(message),
    snapshot: snapshotOf(message, file),
    ...defined({ file, contact, venue }),
  };
}

/** The text or the caption of a message, with its formatting; `undefined`: it has none. */
export function wordsOf(message: Message): Formatted | undefined {
  const { text, entities, caption, caption_entities } = message;
  if (text !== undefined) return { text, entities: entities ?? [] };
  if (caption !== undefined) return { text: caption, entities: caption_entities ?? [] };
  return undefined;
}

/**
 * The one file of a message; of a photo the largest. For older clients an animation also has
 * `document` set, a live photo `photo` (Bot API, Message).
 */
function fileOf(message: Message): MessageFile | undefined {
  const { animation, live_photo, photo, video, audio, document, voice, video_note, sticker } =
    message;
  if (animation) return toFile("animation", animation);
  if (live_photo) {
    const still = live_photo.photo?.at(-1) ?? photo?.at(-1);
    return { ...toFile("live_photo", live_photo), ...defined({ stillId: still?.file_id }) };
  }
  const largest = photo?.at(-1);
  if (largest) return toFile("photo", largest);
  if (video) return toFile("video", video);
  if (audio) return toFile("audio", audio);
  if (document) return toFile("document", document);
  if (voice) return toFile("voice", voice);
  if (video_note) return toFile("video_note", video_note);
  if (sticker) return toFile("sticker", sticker);
  return undefined;
}

function toFile(
  kind: MessageFile["kind"],
  { file_id, file_unique_id, file_size }: {
    file_id: string;
    file_unique_id: string;
    file_size?: number;
  },
): MessageFile {
  return {
    kind,
    fileId: file_id,
    uniqueId: file_unique_id,
    ...defined({ sizeBytes: file_size }),
  };
}

function snapshotOf(message: Message, file: MessageFile | undefined): Snapshot {
  const words = wordsOf(message);
  const media = mediaOf(file);
  const { link_preview_options: linkPreview, location, dice, poll } = message;
  return defined<Snapshot>({
    words,
    linkPreview,
    media,
    hasSpoiler: message.has_media_spoiler,
    captionAbove: message.show_caption_above_media,
    location: message.venue ? undefined : location,
    rolled: dice && { emoji: dice.emoji, value: dice.value },
    question: poll && isUnknownQuiz(poll) ? questionOf(poll) : undefined,
    origin: originOf(message.forward_origin),
    quote: quoteOf(message),
    reference: referenceOf(message),
    buttons: buttonsOf(message),
  });
}

/** A file as media that can be sent by its ID in albums, and put in the place of other media. */
function mediaOf(file: MessageFile | undefined): Media | undefined {
  if (!file) return undefined;
  switch (file.kind) {
    case "voice":
    case "video_note":
    case "sticker":
      return undefined;
    default: {
      const { kind: type, fileId, stillId } = file;
      return { type, fileId, ...defined({ stillId }) };
    }
  }
}

function contactCardOf({ contact }: Message): ContactCard | undefined {
  if (!contact) return undefined;
  const { phone_number: phone, first_name: firstName, last_name: lastName, vcard } = contact;
  return { phone, firstName, ...defined({ lastName, vcard }) };
}

function venueOf({ venue }: Message): Venue | undefined {
  if (!venue) return undefined;
  const { title: name, address, location: { latitude, longitude } } = venue;
  return { latitude, longitude, name, address };
}

/** What is quoted of a message of the same chat. */
function quoteOf({ quote, external_reply, reply_to_story }: Message): Quote | undefined {
  if (!quote?.is_manual || external_reply || reply_to_story) return undefined;
  const { text, entities, position } = quote;
  return { text, position, ...defined({ entities }) };
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

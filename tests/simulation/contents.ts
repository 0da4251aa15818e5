/** What people put into their messages, of every kind, each with words by which it is known again. */
import type { Message } from "grammy/types";
import type { CaptionSpec, ContentSpec, MediaSpec } from "../../playground/telegram/content.ts";
import type { Chance } from "./chance.ts";
import { unsigned } from "./names.ts";

/** How often each kind is, among messages that are not in albums. */
const WHATS = {
  text: 62,
  photo: 14,
  video: 3,
  document: 4,
  audio: 1,
  animation: 1,
  voice: 4,
  video_note: 1,
  sticker: 3,
  contact: 2,
  venue: 1,
  poll: 1,
  "live location": 2,
  "long text": 3,
  "long caption": 2,
  giveaway: 1,
  story: 1,
} as const;

/** A kind. */
export type What = keyof typeof WHATS;

/** Whether it is of a kind that some customers do not take. */
export function isVoice(what: What): boolean {
  return what === "voice" || what === "video_note";
}

/** A kind, now and then an unusual one. */
export function anything(chance: Chance): What {
  return chance.weighted(WHATS);
}

/** The kinds of an album's pieces. */
export function album(chance: Chance): What[] {
  const isOfDocuments = chance.happens(0.3);
  return Array.from({ length: chance.between(2, 4) }, (): What => {
    if (isOfDocuments) return "document";
    return chance.weighted({ photo: 7, video: 2, "long caption": 1 });
  });
}

/** A message's content in each of its versions; the first is 1. */
export interface Composition {
  words: (version: number) => string;
  content: (version: number) => ContentSpec;
  /** What its writer's client makes of it; absent: such messages cannot be edited. */
  edit?: (version: number) => ContentSpec | CaptionSpec;
}

/** Of a live location, in seconds: longer than any story. */
const LIVE_S = 86_400;
/** How many numbered words make a text too long for a message, or for a caption, of a bot. */
const LONG = { "long text": 560, "long caption": 200 };

/** Composes a message of that kind. Its words begin with `prefix`. */
export function compose(what: What, token: string, prefix = ""): Composition {
  const number = Number(token.slice(1, -1));
  const short = (version: number) => `${prefix}${token} v${version}`;
  const above = number % 5 === 0 ? { show_caption_above_media: true as const } : {};
  const captioned = (medium: MediaSpec, words = short): Composition => ({
    words,
    content: (version) => ({ ...medium, caption: words(version), ...above }),
    edit: (version) => ({ caption: words(version), ...above }),
  });
  const fixed = (content: ContentSpec): Composition => ({ words: short, content: () => content });
  switch (what) {
    case "text":
      return { words: short, content: short, edit: short };
    case "photo":
      return captioned({ photo: true });
    case "video":
      return captioned({ video: true });
    case "document":
      return captioned({ document: true });
    case "audio":
      return captioned({ audio: true });
    case "animation":
      return captioned({ animation: true });
    case "voice":
      return captioned({ voice: true });
    case "video_note":
      return { words: () => "", content: () => ({ video_note: true }) };
    case "sticker":
      return { words: () => "", content: () => ({ sticker: true }) };
    case "contact":
      return fixed({ contact: { first_name: short(1) } });
    case "venue":
      return fixed({ venue: { title: short(1) } });
    case "poll":
      return fixed({ poll: { question: short(1), options: ["sim", "não"] } });
    case "live location": {
      const content = (version: number): ContentSpec => ({
        location: { latitude: number / 100, longitude: version / 100, live_period: LIVE_S },
      });
      return { words: short, content, edit: content };
    }
    case "long text": {
      const words = (version: number) => `${short(version)} ${numbered(number, version, what)}`;
      return { words, content: words, edit: words };
    }
    case "long caption": {
      const words = (version: number) => `${short(version)} ${numbered(number, version, what)}`;
      return captioned({ photo: true }, words);
    }
    case "giveaway":
      return fixed({ giveaway: true });
    case "story":
      return fixed({ story: true });
  }
}

function numbered(number: number, version: number, what: keyof typeof LONG): string {
  return Array.from({ length: LONG[what] }, (_, index) => `${number}.${version}.${index}`).join(
    " ",
  );
}

/** What can be read of a message, or told from where it is. */
export function wordsOf(message: Partial<Message>): string {
  const { text, caption, contact, venue, poll, location } = message;
  const words = text ?? caption ?? contact?.first_name ?? venue?.title ?? poll?.question;
  if (words !== undefined || !location) return words ?? "";
  const [number, version] = [location.latitude, location.longitude].map((at) =>
    Math.round(at * 100)
  );
  return `«${number}» v${version}`;
}

/**
 * The same without the lines that say who signs it and what it answers: those are somebody else's
 * words.
 */
export function ownWordsOf(message: Partial<Message>): string {
  return ownOf(wordsOf(message));
}

/** The same of words that were read already. */
export function ownOf(words: string): string {
  return unsigned(words).replace(/^((?:✏️ )?(?:↪ [^\n]*\n)?)↩ [^\n]*(?:\n|$)/u, "$1");
}

/** The file of a message. */
export function fileOf(message: Partial<Message>) {
  const { animation, audio, document, photo, sticker, video, video_note, voice } = message;
  return animation ?? audio ?? document ?? photo?.[0] ?? sticker ?? video ?? video_note ?? voice;
}

/** The tokens in a text. */
export function tokensIn(text: string): string[] {
  if (!text.includes("«")) return [];
  return [...text.matchAll(/«(\d+)»/g)].map(([, number]) => `«${number}»`);
}

/** A numbered word of a long text. */
export interface Mark {
  token: string;
  version: number;
  index: number;
}

/** The numbered words in a text. */
export function marksIn(text: string): Mark[] {
  if (!text.includes(".")) return [];
  return [...text.matchAll(/(?<=^|\s)(\d+)\.(\d+)\.(\d+)(?=\s|$)/g)].map((
    [, number, version, index],
  ) => ({ token: `«${number}»`, version: Number(version), index: Number(index) }));
}

/**
 * A canned reply: a title to find it by, and what is sent in its place. Of what people write, it is
 * one of the few things that are kept.
 */
import { createHash, createHmac } from "node:crypto";
import type { LinkPreviewOptions, MessageEntity } from "grammy/types";
import { wordsAfterCommand } from "../commands/command.ts";
import type { ContentKind } from "../message/content.ts";
import type { CommandFacts, MessageContent } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import { fold } from "../words/fold.ts";
import { isInvisible } from "../words/visible.ts";
import {
  type Formatted,
  MAX_CAPTION,
  MAX_TEXT,
  plain,
  slice,
  trimmed,
} from "../words/formatted.ts";

/** A canned reply. Two of one desk never have the same title; see `idOf`. */
export interface Reply {
  title: string;
  content: ReplyContent;
  /** Telegram refuses it: nobody is offered it until it is added anew. */
  isBroken?: true;
}

/** Media that may have a caption. */
export type CaptionedKind = "photo" | "video" | "animation" | "audio" | "voice" | "document";

/** A file by its ID, with the one that tells whether two files are the same. */
interface File {
  fileId: string;
  uniqueId: string;
}

/** What is sent in place of a reply: all that an inline result can be. */
export type ReplyContent =
  | { kind: "text"; words: Formatted; linkPreview?: LinkPreviewOptions }
  | { kind: CaptionedKind; file: File; words?: Formatted; captionAbove?: true }
  | { kind: "sticker"; file: File }
  | { kind: "location"; latitude: number; longitude: number }
  | { kind: "venue"; latitude: number; longitude: number; name: string; address: string }
  | { kind: "contact"; phone: string; firstName: string; lastName?: string; vcard?: string };

/** The kinds of content a reply can have. */
export const REPLY_KINDS = [
  "text",
  "photo",
  "video",
  "animation",
  "audio",
  "voice",
  "document",
  "sticker",
  "location",
  "venue",
  "contact",
] as const satisfies ReplyContent["kind"][];

/** The longest title, in characters. */
export const MAX_TITLE = 64;
/** How many replies a desk may have. */
export const MAX_REPLIES = 5000;
/** A record of the database takes 64 KiB (https://docs.deno.com/deploy/kv/manual/#limits). */
const MAX_BYTES = 60_000;

/** Why something cannot be a reply. */
export type ReplyProblem =
  | { because: "no title" }
  | { because: "no content" }
  | { because: "long title"; length: number }
  | { because: "long text"; length: number }
  | { because: "long caption"; length: number }
  /** An inline result cannot be of this kind. */
  | { because: "kind"; content: ContentKind }
  /** Nor can it be several pictures or files. */
  | { because: "album" }
  /** Telegram does not know its file as the bot's. */
  | { because: "file" }
  /** All its formatting and links take too much room. */
  | { because: "size" }
  /** The desk has as many as it may. */
  | { because: "full" };

/** A title as it is shown: on one line, without spaces around. */
export function toTitle(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

/** So many digits of a digest fit into a button, and no two replies of a desk share them. */
const DIGEST_DIGITS = 16;

/** The name of a reply in keys, buttons and results: titles that fold alike name the same one. */
export function idOf(title: string): string {
  return createHash("sha256").update(fold(toTitle(title))).digest("hex").slice(0, DIGEST_DIGITS);
}

/** What stands between a reply and its being kept; `null`: nothing. */
export function problemOf({ title, content }: Reply): ReplyProblem | null {
  if (fold(title).trim() === "") return { because: "no title" };
  const { length } = [...title];
  if (length > MAX_TITLE) return { because: "long title", length };
  const words = textOf(content);
  if (content.kind === "text") {
    if (words.trim() === "") return { because: "no content" };
    if (words.length > MAX_TEXT) return { because: "long text", length: words.length };
  } else if (words.length > MAX_CAPTION) return { because: "long caption", length: words.length };
  const bytes = new TextEncoder().encode(JSON.stringify(content)).length;
  return bytes > MAX_BYTES ? { because: "size" } : null;
}

/** The file of a reply, by its ID; `undefined`: it has none. */
export function fileIdOf(content: ReplyContent): string | undefined {
  return "file" in content ? content.file.fileId : undefined;
}

/** Formats that mean nothing beyond the text that they are put on. */
const HARMLESS: ReadonlySet<string> = new Set<MessageEntity["type"]>([
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
  "pre",
]);

/**
 * Whether Telegram may refuse it: for its file, or for an address, a person or an emoji that its words
 * lead to, or because they cannot be seen (TDLib, MessageEntity.cpp).
 */
export function mayBeRefused(content: ReplyContent): boolean {
  if (fileIdOf(content) !== undefined) return true;
  const { text, entities } = wordsIn(content);
  return isInvisible(text) ||
    entities.some(({ type, offset, length }) =>
      !HARMLESS.has(type) || isInsideCharacter(text, offset) ||
      isInsideCharacter(text, offset + length)
    );
}

/** Whether a position is between the two UTF-16 units of one character. */
function isInsideCharacter(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1));
}

/** The text or caption of a reply; empty if it has none. */
export function textOf(content: ReplyContent): string {
  return wordsIn(content).text;
}

/** The text or caption of a reply with its formatting. */
export function wordsIn(content: ReplyContent): Formatted {
  return "words" in content ? content.words ?? plain("") : plain("");
}

/** How an internal note begins, and a command. */
export type NoteMark = "#" | "/";

/**
 * What makes a reply that is inserted into a thread a note or a command, so that it reaches no
 * customer; `undefined`: nothing does.
 */
export function noteMarkOf(content: ReplyContent): NoteMark | undefined {
  return noteMarkIn(textOf(content));
}

/** What makes an internal note of a text, or a command; `undefined`: nothing does. */
export function noteMarkIn(text: string): NoteMark | undefined {
  // Telegram sends words without the space around them.
  const [mark] = /^(#|\/(?=[\p{L}\p{N}_]))/u.exec(text.trimStart()) ?? [];
  return mark as NoteMark | undefined;
}

/** What a message's content would be as a reply; `null` if an inline result cannot be of its kind. */
export function toContent(
  { kind, snapshot, file, contact, venue }: MessageContent,
): ReplyContent | null {
  const { words, linkPreview, captionAbove, location } = snapshot;
  if (kind === "text" && words) {
    return { kind, words, ...defined({ linkPreview }) };
  }
  if (kind === "contact" && contact) return { kind, ...contact };
  if (kind === "venue" && venue) return { kind, ...venue };
  if (kind === "location" && location) {
    const { latitude, longitude } = location;
    return { kind, latitude, longitude };
  }
  if (!file) return null;
  const { fileId, uniqueId } = file;
  if (kind === "sticker") return { kind, file: { fileId, uniqueId } };
  if (!isCaptioned(kind)) return null;
  return { kind, file: { fileId, uniqueId }, ...defined({ words, captionAbove }) };
}

/**
 * What a command asks to be kept: its first line is the title, what follows the content. Under a
 * file, that is the file's caption; if nothing follows a text, the message it answers is kept. The
 * root of a thread is answered by every comment.
 */
export function toReply(
  { content: own, answered, isOfAlbum }: Pick<CommandFacts, "content" | "answered" | "isOfAlbum">,
): Reply | { problem: ReplyProblem } {
  const all = own.snapshot.words ?? plain("");
  const given = wordsAfterCommand(all);
  const [commandLine = ""] = all.text.split("\n", 1);
  const isBelow = all.text.length - given.text.length > commandLine.length;
  const [firstLine = ""] = isBelow ? [] : given.text.split("\n", 1);
  const title = toTitle(firstLine);
  const words = trimmed(slice(given, firstLine.length, given.text.length));
  // One piece alone is not what was meant.
  if (isOfAlbum) return { problem: { because: "album" } };
  const { linkPreview } = own.snapshot;
  const other = own.kind === "text" && words.text === "" && !answered?.isRoot
    ? answered?.content
    : undefined;
  const kept = other ?? (own.kind === "text" ? undefined : captioned(own, words));
  const content: ReplyContent | null = kept
    ? toContent(kept)
    : { kind: "text", words, ...defined({ linkPreview }) };
  if (content === null) return { problem: { because: "kind", content: kept!.kind } };
  const problem = problemOf({ title, content });
  return problem ? { problem } : { title, content };
}

/** A message with another caption, or with none. */
function captioned(content: MessageContent, words: Formatted): MessageContent {
  const { words: _command, captionAbove, ...rest } = content.snapshot;
  const caption = words.text === "" ? {} : defined({ words, captionAbove });
  return { ...content, snapshot: { ...rest, ...caption } };
}

/**
 * A keyed hash by which a message that was sent as a reply is known for it. Formatting is left out:
 * Telegram finds links and hashtags by itself.
 */
export function traceOf(content: ReplyContent, key: string): string {
  const seen = [
    content.kind,
    textOf(content),
    "file" in content ? content.file.uniqueId : "",
    // Telegram keeps coordinates with fewer digits than it is given.
    "latitude" in content ? [content.latitude.toFixed(3), content.longitude.toFixed(3)] : "",
    "phone" in content ? content.phone : "",
  ];
  return createHmac("sha256", key).update(JSON.stringify(seen)).digest("hex").slice(
    0,
    DIGEST_DIGITS,
  );
}

function isCaptioned(kind: ContentKind): kind is CaptionedKind {
  return ["photo", "video", "animation", "audio", "voice", "document"].includes(kind);
}

/**
 * Text as Telegram keeps it: trimmed, with formatting in UTF-16 offsets, and with the commands,
 * tags, mentions and addresses that the server finds by itself
 * (https://core.telegram.org/bots/api#messageentity).
 */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "./error.ts";

/** Formatting beyond this number is dropped without a word. */
const MAX_ENTITIES = 100;

/** A text and its formatting. */
export interface FormattedText {
  text: string;
  entities?: MessageEntity[];
}

/** What the server finds: its form, and a sign without which there is none in a text. */
const DETECTED: {
  type: "bot_command" | "url" | "email" | "mention" | "hashtag";
  sign: string;
  form: RegExp;
}[] = [
  { type: "url", sign: "/", form: /(?:https?:\/\/|\bt\.me\/)[^\s<>"]*[^\s<>".,;:!?)]/gu },
  { type: "email", sign: "@", form: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu },
  {
    type: "bot_command",
    sign: "/",
    form: /(?<![\p{L}\p{N}_/<>])\/\w{1,64}(?:@\w{3,32})?(?![\p{L}\p{N}_/<>])/gu,
  },
  { type: "mention", sign: "@", form: /(?<![\p{L}\p{N}_@])@\w{4,32}(?!\w)/gu },
  { type: "hashtag", sign: "#", form: /(?<![\p{L}\p{N}_#])#[\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu },
];

/** What becomes of a text that somebody sends. */
export function formatted(text: string, entities: readonly MessageEntity[] = []): FormattedText {
  for (const entity of entities) refuseWrong(entity, text);
  const trimmed = trim(text, entities.slice(0, MAX_ENTITIES));
  const all = withDetected(trimmed.text, trimmed.entities);
  return all.length === 0 ? { text: trimmed.text } : { text: trimmed.text, entities: all };
}

/** Refuses formatting that does not fit its text, or leads nowhere (TDLib, MessageEntity.cpp). */
function refuseWrong(entity: MessageEntity, text: string): void {
  const { offset, length } = entity;
  const end = offset + length;
  if (offset < 0 || length <= 0 || end > text.length) throw badRequest("ENTITY_BOUNDS_INVALID");
  if (isInsideSymbol(text, offset)) {
    const bytes = new TextEncoder().encode(text.slice(0, offset - 1)).length;
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${bytes}`);
  }
  if (isInsideSymbol(text, end)) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`,
    );
  }
  if (entity.type === "text_link" && !leadsSomewhere(entity.url)) {
    throw badRequest(`entity URL '${entity.url}' is invalid: Wrong URL`);
  }
  if (entity.type === "custom_emoji" && !/^-?[1-9]\d*$/.test(entity.custom_emoji_id ?? "")) {
    throw badRequest("invalid custom emoji identifier specified");
  }
}

/** Whether an offset is between the two units of one symbol. */
function isInsideSymbol(text: string, offset: number): boolean {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

/** Whether an address can be opened; one without a protocol is a page's. */
function leadsSomewhere(url = ""): boolean {
  return URL.canParse(url) || (!url.includes("://") && URL.canParse(`http://${url}`));
}

/** The part of a formatted text between two offsets, as a text of its own. */
export function excerpt(whole: FormattedText, start: number, end: number): FormattedText {
  const entities = clip(whole.entities ?? [], start, end);
  const text = whole.text.slice(start, end);
  return entities.length === 0 ? { text } : { text, entities };
}

function trim(
  text: string,
  entities: MessageEntity[],
): { text: string; entities: MessageEntity[] } {
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  if (start >= end) return { text: "", entities: [] };
  return { text: text.slice(start, end), entities: clip(entities, start, end) };
}

function clip(entities: readonly MessageEntity[], start: number, end: number): MessageEntity[] {
  return entities.flatMap((entity) => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    return from < to ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
}

function withDetected(text: string, given: MessageEntity[]): MessageEntity[] {
  const all = [...given];
  for (const { type, sign, form } of DETECTED) {
    if (!text.includes(sign)) continue;
    for (const match of text.matchAll(form)) {
      const found = { type, offset: match.index, length: match[0].length };
      if (!all.some((other) => overlaps(other, found) && isExclusive(other))) all.push(found);
    }
  }
  return all.sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function overlaps(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** Emphasis may lie over an address; what is itself an address, a tag or code may not. */
function isExclusive({ type }: MessageEntity): boolean {
  return !["bold", "italic", "underline", "strikethrough", "spoiler", "blockquote"].includes(type);
}

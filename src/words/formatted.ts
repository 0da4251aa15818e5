/**
 * Text with its formatting, as Telegram knows it: offsets and lengths count UTF-16 code units, as
 * JavaScript's strings do (Bot API, MessageEntity).
 */
import type { MessageEntity } from "grammy/types";

/** A text or caption with its entities. */
export interface Formatted {
  text: string;
  entities: MessageEntity[];
}

/** The longest text a bot may send, and the longest caption (Bot API, sendMessage, sendPhoto). */
export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

/** Plain words. */
export function plain(text: string): Formatted {
  return { text, entities: [] };
}

/** The one after the other, the formatting of each kept. */
export function joined(first: Formatted, second: Formatted): Formatted {
  const offset = first.text.length;
  return {
    text: first.text + second.text,
    entities: [
      ...first.entities,
      ...second.entities.map((entity) => ({ ...entity, offset: entity.offset + offset })),
    ],
  };
}

/** The part from `start` to `end`, with the formatting that falls into it. */
export function slice({ text, entities }: Formatted, start: number, end: number): Formatted {
  return {
    text: text.slice(start, end),
    entities: entities.flatMap((entity) => {
      const from = Math.max(entity.offset, start);
      const to = Math.min(entity.offset + entity.length, end);
      return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
    }),
  };
}

/** Without the space around, as Telegram sends it. */
export function trimmed(words: Formatted): Formatted {
  const start = words.text.length - words.text.trimStart().length;
  return slice(words, start, Math.max(start, words.text.trimEnd().length));
}

/**
 * Cuts a text into parts of at most `longest` units, at the last line break or space of a part
 * where there is one in its second half; never inside a character.
 */
export function split(formatted: Formatted, longest: number): Formatted[] {
  const parts: Formatted[] = [];
  const { text } = formatted;
  let start = 0;
  while (text.length - start > longest) {
    const end = cutBefore(text, start, start + longest);
    parts.push(slice(formatted, start, end));
    start = end;
  }
  parts.push(slice(formatted, start, text.length));
  return parts.filter((part) => part.text.trim() !== "");
}

function cutBefore(text: string, start: number, end: number): number {
  const window = text.slice(start, end);
  const half = window.length / 2;
  for (const separator of ["\n", " "]) {
    const at = window.lastIndexOf(separator);
    if (at >= half) return start + at + 1;
  }
  const isInsidePair = /[\ud800-\udbff]/.test(text[end - 1]!) && /[\udc00-\udfff]/.test(text[end]!);
  return isInsidePair ? end - 1 : end;
}

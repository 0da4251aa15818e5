/** A text with its formatting, as Telegram's clients show it (Bot API, MessageEntity). */
import { html } from "./view.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/**
 * The text as nodes; entities may lie inside each other. `onTag` is called with a hashtag that is
 * pressed; without it tags are words like others.
 */
export function Formatted({ text, entities = [], onTag }) {
  return html`${pieces(text, 0, text.length, entities, onTag)}`;
}

function pieces(text, from, to, entities, onTag) {
  const nodes = [];
  let at = from;
  const inside = entities.filter(({ offset, length }) => offset >= from && offset + length <= to)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  for (const entity of inside) {
    if (entity.offset < at) continue;
    const end = entity.offset + entity.length;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const others = inside.filter((other) => other !== entity);
    nodes.push(piece(entity, text, pieces(text, entity.offset, end, others, onTag), onTag));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function piece(entity, text, children, onTag) {
  const { type, offset, length } = entity;
  const Tag = TAGS[type];
  if (Tag) return html`<${Tag}>${children}</${Tag}>`;
  if (type === "spoiler") return html`<span class="spoiler">${children}</span>`;
  if (type === "hashtag" && onTag) {
    const tag = text.slice(offset, offset + length);
    return html`<button type="button" class="tag" onClick=${() => onTag(tag)}>${children}</button>`;
  }
  return html`<span class="link">${children}</span>`;
}

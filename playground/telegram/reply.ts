/** A message's relation to the one it answers: a quote, or a message of another chat. */
import type { ExternalReplyInfo, MessageEntity, MessageOrigin, TextQuote } from "grammy/types";
import type { StoredMessage } from "./chat.ts";
import { excerpt, type FormattedText } from "./entities.ts";
import { kindOf } from "./kind.ts";
import { defined } from "./message.ts";

/** The formatting that a quote keeps (https://core.telegram.org/bots/api#replyparameters). */
const KEPT_IN_QUOTES = ["bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"];
const MAX_QUOTE_LENGTH = 1024;

/**
 * The quote of a part of a message, or undefined if the part is not in it, formatting included.
 * Of several places the one nearest to the asked position is taken.
 */
export function quoteOf(
  target: StoredMessage,
  quote: { text: string; entities?: readonly MessageEntity[]; position?: number },
): TextQuote | undefined {
  if (quote.text === "" || quote.text.length > MAX_QUOTE_LENGTH) return undefined;
  const whole = textOf(target);
  const wanted = formatKey(quote.entities ?? []);
  const asked = quote.position ?? 0;
  let best: TextQuote | undefined;
  for (
    let position = whole.text.indexOf(quote.text);
    position >= 0;
    position = whole.text.indexOf(quote.text, position + 1)
  ) {
    const { entities = [] } = excerpt(whole, position, position + quote.text.length);
    const kept = entities.filter(({ type }) => KEPT_IN_QUOTES.includes(type));
    if (formatKey(kept) !== wanted) continue;
    if (best !== undefined && Math.abs(best.position - asked) <= Math.abs(position - asked)) {
      continue;
    }
    best = {
      text: quote.text,
      ...(kept.length === 0 ? {} : { entities: kept }),
      position,
      is_manual: true,
    };
  }
  return best;
}

/** The first part of a message that reads so, as a person marks it: its formatting goes along. */
export function markedIn(target: StoredMessage, text: string): TextQuote | undefined {
  const whole = textOf(target);
  const position = whole.text.indexOf(text);
  if (position < 0) return undefined;
  const { entities = [] } = excerpt(whole, position, position + text.length);
  const kept = entities.filter(({ type }) => KEPT_IN_QUOTES.includes(type));
  return quoteOf(target, { text, entities: kept, position });
}

/** What the server quotes of a message of another chat by itself: how it begins. */
export function automaticQuoteOf(target: StoredMessage): TextQuote | undefined {
  const whole = textOf(target);
  const { text, entities = [] } = excerpt(whole, 0, MAX_QUOTE_LENGTH);
  if (text === "") return undefined;
  const kept = entities.filter(({ type }) => KEPT_IN_QUOTES.includes(type));
  return { text, ...(kept.length === 0 ? {} : { entities: kept }), position: 0 };
}

/** What a reply to a message of another chat shows of it. */
export function externalReplyTo(target: StoredMessage): ExternalReplyInfo {
  const { content, chat } = target;
  const kind = kindOf(content);
  const shown = kind === "text" || kind === "service" || kind === "rich_message"
    ? {}
    : { [kind]: content[kind] };
  return defined<ExternalReplyInfo>({
    origin: originOf(target),
    chat: chat.type === "private" ? undefined : chat.toChat(),
    message_id: chat.type === "private" ? undefined : target.id,
    ...shown,
  });
}

/** Where a message comes from, as its forwards say. */
export function originOf({ author, chat, date, id, origin }: StoredMessage): MessageOrigin {
  if (origin !== undefined) return origin;
  const signature = author.signature === undefined ? {} : { author_signature: author.signature };
  const shown = chat.toChat();
  if (shown.type === "channel") {
    return { type: "channel", chat: shown, message_id: id, ...signature, date };
  }
  if (author.senderChat !== undefined) {
    return { type: "chat", sender_chat: author.senderChat.toChat(), ...signature, date };
  }
  return { type: "user", sender_user: author.from!, date };
}

function textOf({ content }: StoredMessage): FormattedText {
  return {
    text: content.text ?? content.caption ?? "",
    entities: content.entities ?? content.caption_entities ?? [],
  };
}

function formatKey(entities: readonly MessageEntity[]): string {
  return entities.map((entity) => `${entity.type} ${entity.offset} ${entity.length}`).sort().join();
}

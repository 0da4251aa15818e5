/**
 * What an answer of Telegram means for a job. The Bot API's error codes are few and its words are
 * stable; the table follows the server's own source
 * (https://github.com/tdlib/telegram-bot-api, Client.cpp, fail_query_with_error).
 */

/** A call that did not succeed, as the wire tells it. */
export interface Failure {
  /** Telegram's error code; absent: no answer we can read arrived. */
  code?: number;
  /** Telegram's words, or ours for what went wrong on the way. */
  description: string;
  retryAfterS?: number;
  migrateToChatId?: number;
}

/** What is to be done about a failure. */
export type Verdict =
  /** Too many requests: leave this chat alone until then. */
  | { kind: "pause"; retryAfterS: number }
  /** It may pass by itself. Whether the call was executed is unknown. */
  | { kind: "passing" }
  /** The customer has blocked the bot; they may come back. */
  | { kind: "blocked" }
  /** The customer's account is no more, or can never be written to. */
  | { kind: "gone" }
  /** There is no such chat, or not for this bot. */
  | { kind: "no chat" }
  /** There is no such user, or not for this bot. */
  | { kind: "no user" }
  /** The message to be answered is no more. */
  | { kind: "no answered message" }
  /** The part to be quoted is not in the answered message. */
  | { kind: "no quote" }
  /** Its receiver takes no voice or video messages. */
  | { kind: "no voice" }
  /** A text or caption that the server will not take in one piece. */
  | { kind: "too long" }
  /** The message cannot be edited, or not in this way. */
  | { kind: "uneditable" }
  /** The message to be copied, edited or reacted to is no more. */
  | { kind: "no message" }
  /** Telegram does not copy such messages. */
  | { kind: "uncopyable" }
  /** It already is as it should be. */
  | { kind: "unchanged" }
  /** The group has a new ID. */
  | { kind: "migrated"; chatId: number }
  /**
   * At the desk the operator has to repair something: a right, a membership, the token. In anybody
   * else's chat it is that person's: see `scopeOf`.
   */
  | { kind: "trouble" }
  /** Telegram will never take this. */
  | { kind: "refused" };

/** How long to leave a chat alone if Telegram does not say. */
const DEFAULT_RETRY_AFTER_S = 5;

/** Words of a refusal, lower case, and what they mean. The first that is contained decides. */
const WORDS: readonly [words: string, verdict: Verdict][] = [
  ["bot was blocked by the user", { kind: "blocked" }],
  ["user_is_blocked", { kind: "blocked" }],
  ["user is deactivated", { kind: "gone" }],
  ["input_user_deactivated", { kind: "gone" }],
  ["user_deleted", { kind: "gone" }],
  ["can't initiate conversation with a user", { kind: "gone" }],
  ["can't send messages to the bot", { kind: "gone" }],
  ["chat not found", { kind: "no chat" }],
  ["user not found", { kind: "no user" }],
  ["member not found", { kind: "no user" }],
  ["participant_id_invalid", { kind: "no user" }],
  ["user_id_invalid", { kind: "no user" }],
  ["user_not_participant", { kind: "no user" }],
  ["bot was kicked from", { kind: "trouble" }],
  ["bot is not a member of", { kind: "trouble" }],
  ["the group chat was deleted", { kind: "trouble" }],
  ["have no write access to the chat", { kind: "trouble" }],
  ["have no access to the chat", { kind: "trouble" }],
  ["can't access the chat", { kind: "trouble" }],
  ["channel_private", { kind: "trouble" }],
  ["channel_invalid", { kind: "trouble" }],
  ["chat_write_forbidden", { kind: "trouble" }],
  ["chat_restricted", { kind: "trouble" }],
  ["chat_admin_required", { kind: "trouble" }],
  ["need administrator rights", { kind: "trouble" }],
  ["not enough rights", { kind: "trouble" }],
  ["member list is inaccessible", { kind: "trouble" }],
  ["message to be replied not found", { kind: "no answered message" }],
  // Telegram's own words, which its Bot API server passes on; those of a reply contain the others.
  ["reply_message_id_invalid", { kind: "no answered message" }],
  ["reply_to_invalid", { kind: "no answered message" }],
  ["message thread not found", { kind: "no answered message" }],
  ["topic_deleted", { kind: "no answered message" }],
  ["topic_closed", { kind: "no answered message" }],
  ["message_id_invalid", { kind: "no message" }],
  ["msg_id_invalid", { kind: "no message" }],
  // TDLib's, of what was deleted while the server looked for it.
  ["message not found", { kind: "no message" }],
  ["message to copy not found", { kind: "no message" }],
  ["message to forward not found", { kind: "no message" }],
  // Of several messages none was found.
  ["there are no messages to forward", { kind: "no message" }],
  ["message to edit not found", { kind: "no message" }],
  ["message to delete not found", { kind: "no message" }],
  ["message to react not found", { kind: "no message" }],
  ["message to pin not found", { kind: "no message" }],
  ["message to unpin not found", { kind: "no message" }],
  ["quote_text_invalid", { kind: "no quote" }],
  ["voice_messages_forbidden", { kind: "no voice" }],
  ["restricted receiving of voice", { kind: "no voice" }],
  ["restricted receiving of video", { kind: "no voice" }],
  ["message is too long", { kind: "too long" }],
  ["caption is too long", { kind: "too long" }],
  ["media_caption_too_long", { kind: "too long" }],
  ["group send failed", { kind: "passing" }],
  ["message can't be edited", { kind: "uneditable" }],
  ["message media can't be edited", { kind: "uneditable" }],
  ["there is no text in the message to edit", { kind: "uneditable" }],
  ["there is no caption in the message to edit", { kind: "uneditable" }],
  ["can't be used in an album", { kind: "uneditable" }],
  ["can't change media type in the album", { kind: "uneditable" }],
  ["message is not modified", { kind: "unchanged" }],
  ["chat_not_modified", { kind: "unchanged" }],
  ["message can't be copied", { kind: "uncopyable" }],
  ["messages can't be forwarded", { kind: "uncopyable" }],
  ["message has protected content", { kind: "uncopyable" }],
  ["sent message was immediately deleted", { kind: "refused" }],
];

/** Gives every failure its place. */
export function classify(failure: Failure): Verdict {
  const { code, description } = failure;
  if (code === undefined) return { kind: "passing" };
  if (failure.migrateToChatId !== undefined) {
    return { kind: "migrated", chatId: failure.migrateToChatId };
  }
  const words = description.toLowerCase();
  const hidden = /retry after (\d+)/.exec(words)?.[1];
  if (code === 429 || hidden !== undefined) {
    const retryAfterS = failure.retryAfterS ?? Number(hidden ?? DEFAULT_RETRY_AFTER_S);
    return { kind: "pause", retryAfterS };
  }
  const known = WORDS.find(([part]) => words.includes(part));
  if (known) return known[1];
  if (code >= 500) return { kind: "passing" };
  // The token was revoked or mistyped, or the API root is not the Bot API's.
  if (code === 401 || code === 404 || code === 421) return { kind: "trouble" };
  if (code === 403 || code === 409) return { kind: "trouble" };
  return { kind: "refused" };
}

/** How far trouble reaches. */
export type TroubleScope =
  /** The token, and with it every chat. */
  | "token"
  /** The whole chat: the bot is out of it, or may not even write there. */
  | "chat"
  /** Perhaps the chat, perhaps this one message or method: the words do not say. */
  | "unsure";

/** Words of refusals, lower case, after which nothing at all can be done in a chat. */
const WHOLE_CHAT = [
  "bot was kicked from",
  "bot is not a member of",
  "the group chat was deleted",
  "chat not found",
  "have no write access to the chat",
  "have no access to the chat",
  "can't access the chat",
  "channel_private",
  "channel_invalid",
  "chat_write_forbidden",
  "chat_send_plain_forbidden",
  "need administrator rights",
  // Sending text is the least that may be allowed.
  "not enough rights to send text messages",
  "member list is inaccessible",
];

/** How far trouble reaches, as far as its words tell. */
export function scopeOf({ code, description }: Failure): TroubleScope {
  const words = description.toLowerCase();
  // An older server of one's own may lack a method; the token is good all the same.
  const isToken = code === 401 || code === 409 || code === 421 ||
    (code === 404 && !words.includes("method not found"));
  if (isToken) return "token";
  return WHOLE_CHAT.some((part) => words.includes(part)) ? "chat" : "unsure";
}

/** Whether a refusal passes by itself: it is worth asking again. */
export function isPassing(failure: Failure): boolean {
  const { kind } = classify(failure);
  return kind === "passing" || kind === "pause";
}

/**
 * Whether nothing can be done in a chat, or anywhere, until the operator has repaired something;
 * other trouble may concern one message or method alone.
 */
export function isOut(failure: Failure): boolean {
  return classify(failure).kind === "trouble" && scopeOf(failure) !== "unsure";
}

/** Whether a refusal speaks of a token that counts no more, whatever chat was called. */
export function isOfToken(failure: Failure): boolean {
  return classify(failure).kind === "trouble" && scopeOf(failure) === "token";
}

/** Whether a refusal says that the bot has never met a user (tdlib/telegram-bot-api, Client.cpp). */
export function isNeverMet({ description }: Failure): boolean {
  return /user not found/i.test(description);
}

/**
 * Whether a refusal of getChatMember says something of the person who was asked for, and nothing of
 * the chat: most have words of their own for somebody the server does not know (Bot API,
 * getChatMember; tdlib/telegram-bot-api, issue 802), and new ones are no reason to stop.
 */
export function isOfPerson(failure: Failure): boolean {
  const { kind } = classify(failure);
  if (kind === "trouble") return failure.code !== 400 && scopeOf(failure) === "unsure";
  return kind !== "passing" && kind !== "pause" && kind !== "no chat" && kind !== "migrated";
}

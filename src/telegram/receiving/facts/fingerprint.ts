/**
 * What a message shows, as a short keyed hash: enough to see that an edit changed nothing, too
 * little to tell what it says.
 */
import { createHmac } from "node:crypto";
import type { Message } from "grammy/types";
import type { MessageContent } from "../../../message/facts.ts";
import type { Shows } from "../../../message/link.ts";

const HEX_DIGITS = 16;

/**
 * Takes the fingerprint of a message under a key that only the bot has. It is compared with those of
 * links that were written long ago: what is hashed, and in which order, stays as it is.
 * @param content what was read off the same message
 */
export function showsOf(
  { contact, venue, poll, rich_message, checklist }: Message,
  { kind, snapshot, file }: MessageContent,
  key: string,
): Shows {
  const { media, origin: _origin, quote: _quote, reference: _reference, ...seen } = snapshot;
  const others = [contact, venue, poll?.question, rich_message, checklist];
  const hash = (value: unknown) =>
    createHmac("sha256", key).update(JSON.stringify(value, lasting)).digest("hex")
      .slice(0, HEX_DIGITS);
  return {
    kind,
    content: hash([kind, media?.type, file?.uniqueId, seen, others]),
    media: file ? hash([file.uniqueId, seen.hasSpoiler]) : "",
  };
}

/** The `file_id` of the same file may differ from time to time (Bot API, "Sending files"). */
function lasting(field: string, value: unknown): unknown {
  return field === "file_id" ? undefined : value;
}

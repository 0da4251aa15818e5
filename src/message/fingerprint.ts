/**
 * What a message shows, as a short keyed hash: enough to see that an edit changed nothing, too
 * little to tell what it says.
 */
import { createHmac } from "node:crypto";
import type { Message } from "grammy/types";
import { contentOf } from "./content.ts";
import type { Shows } from "./link.ts";
import { fileOf, snapshotOf } from "./snapshot.ts";

const HEX_DIGITS = 16;

/** Takes the fingerprint of a message under a key that only the bot has. */
export function showsOf(message: Message, key: string): Shows {
  const kind = contentOf(message);
  const { media, origin: _origin, quote: _quote, ...seen } = snapshotOf(message);
  const file = fileOf(message);
  const { contact, venue, poll, rich_message, checklist } = message;
  const others = [contact, venue, poll?.question, rich_message, checklist];
  const hash = (value: unknown) =>
    createHmac("sha256", key).update(JSON.stringify(value, lasting)).digest("hex")
      .slice(0, HEX_DIGITS);
  return {
    kind,
    content: hash([kind, media?.type, file, seen, others]),
    media: file === undefined ? "" : hash([file, seen.hasSpoiler]),
  };
}

/** The `file_id` of the same file may differ from time to time (Bot API, "Sending files"). */
function lasting(field: string, value: unknown): unknown {
  return field === "file_id" ? undefined : value;
}

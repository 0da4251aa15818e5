/** Emoji of one's own, which not every bot may use: what it may not becomes a plain one. */
import type { MessageEntity } from "grammy/types";
import type { Content } from "./kind.ts";
import type { Unproven } from "./unproven.ts";

/** What becomes of what a bot sends, or builds anew. */
export function asBotsMay(unproven: Unproven, content: Content): Content {
  if (unproven.botsKeepCustomEmoji) return content;
  const { entities, caption_entities: ofCaption, ...rest } = content;
  const kept = { entities: plain(entities), caption_entities: plain(ofCaption) };
  const left = Object.entries(kept).filter(([, all]) => all.length > 0);
  return { ...rest, ...Object.fromEntries(left) };
}

function plain(entities: MessageEntity[] = []): MessageEntity[] {
  return entities.filter(({ type }) => type !== "custom_emoji");
}

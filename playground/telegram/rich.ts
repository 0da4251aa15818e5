/** Rich messages, as far as a relay meets them (https://core.telegram.org/bots/api#richmessage). */
import type { RichBlock, RichMessage } from "grammy/types";

/** What is shown of an InputRichMessage: its blocks, or its source text as one paragraph. */
export function toRichMessage(
  input: { blocks?: unknown; html?: string; markdown?: string; is_rtl?: boolean },
): RichMessage {
  const source = input.html ?? input.markdown;
  const blocks = source === undefined
    ? input.blocks as RichBlock[]
    : [{ type: "paragraph" as const, text: source }];
  return { blocks, ...(input.is_rtl ? { is_rtl: true } : {}) };
}

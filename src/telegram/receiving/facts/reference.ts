/**
 * Reads what a message answers that no answer of ours can point to: a message of another chat, a
 * story, a task of a list, an option of a poll.
 */
import type { ExternalReplyInfo, Message, Story } from "grammy/types";
import { type ContentKind, contentOf } from "../../../message/content.ts";
import type { Reference } from "../../../message/snapshot.ts";
import { defined } from "../../../values/defined.ts";
import type { Formatted } from "../../../words/formatted.ts";
import { chatNameOf, originOf } from "./origin.ts";

/** The reference in a message; `undefined`: there is none. */
export function referenceOf(message: Message): Reference | undefined {
  const { external_reply: external, reply_to_story: story, quote } = message;
  if (external) {
    const { origin, chat } = external;
    const isBots = origin?.type === "user" && origin.sender_user.is_bot;
    return defined<Reference>({
      origin: originOf(origin),
      isBots: isBots ? true : undefined,
      chatId: chat?.id,
      kind: externalKindOf(external),
      words: quote && { text: quote.text, entities: quote.entities ?? [] },
    });
  }
  if (story) return { origin: storyAuthorOf(story), kind: "story" };
  const words = answeredPartOf(message);
  return words && { words };
}

/** What an answered message holds, if it is more than words. */
function externalKindOf(external: ExternalReplyInfo): ContentKind | undefined {
  // Of all that it shows, the names are those of a message's content (Bot API, ExternalReplyInfo).
  const kind = contentOf(external as unknown as Message);
  return kind === "unknown" ? undefined : kind;
}

function storyAuthorOf({ chat }: Story): NonNullable<Reference["origin"]> {
  const name = chatNameOf(chat);
  return chat.type === "private" ? { name, userId: chat.id } : { name, chatId: chat.id };
}

/** The task or the option that is answered, in its words. */
function answeredPartOf(message: Message): Formatted | undefined {
  const { reply_to_checklist_task_id: taskId, reply_to_poll_option_id: optionId } = message;
  const { checklist, poll } = message.reply_to_message ?? {} as Partial<Message>;
  const task = checklist?.tasks.find(({ id }) => id === taskId);
  if (task) return { text: task.text, entities: task.text_entities ?? [] };
  const option = poll?.options.find(({ persistent_id }) => persistent_id === optionId);
  return option && { text: option.text, entities: option.text_entities ?? [] };
}

/** What administrators are told of what became of a canned reply. */
import { MOST_UNKNOWN_NAMED, unknownPlaceholders } from "../../message/placeholders.ts";
import { noteMarkOf, type Reply, wordsIn } from "../../replies/reply.ts";
import type { ReplyNotice } from "../../texts/notices/replies.ts";
import type { Notice } from "../../texts/notice.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "../sending/delivery.ts";

/** What is said of a desk that has as many replies as it may. */
export const FULL_NOTICE: ReplyNotice = { text: "reply-problem", problem: { because: "full" } };

/** What is said of a reply that was deleted: the menu may have led to it. */
export async function deletedNotice(
  { read }: Delivery,
  id: string,
  { title }: Reply,
): Promise<Notice> {
  const { menu = [] } = await read.settings();
  const isInMenu = menu.some((entry) => "replyId" in entry && entry.replyId === id);
  return { text: "reply-deleted", title, isInMenu };
}

/** What is said of a reply that was kept: what of it may be meant otherwise. */
export function savedNotice(reply: Reply, replaced: boolean): ReplyNotice {
  const { title, content } = reply;
  const unknown = unknownPlaceholders(wordsIn(content)).slice(0, MOST_UNKNOWN_NAMED);
  const mark = noteMarkOf(content);
  return { text: "reply-saved", title, replaced, unknown, ...defined({ mark }) };
}

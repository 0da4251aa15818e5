/** What the bot says about canned replies: which sentence, with which facts. */
import type { PartOfDay } from "../../message/placeholders.ts";
import type { NoteMark, ReplyProblem } from "../../replies/reply.ts";
import type { NamedReplies } from "../../replies/named.ts";
import type { FileProblem } from "../../replies/file.ts";

/** A reply on a button. */
export interface OfferedReply {
  id: string;
  title: string;
}

/** A sentence by name, with what it has to tell. */
export type ReplyNotice =
  /** To an administrator who gave the command without what belongs to it. */
  | { text: "reply-how" }
  | { text: "reply-rename-how"; title: string }
  /** To a command that names no reply at all. */
  | { text: "reply-rename-which" }
  | { text: "reply-delete-how" }
  | { text: "reply-import-how" }
  | { text: "reply-saved"; title: string; replaced: boolean; unknown: string[]; mark?: NoteMark }
  /** There is one of this title; with a button that replaces it. */
  | { text: "reply-exists"; title: string; draftId: string }
  | { text: "reply-replace" }
  | { text: "reply-problem"; problem: ReplyProblem }
  /** What a button was about is no more. */
  | { text: "reply-gone" }
  | { text: "reply-deleted"; title: string; isInMenu: boolean }
  | { text: "reply-not-found"; title: string; nearest: string[] }
  | { text: "reply-renamed"; title: string }
  | { text: "reply-title-taken"; title: string }
  | { text: "reply-none"; words: string }
  /** To who asks for one to be sent: these fit, as buttons; without words, the most used. */
  | { text: "which-reply"; words: string; offered: OfferedReply[]; answerTo?: number }
  | { text: "reply-list"; words: string; total: number; from: number; to: number }
  /** On the list: Telegram refuses it, and how it is mended. */
  | { text: "reply-broken"; title: string }
  /** To the desk's owner, once: these are no longer offered. */
  | ({ text: "replies-broken" } & NamedReplies)
  | { text: "reply-exported"; count: number }
  /**
   * Which may be taken for notes; which are broken; which stay as they were, since they would be; and
   * how many files could not be tried.
   */
  | {
    text: "reply-imported";
    added: number;
    updated: number;
    notes: NamedReplies;
    broken: NamedReplies;
    kept: NamedReplies;
    untried: number;
  }
  | { text: "reply-file-problems"; problems: FileProblem[]; count: number }
  | { text: "reply-file-unread" }
  /** The operator's own Bot API server keeps the file where the bot cannot read it. */
  | { text: "reply-file-elsewhere" }
  /** On the button for whoever is not of the team. */
  | { text: "talk-to-us" }
  /** What they can post: where to be served. */
  | { text: "invitation"; link: string }
  /** What the placeholder becomes. */
  | { text: "greeting"; part: PartOfDay };

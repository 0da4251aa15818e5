/** Canned replies as an administrator sees them: a list in pages, and what can be done with each. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Texts } from "../texts/notice.ts";
import type { ReplyContent } from "../replies/reply.ts";
import type { FoundReply } from "../replies/index.ts";

/** What a press of a button asks for. */
export type ReplyAction =
  | { does: "page"; offset: number; words: string }
  | { does: "show" | "rename"; id: string }
  | { does: "delete"; id: string; offset: number; words: string }
  | { does: "replace"; draftId: string };

/** How many are on a page. */
export const LISTED = 8;
/**
 * A button carries 64 bytes (Bot API, InlineKeyboardButton), some of which may say of which desk it is;
 * this many are left for words.
 */
const MAX_WORDS_BYTES = 21;
const PREVIEW_LENGTH = 70;
/** How much of a text is looked at for that. */
const PREVIEWED_LENGTH = 10 * PREVIEW_LENGTH;

const ICONS: Record<ReplyContent["kind"], string> = {
  text: "💬",
  photo: "🖼",
  video: "🎬",
  animation: "🎞",
  audio: "🎵",
  voice: "🎤",
  document: "📄",
  sticker: "🏷",
  location: "📍",
  venue: "📍",
  contact: "👤",
};

/** Words as a button can carry them: cut where there are too many. */
export function listWords(words: string): string {
  let cut = words.replace(/\s+/g, " ").trim();
  while (new TextEncoder().encode(cut).length > MAX_WORDS_BYTES) {
    cut = [...cut].slice(0, -1).join("");
  }
  return cut.trim();
}

/** One line that says what a reply is. */
export function previewOf(content: ReplyContent): string {
  const icon = ICONS[content.kind];
  const all = quotedWordsOf(content);
  const words = all.slice(0, PREVIEWED_LENGTH).replace(/\s+/g, " ").trim();
  const start = [...words].slice(0, PREVIEW_LENGTH).join("");
  const isCut = start.length < words.length || all.length > PREVIEWED_LENGTH;
  const short = isCut ? `${start}…` : start;
  return content.kind === "text" ? short : `${icon} ${short}`.trim();
}

/** A page of the list as a message, with buttons to preview, rename and delete each. */
export function writeReplies(
  { replies, total }: { replies: FoundReply[]; total: number },
  { words, offset, texts }: {
    words: string;
    offset: number;
    texts: Pick<Texts, "reply-list" | "reply-none" | "reply-broken">;
  },
): { text: string; reply_markup?: InlineKeyboardMarkup } {
  if (replies.length === 0) return { text: texts["reply-none"]({ text: "reply-none", words }) };
  const heading = texts["reply-list"]({
    text: "reply-list",
    words,
    total,
    from: offset + 1,
    to: offset + replies.length,
  });
  const items = replies.map(({ reply: { title, content, isBroken }, use }, index) => {
    const item = `${offset + index + 1}. ${title} · ${use?.count ?? 0}×\n${previewOf(content)}`;
    return isBroken ? `${item}\n${texts["reply-broken"]({ text: "reply-broken", title })}` : item;
  });
  const button = (text: string, action: ReplyAction) => ({
    text,
    callback_data: writeReplyAction(action),
  });
  const pages = [
    ...(offset > 0
      ? [button("◀", { does: "page", offset: Math.max(0, offset - LISTED), words })]
      : []),
    ...(offset + LISTED < total
      ? [button("▶", { does: "page", offset: offset + LISTED, words })]
      : []),
  ];
  return {
    text: [heading, ...items].join("\n\n"),
    reply_markup: {
      inline_keyboard: [
        ...replies.map(({ id }, index) => [
          button(`👁 ${offset + index + 1}`, { does: "show", id }),
          button(`✏️ ${offset + index + 1}`, { does: "rename", id }),
          button(`✕ ${offset + index + 1}`, { does: "delete", id, offset, words }),
        ]),
        ...(pages.length > 0 ? [pages] : []),
      ],
    },
  };
}

/** The button that puts a reply in the place of the one of the same title. */
export function replaceKeyboard(
  draftId: string,
  texts: Pick<Texts, "reply-replace">,
): InlineKeyboardMarkup {
  const text = texts["reply-replace"]({ text: "reply-replace" });
  const callback_data = writeReplyAction({ does: "replace", draftId });
  return { inline_keyboard: [[{ text, callback_data }]] };
}

/** An action as a button carries it. */
export function writeReplyAction(action: ReplyAction): string {
  switch (action.does) {
    case "page":
      return `reply page ${action.offset} ${action.words}`;
    case "show":
    case "rename":
      return `reply ${action.does} ${action.id}`;
    case "delete":
      return `reply del ${action.id} ${action.offset} ${action.words}`;
    case "replace":
      return `reply put ${action.draftId}`;
  }
}

/** The action a button carries, or `null` if it is none of ours. */
export function readReplyAction(data: string): ReplyAction | null {
  const page = /^reply page (\d{1,4}) (.*)$/.exec(data);
  if (page) return { does: "page", offset: Number(page[1]), words: page[2]! };
  const one = /^reply (show|rename) ([0-9a-f]{16})$/.exec(data);
  if (one) return { does: one[1] as "show" | "rename", id: one[2]! };
  const gone = /^reply del ([0-9a-f]{16}) (\d{1,4}) (.*)$/.exec(data);
  if (gone) return { does: "delete", id: gone[1]!, offset: Number(gone[2]), words: gone[3]! };
  const put = /^reply put ([0-9a-f]{32})$/.exec(data);
  return put ? { does: "replace", draftId: put[1]! } : null;
}

function quotedWordsOf(content: ReplyContent): string {
  switch (content.kind) {
    case "sticker":
      return "";
    case "location":
      return `${content.latitude}, ${content.longitude}`;
    case "venue":
      return `${content.name}, ${content.address}`;
    case "contact":
      return `${content.firstName} ${content.lastName ?? ""} ${content.phone}`;
    default:
      return content.words?.text ?? "";
  }
}

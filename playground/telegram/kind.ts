/**
 * The kinds of message, and what may be done with each: copied, edited, put into an album, sent
 * into a chat that forbids some of them. Rules: https://core.telegram.org/bots/api#copymessage,
 * #editmessagemedia and #chatpermissions.
 */
import type { ChatPermissions, Message } from "grammy/types";

/** What a message says, in the fields of Message. */
export type Content = Partial<Message>;

/** Everything one kind of message may and may not. */
export interface KindTraits {
  /** Whether copyMessage takes it. */
  copyable: boolean;
  /** Which text of it editMessageText or editMessageCaption may change. */
  editable?: "text" | "caption";
  /** Whether editMessageMedia may put another medium in its place. */
  replaceable?: boolean;
  /** With which others it may stand in an album. */
  album?: "visual" | "document" | "audio";
  /** The permission that sending it needs, and the words for it in errors. */
  permission: keyof ChatPermissions;
  plural: string;
}

const other = { permission: "can_send_other_messages" } as const;

const KINDS = {
  text: {
    copyable: true,
    editable: "text",
    replaceable: true,
    permission: "can_send_messages",
    plural: "text messages",
  },
  rich_message: {
    copyable: true,
    editable: "text",
    replaceable: true,
    permission: "can_send_messages",
    plural: "text messages",
  },
  live_photo: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    album: "visual",
    permission: "can_send_photos",
    plural: "photos",
  },
  photo: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    album: "visual",
    permission: "can_send_photos",
    plural: "photos",
  },
  video: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    album: "visual",
    permission: "can_send_videos",
    plural: "videos",
  },
  animation: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    ...other,
    plural: "animations",
  },
  audio: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    album: "audio",
    permission: "can_send_audios",
    plural: "music",
  },
  document: {
    copyable: true,
    editable: "caption",
    replaceable: true,
    album: "document",
    permission: "can_send_documents",
    plural: "documents",
  },
  voice: {
    copyable: true,
    editable: "caption",
    permission: "can_send_voice_notes",
    plural: "voice notes",
  },
  video_note: { copyable: true, permission: "can_send_video_notes", plural: "video notes" },
  sticker: { copyable: true, ...other, plural: "stickers" },
  contact: { copyable: true, permission: "can_send_messages", plural: "contacts" },
  venue: { copyable: true, permission: "can_send_messages", plural: "venues" },
  location: { copyable: true, permission: "can_send_messages", plural: "locations" },
  poll: { copyable: true, permission: "can_send_polls", plural: "polls" },
  dice: { copyable: true, ...other, plural: "dice" },
  game: { copyable: true, editable: "text", ...other, plural: "games" },
  checklist: { copyable: true, permission: "can_send_messages", plural: "checklists" },
  story: { copyable: false, ...other, plural: "stories" },
  paid_media: {
    copyable: false,
    editable: "caption",
    permission: "can_send_photos",
    plural: "paid media",
  },
  invoice: { copyable: false, permission: "can_send_messages", plural: "invoices" },
  giveaway: { copyable: false, permission: "can_send_messages", plural: "giveaways" },
  giveaway_winners: { copyable: false, permission: "can_send_messages", plural: "giveaways" },
  service: { copyable: false, permission: "can_send_messages", plural: "service messages" },
} as const satisfies Record<string, KindTraits>;

/** What a message is: the name of its content field, or `service` for a note of the chat itself. */
export type Kind = keyof typeof KINDS;

/** The kind of a message. Where two fields are set, the more specific one decides. */
export function kindOf(content: Content): Kind {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    if (kind !== "service" && content[kind] !== undefined) return kind;
  }
  return "service";
}

/** The rules for a kind. */
export function traitsOf(kind: Kind): KindTraits {
  return KINDS[kind];
}

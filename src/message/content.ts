/** The kinds of content a Telegram message can have, and what becomes of each on the other side. */
import type { Message } from "grammy/types";

/** Fields of a message that say who, where, when or how, but are not its content. */
type EnvelopeField =
  | "message_id"
  | "message_thread_id"
  | "from"
  | "sender_chat"
  | "sender_tag"
  | "sender_boost_count"
  | "sender_business_bot"
  | "receiver_user"
  | "ephemeral_message_id"
  | "date"
  | "edit_date"
  | "chat"
  | "guest_query_id"
  | "guest_bot_caller_user"
  | "guest_bot_caller_chat"
  | "business_connection_id"
  | "is_topic_message"
  | "direct_messages_topic"
  | "forward_origin"
  | "is_automatic_forward"
  | "reply_to_message"
  | "reply_to_checklist_task_id"
  | "reply_to_poll_option_id"
  | "reply_to_story"
  | "external_reply"
  | "quote"
  | "via_bot"
  | "is_paid_post"
  | "is_from_offline"
  | "has_protected_content"
  | "author_signature"
  | "effect_id"
  | "paid_star_count"
  | "reply_markup"
  | "entities"
  | "link_preview_options"
  | "caption"
  | "caption_entities"
  | "show_caption_above_media"
  | "has_media_spoiler"
  | "media_group_id";

/** A content field of Telegram's `Message`. */
type ContentField = Exclude<keyof Message, EnvelopeField>;

/** What a message holds: one of its content fields, or something newer than this program. */
export type ContentKind = ContentField | "unknown";

/**
 * - `copy`: `copyMessage` carries it (if Telegram refuses one, its sender is told);
 * - `explain`: it cannot be shown on the other side, and its sender is told;
 * - `silent`: it says nothing to the other side.
 */
export type Treatment = "copy" | "explain" | "silent";

/**
 * Every kind there is. Where a message has several of these fields, the first listed here is its
 * kind: an animation also has `document`, a live photo `photo`, a venue `location` (Bot API,
 * Message). What can be copied is told by Bot API, copyMessage.
 */
const TREATMENTS: Record<ContentField, Treatment> = {
  text: "copy",
  animation: "copy",
  live_photo: "copy",
  photo: "copy",
  video: "copy",
  audio: "copy",
  document: "copy",
  voice: "copy",
  video_note: "copy",
  sticker: "copy",
  contact: "copy",
  venue: "copy",
  location: "copy",
  poll: "copy",
  dice: "copy",
  rich_message: "copy",
  game: "copy",
  story: "copy",
  checklist: "copy",
  paid_media: "explain",
  invoice: "explain",
  giveaway: "explain",
  giveaway_winners: "explain",
  gift: "explain",
  gift_upgrade_sent: "explain",
  unique_gift: "explain",
  successful_payment: "explain",
  refunded_payment: "explain",
  users_shared: "explain",
  chat_shared: "explain",
  web_app_data: "explain",
  passport_data: "explain",
  suggested_post_info: "explain",
  giveaway_created: "silent",
  giveaway_completed: "silent",
  checklist_tasks_done: "silent",
  checklist_tasks_added: "silent",
  poll_option_added: "silent",
  poll_option_deleted: "silent",
  suggested_post_approved: "silent",
  suggested_post_approval_failed: "silent",
  suggested_post_declined: "silent",
  suggested_post_paid: "silent",
  suggested_post_refunded: "silent",
  community_chat_added: "silent",
  community_chat_removed: "silent",
  community_chat_joined: "silent",
  chat_owner_left: "silent",
  chat_owner_changed: "silent",
  new_chat_members: "silent",
  left_chat_member: "silent",
  new_chat_title: "silent",
  new_chat_photo: "silent",
  delete_chat_photo: "silent",
  group_chat_created: "silent",
  supergroup_chat_created: "silent",
  channel_chat_created: "silent",
  managed_bot_created: "silent",
  message_auto_delete_timer_changed: "silent",
  migrate_to_chat_id: "silent",
  migrate_from_chat_id: "silent",
  pinned_message: "silent",
  connected_website: "silent",
  write_access_allowed: "silent",
  proximity_alert_triggered: "silent",
  boost_added: "silent",
  chat_background_set: "silent",
  forum_topic_created: "silent",
  forum_topic_edited: "silent",
  forum_topic_closed: "silent",
  forum_topic_reopened: "silent",
  general_forum_topic_hidden: "silent",
  general_forum_topic_unhidden: "silent",
  paid_message_price_changed: "silent",
  direct_message_price_changed: "silent",
  video_chat_scheduled: "silent",
  video_chat_started: "silent",
  video_chat_ended: "silent",
  video_chat_participants_invited: "silent",
};

const FIELDS = Object.keys(TREATMENTS) as ContentField[];

/** The kind of a message's content. */
export function contentOf(message: Message): ContentKind {
  return FIELDS.find((field) => message[field] !== undefined) ?? "unknown";
}

/** What becomes of a kind; what we do not know yet is tried: most kinds can be copied. */
export function treatmentOf(kind: ContentKind): Treatment {
  return kind === "unknown" ? "copy" : TREATMENTS[kind];
}

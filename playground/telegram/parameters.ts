/** Groups of parameters that several methods of the Bot API share. */
import type { ApiMethods, Opts } from "grammy/types";

/** The names of a method's parameters with their types. */
export type Fields<Name extends string = string> = Readonly<Partial<Record<Name, string>>>;

/** The names of all parameters that any form of a call takes. */
export type Keys<T> = T extends unknown ? Extract<keyof T, string> : never;
/** Methods with their parameters, as far as grammY's types know both. */
export type Table = { readonly [M in keyof ApiMethods]?: Fields<Keys<Opts<M>>> };

/** Which chat. */
export const chat = { chat_id: "Integer|String" } as const;
/** Which message. */
export const message = { ...chat, message_id: "Integer" } as const;

/** Where and how a message is sent. */
export const sending = {
  ...chat,
  message_thread_id: "Integer?",
  disable_notification: "Boolean?",
  protect_content: "Boolean?",
  allow_paid_broadcast: "Boolean?",
  message_effect_id: "String?",
  reply_parameters: "ReplyParameters?",
} as const satisfies Fields<Keys<Opts<"sendPoll">>>;

/** Which keyboard. */
export const markup = {
  reply_markup: "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply?",
} as const satisfies Fields<Keys<Opts<"sendPoll">>>;

/** For the direct messages of a channel. */
export const directMessages = {
  direct_messages_topic_id: "Integer?",
  suggested_post_parameters: "SuggestedPostParameters?",
} as const satisfies Fields<Keys<Opts<"sendMessage">>>;

/** For business accounts. */
export const business = { business_connection_id: "String?" } as const;

/** The same with everything that most methods take besides. */
export const sendingAnywhere = {
  ...sending,
  ...markup,
  ...directMessages,
  ...business,
} as const satisfies Fields<Keys<Opts<"sendMessage">>>;

/** What is written under a medium. */
export const caption = {
  caption: "String?",
  parse_mode: "String?",
  caption_entities: "Array of MessageEntity?",
} as const satisfies Fields<Keys<Opts<"sendAudio">>>;

/** The same for what is seen. */
export const visualCaption = {
  ...caption,
  show_caption_above_media: "Boolean?",
  has_spoiler: "Boolean?",
} as const satisfies Fields<Keys<Opts<"sendPhoto">>>;

/** Where on Earth. */
export const place = {
  latitude: "Float",
  longitude: "Float",
} as const satisfies Fields<Keys<Opts<"sendVenue">>>;

/** The same for a place that may move. */
export const liveLocation = {
  ...place,
  live_period: "Integer?",
  horizontal_accuracy: "Float?",
  heading: "Integer?",
  proximity_alert_radius: "Integer?",
} as const satisfies Fields<Keys<Opts<"editMessageLiveLocation">>>;

/** Which message is edited, and its new buttons. */
export const editing = {
  ...business,
  chat_id: "Integer|String?",
  message_id: "Integer?",
  inline_message_id: "String?",
  reply_markup: "InlineKeyboardMarkup?",
} as const satisfies Fields<Keys<Opts<"editMessageCaption">>>;

/** Which messages go from where to where. */
export const several = {
  ...chat,
  message_thread_id: "Integer?",
  direct_messages_topic_id: "Integer?",
  from_chat_id: "Integer|String",
  message_ids: "Array of Integer",
  disable_notification: "Boolean?",
  protect_content: "Boolean?",
} as const satisfies Fields<Keys<Opts<"forwardMessages">>>;

/** Whose language something is in. */
export const ofLanguage = { language_code: "String?" } as const;

/** For whom a bot's commands are. */
export const commands = {
  scope: "BotCommandScope?",
  language_code: "String?",
} as const satisfies Fields<Keys<Opts<"getMyCommands">>>;

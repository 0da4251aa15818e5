/**
 * The methods of the Bot API that the simulated Telegram knows, with their parameters, as
 * https://core.telegram.org/bots/api lists them. A question mark marks what may be left out. What
 * is not in this table is refused.
 */
import {
  business,
  caption,
  chat,
  commands,
  directMessages,
  editing,
  type Fields,
  liveLocation,
  markup,
  message,
  place,
  sending,
  sendingAnywhere,
  several,
  type Table,
  visualCaption,
} from "./parameters.ts";

/** The table. */
export const METHODS = {
  getMe: {},
  getUpdates: {
    offset: "Integer?",
    limit: "Integer?",
    timeout: "Integer?",
    allowed_updates: "Array of String?",
  },
  setWebhook: {
    url: "String",
    certificate: "InputFile?",
    ip_address: "String?",
    max_connections: "Integer?",
    allowed_updates: "Array of String?",
    drop_pending_updates: "Boolean?",
    secret_token: "String?",
  },
  deleteWebhook: { drop_pending_updates: "Boolean?" },
  getWebhookInfo: {},
  getChat: chat,
  getChatMember: { ...chat, user_id: "Integer" },
  getChatAdministrators: { ...chat, return_bots: "Boolean?" },
  getChatMemberCount: chat,
  banChatMember: {
    ...chat,
    user_id: "Integer",
    until_date: "Integer?",
    revoke_messages: "Boolean?",
  },
  unbanChatMember: { ...chat, user_id: "Integer", only_if_banned: "Boolean?" },
  leaveChat: chat,
  sendMessage: {
    ...sendingAnywhere,
    text: "String",
    parse_mode: "String?",
    entities: "Array of MessageEntity?",
    link_preview_options: "LinkPreviewOptions?",
  },
  copyMessage: {
    ...sending,
    ...markup,
    ...directMessages,
    ...caption,
    from_chat_id: "Integer|String",
    message_id: "Integer",
    video_start_timestamp: "Integer?",
    show_caption_above_media: "Boolean?",
  },
  copyMessages: { ...several, remove_caption: "Boolean?" },
  forwardMessage: {
    ...message,
    message_thread_id: "Integer?",
    direct_messages_topic_id: "Integer?",
    from_chat_id: "Integer|String",
    video_start_timestamp: "Integer?",
    disable_notification: "Boolean?",
    protect_content: "Boolean?",
    message_effect_id: "String?",
    suggested_post_parameters: "SuggestedPostParameters?",
  },
  forwardMessages: several,
  sendPhoto: { ...sendingAnywhere, ...visualCaption, photo: "InputFile|String" },
  sendVideo: {
    ...sendingAnywhere,
    ...visualCaption,
    video: "InputFile|String",
    duration: "Integer?",
    width: "Integer?",
    height: "Integer?",
    thumbnail: "InputFile|String?",
    cover: "InputFile|String?",
    start_timestamp: "Integer?",
    supports_streaming: "Boolean?",
  },
  sendAnimation: {
    ...sendingAnywhere,
    ...visualCaption,
    animation: "InputFile|String",
    duration: "Integer?",
    width: "Integer?",
    height: "Integer?",
    thumbnail: "InputFile|String?",
  },
  sendAudio: {
    ...sendingAnywhere,
    ...caption,
    audio: "InputFile|String",
    duration: "Integer?",
    performer: "String?",
    title: "String?",
    thumbnail: "InputFile|String?",
  },
  sendDocument: {
    ...sendingAnywhere,
    ...caption,
    document: "InputFile|String",
    thumbnail: "InputFile|String?",
    disable_content_type_detection: "Boolean?",
  },
  sendVoice: {
    ...sendingAnywhere,
    ...caption,
    voice: "InputFile|String",
    duration: "Integer?",
  },
  sendVideoNote: {
    ...sendingAnywhere,
    video_note: "InputFile|String",
    duration: "Integer?",
    length: "Integer?",
    thumbnail: "InputFile|String?",
  },
  sendSticker: { ...sendingAnywhere, sticker: "InputFile|String", emoji: "String?" },
  sendMediaGroup: {
    ...sending,
    ...business,
    direct_messages_topic_id: "Integer?",
    media: "Array of InputMediaAudio|Array of InputMediaDocument|Array of InputMediaLivePhoto" +
      "|Array of InputMediaPhoto|Array of InputMediaVideo",
  },
  sendContact: {
    ...sendingAnywhere,
    phone_number: "String",
    first_name: "String",
    last_name: "String?",
    vcard: "String?",
  },
  sendLocation: { ...sendingAnywhere, ...liveLocation },
  sendVenue: {
    ...sendingAnywhere,
    ...place,
    title: "String",
    address: "String",
    foursquare_id: "String?",
    foursquare_type: "String?",
    google_place_id: "String?",
    google_place_type: "String?",
  },
  sendPoll: {
    ...sending,
    ...markup,
    ...business,
    question: "String",
    question_parse_mode: "String?",
    question_entities: "Array of MessageEntity?",
    options: "Array of InputPollOption",
    is_anonymous: "Boolean?",
    type: "String?",
    allows_multiple_answers: "Boolean?",
    allows_revoting: "Boolean?",
    shuffle_options: "Boolean?",
    allow_adding_options: "Boolean?",
    hide_results_until_closes: "Boolean?",
    members_only: "Boolean?",
    country_codes: "Array of String?",
    correct_option_ids: "Array of Integer?",
    explanation: "String?",
    explanation_parse_mode: "String?",
    explanation_entities: "Array of MessageEntity?",
    explanation_media: "InputPollMedia?",
    open_period: "Integer?",
    close_date: "Integer?",
    is_closed: "Boolean?",
    description: "String?",
    description_parse_mode: "String?",
    description_entities: "Array of MessageEntity?",
    media: "InputPollMedia?",
  },
  sendDice: { ...sendingAnywhere, emoji: "String?" },
  sendChatAction: {
    ...chat,
    ...business,
    message_thread_id: "Integer?",
    action: "String",
  },
  editMessageText: {
    ...editing,
    text: "String?",
    parse_mode: "String?",
    entities: "Array of MessageEntity?",
    link_preview_options: "LinkPreviewOptions?",
    rich_message: "InputRichMessage?",
  },
  editMessageCaption: { ...editing, ...caption, show_caption_above_media: "Boolean?" },
  editMessageMedia: { ...editing, media: "InputMedia" },
  editMessageReplyMarkup: editing,
  editMessageLiveLocation: { ...editing, ...liveLocation },
  stopMessageLiveLocation: editing,
  stopPoll: {
    ...message,
    ...business,
    reply_markup: "InlineKeyboardMarkup?",
  },
  deleteMessage: message,
  deleteMessages: { ...chat, message_ids: "Array of Integer" },
  pinChatMessage: {
    ...message,
    ...business,
    disable_notification: "Boolean?",
  },
  unpinChatMessage: { ...chat, ...business, message_id: "Integer?" },
  unpinAllChatMessages: chat,
  setMessageReaction: {
    ...message,
    reaction: "Array of ReactionType?",
    is_big: "Boolean?",
  },
  answerInlineQuery: {
    inline_query_id: "String",
    results: "Array of InlineQueryResult",
    cache_time: "Integer?",
    is_personal: "Boolean?",
    next_offset: "String?",
    button: "InlineQueryResultsButton?",
  },
  answerCallbackQuery: {
    callback_query_id: "String",
    text: "String?",
    show_alert: "Boolean?",
    url: "String?",
    cache_time: "Integer?",
  },
  setMyCommands: { ...commands, commands: "Array of BotCommand" },
  getMyCommands: commands,
  deleteMyCommands: commands,
  getFile: { file_id: "String" },
} as const satisfies Table;

/** A method that the simulated Telegram knows. */
export type MethodName = keyof typeof METHODS;

/** Parameters that it knows by name only: it does not know what Telegram does with them. */
export const NOT_SIMULATED: readonly string[] = [
  "business_connection_id",
  "direct_messages_topic_id",
  "suggested_post_parameters",
  "inline_message_id",
  "explanation_media",
  "certificate",
];

const byLowerCase = new Map(
  (Object.keys(METHODS) as MethodName[]).map((name) => [name.toLowerCase(), name]),
);

/** The method of that name, in whatever case it is written. */
export function methodNamed(name: string): MethodName | undefined {
  return byLowerCase.get(name.toLowerCase());
}

/** A method's parameters. */
export function parametersOf(method: MethodName): Fields {
  return METHODS[method];
}

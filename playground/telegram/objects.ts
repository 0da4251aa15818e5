/**
 * The objects that parameters are made of, with their fields, as
 * https://core.telegram.org/bots/api#available-types lists them. A question mark marks what may
 * be left out. What is not in these tables is refused.
 */
import { KEYBOARDS } from "./keyboards.ts";
import type { Fields } from "./parameters.ts";

const caption = {
  caption: "String?",
  parse_mode: "String?",
  caption_entities: "Array of MessageEntity?",
} as const;

const inputMedia = { type: "String", media: "String", ...caption } as const;
const thumbnail = { thumbnail: "String?" } as const;
const visual = { show_caption_above_media: "Boolean?", has_spoiler: "Boolean?" } as const;
const frame = { width: "Integer?", height: "Integer?", duration: "Integer?" } as const;

const result = {
  type: "String",
  id: "String",
  reply_markup: "InlineKeyboardMarkup?",
  input_message_content: "InputMessageContent?",
} as const;
const resultThumbnail = {
  thumbnail_url: "String?",
  thumbnail_width: "Integer?",
  thumbnail_height: "Integer?",
} as const;
const cached = { ...result, ...caption } as const;
const cachedVisual = { ...cached, show_caption_above_media: "Boolean?" } as const;

const place = { latitude: "Float", longitude: "Float" } as const;
const live = {
  horizontal_accuracy: "Float?",
  live_period: "Integer?",
  heading: "Integer?",
  proximity_alert_radius: "Integer?",
} as const;
const venue = {
  ...place,
  title: "String",
  address: "String",
  foursquare_id: "String?",
  foursquare_type: "String?",
  google_place_id: "String?",
  google_place_type: "String?",
} as const;
const contact = {
  phone_number: "String",
  first_name: "String",
  last_name: "String?",
  vcard: "String?",
} as const;

/** Objects of one shape. */
export const OBJECTS: Readonly<Record<string, Fields>> = {
  ReplyParameters: {
    message_id: "Integer",
    chat_id: "Integer|String?",
    allow_sending_without_reply: "Boolean?",
    quote: "String?",
    quote_parse_mode: "String?",
    quote_entities: "Array of MessageEntity?",
    quote_position: "Integer?",
    checklist_task_id: "Integer?",
    poll_option_id: "String?",
  },
  MessageEntity: {
    type: "String",
    offset: "Integer",
    length: "Integer",
    url: "String?",
    user: "User?",
    language: "String?",
    custom_emoji_id: "String?",
    unix_time: "Integer?",
    date_time_format: "String?",
  },
  LinkPreviewOptions: {
    is_disabled: "Boolean?",
    url: "String?",
    prefer_small_media: "Boolean?",
    prefer_large_media: "Boolean?",
    show_above_text: "Boolean?",
  },
  ...KEYBOARDS,
  InputMediaPhoto: { ...inputMedia, ...visual },
  InputMediaLivePhoto: { ...inputMedia, ...visual, photo: "String" },
  InputMediaVideo: {
    ...inputMedia,
    ...visual,
    ...thumbnail,
    ...frame,
    cover: "String?",
    start_timestamp: "Integer?",
    supports_streaming: "Boolean?",
  },
  InputMediaAnimation: { ...inputMedia, ...visual, ...thumbnail, ...frame },
  InputMediaAudio: {
    ...inputMedia,
    ...thumbnail,
    duration: "Integer?",
    performer: "String?",
    title: "String?",
  },
  InputMediaDocument: {
    ...inputMedia,
    ...thumbnail,
    disable_content_type_detection: "Boolean?",
  },
  InputRichMessage: {
    html: "String?",
    markdown: "String?",
    is_rtl: "Boolean?",
    skip_entity_detection: "Boolean?",
  },
  InputPollOption: {
    text: "String",
    text_parse_mode: "String?",
    text_entities: "Array of MessageEntity?",
    media: "InputPollOptionMedia?",
  },
  ReactionTypeEmoji: { type: "String", emoji: "String" },
  ReactionTypeCustomEmoji: { type: "String", custom_emoji_id: "String" },
  ReactionTypePaid: { type: "String" },
  BotCommand: { command: "String", description: "String" },
  BotCommandScopeDefault: { type: "String" },
  BotCommandScopeAllPrivateChats: { type: "String" },
  BotCommandScopeAllGroupChats: { type: "String" },
  BotCommandScopeAllChatAdministrators: { type: "String" },
  BotCommandScopeChat: { type: "String", chat_id: "Integer|String" },
  BotCommandScopeChatAdministrators: { type: "String", chat_id: "Integer|String" },
  BotCommandScopeChatMember: { type: "String", chat_id: "Integer|String", user_id: "Integer" },
  InlineQueryResultsButton: {
    text: "String",
    web_app: "WebAppInfo?",
    start_parameter: "String?",
  },
  InlineQueryResultArticle: {
    ...result,
    ...resultThumbnail,
    input_message_content: "InputMessageContent",
    title: "String",
    url: "String?",
    description: "String?",
  },
  InlineQueryResultCachedPhoto: {
    ...cachedVisual,
    photo_file_id: "String",
    title: "String?",
    description: "String?",
  },
  InlineQueryResultCachedGif: { ...cachedVisual, gif_file_id: "String", title: "String?" },
  InlineQueryResultCachedMpeg4Gif: {
    ...cachedVisual,
    mpeg4_file_id: "String",
    title: "String?",
  },
  InlineQueryResultCachedVideo: {
    ...cachedVisual,
    video_file_id: "String",
    title: "String",
    description: "String?",
  },
  InlineQueryResultCachedDocument: {
    ...cached,
    document_file_id: "String",
    title: "String",
    description: "String?",
  },
  InlineQueryResultCachedVoice: { ...cached, voice_file_id: "String", title: "String" },
  InlineQueryResultCachedAudio: { ...cached, audio_file_id: "String" },
  InlineQueryResultCachedSticker: { ...result, sticker_file_id: "String" },
  InlineQueryResultLocation: {
    ...result,
    ...resultThumbnail,
    ...place,
    ...live,
    title: "String",
  },
  InlineQueryResultVenue: { ...result, ...resultThumbnail, ...venue },
  InlineQueryResultContact: { ...result, ...resultThumbnail, ...contact },
  InputTextMessageContent: {
    message_text: "String",
    parse_mode: "String?",
    entities: "Array of MessageEntity?",
    link_preview_options: "LinkPreviewOptions?",
  },
  InputRichMessageContent: { rich_message: "InputRichMessage" },
  InputLocationMessageContent: { ...place, ...live },
  InputVenueMessageContent: venue,
  InputContactMessageContent: contact,
};

/** Objects of several shapes, told apart by their `type`; else by their fields. */
export const UNIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  InputMedia: {
    photo: "InputMediaPhoto",
    live_photo: "InputMediaLivePhoto",
    video: "InputMediaVideo",
    animation: "InputMediaAnimation",
    audio: "InputMediaAudio",
    document: "InputMediaDocument",
  },
  ReactionType: {
    emoji: "ReactionTypeEmoji",
    custom_emoji: "ReactionTypeCustomEmoji",
    paid: "ReactionTypePaid",
  },
  BotCommandScope: {
    default: "BotCommandScopeDefault",
    all_private_chats: "BotCommandScopeAllPrivateChats",
    all_group_chats: "BotCommandScopeAllGroupChats",
    all_chat_administrators: "BotCommandScopeAllChatAdministrators",
    chat: "BotCommandScopeChat",
    chat_administrators: "BotCommandScopeChatAdministrators",
    chat_member: "BotCommandScopeChatMember",
  },
  InlineQueryResult: {
    article: "InlineQueryResultArticle",
    photo: "InlineQueryResultCachedPhoto",
    gif: "InlineQueryResultCachedGif",
    mpeg4_gif: "InlineQueryResultCachedMpeg4Gif",
    video: "InlineQueryResultCachedVideo",
    document: "InlineQueryResultCachedDocument",
    voice: "InlineQueryResultCachedVoice",
    audio: "InlineQueryResultCachedAudio",
    sticker: "InlineQueryResultCachedSticker",
    location: "InlineQueryResultLocation",
    venue: "InlineQueryResultVenue",
    contact: "InlineQueryResultContact",
  },
  InputMessageContent: {
    message_text: "InputTextMessageContent",
    rich_message: "InputRichMessageContent",
    address: "InputVenueMessageContent",
    latitude: "InputLocationMessageContent",
    phone_number: "InputContactMessageContent",
  },
};

/** A canned reply in the forms Telegram takes it in: as an inline result, and as a message. */
import type { Api } from "grammy";
import type {
  InlineQueryResult,
  InputMessageContent,
  Message,
  ReplyParameters,
} from "grammy/types";
import { previewOf } from "../buttons/replies.ts";
import type { FoundReply } from "../replies/index.ts";
import type { ReplyContent } from "../replies/reply.ts";
import { defined } from "../values/defined.ts";

/** The result that inserts a reply exactly as it is (Bot API, InlineQueryResult). */
export function toResult({ id, reply: { title, content } }: FoundReply): InlineQueryResult {
  const description = previewOf(content);
  const article = (input: InputMessageContent): InlineQueryResult => ({
    type: "article",
    id,
    title,
    description,
    input_message_content: input,
  });
  switch (content.kind) {
    case "text":
      return article({
        message_text: content.words.text,
        entities: content.words.entities,
        ...defined({ link_preview_options: content.linkPreview }),
      });
    case "location":
      return article({ latitude: content.latitude, longitude: content.longitude });
    case "venue": {
      const { latitude, longitude, name, address } = content;
      return article({ latitude, longitude, title: name, address });
    }
    case "contact":
      return article({ phone_number: content.phone, ...contactNamesOf(content) });
    case "sticker":
      return { type: "sticker", id, sticker_file_id: content.file.fileId };
  }
  const { fileId } = content.file;
  const caption = captionOf(content);
  switch (content.kind) {
    case "photo":
      return { type: "photo", id, photo_file_id: fileId, title, description, ...caption };
    case "video":
      return { type: "video", id, video_file_id: fileId, title, description, ...caption };
    case "animation":
      return { type: "mpeg4_gif", id, mpeg4_file_id: fileId, title, ...caption };
    case "audio":
      return { type: "audio", id, audio_file_id: fileId, ...caption };
    case "voice":
      return { type: "voice", id, voice_file_id: fileId, title, ...caption };
    case "document":
      return { type: "document", id, document_file_id: fileId, title, description, ...caption };
  }
}

/** Sends what a reply inserts. */
export function sendContent(
  api: Api,
  chatId: number,
  content: ReplyContent,
  extra: { reply_parameters?: ReplyParameters },
): Promise<Message> {
  switch (content.kind) {
    case "text":
      return api.sendMessage(chatId, content.words.text, {
        entities: content.words.entities,
        ...defined({ link_preview_options: content.linkPreview }),
        ...extra,
      });
    case "location":
      return api.sendLocation(chatId, content.latitude, content.longitude, extra);
    case "venue": {
      const { latitude, longitude, name, address } = content;
      return api.sendVenue(chatId, latitude, longitude, name, address, extra);
    }
    case "contact": {
      const { first_name, ...rest } = contactNamesOf(content);
      return api.sendContact(chatId, content.phone, first_name, { ...rest, ...extra });
    }
    case "sticker":
      return api.sendSticker(chatId, content.file.fileId, extra);
  }
  const { fileId } = content.file;
  const all = { ...captionOf(content), ...extra };
  switch (content.kind) {
    case "photo":
      return api.sendPhoto(chatId, fileId, all);
    case "video":
      return api.sendVideo(chatId, fileId, all);
    case "animation":
      return api.sendAnimation(chatId, fileId, all);
    case "audio":
      return api.sendAudio(chatId, fileId, all);
    case "voice":
      return api.sendVoice(chatId, fileId, all);
    case "document":
      return api.sendDocument(chatId, fileId, all);
  }
}

function contactNamesOf(contact: Extract<ReplyContent, { kind: "contact" }>) {
  const { firstName, lastName, vcard } = contact;
  return { first_name: firstName, ...defined({ last_name: lastName, vcard }) };
}

function captionOf(content: Extract<ReplyContent, { captionAbove?: true }>) {
  const { kind, words, captionAbove } = content;
  const canBeAbove = kind === "photo" || kind === "video" || kind === "animation";
  return defined({
    caption: words?.text,
    caption_entities: words?.entities,
    show_caption_above_media: canBeAbove ? captionAbove : undefined,
  });
}

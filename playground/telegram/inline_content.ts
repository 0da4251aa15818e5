/** The message that an inline result becomes when it is sent. */
import type { InlineQueryResult, MessageEntity } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import { toCaption } from "./content.ts";
import { formatted } from "./entities.ts";
import { badRequest } from "./error.ts";
import { type FileKind, type FileStore, fileWord } from "./files.ts";
import type { Content } from "./kind.ts";
import { toRichMessage } from "./rich.ts";

/** Results that show a file: the parameter with a `file_id`, and the kind of message. */
const CACHED: Record<string, FileKind> = {
  photo_file_id: "photo",
  gif_file_id: "animation",
  mpeg4_file_id: "animation",
  sticker_file_id: "sticker",
  document_file_id: "document",
  video_file_id: "video",
  voice_file_id: "voice",
  audio_file_id: "audio",
};

/** Results that show a file of the web. */
const LINKED: Record<string, FileKind> = {
  photo_url: "photo",
  gif_url: "animation",
  mpeg4_url: "animation",
  document_url: "document",
  video_url: "video",
  voice_url: "voice",
  audio_url: "audio",
};

/** Its content; file IDs are the bot's. */
export function inlineContent(
  files: FileStore,
  bot: SimulatedBot,
  result: InlineQueryResult,
): Content {
  const fields = { ...result } as Record<string, unknown>;
  const written = fields.input_message_content;
  if (written !== undefined) return writtenContent({ ...written as object });
  for (const [name, value] of Object.entries(fields)) {
    if (CACHED[name] !== undefined) {
      const file = files.find(String(value), bot.id, "offer");
      if (file.kind !== CACHED[name]) {
        const [is, as] = [file.kind, CACHED[name]].map(fileWord);
        throw badRequest(`can't use file of type ${is} as ${as}`);
      }
      return { ...file.content, ...captionOf(fields) };
    }
    if (LINKED[name] !== undefined && result.type !== "article") {
      return { ...files.add(LINKED[name]).content, ...captionOf(fields) };
    }
  }
  return writtenContent(fields);
}

function writtenContent(fields: Record<string, unknown>): Content {
  const has = (...names: string[]) => names.every((name) => fields[name] !== undefined);
  const pick = (...names: string[]) =>
    Object.fromEntries(names.filter((name) => has(name)).map((name) => [name, fields[name]]));
  if (has("message_text")) {
    const entities = fields.entities as MessageEntity[] | undefined;
    return {
      ...formatted(String(fields.message_text), entities),
      ...pick("link_preview_options"),
    };
  }
  if (has("rich_message")) return { rich_message: toRichMessage(fields.rich_message as object) };
  const location = pick("latitude", "longitude", "horizontal_accuracy", "live_period");
  if (has("latitude", "address")) {
    return { venue: { location, ...pick("title", "address") }, location } as unknown as Content;
  }
  if (has("latitude")) return { location } as unknown as Content;
  if (has("phone_number")) {
    const contact = pick("phone_number", "first_name", "last_name", "vcard");
    return { contact } as unknown as Content;
  }
  throw new Error("The simulated Telegram cannot send such an inline result");
}

function captionOf(fields: Record<string, unknown>): Content {
  return toCaption({
    caption: fields.caption === undefined ? "" : String(fields.caption),
    caption_entities: (fields.caption_entities ?? []) as MessageEntity[],
    ...(fields.show_caption_above_media === true ? { show_caption_above_media: true } : {}),
  });
}

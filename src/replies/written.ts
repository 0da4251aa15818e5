/** One reply as a file has it. */
import type { LinkPreviewOptions, MessageEntity } from "grammy/types";
import { defined } from "../values/defined.ts";
import type { Reply, ReplyContent } from "./reply.ts";

/** The fields of a reply in a file: the names of the Bot API where it has names. */
export interface Written {
  title: string;
  kind: ReplyContent["kind"];
  text?: string;
  entities?: MessageEntity[];
  link_preview_options?: LinkPreviewOptions;
  show_caption_above_media?: true;
  file_id?: string;
  file_unique_id?: string;
  latitude?: number;
  longitude?: number;
  name?: string;
  address?: string;
  phone_number?: string;
  first_name?: string;
  last_name?: string;
  vcard?: string;
}

/** Gives a reply the form in which it is written. */
export function toWritten({ title, content }: Reply): Written {
  const { kind } = content;
  const words = "words" in content ? content.words : undefined;
  const written: Written = {
    title,
    kind,
    ...defined({ text: words?.text }),
    ...(words?.entities.length ? { entities: words.entities } : {}),
  };
  switch (content.kind) {
    case "text":
      return { ...written, ...defined({ link_preview_options: content.linkPreview }) };
    case "location":
      return { ...written, latitude: content.latitude, longitude: content.longitude };
    case "venue": {
      const { latitude, longitude, name, address } = content;
      return { ...written, latitude, longitude, name, address };
    }
    case "contact": {
      const { phone, firstName, lastName, vcard } = content;
      return {
        ...written,
        phone_number: phone,
        first_name: firstName,
        ...defined({ last_name: lastName, vcard }),
      };
    }
  }
  const { fileId, uniqueId } = content.file;
  const isAbove = "captionAbove" in content && content.captionAbove;
  return {
    ...written,
    file_id: fileId,
    file_unique_id: uniqueId,
    ...(isAbove ? { show_caption_above_media: true } : {}),
  };
}

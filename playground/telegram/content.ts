/** What a person can put into a message, as a test or the playground writes it down. */
import type {
  Checklist,
  Contact,
  Dice,
  Game,
  Giveaway,
  GiveawayWinners,
  Invoice,
  LinkPreviewOptions,
  Location,
  Message,
  MessageEntity,
  PaidMediaInfo,
  PollOption,
  RichMessage,
  Story,
  Venue,
} from "grammy/types";
import { formatted } from "./entities.ts";
import type { FileKind, FileSpec, FileStore } from "./files.ts";
import type { Content } from "./kind.ts";

/** A text with what belongs to it. */
export interface TextSpec {
  text: string;
  entities?: MessageEntity[];
  link_preview_options?: LinkPreviewOptions;
}

/** What may accompany a medium. */
export interface CaptionSpec {
  caption?: string;
  caption_entities?: MessageEntity[];
  show_caption_above_media?: true;
  has_media_spoiler?: true;
}

/** A poll before anybody voted. */
export interface PollSpec {
  question: string;
  options: string[];
  type?: "regular" | "quiz";
  correct_option_ids?: number[];
  is_anonymous?: boolean;
  allows_multiple_answers?: boolean;
  is_closed?: boolean;
}

/** One medium: `true`, or what the file is like. */
export type MediaSpec = { [K in FileKind]: { [P in K]: true | FileSpec } }[FileKind];

/** Everything else: `true`, or the fields that matter. */
export type ObjectSpec =
  | { contact: true | Partial<Contact> }
  | { location: true | Partial<Location> }
  | { venue: true | Partial<Venue> }
  | { poll: PollSpec }
  | { dice: true | Partial<Dice> }
  | { game: true | Partial<Game> }
  | { story: true | Partial<Story> }
  | { paid_media: true | Partial<PaidMediaInfo> }
  | { checklist: true | { title: string; tasks: string[] } }
  | { invoice: true | Partial<Invoice> }
  | { giveaway: true | Partial<Giveaway> }
  | { giveaway_winners: true | Partial<GiveawayWinners> }
  | { rich_message: string | RichMessage }
  | { service: Partial<Message> };

/** The content of a message; a string is a text. */
export type ContentSpec = string | TextSpec | (MediaSpec & CaptionSpec) | ObjectSpec;

const MEDIA = [
  "photo",
  "live_photo",
  "video",
  "animation",
  "audio",
  "document",
  "voice",
  "video_note",
  "sticker",
] as const;

/** The content in the fields of Message; files are stored. */
export function toContent(files: FileStore, spec: ContentSpec, date: number): Content {
  if (typeof spec === "string") return formatted(spec);
  if ("text" in spec) {
    const preview = spec.link_preview_options;
    return {
      ...formatted(spec.text, spec.entities),
      ...(preview === undefined ? {} : { link_preview_options: preview }),
    };
  }
  const parts = spec as Partial<Record<FileKind, true | FileSpec>> & CaptionSpec;
  for (const kind of MEDIA) {
    const file = parts[kind];
    if (file === undefined) continue;
    const { content } = files.add(kind, file === true ? {} : file);
    return { ...content, ...toCaption(parts) };
  }
  return toObject(spec as ObjectSpec, files, date);
}

/** A caption in the fields of Message; none if there is no text. */
export function toCaption(spec: CaptionSpec): Content {
  const { caption, caption_entities, show_caption_above_media, has_media_spoiler } = spec;
  const { text, entities } = formatted(caption ?? "", caption_entities);
  return {
    ...(text === "" ? {} : { caption: text }),
    ...(entities === undefined ? {} : { caption_entities: entities }),
    // It is shown of captions only (Client.cpp of tdlib/telegram-bot-api, add_caption).
    ...(text !== "" && show_caption_above_media ? { show_caption_above_media } : {}),
    ...(has_media_spoiler ? { has_media_spoiler } : {}),
  };
}

/** Whether a field belongs to a caption. */
export function isCaptionField(name: string): boolean {
  return name.startsWith("caption") || name === "show_caption_above_media";
}

/** The same medium with another caption, or with none. */
export function withCaption(content: Content, spec: CaptionSpec): Content {
  const medium = Object.entries(content).filter(([name]) => !isCaptionField(name));
  return { ...Object.fromEntries(medium), ...toCaption(spec) };
}

/** A new poll. Its ID must be its own. */
export function toPoll(id: string, spec: PollSpec): Content {
  const options = spec.options.map((text, index): PollOption => ({
    persistent_id: `${id}${index}`,
    text,
    voter_count: 0,
  }));
  return {
    poll: {
      id,
      question: spec.question,
      options,
      total_voter_count: 0,
      is_closed: spec.is_closed ?? false,
      is_anonymous: spec.is_anonymous ?? true,
      type: spec.type ?? "regular",
      allows_multiple_answers: spec.allows_multiple_answers ?? false,
      allows_revoting: spec.type !== "quiz",
      members_only: false,
      ...(spec.correct_option_ids === undefined
        ? {}
        : { correct_option_ids: spec.correct_option_ids }),
    },
  };
}

const PLACE: Location = { latitude: 38.7223, longitude: -9.1393 };

function toObject(spec: ObjectSpec, files: FileStore, date: number): Content {
  const picture = () => files.add("photo").content.photo ?? [];
  if ("contact" in spec) {
    return {
      contact: { phone_number: "+351910000000", first_name: "Rui", ...given(spec.contact) },
    };
  }
  if ("location" in spec) return { location: { ...PLACE, ...given(spec.location) } };
  if ("venue" in spec) {
    const venue = { location: PLACE, title: "Café", address: "Rua 1", ...given(spec.venue) };
    return { venue, location: venue.location };
  }
  if ("poll" in spec) return toPoll(files.newId(), spec.poll);
  if ("dice" in spec) return { dice: { emoji: "🎲", value: 4, ...given(spec.dice) } };
  if ("game" in spec) {
    const { animation } = files.add("animation").content;
    const texts = { title: "Game", description: "A game", text: "", text_entities: [] };
    return { game: { ...texts, photo: picture(), animation: animation!, ...given(spec.game) } };
  }
  if ("story" in spec) {
    const chat = { id: 424242, type: "private", first_name: "Somebody" } as const;
    return { story: { chat, id: 7, ...given(spec.story) } };
  }
  if ("paid_media" in spec) {
    const paid_media = [{ type: "photo" as const, photo: picture() }];
    return { paid_media: { star_count: 10, paid_media, ...given(spec.paid_media) } };
  }
  if ("checklist" in spec) return { checklist: toChecklist(given(spec.checklist)) };
  if ("invoice" in spec) {
    const texts = { title: "Order", description: "An order", start_parameter: "order" };
    return { invoice: { ...texts, currency: "EUR", total_amount: 1000, ...given(spec.invoice) } };
  }
  const draw = { winners_selection_date: date + 3600, winner_count: 1 };
  const chat = { id: -1001000000001, type: "channel", title: "Shop" } as const;
  if ("giveaway" in spec) return { giveaway: { chats: [chat], ...draw, ...given(spec.giveaway) } };
  if ("giveaway_winners" in spec) {
    const winners = { chat, giveaway_message_id: 1, ...draw, winners: [] };
    return { giveaway_winners: { ...winners, ...given(spec.giveaway_winners) } };
  }
  if ("rich_message" in spec) {
    const rich = spec.rich_message;
    if (typeof rich !== "string") return { rich_message: rich };
    return { rich_message: { blocks: [{ type: "paragraph", text: rich }] } };
  }
  return spec.service;
}

function toChecklist({ title, tasks }: { title?: string; tasks?: string[] }): Checklist {
  const texts = tasks ?? ["One", "Two"];
  return { title: title ?? "Tasks", tasks: texts.map((text, index) => ({ id: index + 1, text })) };
}

function given<T extends object>(spec: true | T): T | Record<never, never> {
  return spec === true ? {} : spec;
}

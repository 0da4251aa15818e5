/**
 * A message in our own words: what is to be known of it before anything is decided. It is read off
 * Telegram's message once, at the door (telegram/receiving/facts/).
 */
import type { GivenCommand } from "../commands/command.ts";
import type { CardCopy } from "../conversation/card.ts";
import type { Customer } from "../conversation/conversation.ts";
import type { Author, Person } from "../desk/team.ts";
import type { Wording } from "../words/language.ts";
import type { ContentKind, Treatment } from "./content.ts";
import type { Place, Shows } from "./link.ts";
import type { MediaType, Reference, Snapshot } from "./snapshot.ts";

/** What is known of a message. Only what the message has is there. */
export interface MessageFacts {
  /** Where it is; in the group, with the root of the thread it is in. */
  place: Place;
  sentMs: number;
  /** When it became what it is, if it was something else before, by Telegram's clock. */
  editedMs?: number;
  /** Who stands behind it, as the desk sees them. */
  author: Author;
  /** Whose chat with the bot it was written in, by what is kept of a customer. */
  customer?: Customer;
  /** In which language the account that sent it is answered. */
  wording: Wording;
  content: MessageContent;
  /** What becomes of its kind of content on the other side. */
  treatment: Treatment;
  /** What it shows, as far as that may be kept. */
  shows: Shows;
  /** The album it is a piece of, by Telegram's ID. */
  album?: string;
  /** The command it begins with; `null`: none. */
  given: GivenCommand | "of another bot" | null;
  /** It begins with `#`: an internal note, if the team wrote it. */
  isNote: boolean;
  /** It was inserted by way of an inline bot: whoever did cannot edit it. */
  isInserted?: true;
  /** It was inserted through this bot: the trace by which the canned reply is known. */
  replyTrace?: string;
  /** The message of the same chat that it answers. */
  answered?: AnsweredFacts;
  /** The desk's post that it is the automatic forward of. */
  post?: CardCopy;
  /** It notes that this customer's card was pinned. */
  pinned?: Customer;
  /** It is a post in the channel that answers this customer's card. */
  posted?: Customer;
}

/** What is known of an answered message. */
export interface AnsweredFacts {
  messageId: number;
  author: Author;
  /** The automatic forward of a post: the root, which every first-level comment answers. */
  isRoot?: true;
  /** The desk's post that it is the automatic forward of. */
  post?: CardCopy;
  /** Whom it is about, if that is not its author: who joined with it, or wrote what it forwards. */
  subject?: Person;
  /** In a private chat: what it is, and how it begins, for a thread in which it is not shown. */
  says?: Reference;
  /** Only of what a command answers, and if a record has room for it. */
  content?: MessageContent;
}

/** What a message holds. */
export interface MessageContent {
  kind: ContentKind;
  snapshot: Snapshot;
  file?: MessageFile;
  contact?: ContactCard;
  venue?: Venue;
}

/** The file of a message. */
export interface MessageFile {
  kind: MediaType | "voice" | "video_note" | "sticker";
  /** By which it is sent and fetched; it may differ from time to time. */
  fileId: string;
  /** Equal for the same file (Bot API, file_unique_id). */
  uniqueId: string;
  /** Of a live photo: the still. */
  stillId?: string;
  sizeBytes?: number;
}

/** Somebody's number, as a message shares it. */
export interface ContactCard {
  phone: string;
  firstName: string;
  lastName?: string;
  vcard?: string;
}

/** A place with a name. */
export interface Venue {
  latitude: number;
  longitude: number;
  name: string;
  address: string;
}

/** What obeying a command may need of its message. It is kept, sealed, until it is obeyed. */
export interface CommandFacts
  extends Pick<MessageFacts, "author" | "wording" | "content" | "answered"> {
  /** It is under one piece of an album. */
  isOfAlbum?: true;
}

const KEPT_MOST_BYTES = 50_000;

/**
 * The facts that wait with a command: a record of the database takes 64 KiB
 * (https://docs.deno.com/deploy/kv/#limits), so very long content that it answers is left out.
 */
export function commandFacts(
  { author, wording, content, answered, album }: MessageFacts,
): CommandFacts {
  const isOfAlbum = album === undefined ? {} : { isOfAlbum: true } as const;
  const facts: CommandFacts = { author, wording, content, ...isOfAlbum };
  if (!answered) return facts;
  const whole = { ...facts, answered };
  const bytes = new TextEncoder().encode(JSON.stringify(whole)).length;
  if (bytes < KEPT_MOST_BYTES) return whole;
  const { content: _content, ...rest } = answered;
  return { ...facts, answered: rest };
}

/** Which message of its chat a message answers, if any. The root is answered by every comment. */
export function answering({ answered }: Pick<MessageFacts, "answered">): { answerTo?: number } {
  return answered && !answered.isRoot ? { answerTo: answered.messageId } : {};
}

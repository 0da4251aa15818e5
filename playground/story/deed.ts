/** What people do in the playground, as data: one deed is one line of a story. */

/** Which desk: the name made of its channel's title. Where there is none, the first is meant. */
export type DeskName = string;

/** Where somebody speaks, and as whom. */
export type Speaker =
  /** In their private chat with the bot. */
  | { in: "private"; name: string }
  /** In the comments under a customer's card; `customer` is the customer's name. */
  | {
    in: "thread";
    name: string;
    customer: string;
    as?: "channel" | "anonymous";
    desk?: DeskName;
  }
  /** Among the posts of the channel. */
  | { in: "channel"; name: string; desk?: DeskName };

/**
 * A message of the chat in which somebody speaks: its ID, or how it begins. Of several that begin
 * so `nth` says which, counted from 1; IDs differ from run to run, words do not.
 */
export type Mentioned = number | { words: string; nth: number };

/** What can be attached, each with an example of its own. */
export const ATTACHMENTS = [
  "photo",
  "album",
  "video",
  "animation",
  "voice",
  "video_note",
  "audio",
  "document",
  "sticker",
  "location",
  "live_location",
  "venue",
  "contact",
  "poll",
  "quiz",
  "dice",
  "checklist",
] as const;

/** One of these. */
export type Attachment = typeof ATTACHMENTS[number];

/** What can go wrong between the bot and Telegram. */
export const FAULTS = ["429", "5xx", "lost answers", "slow"] as const;

/** One of these. */
export type FaultName = typeof FAULTS[number];

/** When the automatic forward of a card arrives in the group. */
export const FORWARDS = ["on time", "late", "withheld"] as const;

/** One of these. */
export type Forwards = typeof FORWARDS[number];

/** One deed. */
export type Deed =
  /** Writes a text, or sends an example of a kind, with the text as its caption. */
  | {
    does: "write";
    who: Speaker;
    text: string;
    sends?: Attachment;
    answers?: Mentioned;
    /** The part of the answered message that is quoted. */
    quote?: string;
  }
  | { does: "edit"; who: Speaker; message: Mentioned; text: string }
  /** A live location goes on by some steps. */
  | { does: "move"; who: Speaker; message: Mentioned }
  | { does: "delete"; who: Speaker; message: Mentioned }
  /** `null` takes the reaction back. */
  | { does: "react"; who: Speaker; message: Mentioned; emoji: string | null }
  /** Presses the first button that has these words. */
  | { does: "press"; who: Speaker; message: Mentioned; button: string }
  /** Types the bot's name and a query, and sends the result of that title. */
  | { does: "pick"; who: Speaker; query: string; title: string }
  /** Opens the link that claims the bot. */
  | { does: "claim"; name: string }
  /** Creates a private channel. */
  | { does: "create"; name: string; title: string }
  /** Creates a group, and makes it the place of a channel's comments. */
  | { does: "link"; name: string; desk?: DeskName }
  /** Presses a button that asks for a chat, of the keyboard or a link, and chooses a desk's. */
  | { does: "share"; name: string; chat: "channel" | "group"; button: string; desk?: DeskName }
  /** Comes into the channel: is an agent there from then on. */
  | { does: "hire"; name: string; desk?: DeskName }
  /** Opens a link to the bot that names where it was found. */
  | { does: "open"; name: string; source: string }
  | { does: "block" | "unblock"; name: string }
  /** Appears: a customer, with the language of their Telegram (IETF tag). */
  | { does: "arrive"; name: string; language: string }
  /** A stranger joins the discussion group. */
  | { does: "join"; name: string; desk?: DeskName }
  | { does: "wait"; ms: number }
  | { does: "fault"; fault: FaultName; isOn: boolean }
  | { does: "forwards"; how: Forwards }
  /** The bot is killed, and started again. */
  | { does: "kill" };

/** With what a story begins: whose desk it is told of. */
export interface Setting {
  /** The language of the desk. */
  language: DeskLanguage;
  /** Nobody has set it up yet. */
  isUnclaimed?: boolean;
}

/** The languages of desks (IETF tags). */
export const DESK_LANGUAGES = ["en", "pt-BR", "es"] as const;

/** One of these. */
export type DeskLanguage = typeof DESK_LANGUAGES[number];

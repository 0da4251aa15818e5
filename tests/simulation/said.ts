/**
 * What was said in a story: each message with a token of its own in its words or known by its file,
 * so that it is known again wherever it is shown.
 */
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { fileOf, marksIn, ownOf, ownWordsOf, tokensIn, type What, wordsOf } from "./contents.ts";

/** Whom a message is meant for: the other side of a conversation, or nobody else. */
export type Reach = "team" | "customer" | "nobody";

/** One message of a person. */
export interface Said {
  token: string;
  by: string;
  reach: Reach;
  /** Whose conversation it belongs to; 0: none. */
  customerId: number;
  /** Where it was written. */
  message: SimulatedMessage;
  what: What;
  /** Whether Telegram told the bot; in doubt where a group is no longer the desk's. */
  heard: "yes" | "no" | "in doubt";
  /** By which update. */
  updateId?: number;
  /** Each of its versions: its words, its file's ID if it has one, when it was made, by which update. */
  versions: { words: string; file: string | undefined; atMs: number; updateId?: number }[];
  /** The newest version of which the bot was told for certain; its copy may be newer, not older. */
  heardVersion: number;
  /** It is of a kind that cannot be shown: its writer has to be told. */
  isExplained?: true;
  /** Where it was first written, or what it answers elsewhere, as its copy says before its words. */
  origin?: string;
  /** Who that names, and how the copy begins where they cannot be named: empty, without a word. */
  named?: { userId: number; without: string };
  /** The address of the button under it. */
  link?: string;
  /** The message it answers. */
  answers?: Said;
  /** The part of it that it quotes. */
  quote?: string;
  /** Its writer answered a copy, or a message of their own chat, that had been there a while. */
  isAnswerToSettled?: boolean;
  albumId?: string;
  /** It was put off: it is shown no earlier. */
  notBeforeMs?: number;
  isDeleted: boolean;
  /** Its writer gives it other words; absent: that cannot be done. */
  edit?: () => void;
  delete: () => void;
}

/** The second line of a card names its customer. */
export const CARD_OF = /^[^\n]*\nID (\d+)/;

/** How a line begins that has the links which Telegram does not take as buttons. */
const LINKS = "🔗 ";

/** Everything said in one story. */
export class Ledger {
  readonly said = new Map<string, Said>();
  /** By every ID a file has, in which message it was sent. */
  readonly #tokensOfFiles = new Map<string, string>();
  /** What words carry, as far as they were looked at. */
  readonly #carried = new Map<string, readonly string[]>();
  #last = 0;

  /** A token nobody has used. */
  nextToken(): string {
    return `«${++this.#last}»`;
  }

  add(said: Said): Said {
    this.said.set(said.token, said);
    return said;
  }

  all(): Said[] {
    return [...this.said.values()];
  }

  /** Remembers whose file a message shows, by the IDs by which people and bots know it. */
  keepFile(token: string, message: Partial<SimulatedMessage>): void {
    const { file_id, file_unique_id } = fileOf(message) ?? {};
    for (const id of [file_id, file_unique_id]) {
      if (id !== undefined) this.#tokensOfFiles.set(id, token);
    }
  }

  /** Who said what this message shows, or shows part of. */
  shownBy(message: Partial<SimulatedMessage>): Said | undefined {
    const [token] = this.carriedIn(message);
    return token === undefined ? undefined : this.said.get(token);
  }

  /** What an answer to this message answers: links in a line of their own belong to what they were under. */
  meantBy(message: SimulatedMessage): Said | undefined {
    const { text = "" } = message;
    const shown = this.shownBy(message);
    return shown || !text.startsWith(LINKS)
      ? shown
      : this.all().find(({ link }) => link !== undefined && text.endsWith(`: ${link}`));
  }

  /** The token in a message's words. */
  tokenIn(message: Partial<SimulatedMessage>): string | undefined {
    return tokensIn(ownWordsOf(message))[0];
  }

  /** The token of whoever sent the file that a message shows. */
  fileShownBy(message: Partial<SimulatedMessage>): string | undefined {
    const file = fileOf(message);
    return file && this.#tokensOfFiles.get(file.file_unique_id);
  }

  /** The tokens of all that a message shows, even if only part of it. */
  carriedIn(message: Partial<SimulatedMessage>): readonly string[] {
    const file = this.fileShownBy(message);
    const carried = this.#carriedByWords(wordsOf(message));
    return file === undefined || carried.includes(file) ? carried : [...carried, file];
  }

  /** The tokens of words, which are looked at again and again. */
  #carriedByWords(words: string): readonly string[] {
    const known = this.#carried.get(words);
    if (known) return known;
    const own = ownOf(words);
    const marked = marksIn(own).map(({ token }) => token);
    const carried = [...new Set([...tokensIn(own), ...marked])];
    this.#carried.set(words, carried);
    return carried;
  }

  /**
   * What a call carries: tokens of what people said, by what it says or by the messages it copies;
   * for a card, `card` and the customer's ID; for what the bot says itself, `notice` and where.
   */
  carriedBy(
    payload: Record<string, unknown>,
    contentAt: (chatId: number, messageId: number) => Partial<SimulatedMessage> | undefined,
  ): string[] {
    const { message_id, message_ids, from_chat_id, question, latitude, longitude } = payload;
    const copied = (message_ids ?? (message_id === undefined ? [] : [message_id])) as number[];
    const { media = [], ...said } = payload as {
      media?: { caption?: string; media: string }[];
    } & Partial<SimulatedMessage>;
    const place = { latitude, longitude } as { latitude: number; longitude: number };
    const messages: Partial<SimulatedMessage>[] = [
      { ...said, ...latitude === undefined ? {} : { location: place } },
      { text: String(question ?? "") },
      ...media,
      ...copied.map((id) => contentAt(from_chat_id as number, id) ?? {}),
    ];
    const files = media.flatMap(({ media: fileId }) => this.#tokensOfFiles.get(fileId) ?? []);
    const carried = new Set([...messages.flatMap((each) => this.carriedIn(each)), ...files]);
    const text = String(payload.text ?? "");
    const card = CARD_OF.exec(text)?.[1];
    if (card !== undefined) return [`card ${card}`];
    return carried.size > 0 ? [...carried] : [noticeIn(payload.chat_id as number, text)];
  }
}

/** How something that the bot says itself is called among what calls carry. */
export function noticeIn(chatId: number, text: string): string {
  return `notice ${chatId} ${text}`;
}

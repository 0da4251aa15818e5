/** What the page has been told of the chats, so that it is told only what has changed since. */
import type { Playground } from "../playground.ts";
import type { SimulatedChat, StoredMessage } from "../telegram/chat.ts";
import { type ChatName, chatsOf } from "./chats.ts";
import { type MessageView, viewOf } from "./message_view.ts";

/** What changed in one chat. */
export interface ChatChange {
  chat: ChatName;
  /** New, or not as they were; in order. */
  messages: MessageView[];
  gone: number[];
  /** IDs, the last one pinned last; absent: as before. */
  pinned?: number[];
}

/** How a message was when it was last looked at. */
interface Seen {
  content: StoredMessage["content"];
  markup: StoredMessage["replyMarkup"];
  editDate: number | undefined;
  reactions: string;
}

/** Tells what changes. */
export class Mirror {
  readonly #seen = new Map<ChatName, Map<number, Seen>>();
  readonly #pinned = new Map<ChatName, string>();

  constructor(private readonly playground: Playground) {}

  /** Every chat as it is. */
  all(): ChatChange[] {
    return chatsOf(this.playground).map(({ name, chat: { records, pinned } }) => ({
      chat: name,
      messages: [...records.values()].map((record) => this.#view(record)),
      gone: [],
      pinned: [...pinned],
    }));
  }

  /** What has changed since this was asked last. */
  changes(): ChatChange[] {
    const changes: ChatChange[] = [];
    for (const { name, chat } of chatsOf(this.playground)) {
      const change = this.#changeOf(name, chat);
      if (change) changes.push(change);
    }
    return changes;
  }

  #changeOf(chat: ChatName, { records, pinned }: SimulatedChat): ChatChange | undefined {
    const seen = this.#seen.get(chat) ?? new Map<number, Seen>();
    this.#seen.set(chat, seen);
    const messages: MessageView[] = [];
    for (const record of records.values()) {
      const before = seen.get(record.id);
      if (before && isSame(before, record)) continue;
      seen.set(record.id, lookAt(record));
      messages.push(this.#view(record));
    }
    const gone: number[] = [];
    if (seen.size > records.size) {
      for (const id of seen.keys()) if (!records.has(id)) gone.push(id);
      for (const id of gone) seen.delete(id);
    }
    const pins = pinned.join();
    const isPinnedAnew = (this.#pinned.get(chat) ?? "") !== pins;
    this.#pinned.set(chat, pins);
    if (messages.length === 0 && gone.length === 0 && !isPinnedAnew) return undefined;
    return { chat, messages, gone, ...(isPinnedAnew ? { pinned: [...pinned] } : {}) };
  }

  #view(record: StoredMessage): MessageView {
    const hasFile = record.content.photo ?? record.content.document;
    const hasBytes = hasFile !== undefined && this.playground.bytesOf(record) !== undefined;
    return viewOf(record, hasBytes);
  }
}

function lookAt({ content, replyMarkup: markup, editDate, reactions }: StoredMessage): Seen {
  return { content, markup, editDate, reactions: signOf(reactions) };
}

function isSame(seen: Seen, record: StoredMessage): boolean {
  return seen.content === record.content && seen.markup === record.replyMarkup &&
    seen.editDate === record.editDate && seen.reactions === signOf(record.reactions);
}

function signOf(reactions: StoredMessage["reactions"]): string {
  return reactions.size === 0 ? "" : JSON.stringify([...reactions]);
}

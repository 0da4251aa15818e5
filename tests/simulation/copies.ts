/** Everything the bot has shown of what people said, wherever it stands or stood. */
import type { StoredMessage } from "../../playground/telegram/chat.ts";
import { toMessage } from "../../playground/telegram/message.ts";
import type { SimulatedChat, SimulatedMessage } from "../../playground/telegram/telegram.ts";
import type { Cast, Thread } from "./cast.ts";
import type { Ledger } from "./said.ts";

/** A message of the bot. */
export interface Shown {
  message: SimulatedMessage;
  /** Whose thread or chat it stands in; `undefined`: outside of all. */
  customerId: number | undefined;
  side: "team" | "customer" | "channel";
  /** In the group: the thread. */
  thread?: Thread;
  /** The message it answers, gone or not. */
  answered?: SimulatedMessage;
  /** Somebody has deleted it since. */
  isDeleted: boolean;
}

/** What a message of the bot shows of something said: its words, its file, or both. */
export interface Copy extends Shown {
  hasWords: boolean;
  hasFile: boolean;
}

/** All that the bot ever said, in the order in which it did in each chat. */
export function shownIn(cast: Cast): Shown[] {
  const threads = new Map(
    cast.threads().map((thread) => [`${thread.chat.id}/${thread.rootId}`, thread]),
  );
  const placeOf = (chat: SimulatedChat, { threadId }: StoredMessage) => {
    if (chat.type === "private") return { customerId: chat.id, side: "customer" as const };
    if (chat.type === "channel") return { customerId: undefined, side: "channel" as const };
    const thread = threads.get(`${chat.id}/${threadId}`);
    const side = "team" as const;
    return thread ? { customerId: thread.card.customerId, side, thread } : {
      customerId: undefined,
      side,
    };
  };
  const chats = [
    ...cast.everyGroup,
    ...cast.telegram.privateChatsOf(cast.bot).values(),
    ...cast.desks.map(({ channel }) => channel),
  ];
  return chats.flatMap((chat) => {
    const all = cast.everIn(chat);
    const records = new Map(all.map(({ record }) => [record.id, record]));
    return all.filter(({ record }) => record.author.bot === cast.bot)
      .map(({ record, diedMs }): Shown => {
        const answered = records.get(record.replyToId ?? 0);
        return {
          message: toMessage(record),
          isDeleted: diedMs !== undefined,
          ...placeOf(chat, record),
          ...(answered ? { answered: toMessage(answered) } : {}),
        };
      });
  });
}

/** By token, every message that shows something said or its file. */
export function copiesIn(shown: Shown[], ledger: Ledger): Map<string, Copy[]> {
  const copies = new Map<string, Copy[]>();
  for (const each of shown) {
    const said = ledger.shownBy(each.message);
    if (!said) continue;
    const hasFile = ledger.fileShownBy(each.message) === said.token;
    const hasWords = ledger.tokenIn(each.message) === said.token;
    copies.set(said.token, [...copies.get(said.token) ?? [], { ...each, hasFile, hasWords }]);
  }
  return copies;
}

/** The order in which messages were shown; between two chats only to the second. */
export function byTime(a: Shown, b: Shown): number {
  if (a.message.chat.id === b.message.chat.id) return a.message.message_id - b.message.message_id;
  return a.message.date - b.message.date;
}

/**
 * What has arrived: whether each message that one side wrote stands on the other side, in the order
 * in which it was written. It is read off the chats alone, as two people would who compare their
 * screens; the bot is not asked.
 */
import type { Participant } from "./desk/people.ts";
import type { Playground } from "./playground.ts";
import type { StoredMessage } from "./telegram/chat.ts";
import { kindOf } from "./telegram/kind.ts";
import { isInside } from "./telegram/member.ts";

/** How the messages of a desk stand. */
export interface Arrivals {
  /** What has arrived, by `<chat>/<message>`. */
  arrived: Set<string>;
  /** What has not. */
  missing: StoredMessage[];
  /** What stands behind something that was written later. */
  disordered: StoredMessage[];
}

/** How a message is called in `arrived`. */
export function placeOf({ chat, id }: Pick<StoredMessage, "chat" | "id">): string {
  return `${chat.id}/${id}`;
}

/** Compares both sides of every conversation, and remembers where it has found each message. */
export class Sides {
  /** The message on the other side, by the place of what it shows. */
  readonly #copies = new Map<string, StoredMessage>();
  /** The place of what each of them shows: nothing shows two. */
  readonly #shownBy = new Map<StoredMessage, string>();

  /** Whose thread begins with which message of a group; a card that is deleted leaves its thread. */
  readonly #customerByRoot = new Map<string, number>();
  /** Which message came when, over all groups: a conversation may go on at another desk. */
  readonly #ordinals = new WeakMap<StoredMessage, number>();
  #next = 0;

  constructor(private readonly playground: Playground) {
    for (const { group } of playground.desks.all) {
      for (const record of group?.records.values() ?? []) this.#ordinals.set(record, this.#next++);
    }
    playground.telegram.watch((record, isEdit) => {
      if (!isEdit) this.#ordinals.set(record, this.#next++);
    });
  }

  /** How they stand at this moment. */
  compare(): Arrivals {
    const { playground } = this;
    const arrivals: Arrivals = { arrived: new Set(), missing: [], disordered: [] };
    const threads = this.#threads();
    const teams = teamsOf(playground);
    const isInTeam = ({ chat, author }: StoredMessage) =>
      teams.get(chat.id)?.has(author.accountId) ?? false;
    for (const customer of playground.people.all) {
      const thread = threads.get(customer.user.id) ?? [];
      // What the team writes to the bot in private is for the bot.
      const isOfTeam = [...teams.values()].some((team) => team.has(customer.user.id));
      if (isOfTeam && thread.length === 0) continue;
      const inPrivate = [...playground.chatOf(customer).records.values()];
      const isOfBot = ({ author }: StoredMessage) => author.bot === playground.bot;
      const written = inPrivate.filter((record) => isOfCustomer(record, customer));
      this.#compare(written, thread.filter(isOfBot), arrivals);
      const isSaid = (record: StoredMessage) =>
        isInTeam(record) && isForCustomer(record) && !isTurnedAway(record, thread);
      this.#compare(thread.filter(isSaid), inPrivate.filter(isOfBot), arrivals);
    }
    return arrivals;
  }

  /** The comments of each customer's threads, in order. */
  #threads(): Map<number, StoredMessage[]> {
    const threads = new Map<number, StoredMessage[]>();
    for (const record of this.#grouped()) {
      const [, id] = /^ID (\d+)$/m.exec(record.content.text ?? "") ?? [];
      if (id !== undefined && record.isAutomaticForward) {
        this.#customerByRoot.set(placeOf(record), Number(id));
      }
      const root = { chat: record.chat, id: record.threadId ?? 0 };
      const customerId = this.#customerByRoot.get(placeOf(root));
      if (customerId === undefined) continue;
      const thread = threads.get(customerId) ?? [];
      threads.set(customerId, thread);
      thread.push(record);
    }
    return threads;
  }

  /** The messages of all groups, in the order in which they came. */
  #grouped(): StoredMessage[] {
    const groups = this.playground.desks.all.flatMap(({ group }) => group ?? []);
    const records = groups.flatMap(({ records }) => [...records.values()]);
    if (groups.length < 2) return records;
    const ordinal = (record: StoredMessage) => this.#ordinals.get(record) ?? 0;
    return records.sort((a, b) => ordinal(a) - ordinal(b));
  }

  /** Goes through both sides at once: the first that shows the next message is where it has arrived. */
  #compare(written: StoredMessage[], shown: StoredMessage[], into: Arrivals): void {
    const bySign = Map.groupBy(shown.keys(), (at) => signOf(shown[at]!));
    const indexOf = new Map(shown.map((record, at) => [record, at]));
    let last = -1;
    for (const record of written) {
      const place = placeOf(record);
      const known = this.#copies.get(place);
      // Whoever reads it may have deleted it since.
      const isGone = known && !known.chat.records.has(known.id);
      const at = isGone ? last : this.#find(record, shown, {
        last,
        alike: bySign.get(signOf(record)) ?? [],
        known: known && indexOf.get(known),
      });
      if (at === undefined) {
        into.missing.push(record);
        continue;
      }
      into.arrived.add(place);
      if (isGone) continue;
      this.#copies.set(place, shown[at]!);
      this.#shownBy.set(shown[at]!, place);
      if (at <= last) into.disordered.push(record);
      last = Math.max(last, at);
    }
  }

  /** Where a message is shown: where it was before, behind what came before it, or anywhere. */
  #find(
    record: StoredMessage,
    shown: StoredMessage[],
    { last, alike, known }: { last: number; alike: number[]; known: number | undefined },
  ): number | undefined {
    const place = placeOf(record);
    const isFree = (copy: StoredMessage) => (this.#shownBy.get(copy) ?? place) === place;
    const isIt = (copy: StoredMessage) => isFree(copy) && showsWordsOf(record, copy);
    if (known !== undefined && (alike.includes(known) || isIt(shown[known]!))) return known;
    const free = alike.filter((at) => isFree(shown[at]!));
    return free.find((at) => at > last) ?? indexFrom(shown, last + 1, isIt) ?? free[0] ??
      indexFrom(shown, 0, isIt);
  }
}

/** The accounts whose comments are the team's, by the group in which they comment. */
function teamsOf({ people, desks }: Playground): Map<number, Set<number>> {
  const teams = new Map<number, Set<number>>();
  for (const { channel, group } of desks.all) {
    const inside = people.all.filter(({ user }) => isInside(channel.membership(user)));
    if (group) teams.set(group.id, new Set(inside.map(({ user }) => user.id)));
  }
  return teams;
}

/** Whether the bot has answered a comment that the conversation goes on at another desk. */
function isTurnedAway({ chat, id }: StoredMessage, thread: StoredMessage[]): boolean {
  return thread.some((answer) =>
    answer.chat === chat && answer.replyToId === id && answer.author.bot !== undefined &&
    answer.content.text?.startsWith("➡️")
  );
}

/** Commands are between a customer and the bot. */
function isOfCustomer(record: StoredMessage, { user }: Participant): boolean {
  return record.author.accountId === user.id && isCarried(record) &&
    !record.content.text?.startsWith("/");
}

/** Notes and commands stay with the team. */
function isForCustomer(record: StoredMessage): boolean {
  return isCarried(record) &&
    !/^\s*[#/]/.test(record.content.text ?? record.content.caption ?? "");
}

function isCarried({ content }: StoredMessage): boolean {
  return kindOf(content) !== "service" && content.chat_shared === undefined;
}

function indexFrom(
  shown: StoredMessage[],
  from: number,
  isIt: (record: StoredMessage) => boolean,
): number | undefined {
  for (let at = from; at < shown.length; at++) if (isIt(shown[at]!)) return at;
  return undefined;
}

/** What two copies of a message have in common. */
function signOf({ content }: StoredMessage): string {
  const kind = kindOf(content);
  const file = fileOf(content);
  switch (kind) {
    case "text":
      return `text ${content.text}`;
    case "poll":
      return `poll ${content.poll!.question}`;
    case "contact":
      return `contact ${content.contact!.phone_number}`;
    case "venue":
      return `venue ${content.venue!.title}`;
    // Who moves is somewhere else by now.
    case "location":
      return kind;
    default:
      return `${kind} ${file ?? ""} ${content.caption ?? ""}`;
  }
}

function fileOf(content: StoredMessage["content"]): string | undefined {
  const { photo, video, animation, audio, document, voice, video_note, sticker } = content;
  const shown = photo?.at(-1) ?? video ?? animation ?? audio ?? voice ?? video_note ?? sticker ??
    document;
  return shown?.file_unique_id;
}

/**
 * Whether a message shows another's words with something around them (a signature, the origin of a
 * forward), with placeholders filled, or a part of them that were too many for one.
 */
function showsWordsOf({ content }: StoredMessage, copy: StoredMessage): boolean {
  // What a die shows cannot be copied, but said.
  const words = content.text ?? content.caption ?? content.dice?.emoji;
  const shown = copy.content.text ?? copy.content.caption;
  if (!words || !shown || fileOf(content) !== fileOf(copy.content)) return false;
  if (shown.includes(words)) return true;
  if (words.length > MOST_CHARACTERS && shown.length > 1) return words.includes(shown);
  if (!words.includes("{")) return false;
  const parts = words.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".*"), "s").test(shown);
}

/** Longer than this, a text with something before it may be sent in parts (Bot API, sendMessage). */
const MOST_CHARACTERS = 3900;

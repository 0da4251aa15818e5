/**
 * What follows from what people write: the decisions, as pure functions from an update and the
 * little we know to the change it causes.
 */
import type { Message } from "grammy/types";
import type { Change, NewTask, Reader } from "./change.ts";
import type { Language } from "./config.ts";
import { type ContentKind, contentOf, treatmentOf } from "./content.ts";
import {
  type Conversation,
  hasSameName,
  openConversation,
  sourceOfStart,
  toCustomer,
} from "./conversation.ts";
import type { Desk } from "./desk.ts";
import { showsOf } from "./fingerprint.ts";
import {
  type AlbumTask,
  chatOf,
  type Job,
  type Lane,
  laneOf,
  messageOf,
  type NoticeTask,
  otherLane,
  type RelayTask,
  type Writer,
} from "./job.ts";
import type { Place } from "./link.ts";
import { languageFor, type Notice, type Undeliverable } from "./notice.ts";
import { toContent, traceOf } from "./reply.ts";
import { canBeKept, isReplyCommand } from "./reply_command.ts";
import { needsCarrying, signed, type Snapshot, snapshotOf } from "./snapshot.ts";
import { authorOf, signatureOf } from "./team.ts";

/** What decisions depend on besides the update and the records. */
export interface Circumstances {
  desk: Desk;
  nowMs: number;
  /** The desk's language. */
  locale: Language;
  /** How long an album waits for its next piece. */
  albumQuietMs: number;
  /** Under which the fingerprints of messages are taken. */
  fingerprintKey: string;
  /** The bot's own user ID. */
  botId: number;
}

/** An album is sent this long after its first piece at the latest. */
const ALBUM_MOST_MS = 10_000;
/** A record takes 64 KiB (https://docs.deno.com/deploy/kv/#limits); this leaves room for the rest. */
const ALBUM_MOST_BYTES = 56_000;

/** A customer's message in private: into their thread; the first one opens it. */
export async function onCustomerMessage(
  message: Message,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, nowMs, locale } = circumstances;
  const treatment = treatmentOf(contentOf(message));
  if (!message.from || treatment === "silent") return {};
  const customer = toCustomer(message.from);
  const known = await read.conversation(customer.id);
  const isStart = isCommand(message, "start");
  const source = isStart ? sourceOfStart(message.text ?? "") : undefined;
  const toTeam = laneOf(desk, customer.id, "to-team");
  const toThem = laneOf(desk, customer.id, "to-customer");
  const wording = { language: languageFor(message.from.language_code, locale) };

  if (isHelp(message)) {
    const notice = { text: "help" } as const;
    return { tasks: [{ lane: toThem, task: { kind: "notice", notice, private: { wording } } }] };
  }

  const tasks: NewTask[] = [];
  const tellTeam = (notice: Notice) =>
    tasks.push({ lane: toTeam, task: { kind: "notice", notice } });
  if (!known) tasks.push({ lane: toTeam, task: { kind: "card" } });
  if (!known || isStart) {
    const notice = { text: "welcome" } as const;
    const command = known ? undefined : commandOf(message);
    const secret = {
      wording,
      ...(command === undefined ? {} : { command }),
      ...(isReplyCommand(command) && canBeKept(message) ? { given: message } : {}),
    };
    tasks.push({ lane: toThem, task: { kind: "notice", notice, private: secret } });
  }
  // What was written before the block may come after it.
  const isBack = known?.blockedSinceMs !== undefined && message.date * 1000 > known.blockedSinceMs;
  if (isBack) tellTeam({ text: "unblocked" });
  if (source !== undefined && source !== known?.source) tellTeam({ text: "source", source });
  let carried: Change = {};
  if (treatment === "explain") {
    tasks.push(...explained(message, toTeam, wording));
  } else if (!isStart) {
    carried = await carry(message, toTeam, { kind: "customer" }, read, circumstances);
    // Who is known as a customer may have become an administrator since.
    const [first] = carried.tasks ?? [];
    if (first?.task.kind === "relay" && isCommand(message, "failed")) first.task.asks = "failed";
  } else {
    carried = staysHere(message);
  }

  const conversation = known ?? openConversation(customer, nowMs, source);
  const { blockedSinceMs: _blocked, ...reachable } = conversation;
  const isChanged = !known || isBack || !hasSameName(known.customer, customer);
  return {
    ...carried,
    tasks: [...tasks, ...carried.tasks ?? []],
    ...(isChanged ? { conversations: [{ ...isBack ? reachable : conversation, customer }] } : {}),
    ...(isBack ? { wake: [{ lane: toThem, because: "customer" }] } : {}),
  };
}

/**
 * A comment in a customer's thread: to the customer, unless it is a command, an internal note, or
 * says nothing to them. Whether its author is of the team is asked when the job is worked.
 */
export async function onComment(
  message: Message,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk } = circumstances;
  const author = authorOf(message, desk);
  if (author.kind === "stranger" || treatmentOf(contentOf(message)) === "silent") return {};
  // One piece's caption makes a note of a whole album.
  const isSingleNote = isNote(message) && message.media_group_id === undefined;
  if (isHelp(message)) {
    const lane = laneOf(desk, customerId, "to-team");
    const notice = { text: "team-help" } as const;
    const answered = { answerTo: message.message_id, answerIn: message.chat.id };
    return { tasks: [{ lane, task: { kind: "notice", notice, ...answered, askedBy: author } }] };
  }
  if (isCommand(message) || isSingleNote) return staysHere(message);
  return await carry(
    message,
    laneOf(desk, customerId, "to-customer"),
    author,
    read,
    circumstances,
  );
}

/** Puts a message into its lane: by itself, or with the other pieces of its album. */
async function carry(
  message: Message,
  lane: Lane,
  writer: Writer,
  read: Reader,
  { desk, nowMs, albumQuietMs, fingerprintKey, botId }: Circumstances,
): Promise<Change> {
  const shows = showsOf(message, fingerprintKey);
  const from = placeOf(message, lane);
  const { chatId, messageId } = from;
  const isOfTeam = writer.kind !== "customer";
  const snapshot = isOfTeam
    ? signed(snapshotOf(message), signatureOf(message, desk))
    : snapshotOf(message);
  const reply = isOfTeam && message.via_bot?.id === botId ? toContent(message) : null;
  const relay: RelayTask = {
    kind: "relay",
    from,
    shows,
    writer,
    ...answering(message),
    ...(reply ? { replyTrace: traceOf(reply, fingerprintKey) } : {}),
    ...(needsCarrying(snapshot, shows.kind) ? { private: { snapshot } } : {}),
  };
  const makesNote = isOfTeam && isNote(message);
  const name = albumOf(message);
  if (name === undefined) return makesNote ? {} : { tasks: [{ lane, task: relay }] };

  const named = await read.named(lane, name);
  const piece = { messageId, shows };
  if (!named) {
    const task: AlbumTask = {
      kind: "album",
      chatId,
      ...(from.rootId === undefined ? {} : { rootId: from.rootId }),
      pieces: [piece],
      writer,
      ...answering(message),
      ...(makesNote ? { isNote: true } : {}),
      private: { snapshots: [snapshot] },
    };
    return {
      tasks: [{ lane, task, name, dueMs: nowMs + albumQuietMs }],
      ...(makesNote ? { notes: [{ chatId, messageId }] } : {}),
    };
  }
  const { job } = named;
  const first = { chatId, messageId: named.messageId };
  if (job?.task.kind !== "album" || job.task.isClosed || !hasRoom(job.task, snapshot)) {
    // A straggler: the album is full, has gone without it, or was not meant to go.
    if (makesNote || await read.wasNote(first)) return {};
    return { tasks: [{ lane, task: { ...relay, answerTo: first.messageId } }] };
  }
  const task: AlbumTask = {
    ...job.task,
    ...(makesNote ? { isNote: true } : {}),
    pieces: [...job.task.pieces, piece],
    private: { snapshots: [...job.task.private.snapshots, snapshot] },
  };
  const dueMs = Math.min(nowMs + albumQuietMs, job.acceptedMs + ALBUM_MOST_MS);
  return {
    rewrites: [{ ...job, task, dueMs }],
    ...(makesNote ? { notes: [first] } : {}),
  };
}

/** Whether another piece fits into an album's record: long captions add up. */
function hasRoom(album: AlbumTask, piece: Snapshot): boolean {
  const snapshots = [...album.private.snapshots, piece];
  return new TextEncoder().encode(JSON.stringify(snapshots)).length <= ALBUM_MOST_BYTES;
}

/** The customer has blocked the bot, or come back. The thread is told once of each. */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  { desk, nowMs }: Pick<Circumstances, "desk" | "nowMs">,
): Change {
  const { blockedSinceMs, ...reachable } = known;
  // A refusal from before the return may be under way: the record is written, so that it looks again.
  if (!isBlocked && blockedSinceMs === undefined) return { conversations: [known] };
  if (isBlocked && blockedSinceMs !== undefined) return {};
  const customerId = known.customer.id;
  return {
    conversations: [isBlocked ? { ...reachable, blockedSinceMs: nowMs } : reachable],
    tasks: [{
      lane: laneOf(desk, customerId, "to-team"),
      task: { kind: "notice", notice: { text: isBlocked ? "blocked" : "unblocked" } },
    }],
    ...(isBlocked
      ? {}
      : { wake: [{ lane: laneOf(desk, customerId, "to-customer"), because: "customer" }] }),
  };
}

/** How often a customer is asked to write less at once. */
const SLOW_DOWN_MS = 60 * 60_000;

/** A crowd of a customer's messages waits: they are asked, once in a while, to slow down. */
export function onCrowd(known: Conversation, lane: Lane, nowMs: number): Change {
  if (lane.direction !== "to-team" || nowMs - (known.slowedMs ?? -Infinity) < SLOW_DOWN_MS) {
    return {};
  }
  return {
    conversations: [{ ...known, slowedMs: nowMs }],
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice: { text: "slow-down" } } }],
  };
}

/**
 * What tells the sender's side that a job was given up: one line, as an answer to the message that
 * was not delivered. If it is of a kind that cannot be shown, the other side is told that something
 * came. Tasks that carry nobody's message are given up in the log alone.
 */
export function onGivenUp({ task, lane }: Job, why: Undeliverable): Change {
  const answerIn = chatOf(task);
  if (answerIn === undefined || task.kind === "reaction") return {};
  const notice: Notice = { text: "undeliverable", why };
  const answerTo = messageOf(task);
  return {
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice, answerTo, answerIn } }],
    ...(why.because === "kind" ? { instead: [cannotBeShown(why.content)] } : {}),
  };
}

/** Both sides are told of a message that cannot be shown on the other. */
function explained(message: Message, lane: Lane, wording: { language: Language }): NewTask[] {
  const content = contentOf(message);
  return [
    {
      lane: otherLane(lane),
      task: {
        kind: "notice",
        notice: { text: "undeliverable", why: { because: "kind", content } },
        answerTo: message.message_id,
        answerIn: message.chat.id,
        private: { wording },
      },
    },
    { lane, task: cannotBeShown(content) },
  ];
}

function cannotBeShown(content: ContentKind): NoticeTask {
  return { kind: "notice", notice: { text: "cannot-show", content } };
}

/** Whether a message is a bot command: any, or the one named. */
export function isCommand(message: Message, name?: string): boolean {
  const command = commandOf(message);
  return command !== undefined && (name === undefined || command === name);
}

function isHelp(message: Message): boolean {
  return isCommand(message, "help") || isCommand(message, "ajuda");
}

/** The command a message begins with, without `/` and the bot's name. */
export function commandOf({ text, entities }: Message): string | undefined {
  const first = entities?.[0];
  if (first?.type !== "bot_command" || first.offset !== 0) return undefined;
  return text?.slice(1, first.length).split("@")[0];
}

/** Not for the other side; if it is edited into something that is, it goes there then. */
function staysHere({ chat, message_id }: Message): Change {
  return { notes: [{ chatId: chat.id, messageId: message_id }] };
}

/** Comments that start with `#` are internal notes of the team. */
export function isNote(message: Message): boolean {
  return (message.text ?? message.caption ?? "").startsWith("#");
}

/** Where a message of a lane's writer is; in the group, with the thread it is in. */
export function placeOf({ chat, message_id, message_thread_id }: Message, lane: Lane): Place {
  const isInThread = lane.direction === "to-customer" && message_thread_id !== undefined;
  return {
    chatId: chat.id,
    messageId: message_id,
    ...(isInThread ? { rootId: message_thread_id } : {}),
  };
}

/** Under which name the album of a message can be found; nothing if it is in none. */
export function albumOf(message: Message): string | undefined {
  const isPiece = message.media_group_id !== undefined && snapshotOf(message).media !== undefined;
  return isPiece ? `album/${message.media_group_id}` : undefined;
}

/** Which message of its chat a message answers, if any. The root is answered by every comment. */
export function answering(message: Message): { answerTo?: number } {
  const answered = message.reply_to_message;
  return answered && !answered.is_automatic_forward ? { answerTo: answered.message_id } : {};
}

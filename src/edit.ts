/** What follows from editing a message, and from reacting to one. */
import type { Message, MessageReactionUpdated } from "grammy/types";
import type { Change, Reader } from "./change.ts";
import { contentOf, treatmentOf } from "./content.ts";
import { showsOf } from "./fingerprint.ts";
import { type EditTask, type Lane, laneOf, type Writer } from "./job.ts";
import type { Place } from "./link.ts";
import { languageFor, type Wording } from "./notice.ts";
import { answering, type Circumstances, isCommand, isNote } from "./relay.ts";
import { snapshotOf } from "./snapshot.ts";
import { type Author, authorOf } from "./team.ts";

/** A customer has edited a message of theirs. */
export async function onCustomerEdit(
  message: Message,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, locale } = circumstances;
  const known = await read.conversation(message.chat.id);
  if (!known || isCommand(message, "start")) return {};
  const lane = laneOf(desk, message.chat.id, "to-team");
  const wording = { language: languageFor(message.from?.language_code, locale) };
  return await onEdit(
    message,
    { lane, writer: { kind: "customer" }, wording },
    read,
    circumstances,
  );
}

/** Somebody has edited a comment in a customer's thread. */
export async function onCommentEdit(
  message: Message,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk } = circumstances;
  const writer = authorOf(message, desk);
  if (writer.kind === "stranger" || isCommand(message)) return {};
  const lane = laneOf(desk, customerId, "to-customer");
  return await onEdit(message, { lane, writer }, read, circumstances);
}

/** Puts an edit into its message's lane, in the place of an older one that still waits there. */
async function onEdit(
  message: Message,
  { lane, writer, wording }: { lane: Lane; writer: Writer; wording?: Wording },
  read: Reader,
  { fingerprintKey }: Circumstances,
): Promise<Change> {
  if (treatmentOf(contentOf(message)) === "silent") return {};
  const task: EditTask = {
    kind: "edit",
    at: { chatId: message.chat.id, messageId: message.message_id },
    shows: showsOf(message, fingerprintKey),
    writer,
    sentMs: message.date * 1000,
    isNote: writer.kind !== "customer" && isNote(message),
    ...answering(message),
    private: { snapshot: snapshotOf(message), ...(wording ? { wording } : {}) },
  };
  const name = `edit/${message.chat.id}/${message.message_id}`;
  const waiting = (await read.named(lane, name))?.job;
  if (waiting?.task.kind === "edit") return { rewrites: [{ ...waiting, task }] };
  return { tasks: [{ lane, task, name }] };
}

/**
 * Somebody's reaction has changed. Of several people's reactions on one message the latest is
 * shown; when it is taken back, none is. Only what a bot may set is mirrored: standard emoji
 * (Bot API, setMessageReaction).
 */
export async function onReaction(
  { chat, message_id, user, actor_chat, new_reaction }: MessageReactionUpdated,
  customerId: number,
  read: Reader,
  { desk }: Circumstances,
): Promise<Change> {
  const at: Place = { chatId: chat.id, messageId: message_id };
  const isCustomer = chat.id === customerId;
  const writer: Writer = isCustomer ? { kind: "customer" } : reactingAuthor(user, actor_chat, desk);
  const reactorId = actor_chat?.id ?? user?.id;
  if (writer.kind === "stranger" || reactorId === undefined) return {};
  const shown = new_reaction.findLast(({ type }) => type === "emoji");
  const emoji = shown?.type === "emoji" ? shown.emoji : null;
  if (emoji === null && await read.lastReactor(at) !== reactorId) return {};
  return {
    tasks: [{
      lane: laneOf(desk, customerId, isCustomer ? "to-team" : "to-customer"),
      task: { kind: "reaction", at, writer, private: { emoji } },
    }],
    ...(emoji === null ? {} : { reactors: [{ at, reactorId }] }),
  };
}

function reactingAuthor(
  user: MessageReactionUpdated["user"],
  actorChat: MessageReactionUpdated["actor_chat"],
  desk: Circumstances["desk"],
): Author {
  if (actorChat) {
    const isDesk = actorChat.id === desk.channelId || actorChat.id === desk.groupId;
    return isDesk ? { kind: "desk" } : { kind: "stranger" };
  }
  return user && !user.is_bot ? { kind: "person", userId: user.id } : { kind: "stranger" };
}

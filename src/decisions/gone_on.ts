/** What the team writes in a thread whose conversation goes on at another desk: it reaches nobody. */
import type { Conversation } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import { deskOfChannel } from "../desk/names.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { MessageFacts } from "../message/facts.ts";
import type { Notice } from "../texts/notice.ts";
import { albumName, carry, staysHere } from "./carry.ts";
import type { Circumstances } from "./circumstances.ts";
import { commandTask } from "./command.ts";

/**
 * The conversation of a thread, if it goes on elsewhere, with the name that the desk there has by now;
 * `null`: it goes on here, or its desk is gone.
 * A bot with one desk has none, and reads nothing for that.
 */
export async function goneOn(
  customerId: number,
  read: Reader,
  { desks, isAlone, awaits }: Pick<Circumstances, "desks" | "isAlone" | "awaits">,
): Promise<Conversation | null> {
  if (isAlone) return null;
  const conversation = await read.conversation(customerId);
  const { movedTo } = conversation ?? {};
  if (!conversation || !movedTo) return null;
  const there = deskOfChannel(desks, movedTo.deskId);
  if (!there && !awaits(movedTo.deskId)) return null;
  return { ...conversation, movedTo: { ...movedTo, name: there?.name ?? movedTo.name } };
}

/** What a thread is told of its customer, and not of what its desk's people do. */
const OF_CUSTOMER: ReadonlySet<Notice["text"]> = new Set<Notice["text"]>([
  "source",
  "did-read",
  "did-choose-desk",
  "cannot-show",
  "edited-before",
  "blocked",
  "unblocked",
  "still-needed",
  "did-rate",
  "did-solve",
]);

/** Whether whoever serves the customer by now is told what the thread that they left cannot be. */
export function tellsOfCustomer({ text }: Notice): boolean {
  return OF_CUSTOMER.has(text);
}

/** A comment there. What an album has begun to say before is said; whatever asks is answered so. */
export async function onCommentGoneOn(
  message: MessageFacts,
  conversation: Conversation,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { id: customerId } = conversation.customer;
  const lane = laneOf(circumstances.desk, customerId, "to-customer");
  const name = albumName(message);
  const album = name === undefined ? null : await read.named(lane, name);
  if (album) {
    const { author: writer, isNote } = message;
    return await carry({ message, lane, writer, isNote }, read, circumstances);
  }
  const command = commandTask(message, customerId, circumstances);
  if (command) {
    // Whatever would go to the customer is only answered.
    const aside = laneOf(circumstances.desk, customerId, "to-desk");
    return { ...staysHere(message), tasks: [{ ...command, lane: aside }] };
  }
  if (message.isNote || message.given !== null) return staysHere(message);
  return await tellingGoneOn(message, conversation, read, circumstances);
}

/** Tells whoever wrote a message where the conversation goes on, if they are of the team: once. */
export async function tellingGoneOn(
  message: MessageFacts,
  { customer, movedTo }: Conversation,
  read: Reader,
  { desk }: Pick<Circumstances, "desk">,
): Promise<Change> {
  const { author, place: { chatId, messageId } } = message;
  const at = { chatId, messageId };
  const lane = laneOf(desk, customer.id, "to-desk");
  const album = albumName(message);
  const name = album === undefined ? undefined : `gone-on/${album}`;
  const isTold = await read.wasTold(at) || (name !== undefined && await read.named(lane, name));
  if (!movedTo || isTold) return {};
  return {
    told: [at],
    tasks: [{
      lane,
      task: {
        kind: "notice",
        notice: { text: "moved-to", desk: movedTo.name },
        answerTo: messageId,
        answerIn: chatId,
        ...(author.kind === "person" ? { ifOfTeam: author } : {}),
      },
      ...(name === undefined ? {} : { name }),
    }],
  };
}

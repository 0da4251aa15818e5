/** What takes several messages: parts of a text, and lines that belong to another message. */
import type { InlineKeyboardMarkup, ReplyParameters } from "grammy/types";
import { type LinkButtons, linkKeyboardOf, linksOf } from "../../message/buttons.ts";
import type { Counterpart, Link, Place, Shows } from "../../message/link.ts";
import type { Quote, Snapshot } from "../../message/snapshot.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { PartTask, RelayTask } from "../../jobs/message_task.ts";
import type { Task } from "../../jobs/task.ts";
import { defined } from "../../values/defined.ts";
import { type Formatted, MAX_TEXT, split } from "../../words/formatted.ts";
import { classify, type Failure } from "../classify.ts";
import { attempt, isOutcome, takeAim } from "./aim.ts";
import { andLooked } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andUnlinked, delivered, instead, linked } from "./endings.ts";
import { failed } from "./failures.ts";

/** What belongs to a message besides its content. */
export interface Extra {
  reply_parameters?: ReplyParameters;
  reply_markup?: InlineKeyboardMarkup;
}

/** Shows one part of a long text. */
export async function sendPart(delivery: Delivery, task: PartTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  const { words, linkPreview, quote, buttons } = task.private;
  const aim = await takeAim(delivery, task.writer, {
    fromChatId: task.of.chatId,
    ...defined({ answerTo: task.answerTo, quote }),
  });
  if (isOutcome(aim)) return aim;
  // What is read is read before: a read that fails must not have it sent again.
  const { of: here, shows } = task;
  const known = await delivery.read.counterpart(here);
  const strays = await straysOf(delivery, here, known);
  const answer = await attempt(
    delivery,
    aim,
    (extra) => sendWords(delivery, words, linkPreview, { ...extra, ...markupOf(buttons) }),
  );
  if (answer.failure) {
    return buttons && isOfButtons(answer.failure)
      ? partThenLinks(task, buttons)
      : await failed(delivery, answer.failure);
  }
  const there = delivery.placeThere(answer.result.message_id);
  if (task.isFirst) {
    const answering = showsAnswering(shows, { here, answerTo: task.answerTo, known });
    const link: Link = { here, there, shows: answering, ...withEarlier(delivery, known) };
    const arrived = delivered(delivery, [link], aim.memberships);
    const settled = andUnlinked(arrived, strays);
    return buttons ? andLooked(delivery, settled, { copyId: there.messageId, buttons }) : settled;
  }
  const also = [...known?.also ?? [], there.messageId];
  const shown = linked([
    { here, there, isPart: true },
    // What comes before its message stands for it until then.
    known?.there.chatId === there.chatId
      ? { here, there: known.there, also, ...defined({ shows: known.shows }) }
      : { here, there, shows },
  ], aim.memberships);
  return andUnlinked(shown, strays);
}

/** Whether Telegram refuses the buttons, not what they stand under: an address, or how many. */
export function isOfButtons(failure: Failure): boolean {
  return classify(failure).kind === "refused" &&
    /button|reply.?markup|keyboard/i.test(failure.description);
}

/** Link buttons as a call takes them, among what else it takes. */
export function markupOf(buttons: LinkButtons | undefined): Pick<Extra, "reply_markup"> {
  return buttons ? { reply_markup: linkKeyboardOf(buttons) } : {};
}

/** What is there of a message already belongs to it: the line before it, or what it was. */
export function withEarlier(delivery: Delivery, known: Counterpart | null): { also?: number[] } {
  if (known?.there.chatId !== delivery.chatId) return {};
  return { also: [...known.also ?? [], known.there.messageId] };
}

/**
 * What a message shows, with what it answers in its own chat. What it has become answers its own copy:
 * then it is what it was.
 */
export function showsAnswering(
  shows: Shows,
  { here, answerTo, known }: {
    here: Place;
    answerTo: number | undefined;
    known: Counterpart | null;
  },
): Shows {
  const isItself = answerTo === here.messageId;
  return { ...shows, ...defined({ answerTo: isItself ? known?.shows?.answerTo : answerTo }) };
}

/**
 * What is of a message in a group that is no longer the desk's: nothing leads there from now on. What
 * belongs to it there may be another message's, a piece of its album, which stays as it is.
 */
export async function straysOf(
  { chatId, read }: Delivery,
  here: Place,
  known: Counterpart | null,
): Promise<Link[]> {
  if (!known || known.there.chatId === chatId) return [];
  const { also = [], ...rest } = known;
  const leadsHere = await Promise.all(also.map(async (messageId) => {
    const original = await read.counterpart({ chatId: known.there.chatId, messageId });
    return original?.there.messageId === here.messageId;
  }));
  return [{ here, ...rest, also: also.filter((_, index) => leadsHere[index]) }];
}

/** Sends words in a message of their own. */
export function sendWords(
  { api, chatId }: Delivery,
  { text, entities }: Formatted,
  linkPreview: Snapshot["linkPreview"],
  extra: Extra,
): Promise<{ message_id: number }> {
  return api.sendMessage(chatId, text, {
    ...(entities.length ? { entities } : {}),
    ...defined({ link_preview_options: linkPreview }),
    ...extra,
  });
}

/** A text too long for one message: in parts; a caption too long: after its media. */
export function inParts(
  task: RelayTask,
  words: Formatted,
  { linkPreview, quote, buttons, ...snapshot }: Snapshot,
): Outcome {
  const isCaption = task.shows.kind !== "text";
  const { words: _words, ...rest } = snapshot;
  const quoting = quote ? { quote } : {};
  const whole: RelayTask = { ...task, shows: { ...task.shows, isInParts: true } };
  const media: Task[] = isCaption
    ? [{ ...whole, isWithoutCaption: true, private: { snapshot: { ...rest, ...quoting } } }]
    : [];
  const parts = split(words, MAX_TEXT).map((part, index, { length }) =>
    partOf(whole, part, {
      isFirst: !isCaption && index === 0,
      ...(isCaption || index > 0 ? { answerTo: task.from.messageId } : quoting),
      ...defined({ linkPreview, buttons: index === length - 1 ? buttons : undefined }),
    })
  );
  return instead([...media, ...parts]);
}

/** A part of what a task carries; it answers what the task answers, unless told otherwise. */
export function partOf(
  task: { from: PartTask["of"] } & Pick<RelayTask, "shows" | "writer" | "answerTo" | "isLater">,
  words: Formatted,
  { isFirst, answerTo = task.answerTo, linkPreview, quote, buttons }: {
    isFirst: boolean;
    answerTo?: number;
    linkPreview?: NonNullable<Snapshot["linkPreview"]>;
    quote?: Quote;
    buttons?: LinkButtons;
  },
): PartTask {
  return {
    kind: "part",
    of: task.from,
    shows: task.shows,
    writer: task.writer,
    isFirst,
    ...defined({ answerTo, isLater: task.isLater }),
    private: { words, ...defined({ linkPreview, quote, buttons }) },
  };
}

/** A message without its buttons, which follow it as links in a line or lines of their own. */
export function thenLinks(task: RelayTask, buttons: LinkButtons): Outcome {
  const { buttons: _buttons, ...snapshot } = task.private?.snapshot ?? {};
  const answerTo = task.from.messageId;
  return instead([
    { ...task, private: { ...task.private, snapshot } },
    ...linkParts(task, buttons, answerTo),
  ]);
}

function partThenLinks({ of, ...task }: PartTask, buttons: LinkButtons): Outcome {
  const { buttons: _buttons, ...rest } = task.private;
  return instead([
    { ...task, of, private: rest },
    ...linkParts({ ...task, from: of }, buttons, of.messageId),
  ]);
}

function linkParts(
  task: Parameters<typeof partOf>[0],
  buttons: LinkButtons,
  answerTo: number,
): PartTask[] {
  return split(linksOf(buttons), MAX_TEXT).map((part) =>
    partOf(task, part, { isFirst: false, answerTo })
  );
}

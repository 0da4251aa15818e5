/** Relaying one message: a copy by ID wherever that carries it, a message of our own elsewhere. */
import { classify, type Failure, type Verdict } from "../classify.ts";
import { type LinkButtons, linkedBelow } from "../../message/buttons.ts";
import { type ContentKind, treatmentOf } from "../../message/content.ts";
import { type Formatted, joined, MAX_CAPTION, MAX_TEXT, plain } from "../../words/formatted.ts";
import { isWorded } from "../../message/signature.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Link, Shows } from "../../message/link.ts";
import { liveAgain, type Snapshot } from "../../message/snapshot.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { inDoubt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andUnlinked, delivered, instead, linked } from "./endings.ts";
import { failed, undeliverable } from "./failures.ts";
import { shownById } from "./history.ts";
import {
  type Extra,
  inParts,
  isOfButtons,
  markupOf,
  partOf,
  sendWords,
  showsAnswering,
  straysOf,
  thenLinks,
  withEarlier,
} from "./parts.ts";
import { leadOf, type Prefix, prefixOf } from "./prefix.ts";
import { isKeptBack, linkPreviewOf, quotedInWords, toldOfReference } from "./reference.ts";
import { signatureBefore } from "./signatures.ts";

type Sending = (extra: Extra) => Promise<{ message_id: number }>;

/** Shows a message on the other side. */
export async function relay(delivery: Delivery, carried: RelayTask): Promise<Outcome> {
  if (carried.isNote) return { kind: "sent" };
  const { from, shows, writer } = carried;
  const aim = await takeAim(delivery, writer, {
    fromChatId: from.chatId,
    ...defined({ answerTo: carried.answerTo, quote: carried.private?.snapshot?.quote }),
  });
  if (isOutcome(aim)) return aim;
  const snapshot = quotedInWords(delivery, carried.private?.snapshot ?? {}, aim);
  const task: RelayTask = { ...carried, private: { ...carried.private, snapshot } };
  if (treatmentOf(shows.kind) === "explain") {
    return undeliverable(delivery, { because: "kind", content: shows.kind });
  }
  const prefix = await prefixOf(delivery, task);
  if (prefix && "kind" in prefix) return prefix;
  const signature = carried.isWithoutCaption ? undefined : signatureBefore(shows, snapshot.words);
  const lead = leadOf(signature, prefix);
  const isReferenceKept = !task.isEdited && await isKeptBack(delivery, snapshot.reference);
  if (lead && !hasRoomForPrefix(task, snapshot, lead.text.length)) {
    if (!signature && prefix) return prefixed(task, prefix);
    const inParts = ledInParts(task, lead);
    return isReferenceKept ? toldOfReference(delivery, inParts, from) : inParts;
  }

  const { replyTrace } = task;
  const replyId = replyTrace === undefined
    ? undefined
    : await delivery.options.replies.idByTrace(delivery.desk.channelId, replyTrace);
  // What is read is read before: a read that fails must not have it sent again.
  const isAfterOther = task.isPrefixed || task.isEdited || task.isAgain;
  const known = isAfterOther ? await delivery.read.counterpart(from) : null;
  const strays = await straysOf(delivery, from, known);
  const isById = !lead && !task.isWithoutCaption && isPlain(snapshot);
  const showing = isById ? await shownById(delivery, task) : shows;
  const sending = sendingOf(delivery, task, aim, lead);
  const markup = markupOf(snapshot.buttons);
  const answer = await attempt(delivery, aim, (extra) => sending({ ...extra, ...markup }));
  if (answer.failure) return await otherwise(delivery, task, snapshot, answer.failure);
  const there = delivery.placeThere(answer.result.message_id);
  const isReferring = snapshot.reference !== undefined && prefix !== undefined;
  const { answerTo } = task;
  const shown: Shows = {
    ...showsAnswering(showing, { here: from, answerTo, known }),
    ...(isReferring ? { isReferring } : {}),
  };
  const link: Link = { here: from, there, shows: shown, ...withEarlier(delivery, known) };
  // What an earlier message has become is no news.
  const arrived = task.isEdited
    ? linked([link], aim.memberships)
    : delivered(delivery, [link], aim.memberships, replyId);
  const settled = andUnlinked(arrived, strays);
  const answered = aim.answer?.message_id;
  return inDoubt(delivery, {
    copy: answer.result,
    here: from,
    answered: answered === aim.plain?.message_id ? undefined : answered,
    buttons: snapshot.buttons,
    done: isReferenceKept ? toldOfReference(delivery, settled, from) : settled,
  });
}

/**
 * Kinds of which Telegram may refuse to let any copy be made, and how else it may say so: of a story,
 * as if its receiver were no more.
 */
const UNCERTAIN: ReadonlyMap<ContentKind, Verdict["kind"][]> = new Map([
  ["story", ["refused", "no message", "gone"]],
  ["checklist", ["refused", "no message"]],
  ["game", ["refused", "no message"]],
  ["unknown", ["refused", "no message"]],
]);

/** In which other form a message goes that cannot go as it is. */
async function otherwise(
  delivery: Delivery,
  task: RelayTask,
  snapshot: Snapshot,
  failure: Failure,
): Promise<Outcome> {
  const { kind } = classify(failure);
  const { words, buttons } = snapshot;
  if (kind === "too long" && words) return inParts(task, words, snapshot);
  if (buttons && isOfButtons(failure)) return withLinks(task, snapshot, buttons);
  const content = task.shows.kind;
  if (UNCERTAIN.get(content)?.includes(kind)) {
    return undeliverable(delivery, { because: "kind", content }, failure.description);
  }
  return await failed(delivery, failure);
}

/** Buttons that Telegram does not take become links below the words, or after the message. */
function withLinks(
  task: RelayTask,
  { buttons: _buttons, ...snapshot }: Snapshot,
  buttons: LinkButtons,
): Outcome {
  const words = linkedBelow(snapshot.words, buttons);
  if (task.shows.kind === "dice" || !hasRoomForPrefix(task, { words }, 0)) {
    return thenLinks(task, buttons);
  }
  const shown: Snapshot = { ...snapshot, words, isFilled: true };
  return instead([{ ...task, private: { ...task.private, snapshot: shown } }]);
}

/** Whether a prefix fits into the text or caption of the same message. */
function hasRoomForPrefix(
  { shows, isWithoutCaption }: RelayTask,
  snapshot: Snapshot,
  prefixLength: number,
): boolean {
  const length = prefixLength + (snapshot.words?.text.length ?? 0);
  if (shows.kind === "text") return length <= MAX_TEXT;
  if (shows.kind === "dice") return true;
  return isWorded(shows.kind) && !isWithoutCaption && length <= MAX_CAPTION;
}

/** The call that shows the message, with the prefix before its words if there is one. */
function sendingOf(
  delivery: Delivery,
  task: RelayTask,
  { chatId }: Aim,
  prefix: Formatted | undefined,
): Sending {
  const { api } = delivery;
  const { from, shows, isWithoutCaption } = task;
  const { words = plain(""), ...snapshot } = task.private?.snapshot ?? {};
  const { location, rolled, question } = snapshot;
  if (rolled) {
    const value = plain(`${rolled.emoji} ${rolled.value}`);
    return (extra) => sendWords(delivery, prefix ? joined(prefix, value) : value, undefined, extra);
  }
  if (location?.live_period !== undefined) {
    const { latitude, longitude, ...rest } = liveAgain(location);
    return (extra) => api.sendLocation(chatId, latitude, longitude, { ...rest, ...extra });
  }
  if (question && shows.kind === "poll") {
    const options = question.options.map(({ text, entities }) => ({
      text,
      text_entities: entities,
    }));
    return (extra) =>
      api.sendPoll(chatId, question.question.text, options, {
        question_entities: question.question.entities,
        allows_multiple_answers: question.allowsMultipleAnswers,
        is_anonymous: question.isAnonymous,
        ...extra,
      });
  }
  const { isFilled } = snapshot;
  const shown = prefix ? joined(prefix, words) : words;
  if ((prefix || isFilled) && shows.kind === "text") {
    const preview = linkPreviewOf({ ...snapshot, words }, shows);
    return (extra) => sendWords(delivery, shown, preview, extra);
  }
  const caption = isWithoutCaption ? plain("") : prefix || isFilled ? shown : undefined;
  return (extra) =>
    api.copyMessage(chatId, from.chatId, from.messageId, {
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
      ...(caption && snapshot.captionAbove ? { show_caption_above_media: true } : {}),
      ...extra,
    });
}

/** Whether nothing of a message is said in other words than its own. */
function isPlain({ isFilled, rolled, location, question }: Snapshot): boolean {
  return !isFilled && !rolled && !question && location?.live_period === undefined;
}

/** With what stands before them the words of a signed message are too long for it. */
function ledInParts(task: RelayTask, lead: Formatted): Outcome {
  const { snapshot = {} } = task.private ?? {};
  const { words = plain(""), origin: _origin, reference: _reference, ...rest } = snapshot;
  const linkPreview = linkPreviewOf(snapshot, task.shows);
  return inParts({ ...task, isPrefixed: true }, joined(lead, words), {
    ...rest,
    ...defined({ linkPreview }),
  });
}

/** First the prefix in a message of its own, then the message without it. */
function prefixed(task: RelayTask, { alone }: Prefix): Outcome {
  const { private: secret, ...rest } = task;
  const { origin: _origin, reference: _reference, ...snapshot } = secret?.snapshot ?? {};
  return instead([
    partOf(task, alone, { isFirst: false, linkPreview: { is_disabled: true } }),
    { ...rest, isPrefixed: true, private: { snapshot } },
  ]);
}

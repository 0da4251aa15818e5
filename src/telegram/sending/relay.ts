/** Relaying one message: a copy by ID wherever that carries it, a message of our own elsewhere. */
import { classify, type Failure, type Verdict } from "../classify.ts";
import { type LinkButtons, linkedBelow } from "../../message/buttons.ts";
import { type ContentKind, treatmentOf } from "../../message/content.ts";
import { type Formatted, joined, MAX_CAPTION, MAX_TEXT, plain } from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Link, Shows } from "../../message/link.ts";
import { liveAgain, type Origin, type Reference, type Snapshot } from "../../message/snapshot.ts";
import type { RelayTask } from "../../jobs/task.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { inDoubt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andUnlinked, delivered, instead, linked } from "./endings.ts";
import { mayBeNamed } from "./doubt.ts";
import { failed, undeliverable } from "./failures.ts";
import {
  type Extra,
  inParts,
  isOfButtons,
  markupOf,
  partOf,
  sendWords,
  strayOf,
  thenLinks,
  withEarlier,
} from "./parts.ts";
import {
  isKeptBack,
  linkPreviewOf,
  quotedInWords,
  referenceLine,
  toldOfReference,
} from "./reference.ts";

/** What stands before the words of a message that shows what an earlier one has become. */
const EDITED = plain("✏️ ");

/** What is said before a message: in front of its words where there is room, else on its own. */
export interface Prefix {
  inside: Formatted;
  alone: Formatted;
}

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
  if (prefix && !hasRoomForPrefix(task, snapshot, prefix.inside.text.length)) {
    return prefixed(task, prefix);
  }

  const { replyTrace } = task;
  const replyId = replyTrace === undefined
    ? undefined
    : await delivery.options.replies.idByTrace(delivery.desk.channelId, replyTrace);
  // What is read is read before: a read that fails must not have it sent again.
  const isAfterOther = task.isPrefixed || task.isEdited || task.isAgain;
  const known = isAfterOther ? await delivery.read.counterpart(from) : null;
  const isReferenceKept = !task.isEdited && await isKeptBack(delivery, snapshot.reference);
  const sending = sendingOf(delivery, task, aim, prefix?.inside);
  const markup = markupOf(snapshot.buttons);
  const answer = await attempt(delivery, aim, (extra) => sending({ ...extra, ...markup }));
  if (answer.failure) return await otherwise(delivery, task, snapshot, answer.failure);
  const there = delivery.placeThere(answer.result.message_id);
  const isReferring = snapshot.reference !== undefined && prefix !== undefined;
  const shown: Shows = isReferring ? { ...shows, isReferring } : shows;
  const link: Link = { here: from, there, shows: shown, ...withEarlier(delivery, known) };
  // What an earlier message has become is no news.
  const arrived = task.isEdited
    ? linked([link], aim.memberships)
    : delivered(delivery, [link], aim.memberships, replyId);
  const settled = andUnlinked(arrived, strayOf(delivery, from, known));
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

/** What is said before a message: what it is by now, where it comes from, what it answers. */
async function prefixOf(
  delivery: Delivery,
  { private: secret, isEdited, isPrefixed }: RelayTask,
): Promise<Prefix | Outcome | undefined> {
  if (isPrefixed) return undefined;
  const { origin, reference } = secret?.snapshot ?? {};
  const context = await contextPrefix(delivery, { ...defined({ origin, reference }) });
  if (!isEdited || (context && "kind" in context)) return context;
  const line = plain(say({ text: "edited" }, await delivery.language()));
  return context
    ? { inside: joined(EDITED, context.inside), alone: below(line, context.alone) }
    : { inside: EDITED, alone: line };
}

/** What is said of where a message comes from, and of what it answers elsewhere. */
export async function contextPrefix(
  delivery: Delivery,
  { origin, reference }: Pick<Snapshot, "origin" | "reference">,
): Promise<Prefix | Outcome | undefined> {
  const from = await originPrefix(delivery, origin);
  if (from && "kind" in from) return from;
  const answered = await referencePrefix(delivery, reference);
  if (!from || !answered || "kind" in answered) return answered ?? from;
  return {
    inside: joined(from.inside, answered.inside),
    alone: below(from.alone, answered.alone),
  };
}

/** What a message answers elsewhere. Of names holds what holds of origins. */
export async function referencePrefix(
  delivery: Delivery,
  reference: Reference | undefined,
): Promise<Prefix | Outcome | undefined> {
  if (!reference || await isKeptBack(delivery, reference)) return undefined;
  const named = await originPrefix(delivery, reference.origin);
  if (named && "kind" in named) return named;
  const line = referenceLine(
    reference,
    { isNamed: named !== undefined },
    await delivery.language(),
  );
  return line && { inside: joined(line, plain("\n")), alone: line };
}

function below(first: Formatted, second: Formatted): Formatted {
  return joined(first, joined(plain("\n"), second));
}

/**
 * "↪ name". To a customer nothing is said of what comes from the team, nor of whoever hides behind
 * their name, which may be of the team: customers do not learn who serves them.
 */
export async function originPrefix(
  delivery: Delivery,
  origin: Origin | undefined,
): Promise<Prefix | Outcome | undefined> {
  if (!origin) return undefined;
  const { userId, chatId } = origin;
  if (!delivery.isToTeam && userId !== undefined) {
    const isNamed = await mayBeNamed(delivery, userId);
    if (typeof isNamed !== "boolean") return isNamed;
    if (!isNamed) return undefined;
  } else if (!delivery.isToTeam) {
    const { channelId, groupId } = delivery.desk;
    if (chatId === undefined || chatId === channelId || chatId === groupId) return undefined;
  }
  const line = `↪ ${origin.name.replace(/\s+/g, " ").trim()}`;
  return { inside: plain(`${line}\n`), alone: plain(line) };
}

/** Whether a prefix fits into the text or caption of the same message. */
function hasRoomForPrefix(
  { shows, isWithoutCaption }: RelayTask,
  snapshot: Snapshot,
  prefixLength: number,
): boolean {
  const length = prefixLength + (snapshot.words?.text.length ?? 0);
  switch (shows.kind) {
    case "text":
      return length <= MAX_TEXT;
    case "dice":
      return true;
    case "photo":
    case "video":
    case "animation":
    case "audio":
    case "document":
    case "voice":
    case "live_photo":
      return !isWithoutCaption && length <= MAX_CAPTION;
    default:
      return false;
  }
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
    return (extra) => sendWords(delivery, shown, linkPreviewOf({ ...snapshot, words }), extra);
  }
  const caption = isWithoutCaption ? plain("") : prefix || isFilled ? shown : undefined;
  return (extra) =>
    api.copyMessage(chatId, from.chatId, from.messageId, {
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
      ...(caption && snapshot.captionAbove ? { show_caption_above_media: true } : {}),
      ...extra,
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

/** Relaying one message: a copy by ID wherever that carries it, a message of our own elsewhere. */
import type { ReplyParameters } from "grammy/types";
import { classify } from "../classify.ts";
import { treatmentOf } from "../../message/content.ts";
import {
  type Formatted,
  joined,
  MAX_CAPTION,
  MAX_TEXT,
  plain,
  split,
} from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Link, Place } from "../../message/link.ts";
import type { Origin, Quote, Snapshot } from "../../message/snapshot.ts";
import type { PartTask, RelayTask, Task } from "../../jobs/task.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import { inDoubt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { delivered, instead, linked } from "./endings.ts";
import { failed, unasked, undeliverable } from "./failures.ts";

/** What stands before the words of a message that shows what an earlier one has become. */
const EDITED = plain("✏️ ");

/** What is said before a message: in front of its words where there is room, else on its own. */
interface Prefix {
  inside: Formatted;
  alone: Formatted;
}

type Extra = { reply_parameters?: ReplyParameters };
type Sending = (extra: Extra) => Promise<{ message_id: number }>;

/** Shows a message on the other side. */
export async function relay(delivery: Delivery, task: RelayTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  const { from, shows, writer } = task;
  const snapshot = task.private?.snapshot ?? {};
  const aim = await takeAim(delivery, writer, {
    fromChatId: from.chatId,
    ...defined({ answerTo: task.answerTo, quote: snapshot.quote }),
  });
  if (isOutcome(aim)) return aim;
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
  const sending = sendingOf(delivery, task, aim, prefix?.inside);
  const answer = await attempt(delivery, aim, sending);
  if (answer.failure) {
    const isTooLong = classify(answer.failure).kind === "too long";
    if (isTooLong && snapshot.words) return inParts(task, snapshot.words, snapshot);
    return failed(delivery, answer.failure);
  }
  const there = delivery.placeThere(answer.result.message_id);
  const isAfterOther = task.isPrefixed || task.isEdited;
  const earlier = isAfterOther ? await withEarlier(delivery, from) : {};
  const link: Link = { here: from, there, shows, ...earlier };
  // What an earlier message has become is no news.
  const done = task.isEdited
    ? linked([link], aim.memberships)
    : await delivered(delivery, [link], aim.memberships, replyId);
  const answered = aim.answer?.message_id;
  return inDoubt(delivery, {
    copy: answer.result,
    here: from,
    answered: answered === aim.plain?.message_id ? undefined : answered,
    done,
  });
}

/** Shows one part of a long text. */
export async function sendPart(delivery: Delivery, task: PartTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  const { words, linkPreview, quote } = task.private;
  const aim = await takeAim(delivery, task.writer, {
    fromChatId: task.of.chatId,
    ...defined({ answerTo: task.answerTo, quote }),
  });
  if (isOutcome(aim)) return aim;
  const answer = await attempt(
    delivery,
    aim,
    (extra) => sendWords(delivery, words, linkPreview, extra),
  );
  if (answer.failure) return failed(delivery, answer.failure);
  const there = delivery.placeThere(answer.result.message_id);
  const { of: here, shows } = task;
  if (task.isFirst) {
    const link: Link = { here, there, shows, ...await withEarlier(delivery, here) };
    return await delivered(delivery, [link], aim.memberships);
  }
  const known = await delivery.read.counterpart(here);
  const also = [...known?.also ?? [], there.messageId];
  return linked([
    { here, there, isPart: true },
    // What comes before its message stands for it until then.
    known?.there.chatId === there.chatId
      ? { here, there: known.there, also, ...defined({ shows: known.shows }) }
      : { here, there, shows },
  ], aim.memberships);
}

/** What is there of a message already belongs to it: the line before it, or what it was. */
async function withEarlier(delivery: Delivery, here: Place): Promise<{ also?: number[] }> {
  const known = await delivery.read.counterpart(here);
  if (known?.there.chatId !== delivery.chatId) return {};
  return { also: [...known.also ?? [], known.there.messageId] };
}

/** The mark of an edited message, or where a forwarded one comes from. */
async function prefixOf(
  delivery: Delivery,
  { private: secret, isEdited, isPrefixed }: RelayTask,
): Promise<Prefix | Outcome | undefined> {
  if (isPrefixed) return undefined;
  if (isEdited) {
    return {
      inside: EDITED,
      alone: plain(say({ text: "edited" }, await delivery.language())),
    };
  }
  return await originPrefix(delivery, secret?.snapshot?.origin);
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
    const member = await delivery.options.desk.team.ask(userId, delivery.read);
    if (member.failure) return unasked(delivery, member.failure);
    if (member.isTeam) return undefined;
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
    const { latitude, longitude, ...rest } = location;
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
    return (extra) => sendWords(delivery, shown, snapshot.linkPreview, extra);
  }
  const caption = isWithoutCaption ? plain("") : prefix || isFilled ? shown : undefined;
  return (extra) =>
    api.copyMessage(chatId, from.chatId, from.messageId, {
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
      ...(caption && snapshot.captionAbove ? { show_caption_above_media: true } : {}),
      ...extra,
    });
}

function sendWords(
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

/** First the prefix in a message of its own, then the message without it. */
function prefixed(task: RelayTask, { alone }: Prefix): Outcome {
  const { private: secret, ...rest } = task;
  const { origin: _origin, ...snapshot } = secret?.snapshot ?? {};
  return instead([
    partOf(task, alone, { isFirst: false }),
    { ...rest, isPrefixed: true, private: { snapshot } },
  ]);
}

/** A text too long for one message: in parts; a caption too long: after its media. */
function inParts(
  task: RelayTask,
  words: Formatted,
  { linkPreview, quote, ...snapshot }: Snapshot,
): Outcome {
  const isCaption = task.shows.kind !== "text";
  const { words: _words, ...rest } = snapshot;
  const quoting = quote ? { quote } : {};
  const whole: RelayTask = { ...task, shows: { ...task.shows, isInParts: true } };
  const media: Task[] = isCaption
    ? [{ ...whole, isWithoutCaption: true, private: { snapshot: { ...rest, ...quoting } } }]
    : [];
  const parts = split(words, MAX_TEXT).map((part, index) =>
    partOf(whole, part, {
      isFirst: !isCaption && index === 0,
      ...(isCaption || index > 0 ? { answerTo: task.from.messageId } : quoting),
      ...defined({ linkPreview }),
    })
  );
  return instead([...media, ...parts]);
}

/** A part of what a task carries; it answers what the task answers, unless told otherwise. */
export function partOf(
  task: { from: PartTask["of"] } & Pick<RelayTask, "shows" | "writer" | "answerTo">,
  words: Formatted,
  { isFirst, answerTo = task.answerTo, linkPreview, quote }: {
    isFirst: boolean;
    answerTo?: number;
    linkPreview?: NonNullable<Snapshot["linkPreview"]>;
    quote?: Quote;
  },
): PartTask {
  return {
    kind: "part",
    of: task.from,
    shows: task.shows,
    writer: task.writer,
    isFirst,
    ...defined({ answerTo }),
    private: { words, ...defined({ linkPreview, quote }) },
  };
}

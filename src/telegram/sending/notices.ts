/** What the bot says in its own name, to the thread, to a customer, or to an agent in private. */
import type { InlineKeyboardMarkup, Message, MessageEntity } from "grammy/types";
import type { Change } from "../../jobs/change.ts";
import { classify, type Failure, isOfToken } from "../classify.ts";
import type { Language } from "../../words/language.ts";
import { type Formatted, MAX_TEXT, plain, split } from "../../words/formatted.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { BACK_NAMES, fillIn } from "../../message/placeholders.ts";
import { isWarningOwed, onWarned } from "../../decisions/alarm.ts";
import { isOn, isOwnText } from "../../settings/settings.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { Membership } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import type { Answer } from "../api.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import type { Delivery } from "./delivery.ts";
import { askedAgain, teamInPrivate } from "./doubt.ts";
import { andInstead, instead, withChange } from "./endings.ts";
import { menuOf, onMissed } from "./menu.ts";
import { failed, unasked, UNWRITTEN } from "./failures.ts";
import { commandsAnywhere } from "./ranks.ts";
import { keyboardOf, keyboardsOf } from "./notice_keyboard.ts";

/** Says something. */
export async function sendNotice(delivery: Delivery, task: NoticeTask): Promise<Outcome> {
  const { api, customerId, read } = delivery;
  const aim: Aim | Outcome = task.chatId === undefined
    ? await takeAim(delivery, { kind: "desk", name: "" }, { fromChatId: delivery.chatId })
    : aimAtChat(delivery, task.chatId, task.rootId);
  if (isOutcome(aim)) return aim;
  const heard = task.ifOfTeam ? await delivery.served.team.ask(task.ifOfTeam.userId, read) : null;
  if (heard?.failure) return unasked(delivery, heard.failure);
  if (heard?.doubt) {
    const again = askedAgain(delivery);
    if (again) return again;
  }
  delivery.isWriterClear = heard !== null && !heard.doubt;
  if (heard && !heard.isTeam) return { kind: "sent", decide: () => ({ asked: heard.learned }) };
  const meant = await meantBy(delivery, task);
  if ("kind" in meant) return meant;
  const { notice, learned } = meant;
  const language = task.private?.wording.language ?? await delivery.language();
  const words = await wordsOfNotice(delivery, notice, language);
  const menu = notice.text === "welcome" ? await menuOf(delivery) : undefined;
  const plainKeyboard = menu ? menu.keyboard : keyboardOf(notice, customerId, language);
  const keyboard = plainKeyboard && delivery.keyboardIn(aim.chatId, plainKeyboard);
  const { entities } = words;
  const replaces = isInItsChat(task, aim) ? task.replaces : undefined;
  const formatting = defined({ entities: entities.length > 0 ? entities : undefined });
  const answer = await asPlainAsNeeded(
    keyboardsOf(keyboard).map((reply_markup) => ({ ...formatting, ...defined({ reply_markup }) })),
    (extra): Promise<Answer<Message | true>> =>
      replaces === undefined
        ? attempt(
          delivery,
          answeringAim(aim, task),
          (answering) => api.sendMessage(aim.chatId, words.text, { ...extra, ...answering }),
        )
        : delivery.call(() => api.editMessageText(aim.chatId, replaces, words.text, extra)),
  );
  if (answer.failure) return await unsaid(delivery, task, answer.failure);
  const asked = [...learned, ...heard?.learned ?? []];
  const { result } = answer;
  const sentId = typeof result === "object" ? result.message_id : undefined;
  const confirmations = confirmationOf(delivery, task, aim.chatId, replaces ?? sentId);
  const decide = () => ({ asked, ...defined({ confirmations }) });
  const said = andWarned(delivery, task, { kind: "sent", decide }, sentId);
  if (!menu || menu.missed.length === 0) return said;
  return withChange(said, (read) => onMissed(read, delivery, menu.missed));
}

/** Which message confirms what was asked for, if it is to be found again. */
function confirmationOf(
  { customerId }: Delivery,
  { confirms }: NoticeTask,
  chatId: number,
  messageId: number | undefined,
): Change["confirmations"] {
  if (!confirms || messageId === undefined) return undefined;
  const command = { chatId, messageId: confirms.messageId };
  return [{ customerId, command, confirmation: { ...confirms, messageId } }];
}

/** The same outcome; once a customer is warned, or cannot be, it is counted from then. */
function andWarned(
  { customerId, options: { now } }: Delivery,
  { notice }: NoticeTask,
  outcome: Outcome,
  warningId?: number,
): Outcome {
  const isOver = outcome.kind === "sent" || outcome.kind === "drop";
  if (notice.text !== "silence-warning" || !isOver) return outcome;
  const { sinceMs } = notice;
  const warned = { sinceMs, nowMs: now(), ...defined({ warningId }) };
  return withChange(outcome, (read) => onWarned(read, customerId, warned));
}

/** How it ends that something could not be said: in private, to one who cannot be told, it ends there. */
async function unsaid(
  delivery: Delivery,
  task: NoticeTask,
  failure: Failure,
): Promise<Outcome> {
  if (failure === UNWRITTEN) return await failed(delivery, failure);
  const { kind } = classify(failure);
  const { replaces, chatId, otherwise } = task;
  // What takes no edit, in whatever words, may take a message.
  const isUneditable = kind === "no message" || kind === "uneditable" || kind === "refused" ||
    (kind === "trouble" && !isOfToken(failure));
  if (replaces !== undefined && isUneditable) {
    const { replaces: _gone, ...again } = task;
    return instead([again]);
  }
  // An agent who never wrote to the bot, or blocked it, cannot be told; nobody waits for it.
  const isUnreachable = kind !== "pause" && kind !== "passing" && !delivery.isAtDesk &&
    !isOfToken(failure);
  if (otherwise !== undefined && isUnreachable) {
    const { otherwise: _private, ...rest } = task;
    return instead([{ ...rest, chatId: otherwise }]);
  }
  if (task.orAlert && isUnreachable) return instead([task.orAlert]);
  const isAnswerGone = chatId !== undefined && kind === "no answered message";
  const ends = isAnswerGone ||
    (isUnreachable && (chatId !== undefined || await isAnswerToNoCustomer(delivery)));
  if (!ends) return andWarned(delivery, task, await failed(delivery, failure));
  if (!isAnswerGone) delivery.options.log.warn("not told", { reason: failure.description });
  return { kind: "sent" };
}

/**
 * Whether it answers somebody who has no conversation here: nobody learns when they are back, and who
 * still wants to know asks again.
 */
async function isAnswerToNoCustomer({ isToTeam, read, customerId }: Delivery): Promise<boolean> {
  return !isToTeam && await read.conversation(customerId) === null;
}

/** What may go with a notice's words. */
interface NoticeExtra {
  entities?: MessageEntity[];
  reply_markup?: InlineKeyboardMarkup;
}

/**
 * Says it; if Telegram will not take it so, with what it may take; at last in bare words: they tell
 * whether it takes any.
 */
async function asPlainAsNeeded(
  extras: NoticeExtra[],
  send: (extra: NoticeExtra) => Promise<Answer<Message | true>>,
): Promise<Answer<Message | true>> {
  let answer: Answer<Message | true> | undefined;
  for (const extra of [...extras, {}]) {
    answer = await send(extra);
    if (!answer.failure || isOfToken(answer.failure)) break;
    const { kind } = classify(answer.failure);
    if (kind !== "refused" && kind !== "trouble") break;
  }
  return answer!;
}

/** Whether it is said in the chat of what it answers or replaces: elsewhere that is another message. */
function isInItsChat({ answerIn }: NoticeTask, { chatId }: Aim): boolean {
  return answerIn === undefined || answerIn === chatId;
}

/** Where it is said by itself: in a chat, or in a thread there. */
function aimAtChat(delivery: Delivery, chatId: number, rootId: number | undefined): Aim {
  delivery.rootId = rootId;
  const plain = rootId === undefined ? undefined : { message_id: rootId };
  return { chatId, memberships: [], ...defined({ plain }) };
}

/** As an answer; in private or outside of threads one that has lost its question helps nobody. */
function answeringAim(aim: Aim, task: NoticeTask): Aim {
  const { answerTo, chatId, rootId } = task;
  if (answerTo === undefined || !isInItsChat(task, aim)) return aim;
  const answer = { message_id: answerTo };
  const isAlone = chatId !== undefined && rootId === undefined;
  return { ...aim, answer, ...(isAlone ? { plain: answer } : {}) };
}

/** What is said in the end: it may depend on who asks, and on what the desk has decided. */
async function meantBy(
  delivery: Delivery,
  { notice, chatId, orAlert }: NoticeTask,
): Promise<{ notice: Notice; learned: Membership[] } | Outcome> {
  const { read, customerId, options } = delivery;
  if (notice.text === "panel" && !isOn(await read.settings(), "panel")) {
    const { source } = notice;
    if (source === undefined) return { kind: "sent" };
    return { notice: { text: "source", source }, learned: [] };
  }
  if (notice.text === "silence-warning") {
    const isOwed = isWarningOwed(await read.conversation(customerId), notice.sinceMs);
    return isOwed ? { notice, learned: [] } : { kind: "sent" };
  }
  if (notice.text === "late") {
    const { waiting } = await read.conversation(customerId) ?? {};
    // They have an answer by now.
    if (waiting?.messageId !== notice.waitingMessageId) return { kind: "sent" };
  }
  if (isOfCustomer(notice) && chatId !== undefined) {
    const member = await delivery.served.team.ask(chatId, read);
    if (member.failure) return unasked(delivery, member.failure);
    const { isTeam, learned } = member;
    if (isTeam) return { notice, learned };
    // Who has left the team is told of no customer any more.
    const asked: Outcome = { kind: "sent", decide: () => ({ asked: learned }) };
    return orAlert ? andInstead(asked, [orAlert]) : asked;
  }
  if (notice.text !== "welcome" && notice.text !== "help") return { notice, learned: [] };
  const conversation = await read.conversation(customerId);
  // Until the card is posted, who writes may still turn out to be of the team.
  if (notice.text === "welcome" && conversation?.card) return { notice, learned: [] };
  const member = await teamInPrivate(delivery, customerId);
  if (member.failure) return unasked(delivery, member.failure);
  const { learned } = member;
  if (!member.isTeam) return { notice, learned };
  options.later(options.menus.keepForAgent(customerId));
  if (notice.text === "welcome") {
    if (notice.isForCustomersOnly) return { kind: "sent" };
    return { notice: { text: "team-in-private" }, learned };
  }
  const agent = { kind: "person", userId: customerId, name: "" } as const;
  const commands = await commandsAnywhere(delivery, agent, "private");
  if (commands.failure) return unasked(delivery, commands.failure);
  return { notice: { text: "team-help", where: "private", commands: commands.result }, learned };
}

/** What an agent is told in private of a customer. */
function isOfCustomer({ text }: Notice): boolean {
  return text === "waits" || text === "late" || text === "dealt";
}

/** The desk's own words, if it has any for this; else the program's. */
async function wordsOfNotice(
  delivery: Delivery,
  notice: Notice,
  language: Language,
): Promise<Formatted> {
  if (notice.text === "reply-rename-how") return withCommand(notice, language);
  const own = isOwnText(notice.text) ? await delivery.read.ownText(notice.text) : null;
  if (!own) return plain(say(notice, language));
  const fill = await delivery.filler();
  const { title } = delivery.desk;
  const back = notice.text === "away" ? notice.back : undefined;
  const moment = back ? say({ text: "moment", moment: back }, language) : "";
  const filled = fill(
    notice.text === "away" ? fillIn(own, () => moment, BACK_NAMES) : own,
    title,
  );
  // A long text may have become too long by what was filled in.
  return split(filled, MAX_TEXT)[0] ?? plain(say(notice, language));
}

/** A command to be copied by a touch, and changed. */
function withCommand(
  notice: Extract<Notice, { text: "reply-rename-how" }>,
  language: Language,
): Formatted {
  const command = `/renamereply ${notice.title}\n${notice.title}`;
  const text = `${say(notice, language)}\n\n${command}`;
  const offset = text.length - command.length;
  return { text, entities: [{ type: "pre", offset, length: command.length }] };
}

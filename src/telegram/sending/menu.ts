/** The menu under the welcome: its buttons as they are by now, and what they send. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { menuKeyboard } from "../../buttons/menu.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Change } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { MenuTask } from "../../jobs/task.ts";
import type { MenuEntry } from "../../settings/menu.ts";
import type { ReplyContent } from "../../replies/reply.ts";
import { defined } from "../../values/defined.ts";
import { deskOfChannel } from "../../desk/names.ts";
import { classify, isOfToken } from "../classify.ts";
import { sendContent } from "../reply_content.ts";
import { attempt, isOutcome, takeAim } from "./aim.ts";
import { contentFilled, contentInParts, markIfBroken } from "./asked.ts";
import type { Delivery } from "./delivery.ts";
import { instead } from "./endings.ts";
import { failed } from "./failures.ts";

/** A menu as it can be shown, and what of it cannot. */
export interface ShownMenu {
  keyboard?: InlineKeyboardMarkup;
  entries: MenuEntry[];
  /** Lead to canned replies that are no more, which nobody was told. */
  missed: MenuEntry[];
}

/** The menu of the desk as it can be shown. */
export async function menuOf(
  { desk, read, options: { replies, desks } }: Delivery,
): Promise<ShownMenu> {
  const { menu = [] } = await read.settings();
  const ids = menu.flatMap((entry) => "replyId" in entry ? [entry.replyId] : []);
  const shelved = ids.length > 0 ? await replies.shelf.read(desk.channelId, ids) : [];
  const isThere = (id: string) => {
    const found = shelved[ids.indexOf(id)];
    return found !== null && found !== undefined && !found.reply.isBroken;
  };
  const entries = menu.filter((entry) =>
    "replyId" in entry ? isThere(entry.replyId) : deskOfChannel(desks.among, entry.deskId) !== null
  );
  const missed = menu.filter((entry) =>
    "replyId" in entry && !entry.isMissed && !isThere(entry.replyId)
  );
  return { entries, missed, ...defined({ keyboard: menuKeyboard(desk.channelId, entries) }) };
}

/** The administrators are told, once, what the menu leaves out. */
export async function onMissed(
  read: Reader,
  { desk }: Pick<Delivery, "desk">,
  missed: readonly MenuEntry[],
): Promise<Change> {
  const settings = await read.settings();
  const isMissed = (entry: MenuEntry) =>
    "replyId" in entry && !entry.isMissed &&
    missed.some((each) => "replyId" in each && each.replyId === entry.replyId);
  const { menu = [] } = settings;
  const labels = menu.filter(isMissed).map(({ label }) => label);
  if (labels.length === 0) return {};
  const { groupId, ownerId = groupId } = desk;
  const task: NoticeTask = {
    kind: "notice",
    notice: { text: "menu-missed", labels },
    chatId: ownerId,
    otherwise: groupId,
    isSealed: true,
  };
  return {
    settings: {
      ...settings,
      menu: menu.map((entry) => isMissed(entry) ? { ...entry, isMissed: true } : entry),
    },
    tasks: [{ lane: laneOf(desk, 0, "to-desk"), task }],
  };
}

/** Sends a customer what they chose in the menu. It is no answer of the team's: they wait as before. */
export async function sendMenuReply(delivery: Delivery, task: MenuTask): Promise<Outcome> {
  const { api, desk, read, customerId, options: { replies, log } } = delivery;
  const { deskId = desk.channelId } = task;
  const known = task.private?.content ??
    (await replies.shelf.get(deskId, task.replyId))?.content;
  if (!known) return { kind: "sent" };
  const aim = await takeAim(delivery, { kind: "desk", name: desk.title }, {
    fromChatId: delivery.chatId,
  });
  if (isOutcome(aim)) return aim;
  const isFilled = task.private?.isFilled === true;
  const content = isFilled ? known : await contentFilled(delivery, known, desk.title);
  const parts = contentInParts(content);
  if (parts) {
    return instead(parts.map((part: ReplyContent): MenuTask => ({
      ...task,
      private: { ...task.private, content: part, isFilled: true },
    })));
  }
  const answer = await attempt(
    delivery,
    aim,
    (extra) => sendContent(api, aim.chatId, content, extra),
  );
  if (!answer.failure) return { kind: "sent" };
  if (answer.failure.code === 400) await markIfBroken(delivery, task, content);
  const { kind } = classify(answer.failure);
  const isPassing = kind === "pause" || kind === "passing" || isOfToken(answer.failure);
  // Nobody learns when somebody is back who has no conversation: who wants to read it presses again.
  if (!isPassing && await read.conversation(customerId) === null) {
    log.warn("not told", { reason: answer.failure.description });
    return { kind: "sent" };
  }
  return await failed(delivery, answer.failure);
}

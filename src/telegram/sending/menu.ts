/** The menu under the welcome: its buttons as they are by now, and what they send. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { menuKeyboard } from "../../buttons/menu.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Change } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { MenuTask } from "../../jobs/task.ts";
import { keyOfEntry, type MenuEntry } from "../../settings/menu.ts";
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
  /** Lead to canned replies or desks that are no more, which nobody was told. */
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
  // Another instance may have opened a desk that is not known here.
  for (const entry of menu) if ("deskId" in entry) await desks.learn(entry.deskId);
  const entries = menu.filter((entry) =>
    "replyId" in entry ? isThere(entry.replyId) : deskOfChannel(desks.among, entry.deskId) !== null
  );
  const isGone = (entry: MenuEntry) =>
    "replyId" in entry ? !isThere(entry.replyId) : !desks.serves(entry);
  const missed = menu.filter((entry) => !entry.isMissed && isGone(entry));
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
    !entry.isMissed && missed.some((each) => keyOfEntry(each) === keyOfEntry(entry));
  const { menu = [] } = settings;
  const those = menu.filter(isMissed);
  if (those.length === 0) return {};
  const labelsOf = (of: "replyId" | "deskId") =>
    those.filter((entry) => of in entry).map(({ label }) => label);
  const { groupId, ownerId = groupId } = desk;
  const task: NoticeTask = {
    kind: "notice",
    notice: {
      text: "menu-missed",
      labels: labelsOf("replyId"),
      ofDesks: labelsOf("deskId"),
    },
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

/** The menu: set by administrators, and pressed by customers. */
import { type MenuAction, menuKeyboard } from "../../buttons/menu.ts";
import {
  isMootPress,
  isServedElsewhere,
  type MenuPress,
  onDeskChosen,
  onMenuReply,
} from "../../decisions/visit.ts";
import { deskMeantBy } from "../../desk/meant.ts";
import { deskOfChannel } from "../../desk/names.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import { idOf } from "../../replies/reply.ts";
import type { Replies } from "../../replies/replies.ts";
import {
  keyOfEntry,
  type MenuEntry,
  type MenuProblem,
  toldApart,
  type WrittenEntry,
} from "../../settings/menu.ts";
import type { Notice } from "../../texts/notice.ts";
import { defined } from "../../values/defined.ts";
import { excerpt } from "../../words/excerpt.ts";
import { bareWords } from "../../words/typed.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "../sending/delivery.ts";
import { menuOf } from "../sending/menu.ts";

/** Looks up what a written menu leads to, or says what of it there is not. */
export async function menuMeant(
  { desk, options: { desks: { among } } }: Delivery,
  written: readonly WrittenEntry[],
  { shelf }: Pick<Replies, "shelf">,
): Promise<
  { menu: MenuEntry[]; problem?: undefined } | { menu?: undefined; problem: MenuProblem }
> {
  const menu: MenuEntry[] = [];
  for (const { whole, leads } of written) {
    const entry = await replyCalled(whole, desk.channelId, shelf);
    if (entry) {
      menu.push(entry);
      continue;
    }
    const led = leads && deskMeantBy(among, leads.desk);
    if (leads && led) {
      menu.push({ label: leads.label, deskId: led.channelId });
      continue;
    }
    if (leads) return { problem: { because: "no desk", name: excerpt(leads.desk) } };
    return { problem: { because: "no reply", title: excerpt(whole) } };
  }
  return { menu: toldApart(menu) };
}

async function replyCalled(
  title: string,
  deskId: number,
  shelf: Replies["shelf"],
): Promise<MenuEntry | undefined> {
  for (const id of [idOf(title), idOf(bareWords(title))]) {
    const reply = await shelf.get(deskId, id);
    if (reply) return { label: reply.title, replyId: id };
  }
  return undefined;
}

/** What a press is answered with, and what follows. */
export interface MenuAnswer {
  told?: Notice;
  isAlert?: true;
  outcome: Outcome;
}

/** A button of the menu was pressed. One that is there no more shows those that are. */
export async function pressMenu(
  delivery: Delivery,
  { at, by, isServed, staysAt, private: { asking, wording } }: PressTask,
  { target }: MenuAction,
): Promise<MenuAnswer> {
  const { api, desk, read, options: { now, desks: { among } } } = delivery;
  const { entries } = await menuOf(delivery);
  const entry = entries.find((each) => keyOfEntry(each) === keyOfEntry(target));
  if (!entry) {
    const keyboard = delivery.keyboardIn(
      at.chatId,
      menuKeyboard(desk.channelId, entries) ?? { inline_keyboard: [] },
    );
    // Buttons that show the same already are as they should be.
    await answerOf(
      api.editMessageReplyMarkup(at.chatId, at.messageId, { reply_markup: keyboard }),
    );
    return { told: { text: "menu-gone" }, isAlert: true, outcome: { kind: "sent" } };
  }
  const customer = asking ?? { id: by.userId, firstName: by.name };
  const press: MenuPress = {
    desk,
    desks: among,
    customer,
    entry,
    nowMs: now(),
    wording,
    ...defined({ isServed, staysAt }),
  };
  const moot = await isMootPress(read, press);
  if (moot === "banned") return { outcome: { kind: "sent" } };
  if (moot) return { told: { text: "menu-repeated" }, outcome: { kind: "sent" } };
  if ("replyId" in entry) {
    return { outcome: { kind: "sent", decide: (read) => onMenuReply(read, { ...press, entry }) } };
  }
  const to = deskOfChannel(among, entry.deskId);
  if (!to) return { outcome: { kind: "sent" } };
  const told = await isServedElsewhere(read, { ...press, entry }, to)
    ? { text: "menu-served" } as const
    : { text: "menu-chosen", label: entry.label } as const;
  return {
    told,
    outcome: { kind: "sent", decide: (read) => onDeskChosen(read, { ...press, entry }, to) },
  };
}

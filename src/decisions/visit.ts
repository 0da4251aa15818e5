/** What follows when somebody reads what the menu offers: no card, and the thread is told if there is one. */
import {
  backHere,
  type Conversation,
  type Customer,
  hasSameName,
} from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import { type Served, servedAt } from "../conversation/served.ts";
import { isPressedLately, type Visit, withPress, withRead } from "../conversation/visit.ts";
import type { DeskAmong } from "../desk/among.ts";
import type { Desk } from "../desk/desk.ts";
import { deskOfChannel } from "../desk/names.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { keyOfEntry, type MenuEntry, type MenuTarget } from "../settings/menu.ts";
import type { Notice } from "../texts/notice.ts";
import { defined } from "../values/defined.ts";
import type { Wording } from "../words/language.ts";
import { isBannedAt } from "./ban.ts";
import { deskHaving } from "./routing.ts";

/** Whoever only opens the chat of a desk with a menu is welcomed by it; nobody else has to know. */
export async function onVisit(
  read: Reader,
  customer: Customer,
  { source, nowMs }: { source: string | undefined; nowMs: number },
): Promise<Change> {
  const known = await read.visit(customer.id);
  if (source === undefined || source === known?.source) return {};
  const visit: Visit = { ...known ?? { sinceMs: nowMs }, source };
  return { visits: [{ customerId: customer.id, visit }] };
}

/** Who presses which button of the menu, where and when. */
export interface MenuPress {
  /** Whose menu it is. */
  desk: Desk;
  /** All of the bot's desks that are known. */
  desks: readonly DeskAmong[];
  customer: Customer;
  entry: MenuEntry;
  nowMs: number;
  /** Who presses is answered so. */
  wording: Wording;
  /** The desk that was chosen has served them since the press was accepted. */
  isServed?: true;
  /** The desk, by its channel's ID, at which they stayed when the press was accepted. */
  staysAt?: number;
}

/** Who serves whoever presses, and what is known of them there. */
interface Serving {
  served: Served | null;
  deskId: number;
  read: Reader;
  known: Conversation | null;
  visit: Visit | null;
}

/** The desk that serves them; without one, the one that has banned them, or whose menu it is. */
async function servingOf(read: Reader, press: MenuPress): Promise<Serving> {
  const { desk, desks, customer } = press;
  const served = await read.servedBy(customer.id);
  const deskId = await servingNow(read, press, served) ??
    (desks.length > 1 ? await deskHaving(customer.id, desks, read) : null)?.desk.channelId ??
    desk.channelId;
  const there = read.at(deskId);
  const [known, visit] = await Promise.all([
    there.conversation(customer.id),
    there.visit(customer.id),
  ]);
  return { served, deskId, read: there, known, visit };
}

/** The desk that is written down to serve them, wherever it is by now; `null`: there is none. */
async function servingNow(
  read: Reader,
  { desks, customer }: MenuPress,
  served: Served | null,
): Promise<number | null> {
  if (served === null) return null;
  const { deskId } = served;
  const known = deskOfChannel(desks, deskId);
  if (known) return known.channelId;
  // Another instance may have opened it. One that is no more has closed its conversations.
  const there = await read.at(deskId).conversation(customer.id);
  return there?.status === "open" ? deskId : null;
}

/** Whether a press does nothing: the same button was pressed a moment ago, or they are banned. */
export async function isMootPress(
  read: Reader,
  press: MenuPress,
): Promise<"banned" | "repeated" | false> {
  const { customer, entry, nowMs } = press;
  const { read: there, visit } = await servingOf(read, press);
  if (await isBannedAt(there, customer.id)) return "banned";
  return visit !== null && isPressedLately(visit, keyOfEntry(entry), nowMs) && "repeated";
}

/** A canned reply is sent for the asking; the thread is told in one line, or once there is one. */
export async function onMenuReply(
  read: Reader,
  press: MenuPress & { entry: { replyId: string } },
): Promise<Change> {
  if (await isMootPress(read, press)) return {};
  const { desk, customer, entry, nowMs } = press;
  const { label, replyId } = entry;
  const { id: customerId } = customer;
  const { deskId, known, visit } = await servingOf(read, press);
  const pressed = withPress(visit ?? { sinceMs: nowMs }, keyOfEntry(entry), nowMs);
  const tasks: NewTask[] = [{
    lane: laneOf({ channelId: deskId }, customerId, "to-customer"),
    task: {
      kind: "menu",
      replyId,
      ...defined({ deskId: deskId === desk.channelId ? undefined : desk.channelId }),
      private: defined({ asking: known ? undefined : customer }),
    },
  }];
  if (known) tasks.push(telling(deskId, known, { text: "did-read", labels: [label] }));
  return {
    ...visitAt(deskId, customerId, known ? pressed : withRead(pressed, label)),
    tasks,
  };
}

/** Where a desk that was chosen leads: there, by a change, or nowhere from the desk that serves them. */
export type DeskAsked = { moved: Change; staysAt?: undefined } | {
  moved?: undefined;
  staysAt: number;
};

/**
 * Who chooses a desk in the menu is served by that desk from when the press is accepted: what they
 * write right behind it goes there. Or they stay where they are, as the answer to the press says,
 * however late that is: by then they may have chosen yet another. `null`: no desk is chosen.
 */
export async function onDeskAsked(
  read: Reader,
  press: Omit<MenuPress, "entry" | "isServed" | "staysAt">,
  target: MenuTarget,
): Promise<DeskAsked | null> {
  const to = "deskId" in target ? deskOfChannel(press.desks, target.deskId) : null;
  if (!to) return null;
  const { menu = [] } = await read.settings();
  const entry = menu.find((each) => keyOfEntry(each) === keyOfEntry(target));
  if (!entry) return null;
  const isMoot = await isMootPress(read, { ...press, entry });
  const serving = await servingOf(read, { ...press, entry });
  if (isMoot || serving.known?.status === "open") return { staysAt: serving.deskId };
  const visit = serving.visit ?? { sinceMs: press.nowMs };
  const { channelId } = to;
  const { customer } = press;
  return { moved: await movedTo(read.at(channelId), channelId, customer, { ...serving, visit }) };
}

/**
 * Another desk serves somebody, and what they have read and are called goes with them. A conversation
 * that had gone on elsewhere from there goes on there.
 */
async function movedTo(
  there: Reader,
  chosenId: number,
  customer: Customer,
  { served, deskId, known, visit }: Omit<Serving, "read" | "visit"> & { visit: Visit },
): Promise<Change> {
  const { id: customerId } = customer;
  const left = deskId === chosenId ? [] : [
    { deskId, change: { visits: [{ customerId, visit: null }] } },
  ];
  const chosen = await there.conversation(customerId);
  const isChanged = chosen &&
    (chosen.movedTo !== undefined || !hasSameName(chosen.customer, customer));
  const leftId = known ? deskId : undefined;
  return {
    servedBy: [{ customerId, ...servedAt(served, chosenId, leftId) }],
    elsewhere: [
      ...left,
      {
        deskId: chosenId,
        change: {
          visits: [{ customerId, visit }],
          ...(isChanged ? { conversations: [{ ...backHere(chosen), customer }] } : {}),
        },
      },
    ],
  };
}

/** Another desk is chosen, unless they stay where they are. */
export async function onDeskChosen(
  read: Reader,
  press: MenuPress & { entry: { deskId: number } },
  to: DeskAmong,
): Promise<Change> {
  if (await isMootPress(read, press)) return {};
  const { customer, entry, nowMs, wording } = press;
  const { id: customerId } = customer;
  const serving = await servingOf(read, press);
  const { deskId, known, visit } = serving;
  const pressed = withPress(visit ?? { sinceMs: nowMs }, keyOfEntry(entry), nowMs);
  const chosenId = to.desk.channelId;
  // They have gone on to another desk since, and stay there.
  if (press.isServed && deskId !== chosenId) return visitAt(deskId, customerId, pressed);
  if (isStaying(serving, press, chosenId)) {
    const notice: Notice = { text: "did-choose-desk", desk: to.name };
    // Who has written there since they chose it is told nothing of it, nor is a desk where nothing is
    // open, and where they came only since.
    const isTold = known && deskId !== chosenId &&
      (known.status === "open" || press.staysAt === deskId);
    return {
      ...visitAt(deskId, customerId, pressed),
      tasks: isTold ? [telling(deskId, known, notice)] : [],
    };
  }
  const there = read.at(chosenId);
  const knownThere = await there.conversation(customerId);
  const isKnownThere = knownThere !== null;
  // What they were called when they pressed may be long ago.
  const called = known?.customer ?? knownThere?.customer ?? customer;
  return {
    ...await movedTo(there, chosenId, called, { ...serving, visit: pressed }),
    tasks: [{
      lane: laneOf(to.desk, customerId, "to-customer"),
      task: {
        kind: "notice",
        notice: { text: "welcome", isForCustomersOnly: true },
        private: { wording, ...defined({ asking: isKnownThere ? undefined : customer }) },
      },
    }],
  };
}

/** Whether who chooses a desk stays where they are: something is open there, or was when they chose. */
function isStaying(
  { deskId, known }: Pick<Serving, "deskId" | "known">,
  { staysAt }: Pick<MenuPress, "staysAt">,
  chosenId: number,
): boolean {
  return known?.status === "open" || (staysAt !== undefined && deskId !== chosenId);
}

/** Whether whoever chooses a desk stays at another. */
export async function isServedElsewhere(
  read: Reader,
  press: MenuPress & { entry: { deskId: number } },
  { desk: { channelId: chosenId } }: DeskAmong,
): Promise<boolean> {
  const serving = await servingOf(read, press);
  return serving.deskId !== chosenId && isStaying(serving, press, chosenId);
}

function visitAt(deskId: number, customerId: number, visit: Visit): Change {
  return { elsewhere: [{ deskId, change: { visits: [{ customerId, visit }] } }] };
}

function telling(deskId: number, { customer }: Conversation, notice: Notice): NewTask {
  return {
    lane: laneOf({ channelId: deskId }, customer.id, "to-team"),
    task: { kind: "notice", notice },
  };
}

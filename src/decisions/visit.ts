/** What follows when somebody reads what the menu offers: no card, and the thread is told if there is one. */
import type { Conversation, Customer } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import { isPressedLately, type Visit, withPress, withRead } from "../conversation/visit.ts";
import type { Desk } from "../desk/desk.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { keyOfEntry, type MenuEntry } from "../settings/menu.ts";
import { defined } from "../values/defined.ts";

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
  desk: Desk;
  customer: Customer;
  entry: Extract<MenuEntry, { replyId: string }>;
  nowMs: number;
}

/** Whether a press does nothing: the same button was pressed a moment ago, or they are banned. */
export async function isMootPress(
  read: Reader,
  { customer: { id: customerId }, entry, nowMs }: MenuPress,
): Promise<"banned" | "repeated" | false> {
  const [conversation, erasure, visit] = await Promise.all([
    read.conversation(customerId),
    read.erasure(customerId),
    read.visit(customerId),
  ]);
  const isBanned = conversation?.status === "banned" ||
    (!conversation && erasure !== null && "isBanned" in erasure);
  if (isBanned) return "banned";
  return visit !== null && isPressedLately(visit, keyOfEntry(entry), nowMs) && "repeated";
}

/** A canned reply is sent for the asking; the thread is told in one line, or once there is one. */
export async function onMenuReply(read: Reader, press: MenuPress): Promise<Change> {
  if (await isMootPress(read, press)) return {};
  const { desk, customer, entry, nowMs } = press;
  const { label, replyId } = entry;
  const { id: customerId } = customer;
  const known = await read.conversation(customerId);
  const before: Visit = await read.visit(customerId) ?? { sinceMs: nowMs };
  const pressed = withPress(before, keyOfEntry(entry), nowMs);
  const asking = defined({ asking: known ? undefined : customer });
  const tasks: NewTask[] = [{
    lane: laneOf(desk, customerId, "to-customer"),
    task: { kind: "menu", replyId, private: asking },
  }];
  if (known) tasks.push(telling(desk, known, label));
  return {
    visits: [{ customerId, visit: known ? pressed : withRead(pressed, label) }],
    tasks,
  };
}

function telling(desk: Desk, { customer }: Conversation, label: string): NewTask {
  return {
    lane: laneOf(desk, customer.id, "to-team"),
    task: { kind: "notice", notice: { text: "did-read", labels: [label] } },
  };
}

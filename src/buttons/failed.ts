/** What was given up as administrators see it: a list, with buttons to try again or dismiss. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { displayName } from "../conversation/card.ts";
import type { Direction } from "../conversation/lane.ts";
import type { Texts } from "../texts/notice.ts";
import { FailedJob, Which } from "../jobs/failed.ts";

/** What a press of a button asks for. */
export interface FailedAction {
  does: "retry" | "dismiss";
  which: Which;
}

/** How many are shown at once. */
export const FAILED_SHOWN = 10;

/** The list as a message, with buttons to try again or dismiss each and all. */
export function writeFailed(
  failed: FailedJob[],
  { texts, formatTime }: {
    texts: Pick<
      Texts,
      "failed-list" | "failed-item" | "failed-none" | "failed-retry-all" | "failed-dismiss-all"
    >;
    formatTime: (ms: number) => string;
  },
): { text: string; reply_markup?: InlineKeyboardMarkup } {
  if (failed.length === 0) return { text: texts["failed-none"]({ text: "failed-none" }) };
  const shown = failed.slice(0, FAILED_SHOWN);
  const items = shown.map(({ job, conversation }, index) =>
    texts["failed-item"]({
      text: "failed-item",
      number: index + 1,
      name: conversation ? displayName(conversation.customer) : String(job.lane.customerId),
      direction: job.lane.direction,
      time: formatTime(job.acceptedMs),
      reason: job.lastError ?? "?",
    })
  );
  const title = texts["failed-list"]({
    text: "failed-list",
    count: failed.length,
    shown: shown.length,
  });
  const button = (text: string, action: FailedAction) => ({
    text,
    callback_data: writeAction(action),
  });
  const retryAll = texts["failed-retry-all"]({ text: "failed-retry-all" });
  const dismissAll = texts["failed-dismiss-all"]({ text: "failed-dismiss-all" });
  return {
    text: [title, ...items].join("\n\n"),
    reply_markup: {
      inline_keyboard: [
        ...shown.map(({ job: { lane, order } }, index) => [
          button(`↻ ${index + 1}`, { does: "retry", which: { lane, order } }),
          button(`✕ ${index + 1}`, { does: "dismiss", which: { lane, order } }),
        ]),
        [
          button(retryAll, { does: "retry", which: "all" }),
          button(dismissAll, { does: "dismiss", which: "all" }),
        ],
      ],
    },
  };
}

/** Each direction in a letter. */
const SIDES: Record<Direction, string> = { "to-team": "t", "to-customer": "c", "to-desk": "d" };

const DIRECTIONS = Object.keys(SIDES) as Direction[];

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeAction({ does, which }: FailedAction): string {
  if (which === "all") return `failed ${does} all`;
  const { lane: { customerId, direction }, order: { arrival, n } } = which;
  return ["failed", does, customerId, SIDES[direction], arrival, n].join(" ");
}

/** The action a button carries, or `null` if it is none of ours. */
export function readAction(data: string, deskId: number): FailedAction | null {
  const [word, does, ...rest] = data.split(" ");
  if (word !== "failed" || (does !== "retry" && does !== "dismiss")) return null;
  if (rest.length === 1 && rest[0] === "all") return { does, which: "all" };
  const [customerId, side, arrival, n] = rest;
  const numbers = [customerId, arrival, n].map(Number);
  const direction = DIRECTIONS.find((each) => SIDES[each] === side);
  if (rest.length !== 4 || !direction || !numbers.every(Number.isFinite)) return null;
  return {
    does,
    which: {
      lane: { deskId, customerId: numbers[0]!, direction },
      order: { arrival: numbers[1]!, n: numbers[2]! },
    },
  };
}

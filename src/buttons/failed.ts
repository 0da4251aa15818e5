/** What was given up as administrators see it: a list, with buttons to try again or dismiss. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { displayName } from "../conversation/card.ts";
import type { Direction } from "../conversation/lane.ts";
import type { Texts } from "../texts/notice.ts";
import type { FailedJob } from "../jobs/failed.ts";
import type { Job, Order } from "../jobs/job.ts";

/** What a press of a button asks for. */
export interface FailedAction {
  does: "retry" | "dismiss";
  which: FailedPlace | "all";
}

/** Where a given-up job stands among those of the desk that its button is shown at. */
export interface FailedPlace {
  customerId: number;
  direction: Direction;
  order: Order;
}

/** How many are shown at once. */
const FAILED_SHOWN = 10;

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
    callback_data: writeFailedAction(action),
  });
  const retryAll = texts["failed-retry-all"]({ text: "failed-retry-all" });
  const dismissAll = texts["failed-dismiss-all"]({ text: "failed-dismiss-all" });
  return {
    text: [title, ...items].join("\n\n"),
    reply_markup: {
      inline_keyboard: [
        ...shown.map(({ job }, index) => [
          button(`↻ ${index + 1}`, { does: "retry", which: failedPlaceOf(job) }),
          button(`✕ ${index + 1}`, { does: "dismiss", which: failedPlaceOf(job) }),
        ]),
        [
          button(retryAll, { does: "retry", which: "all" }),
          button(dismissAll, { does: "dismiss", which: "all" }),
        ],
      ],
    },
  };
}

function failedPlaceOf({ lane: { customerId, direction }, order }: Job): FailedPlace {
  return { customerId, direction, order };
}

/** Each direction in a letter. */
const SIDES: Record<Direction, string> = { "to-team": "t", "to-customer": "c", "to-desk": "d" };

const DIRECTIONS = Object.keys(SIDES) as Direction[];

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeFailedAction({ does, which }: FailedAction): string {
  if (which === "all") return `failed ${does} all`;
  const { customerId, direction, order: { arrival, n } } = which;
  return ["failed", does, customerId, SIDES[direction], arrival, n].join(" ");
}

/** The action a button carries, or `null` if it is none of ours. */
export function readFailedAction(data: string): FailedAction | null {
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
      customerId: numbers[0]!,
      direction,
      order: { arrival: numbers[1]!, n: numbers[2]! },
    },
  };
}

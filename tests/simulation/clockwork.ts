/**
 * What a story's desk does by the clock alone: customers who wait are late, silent ones are warned and
 * closed. In a story that takes minutes, not days.
 */
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Settings } from "../../src/settings/settings.ts";

/** What is decided in a story whose desk does anything by the clock. */
export type Clockwork = Required<Pick<Settings, "alarm" | "autoclose" | "notify">>;

const MINUTES_OF_HOUR = 60;
/** How many stories have a clockwork, and each part of it. */
const PROBABILITY = 0.4;
const PART_PROBABILITY = 0.8;

/** How a silent customer is warned. */
export const WARNING = "Ainda precisa de ajuda?";

/** Draws what is decided; `null`: nothing is done by the clock. */
export function drawClockwork(chance: Chance): Clockwork | null {
  if (!chance.happens(PROBABILITY)) return null;
  const isPart = () => chance.happens(PART_PROBABILITY);
  const alarm = isPart() ? { minutes: chance.between(1, 4), sinceMs: 0 } : "off";
  const hours = chance.between(2, 6) / MINUTES_OF_HOUR;
  return { alarm, autoclose: isPart() ? { hours } : "off", notify: true };
}

/** A customer who has waited for the time of the alarm, or for twice that, since this message of theirs. */
export interface Late {
  customerId: number;
  messageId: number;
  stage: 1 | 2;
}

/** The conversations that closed by themselves, and those in which a warning was owed. */
export interface Clockings {
  /** By commits: when the silence began to count, and when it was ended by closing. */
  closings: { customerId: number; fromCommit: number; toCommit: number }[];
  /** How many silences of each customer came to a warning. */
  warned: Map<number, number>;
  /** Who was late when they were put off, and waits anew since they are back. */
  anew: Late[];
}

/** Presses a button under the last warning of a customer's, if there is one. */
export function pressesWarning(cast: Cast, chance: Chance, customerId: number): string | undefined {
  const customer = cast.customers.find(({ id }) => id === customerId)!;
  const chat = cast.chatOf(customer);
  if (chat.isBlocked) return undefined;
  const warning = chat.messages.findLast(({ text, reply_markup }) =>
    text?.startsWith(WARNING) && reply_markup !== undefined
  );
  const buttons = (warning?.reply_markup?.inline_keyboard ?? []).flat()
    .flatMap((button) => "callback_data" in button ? [button.callback_data] : []);
  const data = chance.pick(buttons);
  if (warning && data !== undefined) void customer.presses(warning, data);
  return data;
}

/**
 * What a story's desk does by the clock alone: customers who wait are late, silent ones are warned and
 * closed. In a story that takes minutes, not days; and what must be true of it in the end.
 */
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Rest, View } from "./rest.ts";
import { noticeIn } from "./said.ts";
import type { Settings } from "../../src/settings/settings.ts";

/** What is decided in a story whose desk does anything by the clock. */
export type Clockwork = Required<Pick<Settings, "alarm" | "autoclose" | "notify">>;

const MINUTES_OF_HOUR = 60;
/** How many stories have a clockwork, and each part of it. */
const PROBABILITY = 0.4;
const PART_PROBABILITY = 0.8;

/** How a late customer is told of, and the comment that leads to them. */
const LATE = /^⏰ .* (\d+) min\.\n.*comment=(\d+)$/s;
const WARNING = "Ainda precisa de ajuda?";

/** Draws what is decided; `null`: nothing is done by the clock. */
export function drawClockwork(chance: Chance): Clockwork | null {
  if (!chance.happens(PROBABILITY)) return null;
  const isPart = () => chance.happens(PART_PROBABILITY);
  const alarm = isPart() ? { minutes: chance.between(1, 4), sinceMs: 0 } : "off";
  const hours = chance.between(2, 6) / MINUTES_OF_HOUR;
  return { alarm, autoclose: isPart() ? { hours } : "off", notify: true };
}

/** The conversations that closed by themselves, and those in which a warning was owed. */
export interface Clockings {
  /** By commits: when the silence began to count, and when it was ended by closing. */
  closings: { customerId: number; fromCommit: number; toCommit: number }[];
  /** How many silences of each customer came to a warning. */
  warned: Map<number, number>;
}

/** A sentence for each promise of the clockwork that is broken. */
export function clockworkWrong(rest: Rest, view: View): string[] {
  if (!rest.clockwork) return [];
  return [
    ...toldTwice(rest, view),
    ...toldEarly(rest, view),
    ...overlooked(rest),
    ...closedInSpite(rest),
    ...warnedTwice(rest, view),
  ];
}

/** Who waits once is late once, for whoever is told; once more for each answer that was lost. */
function toldTwice({ unanswered }: Rest, { shown }: View): string[] {
  const told = shown.filter(({ message }) => LATE.test(message.text ?? ""));
  const byNotice = Map.groupBy(told, ({ message }) => noticeIn(message.chat.id, message.text!));
  return [...byNotice].filter(([notice, { length }]) => length > 1 + (unanswered.get(notice) ?? 0))
    .map(([notice, { length }]) => `${notice} is told ${length} times`);
}

/** Nobody is late before their time. */
function toldEarly({ cast, ledger }: Rest, { shown }: View): string[] {
  return shown.flatMap(({ message }) => {
    const [, minutes, commentId] = LATE.exec(message.text ?? "") ?? [];
    const comment = cast.groups.map((group) => group.message(Number(commentId)))
      .find((found) => found && ledger.shownBy(found)?.reach === "team");
    const said = comment && ledger.shownBy(comment);
    const waitedS = said ? message.date - said.message.date : Infinity;
    return waitedS < Number(minutes) * 60 - 1
      ? [`${said!.token} is late after ${waitedS} s, not after ${minutes} min`]
      : [];
  });
}

/** Who waits still is late by now, for twice the time; and whoever is silent is so no longer. */
function overlooked({ clockwork, entries }: Rest): string[] {
  const { alarm, autoclose } = clockwork!;
  return entries.filter(({ key }) => key[1] === "conversation").flatMap(({ key, value }) => {
    const { value: { status, card, waiting, silence } } = value as {
      value: {
        status: string;
        card?: unknown;
        waiting?: { late?: number };
        silence?: unknown;
      };
    };
    if (status !== "open" || !card) return [];
    const id = String(key.at(-1));
    return [
      ...(alarm !== "off" && waiting && waiting.late !== 2 ? [`${id} waits unseen`] : []),
      ...(autoclose !== "off" && silence ? [`${id} is silent for ever`] : []),
    ];
  });
}

/** Whoever has said something since the last answer is not closed. */
function closedInSpite({ cast, acceptedBy, clockings: { closings } }: Rest): string[] {
  const heard = cast.telegram.updates.flatMap(({ update }) => {
    const message = update.message ?? update.edited_message;
    const commit = acceptedBy.get(update.update_id);
    return message?.chat.type === "private" && commit !== undefined
      ? [{ customerId: message.chat.id, commit }]
      : [];
  });
  return closings.flatMap(({ customerId, fromCommit, toCommit }) =>
    heard.some((each) =>
        each.customerId === customerId && each.commit > fromCommit && each.commit < toCommit
      )
      ? [`${customerId} is closed by itself, though they have said something`]
      : []
  );
}

/** Each silence is warned of once. */
function warnedTwice({ cast, clockings: { warned }, unanswered }: Rest, { shown }: View): string[] {
  return cast.customers.flatMap(({ id }) => {
    const warnings = shown.filter(({ customerId, side, message }) =>
      side === "customer" && customerId === id && message.text?.startsWith(WARNING)
    );
    const texts = new Set(warnings.map(({ message }) => message.text!));
    const lost = [...texts].reduce(
      (sum, text) => sum + (unanswered.get(noticeIn(id, text)) ?? 0),
      0,
    );
    const most = (warned.get(id) ?? 0) + lost;
    return warnings.length > most
      ? [`${id} is warned ${warnings.length} times, at most ${most} is allowed`]
      : [];
  });
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

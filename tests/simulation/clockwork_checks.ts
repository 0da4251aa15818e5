/** What must be true of what a story's desk has done by the clock alone. */
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { WARNING } from "./clockwork.ts";
import type { Rest, View } from "./rest.ts";
import { noticeIn, type Said } from "./said.ts";

/** How a late customer is told of, and the comment that leads to them. */
const LATE = /^⏰ .* (\d+) min\.\n.*comment=(\d+)$/s;

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

/**
/**
 * Who waits once is late once, for whoever is told; once more for each answer that was lost, and each
 * time that they wait anew. Back at a desk they are late there anew.
 */
function toldTwice(rest: Rest, { shown }: View): string[] {
  const { cast, unanswered, whereabouts } = rest;
  const returns = Math.max(...cast.customers.map(({ id }) => whereabouts.countOf(id) >> 1));
  const told = shown.filter(({ message }) => LATE.test(message.text ?? ""));
  const byNotice = Map.groupBy(told, ({ message }) => noticeIn(message.chat.id, message.text!));
  return [...byNotice].filter(([notice, [first, ...more]]) =>
    more.length > returns + (unanswered.get(notice) ?? 0) + timesAnew(rest, first!.message)
  ).map(([notice, { length }]) => `${notice} is told ${length} times`);
}

/** How often whoever a notice tells of, who had been as late as it says, was put off and has come back. */
function timesAnew(rest: Rest, { text = "" }: SimulatedMessage): number {
  const { minutes, said } = lateIn(rest, text);
  const { alarm } = rest.clockwork!;
  if (!said || alarm === "off") return 0;
  return rest.clockings.anew.filter(({ customerId, messageId, stage }) =>
    customerId === said.customerId && messageId === said.message.message_id &&
    stage * alarm.minutes >= minutes
  ).length;
}

/** For how many minutes a customer has waited for an answer to what, as a notice tells. */
function lateIn({ cast, ledger }: Rest, text: string): { minutes: number; said?: Said } {
  const [, minutes, commentId] = LATE.exec(text) ?? [];
  const said = cast.everyGroup.map((group) => group.message(Number(commentId)))
    .flatMap((comment) => comment ? ledger.shownBy(comment) ?? [] : [])
    .find(({ reach }) => reach === "team");
  return { minutes: Number(minutes), ...(said ? { said } : {}) };
}

/** Nobody is late before their time. */
function toldEarly(rest: Rest, { shown }: View): string[] {
  return shown.filter(({ message }) => LATE.test(message.text ?? "")).flatMap(({ message }) => {
    const { minutes, said } = lateIn(rest, message.text!);
    const waitedS = said ? message.date - said.message.date : Infinity;
    return waitedS < minutes * 60 - 1
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

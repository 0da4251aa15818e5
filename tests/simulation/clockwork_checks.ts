/** What must be true of what a story's desk has done by the clock alone. */
import { WARNING } from "./clockwork.ts";
import type { Rest, View } from "./rest.ts";
import { noticeIn } from "./said.ts";

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
 * Who waits once is late once, for whoever is told; once more for each answer that was lost. Back at a
 * desk they are late there anew.
 */
function toldTwice({ cast, unanswered, whereabouts }: Rest, { shown }: View): string[] {
  const returns = Math.max(...cast.customers.map(({ id }) => whereabouts.countOf(id) >> 1));
  const told = shown.filter(({ message }) => LATE.test(message.text ?? ""));
  const byNotice = Map.groupBy(told, ({ message }) => noticeIn(message.chat.id, message.text!));
  return [...byNotice].filter(([notice, { length }]) =>
    length > 1 + returns + (unanswered.get(notice) ?? 0)
  )
    .map(([notice, { length }]) => `${notice} is told ${length} times`);
}

/** Nobody is late before their time. */
function toldEarly({ cast, ledger }: Rest, { shown }: View): string[] {
  return shown.flatMap(({ message }) => {
    const [, minutes, commentId] = LATE.exec(message.text ?? "") ?? [];
    const comment = cast.everyGroup.map((group) => group.message(Number(commentId)))
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

/** What was to be done later, as it must have become: once, not before its time, and not in vain. */
import type { Rest, View } from "./rest.ts";

/** How the bot says that an answer was called off. */
const CALLED_OFF = /^🗑 .* cancelou isto/u;

/** A sentence for each promise about what is done later that is broken. */
export function latersWrong(
  { ledger, entries, clockWasSet }: Rest,
  { shown, copies }: View,
): string[] {
  const put = ledger.all().filter(({ notBeforeMs }) => notBeforeMs !== undefined);
  const early = put.flatMap(({ token, notBeforeMs }) =>
    (copies.get(token) ?? []).filter(({ message: { date } }) =>
      clockWasSet === 0 && (date + 1) * 1000 <= notBeforeMs!
    ).map(() => `${token} is shown before its time`)
  );
  const inVain = put.filter(({ message: { chat, message_id }, token }) =>
    copies.has(token) &&
    shown.some(({ message, answered }) =>
      CALLED_OFF.test(message.text ?? "") && answered?.chat.id === chat.id &&
      answered.message_id === message_id
    )
  ).map(({ token }) => `${token} is shown, though it was called off`);
  const asleep = entries.filter(({ key, value }) =>
    key[1] === "conversation" && (value as { value: { putOff?: unknown } }).value.putOff
  ).map(({ key }) => `the conversation of ${String(key.at(-1))} is never brought back`);
  const waiting = entries.filter(({ key }) => key[1] === "scheduled" || key[1] === "due")
    .map(({ key }) => `${key.slice(1).join("/")} still waits for its time`);
  return [...early, ...inVain, ...asleep, ...waiting];
}

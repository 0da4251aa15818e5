/** What is left when a story is over: nothing that waits, and of what was given up, a word. */
import { isVoice, type What } from "./contents.ts";
import { UNDELIVERABLE } from "./notices.ts";
import type { Rest, View } from "./rest.ts";

/** Nothing waits, nothing is held, nothing was given up but what cannot be shown any more. */
export function leftovers(
  { entries, nowMs, clockWasSet, ledger }: Rest,
  { shown }: View,
): string[] {
  const ofKind = (kind: string) => entries.filter(({ key }) => key[1] === kind);
  const left = ["job", "scheduled", "due"].flatMap((kind) =>
    ofKind(kind).map(({ key }) => `the ${kind} ${key.slice(2).join("/")} remains`)
  );
  // What a process that died held by another clock is taken over all the same.
  const held = ofKind("lease").filter(({ value }) =>
    clockWasSet === 0 && (value as { value: { untilMs: number } }).value.untilMs > nowMs
  ).map(({ key }) => `the lease of ${key.slice(2).join("/")} is still held`);
  const forgivable = new Set(
    ledger.all().flatMap(({ isDeleted, isExplained, what, customerId }) => [
      // What its writer deleted in time cannot be shown; whatever else belonged to it goes with it.
      ...isDeleted ? [`${customerId} deleted`] : [],
      ...isExplained ? reasonsFor(what).map((reason) => `${customerId} ${reason}`) : [],
    ]),
  );
  const failed = ofKind("failed");
  const lost = failed.filter(({ key, value }) =>
    !forgivable.has(`${String(key[3])} ${reasonOf(value)}`)
  ).map(({ key, value }) => `${key.slice(2).join("/")} was given up: ${reasonOf(value)}`);
  const unsaid = [...Map.groupBy(failed, ({ key }) => `${String(key[3])}/${String(key[4])}`)]
    .filter(([lane, jobs]) => {
      const [customerId, direction] = lane.split("/");
      const side = direction === "to-team" ? "customer" : "team";
      const told = shown.filter((each) =>
        each.side === side && each.customerId === Number(customerId) &&
        each.message.text?.startsWith(UNDELIVERABLE)
      );
      return told.length < jobs.length;
    }).map(([lane]) => `something of ${lane} was given up without a word`);
  return [...left, ...held, ...lost, ...unsaid];
}

/** As what a message may be given up that its receiver, or Telegram, does not take. */
function reasonsFor(what: What): string[] {
  if (!isVoice(what)) return ["kind"];
  const medium = what === "voice" ? "voice" : "video";
  return ["VOICE_MESSAGES_FORBIDDEN", `user restricted receiving of ${medium} note messages`]
    .map((words) => `Bad Request: ${words}`);
}

function reasonOf(value: unknown): string {
  return (value as { value: { lastError?: string } }).value.lastError ?? "nobody knows why";
}

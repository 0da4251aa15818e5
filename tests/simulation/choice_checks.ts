/**
 * Customers who choose a desk are served where the rule says that everybody can read (docs/desks.md): by
 * a link, or by the menu, nobody leaves a conversation that is open; everybody else goes there. And
 * nobody is served at another desk for any other reason than that, a transfer, or an erasure.
 */
import type { Choice } from "./choices.ts";
import type { Rest } from "./rest.ts";
import type { Home } from "./whereabouts.ts";

/** A sentence for each choice that has led somewhere else, and each way that nobody has chosen. */
export function choicesWrong(rest: Rest): string[] {
  return [
    ...rest.choices.flatMap((choice) => misled(choice, rest)),
    ...rest.cast.customers.flatMap(({ id }) => astray(id, rest)),
  ];
}

/** Where a choice has led, if that is not where it should. */
function misled(choice: Choice, { cast, whereabouts }: Rest): string[] {
  const { customerId, deskId, by, isAgain } = choice;
  const commit = whereabouts.commitOf(choice);
  // A desk that has yet to be set up has no name by which it could be meant.
  if (commit === undefined || !whereabouts.wasNamed(deskId, commit)) return [];
  const before = whereabouts.homeBefore(customerId, commit);
  const after = whereabouts.homeBefore(customerId, commit + 1);
  const isHeld = before !== undefined && whereabouts.wasOpen(before, customerId, commit);
  const right = isHeld ? before : deskId;
  // The same button within a minute does nothing; for how long that is tells when it was worked.
  if (after === right || (isAgain && after === before)) return [];
  const [chosen, served, expected] = [deskId, after, right].map((id) =>
    id === undefined ? "no desk" : cast.deskAt(id)?.name
  );
  return [`${customerId} chooses ${chosen} by ${by}: served at ${served}, not at ${expected}`];
}

/** Where a customer came to be served for no reason. */
function astray(customerId: number, rest: Rest): string[] {
  const { cast, whereabouts } = rest;
  const homes = whereabouts.homesOf(customerId);
  return homes.flatMap((home, index) => {
    const before = homes[index - 1];
    if (!before || hasReason(customerId, { before, home }, rest)) return [];
    const [from, to] = [before, home].map(({ deskId }) => cast.deskAt(deskId)?.name);
    return [`${customerId} is served at ${to} instead of ${from}, and nobody has asked for that`];
  });
}

function hasReason(
  customerId: number,
  { before, home }: { before: Home; home: Home },
  { choices, whereabouts }: Rest,
): boolean {
  const { deskId, fromCommit } = home;
  const isTransferred = whereabouts.wentOn(before.deskId, customerId, fromCommit);
  if (isTransferred || whereabouts.wasErased(customerId, before.fromCommit, fromCommit)) {
    return true;
  }
  return choices.some((choice) => {
    if (choice.customerId !== customerId || choice.deskId !== deskId) return false;
    const commit = whereabouts.commitOf(choice) ?? Infinity;
    // What is pressed before a desk has a name leads there once it has.
    const isEarly = choice.by === "menu" && !whereabouts.wasNamed(deskId, commit);
    return commit === fromCommit || (isEarly && commit < fromCommit);
  });
}

/** What is said before a message: who signs it, what it is by now, where it comes from, what it answers. */
import type { Origin, Reference, Snapshot } from "../../message/snapshot.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { type Formatted, joined, plain } from "../../words/formatted.ts";
import type { Delivery } from "./delivery.ts";
import { mayBeNamed } from "./doubt.ts";
import { isKeptBack, isOfDesks, referenceLine } from "./reference.ts";

/** What stands before the words of a message that shows what an earlier one has become. */
const EDITED = plain("✏️ ");

/** What is said before a message: in front of its words where there is room, else on its own. */
export interface Prefix {
  inside: Formatted;
  alone: Formatted;
}

/** What stands before the words of a message: who signs it, and what is said of it. */
export function leadOf(
  signature: Formatted | undefined,
  prefix: Prefix | undefined,
): Formatted | undefined {
  return signature && prefix ? joined(signature, prefix.inside) : signature ?? prefix?.inside;
}

/** What is said before a message: what it is by now, where it comes from, what it answers. */
export async function prefixOf(
  delivery: Delivery,
  { private: secret, isEdited, isPrefixed }: RelayTask,
): Promise<Prefix | Outcome | undefined> {
  if (isPrefixed) return undefined;
  const { origin, reference } = secret?.snapshot ?? {};
  const context = await contextPrefix(delivery, { ...defined({ origin, reference }) });
  if (!isEdited || (context && "kind" in context)) return context;
  const line = plain(say({ text: "edited" }, await delivery.language()));
  return context
    ? { inside: joined(EDITED, context.inside), alone: below(line, context.alone) }
    : { inside: EDITED, alone: line };
}

/** What is said of where a message comes from, and of what it answers elsewhere. */
export async function contextPrefix(
  delivery: Delivery,
  { origin, reference }: Pick<Snapshot, "origin" | "reference">,
): Promise<Prefix | Outcome | undefined> {
  const from = await originPrefix(delivery, origin);
  if (from && "kind" in from) return from;
  const answered = await referencePrefix(delivery, reference);
  if (!from || !answered || "kind" in answered) return answered ?? from;
  return {
    inside: joined(from.inside, answered.inside),
    alone: below(from.alone, answered.alone),
  };
}

/** What a message answers elsewhere. Of names holds what holds of origins. */
export async function referencePrefix(
  delivery: Delivery,
  reference: Reference | undefined,
): Promise<Prefix | Outcome | undefined> {
  if (!reference || await isKeptBack(delivery, reference)) return undefined;
  const named = await originPrefix(delivery, reference.origin);
  if (named && "kind" in named) return named;
  const line = referenceLine(
    reference,
    { isNamed: named !== undefined },
    await delivery.language(),
  );
  return line && { inside: joined(line, plain("\n")), alone: line };
}

function below(first: Formatted, second: Formatted): Formatted {
  return joined(first, joined(plain("\n"), second));
}

/**
 * "↪ name". To a customer nothing is said of what comes from a desk's team or chats, nor of whoever
 * hides behind their name, which may be of the team: customers do not learn who serves them.
 */
async function originPrefix(
  delivery: Delivery,
  origin: Origin | undefined,
): Promise<Prefix | Outcome | undefined> {
  if (!origin) return undefined;
  const { userId, chatId } = origin;
  if (!delivery.isToTeam && userId !== undefined) {
    const isNamed = await mayBeNamed(delivery, userId);
    if (typeof isNamed !== "boolean") return isNamed;
    if (!isNamed) return undefined;
  } else if (!delivery.isToTeam) {
    if (chatId === undefined || isOfDesks(delivery, chatId)) return undefined;
  }
  const line = `↪ ${origin.name.replace(/\s+/g, " ").trim()}`;
  return { inside: plain(`${line}\n`), alone: plain(line) };
}

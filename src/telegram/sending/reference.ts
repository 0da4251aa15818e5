/** What is said of what a message answers elsewhere, and what is kept from customers. */
import type { Language } from "../../words/language.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Place, Shows } from "../../message/link.ts";
import type { Reference, Snapshot } from "../../message/snapshot.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { type Formatted, joined, plain } from "../../words/formatted.ts";
import type { Aim } from "./aim.ts";
import type { Delivery } from "./delivery.ts";
import { andTold } from "./endings.ts";

/**
 * What a customer quotes of a message that the thread does not have is said in words. What an agent
 * quotes of one that the customer does not have may be an internal note.
 */
export function quotedInWords(
  { isToTeam }: Delivery,
  snapshot: Snapshot,
  { answer }: Aim,
): Snapshot {
  const isLost = isToTeam && snapshot.quote !== undefined && answer?.quote === undefined;
  return isLost ? { ...snapshot, ...defined({ reference: referenceIn(snapshot) }) } : snapshot;
}

/** What a message refers to: what it answers elsewhere, or else what it quotes. */
export function referenceIn({ reference, quote }: Snapshot): Reference | undefined {
  if (reference || !quote) return reference;
  return { words: { text: quote.text, entities: quote.entities ?? [] } };
}

/**
 * Whether a customer learns nothing of what an agent's message answers: the desks' own chats hold
 * everybody's cards and messages, and internal notes; what the bot says elsewhere is for agents.
 */
export async function isKeptBack(
  delivery: Delivery,
  reference: Reference | undefined,
): Promise<boolean> {
  const { served: { team }, read } = delivery;
  if (!reference || delivery.isToTeam) return false;
  const { origin, isBots, chatId } = reference;
  if ([chatId, origin?.chatId].some((id) => isOfDesks(delivery, id))) return true;
  if (!isBots || origin?.userId === undefined) return false;
  const bot = await team.ask(origin.userId, read);
  return bot.failure !== undefined || bot.doubt !== undefined || bot.isTeam;
}

/** Whether a chat is the channel or the group of any desk. */
export function isOfDesks({ options: { desks } }: Delivery, chatId: number | undefined): boolean {
  return chatId !== undefined && desks.isOurs({ id: chatId });
}

/** The thread is told of a reference that was kept from the customer. */
export function toldOfReference(
  delivery: Delivery,
  arrived: Outcome,
  { chatId, messageId }: Place,
): Outcome {
  const notice = { text: "reference-kept" } as const;
  return andTold(delivery, arrived, {
    kind: "notice",
    notice,
    answerTo: messageId,
    answerIn: chatId,
  });
}

/** "↩ name: “words”"; of a message without words, what it is. `undefined`: nothing can be said. */
export function referenceLine(
  { origin, kind, words }: Reference,
  { isNamed }: { isNamed: boolean },
  language: Language,
): Formatted | undefined {
  const name = isNamed && origin ? origin.name.replace(/\s+/g, " ").trim() : "";
  const what = words
    ? joined(joined(plain("“"), asOneLine(words)), plain("”"))
    : plain(kind === undefined ? "" : say({ text: "answered-kind", content: kind }, language));
  if (name === "" && what.text === "") return undefined;
  const separator = name !== "" && what.text !== "" ? ": " : "";
  return joined(plain(`↩ ${name}${separator}`), what);
}

/** Something in a text of which Telegram would make a preview. */
const LINK = /:\/\/|[\p{L}\p{N}]\.\p{L}{2}/u;

/**
 * Of what a message shows a preview: of its own link, never of one that it only quotes, nor of a name
 * with which it is signed that reads like one.
 */
export function linkPreviewOf(
  { words, linkPreview, reference }: Snapshot,
  { signedAs = "" }: Pick<Shows, "signedAs">,
): Snapshot["linkPreview"] {
  const isNoneBefore = [reference?.words?.text ?? "", signedAs].every((text) => !LINK.test(text));
  if (linkPreview || isNoneBefore) return linkPreview;
  const { text = "", entities = [] } = words ?? {};
  const own = entities.find(({ type }) => type === "url" || type === "text_link");
  if (!own) return { is_disabled: true };
  const { offset, length } = own;
  return { url: own.type === "text_link" ? own.url : text.slice(offset, offset + length) };
}

/** A text on one line: nothing moves, so that the formatting stays where it was. */
function asOneLine({ text, entities }: Formatted): Formatted {
  return { text: text.replace(/\s/g, " "), entities };
}

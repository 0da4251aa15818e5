/** Messages as stories mention them: by how they begin, since IDs differ from run to run. */
import type { SimulatedChat, StoredMessage } from "../telegram/chat.ts";
import { kindOf } from "../telegram/kind.ts";
import type { Mentioned } from "./deed.ts";

/** So many characters tell a message. */
const MOST = 40;

/** How a message is called: the beginning of what it says, else its kind. */
export function wordsOf({ content }: StoredMessage): string {
  const said = content.text ?? content.caption ?? content.poll?.question;
  const words = said?.replace(/\s+/g, " ").trim() ?? "";
  return words === "" ? `[${kindOf(content)}]` : [...words].slice(0, MOST).join("");
}

/** Mentions a message, so that it is found again in another run. */
export function mentioning(record: StoredMessage): Mentioned {
  const words = wordsOf(record);
  let nth = 1;
  for (const other of record.chat.records.values()) {
    if (other.id >= record.id) break;
    if (wordsOf(other) === words) nth++;
  }
  return { words, nth };
}

/**
 * The message that is mentioned; `undefined` if there is none. Where fewer begin so than counted,
 * since one is missing that came twice, the last of them is meant.
 */
export function findMentioned(
  chat: SimulatedChat,
  mentioned: Mentioned,
): StoredMessage | undefined {
  if (typeof mentioned === "number") return chat.records.get(mentioned);
  const records = [...chat.records.values()];
  const { words } = mentioned;
  const same = records.filter((record) => wordsOf(record) === words);
  // Whoever writes a story by hand need not count letters.
  const alike = same.length > 0
    ? same
    : records.filter((record) => wordsOf(record).startsWith(words));
  return alike[Math.min(mentioned.nth, alike.length) - 1];
}

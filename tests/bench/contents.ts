/** What people of a bench write: text alone, or what a desk gets on a real day. */
import type { Message } from "grammy/types";
import type { ContentSpec } from "../../playground/telegram/telegram.ts";

/** All texts, or seven of ten: the rest is pictures, albums, edits and other kinds. */
export type Mix = "text" | "real";

/** What somebody does next: sends one message, sends an album, or edits what they last said. */
export type Deed = "text" | "photo" | "album" | "edit" | "other";

/** How often each is done, of a hundred. */
const REAL: [Deed, number][] = [["text", 70], ["photo", 15], ["album", 5], ["edit", 5], [
  "other",
  5,
]];

/** How many pictures an album has. */
export const ALBUM_SIZE = 3;

/** What is done next, by a chance from 0 to 1. */
export function deedOf(mix: Mix, chance: number): Deed {
  if (mix === "text") return "text";
  let share = chance * 100;
  for (const [deed, percent] of REAL) {
    share -= percent;
    if (share < 0) return deed;
  }
  return "text";
}

const OTHERS: ((mark: string) => ContentSpec)[] = [
  (mark) => ({ voice: true, caption: mark }),
  (mark) => ({ document: true, caption: mark }),
  (mark) => ({ contact: { first_name: mark, phone_number: "+5511999990000" } }),
  (mark) => ({ venue: { title: mark, address: "Rua Augusta, 1" } }),
];

/** A message of that kind that is known by its number wherever it is copied. */
export function contentWith(deed: Exclude<Deed, "album" | "edit">, number: number): ContentSpec {
  const mark = markOf(number);
  if (deed === "text") return `Good morning, is the cake ready that I ordered on Friday? ${mark}`;
  if (deed === "photo") return { photo: true, caption: `What I mean is this one ${mark}` };
  return OTHERS[number % OTHERS.length]!(mark);
}

/** What an album with that number holds. */
export function albumWith(number: number): ContentSpec[] {
  return Array.from({ length: ALBUM_SIZE }, () => ({ photo: true, caption: markOf(number) }));
}

function markOf(number: number): string {
  return `[${number}]`;
}

/** The number by which a message is known; `undefined` for what the bot says by itself. */
export function numberIn(content: Partial<Message>): number | undefined {
  const { text, caption, contact, venue } = content;
  const found = /\[(\d+)\]$/.exec(text ?? caption ?? venue?.title ?? contact?.first_name ?? "");
  return found ? Number(found[1]) : undefined;
}

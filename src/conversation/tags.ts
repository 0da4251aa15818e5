/** Tags: words of the team's own on a card, beside those that the program writes there. */
import { inOneWidth } from "../words/typed.ts";

/** How many a card has at most, and how long each may be. */
export const MOST_TAGS = 5;
export const LONGEST_TAG = 32;

/** Why a word cannot be a tag, or is none that could be taken away. */
export type TagProblem =
  /** It is more than one word. */
  | { because: "words" }
  /** There is more in it than letters, digits and `_`. */
  | { because: "signs"; word: string }
  | { because: "long"; length: number }
  /** The program itself writes it on cards. */
  | { because: "reserved"; word: string }
  /** The card has as many as it may. */
  | { because: "full" }
  | { because: "absent"; word: string };

/** What is asked about a card's tags. */
export type TagAsked =
  | { does: "list" }
  /** Puts it on the card, or takes it away if it is there. */
  | { does: "turn"; tag: string }
  | { does: "remove"; tag: string }
  | { does?: undefined; problem: TagProblem };

/** What can be in a hashtag, as on the cards. */
const WORD = /^[\p{L}\p{Mn}\p{Mc}\p{N}_]+$/u;
/** Quotation marks around all of it. */
const QUOTED = /^["'“”„‘’«»]+(.*?)["'“”‘’«»]+$/u;
/** What the program writes itself, apart from the names of agents. */
const RESERVED = /^(?:late|p[1-5]|from_.*|agent_\d{4})$/;

/**
 * Understands what follows the command.
 * @param agentTags what stands for agents on cards, with `#`
 */
export function readTag(words: string, agentTags: readonly string[]): TagAsked {
  const written = inOneWidth(words).normalize("NFC").trim().replace(QUOTED, "$1");
  if (written === "") return { does: "list" };
  const [, minus = "", word = ""] = /^([-−–]?)\s*#?([^]*)$/u.exec(written) ?? [];
  if (/\s/.test(word.trim())) return { problem: { because: "words" } };
  if (!WORD.test(word)) return { problem: { because: "signs", word: written } };
  const { length } = [...word];
  if (length > LONGEST_TAG) return { problem: { because: "long", length } };
  if (minus !== "") return { does: "remove", tag: word };
  const isTaken = RESERVED.test(word.toLowerCase()) ||
    agentTags.some((tag) => isSameTag(tag.slice(1), word));
  return isTaken ? { problem: { because: "reserved", word } } : { does: "turn", tag: word };
}

/** What becomes of a card's tags. */
export function withTag(
  tags: readonly string[],
  { does, tag }: { does: "turn" | "remove"; tag: string },
): { tags: string[]; isOn: boolean; tag: string } | { problem: TagProblem } {
  const known = tags.find((each) => isSameTag(each, tag));
  if (known !== undefined) {
    return { tags: tags.filter((each) => each !== known), isOn: false, tag: known };
  }
  if (does === "remove") return { problem: { because: "absent", word: tag } };
  if (tags.length >= MOST_TAGS) return { problem: { because: "full" } };
  return { tags: [...tags, tag], isOn: true, tag };
}

function isSameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

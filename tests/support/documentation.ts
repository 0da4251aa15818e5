/** The pages of the documentation, as somebody reads them who does what they say. */
import { assert } from "@std/assert";

const ROOT = new URL("../..", import.meta.url);

/** A page by its path in the repository. */
export function read(page: string): Promise<string> {
  return Deno.readTextFile(new URL(page, ROOT));
}

/** What stands under a heading of a page, up to the next. */
export async function under(page: string, heading: string): Promise<string> {
  const [, text] = `\n${await read(page)}`.split(`\n${heading}\n`);
  assert(text !== undefined, `${page} has no ${heading}`);
  return text.split(/\n#+ /)[0]!;
}

/** What a sentence says is pressed. */
export function pressedIn(sentence: string): string[] {
  return [...sentence.matchAll(/_([^_]+)_/g)].map(([, words]) => words!);
}

/** The sentences of a part, of list items and paragraphs alike. */
export function sentencesOf(text: string): string[] {
  return text.split(/\n(?=\n|\d+\. )/)
    .map((part) => part.trim().replace(/^\d+\. /, "").replace(/\s+/g, " "))
    .flatMap((part) => part.split(/(?<=[.;]) (?=[\p{Lu}`])/u))
    .filter((sentence) => sentence !== "");
}

/** The lines of a part's commands, without what is said of them. */
export function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!);
  return blocks.join("").split("\n").map((line) => line.replace(/\s+#.*/, "")).filter(Boolean);
}

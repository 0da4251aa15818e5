/**
 * Signatures: the line in bold before an answer that names who of the team has written it, where the
 * desk has answers signed.
 */
import type { ContentKind } from "./content.ts";
import type { Formatted } from "../words/formatted.ts";
import { NO_NAME, onOneLine } from "../words/visible.ts";
import { MEDIA_TYPES } from "./snapshot.ts";

/** The kinds that have a text or a caption, before which something can be said. */
const WORDED: ReadonlySet<ContentKind> = new Set<ContentKind>(["text", "voice", ...MEDIA_TYPES]);

/** Whether messages of a kind have a text or a caption. */
export function isWorded(kind: ContentKind): boolean {
  return WORDED.has(kind);
}

/** The name that stands in a signature: without one to be seen, that of the desk's channel. */
export function signatureName(name: string, { title }: { title: string }): string | undefined {
  const [first] = [name === NO_NAME ? "" : name, title].map(onOneLine).filter((seen) =>
    seen !== ""
  );
  return first;
}

/** The line that stands before the words of an answer. */
export function signatureLine(name: string): Formatted {
  return {
    text: `${name}\n`,
    entities: [{ type: "bold", offset: 0, length: name.length }],
  };
}

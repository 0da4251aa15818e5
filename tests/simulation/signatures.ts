/** Who signs which answers, where answers are signed. */
import type { What } from "./contents.ts";
import type { Rest, View } from "./rest.ts";
import type { Said } from "./said.ts";
import { namesSigned, unsigned } from "./names.ts";

/** The kinds of which every message has words of its own. */
const SIGNED: readonly What[] = [
  "text",
  "long text",
  "photo",
  "long caption",
  "video",
  "document",
  "audio",
  "animation",
  "voice",
];

/** Each answer bears the name of who gave it, in bold, on a line of its own; or none does. */
export function signaturesWrong({ habits, ledger }: Rest, { copies }: View): string[] {
  return ledger.all().filter(({ reach }) => reach === "customer").flatMap((said) =>
    (copies.get(said.token) ?? []).filter(({ hasWords }) => hasWords).flatMap(({ message }) => {
      const { text, caption = "", entities, caption_entities } = message;
      const words = text ?? caption;
      const [bold] = entities ?? caption_entities ?? [];
      const name = namesSigned(said.by);
      const isNamed = words !== unsigned(words);
      const isSigned = words.startsWith(`${name}\n`) && bold?.type === "bold" &&
        bold.offset === 0 && bold.length === name.length;
      const isOwed = habits.signature && SIGNED.includes(said.what);
      if (isNamed !== isSigned) return [`${said.token} is not signed as ${name} signs`];
      if (isSigned && !isOwed) return [`${said.token} is signed, and should not be`];
      return isOwed && !isSigned && isFirst(said, ledger.all())
        ? [`${said.token} is not signed`]
        : [];
    })
  );
}

/**
 * An album is signed on its first caption; a piece that comes late has a signature of its own. Of one
 * that was told perhaps, nobody can say whether the next is the first.
 */
function isFirst({ albumId, token }: Said, all: Said[]): boolean {
  if (albumId === undefined) return true;
  const pieces = all.filter((each) => each.albumId === albumId && each.heard !== "no");
  return pieces[0]?.token === token;
}

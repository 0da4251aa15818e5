/** Which of our languages a browser asks for. */
import type { Language } from "../words/language.ts";
import { spokenLanguage } from "../words/language.ts";

/** More of a header than this is not read; no browser sends as much. In characters. */
const MOST_READ = 1000;

/**
 * The language of ours that the reader likes best; `fallback` if they like none.
 * @param header `Accept-Language` (RFC 9110, 12.5.4)
 */
export function preferredLanguage(header: string | null, fallback: Language): Language {
  const wishes = (header ?? "").slice(0, MOST_READ).split(",").flatMap((part) => {
    const [tag, ...parameters] = part.split(";").map((each) => each.trim());
    const weight = parameters.find((each) => /^q\s*=/i.test(each))?.split("=")[1];
    const language = spokenLanguage(tag);
    const quality = weight === undefined ? 1 : Number(weight);
    return language !== undefined && quality > 0 ? [{ language, quality }] : [];
  });
  wishes.sort((a, b) => b.quality - a.quality);
  return wishes[0]?.language ?? fallback;
}

/** The beginning of a text, on one line. */

const LONGEST = 60;

/** At most so much of a text as fits into a line of a list. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : line;
}

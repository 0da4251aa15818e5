/** A part of what somebody wrote, as it is shown back to them. */

const MAX_LENGTH = 60;

/** Puts it on one line, and shortens it if it is long. */
export function excerpt(text: string): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  return letters.length > MAX_LENGTH
    ? `${letters.slice(0, MAX_LENGTH).join("")}…`
    : letters.join("");
}

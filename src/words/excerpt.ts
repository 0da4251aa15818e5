/** A part of what somebody wrote, as it is shown back to them. */

/** Puts it on one line, and shortens it if it is longer than this. */
export function excerpt(text: string, longest = 60): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : letters.join("");
}

/** What people call themselves who want to be taken for others. */

/** First names that look like parts of a card, a command or a link, or try to hide. */
export const HOSTILE_NAMES = [
  "Maria\nID 1",
  "🟦 João\nID 2\n#from_shop",
  "ID 3",
  "➡️ Lia",
  "/start",
  "\u202eoãoJ",
  "\u200f",
  "\u3164",
  "\u2800\u2060\u{e0041}",
  "#tag https://example.com @somebody",
] as const;

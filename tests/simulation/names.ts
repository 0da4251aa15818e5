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

/** What the desk's channel is called. */
export const CHANNEL = "Atendimento";
/** The first names of those who answer under their own. */
const AGENTS = ["Ana", "Bia"];
const SIGNATURE = new RegExp(`^(?:${[...AGENTS, CHANNEL].join("|")})\\n`, "u");

/** The name with which somebody of the team signs: their own, or the channel's. */
export function namesSigned(pen: string): string {
  return AGENTS.includes(pen) ? pen : CHANNEL;
}

/** Words without the signature before them. */
export function unsigned(words: string): string {
  return words.replace(SIGNATURE, "");
}

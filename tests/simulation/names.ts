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
/** What the channels of further desks are called, and who is of their teams. */
export const OTHER_DESKS = [
  { title: "Vendas", agent: "Davi" },
  { title: "Suporte", agent: "Eva" },
] as const;
/** The first names of those who answer under their own. */
const AGENTS: readonly string[] = ["Ana", "Bia", ...OTHER_DESKS.map(({ agent }) => agent)];
const CHANNELS: readonly string[] = [CHANNEL, ...OTHER_DESKS.map(({ title }) => title)];
const SIGNATURE = new RegExp(`^(?:${[...AGENTS, ...CHANNELS].join("|")})\\n`, "u");

/** The name with which somebody of a team signs: their own, or their channel's. */
export function namesSigned(pen: string): string {
  if (AGENTS.includes(pen)) return pen;
  return CHANNELS.find((title) => pen.endsWith(` ${title}`)) ?? CHANNEL;
}

/** Words without the signature before them. */
export function unsigned(words: string): string {
  return words.replace(SIGNATURE, "");
}

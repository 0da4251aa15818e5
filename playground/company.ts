/** The company of the playground: its desk in each language, with people and canned replies. */
import { perform } from "./deeds.ts";
import { Playground, type PlaygroundOptions } from "./playground.ts";
import type { DeskLanguage, Setting } from "./story/deed.ts";
import { parseLine } from "./story/line.ts";

/** The company, and its canned replies, in the language of the desk. */
const COMPANIES = {
  en: {
    name: "Corner Bakery",
    username: "corner_bakery_bot",
    replies: [
      ["Opening hours", "We are open from 7 to 19, on Sundays until 13."],
      ["Delivery", "We deliver in the whole town, {first_name}, for orders from 20 on."],
      ["Thank you", "Thank you, {first_name}! See you soon."],
    ],
  },
  "pt-BR": {
    name: "Padaria Central",
    username: "padaria_central_bot",
    replies: [
      ["Horário", "Abrimos das 7h às 19h, aos domingos até as 13h."],
      ["Entrega", "Entregamos na cidade toda, {nome}, a partir de R$ 50."],
      ["Agradecimento", "Obrigada, {nome}! Até breve."],
    ],
  },
  es: {
    name: "Panadería Central",
    username: "panaderia_central_bot",
    replies: [
      ["Horario", "Abrimos de 7 a 19, los domingos hasta las 13."],
      ["Entrega", "Entregamos en toda la ciudad, {nombre}, desde 20."],
      ["Gracias", "¡Gracias, {nombre}! Hasta pronto."],
    ],
  },
} as const satisfies Record<DeskLanguage, unknown>;

/**
 * Opens a desk with two customers, two agents and a few canned replies; nobody has written yet. One
 * that is not set up yet has its owner and the customers alone.
 */
export async function openDesk(
  { language, isUnclaimed = false }: Setting,
  options: Pick<PlaygroundOptions, "write" | "awaitsToken">,
): Promise<Playground> {
  const { name, username, replies } = COMPANIES[language];
  const locale = language;
  const playground = await Playground.open({
    ...options,
    company: name,
    username,
    locale,
    isUnclaimed,
  });
  const people = { language: language.toLowerCase() };
  for (const customer of ["maria", "joão"]) playground.called(customer, "customer", people);
  if (isUnclaimed) return playground;
  for (const agent of ["ana", "bia"]) playground.called(agent, "agent", people);
  await teach(playground, replies);
  return playground;
}

/** The owner gives the bot its canned replies, as owners do. */
async function teach(
  playground: Playground,
  replies: readonly (readonly [title: string, text: string])[],
): Promise<void> {
  for (const [title, text] of replies) {
    const line = parseLine(`boss: /addreply ${title}\\n${text}`);
    if (line.does === "write") await perform(playground, line);
  }
  await playground.settled();
}

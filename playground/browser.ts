/** The playground in a browser: opens a desk of a small company, and the page that shows it. */
import { Playground, type PlaygroundOptions } from "./playground.ts";
import { perform } from "./deeds.ts";
import { parseLine } from "./story/line.ts";
import { type PageOptions, type ServedPage, servePage } from "./web/server.ts";

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
} as const;

/** Whose desks there can be. */
export type DeskLanguage = keyof typeof COMPANIES;

/** Opens a desk with two customers, two agents and a few canned replies; nobody has written yet. */
export async function openDesk(
  language: DeskLanguage,
  write: PlaygroundOptions["write"],
  isUnclaimed = false,
): Promise<Playground> {
  const { name, username, replies } = COMPANIES[language];
  const locale = language;
  const playground = await Playground.open({
    company: name,
    username,
    locale,
    isUnclaimed,
    write,
  });
  const code = language.toLowerCase();
  for (const customer of ["maria", "joão"]) playground.called(customer, "customer", code);
  for (const agent of ["ana", "bia"]) playground.called(agent, "agent", code);
  if (!isUnclaimed) await teach(playground, replies);
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

/** A desk, and the page that shows it. */
export async function openBrowserPlayground(
  { language, write, isUnclaimed, ...page }:
    & { language: DeskLanguage; isUnclaimed?: boolean }
    & Pick<PlaygroundOptions, "write">
    & Omit<PageOptions, "playground">,
): Promise<{ playground: Playground; page: ServedPage; close(): Promise<void> }> {
  const playground = await openDesk(language, write, isUnclaimed);
  const served = await servePage({ ...page, playground });
  return {
    playground,
    page: served,
    close: async () => {
      await served.close();
      await playground.close();
    },
  };
}

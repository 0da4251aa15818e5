/**
 * Takes the pictures that the documentation shows: the playground in a real Chromium, in the middle
 * of a conversation. Run by `deno task pictures`, and to be looked at afterwards.
 */
import type { Page } from "playwright-core";
import { DeskPage } from "../support/desk_page.ts";
import { type Looking, type Visit, visit } from "../support/visit.ts";
import { perform } from "../../playground/deeds.ts";
import type { Deed } from "../../playground/story/deed.ts";
import { parseLine } from "../../playground/story/line.ts";

const DOCS = new URL("../../docs/", import.meta.url);

/** What has been said when the pictures are taken. */
const CONVERSATION = [
  "joão opens the link instagram",
  "joão: Oi! Vocês entregam hoje?",
  "agent bia > joão: Olá, João! Sim, até as 18h.",
  "agent bia > joão: /assign",
  "maria: Good morning! Do you have rye bread?",
  "agent ana > maria: Good morning, Maria! We do, fresh from the oven.",
  'maria re "Good morning, Maria": Great, two please. Is this the one?',
  "maria sends photo",
  "agent ana > maria: # she ordered two last week as well",
  "agent ana > maria: That is the one. See you at five!",
  'maria reacts ❤ to "That is the one"',
  "maria sends voice",
];
const PIX = [
  "boss: /set pix 7d9f0335-8dcc-4054-9bf9-0dbd61d36906; Corner Bakery; Sao Paulo",
  "agent ana > maria: /pix 49,90 two breads and a cake",
];

const TRANSFER = [
  "maria: And a cake for Saturday?",
  "agent ana > maria: /transfer orders",
  "agent carla > maria at orders: Hello Maria! For how many?",
  "maria: Twelve of us",
  'agent carla > maria at orders re "Twelve of us": Then two kilos. I have put you down.',
  "joão: Obrigado!",
];

/** Does what a line says, and waits until all that follows is over. */
async function tells({ playground }: Visit, ...lines: string[]): Promise<void> {
  for (const line of lines) {
    await perform(playground, parseLine(line) as Deed);
    await playground.allSent();
  }
}

/** A page in which Maria's card is open, and everything has been said. */
async function opened(looking: Looking, ...more: string[]): Promise<Visit & { desk: DeskPage }> {
  const visited = await visit(looking);
  await tells(visited, ...CONVERSATION, ...more);
  const desk = new DeskPage(visited.page);
  await desk.opens("Maria");
  await desk.saysAllArrived();
  return Object.assign(visited, { desk });
}

/** Waits until nothing moves, and takes a picture of the page, or of one of its panes. */
async function take(
  page: Page,
  name: string,
  { region, stillMs = 400 }: { region?: string; stillMs?: number } = {},
): Promise<void> {
  await page.mouse.move(2, 2);
  await page.evaluate("document.activeElement?.blur()");
  await page.waitForTimeout(stillMs);
  const box = await (region ? page.getByRole("region", { name: region }) : page.locator("body"))
    .boundingBox();
  const session = await page.context().newCDPSession(page);
  // WebP is a quarter of a PNG, and sharper than JPEG.
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: 84,
    clip: { ...box!, scale: 1 },
  });
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  await Deno.writeFile(new URL(`${name}.webp`, DOCS), bytes);
  console.log(`docs/${name}.webp: ${Math.round(bytes.length / 1024)} KB`);
}

for (const scheme of ["light", "dark"] as const) {
  await using visited = await opened({ scheme, width: 1280, height: 760 });
  await take(visited.page, `playground-${scheme}`);
}
{
  await using visited = await opened({ width: 1180, height: 790 });
  await take(visited.page, "thread", { region: "Channel" });
  await visited.page.getByRole("button", { name: "Back to the cards" }).click();
  await take(visited.page, "cards", { region: "Channel" });
}
{
  await using visited = await opened({ width: 1280, height: 720 });
  const { desk, page } = visited;
  await page.getByRole("button", { name: "Back to the cards" }).click();
  await desk.opensSecondDesk("Orders");
  await tells(visited, ...TRANSFER);
  await desk.opens("Maria");
  await page.getByRole("button", { name: "Maria" }).click();
  await desk.saysAllArrived();
  await take(page, "desks");
}
{
  await using visited = await opened({ width: 390, height: 760, hasTouch: true });
  await visited.desk.pane("Customer");
  await take(visited.page, "playground-phone");
}
{
  await using visited = await opened({ width: 390, height: 760, hasTouch: true }, ...PIX);
  await visited.desk.pane("Customer");
  await visited.page.getByRole("img", { name: "Photo" }).last().waitFor();
  await take(visited.page, "pix");
}
{
  await using visited = await opened({ width: 1280, height: 760 });
  const { desk, page, playground } = visited;
  await desk.turns("5xx");
  playground.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method !== "getUpdates");
  for (const text of ["One more question", "Do you deliver?", "And until when?"]) {
    await desk.writes(text);
  }
  await desk.attaches("Customer", "Location");
  await desk.comments("One moment, please");
  await desk.comments("I will ask the baker");
  await page.getByRole("group", { name: "Outbox" }).getByText(/×2/).first().waitFor();
  await desk.presses("Kill and restart");
  await page.getByText("The bot is dead").waitFor();
  // It is dead for a second.
  await take(page, "outbox", { stillMs: 0 });
}

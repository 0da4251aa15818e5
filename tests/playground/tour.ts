/** The guided tour: six steps in each language, for whoever acts and for whoever only looks. */
import { assertEquals } from "@std/assert";
import { DeskPage } from "../support/desk_page.ts";
import { visit, visitTest } from "../support/visit.ts";

const LANGUAGES = [
  { locale: "pt-BR", first: "Uma cliente escreve", show: "Mostrar", last: "Tudo chegou" },
  { locale: "en-GB", first: "A customer writes", show: "Show me", last: "Everything has arrived" },
  { locale: "es-AR", first: "Una clienta escribe", show: "Mostrar", last: "Todo ha llegado" },
];

for (const { locale, first, show, last } of LANGUAGES) {
  for (const width of [1280, 390]) {
    visitTest(
      `${locale}, ${width} pixels: six steps lead through a whole conversation`,
      async () => {
        await using visited = await visit({ locale, width });
        const { page } = visited;
        const desk = new DeskPage(page);
        await page.getByRole("button", { name: "Tour" }).click();
        const guide = page.getByRole("complementary", { name: "Guide" });
        await guide.getByRole("heading", { name: first }).waitFor();
        for (let step = 1; step <= 6; step++) {
          await guide.getByText(`${step} of 6`).waitFor();
          if (step === 6) await guide.getByRole("heading", { name: last }).waitFor();
          await guide.getByRole("button", { name: show }).click();
          if (step === 1) await desk.shows("Channel", "Maria");
          if (step === 3) await desk.shows("Customer", "Maria!");
          await guide.getByRole("button", { name: "Next" }).click();
        }
        await guide.waitFor({ state: "detached" });
        await desk.saysAllArrived();
        assertEquals(visited.complaints, []);
      },
    );
  }
}

visitTest("the tour is left at any step, and its language chosen", async () => {
  await using visited = await visit({ locale: "fr" });
  const { page } = visited;
  await page.getByRole("button", { name: "Tour" }).click();
  const guide = page.getByRole("complementary", { name: "Guide" });
  await guide.getByRole("heading", { name: "A customer writes" }).waitFor();
  await guide.getByRole("button", { name: /^Language/ }).click();
  await page.getByRole("menuitem", { name: "Español" }).click();
  await guide.getByRole("heading", { name: "Una clienta escribe" }).waitFor();
  assertEquals(await guide.getAttribute("lang"), "es");
  await guide.getByRole("button", { name: "Skip" }).click();
  await guide.waitFor({ state: "detached" });
});

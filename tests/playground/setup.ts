/** A desk in the browser from nothing on: the token, the claim, the keyboard, the first conversation. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openBrowserPlayground } from "../../playground/browser.ts";
import { playStory } from "../../playground/terminal.ts";
import { TokenField } from "../../playground/token.ts";
import { DeskPage } from "../support/desk_page.ts";
import { launch, look, visit, visitTest } from "../support/visit.ts";

for (const width of [1280, 390]) {
  visitTest(
    `${width} pixels: from the token to the first answer, by what the page and the bot offer`,
    async () => {
      const kept: string[] = [];
      const tokenField = new TokenField({
        get: () => undefined,
        fetch: () =>
          Promise.resolve(Response.json({ ok: false, error_code: 401, description: "" })),
        keep: (_, value) => Promise.resolve(void kept.push(value)),
        onTaken: () => kept.push("taken"),
      });
      const opened = await openBrowserPlayground({
        ...{ language: "en", isUnclaimed: true, awaitsToken: true },
        ...{ port: 0, write: () => {}, tokenField },
      });
      const browser = await launch();
      try {
        const page = await look(browser, opened.page.url, { width, hasTouch: width < 900 });
        const complaints: string[] = [];
        page.on("pageerror", ({ message }) => complaints.push(message));
        const desk = new DeskPage(page);

        const token = await page.getByText(/^\d+:[\w-]+$/).innerText();
        await desk.pane("Workshop");
        await page.getByText("No bot runs yet").waitFor();
        const field = page.getByLabel("Token", { exact: true });
        await field.fill(token.replace(/.{4}$/, "oops"));
        await page.keyboard.press("Enter");
        await page.getByRole("status").filter({ hasText: /token/i }).first().waitFor();
        assertEquals(opened.playground.isAlive, false);
        await field.fill(token);
        await page.keyboard.press("Enter");
        await page.getByText("It runs here").waitFor();
        assertEquals([opened.playground.isAlive, kept], [true, []]);

        await desk.pane("Customer");
        await page.getByRole("button", { name: "Claim the desk" }).click();
        await desk.shows("Customer", "You are the owner of this desk now");
        await desk.asked(/channel/i);
        const dialog = page.getByRole("dialog", { name: "Choose a channel" });
        await dialog.getByLabel("New channel").fill("Front Desk");
        await dialog.getByRole("button", { name: "Create" }).click();
        await desk.shows("Customer", "The channel has no group yet");
        await (await desk.pane("Channel")).getByRole("button", { name: "Create its group" })
          .click();
        const phone = await desk.pane("Customer");
        await phone.getByRole("button", { name: "Look again" }).click();
        await desk.asked(/group/i);
        await page.getByRole("dialog").getByRole("button", { name: "Front Desk log" }).click();
        await desk.shows("Customer", "Channel and group are chosen");
        const checklist = await desk.message("Customer", "The desk is open");
        await checklist.waitFor();
        assertEquals(/❌|🔧/.test(await checklist.innerText()), false);
        await checklist.getByRole("button", { name: /Send a test message/ }).click();
        await desk.shows("Customer", /✅ Test message: it took/);
        await page.getByRole("group", { name: "Keyboard" }).waitFor({ state: "detached" });

        await (await desk.pane("Customer")).getByRole("button", { name: "Maria" }).click();
        await desk.writes("are you open?");
        await desk.opens("Maria");
        await desk.comments("since a minute ago");
        await desk.shows("Customer", "since a minute ago");
        await desk.saysAllArrived();
        assertEquals(complaints, []);

        await page.getByRole("button", { name: "Copy this story" }).click();
        const story = await page.getByLabel("Story", { exact: true }).inputValue();
        assertStringIncludes(story, "a desk speaking en, not set up yet\n");
        assertEquals(story.includes(token), false);
        const told: string[] = [];
        assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
      } finally {
        await browser.close();
        await opened.close();
      }
    },
  );
}

visitTest("the links under the checklist lead to the same choice", async () => {
  await using visited = await visit({ isUnclaimed: true });
  const { page } = visited;
  const desk = new DeskPage(page);
  await page.getByRole("button", { name: "Claim the desk" }).click();
  await page.getByRole("button", { name: /Add me to your channel/ }).click();
  await page.getByRole("dialog", { name: "Choose a channel" })
    .getByRole("button", { name: "Create" }).click();
  await page.getByRole("button", { name: "Create its group" }).first().click();
  await page.getByRole("button", { name: /Look again/ }).click();
  await desk.shows("Customer", /Now tap “Choose the group”/);
  await page.getByRole("button", { name: /Add me to its group/ }).click();
  await page.getByRole("dialog", { name: "Choose a group" })
    .getByRole("button", { name: "Corner Bakery log" }).click();
  await desk.shows("Customer", "The desk is open");
  await page.getByRole("button", { name: "Copy this story" }).click();
  const story = await page.getByLabel("Story", { exact: true }).inputValue();
  assertStringIncludes(
    story,
    "boss shares the channel at corner_bakery: ➕ Add me to your channel",
  );
  const told: string[] = [];
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
});

/** The page is for everybody: by keyboard alone, by a screen reader, in light and dark. */
import axe from "axe-core";
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { visit, visitTest } from "../support/visit.ts";

/** What axe answers, as far as it is read. */
interface AxeResults {
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** What axe finds wrong with the page as it is. */
async function findings(page: Page): Promise<string[]> {
  // The page's policy lets no script of others in; the driver speaks past it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id}: ${target} ${failureSummary.replace(/\s+/g, " ")}`
    )
  );
}

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    visitTest(`axe finds nothing, ${scheme}, ${width} pixels wide`, async () => {
      await using visited = await visit({ scheme, width });
      const { page } = visited;
      const show = async (pane: string) => {
        if (width < 900) await page.getByRole("button", { name: pane, exact: true }).click();
      };
      assertEquals(await findings(page), [], "when it opens");
      await page.getByLabel("Message", { exact: true }).fill("hello #tag");
      await page.keyboard.press("Enter");
      const customer = page.getByRole("region", { name: "Customer" });
      for (const kind of ["Photo", "Voice note", "Live location", "Poll", "Dice"]) {
        await customer.getByRole("button", { name: "Attach" }).click();
        await page.getByRole("menuitem", { name: kind, exact: true }).click();
      }
      await customer.getByRole("listitem").last().getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "React" }).click();
      assertEquals(await findings(page), [], "with a menu open");
      await page.getByRole("menuitem", { name: "👍" }).click();
      await show("Channel");
      const channel = page.getByRole("region", { name: "Channel" });
      await channel.getByRole("button", { name: /comment/ }).click();
      await page.getByLabel("Comment", { exact: true }).fill("/");
      await page.getByRole("option").first().waitFor();
      assertEquals(await findings(page), [], "with commands offered");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Tour" }).click();
      assertEquals(await findings(page), [], "on the tour");
      await page.getByRole("button", { name: "Skip" }).click();
      await show("Log group");
      assertEquals(await findings(page), [], "the log");
      await show("Workshop");
      await page.getByRole("switch", { name: "429" }).click();
      assertEquals(await findings(page), [], "the workshop");
      await page.getByRole("button", { name: "Copy this story" }).click();
      await page.getByRole("dialog").waitFor();
      assertEquals(await findings(page), [], "the story");
      assertEquals(visited.complaints, []);
      assertEquals(visited.foreign, []);
    });
  }
}

visitTest("the keyboard suffices: to write, to answer, to edit", async () => {
  await using visited = await visit();
  const { page } = visited;
  const focused = () =>
    page.evaluate<string>(`(({ activeElement: element }) =>
      element?.getAttribute("aria-label") ?? element?.textContent ?? "")(document)`);
  /** How many presses of Tab it takes to get there. */
  const tabTo = async (name: string | RegExp) => {
    for (let presses = 1; presses <= 60; presses++) {
      await page.keyboard.press("Tab");
      const at = await focused();
      if (typeof name === "string" ? at === name : name.test(at)) return presses;
    }
    throw new Error(`60 presses of Tab do not lead to ${name}`);
  };
  for (let index = 0; index < 60; index++) {
    await visited.playground.people.find("maria")!.user.sends(
      visited.playground.chatOf(visited.playground.people.find("maria")!),
      `line ${index}`,
    );
  }
  await page.getByText("line 59").first().waitFor();
  await tabTo("Message");
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Enter");
  const channel = page.getByRole("region", { name: "Channel" });
  await channel.getByRole("button", { name: /comments/ }).waitFor();
  await tabTo(/^\S*\d+ comments/);
  await page.keyboard.press("Enter");
  await tabTo("Comment");
  await page.keyboard.type("answered by keyboard");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Customer" }).getByText("answered by keyboard").waitFor();
  await page.keyboard.press("Shift+Tab");
  for (let presses = 0; presses < 20 && await focused() !== "More"; presses++) {
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("End");
  await page.waitForTimeout(50);
  assertEquals(await focused(), "More");
  await page.keyboard.press("Enter");
  assertEquals(await focused(), "Reply");
  await page.keyboard.press("Escape");
  assertEquals(await focused(), "More");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  assertEquals(await focused(), "Edit");
  await page.keyboard.press("Enter");
  assertEquals(await focused(), "Comment");
  await page.keyboard.type(", and edited");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Customer" })
    .getByText("answered by keyboard, and edited").waitFor();
});

visitTest("who wants less motion gets none", async () => {
  await using visited = await visit({ isMotionReduced: true });
  const moving = await visited.page.evaluate<number>(`
    [...document.querySelectorAll("*")].filter((element) =>
      getComputedStyle(element).transitionDuration !== "0s"
    ).length`);
  assertEquals(moving, 0);
  assert(await visited.page.locator("button").count() > 5);
});

/** The page is for everybody: by keyboard alone, by a screen reader, in light and dark. */
import axe from "axe-core";
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { openBrowserPlayground } from "../../playground/browser.ts";
import { TokenField } from "../../playground/token.ts";
import { DeskPage } from "../support/desk_page.ts";
import { launch, look, visit, visitTest } from "../support/visit.ts";

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

for (
  const { scheme, width } of [
    { scheme: "light", width: 1280 },
    { scheme: "dark", width: 390 },
  ] as const
) {
  visitTest(`axe finds nothing with several desks, ${scheme}, ${width} pixels wide`, async () => {
    await using visited = await visit({ scheme, width });
    const { page } = visited;
    const desk = new DeskPage(page);
    await desk.writes("hello");
    await desk.opensSecondDesk("Orders");
    assertEquals(await findings(page), [], "two desks");
    await desk.pane("Customer");
    assertEquals(await findings(page), [], "the checklist");
    await page.getByRole("button", { name: "Maria" }).click();
    await page.getByRole("button", { name: "Open a link" }).click();
    assertEquals(await findings(page), [], "with links to both");
    await page.keyboard.press("Escape");
    await desk.choosesDesk(/^Corner Bakery/);
    assertEquals(await findings(page), [], "cards");
    await desk.opens("Maria");
    await desk.more(await desk.message("Channel", "hello"), "Reply");
    assertEquals(await findings(page), [], "an answer that is begun");
    await page.keyboard.press("Escape");
    await page.getByLabel("Comment", { exact: true }).fill("@corner_bakery_bot ");
    await page.getByRole("option").first().waitFor();
    assertEquals(await findings(page), [], "with canned replies offered");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Comment as/ }).click();
    assertEquals(await findings(page), [], "with a choice open");
    await page.keyboard.press("Escape");
    await desk.comments("/priority 3");
    await desk.comments("/transfer orders");
    await desk.shows("Channel", /transferred this/);
    assertEquals(await findings(page), [], "a thread that has gone elsewhere");
    await desk.pane("Log group");
    assertEquals(await findings(page), [], "the log of one of them");
    await desk.pane("Channel");
    await page.getByRole("button", { name: "Back to the cards" }).click();
    assertEquals(await findings(page), [], "a card that has gone elsewhere");
    for (const fault of ["429", "5xx", "Lost answers", "Slow"]) await desk.turns(fault);
    await desk.writes("are you there?");
    await desk.presses("Kill and restart");
    await page.getByText("The bot is dead").waitFor();
    assertEquals(await findings(page), [], "the outbox of a dead bot");
    assertEquals(visited.complaints, []);
  });

  visitTest(
    `axe finds nothing before there is a desk, ${scheme}, ${width} pixels wide`,
    async () => {
      const tokenField = new TokenField({ get: () => undefined, fetch, onTaken: () => {} });
      const opened = await openBrowserPlayground({
        ...{ language: "en", isUnclaimed: true, awaitsToken: true },
        ...{ port: 0, write: () => {}, tokenField },
      });
      const browser = await launch();
      try {
        const page = await look(browser, opened.page.url, { scheme, width });
        const desk = new DeskPage(page);
        for (const pane of ["Customer", "Channel", "Log group", "Workshop"] as const) {
          await (await desk.pane(pane)).waitFor();
          assertEquals(await findings(page), [], `without a bot: ${pane}`);
        }
        await page.getByLabel("Token", { exact: true }).fill(opened.playground.bot.token);
        await page.keyboard.press("Enter");
        await page.getByText("It runs here").waitFor();
        assertEquals(await findings(page), [], "the token is taken");
        await desk.pane("Customer");
        await page.getByRole("button", { name: "Claim the desk" }).click();
        await page.getByRole("group", { name: "Keyboard" }).waitFor();
        assertEquals(await findings(page), [], "the keyboard");
        await desk.asked(/channel/i);
        assertEquals(await findings(page), [], "channels to choose from");
        await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
        for (const pane of ["Channel", "Log group"] as const) {
          const create = (await desk.pane(pane)).getByRole("button", {
            name: "Create its group",
          });
          await create.waitFor();
          assertEquals(await findings(page), [], `a channel without a group: ${pane}`);
        }
        await desk.pane("Customer");
        await page.getByLabel("Message", { exact: true }).fill("/menu");
        await page.keyboard.press("Escape");
        await desk.asked(/channel/i);
        assertEquals(await findings(page), [], "one channel to choose");
      } finally {
        await browser.close();
        await opened.close();
      }
    },
  );
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
  for (const side of [channel, page.getByRole("region", { name: "Customer" })]) {
    await side.getByText("answered by keyboard").first().waitFor();
  }
  await page.keyboard.press("Shift+Tab");
  for (let presses = 0; presses < 20 && await focused() !== "More"; presses++) {
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("End");
  const isAtEnd = () =>
    page.evaluate<boolean>(`
      document.activeElement.closest("li[data-key]")?.matches(":last-child") ?? false`);
  for (let looks = 0; looks < 100 && !await isAtEnd(); looks++) await page.waitForTimeout(20);
  assertEquals([await focused(), await isAtEnd()], ["More", true]);
  /** Presses a key, and sees where the focus goes, which takes the page a moment. */
  const leadsTo = async (key: string, name: string) => {
    await page.keyboard.press(key);
    for (let looks = 0; looks < 100 && await focused() !== name; looks++) {
      await page.waitForTimeout(20);
    }
    assertEquals(await focused(), name);
  };
  await leadsTo("Enter", "Reply");
  await leadsTo("Escape", "More");
  await leadsTo("Enter", "Reply");
  await leadsTo("ArrowDown", "Edit");
  await leadsTo("Enter", "Comment");
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

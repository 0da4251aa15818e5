/** What breaks between the bot and Telegram, in the browser: the outbox fills, drains, and all arrives. */
import { assert, assertEquals } from "@std/assert";
import { DeskPage } from "../support/desk_page.ts";
import { visit, visitTest } from "../support/visit.ts";

for (const width of [1280, 390]) {
  visitTest(
    `${width} pixels: with every fault on, and killed, everything arrives in order`,
    async () => {
      await using visited = await visit({ width });
      const { page } = visited;
      const desk = new DeskPage(page);
      await desk.writes("before the storm");
      await desk.opens("Maria");
      await desk.saysAllArrived();
      for (const fault of ["429", "5xx", "Lost answers", "Slow"]) await desk.turns(fault);
      await desk.writes("first");
      await desk.attaches("Customer", "Album");
      await desk.comments("an answer");
      await desk.writes("second");
      await desk.pane("Workshop");
      await page.getByText(/Outbox: \d+ jobs? under way/).waitFor();
      await page.getByRole("button", { name: "Kill and restart" }).click();
      await page.getByText("The bot is dead").waitFor();
      await desk.writes("written to the dead");
      await desk.more(await desk.message("Customer", "second"), "Edit");
      await desk.writes("second, corrected");
      for (const fault of ["429", "5xx", "Lost answers", "Slow"]) await desk.turns(fault);
      await desk.saysAllArrived();
      const texts = await desk.texts("Channel");
      const places = ["before the storm", "first", "second, corrected", "written to the dead"]
        .map((words) => texts.findIndex((text) => text.includes(words)));
      assert(places.every((at) => at >= 0), texts.join(" | "));
      assertEquals(places, places.toSorted((a, b) => a - b));
      assertEquals(visited.complaints, []);
    },
  );
}

visitTest(
  "without an answer from Telegram the page says that nothing has arrived yet",
  async () => {
    await using visited = await visit();
    const desk = new DeskPage(visited.page);
    visited.playground.telegram.faults.rate(
      { kind: "502" },
      1,
      ({ method }) => method !== "getUpdates",
    );
    await desk.writes("good morning");
    await visited.page.getByText(/under way/).waitFor();
    await visited.page.waitForTimeout(1500);
    assertEquals(await visited.page.getByText("Everything has arrived, in order").count(), 0);
    const sent = await desk.message("Customer", "good morning");
    await sent.getByRole("img", { name: "Sent" }).waitFor();
    visited.playground.telegram.faults.clear();
    await desk.saysAllArrived();
    await sent.getByRole("img", { name: "Arrived" }).waitFor();
  },
);

visitTest("cards that are not forwarded open when they are", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await page.getByRole("button", { name: /^Automatic forwards/ }).click();
  await page.getByRole("menuitem", { name: "withheld" }).click();
  await desk.writes("is anybody there?");
  await desk.opens("Maria");
  await page.getByText("The card is not in the group yet").waitFor();
  await page.getByRole("button", { name: /^Automatic forwards/ }).click();
  await page.getByRole("menuitem", { name: "on time" }).click();
  await desk.shows("Channel", "is anybody there?");
  await desk.saysAllArrived();
});

visitTest("what is written after a card was deleted still reaches the group", async () => {
  await using visited = await visit();
  const desk = new DeskPage(visited.page);
  await desk.writes("hello");
  await desk.shows("Channel", "Maria");
  await desk.more(await desk.message("Channel", "Maria"), "Delete");
  await desk.writes("still there?");
  await desk.shows("Log group", "still there?");
  await desk.saysAllArrived();
});

visitTest("time passes at a click: an answer that was put off goes out", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("hello");
  await desk.opens("Maria");
  await desk.comments("/later 2h see you soon");
  const channel = page.getByRole("region", { name: "Channel" });
  await channel.getByRole("button", { name: "Cancel" }).waitFor();
  await page.getByRole("button", { name: /^How long/ }).click();
  await page.getByRole("menuitem", { name: "8 h" }).click();
  await page.getByRole("button", { name: "Let time pass" }).click();
  await desk.shows("Customer", "see you soon");
});

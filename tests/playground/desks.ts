/** Several desks in the browser: one is opened, one looks at either, and conversations move. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { playStory } from "../../playground/terminal.ts";
import { DeskPage } from "../support/desk_page.ts";
import { visit, visitTest } from "../support/visit.ts";

for (const width of [1280, 390]) {
  visitTest(
    `${width} pixels: a second desk is opened; who comes to it is answered there, and handed on`,
    async () => {
      await using visited = await visit({ width });
      const { page, playground } = visited;
      const desk = new DeskPage(page);
      await desk.opensSecondDesk("Orders");
      assertEquals(playground.desks.all.map(({ name }) => name), ["corner_bakery", "orders"]);
      assertEquals(await page.getByText("something new").count(), 0);
      await desk.shows("Customer", "orders");
      await desk.shows("Customer", /The desk is open/);

      await (await desk.pane("Customer")).getByRole("button", { name: "Maria" }).click();
      await page.getByRole("button", { name: "Open a link" }).click();
      await page.getByRole("menuitem", { name: "?start=orders_instagram", exact: true }).click();
      await desk.writes("a cake for Saturday, please");
      await (await desk.pane("Customer")).getByRole("button", { name: "João" }).click();
      await desk.writes("bom dia");

      await desk.opens("Maria");
      await page.getByText("#from_instagram").first().waitFor();
      await page.getByRole("button", { name: "Comment as: Carla" }).waitFor();
      await desk.comments("with pleasure");
      await (await desk.pane("Customer")).getByRole("button", { name: "Maria" }).click();
      await desk.shows("Customer", "with pleasure");

      await desk.choosesDesk(/^Corner Bakery/);
      await desk.shows("Log group", "bom dia");
      assertEquals(await page.getByText("with pleasure").and(page.locator(".log *")).count(), 0);
      await desk.opens("João");
      await page.getByRole("button", { name: "Comment as: Ana" }).waitFor();
      await desk.comments("/transfer orders");
      await desk.shows("Channel", /Ana transferred this to orders/);
      await desk.comments("does anybody hear me?");
      await desk.shows("Channel", /reaches nobody/);
      const channel = await desk.pane("Channel");
      await channel.getByRole("button", { name: /^Orders something new/ }).waitFor();
      await desk.choosesDesk(/^Orders/);
      await (await desk.pane("Channel")).getByRole("button", { name: "Back to the cards" }).click();
      await desk.opens("João");
      await desk.shows("Channel", /From corner_bakery: Ana transferred it/);
      await desk.comments("bom dia, João!");
      await (await desk.pane("Customer")).getByRole("button", { name: "João" }).click();
      await desk.shows("Customer", "bom dia, João!");
      await desk.saysAllArrived();
      assertEquals(visited.complaints, []);
    },
  );
}

visitTest(
  "a desk is opened by hand: /adddesk, a new channel, its group, the keyboard",
  async () => {
    await using visited = await visit();
    const { page, playground } = visited;
    const desk = new DeskPage(page);
    await page.getByRole("button", { name: "Boss" }).click();
    await desk.writes("/adddesk");
    await desk.asked(/channel/i);
    const dialog = page.getByRole("dialog", { name: "Choose a channel" });
    await dialog.getByRole("button", { name: "Corner Bakery" }).waitFor();
    await dialog.getByLabel("New channel").fill("Bolos & Tortas");
    await dialog.getByRole("button", { name: "Create" }).click();
    await desk.shows("Customer", /The channel has no group yet/);
    await desk.choosesDesk("Bolos & Tortas");
    await page.getByRole("button", { name: "Create its group" }).first().click();
    await page.getByRole("button", { name: "Look again" }).last().click();
    await desk.asked(/group/i);
    await page.getByRole("dialog").getByRole("button", { name: "Bolos & Tortas log" }).click();
    await desk.shows("Customer", "Channel and group are chosen");
    assertEquals(playground.desks.all.at(-1)!.name, "bolos_tortas");
    await desk.writes("/route bolos_tortas");
    await desk.shows("Customer", "New customers come to bolos_tortas");
    await page.getByRole("button", { name: "Maria" }).click();
    await desk.writes("two cakes");
    await desk.opens("Maria");
    await page.getByRole("button", { name: "Add agent" }).click();
    await page.getByRole("button", { name: "Comment as: Carla" }).waitFor();
    await desk.comments("which ones?");
    await desk.shows("Customer", "which ones?");
    await desk.saysAllArrived();
  },
);

visitTest("customers choose a desk in the menu", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.opensSecondDesk("Orders");
  await desk.writes("/set menu Delivery; Order something > orders");
  await page.getByRole("button", { name: "corner_bakery", exact: true }).click();
  await desk.shows("Customer", "✅ menu: Delivery; Order something");
  await page.getByRole("button", { name: "Maria" }).click();
  await desk.writes("/start");
  await page.getByRole("button", { name: "Order something" }).click();
  // The desk that was chosen greets as well.
  await page.getByText("Hello! Write your message here").nth(1).waitFor();
  await desk.writes("a loaf, please");
  await desk.opens("Maria");
  await desk.shows("Channel", "a loaf, please");
  await desk.saysAllArrived();
});

visitTest("the keyboard suffices to open a desk, and to switch", async () => {
  await using visited = await visit();
  const { page } = visited;
  await page.getByRole("button", { name: "Open a second desk" }).focus();
  await page.keyboard.press("Enter");
  const switches = page.getByRole("region", { name: "Channel" })
    .getByRole("group", { name: "Which desk" });
  await switches.getByRole("button", { name: "Orders" }).and(page.locator("[aria-pressed=true]"))
    .waitFor();
  await switches.getByRole("button", { name: "Orders" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await switches.getByRole("button", { name: "Corner Bakery" })
    .and(page.locator("[aria-pressed=true]")).waitFor();
  await page.getByRole("region", { name: "Log group" })
    .getByRole("heading", { name: "Corner Bakery log" }).waitFor();
});

visitTest("a story of two desks is told again, to its end", async () => {
  await using visited = await visit({ language: "pt-BR" });
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("bom dia");
  await desk.opensSecondDesk("Encomendas");
  await desk.choosesDesk(/^Padaria Central/);
  await desk.opens("Maria");
  await page.getByLabel("Comment", { exact: true }).fill("@padaria_central_bot entrega");
  await page.getByRole("option", { name: /Entrega/ }).click();
  await desk.comments("/transferir encomendas");
  await desk.choosesDesk(/^Encomendas/);
  await desk.opens("Maria");
  await desk.comments("para quando?");
  await page.getByRole("button", { name: "Maria" }).click();
  await desk.more(await desk.message("Customer", "para quando?"), "Reply");
  await desk.writes("sábado");
  const log = await desk.pane("Log group");
  await desk.more(log.getByRole("listitem").filter({ hasText: "sábado" }), "React");
  await page.getByRole("menuitem", { name: "👍" }).click();
  await desk.message("Customer", "sábado").then((message) =>
    message.getByRole("button", { name: /👍/ }).waitFor()
  );
  await desk.saysAllArrived();
  await page.getByRole("button", { name: "Copy this story" }).click();
  const story = await page.getByLabel("Story", { exact: true }).inputValue();
  for (
    const line of [
      "a desk speaking pt-BR",
      "boss: /adddesk",
      "boss creates the channel Encomendas",
      "boss links a group at encomendas",
      "carla joins the team at encomendas",
      "agent ana > maria: /transferir encomendas",
      "agent carla > maria at encomendas: para quando?",
      'agent boss at encomendas reacts 👍 to "sábado"',
    ]
  ) {
    assertStringIncludes(story, `\n${line}\n`);
  }
  const told: string[] = [];
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
  assert(told.some((line) => /Carla: para quando\?/.test(line)), told.join("\n"));
});

/** A desk in the browser: both sides of a conversation, as the people in it have them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { playStory } from "../../playground/terminal.ts";
import { DeskPage } from "../support/desk_page.ts";
import { look, visit, visitTest } from "../support/visit.ts";

for (const width of [1280, 390]) {
  visitTest(
    `${width} pixels: both sides write, answer, quote, edit, delete and react`,
    async () => {
      await using visited = await visit({ width, hasTouch: width < 900 });
      const desk = new DeskPage(visited.page);
      await desk.writes("hello, do you have bread?");
      await desk.shows("Customer", "Write your message here");
      await desk.opens("Maria");
      await desk.shows("Channel", "hello, do you have bread?");
      await desk.comments("we do, and cake");
      await desk.shows("Customer", "we do, and cake");

      await desk.more(await desk.message("Customer", "we do, and cake"), "Reply");
      await desk.writes("two, please");
      const answer = await desk.message("Channel", "two, please");
      await answer.getByRole("button", { name: "we do, and cake" }).waitFor();

      await desk.more(await desk.message("Customer", "two, please"), "Edit");
      await desk.writes("three, please");
      await desk.shows("Channel", "three, please");
      await desk.pane("Channel");
      await desk.more(await desk.message("Channel", "we do, and cake"), "Edit");
      await desk.comments("we do, and pies");
      await desk.shows("Customer", "we do, and pies");
      await (await desk.message("Customer", "we do, and pies")).getByText("edited").waitFor();

      await desk.more(await desk.message("Channel", "three, please"), "React");
      await visited.page.getByRole("menuitem", { name: "👍" }).click();
      const reacted = await desk.message("Customer", "three, please");
      await reacted.getByRole("button", { name: /👍/ }).waitFor();

      await desk.more(await desk.message("Customer", "we do, and pies"), "Delete");
      await desk.shows("Channel", "we do, and pies");
      await desk.saysAllArrived();
      assertEquals((await desk.texts("Customer")).includes("we do, and pies"), false);
      assertEquals(visited.complaints, []);
      assertEquals(visited.foreign, []);
    },
  );
}

visitTest("every kind of message is sent by a click, and shown on both sides", async () => {
  await using visited = await visit();
  const desk = new DeskPage(visited.page);
  await desk.writes("hello");
  await desk.opens("Maria");
  const shown: [kind: string, inChannel: (page: DeskPage) => Promise<void>][] = [];
  const images =
    (name: string | RegExp, count = 1): (page: DeskPage) => Promise<void> => async () => {
      const all = (await desk.pane("Channel")).getByRole("img", { name });
      await all.nth(count - 1).waitFor();
    };
  shown.push(["Photo", images("Photo")], ["Album", images("Photo", 4)], [
    "Video",
    images(/^Video/),
  ]);
  shown.push(["GIF", images("GIF")], ["Voice note", images(/^Voice note/)]);
  shown.push(["Round video", images(/^Round video/)], ["Sticker", images("Sticker")]);
  shown.push(["Location", images(/^Map/)], ["Live location", images(/^Map/, 2)]);
  const says = (words: string) => () => desk.shows("Channel", words);
  shown.push(["Music", says("Pão quente")], ["File", says("order.pdf")], [
    "Poll",
    says("Which bread"),
  ]);
  shown.push(["Contact", says("Rui Costa")], ["Place", says("Padaria Central")]);
  shown.push(["Quiz", says("bread warm")], ["Dice", says("🎲")], ["Checklist", says("To buy")]);
  for (const [kind, isThere] of shown) {
    await desk.attaches("Customer", kind);
    await isThere(desk);
  }
  await desk.attaches("Channel", "Photo");
  const phone = await desk.pane("Customer");
  await phone.getByRole("img", { name: "Photo" }).nth(4).waitFor();
  const live = phone.getByRole("listitem").filter({ hasText: "Live location" });
  await desk.more(live, "Move");
  // One step north-east of where it was.
  await (await desk.pane("Channel")).getByText("38.7145").waitFor();
  await desk.saysAllArrived();
  assertEquals(visited.complaints, []);
});

visitTest("commands are offered behind a slash, canned replies behind the bot's name", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("when are you open?");
  await desk.opens("Maria");
  const comment = page.getByLabel("Comment", { exact: true });
  await comment.fill("/pri");
  const offered = page.getByRole("option", { name: /priority/ }).first();
  await offered.waitFor();
  await offered.click();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await desk.shows("Log group", /Maria.*#p3/s);
  await comment.fill("@corner_bakery_bot hours");
  const reply = page.getByRole("option", { name: /Opening hours/ });
  await reply.waitFor();
  await reply.click();
  await desk.shows("Customer", "We are open from 7 to 19");
  await desk.shows("Channel", "We are open from 7 to 19");
  await desk.saysAllArrived();
});

visitTest("buttons work, cards are pinned, and hashtags filter them", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("hello");
  await page.getByRole("region", { name: "Customer" }).getByRole("button", { name: "João" })
    .click();
  await desk.writes("bom dia");
  await desk.opens("Maria");
  const channel = await desk.pane("Channel");
  await channel.getByRole("button", { name: "Priority" }).click();
  await channel.getByRole("button", { name: "🟥 5" }).click();
  await channel.getByRole("button", { name: "Back to the cards" }).click();
  await channel.getByRole("button", { name: /Pinned message/ }).waitFor();
  await channel.getByRole("button", { name: "#p5" }).click();
  await channel.getByText("1 card").waitFor();
  assertEquals(await channel.getByText("João").count(), 0);
  await channel.getByRole("button", { name: "Show all" }).click();
  await (await desk.message("Channel", "João")).getByText("João").first().click();
  await page.getByLabel("Comment", { exact: true }).waitFor();
});

visitTest(
  "customers come, block and return; strangers are thrown out; links name their source",
  async () => {
    await using visited = await visit();
    const { page } = visited;
    const desk = new DeskPage(page);
    await page.getByRole("button", { name: "Add customer" }).click();
    await desk.writes("hola");
    await desk.opens("Rosa");
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await desk.comments("are you there?");
    await desk.shows("Channel", /🚫/);
    await page.getByRole("button", { name: "Unblock" }).click();
    await desk.shows("Customer", "are you there?");
    await page.getByRole("button", { name: "Join as a stranger" }).click();
    await desk.shows("Log group", /removed Stranger1/);
    await (await desk.pane("Channel")).getByRole("button", { name: "Back to the cards" }).click();
    await page.getByRole("button", { name: "Add customer" }).click();
    await page.getByText("Liam’s phone").waitFor();
    await page.getByRole("button", { name: "Open a link" }).click();
    await desk.shows("Customer", "/start instagram");
    await desk.shows("Channel", "#from_instagram");
  },
);

visitTest(
  "who writes quickly loses nothing, and what is refused comes back into the line",
  async () => {
    await using visited = await visit();
    const { page, playground } = visited;
    const desk = new DeskPage(page);
    const words = Array.from({ length: 12 }, (_, index) => `line ${index + 1}.`);
    for (const line of words) await desk.writes(line);
    await desk.shows("Log group", words.at(-1)!);
    await desk.saysAllArrived();
    assertEquals((await desk.texts("Customer")).filter((text) => words.includes(text)), words);
    playground.people.find("maria")!.user.blocks(playground.bot);
    await desk.writes("can you hear me?");
    await page.getByText("Maria has blocked the bot").waitFor();
    const line = page.getByLabel("Message", { exact: true });
    assertEquals(await line.inputValue(), "can you hear me?");
  },
);

visitTest("what is selected of a message is quoted by a reply", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("do you have rye bread and corn bread?");
  await desk.opens("Maria");
  const asked = await desk.message("Channel", "do you have rye bread");
  await asked.waitFor();
  await page.evaluate(`(() => {
    const words = [...document.querySelectorAll(".channel .words")].at(-1).firstChild;
    getSelection().setBaseAndExtent(words, 12, words, 21);
  })()`);
  await desk.more(asked, "Reply");
  await desk.comments("rye only");
  const answer = await desk.message("Customer", "rye only");
  await answer.getByRole("button", { name: "“rye bread”" }).waitFor();
  await desk.saysAllArrived();
});

visitTest("agents comment as themselves, as the channel, and without a name", async () => {
  await using visited = await visit();
  const { page } = visited;
  const desk = new DeskPage(page);
  await desk.writes("hello");
  await desk.opens("Maria");
  for (
    const [writer, words] of [
      ["Bia", "as Bia"],
      ["Corner Bakery (channel)", "as the channel"],
      ["Anonymous admin", "as nobody"],
    ] as const
  ) {
    await page.getByRole("button", { name: /^Comment as:/ }).click();
    await page.getByRole("menuitem", { name: writer }).click();
    await desk.comments(words);
    await desk.shows("Customer", words);
  }
  const log = await desk.pane("Log group");
  await log.getByRole("listitem").filter({ hasText: "as Bia" }).getByText("Bia", { exact: true })
    .waitFor();
});

visitTest("every tab shows the same desk, and a story is told again elsewhere", async () => {
  await using visited = await visit();
  const desk = new DeskPage(visited.page);
  await desk.writes('one "two" \\ three');
  const other = new DeskPage(await look(visited.browser, visited.served.url));
  await other.shows("Customer", 'one "two"');
  await other.opens("Maria");
  await other.comments("four");
  await desk.shows("Customer", "four");
  await desk.more(await desk.message("Customer", "four"), "Reply");
  await desk.writes("five");
  await desk.attaches("Customer", "Album");
  await desk.turns("5xx");
  await desk.writes("six");
  await desk.presses("Kill and restart");
  await desk.turns("5xx");
  await desk.saysAllArrived();
  await visited.page.getByRole("button", { name: "Copy this story" }).click();
  const story = await visited.page.getByLabel("Story", { exact: true }).inputValue();
  assertStringIncludes(story, 'maria re "four": five');
  assertStringIncludes(story, "\nkill\n");
  const told: string[] = [];
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
  for (const words of ['one "two"', "four", "five", "six"]) {
    assert(
      told.some((line) => line.includes(`Corner Bakery: ${words}`) || line.includes(`) ${words}`)),
      words,
    );
  }
});

/**
 * How soon the page is there, and how quick it stays among ten thousand messages. Times are told, and
 * asked of nothing: the machine may be busy.
 */
import { assert } from "@std/assert";
import { launch, look, visit, visitTest } from "../support/visit.ts";

const MANY = 10_000;

visitTest("the page is painted", async () => {
  await using visited = await visit();
  const paints: number[] = [];
  for (let times = 0; times < 5; times++) {
    await visited.page.goto(visited.served.url);
    await visited.page.getByRole("region", { name: "Customer" }).waitFor();
    paints.push(
      await visited.page.evaluate<number>(
        'performance.getEntriesByName("first-contentful-paint")[0].startTime',
      ),
    );
  }
  assert(paints.every((ms) => ms > 0));
  console.log(`first paint after ${paints.map(Math.round).join(", ")} ms; the aim is 500`);
});

visitTest("of ten thousand messages a few are drawn, wherever one scrolls", async () => {
  await using visited = await visit();
  const { playground, served } = visited;
  const maria = playground.people.find("maria")!;
  const chat = playground.chatOf(maria);
  // Nobody carries these: what is tried is the page.
  playground.bot.allowedUpdates = ["callback_query"];
  for (let index = 0; index < MANY; index++) {
    maria.user.sends(chat, `message ${index} ${"word ".repeat(index % 40)}`);
  }
  const browser = await launch();
  try {
    const page = await look(browser, served.url);
    await page.getByText(`message ${MANY - 1} `).waitFor();
    const { frames, rows } = await page.evaluate<{ frames: number[]; rows: number }>(`(async () => {
      const list = document.querySelector(".customer .list");
      const times = [];
      let before = performance.now();
      for (let frame = 0; frame < 90; frame++) {
        list.scrollTop -= frame < 60 ? 700 : 40_000;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - before);
        before = performance.now();
      }
      return { frames: times, rows: list.querySelectorAll("li").length };
    })()`);
    const ordered = frames.toSorted((a, b) => a - b);
    const middle = ordered[Math.floor(ordered.length / 2)]!;
    assert(rows < 150, `${rows} rows are drawn`);
    console.log(`a frame: ${Math.round(middle)} ms, ${Math.round(ordered.at(-1)!)} at most`);
    await page.evaluate('document.querySelector(".customer .list").scrollTop = 0');
    await page.getByText("message 0", { exact: false }).first().waitFor();
  } finally {
    await browser.close();
  }
});

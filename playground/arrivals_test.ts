import { assertEquals } from "@std/assert";
import { Sides } from "./arrivals.ts";
import { perform } from "./deeds.ts";
import { Playground } from "./playground.ts";
import { parseLine } from "./story/line.ts";

/** A playground in which lines happen one after the other, and what has been compared until then. */
async function stage() {
  const playground = await Playground.open({ write: () => {} });
  const sides = new Sides(playground);
  const happens = async (...lines: string[]) => {
    for (const line of lines) {
      const deed = parseLine(line);
      if (!("does" in deed) || deed.does === "not understood") throw new Error(line);
      await perform(playground, deed as Parameters<typeof perform>[1]);
      await playground.settled();
    }
  };
  const counts = () => {
    const { arrived, missing, disordered } = sides.compare();
    return { arrived: arrived.size, missing: missing.length, disordered: disordered.length };
  };
  return { playground, happens, counts };
}

Deno.test("what both sides write arrives; notes, commands and /start are not looked for", async () => {
  const { playground, happens, counts } = await stage();
  await happens(
    "maria: /start",
    "maria: hello",
    "agent ana > maria: hi",
    "agent ana > maria: # note",
  );
  await happens("agent ana > maria: /priority 3", "maria sends album: three");
  await playground.allSent();
  assertEquals(counts(), { arrived: 5, missing: 0, disordered: 0 });
  await playground.close();
});

Deno.test("what a customer wrote who has no card yet is missed", async () => {
  const { playground, happens, counts } = await stage();
  playground.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method !== "getUpdates");
  await happens("maria: hello", "boss: /help");
  assertEquals(counts(), { arrived: 0, missing: 1, disordered: 0 });
  playground.telegram.faults.clear();
  await playground.allSent();
  assertEquals(counts(), { arrived: 1, missing: 0, disordered: 0 });
  await playground.close();
});

Deno.test("the same words twice have to arrive twice", async () => {
  const { playground, happens, counts } = await stage();
  await happens("maria: ok", "5xx on");
  counts();
  playground.telegram.faults.clear();
  playground.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method !== "getUpdates");
  await happens("maria: ok");
  assertEquals(counts(), { arrived: 1, missing: 1, disordered: 0 });
  await happens("5xx off");
  await playground.allSent();
  assertEquals(counts(), { arrived: 2, missing: 0, disordered: 0 });
  await playground.close();
});

Deno.test("what was deleted where it had arrived has arrived; what is edited arrives again", async () => {
  const { playground, happens, counts } = await stage();
  await happens("maria: hello", "agent ana > maria: hi");
  counts();
  await happens('maria deletes "hi"', 'maria edits "hello": hello there');
  assertEquals(counts(), { arrived: 2, missing: 0, disordered: 0 });
  await playground.close();
});

Deno.test("a card that is deleted leaves its thread, in which what is written arrives", async () => {
  const { playground, happens, counts } = await stage();
  await happens("maria: hello", 'boss in channel deletes "🟦 Maria ID 700000002"', "maria: again");
  assertEquals(counts(), { arrived: 2, missing: 0, disordered: 0 });
  await playground.close();
});

Deno.test("copies that are swapped are out of order, and one that is taken away is missed", async () => {
  const { playground, happens, counts } = await stage();
  await happens("maria: one", "maria: two");
  const [one, two] = ["one", "two"].map((words) =>
    [...playground.desks.linked().group.records.values()].find(({ content }) =>
      content.text === words
    )!
  );
  [one!.content, two!.content] = [two!.content, one!.content];
  assertEquals(counts(), { arrived: 2, missing: 0, disordered: 1 });
  await playground.close();
});

Deno.test("a message that nobody carried is missed", async () => {
  const { playground, happens, counts } = await stage();
  await happens("maria: one", "maria: two");
  const two = [...playground.desks.linked().group.records.values()].find(({ content }) =>
    content.text === "two"
  )!;
  playground.desks.linked().group.records.delete(two.id);
  assertEquals(counts(), { arrived: 1, missing: 1, disordered: 0 });
  await playground.close();
});

Deno.test("over a transfer both desks' threads are one conversation, in order", async () => {
  const { playground, happens, counts } = await stage();
  await happens(
    "boss: /adddesk",
    "boss creates the channel Sales",
    "boss links a group at sales",
    "boss shares the channel at sales: Choose or create the channel",
    "boss shares the group at sales: Choose the group",
    "carla joins the team at sales",
    "maria: one",
    "agent ana > maria: two",
    "agent ana > maria: /transfer sales",
    "maria: three",
  );
  await happens(
    "agent carla > maria at sales: four",
    "agent carla > maria at sales: /transfer desk",
  );
  await happens("maria: five", "agent ana > maria: six");
  assertEquals(counts(), { arrived: 6, missing: 0, disordered: 0 });
  playground.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method === "sendMessage");
  await happens("agent carla > maria at sales: nobody hears me");
  assertEquals(counts(), { arrived: 6, missing: 1, disordered: 0 });
  playground.telegram.faults.clear();
  await playground.allSent();
  // The bot has said that it reaches nobody.
  assertEquals(counts(), { arrived: 6, missing: 0, disordered: 0 });
  await playground.close();
});

import { assert, assertEquals, assertMatch } from "@std/assert";
import { playStory } from "./terminal.ts";

/** How the owner opens a second desk, called Sales. */
const SECOND_DESK = `
boss: /adddesk
boss creates the channel Sales
boss links a group at sales
boss shares the channel at sales: Choose or create the channel
boss shares the group at sales: Choose the group
carla joins the team at sales`;

Deno.test("the transcript in the documentation is what the playground says", async () => {
  const page = await Deno.readTextFile(new URL("../docs/use.md", import.meta.url));
  const transcript = /<!-- playground -->\s*```\n([\s\S]*?)```/.exec(page)![1]!;
  const typed = transcript.split("\n").filter((line) => line.startsWith("> "))
    .map((line) => line.slice(2));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "play"],
    cwd: new URL("..", import.meta.url),
    env: { BOT_TOKEN: "", NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(typed.join("\n") + "\n"));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout);
  assertEquals(
    said.slice(said.indexOf("\n> ")).trim(),
    transcript.trim(),
    new TextDecoder().decode(stderr),
  );
  assertEquals(code, 0);
});

Deno.test("the stories in the documentation are told to their end, and everything arrives", async () => {
  const page = await Deno.readTextFile(new URL("../docs/playground.md", import.meta.url));
  const stories = page.split("## Stories")[1]!.matchAll(/```\n(a desk [^]*?)```/g);
  const ends = [];
  for (const [, story] of stories) {
    const told: string[] = [];
    assert(await playStory(story!, (line) => told.push(line)), told.join("\n"));
    ends.push(told.join("\n"));
  }
  assertMatch(ends[0]!, /Corner Bakery: \(re \d+\) great, two please/);
  assertMatch(ends[1]!, /Corner Bakery: with pleasure/);
});

Deno.test("a story of two desks: linked there, transferred, turned away, and back again", async () => {
  const told: string[] = [];
  const story = `a desk speaking en${SECOND_DESK}
maria: hello
agent ana > maria: good morning
joão opens the link sales_instagram
joão: how much?
agent carla > joão at sales: ten
agent ana > maria: /transfer sales
maria: still there?
agent carla > maria at sales: here I am
agent ana > maria: nobody hears me
maria re "good morning": to you as well
agent carla > maria at sales: /transfer corner_bakery
agent ana > maria: back again
boss: /route sales
rosa: who is there?
stranger1 joins the group at sales
agent boss at sales deletes "who is there?"`;
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
  const all = told.join("\n");
  assertMatch(all, /Comments under 🟦 João · ID \d+ · #from_instagram at sales\n.*\n.*instagram/);
  assertMatch(all, /Comments under ➡️ Maria · ID \d+ · → sales at corner_bakery/);
  assertMatch(all, /This conversation goes on at sales: what is written here reaches nobody/);
  assertMatch(all, /Comments under 🟦 Rosa · ID \d+ at sales/);
  assertMatch(all, /Stranger1 .* was removed/);
});

Deno.test("a story of a desk that is not set up yet begins without one", async () => {
  const told: string[] = [];
  const story = `a desk speaking pt-BR, not set up yet
boss claims the desk
boss creates the channel Padaria
boss links a group
boss shares the channel: Escolher ou criar o canal
boss shares the group: Escolher o grupo
maria: oi
agent ana > maria: bom dia`;
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
  assertMatch(told.join("\n"), /Padaria Central: bom dia/);
});

Deno.test("a story fails in which something could not be done", async () => {
  for (
    const line of ['maria re "nobody said so": hello', "agent ana > maria at nowhere: hi", "hm"]
  ) {
    const told: string[] = [];
    assertEquals(await playStory(`maria: hello\n${line}`, (text) => told.push(text)), false, line);
    assertMatch(told.join("\n"), /Lines that came to nothing: 1/);
  }
});

Deno.test("what comes late is waited for", async () => {
  const told: string[] = [];
  const story = "forwards late\nmaria: hello\nagent ana > maria: hi\nforwards on time";
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
});

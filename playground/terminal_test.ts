import { assert, assertEquals, assertMatch } from "@std/assert";
import { playStory } from "./terminal.ts";

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

Deno.test("the story in the documentation is told to its end, and everything arrives", async () => {
  const page = await Deno.readTextFile(new URL("../docs/playground.md", import.meta.url));
  const story = /## Stories[^]*?```\n([^]*?)```/.exec(page)![1]!;
  const told: string[] = [];
  assert(await playStory(story, (line) => told.push(line)), told.join("\n"));
  assertMatch(told.join("\n"), /Desk: \(re \d+\) great, two please/);
});

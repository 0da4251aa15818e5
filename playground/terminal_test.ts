import { assertEquals } from "@std/assert";

/** The transcript on a page. */
async function transcriptOf(page: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(`../${page}`, import.meta.url));
  return /<!-- playground -->\s*```\n([\s\S]*?)```/.exec(text)![1]!;
}

Deno.test("the transcript in the documentation is what the playground says", async () => {
  const transcript = await transcriptOf("docs/use.md");
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

Deno.test("the READMEs show how that transcript begins", async () => {
  const whole = await transcriptOf("docs/use.md");
  for (const readme of ["README.md", "README.pt-BR.md"]) {
    const shown = (await transcriptOf(readme)).trim();
    assertEquals(whole.slice(0, shown.length), shown, readme);
    assertEquals(whole.slice(shown.length, shown.length + 4), "\n\n> ", `${readme} breaks off`);
  }
});

import { assertEquals } from "@std/assert";
import { VARIABLES } from "../../src/config.ts";
import { TestDesk } from "../support/desk.ts";
import { writeReadme } from "./readme.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../../${path}`, import.meta.url));

Deno.test("the README's tables of commands and settings are those of the program", async () => {
  const { before, after } = await writeReadme();
  assertEquals(before, after, "deno task readme writes them anew");
});

Deno.test("every variable is in the README and in the example of a .env", async () => {
  const table = /### Settings\n([^]*?)\n#/.exec(await read("README.md"))![1]!;
  const example = await read(".env.example");
  for (const name of VARIABLES) {
    const rows = table.split("\n").filter((row) => /^\|/.test(row));
    assertEquals(rows.some((row) => row.split("|")[1]!.includes(`\`${name}\``)), true, name);
    if (name === "TELEGRAM_API_ROOT") continue;
    assertEquals(new RegExp(`^#?${name}=`, "m").test(example), true, name);
  }
});

Deno.test("what the README shows of /health is what a desk that is well answers", async () => {
  await using desk = await TestDesk.open();
  const shown = /```json\n(\{[^]*?\})\n```/.exec(await read("README.md"))![1]!;
  const answered = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(JSON.parse(shown), await answered.json());
});

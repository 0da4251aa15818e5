import { assertEquals } from "@std/assert";
import { writeReadme } from "./readme.ts";

Deno.test("the README's tables of commands and settings are those of the program", async () => {
  const { before, after } = await writeReadme();
  assertEquals(before, after, "deno task readme writes them anew");
});

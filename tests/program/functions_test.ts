/** No function of the program is too long to be read at once. */
import { assert, assertEquals } from "@std/assert";
import { longFunctions, MOST_LINES } from "../support/long_functions.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("no function of the program is longer than 70 lines", async () => {
  const long: string[] = [];
  let files = 0;
  for await (const file of filesUnder("src/")) {
    files++;
    const code = await Deno.readTextFile(new URL(file, ROOT));
    for (const each of longFunctions(file, code)) long.push(`${file}:${each}`);
  }
  assert(files > 100);
  assertEquals(long, []);
});

Deno.test("whatever kind of function is too long is named", () => {
  const steps = (lines: number) => "  step();\n".repeat(lines - 2);
  const found = (code: string) => longFunctions("long.ts", code);
  assertEquals(found(`\nfunction just() {\n${steps(MOST_LINES)}}`), []);
  assertEquals(found(`\nasync function far() {\n${steps(MOST_LINES + 1)}}`), ["2 far: 71 lines"]);
  assertEquals(found(`const far = () => {\n${steps(90)}};`), ["1 far: 90 lines"]);
  assertEquals(found(`class A {\n  far() {\n${steps(90)}}\n}`), ["2 far: 90 lines"]);
  assertEquals(found(`class A {\n  async *#far() {\n${steps(90)}}\n}`), ["2 far: 90 lines"]);
  assertEquals(found(`const a = { far: async () => {\n${steps(90)}} };`), ["1 far: 90 lines"]);
  assertEquals(found(`call(() => {\n${steps(90)}});`), ["1 a function without a name: 90 lines"]);
  assertEquals(found(`function outer() {\n  return { far() {\n${steps(90)}} };\n}`), [
    "2 far: 90 lines",
    "1 outer: 92 lines",
  ]);
});

Deno.test("a table is as long as it has entries, and nothing else is a table", () => {
  const found = (code: string) => longFunctions("long.ts", code);
  const object = `{\n${"  key: (id: number) => [id],\n".repeat(90)}  }`;
  const cases = (then: string) => `  case 1:\n    ${then}\n`.repeat(90);
  const switching = (then: string) => `function sort(n: 1) {\n  switch (n) {\n${cases(then)}  }\n}`;
  assertEquals(found(`function keys() {\n  return ${object};\n}`), []);
  assertEquals(found(`function keys() {\n  const id = 1;\n  return ${object} satisfies K;\n}`), []);
  assertEquals(found(`const keys = () => (${object});`), []);
  assertEquals(found(switching("return { n };")), []);
  assertEquals(found(switching("{ const m = n; return m; }")), []);

  const isNamed = (code: string) => assertEquals(found(code).length, 1, code);
  isNamed(`function keys() {\n${"  const id = 1;\n".repeat(11)}  return ${object};\n}`);
  isNamed(`function keys() {\n  step();\n  return ${object};\n}`);
  isNamed(`function keys() {\n  return ${object.replace("[id]", "{\n  step();\n}")};\n}`);
  isNamed(switching("if (n > 1) return 2; return 3;"));
  isNamed(switching("step(); break;"));
  isNamed(switching("return 1;").replace("case 1", "default"));
});

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    if (entry.isDirectory) yield* filesUnder(`${folder}${entry.name}/`);
    else if (entry.name.endsWith(".ts")) yield `${folder}${entry.name}`;
  }
}

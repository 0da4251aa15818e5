/** The documentation says what is so: its tables, its links, the files and addresses it names. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { COMMAND_NAMES, namesOfCommand } from "../../src/commands/command.ts";
import { VARIABLES } from "../../src/config.ts";
import { isThere } from "../../src/environment/there.ts";
import { VERSION } from "../../src/version.ts";
import { inEach } from "../../src/words/language.ts";
import { TestDesk } from "../support/desk.ts";
import { makePages } from "./docs.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** Every page, by its path from the root. */
const PAGES = new Map<string, string>();
for (const folder of ["", "docs/"]) {
  for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
    if (name.endsWith(".md")) PAGES.set(folder + name, await read(folder + name));
  }
}

/** What is shown as code in blocks says nothing about links. */
const withoutBlocks = (page: string) => page.replace(/^```[^]*?^```$/gm, "");

/** The anchors of a page, as GitHub names its headings. */
function anchorsOf(page: string): string[] {
  return [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(" ", "-")
  );
}

/** What a page links to, and the pictures it shows. */
function linksOf(page: string): string[] {
  const text = withoutBlocks(page);
  return [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/\bsrc="([^"]+)"/g)]
    .map(([, target]) => target!);
}

/** The paths inside the repository that a page names in `code`. */
function pathsOf(page: string): string[] {
  const isPath = /^(?:(?:src|tests|tasks|playground|docs)\/[\w./-]*|main\.ts|deno\.json)$/;
  return [...withoutBlocks(page).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
    .filter((code) => isPath.test(code));
}

const exists = (path: string) => isThere(new URL(path, ROOT));

Deno.test("the tables of commands and settings are those of the program", async () => {
  for (const { file, before, after } of await makePages()) {
    assertEquals(before, after, `deno task docs writes ${file.pathname} anew`);
  }
});

Deno.test("every variable is in its table and in the example of a .env", async () => {
  const table = /## Variables\n([^]*?)\n## /.exec(await read("docs/configuration.md"))![1]!;
  const example = await read(".env.example");
  for (const name of VARIABLES) {
    const rows = table.split("\n").filter((row) => /^\|/.test(row));
    assertEquals(rows.some((row) => row.split("|")[1]!.includes(`\`${name}\``)), true, name);
    if (name === "TELEGRAM_API_ROOT") continue;
    assertEquals(new RegExp(`^#?${name}=`, "m").test(example), true, name);
  }
});

Deno.test("what is shown of /health is what a desk that is well answers, each field explained", async () => {
  await using desk = await TestDesk.open();
  const page = await read("docs/configuration.md");
  const shown = JSON.parse(/```json\n(\{[^]*?\})\n```/.exec(page)![1]!);
  const answered = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(shown, await answered.json());
  const explained = [...page.matchAll(/^\| `([a-z_]+)` +\|/gm)].map(([, field]) => field!);
  assertEquals(explained, Object.keys(shown));
});

Deno.test("links lead to files and headings that are there", async () => {
  const dead: string[] = [];
  let count = 0;
  for (const [path, page] of PAGES) {
    for (const link of linksOf(page)) {
      if (/^https?:/.test(link)) continue;
      count++;
      const [file, anchor] = link.split("#") as [string, string | undefined];
      const target = file ? new URL(file, new URL(path, ROOT)).href.slice(ROOT.href.length) : path;
      if (!await exists(decodeURI(target))) dead.push(`${path}: ${link}`);
      else if (anchor !== undefined && !anchorsOf(PAGES.get(target) ?? "").includes(anchor)) {
        dead.push(`${path}: ${link} (no such heading)`);
      }
    }
  }
  assert(count > 80, "the pages have lost their links");
  assertEquals(dead, []);
});

Deno.test("files and folders that are named are there", async () => {
  const missing: string[] = [];
  let count = 0;
  for (const [page, text] of PAGES) {
    for (const path of pathsOf(text)) {
      count++;
      if (!await exists(path)) missing.push(`${page}: ${path}`);
    }
  }
  assert(count > 20, "the pages have lost their paths");
  assertEquals(missing, []);
});

Deno.test("the house names every folder of src/", async () => {
  const house = /## The house\n([^]*?)\n## /.exec(await read("docs/architecture.md"))![1]!;
  for await (const { name, isDirectory } of Deno.readDir(new URL("src/", ROOT))) {
    if (isDirectory) assert(house.includes(`\`src/${name}/\``), `src/${name}/ is not in the house`);
  }
});

Deno.test("every placeholder is in its table, by its name in every language", async () => {
  const page = await read("docs/replies.md");
  const table = page.slice(page.indexOf("| placeholder")).split("\n\n")[0]!;
  for (const name of inEach(({ placeholders }) => Object.values(placeholders)).flat()) {
    assert(table.includes(`\`{${name}}\``), `{${name}} is not in the table`);
  }
});

Deno.test("every page is in the tables of both READMEs, and both have the same ones", () => {
  const tableOf = (readme: string) =>
    linksOf(PAGES.get(readme)!.split("\n").filter((line) => line.startsWith("|")).join("\n"));
  const pages = [...PAGES.keys()].filter((path) => path.startsWith("docs/"));
  assertEquals(tableOf("README.md"), tableOf("README.pt-BR.md"));
  assertEquals(tableOf("README.md").toSorted(), [...pages, "CHANGELOG.md"].toSorted());
});

Deno.test("the READMEs are short, and each leads to the other", () => {
  for (
    const [readme, other] of [["README.md", "README.pt-BR.md"], ["README.pt-BR.md", "README.md"]]
  ) {
    const lines = PAGES.get(readme!)!.split("\n");
    assert(lines.length >= 120 && lines.length <= 170, `${readme} has ${lines.length} lines`);
    assert(lines.slice(0, 4).join("\n").includes(`](${other})`), `${readme} leads to no ${other}`);
  }
});

Deno.test("the READMEs give the same commands", () => {
  const commandsOf = (readme: string) =>
    [.../```sh\n([^]*?)```/.exec(PAGES.get(readme)!)![1]!.matchAll(/^npx .*?(?= +#|$)/gm)]
      .map(([command]) => command);
  for (const command of commandsOf("README.md")) {
    assertMatch(command, /^npx --yes deno@\d+\.\d+\.\d+ task (dev|test)$/);
  }
  assertEquals(commandsOf("README.md").length, 2);
  assertEquals(commandsOf("README.pt-BR.md"), commandsOf("README.md"));
});

Deno.test("the commands that the READMEs tell of are there", () => {
  const known = [...COMMAND_NAMES.flatMap(namesOfCommand), "newbot", "setinline"];
  for (const readme of ["README.md", "README.pt-BR.md"]) {
    const named = [...PAGES.get(readme)!.matchAll(/`\/(\w+)[^`]*`/g)].map(([, name]) => name!);
    assert(named.length > 10, `${readme} names ${named}`);
    assertEquals(named.filter((name) => !known.includes(name)), [], readme);
  }
});

Deno.test("tasks that are named are there", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  for (const [page, text] of PAGES) {
    for (const [said, name] of text.matchAll(/\b(?:deno|deno@[\d.]+|`) ?task ([a-z:]+)/g)) {
      assert(name! in tasks, `${page}: ${said}`);
    }
  }
});

Deno.test("one version of Deno is asked for everywhere", async () => {
  const asked = new Set<string>();
  const files = [...PAGES.values(), await read("Dockerfile"), await read(".ci/run")];
  for (const text of files) {
    for (const [, version] of text.matchAll(/\bdeno(?:@|:debian-)(\d+\.\d+\.\d+)/g)) {
      asked.add(version!);
    }
  }
  assertEquals(asked.size, 1, [...asked].join(", "));
});

Deno.test("the changes begin with the version of the program", () => {
  const versions = [...PAGES.get("CHANGELOG.md")!.matchAll(/^## (\S+)/gm)].map(([, each]) => each!);
  assertEquals(versions.filter((each) => each !== "Unreleased")[0], VERSION);
});

Deno.test("every dependency is explained, and none that is not there", async () => {
  const { imports } = JSON.parse(await read("deno.json")) as { imports: Record<string, string> };
  const used = new Set(
    Object.values(imports).flatMap((target) => /^npm:(@?[^@]+)@/.exec(target)?.[1] ?? []),
  );
  const list = /## Dependencies\n([^]*)$/.exec(await read("docs/development.md"))![1]!;
  const told = [...list.matchAll(/^- \[`([^`]+)`\]/gm)].map(([, name]) => name!);
  assertEquals(told.toSorted(), [...used].toSorted());
});

/** The house keeps its direction: the centre knows nothing of the edges, the edges not each other. */
import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);

interface Import {
  file: string;
  target: string;
  isTypeOnly: boolean;
}

Deno.test("the centre imports neither kv, telegram nor web, and of grammY only types", async () => {
  const wrong = (await importsUnder("src/")).filter(({ file }) =>
    roomOf(file) === "centre" && file !== "src/app.ts"
  ).filter(({ target, isTypeOnly }) =>
    ["kv", "telegram", "web"].includes(roomOf(target)) ||
    (/^(npm:)?grammy/.test(target) && !isTypeOnly)
  );
  assertEquals(wrong, []);
});

Deno.test("decisions are told facts: they know no type of grammY's", async () => {
  const imports = await importsUnder("src/decisions/");
  assert(imports.length > 50);
  assertEquals(imports.filter(({ target }) => /^(npm:)?(@grammyjs|grammy)/.test(target)), []);
});

Deno.test("kv, telegram and web do not import each other", async () => {
  const edges = ["kv", "telegram", "web"];
  const wrong = (await importsUnder("src/")).filter(({ file, target }) =>
    edges.includes(roomOf(file)) && edges.includes(roomOf(target)) &&
    roomOf(file) !== roomOf(target)
  );
  assertEquals(wrong, []);
});

Deno.test("no file needs, by whatever way round, what needs it", async () => {
  const imports = await Promise.all(["src/", "playground/", "tests/"].map(importsUnder));
  const needs = Map.groupBy(imports.flat(), ({ file }) => file);
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (file: string, way: string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" → "));
    if (way.includes(file) || done.has(file)) return;
    for (const { target } of needs.get(file) ?? []) follow(target, [...way, file]);
    done.add(file);
  };
  for (const file of needs.keys()) follow(file, []);
  assert(needs.size > 300);
  assertEquals(circles, []);
});

Deno.test("no folder needs, by whatever way round, what needs it", async () => {
  const needs = new Map<string, Set<string>>();
  for (const { file, target } of await importsUnder("src/")) {
    const [from, to] = [folderOf(file), folderOf(target)];
    if (!target.startsWith("src/") || from === to) continue;
    needs.set(from, (needs.get(from) ?? new Set()).add(to));
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (folder: string, way: string[]) => {
    if (way.includes(folder)) circles.push([...way.slice(way.indexOf(folder)), folder].join(" → "));
    if (way.includes(folder) || done.has(folder)) return;
    for (const next of needs.get(folder) ?? []) follow(next, [...way, folder]);
    done.add(folder);
  };
  for (const folder of needs.keys()) follow(folder, []);
  assert(needs.size > 20);
  assertEquals(circles, []);
});

Deno.test("pictures are drawn of the centre's words alone, by libraries loaded when one is asked for", async () => {
  const imports = await importsUnder("src/");
  const wrong = imports.filter(({ file, target, isTypeOnly }) =>
    (file.startsWith("src/chart/") && ["kv", "telegram", "web"].includes(roomOf(target))) ||
    (/^(echarts|@resvg|@expo-google-fonts)/.test(target) && !isTypeOnly)
  );
  assertEquals(wrong, []);
});

Deno.test("the program never needs its tests, nor the operator's tasks", async () => {
  const program = [...await importsUnder("src/"), ...await importsOf("main.ts")];
  const tasks = await importsUnder("tasks/");
  assertEquals(program.filter(({ target }) => /^(tests|tasks)\//.test(target)), []);
  assertEquals(tasks.filter(({ target }) => target.startsWith("tests/")), []);
});

Deno.test("the operator's tasks speak to nobody but the database, and only the doctor to Telegram", async () => {
  const DOCTOR = ["tasks/doctor.ts", "tasks/examination.ts", "tasks/running_bot.ts"];
  const wrong = (await importsUnder("tasks/")).filter(({ file, target }) =>
    !DOCTOR.includes(file) &&
    (["telegram", "web"].includes(roomOf(target)) || /^(npm:)?grammy/.test(target))
  );
  assertEquals(wrong, []);
});

Deno.test("only main.ts and tasks/ touch the environment and the database's opening; only main.ts serves", async () => {
  for await (const file of filesUnder("tasks/")) {
    const code = withoutComments(await Deno.readTextFile(new URL(file, ROOT)));
    assert(!/\bDeno\.(serve|cron)\b/.test(code), `${file} serves, or runs by the clock`);
  }
  const globals = /\bDeno\.(env|openKv|serve|cron|exit|addSignalListener)\b/;
  const wrong: string[] = [];
  for await (const file of filesUnder("src/")) {
    const code = withoutComments(await Deno.readTextFile(new URL(file, ROOT)));
    if (globals.test(code)) wrong.push(file);
  }
  assertEquals(wrong, []);
});

Deno.test("only kv/keys.ts spells keys and only kv/store.ts commits", async () => {
  const commits = /\.(atomic|commit)\(|\bkv\.(set|delete)\(/;
  // What lies before the database passes on what the store commits.
  const may = ["store", "joining_kv", "joined_commits", "guarded_kv"]
    .map((name) => `src/kv/${name}.ts`);
  const wrong: string[] = [];
  for await (const file of filesUnder("src/", "tasks/")) {
    const code = withoutComments(await Deno.readTextFile(new URL(file, ROOT)));
    if (!may.includes(file) && commits.test(code)) wrong.push(file);
  }
  assertEquals(wrong, []);
});

Deno.test("no test changes what the others see, which run beside it: the environment, the folder", async () => {
  for await (const file of filesUnder("tests/", "playground/")) {
    const code = withoutComments(await Deno.readTextFile(new URL(file, ROOT)));
    assert(!/\bDeno\.(env\.(set|delete)|chdir|umask)\b/.test(code), file);
  }
});

Deno.test("src/ holds the program's own five files, and a folder for each noun", async () => {
  const files: string[] = [];
  for await (const { name, isFile } of Deno.readDir(new URL("src/", ROOT))) {
    if (isFile) files.push(name);
  }
  assertEquals(files.toSorted(), ["app.ts", "config.ts", "log.ts", "secret.ts", "version.ts"]);
});

Deno.test("a name that one file gives others means one thing", async () => {
  const declared =
    /^export (?:async )?(?:abstract )?(?:class|const|function\*?|interface|type) (\w+)/gm;
  const filesByName = new Map<string, Set<string>>();
  for await (const file of filesUnder("src/")) {
    // Every language says the same, each in a file of its own.
    const [, language] = /^src\/texts\/(?!notices\/)([^/]+)\//.exec(file) ?? [];
    const where = language === undefined ? file : file.replace(`/${language}/`, "/each language/");
    const code = await Deno.readTextFile(new URL(file, ROOT));
    for (const [, name] of code.matchAll(declared)) {
      filesByName.set(name!, (filesByName.get(name!) ?? new Set()).add(where));
    }
  }
  const twice = [...filesByName].filter(([, files]) => files.size > 1);
  assert(filesByName.size > 500);
  assertEquals(twice.map(([name, files]) => `${name}: ${[...files].join(", ")}`), []);
});

Deno.test("every file begins by saying what it is", async () => {
  for await (const file of filesUnder("src/", "tasks/")) {
    const code = await Deno.readTextFile(new URL(file, ROOT));
    assert(code.startsWith("/**"), `${file} has no opening comment`);
  }
});

/** `centre`, or the edge below `src/` a file is in. */
function roomOf(file: string): string {
  const [top, folder] = file.split("/");
  if (top !== "src") return "outside";
  return ["kv", "telegram", "web", "chart"].includes(folder!) ? folder! : "centre";
}

/** The folder a file is in: all texts are one, and each file at the root of `src/` or an edge. */
function folderOf(file: string): string {
  if (file.startsWith("src/texts/")) return "src/texts";
  const folder = file.slice(0, file.lastIndexOf("/"));
  return folder === "src" || folder === "src/telegram" ? file : folder;
}

async function* filesUnder(...folders: string[]): AsyncGenerator<string> {
  for (const folder of folders) {
    for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
      if (entry.isDirectory) yield* filesUnder(`${folder}${entry.name}/`);
      else if (entry.name.endsWith(".ts")) yield `${folder}${entry.name}`;
    }
  }
}

async function importsUnder(folder: string): Promise<Import[]> {
  const found: Import[] = [];
  for await (const file of filesUnder(folder)) found.push(...await importsOf(file));
  return found;
}

async function importsOf(file: string): Promise<Import[]> {
  const code = withoutComments(await Deno.readTextFile(new URL(file, ROOT)));
  const found: Import[] = [];
  const pattern = /\b(?:import|export)\s+(type\s+)?([\w*\s{},]*?\s*from\s*)?"([^"]+)"/g;
  for (const [, type, , specifier] of code.matchAll(pattern)) {
    const target = specifier!.startsWith(".")
      ? new URL(specifier!, new URL(file, ROOT)).href.slice(ROOT.href.length)
      : specifier!;
    found.push({ file, target, isTypeOnly: type !== undefined });
  }
  return found;
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

import { assertEquals, assertRejects } from "@std/assert";
import { loadEnvFile, setInEnvFile } from "../../src/environment/env_file.ts";
import { Folder } from "../support/operator.ts";

const modeOf = async (path: string) => ((await Deno.stat(path)).mode! & 0o777).toString(8);

/** What the environment says after a file was loaded. */
async function loaded(path: string, before: Record<string, string>) {
  const environment = new Map(Object.entries(before));
  await loadEnvFile({
    get: (name) => environment.get(name),
    set: (name, value) => environment.set(name, value),
  }, path);
  return Object.fromEntries(environment);
}

Deno.test("what the environment says counts more than the file, and what is empty says nothing", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/.env`;
  await Deno.writeTextFile(path, "BOT_TOKEN=7:a\nLOCALE=es\nPORT=1\nPATH=/tmp\nHOST=\n");
  assertEquals(await loaded(path, { LOCALE: "en", PORT: " " }), {
    BOT_TOKEN: "7:a",
    LOCALE: "en",
    PORT: "1",
    HOST: "",
  });
});

Deno.test("that there is no file is fine, and one that cannot be read is said", async () => {
  await using folder = await Folder.make();
  assertEquals(await loaded(`${folder.path}/.env`, { LOCALE: "en" }), { LOCALE: "en" });
  await assertRejects(() => loaded(folder.path, {}));
});

Deno.test("the file is made for its owner alone, and one that is there becomes so", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/.env`;
  await setInEnvFile("BOT_TOKEN", "7:a", path);
  assertEquals([await Deno.readTextFile(path), await modeOf(path)], ["BOT_TOKEN=7:a\n", "600"]);
  await Deno.writeTextFile(path, "# ours\nPORT=1\n");
  await Deno.chmod(path, 0o644);
  await setInEnvFile("BOT_TOKEN", "7:b", path);
  assertEquals(await Deno.readTextFile(path), "# ours\nPORT=1\nBOT_TOKEN=7:b\n");
  assertEquals(await modeOf(path), "600");
});

Deno.test("a file that lies elsewhere is written there, and the link stays one", async () => {
  await using folder = await Folder.make();
  await Deno.mkdir(`${folder.path}/etc`);
  await Deno.writeTextFile(`${folder.path}/etc/desk`, "PORT=1\n");
  await Deno.symlink(`${folder.path}/etc/desk`, `${folder.path}/.env`);
  await setInEnvFile("BOT_TOKEN", "7:a", `${folder.path}/.env`);
  assertEquals((await Deno.lstat(`${folder.path}/.env`)).isSymlink, true);
  assertEquals(await Deno.readTextFile(`${folder.path}/etc/desk`), "PORT=1\nBOT_TOKEN=7:a\n");
});

Deno.test("what cannot be written leaves the file as it was, and nothing beside it", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/.env`;
  const latin = new Uint8Array([0x23, 0xe7, 0x0a]);
  await Deno.writeFile(path, latin);
  await assertRejects(() => setInEnvFile("BOT_TOKEN", "7:a", path), TypeError);
  assertEquals(await Deno.readFile(path), latin);
  // A folder of that name can be read by nobody and replaced by nothing.
  await Deno.mkdir(`${folder.path}/other/.env`, { recursive: true });
  await assertRejects(() => setInEnvFile("BOT_TOKEN", "7:a", `${folder.path}/other/.env`));
  const names = async (path: string) =>
    (await Array.fromAsync(Deno.readDir(path), ({ name }) => name)).toSorted();
  assertEquals(await names(folder.path), [".env", "other"]);
  assertEquals(await names(`${folder.path}/other`), [".env"]);
});

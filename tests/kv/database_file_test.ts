import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";

/** A desk on a database file. */
async function deskOnFile() {
  const folder = await Deno.makeTempDir({ prefix: "balcao" });
  const path = `${folder}/balcao.sqlite3`;
  const kv = await Deno.openKv(path);
  const desk = await TestDesk.open({ kv, env: { KV_PATH: path } });
  await desk.hearsFrom("Maria");
  const health = async () => {
    desk.clock.aheadMs += 6000;
    const response = await desk.app.handler(new Request("https://desk.example/health"));
    return { status: response.status, ...await response.json() };
  };
  assertEquals((await health()).status, 200);
  return {
    desk,
    path,
    folder,
    health,
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]();
      kv.close();
      await new Promise((resolve) => setTimeout(resolve, 1));
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Ways to take a file from under an open database, and what health says then. */
const WAYS: [what: string, take: (path: string) => Promise<void>, said: string][] = [
  ["deleted", (path) => Deno.remove(path), "was deleted"],
  ["replaced by another", async (path) => {
    await Deno.writeTextFile(`${path}.new`, "another");
    await Deno.rename(`${path}.new`, path);
  }, "replaced"],
  ["overwritten", (path) => Deno.writeTextFile(path, "rubbish"), "replaced"],
  ["written to by somebody else", async (path) => {
    // Long after the bot has written for the last time.
    const later = new Date(Date.now() + 60_000);
    await Deno.utime(path, later, later);
  }, "replaced"],
];

for (const [what, take, said] of WAYS) {
  Deno.test(`a database file that is ${what} while the bot runs shows in health`, async () => {
    await using open = await deskOnFile();
    await take(open.path);
    const { status, problems } = await open.health();
    assertEquals(status, 503);
    assertStringIncludes(problems.join(), said);
    const again = await open.health();
    assertStringIncludes(again.problems.join(), said);
    const events = open.desk.logLines.map((line) => JSON.parse(line).event);
    assertEquals(events.filter((event) => event === "database file is lost").length, 1);
  });
}

Deno.test("what the bot itself writes to its file shows nothing", async () => {
  await using open = await deskOnFile();
  const { desk } = open;
  const joao = desk.customer("João");
  for (let time = 0; time < 400; time++) joao.sends(desk.chatOf(joao), `mensagem ${time}`);
  await desk.settled();
  assert((await Deno.stat(open.path)).size > 50_000);
  assertEquals((await open.health()).status, 200);
});

Deno.test("a second process that holds the file for a while costs no message", async () => {
  await using open = await deskOnFile();
  const { desk, path } = open;
  const holder = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--unstable-kv", HOLDER, path],
    stdout: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read();
  const joao = desk.customer("João");
  for (let time = 0; time < 100; time++) {
    joao.sends(desk.chatOf(joao), `mensagem ${time}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const deadlineMs = Date.now() + 60_000;
  const shown = () =>
    desk.threadOf(joao).filter(({ text }) => text?.startsWith("mensagem")).map(({ text }) => text);
  const isThere = () => desk.channel.messages.some(({ text }) => text?.includes(`ID ${joao.id}`));
  while (!isThere() || shown().length < 100) {
    assert(Date.now() < deadlineMs, "all of them arrive");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await desk.app.drain();
  }
  await reader.cancel();
  await holder.status;
  await desk.settled();
  assertEquals(shown(), Array.from({ length: 100 }, (_, time) => `mensagem ${time}`));
  assertEquals((await open.health()).failed, 0);
});

/** Commits to the same file as fast as it can, for a while. */
const HOLDER = `
const kv = await Deno.openKv(Deno.args[0]);
console.log("ready");
const untilMs = Date.now() + 2000;
for (let count = 0; Date.now() < untilMs; count++) {
  await kv.atomic().check({ key: ["other", count], versionstamp: null })
    .set(["other", count % 100], count).commit().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 1));
}
kv.close();
`;

import { assert, assertEquals } from "@std/assert";
import { erases } from "../support/erasing.ts";
import { TestDesk } from "../support/desk.ts";

/** Names of one byte a letter, and of two. */
const NAMES: [firstName: string, lastName: string][] = [
  ["Zulmira", "Quixadá"],
  ["Жозефина", "Коваленко"],
];

for (const [firstName, lastName] of NAMES) {
  Deno.test(`the names of who has erased their data leave the database's file and its log: ${firstName}`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "balcao" });
    const path = `${folder}/balcao.sqlite3`;
    const kv = await Deno.openKv(path);
    {
      await using desk = await TestDesk.open({ kv, env: { KV_PATH: path } });
      const maria = desk.customer(firstName, { lastName });
      const others = ["Ana Lúcia", "João", "José"].map((name) => desk.customer(name));
      for (const who of [...others, maria]) {
        who.sends(desk.chatOf(who), "oi");
        await desk.settled();
        desk.ana.comments(desk.cardOf(who), "bom dia");
        await desk.settled();
      }
      assert(await isIn(path, firstName) && await isIn(path, lastName));
      await erases(desk, maria);
      await desk.passes(61_000);
      assertEquals([await isIn(path, firstName), await isIn(path, lastName)], [false, false]);
      for await (const { key } of kv.list({ prefix: [desk.bot.id, "filler"] })) assert(!key);
    }
    kv.close();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await Deno.remove(folder, { recursive: true });
  });
}

/**
 * Whether a text is in a database's file or its log, in one of the ways V8 writes texts. Read by
 * another process: who closes the file ends SQLite's locks on it.
 */
async function isIn(path: string, text: string): Promise<boolean> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `for (const name of Deno.args) Deno.stdout.writeSync(Deno.readFileSync(name));`,
      path,
      `${path}-wal`,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const wide = new Uint8Array(text.length * 2);
  const narrow = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    wide.set([unit & 0xff, unit >> 8], 2 * at);
    narrow[at] = unit;
  }
  const isWide = [...text].some((letter) => letter > "\u{ff}");
  const decoded = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
  return decoded(stdout).includes(decoded(isWide ? wide : narrow));
}

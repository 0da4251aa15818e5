/**
 * How a database file can be read while a bot writes it, and how many of the bot's commits fail of
 * it: `deno task bench:backup [--seconds 10]`.
 */
import { parseArgs } from "node:util";
import { openToRead } from "../../tasks/database.ts";
import { isThere } from "../../src/environment/there.ts";

const WAYS: Record<string, (path: string, folder: string) => Promise<void>> = {
  "nobody reads": () => pause(10),
  "the file itself is opened": async (path) => {
    using kv = await Deno.openKv(path);
    await count(kv);
  },
  "a copy of a moment (ours)": async (path, folder) => {
    await using copy = await openToRead(path, { folder });
    await count(copy.kv);
  },
};

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    write: { type: "string" },
  },
});
const ms = Number(values.seconds) * 1000;

if (values.write !== undefined) {
  console.log(JSON.stringify(await write(values.write, ms)));
} else {
  console.log("way                          reads   commits    failed    p50 ms    p99 ms");
  for (const [way, read] of Object.entries(WAYS)) await measure(way, read);
}

/** Reads again and again beside a process that writes. */
async function measure(way: string, read: (path: string, folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/desk.sqlite3`;
  const args = ["run", "--allow-read", "--allow-write", new URL(import.meta.url).pathname];
  const writer = new Deno.Command(Deno.execPath(), {
    args: [...args, "--write", path, "--seconds", String(ms / 1000)],
    stdout: "piped",
  }).spawn();
  const output = writer.output();
  const endMs = Date.now() + ms;
  while (!await isThere(path)) await pause(10);
  // Until there is something that has expired.
  await pause(2000);
  let reads = 0;
  for (; Date.now() < endMs; reads++) await read(path, folder);
  const { commits, failed, p50, p99 } = JSON.parse(new TextDecoder().decode((await output).stdout));
  const figures = [commits, failed, p50, p99].map((figure) => String(figure).padStart(10));
  console.log(way.padEnd(27), String(reads).padStart(6) + figures.join(""));
  await Deno.remove(folder, { recursive: true });
}

/** Accepts and settles jobs in four lanes, as fast as can be; their marks expire soon. */
async function write(path: string, forMs: number) {
  using kv = await Deno.openKv(path);
  const endMs = Date.now() + forMs;
  const tookMs: number[] = [];
  let failed = 0;
  const lane = async (lane: number) => {
    for (let n = 0; Date.now() < endMs; n++) {
      const job = [7, "job", lane, n];
      const beganMs = performance.now();
      try {
        await kv.atomic().check({ key: job, versionstamp: null })
          .set(job, { v: 1, value: "x".repeat(300) })
          .set([7, "seen", lane, n], { v: 1, value: n }, { expireIn: 1000 }).commit();
        await kv.atomic().check(await kv.get(job)).delete(job)
          .set([7, "link", lane, n], { v: 1, value: n }).commit();
      } catch (error) {
        if (!String(error).includes("database is locked")) throw error;
        failed++;
        await pause(5);
      }
      tookMs.push((performance.now() - beganMs) / 2);
    }
  };
  await Promise.all([1, 2, 3, 4].map(lane));
  tookMs.sort((a, b) => a - b);
  const at = (part: number) => tookMs[Math.floor(tookMs.length * part)]!.toFixed(1);
  return { commits: tookMs.length * 2, failed, p50: at(0.5), p99: at(0.99) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function count(kv: Deno.Kv): Promise<number> {
  return (await Array.fromAsync(kv.list({ prefix: [] }, { batchSize: 500 }))).length;
}

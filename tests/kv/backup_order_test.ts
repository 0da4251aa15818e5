/**
 * Saving while others write, where no copy of a single moment can be had: whatever moves meanwhile,
 * nothing that was owed when it began is missing.
 */
import { assert, assertEquals } from "@std/assert";
import { savedRecords } from "../../src/kv/backup.ts";
import { keysOf } from "../../src/kv/keys.ts";
import { lifetimesOf } from "../../src/kv/lifetimes.ts";
import type { Lane } from "../../src/conversation/lane.ts";
import { Chance } from "../simulation/chance.ts";

const SEEDS = 60;
const BOT_ID = 7;
const DESK_ID = -100;
const keys = keysOf(BOT_ID);

/** A desk's database in which things move from key to key, each under a name of its own. */
class Moves {
  /** Where each message is: owed, given up, or settled as a link. */
  readonly #messages = new Map<string, { key: Deno.KvKey; kind: "job" | "failed" | "link" }>();
  readonly #replies = new Map<string, Deno.KvKey>();
  #updates = 0;
  #places = 0;

  constructor(private readonly kv: Deno.Kv, private readonly chance: Chance) {}

  /** The messages that are in one of these kinds of records now. */
  named(...kinds: ("job" | "failed" | "link")[]): string[] {
    return [...this.#messages].filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name);
  }

  get replies(): string[] {
    return [...this.#replies.keys()];
  }

  /** Something happens, as the bot would commit it. */
  async happens(): Promise<void> {
    const name = this.chance.pick(this.named("job", "failed"));
    const message = name === undefined ? undefined : this.#messages.get(name)!;
    const what = this.chance.weighted({ accept: 2, settle: 3, "give up": 2, retry: 2, rename: 1 });
    const commit = this.kv.atomic();
    if (what === "accept" || !message || !name) {
      const updateId = ++this.#updates;
      const job = {
        key: keys.job(this.#lane(), { arrival: updateId, n: 0 }),
        kind: "job",
      } as const;
      commit.set(keys.seen(updateId), stored(`message ${updateId}`));
      commit.set(job.key, stored(`message ${updateId}`));
      this.#messages.set(`message ${updateId}`, job);
    } else if (what === "rename") {
      const reply = this.chance.pick(this.replies) ?? `reply ${this.#places}`;
      const key = keys.reply(DESK_ID, String(this.chance.between(0, 1e9)));
      const known = this.#replies.get(reply);
      if (known) commit.delete(known);
      commit.set(key, stored(reply));
      this.#replies.set(reply, key);
    } else {
      const kind = ({ settle: "link", "give up": "failed", retry: "job" } as const)[what];
      const order = { arrival: this.chance.between(0, 50), n: ++this.#places };
      const key = kind === "link"
        ? keys.link(DESK_ID, { chatId: this.chance.between(-9, 9), messageId: order.n })
        : keys[kind](this.#lane(), order);
      commit.delete(message.key).set(key, stored(name));
      this.#messages.set(name, { key, kind });
    }
    await commit.commit();
  }

  #lane(): Lane {
    const direction = this.chance.pick(["to-team", "to-customer"] as const)!;
    return { deskId: DESK_ID, customerId: this.chance.between(1, 9), direction };
  }
}

function stored(value: string) {
  return { v: 1, value };
}

/** The database in pages of two, between which something happens. */
function restless(kv: Deno.Kv, happens: () => Promise<void>): Deno.Kv {
  async function* list(selector: Deno.KvListSelector) {
    let read = 0;
    for await (const entry of kv.list(selector, { batchSize: 2 })) {
      yield entry;
      if (++read % 2 === 0) await happens();
    }
    await happens();
  }
  return { list } as unknown as Deno.Kv;
}

Deno.test("whatever moves while a backup is written, nothing that was owed is missing in it", async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    using kv = await Deno.openKv(":memory:");
    const chance = new Chance(seed, "backup order");
    const moves = new Moves(kv, chance);
    for (let time = 0; time < 40; time++) await moves.happens();
    const owed = moves.named("job", "failed");
    const settled = moves.named("link");
    const { replies } = moves;
    const restlessKv = restless(kv, async () => {
      if (chance.happens(0.5)) await moves.happens();
    });
    const saved = await Array.fromAsync(
      savedRecords(restlessKv, { botId: BOT_ID, lifetimes: lifetimesOf(90) }),
    );
    const namesOf = (...kinds: string[]) =>
      new Set(
        saved.filter(({ key }) => kinds.includes(String(key[1])))
          .map(({ value }) => (value as { value: string }).value),
      );
    const [jobs, anywhere, seen] = [
      namesOf("job", "failed"),
      namesOf("job", "failed", "link"),
      namesOf("seen"),
    ];
    assertEquals(owed.filter((name) => !anywhere.has(name)), [], `lost with seed ${seed}`);
    assertEquals(settled.filter((name) => jobs.has(name)), [], `owed again with seed ${seed}`);
    assertEquals(replies.filter((name) => !namesOf("reply").has(name)), [], `seed ${seed}`);
    assertEquals([...seen].filter((name) => !anywhere.has(name)), [], `seen with seed ${seed}`);
  }
});

Deno.test("leases, pauses, the webhook's registration and other bots' records are left out", async () => {
  using kv = await Deno.openKv(":memory:");
  const lane: Lane = { deskId: DESK_ID, customerId: 1, direction: "to-team" };
  const kept = [keys.desk(), keys.conversation(DESK_ID, 1), keys.job(lane, { arrival: 1, n: 0 })];
  const leftOut = [keys.lease(lane), keys.pause(1), keys.webhook(), keysOf(8).desk()];
  for (const key of [...kept, ...leftOut]) await kv.set(key, stored("x"));
  const saved = await Array.fromAsync(
    savedRecords(kv, { botId: BOT_ID, lifetimes: lifetimesOf(90) }),
  );
  const names = (all: Deno.KvKey[]) => all.map((key) => JSON.stringify(key)).sort();
  assertEquals(names(saved.map(({ key }) => key)), names(kept));
  assert(saved.every(({ expiresMs }) => expiresMs === undefined));
});

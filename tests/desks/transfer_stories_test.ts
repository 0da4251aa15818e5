/** Stories of two desks; and what they are worth: each protection taken out breaks one of them. */
import { assert, assertEquals } from "@std/assert";
import { withMethods } from "../../src/kv/with_methods.ts";
import type { DeskOptions } from "../support/desk.ts";
import { tellTransfers } from "./transfer_story.ts";

const SEEDS = 40;

Deno.test("in stories of two desks nothing is lost, doubled, out of order or anybody else's", async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    assertEquals(await tellTransfers(seed), [], `seed ${seed}`);
  }
});

type Entry = Deno.KvEntryMaybe<unknown>;

/** A database that reads some entries as others. */
function reading(
  other: (entry: Entry, kv: Deno.Kv) => Entry | Promise<Entry>,
): NonNullable<DeskOptions["wrapKv"]> {
  return (kv) =>
    withMethods(
      kv,
      (name) =>
        name === "get"
          ? (get) => async (...given) => await other(await get(...given) as Entry, kv)
          : undefined,
    );
}

const absent = (entry: Entry): Entry => ({ key: entry.key, value: null, versionstamp: null });

/** The protections, by what is taken out. */
const SABOTAGES: Record<string, NonNullable<DeskOptions["wrapKv"]>> = {
  "the wait for the old desk's answers": reading((entry) =>
    entry.key[1] === "named" && String(entry.key.at(-1)).startsWith("handover/")
      ? absent(entry)
      : entry
  ),
  "the teams apart": reading(async (entry, kv) => {
    if (entry.key[1] !== "membership" || entry.value !== null) return entry;
    // Whoever is of one desk's team is taken for one of the other's.
    for await (const { key, value } of kv.list({ prefix: [entry.key[0]!, "membership"] })) {
      if (key.at(-1) === entry.key.at(-1)) return { ...entry, value } as Entry;
    }
    return entry;
  }),
  "that a conversation goes on elsewhere": reading((entry) => {
    const kept = entry.value as { v: number; value: { movedTo?: unknown } } | null;
    if (entry.key[1] !== "conversation" || !kept?.value.movedTo) return entry;
    const { movedTo: _movedTo, ...value } = kept.value;
    return { ...entry, value: { ...kept, value } } as Entry;
  }),
};

for (const [name, sabotage] of Object.entries(SABOTAGES)) {
  Deno.test(`the stories of two desks need ${name}`, async () => {
    let broken: string[] = [];
    let seed = 0;
    while (broken.length === 0 && seed < SEEDS) {
      broken = await tellTransfers(++seed, sabotage);
      // What breaks without the sabotage as well proves nothing.
      if (broken.length > 0 && (await tellTransfers(seed)).length > 0) broken = [];
    }
    assert(broken.length > 0, `no story of ${SEEDS} needs ${name}`);
    console.log(`${name} → seed ${seed} → ${broken[0]}`);
  });
}

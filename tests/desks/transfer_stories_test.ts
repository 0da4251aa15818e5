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
    withMethods(kv, (name) => {
      if (name === "get") {
        return (get) => async (...given) => await other(await get(...given) as Entry, kv);
      }
      if (name !== "getMany") return undefined;
      return (getMany) => async (...given) =>
        await Promise.all((await getMany(...given) as Entry[]).map((entry) => other(entry, kv)));
    });
}

const absent = (entry: Entry): Entry => ({ key: entry.key, value: null, versionstamp: null });

/** What lies of whether somebody is of a team. */
interface Membership {
  v: number;
  value: { userId: number; isTeam: boolean };
}

/** The protections, by what is taken out. */
const SABOTAGES: Record<string, NonNullable<DeskOptions["wrapKv"]>> = {
  "the wait for the old desk's answers": reading((entry) =>
    entry.key[1] === "named" && String(entry.key.at(-1)).startsWith("handover/")
      ? absent(entry)
      : entry
  ),
  "who is of which team": reading(async (entry, kv) => {
    const [botId, kind, deskId, userId] = entry.key;
    if (kind !== "membership") return entry;
    const known = await kv.get([botId!, "conversation", deskId!, userId!]);
    // Whoever is no customer is taken for one of the team as soon as anybody is.
    for await (const { value } of kv.list<Membership>({ prefix: [botId!, "membership"] })) {
      const isTeam = value.value.isTeam && known.value === null;
      if (isTeam) {
        return { ...entry, value: { ...value, value: { ...value.value, userId } } } as Entry;
      }
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

import { erasureMarkOf, sealWith } from "../../src/kv/seal.ts";
import { assert, assertEquals } from "@std/assert";
import { JOSE_LIMA } from "../support/origins.ts";
import { fromBothSides, type Side } from "../support/sides.ts";

fromBothSides(
  "while they wait, words lie sealed in the database; then they are gone",
  async (side) => {
    const known = await side.sends("segredo");
    const isAnyCall = ({ method }: { method: string }) => /^(copy|send|edit)/.test(method);
    side.desk.telegram.faults.next(isAnyCall, { kind: "429", retryAfterS: 10 });
    side.desk.bot.known.add(77);
    await side.sends("segredo um", { forwardedFrom: JOSE_LIMA });
    await side.edits(known, "segredo dois");
    await side.sends("segredo três", { replyTo: known.message_id, quote: "segredo" });
    await side.sends({ dice: true });
    await side.sendsPieces([{ photo: true, caption: "segredo quatro" }, { photo: true }]);
    assertEquals(await countSealed(side), 5);
    await side.desk.passes(11_000);
    assertEquals(side.arrived().length, 6);
    assertEquals(await countSealed(side), 0);
  },
);

/** How many records are sealed; fails if words of a message lie open in the database. */
async function countSealed(side: Side): Promise<number> {
  let count = 0;
  for await (const { value } of side.desk.kv.list<{ value: unknown }>({ prefix: [] })) {
    const inside = value.value as { sealed?: Uint8Array } | undefined;
    if (inside?.sealed) count++;
    assert(!/segredo|José/.test(Deno.inspect(value, { depth: 20, strAbbreviateSize: 1e6 })));
  }
  return count;
}

Deno.test("by the marks of ten thousand people who have erased their data nobody is taken for another", () => {
  const seal = sealWith("1:token");
  const people = Array.from({ length: 10_000 }, (_, index) => 5_000_000_000 + index);
  const marks = people.map((id) => erasureMarkOf(id, { deskId: -100, seal }));
  assertEquals(new Set(marks).size, people.length);
});

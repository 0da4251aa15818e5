import { assert, assertEquals, assertThrows } from "@std/assert";
import { readTyped, writeTyped } from "../../src/kv/typed_json.ts";

const VALUES: [name: string, value: unknown][] = [
  ["texts", ["", "olá\n\u2028\ud800", "$number"]],
  ["numbers", [0, -0, 1.5, -1e300, Infinity, -Infinity, NaN, Number.MAX_SAFE_INTEGER]],
  ["bigints", [0n, -(2n ** 200n)]],
  ["counters", [new Deno.KvU64(0n), new Deno.KvU64(2n ** 64n - 1n)]],
  ["bytes", [new Uint8Array(), Uint8Array.from({ length: 256 }, (_, byte) => byte)]],
  ["dates", [new Date(0), new Date(1.7e12), new Date(NaN)]],
  ["nothing", [null, undefined, { field: undefined }]],
  ["maps and sets", [new Map<unknown, unknown>([[{ a: 1n }, new Set([1, "1"])]]), new Set()]],
  ["objects", { a: { b: [{ c: true }] }, 1: "one" }],
  ["objects that look like types", [{ $number: "1" }, { $: { $map: 3 } }, { $a: 1, $b: 2 }]],
];

for (const [name, value] of VALUES) {
  Deno.test(`${name} are on one line and come back as they were`, () => {
    const line = writeTyped(value);
    assert(!line.includes("\n"));
    const read = readTyped(line);
    assertEquals(read, value);
    assertEquals(Deno.inspect(read, { depth: 9 }), Deno.inspect(value, { depth: 9 }));
  });
}

Deno.test("what no record can hold is refused", () => {
  for (const value of [() => {}, Symbol("s"), /regular/, new WeakMap()]) {
    assertThrows(() => writeTyped({ value }), TypeError, "Cannot write");
  }
  assertThrows(() => readTyped('{"$what":1}'), TypeError, "Cannot read");
});

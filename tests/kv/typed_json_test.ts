import { assert, assertEquals, assertThrows } from "@std/assert";
import { readTyped, writeTyped } from "../../src/kv/typed_json.ts";

const VALUES: [name: string, value: unknown][] = [
  ["texts", ["", "olá\n\u2028\ud800", "$bytes"]],
  ["numbers", [0, 1.5, -1e300, Number.MAX_SAFE_INTEGER, 5e-324]],
  ["bytes", [new Uint8Array(), Uint8Array.from({ length: 256 }, (_, byte) => byte)]],
  ["nothing", [null, { field: null }, [], {}]],
  ["objects", { a: { b: [{ c: true }] }, 1: "one", $a: 1, $b: 2 }],
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

Deno.test("a field without a value is left out", () => {
  assertEquals(Object.keys(readTyped(writeTyped({ a: 1, b: undefined })) as object), ["a"]);
});

Deno.test("what would not come back as it was is refused", () => {
  const values = [
    ...[() => {}, Symbol("s"), /regular/, new WeakMap(), new Date(0), new Map(), new Set()],
    ...[1n, new Deno.KvU64(1n), NaN, Infinity, -0, [undefined], { $bytes: "AA==" }, { $a: 1 }],
  ];
  for (const value of values) {
    assertThrows(() => writeTyped({ value }), TypeError, "Cannot write");
  }
  assertThrows(() => readTyped('{"$what":1}'), TypeError, "Cannot read");
});

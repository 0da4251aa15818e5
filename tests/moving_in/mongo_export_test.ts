import { assertEquals } from "@std/assert";
import { readMongoExport } from "../../src/moving_in/mongo_export.ts";

const RELAXED =
  '{"_id":{"$oid":"65f0"},"user_id":7,"name":"Ana","at":{"$date":"2024-01-01T00:00:00Z"}}';
const CANONICAL = '{"_id":{"$oid":"65f1"},"user_id":{"$numberLong":"8"},"priority":' +
  '{"$numberInt":"-1"},"x":{"$numberDouble":"Infinity"},"y":[{"$numberDouble":"0.5"}]}';
const READ_RELAXED = { _id: "65f0", user_id: 7, name: "Ana", at: "2024-01-01T00:00:00Z" };
const READ_CANONICAL = { _id: "65f1", user_id: 8, priority: -1, x: Infinity, y: [0.5] };

const FORMS: [name: string, text: string, places: string[]][] = [
  ["lines", `${RELAXED}\n${CANONICAL}\n`, ["line 1", "line 2"]],
  ["lines without an end", `${RELAXED}\n${CANONICAL}`, ["line 1", "line 2"]],
  ["lines of Windows", `${RELAXED}\r\n${CANONICAL}\r\n`, ["line 1", "line 2"]],
  ["lines after a byte order mark", `\ufeff${RELAXED}\n\n${CANONICAL}`, ["line 1", "line 3"]],
  ["an array", `[${RELAXED},${CANONICAL}]\n`, ["document 1, line 1", "document 2, line 1"]],
  [
    "an array on several lines",
    `\ufeff[\r\n${RELAXED},\r\n${CANONICAL}\r\n]`,
    ["document 1, line 2", "document 2, line 3"],
  ],
];

for (const [name, text, places] of FORMS) {
  Deno.test(`documents are read from ${name}`, () => {
    assertEquals(readMongoExport(text), [
      { place: places[0]!, fields: READ_RELAXED },
      { place: places[1]!, fields: READ_CANONICAL },
    ]);
  });
}

Deno.test("nothing is read from nothing", () => {
  for (const text of ["", "\ufeff", "\r\n\n", "[]", " [ ] "]) {
    assertEquals(readMongoExport(text), []);
  }
});

Deno.test("a line that is no document is told with its number, and the others are read", () => {
  const text = ['{"a":1}', '{"b":', "5", "[1]", "null", "hello", '{"c":2}'].join("\n");
  const found = readMongoExport(text).map((each) =>
    "reason" in each ? `${each.place} ${each.reason.split(":")[0]}` : each.fields
  );
  assertEquals(found, [
    { a: 1 },
    "line 2 is not a whole JSON document",
    "line 3 is not a document",
    "line 4 is not a document",
    "line 5 is not a document",
    "line 6 is not a whole JSON document",
    { c: 2 },
  ]);
});

Deno.test("an array that breaks off is told with the place", () => {
  for (const text of ['[{"a":1},\n{"b":2}', '[{"a":1},\n{"b" 2}]']) {
    const found = readMongoExport(text);
    assertEquals(found.length, 1);
    const { place, reason } = found[0] as { place: string; reason: string };
    assertEquals(/^line 2, column \d+$/.test(place), true, place);
    assertEquals(reason, "is where the JSON breaks off: export the file again");
  }
});

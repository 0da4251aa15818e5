import { assertEquals } from "@std/assert";
import {
  NOTHING_OF_THEIRS,
  tell,
  type Telling,
  TOLD_ELSEWHERE,
} from "../../src/privacy/telling.ts";

interface Pet {
  id: number;
  name: string;
  chip?: number;
  kennel: number;
}

const PET: Telling<Pet> = {
  name: (name) => ({ called: name ?? null }),
  chip: (chip, { id }) => ({ chip: chip ?? null, is_numbered: id !== undefined }),
  id: TOLD_ELSEWHERE,
  kennel: NOTHING_OF_THEIRS,
};

Deno.test("a record is told in the order of its telling, by the names given there", () => {
  const told = tell({ kennel: 9, id: 1, name: "Rex", chip: 4 }, PET);
  assertEquals(JSON.stringify(told), '{"called":"Rex","chip":4,"is_numbered":true}');
});

Deno.test("of a record that is not there each field is told as absent", () => {
  assertEquals(tell<Pet>(null, PET), { called: null, chip: null, is_numbered: false });
});

Deno.test("a field that nobody has said anything of does not compile", () => {
  const { chip: _chip, ...others } = PET;
  // @ts-expect-error: the chip is missing, though a pet need not have one.
  const incomplete: Telling<Pet> = others;
  assertEquals(Object.keys(incomplete), ["name", "id", "kennel"]);
});

import { assert, assertEquals } from "@std/assert";
import { defined } from "../../src/values/defined.ts";

interface Guest {
  name: string;
  nickname?: string;
  seat?: "window" | "aisle";
}

/** A guest as they are written down. */
function guest(nickname: string | undefined, seat: Guest["seat"] | undefined): Guest {
  return { name: "Maria", ...defined({ nickname, seat }) };
}

Deno.test("a member that has a value is there, one that has none is not there at all", () => {
  assertEquals(guest("Mari", "aisle"), { name: "Maria", nickname: "Mari", seat: "aisle" });
  const nobody = guest(undefined, undefined);
  assertEquals(Object.keys(nobody), ["name"]);
  assert(!("nickname" in nobody));
  assertEquals(Object.keys(guest(undefined, "window")), ["name", "seat"]);
});

Deno.test("whatever is not undefined is a value, as it is", () => {
  const list = [undefined, 1];
  const values = { none: null, no: false, zero: 0, empty: "", list };
  assertEquals(defined(values), values);
  assert(defined(values).list === list);
});

Deno.test("a value that was there before is kept where there is no other", () => {
  const told: { at: number; by?: string } = { at: 1, by: "Ana" };
  const unknown: string | undefined = undefined;
  assertEquals({ ...told, ...defined({ by: unknown }) }, { at: 1, by: "Ana" });
});

Deno.test("the compiler knows each member's type, and that it may be missing", () => {
  const seat = guest("Mari", "aisle").seat;
  const typed: Guest = { name: "Maria", ...defined({ seat: seat && "window" }) };
  assertEquals(typed, { name: "Maria", seat: "window" });
  // @ts-expect-error a name is not a number
  const misnamed: { nickname?: number } = { ...defined({ nickname: "Mari" }) };
  // @ts-expect-error a member that may be missing is not one that must be there
  const unnamed: { name: string } = { ...defined({ name: "Maria" }) };
  // @ts-expect-error `null` is a value, and no string
  const nulled: { nickname?: string } = { ...defined({ nickname: null }) };
  assertEquals([misnamed, unnamed, nulled], [
    { nickname: "Mari" },
    { name: "Maria" },
    { nickname: null },
  ] as never);
});

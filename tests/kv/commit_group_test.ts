import { assertEquals } from "@std/assert";
import {
  type CommitShape,
  MOST_BYTES,
  MOST_CHECKS,
  MOST_MUTATIONS,
  nextGroup,
} from "../../src/kv/commit_group.ts";
import { COMMIT_LIMITS } from "../support/kv_doubles.ts";

/** A commit that expects and writes so: a check is `key` (no record there) or `key=versionstamp`. */
function commit(checks: string, writes: string, more: Partial<CommitShape> = {}): CommitShape {
  const keys = words(writes);
  return {
    checks: words(checks).map((each) => {
      const [name, versionstamp = null] = each.split("=");
      return { name: name!, versionstamp };
    }),
    writes: keys.map((name) => ({ name })),
    mutations: keys.length,
    bytes: keys.length * 100,
    isAlone: false,
    ...more,
  };
}

function words(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

function numbered(name: string, count: number): string {
  return Array.from({ length: count }, (_, n) => `${name}${n}`).join(" ");
}

/** Which of the waiting commits go, by their places. */
function going(...waiting: CommitShape[]): number[] {
  return nextGroup(waiting, (each) => each).map((each) => waiting.indexOf(each));
}

Deno.test("commits that have nothing to do with each other go together, in their order", () => {
  assertEquals(going(), []);
  assertEquals(going(commit("a", "a")), [0]);
  assertEquals(going(commit("a", "a"), commit("b", "b"), commit("", "c")), [0, 1, 2]);
});

Deno.test("commits that expect the same go together; that expect otherwise, one after the other", () => {
  assertEquals(going(commit("s=1 a", "a"), commit("s=1 b", "b")), [0, 1]);
  assertEquals(going(commit("s=1 a", "a"), commit("s=2 b", "b"), commit("s=1", "c")), [0, 2]);
  assertEquals(going(commit("s a", "a"), commit("s=2 b", "b")), [0]);
});

Deno.test("a commit that expects something of what an earlier one writes comes after it", () => {
  assertEquals(going(commit("a", "a"), commit("a=1", "b"), commit("c", "c")), [0, 2]);
  // The other way round it has been there before.
  assertEquals(going(commit("a=1", "b"), commit("", "a")), [0, 1]);
});

Deno.test("of what two commits write each versionstamp is one's alone", () => {
  assertEquals(going(commit("", "a"), commit("", "a"), commit("", "b")), [0, 2]);
});

Deno.test("what stays behind is not overtaken by what expects or writes the same", () => {
  const behind = commit("a=1", "b");
  assertEquals(going(commit("", "a"), behind, commit("", "b"), commit("b=1", "c")), [0]);
});

Deno.test("who does more than check, set and delete goes alone, now or later", () => {
  const alone = commit("", "x", { isAlone: true });
  assertEquals(going(alone, commit("a", "a")), [0]);
  assertEquals(going(commit("a", "a"), alone, commit("b", "b")), [0, 2]);
});

Deno.test("together they hold no more than one operation may", () => {
  assertEquals(
    { checks: MOST_CHECKS, mutations: MOST_MUTATIONS, bytes: MOST_BYTES },
    COMMIT_LIMITS,
  );
  const checking = (count: number, of: string) => commit(numbered(of, count), of);
  assertEquals(going(checking(60, "a"), checking(40, "b")), [0, 1]);
  assertEquals(going(checking(60, "a"), checking(41, "b"), checking(40, "c")), [0, 2]);
  // What both expect is one check.
  assertEquals(going(checking(60, "a"), commit(`${numbered("a", 60)} ${numbered("b", 40)}`, "b")), [
    0,
    1,
  ]);
  const writing = (mutations: number, name: string) => commit("", name, { mutations });
  assertEquals(going(writing(600, "a"), writing(400, "b")), [0, 1]);
  assertEquals(going(writing(600, "a"), writing(401, "b"), writing(400, "c")), [0, 2]);
  const holding = (bytes: number, name: string) => commit("", name, { bytes });
  assertEquals(going(holding(MOST_BYTES - 9, "a"), holding(9, "b")), [0, 1]);
  assertEquals(going(holding(MOST_BYTES - 9, "a"), holding(10, "b"), holding(9, "c")), [0, 2]);
});

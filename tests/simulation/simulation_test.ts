/** What the stories rest on: the same seed is the same story, and their database is like the real. */
import { assertEquals } from "@std/assert";
import { opened, sealWith } from "../../src/kv/seal.ts";
import { MemoryKv } from "./memory_kv.ts";
import { RealKv } from "./real_kv.ts";
import { failureOf } from "./ending.ts";
import { simulate } from "./simulation.ts";
import { serialised } from "./subtle.ts";

Deno.test("the same promises hold on the runtime's own database", async () => {
  for (let seed = 301; seed <= 310; seed++) {
    const ending = await simulate(seed, { engine: await RealKv.open() });
    assertEquals(ending.broken, [], failureOf(ending));
  }
});

/** Stories of two desks in each of which somebody writes where a card was never known to be. */
const TOLD_AT_HOME = [1073, 1091];

Deno.test("who writes where a conversation is not any more is told so by their own desk", async () => {
  for (const seed of TOLD_AT_HOME) {
    const ending = await simulate(seed, { others: 1, isChosenForThem: true });
    assertEquals(ending.broken, [], failureOf(ending));
  }
});

Deno.test("a seed tells the same story every time", async () => {
  const [first, second] = [await simulate(7), await simulate(7)];
  assertEquals(first.trace, second.trace);
});

Deno.test("the database of the stories answers as the runtime's own", async () => {
  using real = await RealKv.open();
  const simulated = new MemoryKv(() => 0);
  const keys: Deno.KvKey[] = [
    [1, "a"],
    [1, "a", 2],
    [1, "a", 10],
    [1, "a", -3.5],
    [1, "a", "x"],
    [
      1,
      "b",
    ],
    [2],
    [1, "a", 2, "to-team", 7, 0.5],
  ];
  for (const engine of [real, simulated]) {
    for (const key of keys) await engine.commit([], [{ type: "set", key, value: { key } }]);
    await engine.commit([], [{ type: "delete", key: [1, "a", 10] }]);
  }
  const selectors: [Deno.KvListSelector, Deno.KvListOptions][] = [
    [{ prefix: [1] }, {}],
    [{ prefix: [1, "a"] }, { limit: 2 }],
    [{ prefix: [1, "a"] }, { limit: 1, reverse: true }],
    [{ prefix: [1], start: [1, "a", 2] }, {}],
    [{ start: [1, "a"], end: [1, "a", Infinity] }, {}],
    [{ prefix: [1, "a"], start: [1, "a", 2, Infinity] }, { limit: 1 }],
  ];
  for (const [selector, options] of selectors) {
    const [a, b] = [await real.list(selector, options), await simulated.list(selector, options)];
    assertEquals(b.map(({ key, value }) => [key, value]), a.map(({ key, value }) => [key, value]));
  }
  for (const engine of [real, simulated]) {
    const read = await engine.get([1, "b"]);
    const write = [{ type: "set", key: [1, "b"], value: 1 }] as const;
    assertEquals((await engine.commit([read], [...write])).ok, true);
    assertEquals((await engine.commit([read], [...write])).ok, false);
    assertEquals((await engine.get([9])).value, null);
    assertEquals((await engine.commit([{ key: [9], versionstamp: null }], [])).ok, true);
  }
});

Deno.test("what the stories seal, the runtime opens, and the other way round", async () => {
  const value = { text: "pão", list: [1, null, { a: true }] };
  const [token, other] = ["42:a-token", "42:another-token"];
  const byRuntime = await sealWith(token).close(value);
  const changed = byRuntime.with(20, byRuntime[20]! ^ 1);
  const restore = serialised({ inTurn: (work) => work() });
  const seal = sealWith(token);
  const byStories = await seal.close(value);
  assertEquals(await seal.open(byRuntime), value);
  assertEquals(await opened(byRuntime, sealWith(other)), { isUnreadable: true });
  for (const broken of [changed, byRuntime.slice(0, 14), byRuntime.slice(0, -1)]) {
    assertEquals(await opened(broken, seal), { isUnreadable: true });
  }
  restore();
  assertEquals(await sealWith(token).open(byStories), value);
  assertEquals(await opened(byStories, sealWith(other)), { isUnreadable: true });
});

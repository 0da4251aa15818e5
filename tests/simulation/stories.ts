/**
 * Many stories of a desk to which everything happens, each told from its seed, each at rest with
 * every promise kept. They are parted over several test files, which run side by side. More of them,
 * and a failing one again: `deno task simulate`.
 */
import { assertEquals } from "@std/assert";
import { failureOf } from "./ending.ts";
import { simulate } from "./simulation.ts";

const CHUNK = 25;

/** Tests the stories of these seeds, the last one included. */
export function tellStories(first: number, last: number): void {
  for (let from = first; from <= last; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, last);
    Deno.test(`nothing is lost, repeated or out of order in the stories ${from} to ${to}`, async () => {
      for (let seed = from; seed <= to; seed++) {
        const ending = await simulate(seed);
        if (ending.broken.length > 0) assertEquals(ending.broken, [], failureOf(ending));
      }
    });
  }
}

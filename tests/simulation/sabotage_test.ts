/**
 * Each protection taken out, one at a time: some story must break a promise, or the stories, or the
 * protection, are worth nothing. Prints which seed found out, and what broke.
 */
import { assert } from "@std/assert";
import { defined } from "../../src/values/defined.ts";
import { SABOTAGES } from "./sabotage.ts";
import { simulate } from "./simulation.ts";

/** Some protections are needed rarely; the first story that needs one is enough. */
const SEEDS = 300;

for (const sabotage of SABOTAGES) {
  const { name, others, breaks = "" } = sabotage();
  const telling = defined({ others });
  Deno.test(`the stories need ${name}`, async () => {
    let seed = 0;
    let broken: string[] = [];
    while (broken.length === 0 && seed < SEEDS) {
      const ending = await simulate(++seed, { ...telling, sabotage: sabotage() });
      broken = ending.broken.filter((line) => line.includes(breaks));
      // What breaks without the sabotage as well proves nothing.
      if (broken.length > 0 && (await simulate(seed, telling)).broken.length > 0) broken = [];
    }
    assert(broken.length > 0, `no story of ${SEEDS} needs ${name}`);
    console.log(`${name} → seed ${seed} → ${broken[0]}`);
  });
}

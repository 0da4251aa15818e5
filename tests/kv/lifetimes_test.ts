import { assert, assertEquals } from "@std/assert";
import { DAY_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { expiringKv } from "../support/kv_doubles.ts";
import { refusal } from "../support/refusal.ts";

const DAYS = 45;

Deno.test("after weeks of work the database holds what the last days need, and no more", async () => {
  const clock = { now: Date.now };
  const { wrap, collect } = expiringKv(() => clock.now());
  await using desk = await TestDesk.open({ wrapKv: wrap, env: { RETENTION_DAYS: "3" } });
  clock.now = desk.clock.now;
  const customers = Array.from({ length: 5 }, (_, n) => desk.customer(`Cliente ${n}`));
  const sizes: number[] = [];
  for (let day = 1; day <= DAYS; day++) {
    for (const customer of customers) {
      const message = customer.sends(desk.chatOf(customer), `dia ${day}`);
      await desk.settled();
      customer.edits(message, `dia ${day}, corrigido`);
      customer.sends(desk.chatOf(customer), { photo: true }, { mediaGroupId: `${day}` });
      desk.ana.comments(desk.cardOf(customer), `resposta ${day}`);
      await desk.settled();
      customer.reacts(desk.toldTo(customer).at(-1)!, "👍");
    }
    // One message a day can never be delivered, and stays for the operator.
    desk.telegram.faults.next(
      "copyMessage",
      refusal("Bad Request: wrong file identifier/HTTP URL specified"),
    );
    customers[0]!.sends(desk.chatOf(customers[0]!), "recusada");
    await desk.passes(DAY_MS);
    await collect(desk.kv);
    let size = 0;
    for await (const _ of desk.kv.list({ prefix: [] })) size++;
    sizes.push(size);
  }
  // What was given up is kept for 30 days, and what counts for statistics for 32.
  const [full, last] = [sizes[33]!, sizes.at(-1)!];
  assert(last - full <= 5, `${sizes.join(" ")}`);
  for (const customer of customers) {
    assertEquals(textsOf(desk.threadOf(customer)).includes(`dia ${DAYS}, corrigido`), true);
  }
});

Deno.test("nothing is left of a job that is done: no lease, no job, no sealed words", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const message = maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  maria.edits(message, "olá");
  desk.ana.comments(desk.cardOf(maria), "bom dia");
  await desk.settled();
  const kinds = new Set<unknown>();
  for await (const { key } of desk.kv.list({ prefix: [] })) kinds.add(key[1]);
  for (const kind of ["lease", "job", "failed"]) assert(!kinds.has(kind), `a ${kind} is left`);
});

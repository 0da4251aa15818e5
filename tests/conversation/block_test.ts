/** Customers who block the bot, and come back. */
import { assertEquals } from "@std/assert";
import { DAY_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("the thread is told once that the customer blocked the bot, and once that they are back", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  maria.blocks(desk.bot);
  await desk.settled();
  for (const text of ["um", "dois", "três"]) desk.ana.comments(desk.cardOf(maria), text);
  await desk.settled();
  const said = () => textsOf(desk.threadOf(maria)).filter((text) => /^[🚫✅]/u.test(text));
  assertEquals(said(), [
    "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.",
  ]);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(said().length, 2);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um", "dois", "três"]);
});

Deno.test("a block that is first seen as a refusal is told once as well", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", refusal("Forbidden: bot was blocked by the user", 403));
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).filter((text) => text.startsWith("🚫")).length, 1);
  desk.clock.aheadMs += 1000;
  maria.sends(desk.chatOf(maria), "voltei");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um", "dois"]);
});

const BLOCKED =
  "🚫 Este cliente bloqueou o bot. O que for escrito aqui será entregue se ele voltar.";

/** By what the clock is set when the bot is told of a block, and when of what was written before. */
const CLOCKS: [string, { atBlockMs: number; afterwardsMs: number }][] = [
  ["", { atBlockMs: 0, afterwardsMs: 0 }],
  [", though the clock is a day behind", { atBlockMs: -DAY_MS, afterwardsMs: 0 }],
  [", though the clock was a day behind then", { atBlockMs: -DAY_MS, afterwardsMs: DAY_MS }],
];

for (const [where, { atBlockMs, afterwardsMs }] of CLOCKS) {
  for (const seen of ["first", "after a refusal", "as a refusal only"]) {
    // By a refusal alone it is not known when that was, if the clock was wrong then.
    if (seen === "as a refusal only" && afterwardsMs > 0) continue;
    const how = seen === "first" ? "" : `, seen ${seen},`;
    Deno.test(`what a customer wrote before they blocked the bot${how} does not tell that they are back${where}`, async () => {
      await using desk = await TestDesk.open();
      const maria = await desk.hearsFrom("Maria");
      const { handler } = desk.app;
      const late: Request[] = [];
      const blocks: Request[] = [];
      desk.app.handler = async (request) => {
        const { message, my_chat_member } = await request.clone().json();
        const isHers = message?.chat.id === maria.id || my_chat_member !== undefined;
        if (!isHers) return await handler(request);
        (message ? late : blocks).push(request);
        return new Response();
      };
      for (const text of ["um", "dois"]) maria.sends(desk.chatOf(maria), text);
      await desk.settled();
      desk.clock.aheadMs += 5000;
      maria.blocks(desk.bot);
      await desk.settled();
      desk.clock.aheadMs += atBlockMs;
      const comes = async (requests: Request[]) => {
        for (const request of requests) {
          await handler(request);
          await desk.settled();
        }
      };
      if (seen === "first") await comes(blocks);
      desk.ana.comments(desk.cardOf(maria), "olá");
      await desk.settled();
      if (seen === "after a refusal") await comes(blocks);
      desk.clock.aheadMs += afterwardsMs;
      await comes(late);
      const shown = textsOf(desk.threadOf(maria));
      assertEquals(shown.filter((text) => text !== "olá"), ["oi", BLOCKED, "um", "dois"]);
    });
  }
}

Deno.test("what is written long after a customer has blocked the bot waits for them as long as anything", async () => {
  await using desk = await TestDesk.open({ settings: { keep: "off" } });
  const maria = await desk.hearsFrom("Maria");
  maria.blocks(desk.bot);
  await desk.settled();
  for (let day = 0; day < 10; day++) await desk.passes(DAY_MS);
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  for (let day = 0; day < 6; day++) await desk.passes(DAY_MS);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("a refusal that is told after the customer's return does not keep anything from them", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "oi, Maria");
  await desk.settled();
  const { handler } = desk.app;
  // The bot learns of the block only by the refusal.
  desk.app.handler = async (request) => {
    const { my_chat_member } = await request.clone().json();
    const isBlock = my_chat_member?.new_chat_member.status === "kicked";
    return isBlock ? new Response() : await handler(request);
  };
  maria.blocks(desk.bot);
  await desk.settled();
  desk.telegram.latencyMs = 5000;
  desk.telegram.faults.next("copyMessage", refusal("Forbidden: bot was blocked by the user", 403));
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.isCalling("copyMessage");
  desk.telegram.latencyMs = 0;
  maria.unblocks(desk.bot);
  while (desk.bot.queue.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  desk.clock.aheadMs += 5000;
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

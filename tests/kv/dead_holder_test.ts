/** Several instances on one database: who works a lane keeps it while they live, and no longer. */
import { assert, assertEquals } from "@std/assert";
import type { Lane } from "../../src/conversation/lane.ts";
import type { Lease } from "../../src/kv/lease.ts";
import { Api } from "grammy";
import { openTalk } from "../support/talk.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

/** A customer known to the desk, whose lane another instance has taken just now. */
async function openHeld() {
  const desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const lane: Lane = { deskId: desk.channel.id, customerId: maria.id, direction: "to-team" };
  const other = desk.anotherStore();
  const lease = await other.claim(lane) as Lease;
  assertEquals(lease.owner, "another instance");
  maria.sends(desk.chatOf(maria), "tem pão?");
  await desk.settled();
  const shown = () => textsOf(desk.threadOf(maria));
  return { desk, other, shown };
}

Deno.test("a lane whose holder has died is worked on ten seconds later", async () => {
  const { desk: opened, shown } = await openHeld();
  await using desk = opened;
  await desk.passes(9000);
  assertEquals(shown(), ["oi"]);
  await desk.passes(1500);
  assertEquals(shown(), ["oi", "tem pão?"]);
});

Deno.test("a holder that lives keeps its lane as long as its lease lasts", async () => {
  const { desk: opened, other, shown } = await openHeld();
  await using desk = opened;
  for (let times = 0; times < 10; times++) {
    await desk.passes(4000);
    await other.giveSign();
  }
  assertEquals(shown(), ["oi"]);
  await desk.passes(9000);
  assertEquals(shown(), ["oi", "tem pão?"]);
});

Deno.test("a program that works a lane for long says that it lives, and is silent otherwise", async () => {
  const rings: (() => void)[] = [];
  await using desk = await TestDesk.open({
    setTimer: (_ms, ring) => {
      rings.push(ring);
      return () => rings.splice(rings.indexOf(ring), 1);
    },
  });
  const signs = async () =>
    (await Array.fromAsync(desk.kv.list({ prefix: [desk.bot.id, "alive"] }))).length;
  const maria = await desk.hearsFrom("Maria");
  assertEquals([rings.length, await signs()], [0, 0]);

  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 100 });
  maria.sends(desk.chatOf(maria), "tem pão?");
  await desk.isCalling("copyMessage");
  desk.clock.aheadMs += 3000;
  assertEquals(rings.length, 1);
  rings.pop()!();
  await desk.settled();
  assertEquals([rings.length, await signs()], [0, 1]);
  assert(textsOf(desk.threadOf(maria)).includes("tem pão?"));
});

Deno.test("a card that is again what it was shows so, though who edited it in between has died", async () => {
  const { desk: opened, maria, cardText } = await openTalk();
  await using desk = opened;
  const before = cardText();
  const deskId = desk.channel.id;
  await desk.anotherStore().claim({ deskId, customerId: maria.id, direction: "to-desk" });
  maria.blocks(desk.bot);
  await desk.settled();
  assertEquals(cardText(), before);
  const api = new Api(desk.bot.token, { fetch: desk.telegram.fetch });
  const { message_id } = desk.cardOf(maria);
  await api.editMessageText(deskId, message_id, before.replace("🟦", "🚫"));
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(10_500);
  assertEquals(cardText(), before);
});

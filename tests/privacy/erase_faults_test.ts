import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { type TestDesk, textsOf } from "../support/desk.ts";
import {
  asksToErase,
  confirms,
  erases,
  openAnswered,
  pause,
  tracesOf,
} from "../support/erasing.ts";
import { countingKv } from "../support/kv_doubles.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** Sees an erasure through, on a desk that was disturbed, and that all of it was done. */
async function isDone(desk: TestDesk, maria: SimulatedUser, card: Message): Promise<void> {
  for (let times = 0; times < 4; times++) await desk.passes(50_000);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(desk.channel.message(card.message_id)!.text, "🗑 apagado");
  assertEquals(desk.channel.pinned, []);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "✅ Pronto");
  assertEquals(desk.toldTo(maria).filter(({ text }) => text?.startsWith("✅ Pronto")).length, 1);
}

Deno.test("an erasure that breaks off at any commit is brought to its end", async () => {
  let isThrough = false;
  let step = 0;
  for (; !isThrough; step++) {
    let left = Infinity;
    const { wrap } = countingKv(() => {
      if (left-- <= 0) throw new Error("the database is gone");
    });
    const { desk, maria, card } = await openAnswered({
      wrapKv: wrap,
      settings: { erasecopies: true },
    });
    await using _ = desk;
    maria.sends(desk.chatOf(maria), "mais uma coisa");
    desk.ana.comments(card, "pois não?");
    await desk.settled();
    const question = await asksToErase(desk, maria);
    // The first commit takes the press; without it, Telegram would bring the press again.
    left = step + 1;
    confirms(maria, question);
    for (let times = 0; times < 3; times++) await desk.passes(1100);
    isThrough = left > 0;
    left = Infinity;
    await desk.restart();
    await isDone(desk, maria, card);
  }
  assert(step > 8, `only ${step} commits`);
});

for (
  const fault of [
    { kind: "502" },
    { kind: "lost answer" },
    { kind: "429", retryAfterS: 3 },
  ] as const
) {
  Deno.test(`an erasure of which every call ends once with ${fault.kind} is brought to its end`, async () => {
    const { desk, maria, card } = await openAnswered({ settings: { erasecopies: true } });
    await using _ = desk;
    const question = await asksToErase(desk, maria);
    const failed = new Set<string>();
    desk.telegram.faults.rate(fault, 1, ({ method, payload }) => {
      const name = `${method} ${JSON.stringify(payload)}`;
      const isFirst = !failed.has(name) && /^(send|edit|delete|unpin)/.test(method);
      failed.add(name);
      return isFirst;
    });
    confirms(maria, question);
    for (let times = 0; times < 8; times++) await desk.passes(5000);
    await isDone(desk, maria, card);
  });
}

Deno.test("an erasure in the midst of traffic leaves nothing behind, and hides no loss", async () => {
  let lost = 0;
  for (let round = 0; round < 12; round++) {
    const { desk, maria, card, answer } = await openAnswered({ env: { ALBUM_QUIET_MS: "20" } });
    await using _ = desk;
    const other = desk.anotherApp();
    await other.start();
    const question = await asksToErase(desk, maria);
    desk.telegram.latencyMs = 2;
    desk.telegram.faults.rate({ kind: "502" }, 0.4, ({ method }) => /^(copy|send)/.test(method));
    let written = 0;
    const writes = async () => {
      maria.sends(desk.chatOf(maria), `nova ${written}`);
      maria.sends(desk.chatOf(maria), { photo: true }, { mediaGroupId: `album ${written}` });
      desk.ana.comments(card, `sobre ${written}`);
      desk.ana.edits(answer, `bom dia ${written}`);
      written += 2;
      await pause(round % 4);
    };
    for (let number = 0; number < 3; number++) await writes();
    confirms(maria, question);
    for (let times = 0; times < 12; times++) {
      if (times < 8) await writes();
      void other.drain();
      desk.clock.aheadMs += 300;
      await desk.app.drain();
    }
    desk.telegram.faults.clear();
    const comesToRest = async () => {
      // Nobody's lease shall run out under a call because time jumps.
      for (let times = 0; times < 5; times++) {
        await other.drain();
        await desk.settled();
        await desk.passes(50_000);
      }
    };
    await comesToRest();
    const counts = textsOf(desk.toldTo(maria)).map((text) => /equipe: (\d+)/.exec(text)?.[1] ?? 0);
    const undelivered = counts.reduce((sum: number, each) => sum + Number(each), 0);
    const shown = desk.group.messages.filter(({ from, text, photo }) =>
      from?.id === desk.bot.id && (photo || text?.startsWith("nova"))
    );
    assertEquals(shown.length + undelivered, written, `round ${round}`);
    lost += undelivered;
    // What she wrote when it was done has begun anew.
    const isAnew = desk.channel.messages.some(({ text }) => text?.includes("Maria"));
    if (isAnew) await erases(desk, maria);
    await comesToRest();
    await other.close(0);
    assertEquals(await tracesOf(desk.kv, maria, /Maria/), [], `round ${round}`);
    const cards = textsOf(desk.channel.messages).filter((text) => text !== "[something]");
    assertEquals([...new Set(cards)], ["🗑 apagado"], `round ${round}`);
  }
  assert(lost > 0, "nothing was under way");
});

Deno.test("whoever is done with a message late takes nothing from the one who took over, and all of it is erased", async () => {
  const { desk, maria, card } = await openAnswered();
  await using _ = desk;
  const other = desk.anotherApp();
  await other.start();
  // The other instance has never looked at the thread, and has to.
  await desk.passes(3 * MINUTE_MS);
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const { faults } = desk.telegram;
  faults.next("copyMessage", { kind: "delay", ms: MINUTE_MS + 10_000 });
  maria.sends(desk.chatOf(maria), "dois");
  await desk.isCalling("copyMessage");
  desk.clock.aheadMs += MINUTE_MS;
  // Its look has to wait, and is in the message's place when the late answer comes.
  faults.next("setMessageReaction", { kind: "429", retryAfterS: 120 });
  await other.start();
  await other.settled();
  const count = () => textsOf(desk.threadOf(maria)).filter((text) => text === "dois").length;
  assertEquals(count(), 1);
  desk.clock.aheadMs += 10_000;
  await desk.settled();
  // Both have sent it: neither could know of the other.
  assertEquals(count(), 2);
  for (let times = 0; times < 3; times++) await desk.passes(MINUTE_MS);
  const doubts = await Array.fromAsync(desk.kv.list({ prefix: [desk.bot.id, "doubt"] }));
  assertEquals(doubts, []);
  await erases(desk, maria);
  await isDone(desk, maria, card);
  await other.close();
});

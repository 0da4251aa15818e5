import type { Update } from "grammy/types";
import { assert, assertEquals } from "@std/assert";
import { seededRandom } from "../../playground/telegram/random.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { livelyDay } from "../support/lively_day.ts";
import { mutated } from "../support/mutations.ts";
import { bring, SECRET } from "../support/webhook.ts";

/** How many updates are mutated: `MUTATIONS=190000` has many more of them tried. */
const COUNT = Number(Deno.env.get("MUTATIONS") ?? 1000);
const SEED = Number(Deno.env.get("MUTATIONS_SEED") ?? 1);
/** No update takes as long; what waits behind it would. */
const PATIENCE_MS = 5000;

/** For no longer than this nothing is confirmed: what is asked for three times takes a while. */
const STANDSTILL_MS = 30_000;

Deno.test("of many mutated updates none is asked for more than three times, nor delays others", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: SECRET } });
  await livelyDay(desk);
  const corpus = desk.telegram.updates.map(({ update }) => update);
  const random = seededRandom(SEED);
  let updateId = 1_000_000_000;
  for (let count = 0; count < COUNT; count++) {
    const update = corpus[Math.floor(random() * corpus.length)]!;
    const body = mutated({ ...update, update_id: updateId++ }, random);
    const sinceMs = performance.now();
    let asked = 1;
    while (await bring(desk, body) !== 200) {
      assert(asked < 3, `asked for more than ${asked} times: ${body.slice(0, 1000)}`);
      // Telegram lets a while pass, in which the bot may look whether another group is linked, say.
      await desk.settled();
      asked++;
    }
    assert(performance.now() - sinceMs < PATIENCE_MS, body.slice(0, 1000));
    if (count % 100 === 99) await desk.settled();
  }
  await desk.settled();
  const maria = await desk.hearsFrom("Uma cliente de verdade", "ainda aí?");
  assertEquals(textsOf(desk.threadOf(maria)), ["ainda aí?"]);
});

Deno.test("by polling many mutated updates are confirmed, and what is behind them is received", async () => {
  await using desk = await TestDesk.open({ transport: "polling" });
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "bom dia");
  await desk.settled();
  const corpus = desk.telegram.updates.map(({ update }) => update);
  const { message } = corpus.find((update) => update.message?.chat.id === maria.id)!;
  const random = seededRandom(SEED);
  const push = (content: Omit<Update, "update_id">) => {
    // What Telegram tells by itself meanwhile comes in between.
    const update = { ...content, update_id: desk.bot.nextUpdateId(desk.clock.now()) } as Update;
    desk.bot.queue.push({ update, lane: "", expiresAtMs: Infinity, onHandedOut: [] });
    desk.bot.polling.arrived();
  };
  for (let count = 0; count < COUNT / 4; count++) {
    const update = corpus[Math.floor(random() * corpus.length)]!;
    const body = mutated(update, random);
    // The simulated Telegram cannot write what is nested too deeply.
    if (/\[{9}|(\{"a":){9}/.test(body)) continue;
    push(JSON.parse(body));
  }
  push({ message: { ...message!, message_id: 999_999, text: "behind" } });
  let left = Infinity;
  let deadlineMs = 0;
  const isReceived = () =>
    desk.telegram.calls.some(({ method, payload }) =>
      method === "copyMessage" && payload.message_id === 999_999
    );
  while (!isReceived() || desk.bot.queue.size > 0) {
    // However many there are, some are confirmed all the while.
    if (desk.bot.queue.size < left) deadlineMs = Date.now() + STANDSTILL_MS;
    left = Math.min(left, desk.bot.queue.size);
    assert(Date.now() < deadlineMs, `${desk.bot.queue.size} updates are not confirmed`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

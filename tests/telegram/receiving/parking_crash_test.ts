/** A program that dies while it plays what waited for a desk. */
import { assert, assertEquals } from "@std/assert";
import { unansweringKv } from "../../support/disturbed_kv.ts";
import { countingKv } from "../../support/kv_doubles.ts";
import { UnclaimedBot } from "../../support/unclaimed_bot.ts";
import { waitsForADesk, wordsIn } from "../../support/early_customers.ts";

Deno.test("a program that dies at any step of playing loses nothing, and repeats and reorders nothing", async () => {
  const steps = await stepsOfPlaying();
  assert(steps > 10, `only ${steps} steps`);
  for (let step = 0; step < steps; step++) {
    for (const isAnswerLost of [false, true]) await diesAt(step, { isAnswerLost });
  }
});

/** Commits from the first on that plays something. */
class Steps {
  #isArmed = false;
  readonly #over = Promise.withResolvers<void>();
  taken = 0;
  /** At which of them the program dies, and whether that one is carried out. */
  deadly = Infinity;
  isAnswerLost = false;
  readonly #before = countingKv((keys) => {
    if (!this.#isArmed || (this.taken === 0 && !keys.includes('"parked"'))) return;
    this.taken++;
    if (this.taken > (this.isAnswerLost ? this.deadly + 1 : this.deadly)) throw new Error("dead");
  });
  readonly #after = unansweringKv(() => this.isAnswerLost && this.taken === this.deadly + 1);
  wrapKv = (kv: Deno.Kv) => this.#before.wrap(this.#after.wrap(kv));

  begin(): void {
    this.#isArmed = true;
    this.#after.losesNext();
  }

  end(): void {
    this.#isArmed = false;
    this.#over.resolve();
  }

  get isDead(): boolean {
    return this.#isArmed && this.taken > this.deadly;
  }

  /** Who is dead takes no requests. */
  onRequest = async (request: Request) => {
    if (this.isDead) await this.#over.promise;
    return request;
  };
}

/** Five messages of two customers are played; how many commits that takes. */
async function stepsOfPlaying(): Promise<number> {
  const steps = new Steps();
  await using desk = await UnclaimedBot.create({ wrapKv: steps.wrapKv });
  const { isPlayed } = await waitsForADesk(desk);
  steps.begin();
  desk.sets();
  await desk.until("all is played", isPlayed);
  return steps.taken;
}

/** The database fails from that step on, before or after it; then another program starts. */
async function diesAt(deadly: number, { isAnswerLost }: { isAnswerLost: boolean }): Promise<void> {
  const steps = new Steps();
  Object.assign(steps, { deadly, isAnswerLost });
  await using desk = await UnclaimedBot.create(steps);
  const { customers, isPlayed } = await waitsForADesk(desk);
  steps.begin();
  desk.sets();
  await desk.until("it is dead", async () => steps.isDead || await isPlayed());
  await desk.app.close(0);
  desk.clock.aheadMs += 61_000;
  steps.end();
  await desk.boots();
  await desk.until("all is played", isPlayed);
  await desk.until("Telegram has nothing left", () => desk.bot.queue.size === 0);
  for (let minute = 0; minute < 12; minute++) await desk.passes(61_000);
  for (const [who, texts] of customers) {
    assertEquals(wordsIn(desk, who), texts, `step ${deadly}, answer lost: ${isAnswerLost}`);
  }
}

import { assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";

Deno.test("SimulatedClock stands still until it is moved", () => {
  const clock = new SimulatedClock(1000);
  assertEquals(clock.now(), 1000);
  assertEquals(clock.nextAt(), undefined);
  assertEquals(clock.fireNext(), false);
  clock.advanceTo(5000);
  assertEquals(clock.now(), 5000);
});

Deno.test("SimulatedClock runs timers in the order of their time, then of their setting", () => {
  const clock = new SimulatedClock(0);
  const ran: string[] = [];
  clock.setTimeout(() => ran.push("late"), 20);
  clock.setTimeout(() => ran.push("early"), 10);
  clock.setTimeout(() => ran.push("early too"), 10);
  const forgotten = clock.setTimeout(() => ran.push("forgotten"), 5);
  clock.clearTimeout(forgotten);
  assertEquals(clock.nextAt(), 10);
  while (clock.fireNext());
  assertEquals(ran, ["early", "early too", "late"]);
  assertEquals(clock.now(), 20);
});

Deno.test("SimulatedClock runs what timers set while time is moved", () => {
  const clock = new SimulatedClock(0);
  const ranAt: number[] = [];
  clock.setTimeout(() => clock.setTimeout(() => ranAt.push(clock.now()), 10), 10);
  clock.setTimeout(() => ranAt.push(clock.now()), 100);
  clock.advanceTo(50);
  assertEquals(ranAt, [20]);
  assertEquals(clock.now(), 50);
});

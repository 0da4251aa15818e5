import { assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene } from "./scene.ts";

const DAY_MS = 24 * 3600 * 1000;

/** A scene in which everything so far is confirmed. */
async function polled(clock?: SimulatedClock) {
  const all = scene(clock === undefined ? {} : { clock });
  const { user, chat } = customer(all.telegram, all.bot);
  const { result } = await all.call("getUpdates");
  const next = result.at(-1).update_id + 1;
  await all.call("getUpdates", { offset: next });
  const texts = async (payload: Record<string, unknown>) => {
    const { result } = await all.call("getUpdates", payload);
    return result.map((update: { message: { text: string } }) => update.message.text);
  };
  return { ...all, user, chat, next, texts };
}

Deno.test("getUpdates repeats what no offset confirmed", async () => {
  const { telegram, user, chat, next, texts } = await polled();
  for (const text of ["one", "two", "three"]) user.sends(chat, text);
  assertEquals(await texts({ limit: 2 }), ["one", "two"]);
  assertEquals(await texts({ offset: next }), ["one", "two", "three"]);
  assertEquals(await texts({ offset: next + 1 }), ["two", "three"]);
  assertEquals(await texts({ offset: -1 }), ["three"]);
  assertEquals(await texts({}), ["three"]);
  await telegram.close();
});

Deno.test("who asks for the same again at once gets one update, and soon has to wait", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, user, chat, next, texts } = await polled(clock);
  clock.advanceTo(clock.now() + 5000);
  for (const text of ["one", "two"]) user.sends(chat, text);
  assertEquals(await texts({ offset: next }), ["one", "two"]);
  assertEquals(await texts({ offset: next }), ["one"]);
  clock.advanceTo(clock.now() + 500);
  assertEquals(await texts({ offset: next }), ["one", "two"]);
  assertEquals(await texts({ offset: next + 2 }), []);
  const waiting = texts({ offset: next + 2 });
  while (clock.nextAt() === undefined) await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(clock.nextAt(), clock.now() + 3000);
  clock.fireNext();
  assertEquals(await waiting, []);
  await telegram.close();
});

Deno.test("getUpdates waits until something comes", async () => {
  const { telegram, user, chat, texts } = await polled();
  const waiting = texts({ timeout: 50 });
  user.sends(chat, "hello");
  assertEquals(await waiting, ["hello"]);
  await telegram.close();
});

Deno.test("getUpdates answers with nothing when its time is over", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, texts } = await polled(clock);
  const waiting = texts({ timeout: 30 });
  while (clock.nextAt() === undefined) await new Promise((resolve) => setTimeout(resolve, 0));
  clock.fireNext();
  assertEquals(await waiting, []);
  assertEquals(clock.now(), 1_790_000_030_000);
  await telegram.close();
});

Deno.test("a second getUpdates ends the first", async () => {
  const { telegram, user, chat, call, texts } = await polled();
  const first = call("getUpdates", { timeout: 50 });
  const second = texts({ timeout: 50 });
  assertEquals(
    (await first).description,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  );
  user.sends(chat, "hello");
  assertEquals(await second, ["hello"]);
  await telegram.close();
});

Deno.test("getUpdates and a webhook exclude one another", async () => {
  const { telegram, call } = await polled();
  const first = call("getUpdates", { timeout: 50 });
  await call("setWebhook", { url: "https://desk.example/telegram" });
  assertEquals((await first).description, "Conflict: terminated by setWebhook request");
  const second = await call("getUpdates");
  assertEquals(second.error_code, 409);
  assertEquals(
    second.description,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
  await telegram.close();
});

Deno.test("unconfirmed updates are forgotten after a day", async () => {
  const clock = new SimulatedClock(1_790_000_000_000);
  const { telegram, user, chat, texts } = await polled(clock);
  user.sends(chat, "old");
  clock.advanceTo(clock.now() + DAY_MS);
  user.sends(chat, "new");
  assertEquals(await texts({}), ["new"]);
  await telegram.close();
});

Deno.test("an update can be handed out again on purpose", async () => {
  const { telegram, user, chat, next, texts } = await polled();
  user.sends(chat, "hello");
  assertEquals(await texts({}), ["hello"]);
  telegram.redeliver(next);
  assertEquals(await texts({ offset: next + 1 }), ["hello"]);
  assertEquals(await texts({ offset: next + 1 }), []);
  await telegram.close();
});

Deno.test("settled() waits for a polling bot to confirm", async () => {
  const { telegram, user, chat, next, texts } = await polled();
  user.sends(chat, "hello");
  let isSettled = false;
  const settled = telegram.settled().then(() => isSettled = true);
  await texts({});
  assertEquals([telegram.idle(), isSettled], [false, false]);
  await texts({ offset: next + 1 });
  await settled;
  await telegram.close();
});

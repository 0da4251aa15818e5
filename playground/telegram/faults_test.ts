import { assert, assertEquals, assertRejects } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import type { Fault } from "./faults.ts";
import { scene } from "./scene.ts";

/** What becomes of a sendMessage that meets a fault: the answer, and whether it was executed. */
async function meet(fault: Fault) {
  const { telegram, group, call } = scene();
  telegram.faults.next("sendMessage", fault);
  const before = group.messages.length;
  const answer = await call("sendMessage", { chat_id: group.id, text: "hello" }).catch((error) =>
    error as Error
  );
  const isExecuted = group.messages.length > before;
  await telegram.close();
  return { answer, isExecuted };
}

Deno.test("a 429 says how long to wait, in the body and in a header", async () => {
  const { telegram, bot, group } = scene();
  telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 17 });
  const response = await telegram.fetch(
    `https://api.telegram.org/bot${bot.token}/sendMessage?chat_id=${group.id}&text=a`,
  );
  assertEquals([response.status, response.headers.get("retry-after")], [429, "17"]);
  assertEquals(await response.json(), {
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 17",
    parameters: { retry_after: 17 },
  });
  await telegram.close();
});

Deno.test("a 500 is an answer, a 502 is no JSON", async () => {
  const broken = await meet({ kind: "500" });
  assertEquals(broken.answer, {
    ok: false,
    error_code: 500,
    description: "Internal Server Error",
  });
  assert((await meet({ kind: "502" })).answer instanceof SyntaxError);
});

Deno.test("a lost request is not executed, a lost answer is", async () => {
  const request = await meet({ kind: "lost request" });
  assert(request.answer instanceof TypeError);
  assert(!request.isExecuted);
  const answer = await meet({ kind: "lost answer" });
  assert(answer.answer instanceof TypeError);
  assert(answer.isExecuted);
});

Deno.test("an error is what it is said to be", async () => {
  const description = "Bad Request: message to be replied not found";
  const { answer } = await meet({ kind: "error", errorCode: 400, description });
  assertEquals(answer, { ok: false, error_code: 400, description });
});

Deno.test("a delay only delays", async () => {
  const { isExecuted } = await meet({ kind: "delay", ms: 5 });
  assert(isExecuted);
});

Deno.test("a hanging call ends when the caller gives up", async () => {
  const { telegram, bot, group } = scene();
  telegram.faults.next("sendMessage", { kind: "hang" });
  const before = group.messages.length;
  await assertRejects(
    () =>
      telegram.fetch(
        `https://api.telegram.org/bot${bot.token}/sendMessage?chat_id=${group.id}&text=a`,
        { signal: AbortSignal.abort(new DOMException("given up", "AbortError")) },
      ),
    DOMException,
  );
  const giveUp = new AbortController();
  const call = telegram.fetch(
    `https://api.telegram.org/bot${bot.token}/sendMessage?chat_id=${group.id}&text=a`,
    { signal: giveUp.signal },
  );
  await telegram.settled();
  giveUp.abort();
  await assertRejects(() => call, DOMException);
  assertEquals(group.messages.length, before);
  await telegram.close();
});

Deno.test("on a simulated clock a hanging call ends after 30 seconds", async () => {
  const clock = new SimulatedClock(0);
  const { telegram, group, call } = scene({ clock });
  telegram.faults.next("sendMessage", { kind: "hang" });
  const answer = call("sendMessage", { chat_id: group.id, text: "hello" });
  while (clock.nextAt() === undefined) await new Promise((resolve) => setTimeout(resolve, 0));
  clock.fireNext();
  await assertRejects(() => answer, TypeError);
  assertEquals(clock.now(), 30_000);
  await telegram.close();
});

Deno.test("faults hit as often as planned, and only what they match", async () => {
  const { telegram, group, call } = scene();
  telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.text === "unlucky",
    { kind: "500" },
    2,
  );
  const isOk = async (text: string) => (await call("sendMessage", { chat_id: group.id, text })).ok;
  const results: boolean[] = [];
  for (const text of ["lucky", "unlucky", "unlucky", "unlucky"]) results.push(await isOk(text));
  assertEquals(results, [true, false, false, true]);
  await telegram.close();
});

Deno.test("chance is drawn from the seed", async () => {
  const outcomes = async (seed: number) => {
    const { telegram, call } = scene({ seed });
    telegram.faults.rate({ kind: "500" }, 0.5, "getMe");
    const oks: boolean[] = [];
    for (let i = 0; i < 20; i++) oks.push((await call("getMe")).ok);
    await telegram.close();
    return oks.join();
  };
  const [one, again, other] = [await outcomes(1), await outcomes(1), await outcomes(2)];
  assertEquals(one, again);
  assert(one !== other);
  assert(one.includes("true") && one.includes("false"));
});

Deno.test("over HTTP a lost answer breaks the connection", async () => {
  const { telegram, bot, group } = scene();
  const { apiRoot, close } = telegram.serve();
  telegram.faults.next("sendMessage", { kind: "lost answer" });
  await assertRejects(async () => {
    const response = await fetch(
      `${apiRoot}/bot${bot.token}/sendMessage?chat_id=${group.id}&text=hello`,
    );
    await response.json();
  }, TypeError);
  assertEquals(group.messages.at(-1)?.text, "hello");
  await close();
  await telegram.close();
});

/** Starts with a desk that is known: what is asked of Telegram, and what is done before it answers. */
import { assert, assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../../support/desk.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/time/duration.ts";

/** The methods called since there were that many calls. */
const calledSince = ({ telegram: { calls } }: TestDesk, count: number) =>
  calls.slice(count).map(({ method }) => method);

/** A desk where somebody has written, and what is called while it starts again. */
async function openKnown(transport: "direct" | "polling", env: Record<string, string> = {}) {
  const desk = await TestDesk.open({ transport, env });
  const maria = await desk.hearsFrom("Maria");
  const restart = async () => {
    const { length } = desk.telegram.calls;
    await desk.restart();
    return calledSince(desk, length);
  };
  return { desk, maria, restart, env };
}

for (const [transport, needed] of [["direct", []], ["polling", ["getUpdates"]]] as const) {
  Deno.test(`started again within five minutes, a desk asks Telegram nothing: ${transport}`, async () => {
    const { desk: opened, maria, restart } = await openKnown(transport);
    await using desk = opened;
    // What had just changed is looked at once more, a little later.
    await desk.passes(2 * MINUTE_MS);
    for (let times = 0; times < 3; times++) {
      desk.clock.aheadMs += MINUTE_MS;
      assertEquals((await restart()).filter((method) => method !== "getUpdates"), []);
    }
    assertEquals(new Set(await restart()), new Set(needed));
    const { ok, telegram, problems } = await desk.health();
    assertEquals([ok, telegram, problems], [true, true, []]);
    maria.sends(desk.chatOf(maria), "tem pão?");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "tem pão?"]);
  });

  Deno.test(`a desk works while Telegram does not say how it is, and is looked at behind: ${transport}`, async () => {
    const { desk: opened, maria } = await openKnown(transport);
    await using desk = opened;
    desk.clock.aheadMs += HOUR_MS;
    await desk.app.close(0);
    const { length } = desk.telegram.calls;
    const isOfLook = ({ method }: { method: string }) => /^get(Me|Chat|Webhook)/.test(method);
    desk.telegram.faults.rate({ kind: "delay", ms: 500 }, 1, isOfLook);
    const starting = desk.restart();
    maria.sends(desk.chatOf(maria), "tem pão?");
    const deadlineMs = Date.now() + 5000;
    while (textsOf(desk.threadOf(maria)).length < 2) {
      assert(Date.now() < deadlineMs, "nothing is delivered");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const answered = desk.telegram.calls.slice(length)
      .filter((call) => isOfLook(call) && call.response);
    assertEquals(answered, []);
    await starting;
    await desk.settled();
    assert(calledSince(desk, length).includes("getMe"));
  });

  Deno.test(`a desk that is started twice at once asks Telegram nothing either: ${transport}`, async () => {
    const { desk: opened } = await openKnown(transport);
    await using desk = opened;
    await desk.passes(2 * MINUTE_MS);
    await desk.app.close(0);
    const { length } = desk.telegram.calls;
    const another = desk.anotherApp();
    assertEquals(await Promise.all([another.start(), another.start()]), [true, true]);
    await another.settled();
    const asked = calledSince(desk, length).filter((method) => method !== "getUpdates");
    assertEquals(asked, []);
    await another.close(0);
  });

  Deno.test(`what a look finds behind a start takes effect: ${transport}`, async () => {
    const { desk: opened } = await openKnown(transport);
    await using desk = opened;
    desk.telegram.unlink(desk.channel);
    desk.clock.aheadMs += 6 * MINUTE_MS;
    await desk.restart();
    await desk.settled();
    const { ok, problems } = await desk.health();
    assertEquals(ok, false);
    assert(problems.length > 0);
    // And whoever starts next does not take the desk for well.
    await desk.restart();
    assertEquals((await desk.health()).ok, false);
  });
}

Deno.test("by polling, what waits is taken in before Telegram is asked how the desk is", async () => {
  const { desk: opened, maria } = await openKnown("polling");
  await using desk = opened;
  desk.clock.aheadMs += HOUR_MS;
  await desk.app.close(0);
  maria.sends(desk.chatOf(maria), "tem pão?");
  const { length } = desk.telegram.calls;
  await desk.restart();
  await desk.settled();
  const called = desk.telegram.calls.slice(length);
  const [first, ...others] = called.filter(({ method }) => !/^copy/.test(method));
  assertEquals([first?.method, first?.payload.timeout], ["getUpdates", 0]);
  assert(others.some(({ method }) => method === "getMe"));
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "tem pão?"]);
});

Deno.test("several instances look at the desk together, every five minutes", async () => {
  const { desk: opened } = await openKnown("direct");
  await using desk = opened;
  const others = [desk.anotherApp(), desk.anotherApp()];
  const { length } = desk.telegram.calls;
  for (let minutes = 0; minutes < 30; minutes++) {
    desk.clock.aheadMs += MINUTE_MS;
    for (const app of [desk.app, ...others]) {
      await app.start();
      await app.settled();
    }
  }
  const looks = calledSince(desk, length).filter((method) => method === "getChatMemberCount");
  assert(looks.length >= 5 && looks.length <= 8, `${looks.length} looks`);
  const asked = calledSince(desk, length).filter((method) => method === "getWebhookInfo");
  assert(asked.length <= 8, `asked ${asked.length} times for the webhook`);
  for (const app of others) await app.close(0);
});

for (
  const [what, changed] of [
    ["address", { PUBLIC_URL: "https://elsewhere.example" }],
    ["secret", { WEBHOOK_SECRET: "another-secret-of-the-webhook" }],
  ] as const
) {
  Deno.test(`a start with another ${what} of the webhook registers it at once`, async () => {
    const { desk: opened, restart, env } = await openKnown("direct");
    await using desk = opened;
    assert(!(await restart()).includes("setWebhook"));
    Object.assign(env, changed);
    assert((await restart()).includes("setWebhook"));
    assert(!(await restart()).includes("setWebhook"));
    assertEquals((await desk.health()).ok, true);
  });
}

Deno.test("polling takes a webhook away that was there before, and does not ask again", async () => {
  const { desk: opened, restart } = await openKnown("polling");
  await using desk = opened;
  assert(desk.telegram.calls.some(({ method }) => method === "deleteWebhook"));
  assert(!(await restart()).includes("deleteWebhook"));
  // As a start by webhook keeps it.
  const key = [desk.bot.id, "webhook"];
  const { value } = await desk.kv.get<{ value: object }>(key);
  await desk.kv.set(key, {
    ...value!,
    value: { ...value!.value, url: "https://a.example/telegram" },
  });
  assert((await restart()).includes("deleteWebhook"));
});

import { assert, assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { withoutQueues } from "../support/kv_doubles.ts";

Deno.test("without queues, with instances that come and go and a cron every five minutes, everything arrives", async () => {
  const queues = withoutQueues();
  await using desk = await TestDesk.open({ wrapKv: queues.wrapKv });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  /** Silence: the platform stops the instance; the next request or cron starts another. */
  const sleep = async (ms: number) => {
    await desk.settled();
    desk.clock.aheadMs += ms;
    await desk.restart();
  };
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  maria.sends(desk.chatOf(maria), "um");
  await sleep(5000);
  desk.telegram.releaseForwards();
  desk.telegram.autoForward = { mode: "after", delayMs: 1 };
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 40 });
  await sleep(5000);
  desk.telegram.faults.next("copyMessage", { kind: "502" }, 2);
  joao.sends(desk.chatOf(joao), "olá");
  maria.sends(desk.chatOf(maria), "dois");
  for (let cron = 0; cron < 4; cron++) await sleep(5 * 60_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
  assertEquals(queues.asked, 0);
});

Deno.test("a dead instance's lanes are taken over within a minute", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", { kind: "hang" });
  maria.sends(desk.chatOf(maria), "um");
  await desk.isCalling("copyMessage");
  const other = desk.anotherApp();
  await other.start();
  await other.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"], "two instances work the same lane");
  desk.clock.aheadMs += 60_000;
  await other.start();
  await other.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  await other.close();
});

Deno.test("nothing but a commit stands between an update and its receipt", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.rate({ kind: "hang" }, 1);
  const beganMs = performance.now();
  const response = await desk.app.handler(
    new Request("https://desk.example/telegram", {
      method: "POST",
      headers: { "X-Telegram-Bot-Api-Secret-Token": "s" },
      body: JSON.stringify({
        update_id: 999_999_999,
        message: {
          message_id: 777,
          date: Math.floor(Date.now() / 1000),
          chat: { id: maria.id, type: "private", first_name: "Maria" },
          from: { id: maria.id, is_bot: false, first_name: "Maria" },
          text: "Telegram não responde",
        },
      }),
    }),
  );
  assertEquals(response.status, 200);
  assert(performance.now() - beganMs < 5000);
  desk.telegram.faults.clear();
});

Deno.test("stopping finishes or gives back what is under way, and leaves no lease", async () => {
  await using desk = await TestDesk.open();
  const customers = Array.from({ length: 6 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "hang" }, 0.5, "copyMessage");
  for (const customer of customers) {
    for (const text of ["um", "dois"]) customer.sends(desk.chatOf(customer), text);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  const beganMs = performance.now();
  await desk.app.close(300);
  assert(performance.now() - beganMs < 5000);
  for await (const { key } of desk.kv.list({ prefix: [desk.bot.id, "lease"] })) {
    assert(false, `the lease ${key.join("/")} is left`);
  }
  desk.telegram.faults.clear();
  await desk.restart();
  await desk.passes(5000);
  for (const customer of customers) {
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", "um", "dois"]);
  }
});

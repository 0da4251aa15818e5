import { assert, assertEquals, assertGreater } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { unansweringKv } from "../support/disturbed_kv.ts";
import { countingKv, delegate } from "../support/kv_doubles.ts";
import { until } from "../support/program.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("what Telegram asks to wait a second for goes on after that second, though nobody sweeps", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria", "um");
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 1 });
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
  await until("the alarm rings", () => textsOf(desk.threadOf(maria)).length > 1);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
  await desk.settled();
});

Deno.test("a redelivered update does nothing", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  // Looking at the desk again is no harm.
  const acts = () => desk.telegram.calls.filter(({ method }) => !method.startsWith("get"));
  const before = acts().length;
  for (const { update } of [...desk.telegram.updates]) desk.telegram.redeliver(update.update_id);
  await desk.settled();
  await desk.passes(60_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "olá"]);
  assertEquals(acts().length, before);
});

Deno.test("nothing is lost and order holds when the bot stops between accepting and delivering", async () => {
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/desk.sqlite3`);
  {
    await using desk = await TestDesk.open({ kv });
    const maria = await desk.hearsFrom("Maria");
    desk.telegram.faults.next(
      ({ method }) => method === "copyMessage",
      { kind: "502" },
      1,
    );
    const texts = ["um", "dois", "três", "quatro"];
    for (const text of texts) maria.sends(desk.chatOf(maria), text);
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
    await desk.restart();
    await desk.passes(10_000);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", ...texts]);
  }
  kv.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a 429 leaves the chat alone until Telegram allows, and counts as no attempt", async () => {
  await using desk = await TestDesk.open();
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const calls = desk.telegram.calls.length;
  maria.sends(desk.chatOf(maria), "dois");
  joao.sends(desk.chatOf(joao), "também na mesma sala");
  await desk.passes(29_000);
  assertEquals(desk.telegram.calls.length, calls);

  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "também na mesma sala"]);
  assert(desk.logLines.every((line) => !line.includes('"attempts":1')));
});

Deno.test("a chat is left alone also if another instance is told so while a slow call is under way", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const called = (name: string) =>
    desk.telegram.calls.filter(({ method, payload }) =>
      method === name && payload.chat_id === desk.channel.id
    ).length;
  const before = called("getChatMember");
  desk.telegram.faults.next("getChatMember", { kind: "delay", ms: 5000 });
  maria.sends(desk.chatOf(maria), "oi");
  while (called("getChatMember") === before) await new Promise((resolve) => setTimeout(resolve, 1));
  const untilMs = desk.clock.now() + 35_000;
  const pauses = [{ chatId: desk.channel.id, untilMs }];
  await desk.anotherStore().record(desk.channel.id, () => ({ pauses }));
  desk.clock.aheadMs += 5000;
  await desk.settled();
  assertEquals(called("sendMessage"), 0);
  await desk.passes(31_000);
  assertEquals(called("sendMessage"), 1);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
});

Deno.test("failures are tried again, later each time, and the lane keeps its order", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", { kind: "lost request" }, 4);
  maria.sends(desk.chatOf(maria), "um");
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  let waits = 0;
  while (desk.threadOf(maria).length < 3) {
    assertGreater(10, waits++, "the messages never arrive");
    await desk.passes(1000 * 2 ** waits);
  }
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
});

Deno.test("a message that can never be delivered is said to its sender, and the next one goes", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN"));
  const refused = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "dois"]);
  const notice = desk.toldTo(maria).at(-1)!;
  assert(notice.text?.startsWith("⚠️ Não foi possível entregar esta mensagem:"));
  assertEquals(notice.reply_to_message?.message_id, refused.message_id);
});

Deno.test("one call in the group and two commits for a relayed message", async () => {
  const { wrap, commits } = countingKv();
  await using desk = await TestDesk.open({ wrapKv: wrap });
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();

  for (
    const says of [
      () => maria.sends(desk.chatOf(maria), "tem pão?"),
      () => desk.ana.comments(desk.cardOf(maria), "tem"),
    ]
  ) {
    const callsBefore = desk.telegram.calls.length;
    commits.length = 0;
    says();
    await desk.settled();
    assertEquals(desk.telegram.calls.slice(callsBefore).map(({ method }) => method), [
      "copyMessage",
    ]);
    assertEquals(commits.length, 2, commits.join("\n"));
  }
});

Deno.test("an update is received only once it is in the database", async () => {
  let isDiskFull = false;
  const { wrap } = countingKv(() => {
    if (isDiskFull) throw new Error("disk full");
  });
  await using desk = await TestDesk.open({ wrapKv: wrap });
  const maria = await desk.hearsFrom("Maria");
  isDiskFull = true;
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  isDiskFull = false;
  await desk.until("it is brought again", () => desk.threadOf(maria).length === 2);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
});

const REPLACED: [what: string, breaks: (desk: TestDesk) => void, words: string][] = [
  [
    "a message whose thread is gone",
    (desk) => desk.boss.deletes(desk.group.messages.find((each) => each.is_automatic_forward)!),
    "dois",
  ],
  [
    "a text that goes in parts",
    () => {},
    Array.from({ length: 700 }, (_, n) => `pão${n}`).join(" "),
  ],
];
for (const [what, breaks, words] of REPLACED) {
  Deno.test(`${what} is shown once, though the database did not say that it took what is left of it`, async () => {
    const { wrap, losesNext } = unansweringKv((keys) => keys.split('"job"').length > 2);
    await using desk = await TestDesk.open({ wrapKv: wrap });
    const maria = desk.telegram.createUser({ firstName: "Maria", isPremium: true });
    maria.sends(desk.chatOf(maria), "um");
    await desk.settled();
    breaks(desk);
    losesNext();
    maria.sends(desk.chatOf(maria), words);
    await desk.settled();
    await desk.passes(60_000);
    const shown = textsOf(desk.group.messages.filter(({ from }) => from?.id === desk.bot.id));
    assertEquals(shown.slice(1).join(" "), words);
    assert(desk.channel.messages.length <= 2);
  });
}

Deno.test("a comment that becomes a note while its call is under way: the agent is told, nothing twice", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 150 });
  const comment = desk.ana.comments(desk.cardOf(maria), "um");
  await desk.isCalling("copyMessage");
  desk.ana.edits(comment, "# um");
  await desk.settled();
  const told = textsOf(desk.threadOf(maria)).filter((text) => text.startsWith("⚠️ O cliente já"));
  const got = textsOf(desk.toldTo(maria)).slice(1);
  // Telegram copies what the message is when it executes the call.
  assertEquals(got.length, 1);
  assertEquals(told.length, 1);
  desk.ana.edits(comment, "dois");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["dois"]);
});

Deno.test("as many calls are under way as there are people to serve, up to what connections allow", async () => {
  await using desk = await TestDesk.open();
  const { calls, faults } = desk.telegram;
  const customers = Array.from({ length: 200 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  faults.rate({ kind: "delay", ms: 500 }, 1, "copyMessage");
  for (const customer of customers) customer.sends(desk.chatOf(customer), "tem pão?");
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, calls.slice(-400).filter(({ response }) => !response).length);
  }, 5);
  await desk.settled();
  clearInterval(looking);
  assertGreater(most, 64);
  assert(most <= 128, `${most} at once`);
  for (const customer of customers) {
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", "tem pão?"]);
  }
});

Deno.test("what has waited long for its turn has time for its call, though the database takes its own", async () => {
  let readingMs = 0;
  const wrapKv = (kv: Deno.Kv): Deno.Kv =>
    delegate(kv, {
      getMany: async (keys: Deno.KvKey[]) => {
        if (keys.some(([, kind]) => kind === "pause")) {
          desk.clock.aheadMs += readingMs;
          readingMs = 0;
        }
        return await kv.getMany(keys);
      },
    });
  await using desk = await TestDesk.open({ wrapKv });
  const { calls, faults } = desk.telegram;
  const customers = Array.from({ length: 150 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  faults.rate({ kind: "delay", ms: 9500 }, 1, "copyMessage");
  const { length } = calls;
  for (const customer of customers) customer.sends(desk.chatOf(customer), "tem pão?");
  while (calls.length < length + 128) await new Promise((resolve) => setTimeout(resolve, 1));
  faults.clear();
  readingMs = 600;
  desk.clock.aheadMs += 9500;
  await desk.settled();
  for (const customer of customers) {
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", "tem pão?"]);
  }
  assertEquals(desk.logLines.filter((line) => line.includes("job failed")), []);
});

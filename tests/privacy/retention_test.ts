import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../../src/config.ts";
import { openConversation } from "../../src/conversation/conversation.ts";
import { onEraseAsked } from "../../src/privacy/erasure.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { Retention, type RetentionLook } from "../../src/privacy/retention.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { asks, asksToErase, tracesOf } from "../support/erasing.ts";
import { countingKv } from "../support/kv_doubles.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** The settings of another instance of this desk's bot. */
function configOf(desk: TestDesk) {
  const env: Record<string, string> = {
    BOT_TOKEN: desk.bot.token,
    CHANNEL_ID: String(desk.channel.id),
    PUBLIC_URL: "https://desk.example",
    PACE: "off",
  };
  return readEnvironment((name) => env[name]).config!;
}

/** Lets days pass, with the program looking in once each. */
async function days(desk: TestDesk, count: number): Promise<void> {
  for (let day = 0; day < count; day++) await desk.passes(DAY_MS);
  for (let times = 0; times < 3; times++) await desk.passes(1100);
}

Deno.test("a conversation in which nobody writes for a year is erased, and nobody told", async () => {
  await using desk = await TestDesk.open();
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const card = desk.cardOf(maria);
  await days(desk, 200);
  joao.sends(desk.chatOf(joao), "ainda aqui");
  await desk.settled();
  await days(desk, 164);
  assert(desk.cardOf(maria));
  const told = [desk.toldTo(maria).length, desk.group.messages.length];
  await days(desk, 3);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  assertEquals(desk.channel.message(card.message_id)!.text, "🗑 apagado");
  assertEquals([desk.toldTo(maria).length, desk.group.messages.length], told);
  assert(desk.cardOf(joao), "who has written since is kept");
  const lines = desk.logLines.map((line) => JSON.parse(line))
    .filter(({ event }) => event === "old conversations are erased");
  assertEquals(lines.map(({ level, count }) => [level, count]), [["info", 1]]);
  assertEquals(lines.some((line) => JSON.stringify(line).includes(String(maria.id))), false);

  desk.ana.comments(card, "oi?");
  await desk.settled();
  assertStringIncludes(desk.group.messages.at(-1)!.text!, "Isto não chega a ninguém");
  await days(desk, 365);
  assertEquals(await tracesOf(desk.kv, joao), []);
});

Deno.test("an answer of the team keeps a conversation as well", async () => {
  await using desk = await TestDesk.open({ settings: { keep: 30 } });
  const maria = await desk.hearsFrom("Maria");
  await days(desk, 25);
  desk.ana.comments(desk.cardOf(maria), "tudo bem?");
  await desk.settled();
  await days(desk, 29);
  assertEquals(desk.cardOf(maria).text!.split("\n")[0], "🟦 Maria");
  await days(desk, 3);
  assertEquals(await tracesOf(desk.kv, maria), []);
});

Deno.test("what somebody wrote again on the first day is kept as long, too", async () => {
  await using desk = await TestDesk.open({ settings: { keep: 30 } });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  await desk.passes(DAY_MS - HOUR_MS);
  maria.sends(desk.chatOf(maria), "mais uma coisa");
  await desk.settled();
  await desk.passes(HOUR_MS + MINUTE_MS);
  await days(desk, 29);
  assertEquals(desk.cardOf(maria).text!.split("\n")[0], "🟦 Maria");
  await days(desk, 2);
  assertEquals(await tracesOf(desk.kv, maria), []);
});

Deno.test("who writes while their conversation is about to be erased for its age is not forgotten", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const lane = { deskId: desk.channel.id, customerId: maria.id, direction: "to-desk" } as const;
  const kept = async () =>
    (await tracesOf(desk.kv, maria)).filter((line) => !/"named"|"lease"/.test(line));
  const before = await kept();
  await desk.anotherStore().record(
    desk.channel.id,
    (read) => onEraseAsked(read, { kind: "erase", because: "time" }, lane),
  );
  assertEquals((await kept()).length, before.length + 1, "it waits");
  await desk.passes(50_000);
  assertEquals(await kept(), before);
});

Deno.test("who wants to be erased is told, though they were about to be erased for their age", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const question = await asksToErase(desk, maria);
  const lane = { deskId: desk.channel.id, customerId: maria.id, direction: "to-desk" } as const;
  // Behind the press, which waits for its turn.
  desk.telegram.latencyMs = 20;
  const [button] = question.reply_markup!.inline_keyboard.flat();
  void maria.presses(
    question as SimulatedMessage,
    (button as { callback_data: string }).callback_data,
  );
  const jobs = () => Array.fromAsync(desk.kv.list({ prefix: [desk.bot.id, "job"] }));
  while ((await jobs()).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await desk.anotherStore().record(
    desk.channel.id,
    (read) => onEraseAsked(read, { kind: "erase", because: "time" }, lane),
  );
  desk.telegram.latencyMs = 0;
  for (let times = 0; times < 3; times++) await desk.passes(1100);
  assertEquals(await tracesOf(desk.kv, maria), []);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "✅ Pronto");
});

Deno.test("/set keep changes for how long, or has conversations kept for good", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const maria = await desk.hearsFrom("Maria");
  const shown = async () =>
    (await asks(desk, desk.boss, "/ajustes")).text!.split("\n").find((line) =>
      line.startsWith("guardar:")
    );
  assertEquals(await shown(), "guardar: 365 dias");
  for (const value of ["29", "3651", "0", "1", "sim", "muito", "-40", "1e3", "40.5", "365 anos"]) {
    const { text } = await asks(desk, desk.boss, `/set keep ${value}`);
    assertStringIncludes(text!, "um número de dias de 30 a 3650, ou off", value);
  }
  for (
    const [value, becomes] of [
      ["off", "desligado"],
      ["não", "desligado"],
      ["3650", "3650 dias"],
      ["180 dias", "180 dias"],
      ["90d", "90 dias"],
      ["30", "30 dias"],
    ] as const
  ) {
    assertEquals(
      (await asks(desk, desk.boss, `/definir guardar ${value}`)).text,
      `✅ guardar: ${becomes}`,
    );
    assertEquals(await shown(), `guardar: ${becomes}`, value);
  }
  await asks(desk, desk.boss, "/set keep off");
  await days(desk, 40);
  assert(desk.cardOf(maria));
  await asks(desk, desk.boss, "/set keep 30");
  await days(desk, 2);
  assertEquals(await tracesOf(desk.kv, maria), []);
});

Deno.test("when somebody last wrote is noted once a day at most", async () => {
  const counted = countingKv();
  await using desk = await TestDesk.open({ wrapKv: counted.wrap });
  const maria = await desk.hearsFrom("Maria");
  const writes = async () => {
    const before = counted.commits.length;
    maria.sends(desk.chatOf(maria), "mais");
    await desk.settled();
    const [accepted] = counted.commits.slice(before);
    return accepted!.includes('"conversation"');
  };
  assertEquals([await writes(), await writes()], [false, false]);
  await desk.passes(DAY_MS);
  assertEquals([await writes(), await writes(), await writes()], [true, false, false]);
});

Deno.test("a thousand conversations are looked at in one go, twenty erased, all once a day", async () => {
  const kv = await Deno.openKv(":memory:");
  const seal = sealWith("7:token");
  let nowMs = 1_800_000_000_000;
  const store = new Store(kv, {
    botId: 7,
    owner: "test",
    seal,
    retentionDays: 90,
    now: () => nowMs,
  });
  const desk = { channelId: -100, groupId: -200, title: "Desk", isPublic: false };
  const add = (from: number, count: number, sinceMs: number) =>
    store.record(desk.channelId, () => ({
      conversations: Array.from(
        { length: count },
        (_, n) => openConversation({ id: from + n, firstName: "X" }, sinceMs),
      ),
    }));
  // A commit takes a hundred checks.
  for (let batch = 0; batch < 50; batch++) await add(1 + batch * 50, 50, nowMs - DAY_MS);
  await add(990, 60, nowMs - 400 * DAY_MS);
  const erased: number[] = [];
  let looks = 0;
  const retention = () =>
    new Retention({
      memory: {
        recall: (name) => store.bot.recall<RetentionLook>(name),
        remember: (name, look) => store.bot.remember(name, look),
      },
      lists: {
        conversations: (page) => {
          looks++;
          return store.desks.conversations(page);
        },
      },
      settings: () => Promise.resolve({}),
      expire: ({ customerId }) => {
        erased.push(customerId);
        return Promise.resolve();
      },
      now: () => nowMs,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  // Each look by another instance: what one has seen, the next goes on from.
  const counts: number[] = [];
  for (let minute = 0; minute < 10; minute++) {
    await retention().sweep();
    counts.push(erased.length);
    nowMs += MINUTE_MS;
  }
  assertEquals(erased, Array.from({ length: 60 }, (_, n) => 990 + n));
  assertEquals(counts.slice(0, 5), [11, 31, 51, 60, 60], "a thousand, twenty, twenty, the rest");
  assertEquals(looks, 5);
  const resting = retention();
  for (let minute = 0; minute < 3; minute++) await resting.sweep();
  assertEquals(looks, 5);
  nowMs += DAY_MS;
  await resting.sweep();
  assertEquals(looks, 6);
  kv.close();
});

Deno.test("instances that look at the same time erase each conversation once", async () => {
  await using desk = await TestDesk.open({ settings: { keep: 30 } });
  const customers = ["Maria", "João", "Carla"].map((name) => desk.customer(name));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const other = desk.createApp(configOf(desk));
  await other.start();
  desk.clock.aheadMs += 40 * DAY_MS;
  const calls = desk.telegram.calls.length;
  await Promise.all([desk.app.start(), other.start()]);
  for (let times = 0; times < 4; times++) {
    await desk.passes(1100);
    await other.drain();
  }
  await other.close(0);
  for (const customer of customers) assertEquals(await tracesOf(desk.kv, customer), []);
  const edits = desk.telegram.calls.slice(calls).filter(({ method }) =>
    method === "editMessageText"
  );
  assertEquals(edits.length, 3);
  assertEquals(textsOf(desk.channel.messages).filter((text) => text === "🗑 apagado").length, 3);
});

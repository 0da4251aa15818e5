/**
 * What stands in the way of the whole desk: everything waits, and its owner is told once when it begins
 * and once when it is over.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

const TROUBLES: [what: string, breaks: (d: TestDesk) => void, repairs: (d: TestDesk) => void][] = [
  [
    "the bot loses its place in the group",
    (d) => d.telegram.removeMember(d.group, d.bot, "kicked"),
    (d) => {
      d.telegram.addMember(d.group, d.bot);
      d.telegram.promote(d.group, d.bot);
    },
  ],
  [
    "the bot may no longer post in the channel",
    (d) => d.telegram.demote(d.channel, d.bot),
    (d) => d.telegram.promote(d.channel, d.bot),
  ],
];

for (const [what, breaks, repairs] of TROUBLES) {
  Deno.test(`${what}: everything waits, is said once, and goes out when it is repaired`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "um");
    await desk.settled();
    breaks(desk);
    await desk.settled();
    maria.sends(desk.chatOf(maria), "dois");
    maria.sends(desk.chatOf(maria), "três");
    joao.sends(desk.chatOf(joao), "olá");
    await desk.settled();
    await desk.minutesPass(5);

    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 503);
    const { problems, failed } = await health.json();
    assert(problems.length > 0);
    assertEquals(failed, 0);
    const told = desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atendimento"));
    assertEquals(told.length, 1);
    assertEquals(desk.logLines.filter((line) => line.includes('"event":"trouble"')).length, 1);

    repairs(desk);
    await desk.settled();
    await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois", "três"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
    const repaired = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals((await repaired.json()).problems, []);
  });
}

Deno.test("a message that was refused is not given up because the bot has lost its place since", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const isCopy = (call: Call) => call.method === "copyMessage";
  // Words that tell of a message, or of a chat: a line of text goes through.
  const [errorCode, description] = [403, "Forbidden: something nobody has seen yet"];
  desk.telegram.faults.next(isCopy, { kind: "error", errorCode, description });
  desk.telegram.faults.rate({ kind: "502" }, 1, isCopy);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1)?.startsWith("🫥"), true);
  // It is tried again before a look at the desk tells the bot of that.
  desk.telegram.faults.clear();
  desk.telegram.removeMember(desk.group, desk.bot, "kicked");
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  await desk.restart();
  await desk.passes(61_000);
  desk.telegram.faults.clear();
  await desk.minutesPass(5);
  desk.telegram.addMember(desk.group, desk.bot);
  desk.telegram.promote(desk.group, desk.bot);
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a look that is not answered has nothing tried again at once", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  const description = "Forbidden: bot is not a member of the supergroup chat";
  const error = { kind: "error", errorCode: 403, description } as const;
  let tries = 0;
  desk.telegram.faults.rate(error, 1, ({ method }) => {
    if (method === "copyMessage") tries++;
    return method === "copyMessage";
  });
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  desk.clock.aheadMs += 2 * MINUTE_MS;
  desk.ana.comments(desk.cardOf(maria), "já vai");
  for (let seconds = 0; seconds < 30; seconds++) await desk.passes(1000);
  assertEquals([tries > 0, tries < 10], [true, true]);
  desk.telegram.faults.clear();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["olá", "já vai"]);
});

Deno.test("trouble that Telegram puts in several ways is said once, and again when it is back", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const told = () => desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atend"));
  for (const times of [1, 2]) {
    desk.telegram.restrict(desk.group, desk.bot, {});
    await desk.settled();
    for (const content of ["dois", { sticker: true }] as const) {
      const customer = desk.customer("João");
      customer.sends(desk.chatOf(customer), "oi");
      maria.sends(desk.chatOf(maria), content);
    }
    desk.telegram.faults.next("copyMessage", {
      kind: "error",
      errorCode: 400,
      description: "Bad Request: not enough rights to send stickers to the chat",
    });
    await desk.settled();
    for (let minute = 0; minute < 5; minute++) {
      desk.telegram.faults.next("copyMessage", {
        kind: "error",
        errorCode: 400,
        description: `Bad Request: CHAT_WRITE_FORBIDDEN, ${minute}`,
      });
      await desk.passes(61_000);
    }
    assertEquals(told().length, times);
    desk.telegram.promote(desk.group, desk.bot);
    await desk.settled();
    await desk.minutesPass(2);
  }
  const lines = desk.logLines.filter((line) => line.includes('"event":"trouble"'));
  assertEquals(lines.length, 2);
});

/** From now on Telegram refuses every call to a chat. */
function refuses(desk: TestDesk, chat: { id: number }, errorCode: number, description: string) {
  desk.telegram.faults.rate(
    { kind: "error", errorCode, description },
    1,
    ({ method, payload }) => Number(payload.chat_id) === chat.id && !method.startsWith("get"),
  );
}

for (
  const [errorCode, description] of [
    [400, "Bad Request: CHAT_RESTRICTED"],
    [403, "Forbidden: something nobody has seen yet"],
    [400, "Bad Request: not enough rights to send text messages to the chat"],
    [400, "Bad Request: CHAT_WRITE_FORBIDDEN"],
    [400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN"],
    [400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"],
    [400, "Bad Request: CHANNEL_PRIVATE"],
    [400, "Bad Request: PEER_ID_INVALID"],
    [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  ] as const
) {
  Deno.test(`the group refuses everything for minutes ("${description}"): one alarm when it begins, one when it is over`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    for (const each of [maria, joao]) each.sends(desk.chatOf(each), "oi");
    await desk.settled();
    refuses(desk, desk.group, errorCode, description);
    for (let minute = 0; minute < 12; minute++) {
      maria.sends(desk.chatOf(maria), minute % 2 ? `${minute}` : { sticker: true });
      joao.sends(desk.chatOf(joao), `${minute}`);
      await desk.settled();
      desk.ana.comments(desk.cardOf(maria), `para Maria ${minute}`);
      await desk.passes(61_000);
      assertEquals(desk.toldTo(maria).at(-1)?.text, `para Maria ${minute}`);
      const health = await desk.app.handler(new Request("https://desk.example/health"));
      assertEquals([minute, health.status], [minute, 503]);
      assertEquals((await health.json()).failed, 0);
      assertEquals(alarmsOf(desk).length, 1);
    }
    desk.telegram.faults.clear();
    await desk.passes(61_000);
    await desk.passes(61_000);
    const [begins, over, ...more] = alarmsOf(desk);
    assertStringIncludes(begins!, description);
    assertStringIncludes(over!, "voltou");
    assertEquals(more, []);
    assertEquals(textsOf(desk.threadOf(joao)).length, 13);
    assertEquals(
      textsOf(desk.threadOf(maria)).filter((text) => /^\d+$|^\[sticker\]$/.test(text)).length,
      12,
    );
    assertEquals(desk.threadOf(maria).filter(({ text }) => text?.startsWith("🫥")), []);
    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 200);
    await health.body?.cancel();
  });
}

/** The words of a refusal as Telegram puts them for one method. */
function inWordsOf(method: string, words: string): string {
  return `Bad Request: ${
    method === "sendMediaGroup"
      ? `failed to send message #1 with the error message "${words}"`
      : words
  }`;
}

for (const words of ["CHAT_RESTRICTED", "CHAT_GUEST_SEND_FORBIDDEN", "NOBODY_HAS_SEEN_IT_YET"]) {
  Deno.test(`the group refuses everything for minutes ("${words}"): albums stay whole, and edits are shown`, async () => {
    await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "200" } });
    desk.boss.starts(desk.bot);
    const maria = desk.customer("Maria");
    const theirs = maria.sends(desk.chatOf(maria), "três pães");
    await desk.settled();
    for (const method of ["sendMediaGroup", "editMessageText", "other"]) {
      desk.telegram.faults.rate(
        { kind: "error", errorCode: 400, description: inWordsOf(method, words) },
        1,
        (call) =>
          Number(call.payload.chat_id) === desk.group.id && !call.method.startsWith("get") &&
          (call.method === method || method === "other"),
      );
    }
    maria.edits(theirs, "quatro pães");
    maria.sendsAlbum(desk.chatOf(maria), [{ photo: true, caption: "assim" }, { photo: true }]);
    for (let minute = 0; minute < 5; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).length, 1);
    desk.telegram.faults.clear();
    for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
    const shown = desk.threadOf(maria);
    assertEquals(shown.some(({ text }) => text?.includes("quatro pães")), true);
    const album = shown.filter(({ photo }) => photo !== undefined);
    assertEquals(new Set(album.map(({ media_group_id: id }) => id ?? "none")).size, 1);
    assertEquals([album.length, album[0]?.media_group_id !== undefined], [2, true]);
    assertEquals(textsOf(desk.toldTo(maria)).slice(1), []);
    assertEquals((await desk.health()).failed, 0);
    assertEquals(alarmsOf(desk).length, 2);
  });
}

Deno.test("a pin that takes a right which the bot lacks waits for it, whatever else goes through in the channel", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const each of [maria, joao]) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  desk.telegram.promote(desk.channel, desk.bot, { can_post_messages: true });
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  for (let minute = 0; minute < 20; minute++) {
    desk.ana.comments(desk.cardOf(joao), `/p ${minute % 4 + 2}`);
    await desk.settled();
    await desk.passes(61_000);
  }
  assertEquals(alarmsOf(desk).length, 1);
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  await desk.minutesPass(3);
  assertEquals(desk.channel.pinned, [desk.cardOf(joao).message_id]);
  assertEquals(alarmsOf(desk).length, 2);
});

Deno.test("what was refused once is not given up because the group is out of reach when it is tried again", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const description = "Bad Request: CHAT_RESTRICTED";
  desk.telegram.faults.next("copyMessage", { kind: "error", errorCode: 400, description });
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  refuses(desk, desk.group, 403, "Forbidden: bot was kicked from the supergroup chat");
  await desk.passes(10_000);
  desk.telegram.faults.clear();
  await desk.minutesPass(2);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), []);
  assertEquals((await desk.health()).failed, 0);
});

for (
  const fault of [
    { kind: "429", retryAfterS: 90 },
    { kind: "502" },
    { kind: "lost request" },
  ] as const
) {
  Deno.test(`an alarm that Telegram does not take at the moment (${fault.kind}) is told as soon as it does, once`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    const isToldBoss = ({ method, payload }: Call) =>
      method === "sendMessage" && Number(payload.chat_id) === desk.boss.id;
    desk.telegram.faults.next(isToldBoss, fault);
    refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
    maria.sends(desk.chatOf(maria), "um");
    for (let minute = 0; minute < 6; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).length, 1);
    desk.telegram.faults.clear();
    desk.telegram.faults.next(isToldBoss, fault);
    for (let minute = 0; minute < 8; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).map((text) => text[0]), ["⚠", "✅"]);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  });
}

for (
  const [what, breaks, repairs] of [
    ...TROUBLES,
    [
      "the group refuses everything",
      (d: TestDesk) => refuses(d, d.group, 400, "Bad Request: CHAT_RESTRICTED"),
      (d: TestDesk) => d.telegram.faults.clear(),
    ] as (typeof TROUBLES)[number],
  ]
) {
  Deno.test(`${what}: one alarm when it begins and one when it is over, whoever is started meanwhile`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    breaks(desk);
    maria.sends(desk.chatOf(maria), "um");
    joao.sends(desk.chatOf(joao), "olá");
    await desk.settled();
    for (let times = 0; times < 3; times++) {
      await desk.passes(61_000);
      await desk.restart();
      await desk.passes(61_000);
    }
    assertEquals(alarmsOf(desk).length, 1);
    await desk.app.close(0);
    repairs(desk);
    await desk.restart();
    for (let minute = 0; minute < 8; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).map((text) => text[0]), ["⚠", "✅"]);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
  });
}

Deno.test("of several instances that meet the same trouble one tells of it", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const customers = Array.from({ length: 6 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const each of customers) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
  desk.telegram.faults.rate({ kind: "delay", ms: 5 }, 1, "copyMessage");
  const other = desk.anotherApp();
  await other.start();
  for (const each of customers) each.sends(desk.chatOf(each), "um");
  for (let minute = 0; minute < 4; minute++) {
    await Promise.all([desk.passes(61_000), other.drain()]);
    await other.settled();
  }
  await other.close();
  assertEquals(alarmsOf(desk).length, 1);
});

Deno.test("a second trouble is not swallowed while the first goes on", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  refuses(desk, desk.group, 400, "Bad Request: CHAT_RESTRICTED");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(alarmsOf(desk).length, 1);
  desk.telegram.demote(desk.channel, desk.bot);
  await desk.settled();
  const joao = desk.customer("João");
  joao.sends(desk.chatOf(joao), "olá");
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(alarmsOf(desk).length, 2);
  assertStringIncludes(alarmsOf(desk)[0]!, "CHAT_RESTRICTED");
  assert(!alarmsOf(desk)[1]!.includes("CHAT_RESTRICTED"));
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  await desk.passes(61_000);
  const over = () => alarmsOf(desk).filter((text) => text.startsWith("✅"));
  assertEquals(over().length, 1);
  desk.telegram.faults.clear();
  await desk.minutesPass(3);
  assertEquals(over().length, 2);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
});

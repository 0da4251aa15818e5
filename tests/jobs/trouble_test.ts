import { assert, assertEquals, assertStringIncludes } from "@std/assert";
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
    for (let minute = 0; minute < 5; minute++) await desk.passes(60_000);

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
    await desk.passes(60_000);
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois", "três"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
    const repaired = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals((await repaired.json()).problems, []);
  });
}

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
    for (let minute = 0; minute < 2; minute++) await desk.passes(61_000);
  }
  const lines = desk.logLines.filter((line) => line.includes('"event":"trouble"'));
  assertEquals(lines.length, 2);
});

Deno.test("a revoked token: everything waits, and health says why", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.faults.next(() => true, {
    kind: "error",
    errorCode: 401,
    description: "Unauthorized",
  }, 3);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "Unauthorized");
  for (let minute = 0; minute < 4; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a group that becomes another chat is followed, with new threads in it", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const newGroup = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(newGroup, desk.bot);
  await desk.settled();
  desk.telegram.unlink(desk.channel);
  desk.telegram.link(desk.channel, newGroup);
  desk.telegram.faults.next("copyMessage", {
    kind: "error",
    errorCode: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: newGroup.id },
  });
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.passes(1000);
  const shown = newGroup.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(textsOf(shown), ["dois"]);
  desk.ana.comments(desk.cardOf(maria), "três");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "três");
});

Deno.test("a new token of the same bot goes on with what waits; what only the old one could read is said", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "1" } });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const edited = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => /^(copy|edit)/.test(method));
  maria.edits(edited, "um, corrigido");
  maria.sends(desk.chatOf(maria), "dois");
  joao.sends(desk.chatOf(joao), "também");
  await desk.settled();
  desk.telegram.faults.clear();
  desk.telegram.revokeToken(desk.bot);
  await desk.restart();
  for (let minute = 0; minute < 3; minute++) await desk.passes(60_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "também"]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "o token do bot foi trocado");
});

Deno.test("a group that is unlinked: no more cards, health says so, and all goes on when it is linked", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  desk.telegram.unlink(desk.channel);
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  for (let minute = 0; minute < 20; minute++) await desk.passes(61_000);
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "no discussion group");
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assertEquals(cards.length, 1);
  desk.telegram.link(desk.channel, desk.group);
  for (let minute = 0; minute < 4; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
});

Deno.test("a channel that becomes public no longer makes a team of whoever joins", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  desk.channel.username = "padaria";
  await desk.passes(6 * 60_000);
  const stranger = desk.telegram.createUser({ firstName: "Eve" });
  stranger.joins(desk.channel);
  await desk.settled();
  stranger.comments(desk.cardOf(maria), "mande o PIX");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

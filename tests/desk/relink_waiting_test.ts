/** What waits until it can be told whether the group it came from is the desk's. */
import { assertEquals } from "@std/assert";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { broughtAgain, linkAnother, openRegrouped, shownIn, waiting } from "../support/relinked.ts";

Deno.test("what comes late from a group that is no longer the desk's waits as long as Telegram may tell what was before, and is let go", async () => {
  await using desk = await TestDesk.open();
  const { handler } = desk.app;
  let late: Request | undefined;
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    if (!message?.is_automatic_forward || late) return await handler(request);
    late = request;
    return new Response();
  };
  await desk.hearsFrom("Maria", "um");
  await linkAnother(desk);
  await desk.minutesPass(6);
  assertEquals((await handler(late!)).status, 200);
  await desk.settled();
  assertEquals(await waiting(desk), 1);
  await desk.minutesPass(2);
  assertEquals(await waiting(desk), 0);
});

for (const isRestarted of [false, true]) {
  Deno.test(`what waits because of a former group waits no longer where the clock is set back: ${isRestarted ? "another process goes on" : "the same process"}`, async () => {
    const { desk, maria } = await openRegrouped();
    await using _ = desk;
    const root = desk.threadOf(maria)[0]!.message_thread_id!;
    desk.boss.sends(desk.group, "alguém aqui?", { replyTo: root });
    await desk.settled();
    assertEquals(await waiting(desk), 1);
    desk.clock.aheadMs -= DAY_MS;
    if (isRestarted) await desk.restart();
    // As long as Telegram may tell what was before, and the minute in which it is asked again.
    await desk.minutesPass(1);
    assertEquals(await waiting(desk), 1);
    await desk.minutesPass(2);
    assertEquals(await waiting(desk), 0);
  });
}

Deno.test("a comment in a group that was linked a moment ago is not lost to a server that remembers the other", async () => {
  const { desk, maria, linksBack } = await openRegrouped();
  await using _ = desk;
  const card = desk.cardOf(maria);
  desk.telegram.unproven.remembersChatsS = 60;
  await desk.passes(6 * 61_000);
  linksBack();
  // The group itself, which would know better, does not answer.
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChat" && payload.chat_id === desk.group.id,
    { kind: "502" },
  );
  desk.ana.comments(card, "já vai");
  await desk.settled();
  await desk.minutesPass(3);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "já vai");
});

Deno.test("a comment that waits while the clock is set back is not lost to what Telegram told before it came", async () => {
  const { desk, maria, linksBack } = await openRegrouped();
  await using _ = desk;
  linksBack();
  // Only the one who comments knows of the change.
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  desk.ana.comments(desk.cardOf(maria), "já vai");
  await desk.settled();
  desk.clock.aheadMs -= MINUTE_MS;
  await desk.minutesPass(4);
  assertEquals(await waiting(desk), 1);
  desk.telegram.faults.clear();
  await desk.minutesPass(2);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "já vai");
});

Deno.test("what was once asked because of a former group says nothing of it later", async () => {
  const { desk, maria, linksBack } = await openRegrouped();
  await using _ = desk;
  const root = desk.threadOf(maria)[0]!.message_thread_id!;
  desk.boss.sends(desk.group, "alguém aqui?", { replyTo: root });
  await desk.settled();
  await desk.minutesPass(2);
  assertEquals(await waiting(desk), 0);
  linksBack();
  desk.ana.comments(desk.cardOf(maria), "olá");
  await broughtAgain(desk, desk.group);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("a comment waits while the bot is out of the channel and cannot tell which group is linked", async () => {
  const { desk, maria, linksBack } = await openRegrouped();
  await using _ = desk;
  desk.telegram.removeMember(desk.channel, desk.bot, "kicked");
  linksBack();
  desk.ana.comments(desk.cardOf(maria), "olá");
  for (let minute = 0; minute < 3; minute++) {
    await desk.settled();
    assertEquals([await waiting(desk), desk.bot.queue.size], [1, 0]);
    await desk.minutesPass(1);
  }
  desk.telegram.addMember(desk.channel, desk.bot);
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("a comment in a group that is linked waits while the bot cannot see the group", async () => {
  const { desk, maria, linksBack } = await openRegrouped();
  await using _ = desk;
  linksBack();
  desk.ana.comments(desk.cardOf(maria), "olá");
  desk.telegram.removeMember(desk.group, desk.bot, "kicked");
  for (let minute = 0; minute < 3; minute++) {
    await desk.settled();
    assertEquals([await waiting(desk) > 0, desk.bot.queue.size], [true, 0]);
    await desk.minutesPass(1);
  }
  desk.telegram.addMember(desk.group, desk.bot);
  desk.telegram.promote(desk.group, desk.bot);
  await desk.minutesPass(1);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
  assertEquals(await waiting(desk), 0);
});

Deno.test("a group is not left while Telegram does not tell whether it is the desk's", async () => {
  await using desk = await TestDesk.open();
  // Not the owner, whose word would do.
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.ana });
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChat" && payload.chat_id === group.id,
    { kind: "lost request" },
  );
  desk.telegram.link(desk.channel, group);
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  assertEquals(group.membership(desk.bot).status, "administrator");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await broughtAgain(desk, group);
  assertEquals(shownIn(desk, group), ["um"]);
});

for (const remembersChatsS of [0, 60]) {
  for (const method of ["sendMessage", "leaveChat"]) {
    Deno.test(`a group that is linked while the bot is about to leave it is not left: killed at ${method}, remembered for ${remembersChatsS} s`, async () => {
      await using desk = await TestDesk.open();
      desk.telegram.unproven.remembersChatsS = remembersChatsS;
      const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.ana });
      desk.telegram.faults.next(
        (call) => call.method === method && call.payload.chat_id === group.id,
        { kind: "hang" },
      );
      desk.telegram.promote(group, desk.bot);
      await desk.isCalling(method);
      desk.telegram.link(desk.channel, group);
      desk.clock.aheadMs += 20_000;
      await desk.restart();
      for (let seconds = 0; seconds < 200; seconds += 20) await desk.passes(20_000);
      assertEquals(group.membership(desk.bot).status, "administrator");
      const maria = desk.customer("Maria");
      maria.sends(desk.chatOf(maria), "um");
      await broughtAgain(desk, group);
      assertEquals(shownIn(desk, group).at(-1), "um");
    });
  }
}

Deno.test("what waits is not let go because of what an earlier process was told before the clock was set back", async () => {
  await using desk = await TestDesk.open();
  const group = await linkAnother(desk);
  desk.clock.aheadMs -= 5 * 60_000;
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  const maria = await desk.hearsFrom("Maria");
  const comment = desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  assertEquals(await waiting(desk) > 0, true);
  desk.clock.aheadMs += 7 * 60_000;
  await desk.restart();
  await desk.settled();
  desk.telegram.faults.clear();
  await desk.minutesPass(3);
  assertEquals([shownIn(desk, group), comment.chat.id], [["oi"], group.id]);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
});

Deno.test("an answer to a comment that waits in another group waits behind it, and is not let go", async () => {
  await using desk = await TestDesk.open();
  await linkAnother(desk);
  desk.telegram.faults.rate({ kind: "502" }, 1, "getChat");
  const maria = await desk.hearsFrom("Maria");
  const comment = desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "tudo bem?", { replyTo: comment.message_id });
  await desk.settled();
  // The copy of the card, and both comments.
  assertEquals([await waiting(desk), desk.bot.queue.size], [3, 0]);
  desk.telegram.faults.clear();
  await desk.minutesPass(2);
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["olá", "tudo bem?"]);
});

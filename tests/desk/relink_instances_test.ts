/** Another group is linked to the channel, and one instance learns of it before another. */
import { assert, assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { broughtAgain, cardsOf, linkAnother, openWithMaria, shownIn } from "../support/relinked.ts";

Deno.test("what one instance learns of another group, the others know", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  const other = desk.anotherApp();
  await other.start();
  const group = await linkAnother(desk);
  maria.sends(desk.chatOf(maria), "quem fica sabendo primeiro");
  const joao = desk.customer("João");
  joao.sends(desk.chatOf(joao), "oi");
  await broughtAgain(desk, group);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(shownIn(desk, group), ["oi", "dois"]);

  // From now on the other instance does everything.
  desk.app.handler = other.handler;
  const settled = async () => {
    do {
      await desk.telegram.settled();
      await other.settled();
    } while (!desk.telegram.idle());
  };
  const [question] = group.messages.filter(({ text }) => text === "oi");
  desk.ana.sends(group, "em que posso ajudar?", { replyTo: question!.message_id });
  maria.sends(desk.chatOf(maria), "três");
  await settled();
  assertEquals(textsOf(desk.toldTo(joao)).at(-1), "em que posso ajudar?");
  assertEquals(shownIn(desk, group), ["oi", "dois", "três"]);
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assert(cards.length <= 2, `${cards.length} cards`);
  await other.close();
});

Deno.test("instances that disagree about the group do not post card after card", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  const other = desk.anotherApp();
  await other.start();
  // It takes what comes in, and leaves the work to the first.
  await other.close();
  const group = await linkAnother(desk);
  desk.clock.aheadMs += 6 * 60_000;
  await desk.app.start();
  await desk.settled();
  // The other instance knows only the first group, and is right again.
  desk.telegram.link(desk.channel, desk.group);
  const { handler } = desk.app;
  const cards = () => desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    const isForward = message?.is_automatic_forward && cards().length < 10;
    return await (isForward ? other.handler : handler)(request);
  };
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(cards().length, 2);
  await desk.minutesPass(2);
  assertEquals(textsOf(desk.threadOf(maria)), ["dois"]);
  assertEquals([cards().length, shownIn(desk, group)], [2, []]);
});

Deno.test("a card whose thread only another instance knows is not posted again", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const other = desk.anotherApp();
  await other.start();
  const group = await linkAnother(desk);
  desk.clock.aheadMs += 6 * 60_000;
  await other.start();
  const { handler } = desk.app;
  // What comes in the other takes in, and leaves the work to the first.
  await other.close();
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    return await (message?.is_automatic_forward ? other.handler : handler)(request);
  };
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.chat_id === desk.channel.id,
    { kind: "lost answer" },
  );
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.clock.aheadMs += 2000;
  await desk.app.drain();
  await desk.settled();
  assertEquals([shownIn(desk, group), cardsOf(desk, "Maria").length], [["um"], 1]);
});

/** The root of a thread, which messages wait for: learned whenever the automatic forward comes, or from a comment. */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

const FORWARDS = [
  ["before the answer to the post", { mode: "before", delayMs: 0 }],
  ["after the answer to the post", { mode: "after", delayMs: 5 }],
  ["late", { mode: "after", delayMs: 400 }],
] as const;

for (const [when, autoForward] of FORWARDS) {
  Deno.test(`messages wait for their thread: automatic forward ${when}`, async () => {
    await using desk = await TestDesk.open();
    desk.telegram.autoForward = autoForward;
    const maria = desk.customer("Maria");
    for (const text of ["um", "dois", "três"]) maria.sends(desk.chatOf(maria), text);
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois", "três"]);
  });
}

Deno.test("messages wait for a forward that seems never to come, and follow when it does", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = await desk.hearsFrom("Maria", "um");
  await desk.passes(30_000);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(desk.group.messages.filter(({ text }) => text !== undefined), []);

  desk.telegram.releaseForwards();
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a forward that was missed is learned from the first comment under the card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const forward = (update: { message?: { is_automatic_forward?: true } }) =>
    update.message?.is_automatic_forward === true;
  const handler = desk.app.handler;
  desk.app.handler = async (request) => {
    const update = await request.clone().json();
    return forward(update) ? new Response(null, { status: 200 }) : await handler(request);
  };
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), []);
  desk.ana.comments(desk.cardOf(maria), "alguém aí?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["alguém aí?", "um"]);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "alguém aí?");
});

/** What went astray in a group that is the desk's no longer: it is shown in the one that is. */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { deletesRoots, FORWARDED_FROM, openAstray, outside } from "../support/astray.ts";
import { linkAnother, shownIn } from "../support/relinked.ts";

/** Telegram takes no copy of what lies in the group for ten minutes. */
function holdsUpBringingBack(desk: TestDesk): void {
  desk.telegram.faults.next(
    ({ method, payload }) => method === "copyMessage" && payload.from_chat_id === desk.group.id,
    { kind: "429", retryAfterS: 600 },
  );
}

Deno.test("what went astray in a group that is no longer the desk's is shown in the one that is", async () => {
  const { desk, maria } = await openAstray("astray", true);
  await using _ = desk;
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const group = await linkAnother(desk);
  await desk.minutesPass(8);
  assertEquals(shownIn(desk, group), ["dois"]);
  assertEquals(outside(desk), []);
});

for (const isThere of [true, false]) {
  const how = isThere ? "with what was before its words" : "by itself, where the bot is no longer";
  Deno.test(`what went astray in a group that is no longer the desk's is shown ${how}`, async () => {
    const { desk, maria } = await openAstray("astray", true);
    await using _ = desk;
    deletesRoots(desk, maria);
    const photo = { photo: true, caption: "dois" } as const;
    const forwarded = maria.sends(desk.chatOf(maria), photo, { forwardedFrom: FORWARDED_FROM });
    maria.sends(desk.chatOf(maria), "três");
    await desk.settled();
    const group = await linkAnother(desk);
    if (!isThere) desk.telegram.removeMember(desk.group, desk.bot, "kicked");
    await desk.minutesPass(8);
    const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
    // What nobody can ask where it stands is taken to lie outside.
    assertEquals(textsOf(shown), isThere ? ["↪ Feira\ndois", "três"] : ["um", "dois", "três"]);
    assertEquals(outside(desk), isThere ? [] : ["↪ Feira\ndois", "três"]);
    const replyTo = forwarded.message_id;
    maria.sends(desk.chatOf(maria), "sobre isso", { replyTo });
    await desk.settled();
    const answer = group.messages.findLast(({ text }) => text === "sobre isso")!;
    assertEquals(answer.reply_to_message?.message_id, shown.at(-2)!.message_id);
  });
}

Deno.test("what was to be put into a thread is put into the one in another group that is linked before", async () => {
  const { desk, maria } = await openAstray("astray", true);
  await using _ = desk;
  deletesRoots(desk, maria);
  const asked: unknown[] = [];
  holdsUpBringingBack(desk);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.minutesPass(3);
  const group = await linkAnother(desk);
  // A message of that number may be somebody else's there.
  desk.telegram.faults.rate({ kind: "500" }, 1, ({ method, payload }) => {
    if (method === "copyMessage") asked.push(payload.from_chat_id);
    return false;
  });
  await desk.minutesPass(15);
  assertEquals(asked, [desk.group.id]);
  assertEquals(shownIn(desk, group), ["dois"]);
  assertEquals(outside(desk), []);
});

Deno.test("a file whose caption is too long is shown in another group all the same", async () => {
  const desk = await TestDesk.open();
  await using _ = desk;
  desk.telegram.unproven.answersToDeleted = "astray";
  const maria = desk.telegram.createUser({ firstName: "Maria", isPremium: true });
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  deletesRoots(desk, maria);
  holdsUpBringingBack(desk);
  maria.sends(desk.chatOf(maria), { photo: true, caption: "x".repeat(2000) });
  await desk.settled();
  await desk.minutesPass(3);
  const group = await linkAnother(desk);
  await desk.minutesPass(15);
  const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(shown.filter(({ photo }) => photo).length, 1);
});

/** Reactions to what went astray: they stand under the copy that stays. */
import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { deletesRoots, openAstray, outside } from "../support/astray.ts";

for (const answersToDeleted of ["not found", "astray"] as const) {
  for (const isTrusted of [true, false]) {
    const seen = isTrusted ? "was seen lately" : "was long not seen";
    Deno.test(`a reaction to what went astray is under the copy that stays, where the root ${seen} and an answer to a deleted message is ${answersToDeleted}`, async () => {
      const { desk, maria } = await openAstray(answersToDeleted, false);
      await using _ = desk;
      if (!isTrusted) await desk.minutesPass(20);
      deletesRoots(desk, maria);
      const second = maria.sends(desk.chatOf(maria), "dois");
      await desk.settled();
      maria.reacts(second, "👍");
      await desk.settled();
      maria.sends(desk.chatOf(maria), "três");
      await desk.settled();
      await desk.minutesPass(8);
      const thread = desk.threadOf(maria);
      assertEquals(textsOf(thread), ["dois", "três"]);
      const reactions = thread.map(({ message_id: id }) => desk.group.reactionsOf(id));
      assertEquals(reactions, [[{ type: "emoji", emoji: "👍" }], []]);
      assertEquals(outside(desk), []);
    });
  }
}

Deno.test("a reaction to what stands in its thread costs one look at its root, and only while that is in doubt", async () => {
  const { desk, maria, first } = await openAstray("astray", false);
  await using _ = desk;
  const reactionsSet = async (emoji: "👍" | "🎉") => {
    const { length } = desk.telegram.calls;
    maria.reacts(first, emoji);
    await desk.settled();
    return desk.telegram.calls.slice(length)
      .filter(({ method }) => method === "setMessageReaction").length;
  };
  assertEquals(await reactionsSet("👍"), 2);
  assertEquals(await reactionsSet("🎉"), 1);
  const answer = desk.ana.comments(desk.cardOf(maria), "bom dia");
  maria.sends(desk.chatOf(maria), "mais");
  await desk.settled();
  const { length } = desk.telegram.calls;
  maria.reacts(desk.toldTo(maria).at(-1)!, "🎉");
  await desk.settled();
  const set = desk.telegram.calls.slice(length)
    .filter(({ method }) => method === "setMessageReaction");
  assertEquals(set.map(({ payload }) => payload.message_id), [answer.message_id]);
});

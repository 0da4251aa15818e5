/** Desks whose names mean something else in a link as well: their links lead to them all the same. */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { open } from "../support/owned_desks.ts";

/** A desk that has been claimed, and one more. */
async function openClaimed(title: string) {
  const { desk, asks, adds } = await open();
  await asks("/adddesk");
  const other = await adds(title);
  return { desk, other, code: new URL(desk.link).searchParams.get("start")! };
}

/** Desks that CHANNEL_ID names, one more among them. */
async function openFixed(title: string) {
  const desk = await TestDesk.open({ others: [title] });
  return { desk, other: desk.others[0]!, code: "claim_0123456789abcdef" };
}

for (const [how, opens] of [["claimed", openClaimed], ["fixed", openFixed]] as const) {
  for (
    const [title, parameter, tag] of [
      ["Claim center", "claim_center", ""],
      ["Claim center", "claim_center_instagram", "\n#from_instagram"],
      ["Claim", "claim_instagram", "\n#from_instagram"],
      ["Claim", "claim", ""],
    ] as const
  ) {
    Deno.test(`by ?start=${parameter} somebody comes to the desk ${title}, where desks are ${how}`, async () => {
      const { desk, other } = await opens(title);
      await using _ = desk;
      const maria = desk.customer("Maria");
      maria.sends(desk.chatOf(maria), `/start ${parameter}`);
      maria.sends(desk.chatOf(maria), "oi");
      await desk.settled();
      assertEquals(textsOf(other.channel.messages), [`🟦 Maria\nID ${maria.id}${tag}`]);
      assertEquals(desk.logLines.filter((line) => line.includes("wrong code")), []);
    });
  }

  Deno.test(`a code that claims the bot is shown to nobody of a desk called Claim, where desks are ${how}`, async () => {
    const { desk, other, code } = await opens("Claim");
    await using _ = desk;
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), `/start ${code}`);
    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    assertEquals(textsOf(other.channel.messages), []);
    assertEquals(textsOf(desk.channel.messages), [`🟦 Maria\nID ${maria.id}`]);
  });
}

Deno.test("who is offered the way to be served in inline mode comes to no desk that happens to be called so", async () => {
  await using desk = await TestDesk.open({ others: ["Inline"] });
  const [eve, rui] = [desk.customer("Eve"), desk.customer("Rui")];
  eve.queries(desk.bot, "oi");
  await desk.settled();
  const { payload } = desk.telegram.calls.findLast(({ method }) => method === "answerInlineQuery")!;
  const { start_parameter: parameter } = payload.button as { start_parameter: string };
  for (const [who, start] of [[eve, parameter], [rui, "inline"]] as const) {
    who.sends(desk.chatOf(who), `/start ${start}`);
    who.sends(desk.chatOf(who), "oi");
    await desk.settled();
  }
  assertEquals(textsOf(desk.channel.messages), [`🟦 Eve\nID ${eve.id}\n#from_inline_mode`]);
  assertEquals(textsOf(desk.others[0]!.channel.messages), [`🟦 Rui\nID ${rui.id}`]);
});

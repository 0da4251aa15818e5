/** Whether the bot is told which canned replies are chosen in inline mode: learned, and in the checklist. */
import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { itemsOf, shownTo } from "../support/checklist.ts";
import { TestDesk } from "../support/desk.ts";
import { LOCAL_URL, look } from "../support/page.ts";

/** Who sends a canned reply in inline mode under Maria's card. */
async function sendsReply(desk: TestDesk): Promise<void> {
  const [result] = await desk.ana.queries(desk.bot, "");
  const root = desk.group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
  desk.ana.choosesResult(desk.group, result!, { replyTo: root.message_id });
  await desk.settled();
}

for (const isOn of [true, false]) {
  Deno.test(`whether inline feedback is ${isOn ? "on" : "off"} is known once a canned reply came`, async () => {
    await using desk = await TestDesk.open();
    desk.bot.configure({ inlineFeedback: isOn });
    desk.boss.starts(desk.bot);
    desk.boss.sends(desk.chatOf(desk.boss), "/addreply Horário\nAbrimos às 8h.");
    await desk.hearsFrom("Maria");
    const states = async () =>
      (await itemsOf(desk)).filter(({ name }) => /canned reply was chosen/.test(name))
        .map(({ state }) => state);
    assertEquals(await states(), ["unknown"]);
    await sendsReply(desk);
    await desk.passes(2 * MINUTE_MS);
    assertEquals(await states(), [isOn ? "good" : "warning"]);
    const shown = await shownTo(desk, "pt-br");
    assertEquals(shown.includes("/setinlinefeedback"), !isOn, shown);
    // A warning only: customers are served all the same.
    assertEquals((await look(desk, { url: `${LOCAL_URL}health` })).status, 200);
    desk.bot.configure({ inlineFeedback: true });
    await sendsReply(desk);
    await desk.passes(2 * MINUTE_MS);
    assertEquals(await states(), ["good"]);
    // Another instance, or the next start, knows what was heard.
    await desk.restart();
    await sendsReply(desk);
    assertEquals(await states(), ["good"]);
  });
}

Deno.test("where inline mode is off, nobody asks for its feedback", async () => {
  await using desk = await TestDesk.open();
  desk.bot.configure({ supportsInline: false });
  const items = await itemsOf(desk);
  assertEquals(items.filter(({ name }) => /canned reply was chosen/.test(name)), []);
});

/** What was before an edit is kept once, where a call fails on the way, or not, where Telegram lets nothing be copied. */
import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { answered, open } from "../support/kept_edits.ts";
import { refusal } from "../support/refusal.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";

Deno.test("a passing failure on the way keeps it once, and the edit comes after it", async () => {
  for (const method of ["copyMessage", "editMessageText", "setMessageReaction"]) {
    await using side = await open();
    const sent = await side.sends("um");
    const { message_id: copyId } = side.arrived()[0]!;
    side.forgets();
    side.desk.telegram.faults.next(method, refusal("Bad", 502));
    await side.edits(sent, "dois");
    await side.desk.passes(60_000);
    assertEquals(textsOf(side.arrived()), ["um"], method);
    assertEquals(side.there.message(copyId)!.text, "dois", method);
  }
});

Deno.test("a restart between the two steps repeats nothing", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  const { message_id: copyId } = side.arrived()[0]!;
  side.forgets();
  side.desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 30 });
  await side.edits(sent, "dois");
  await side.desk.restart();
  await side.desk.passes(31_000);
  assertEquals(textsOf(side.arrived()), ["um"]);
  assertEquals(side.there.message(copyId)!.text, "dois");
});

Deno.test("where the group lets nothing be copied, the edit is shown by itself, and the old copy stays", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  const { message_id: copyId } = side.arrived()[0]!;
  side.forgets();
  side.desk.telegram.faults.next("copyMessage", refusal("Bad Request: message can't be copied"));
  await side.edits(sent, "dois");
  assertEquals(side.arrived().map((each) => [each.text, answered(each)]), [["✏️ dois", copyId]]);
  assertEquals(side.there.message(copyId)!.text, "um");
});

/** What Telegram says of a copy that it does not take, in words that tell of no reason known. */
const UNCLEAR = ["CHAT_GUEST_SEND_FORBIDDEN", "SOMETHING_NOBODY_HAS_SEEN_YET", "CHAT_RESTRICTED"];

for (const words of UNCLEAR) {
  Deno.test(`refused once in passing ("${words}"), it is kept later, and the edit shown once`, async () => {
    await using side = await open();
    const sent = await side.sends("um");
    const { message_id: copyId } = side.arrived()[0]!;
    side.forgets();
    const description = `Bad Request: ${words}`;
    side.desk.telegram.faults.next("copyMessage", refusal(description));
    await side.edits(sent, "dois");
    await side.desk.passes(MINUTE_MS);
    assertEquals(side.arrived().map((each) => [each.text, answered(each)]), [["um", copyId]]);
    assertEquals(side.there.message(copyId)!.text, "dois");
    assertEquals(side.told(), []);
  });
}

Deno.test("where every copy is refused in words nobody has seen, the edit is shown by itself all the same", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  const { message_id: copyId } = side.arrived()[0]!;
  side.forgets();
  const description = "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET";
  side.desk.telegram.faults.rate(
    refusal(description),
    1,
    ({ method }) => method === "copyMessage",
  );
  await side.edits(sent, "dois");
  for (let minute = 0; minute < 10; minute++) await side.desk.passes(MINUTE_MS);
  assertEquals(side.arrived().map((each) => [each.text, answered(each)]), [["✏️ dois", copyId]]);
  assertEquals(side.there.message(copyId)!.text, "um");
  assertEquals(side.told(), []);
});

/** Cards that Telegram refuses: they are shown more plainly, and hold nothing else up. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("a card that Telegram refuses in any form holds no other up", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = desk.customer("Maria");
  desk.telegram.faults.rate(
    refusal("Bad Request: ENTITY_BOUNDS_INVALID"),
    1,
    ({ payload }) =>
      Number(payload.chat_id) === desk.channel.id && String(payload.text).includes(`${maria.id}`),
  );
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  for (let minute = 0; minute < 12; minute++) {
    const other = desk.customer(`Cliente ${minute}`);
    other.sends(desk.chatOf(other), "olá");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(other)), ["olá"]);
    await desk.passes(61_000);
  }
  assert(alarmsOf(desk).length <= 2, alarmsOf(desk).join("\n"));
});

Deno.test("a card's changes that Telegram refuses are shown more plainly, then left", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = await desk.hearsFrom("Maria");
  const isEdit = (method: string) => method === "editMessageText";
  desk.telegram.faults.rate(
    refusal("Bad Request: ENTITY_BOUNDS_INVALID"),
    1,
    ({ method, payload }) => isEdit(method) && payload.entities !== undefined,
  );
  desk.ana.comments(desk.cardOf(maria), "/p 3");
  await desk.settled();
  assertStringIncludes(desk.cardOf(maria).text!, "#p3");
  desk.telegram.faults.clear();
  desk.telegram.faults.rate(
    refusal("Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"),
    1,
    ({ method, payload }) => isEdit(method) && Number(payload.chat_id) === desk.channel.id,
  );
  desk.ana.comments(desk.cardOf(maria), "/p 4");
  await desk.settled();
  const calls = () => desk.telegram.calls.filter(({ method }) => isEdit(method)).length;
  const before = calls();
  await desk.minutesPass(5);
  assertEquals(calls(), before);
  assertEquals(alarmsOf(desk), []);
});

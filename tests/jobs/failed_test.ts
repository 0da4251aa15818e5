import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readFailedAction, writeFailedAction } from "../../src/buttons/failed.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

const REFUSAL = refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN");

/** A desk where two comments to Maria were given up. */
async function deskWithFailures(): Promise<
  { desk: TestDesk; maria: ReturnType<TestDesk["customer"]> }
> {
  const desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.telegram.faults.next("copyMessage", REFUSAL, 2);
  desk.ana.comments(desk.cardOf(maria), "um");
  desk.ana.comments(desk.cardOf(maria), "dois");
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, 1);
  return { desk, maria };
}

const listIn = (desk: TestDesk) =>
  desk.group.messages.findLast(({ from, text }) =>
    from?.id === desk.bot.id && /^(⚠️ Não entregues|✅ Nada deixou)/u.test(text ?? "")
  )!;
const buttonsOf = (desk: TestDesk) =>
  (listIn(desk).reply_markup?.inline_keyboard ?? []).flat() as {
    text: string;
    callback_data: string;
  }[];
const press = async (desk: TestDesk, who: TestDesk["boss"], text: string) => {
  const { callback_data } = buttonsOf(desk).find((button) => button.text === text)!;
  const answer = who.presses(listIn(desk), callback_data);
  await desk.settled();
  return (await answer)?.text;
};

Deno.test("an administrator lists what was given up, and tries one again or dismisses it", async () => {
  const { desk, maria } = await deskWithFailures();
  await using _ = desk;
  desk.boss.sends(desk.group, "/failed");
  await desk.settled();
  const { text } = listIn(desk);
  assertStringIncludes(text!, "Não entregues: 2");
  assertStringIncludes(text!, "1. para Maria · ");
  assertStringIncludes(text!, "VOICE_MESSAGES_FORBIDDEN");

  assertEquals(await press(desk, desk.boss, "↻ 1"), "Tentando de novo.");
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
  assertStringIncludes(listIn(desk).text!, "Não entregues: 1");
  assertEquals(await press(desk, desk.boss, "✕ 1"), "Descartado.");
  assertStringIncludes(listIn(desk).text!, "Nada deixou de ser entregue");
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

Deno.test("all can be tried again at once, in order", async () => {
  const { desk, maria } = await deskWithFailures();
  await using _ = desk;
  desk.boss.comments(desk.cardOf(maria), "/failed", { as: desk.channel });
  await desk.settled();
  await press(desk, desk.boss, "↻ Tentar todas");
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um", "dois"]);
});

Deno.test("only administrators may list, try again or dismiss", async () => {
  const { desk, maria } = await deskWithFailures();
  await using _ = desk;
  const stranger = desk.telegram.createUser({ firstName: "Eve" });
  for (const somebody of [stranger, desk.ana]) {
    somebody.comments(desk.cardOf(maria), "/failed");
    await desk.settled();
  }
  assertEquals(listIn(desk), undefined as never);
  desk.boss.sends(desk.group, "/failed");
  await desk.settled();
  for (const somebody of [stranger, desk.ana]) {
    assertEquals(
      await press(desk, somebody, "↻ Tentar todas"),
      "Só administradores podem fazer isso.",
    );
  }
  assertEquals(desk.toldTo(maria).length, 1);
  assertStringIncludes(listIn(desk).text!, "Não entregues: 2");
});

Deno.test("an administrator may ask in private; to a customer it is a message like any other", async () => {
  const { desk, maria } = await deskWithFailures();
  await using _ = desk;
  desk.boss.sends(desk.chatOf(desk.boss), "/failed");
  await desk.settled();
  assertStringIncludes(desk.toldTo(desk.boss).at(-1)!.text!, "Não entregues: 2");
  maria.sends(desk.chatOf(maria), "/failed");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "/failed");
  // A customer who became an administrator is served as one.
  const joao = await desk.hearsFrom("João");
  desk.telegram.promote(desk.channel, joao);
  joao.sends(desk.chatOf(joao), "/failed");
  await desk.settled();
  assertStringIncludes(desk.toldTo(joao).at(-1)!.text!, "Não entregues: 2");
  assertEquals(desk.toldTo(maria).length, 1);
});

Deno.test("an update that fails by our own fault is received after the third time, and kept", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  let poisoned = 0;
  const { handleUpdate } = desk.app.bot;
  desk.app.bot.handleUpdate = (update) => {
    if (update.message?.text !== "veneno") return handleUpdate.call(desk.app.bot, update);
    poisoned++;
    throw new TypeError("Cannot read properties of undefined");
  };
  maria.sends(desk.chatOf(maria), "veneno");
  maria.sends(desk.chatOf(maria), "depois");
  await desk.until(
    "what comes after the poisonous update is shown",
    () => textsOf(desk.threadOf(maria)).includes("depois"),
  );
  assertEquals(poisoned, 3);
  desk.boss.sends(desk.group, "/failed");
  await desk.settled();
  assertStringIncludes(listIn(desk).text!, "TypeError: Cannot read properties of undefined");
  assertEquals((await desk.health()).failed, 1);
});

Deno.test("the button of any given-up job fits into the 64 bytes Telegram allows", () => {
  const which = {
    customerId: 9_007_199_254_740_991,
    direction: "to-customer",
    order: { arrival: 999_999_999, n: 1 / 3 },
  } as const;
  const action = { does: "dismiss", which } as const;
  assert(new TextEncoder().encode(writeFailedAction(action)).length <= 64);
  assertEquals(readFailedAction(writeFailedAction(action)), action);
});

/** Answers that wait for their time, and whose command is edited meanwhile. */
import { assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { clockAt, openLater } from "../support/later_talk.ts";
import { refusal } from "../support/refusal.ts";

Deno.test("editing the command changes what is sent, and its time only if that is changed", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h custa dez");
  const confirmation = line();
  await desk.passes(HOUR_MS);
  desk.ana.edits(command, "/later 2h custa doze");
  await desk.settled();
  await desk.passes(HOUR_MS);
  assertEquals(left(), ["custa doze"]);
  assertEquals(line().message_id, confirmation.message_id);
});

Deno.test("editing its time moves it, and the confirmation says so", async () => {
  const { desk, says, left, line, press } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 5h custa dez");
  const confirmation = line();
  await desk.passes(HOUR_MS);
  desk.ana.edits(command, "/later 1h custa dez");
  await desk.settled();
  assertEquals(line().message_id, confirmation.message_id);
  assertStringIncludes(line().text!, clockAt(desk.clock.now() + HOUR_MS));
  await desk.passes(HOUR_MS);
  assertEquals(left(), ["custa dez"]);
  await desk.passes(5 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);

  const other = await says(desk.ana, "/later 1h mais tarde");
  desk.ana.edits(other, "/later 3h mais tarde");
  await desk.settled();
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);
  await press(desk.ana, line(), "Cancelar");
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);
});

for (
  const words of [
    "message can't be edited",
    "message to edit not found",
    "MESSAGE_AUTHOR_REQUIRED",
    "CHAT_RESTRICTED",
  ]
) {
  Deno.test(`where the confirmation cannot be edited ("${words}"), the new time is said anew`, async () => {
    const { desk, says, left, line, press } = await openLater();
    await using _ = desk;
    desk.boss.starts(desk.bot);
    const command = await says(desk.ana, "/later 5h custa dez");
    const confirmation = line();
    desk.telegram.faults.rate(
      refusal(`Bad Request: ${words}`),
      1,
      "editMessageText",
    );
    desk.ana.edits(command, "/later 3h custa dez");
    await desk.settled();
    assertNotEquals(line().message_id, confirmation.message_id);
    assertStringIncludes(line().text!, clockAt(desk.clock.now() + 3 * HOUR_MS));
    assertEquals(desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️")), []);
    await press(desk.ana, line(), "Cancelar");
    await desk.passes(5 * HOUR_MS);
    assertEquals(left(), []);
  });
}

Deno.test("a time that is not understood is said, and the old one stands", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h custa dez");
  for (const words of ["quando der, custa doze", "25:00 custa doze", "1/1/2020 custa doze", "2h"]) {
    desk.ana.edits(command, `/later ${words}`);
    await desk.settled();
    assertStringIncludes(line().text!, "O que você pediu antes continua valendo");
  }
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);
});

Deno.test("a command whose time was not understood is obeyed once an edit mends it", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later depois custa dez");
  assertStringIncludes(line().text!, "Não entendi quando é isso. Exemplos: 30m, 2h");
  desk.ana.edits(command, "/later 2h custa dez");
  await desk.settled();
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);
});

Deno.test("edited after it was sent, the customer's copy changes, without the command", async () => {
  const { desk, says, left } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h custa dez");
  await desk.passes(2 * HOUR_MS);
  desk.ana.edits(command, "/later 2h custa *doze*");
  await desk.settled();
  assertEquals(left(), ["custa *doze*"]);
  desk.ana.edits(command, "custa treze");
  await desk.settled();
  assertEquals(left(), ["custa treze"]);
});

Deno.test("edited into an answer it goes now; into a note, or another command, not at all", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  const answer = await says(desk.ana, "/later 2h custa dez");
  desk.ana.edits(answer, "custa dez, já");
  await desk.settled();
  assertEquals(left(), ["custa dez, já"]);
  assertStringIncludes(line().text!, "Ana fez disto uma resposta");
  for (const words of ["# custa dez", "/who"]) {
    const command = await says(desk.ana, "/later 2h custa vinte");
    desk.ana.edits(command, words);
    await desk.settled();
    assertStringIncludes(line().text!, "Ana cancelou isto");
  }
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), ["custa dez, já"]);
});

/** Answers that are sent later: given, confirmed, called off, sent. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { clockAt, lying, openLater } from "../support/later_talk.ts";

Deno.test("an answer put off is confirmed with its time, and goes then, once, without the command", async () => {
  const { desk, maria, says, left, line, isThere } = await openLater();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h o seu pão está pronto");
  assertEquals(left(), []);
  const confirmation = line();
  assertEquals(confirmation.reply_to_message?.message_id, command.message_id);
  assertStringIncludes(confirmation.text!, clockAt(desk.clock.now() + 2 * HOUR_MS));
  assertEquals(confirmation.reply_markup?.inline_keyboard.flat().map(({ text }) => text), [
    "Cancelar",
  ]);
  await desk.passes(2 * HOUR_MS - MINUTE_MS);
  assertEquals(left(), []);
  await desk.passes(MINUTE_MS);
  assertEquals(left(), ["o seu pão está pronto"]);
  await desk.passes(DAY_MS);
  assertEquals(left(), ["o seu pão está pronto"]);
  assert(isThere(command), "the command stays in the thread");
  // It is an answer like any other: an answer to it leads to the command.
  const shown = desk.toldTo(maria).at(-1)!;
  maria.sends(desk.chatOf(maria), "obrigada", { replyTo: shown.message_id });
  await desk.settled();
  assertEquals(line().reply_to_message?.message_id, command.message_id);
});

Deno.test("the words lie sealed until they go, and not at all afterwards", async () => {
  const { desk, says, left } = await openLater();
  await using _ = desk;
  const SECRET = "segredo-da-padaria";
  await says(desk.ana, `/depois 1h ${SECRET}`);
  assertEquals((await lying(desk.kv)).length, 2);
  const everything = async () => {
    const all = await Array.fromAsync(desk.kv.list({ prefix: [] }));
    return Deno.inspect(all, { depth: 20, iterableLimit: Infinity, strAbbreviateSize: Infinity });
  };
  assert(!(await everything()).includes(SECRET));
  await desk.passes(HOUR_MS);
  assertEquals(left(), [SECRET]);
  assertEquals(await lying(desk.kv), []);
});

Deno.test("what waits for its time is not what /health calls waiting", async () => {
  const { desk, says } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 3d até breve");
  await desk.passes(DAY_MS);
  const { waiting, oldest_waiting_s } = await desk.health();
  assertEquals([waiting, oldest_waiting_s], [0, 0]);
});

Deno.test("a restart loses none and repeats none", async () => {
  const { desk, says, left } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h um");
  await says(desk.bia, "/later 2h dois");
  await says(desk.ana, "/later 1h antes");
  await desk.restart();
  await desk.passes(HOUR_MS);
  assertEquals(left(), ["antes"]);
  await desk.restart();
  await desk.passes(HOUR_MS);
  assertEquals(left(), ["antes", "um", "dois"]);
  await desk.restart();
  await desk.passes(HOUR_MS);
  assertEquals(left(), ["antes", "um", "dois"]);
});

Deno.test("the button calls it off, whoever of the team presses; pressed again, it says so", async () => {
  const { desk, says, left, line, press } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h não vá");
  const confirmation = line();
  await press(desk.bia, confirmation, "Cancelar");
  assertStringIncludes(line().text!, "Bia cancelou isto");
  assertEquals(line().message_id, confirmation.message_id);
  assertEquals(line().reply_markup, undefined);
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  assertEquals(await lying(desk.kv), []);
  const other = await says(desk.ana, "/later 2h vá");
  const stale = line();
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["vá"]);
  const answer = await press(desk.bia, stale, "Cancelar");
  assertStringIncludes(answer?.text ?? "", "já foi enviado");
  assertEquals(answer?.show_alert, true);
  assert(other);
});

for (const to of ["command", "confirmation"] as const) {
  Deno.test(`undo in answer to the ${to} calls it off; once it is sent, deletes it`, async () => {
    const { desk, says, left, line, isThere } = await openLater();
    await using _ = desk;
    const given = await says(desk.ana, "/later 2h não vá");
    const confirmation = line();
    const undo = await says(desk.ana, "/undo", {
      replyTo: (to === "command" ? given : confirmation).message_id,
    });
    assertStringIncludes(line().text!, "Ana cancelou isto");
    assertEquals(isThere(undo), false);
    await desk.passes(3 * HOUR_MS);
    assertEquals(left(), []);
    // An edit of what was taken back does not bring it back.
    desk.ana.edits(given, "/later 1h de volta");
    await desk.settled();
    await desk.passes(3 * HOUR_MS);
    assertEquals(left(), []);

    const again = await says(desk.ana, "/later 2h vá");
    const confirmed = line();
    await desk.passes(2 * HOUR_MS);
    assertEquals(left(), ["vá"]);
    // Once it is sent, only who gave it and administrators may take it back.
    const answered = { replyTo: (to === "command" ? again : confirmed).message_id };
    await says(desk.bia, "/undo", answered);
    assertEquals(left(), ["vá"]);
    await says(desk.ana, "/undo", answered);
    assertEquals(left(), []);
  });
}

Deno.test("placeholders are filled in when it goes, formatting and answers are kept", async () => {
  const { desk, maria, first, says, left } = await openLater();
  await using _ = desk;
  const shown = desk.threadOf(maria)[0]!;
  await says(desk.ana, {
    text: "/later 2h Oi {nome}, é {agente}",
    entities: [{ type: "bold", offset: 10, length: 2 }],
  }, { replyTo: shown.message_id });
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["Oi Maria, é Ana"]);
  const copy = desk.toldTo(maria).at(-1)!;
  assertEquals(copy.entities, [{ type: "bold", offset: 0, length: 2 }]);
  assertEquals(copy.reply_to_message?.message_id, first.message_id);
});

Deno.test("a text too long for one message goes in parts, and all of it is taken back", async () => {
  const { desk, says, left } = await openLater();
  await using _ = desk;
  desk.ana.info.is_premium = true;
  const command = await says(desk.ana, `/later 2h ${"{nome} ".repeat(1000)}`);
  // Who has left the team since has promised it as one of the team.
  desk.ana.leaves(desk.channel);
  await desk.passes(2 * HOUR_MS);
  assertEquals(left().length, 2);
  await says(desk.boss, "/undo", { replyTo: command.message_id });
  assertEquals(left(), []);
});

Deno.test("a note, or a command, is none for the customer later either", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  for (const [words, mark] of [["# só para nós", "#"], ["/close", "/"], ["/encerrar já", "/"]]) {
    await says(desk.ana, `/later 2h ${words}`);
    assertStringIncludes(line().text!, `o que começa com “${mark}” fica na equipe`);
  }
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
});

Deno.test("a time that is past, too soon, too far or no day is refused", async () => {
  const { desk, says, left, line } = await openLater();
  await using _ = desk;
  for (
    const [when, said] of [
      ["01/01/2020 9h", "Essa hora já passou"],
      ["0m", "Essa hora já passou"],
      ["400d", "mais de um ano"],
      ["31/02", "Esse dia não existe"],
      ["99:99", "Não entendi quando é isso"],
    ]
  ) {
    await says(desk.ana, `/later ${when} oi`);
    assertStringIncludes(line().text!, said!);
  }
  assertEquals(await lying(desk.kv), []);
  assertEquals(left(), []);
});

Deno.test("the command alone says how it is used, in the language of who asks", async () => {
  const { desk, says, line } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later");
  assertStringIncludes(line().text!, "Diga quando, e o que enviar: /depois 18:00");
  desk.ana.info.language_code = "es";
  await says(desk.ana, "/despues");
  assertStringIncludes(line().text!, "Di cuándo, y qué enviar");
  desk.ana.info.language_code = "en";
  await says(desk.ana, "/later");
  assertStringIncludes(line().text!, "Say when, and what to send then");
});

Deno.test("nobody but the team puts anything off", async () => {
  const { desk, maria, says, left } = await openLater();
  await using _ = desk;
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  await says(eve, "/later 2h oi");
  maria.sends(desk.chatOf(maria), "/later 2h oi");
  await desk.settled();
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  assertEquals(await lying(desk.kv), []);
});

Deno.test("a clock that was set back does not send it early", async () => {
  const { desk, says, left } = await openLater();
  await using _ = desk;
  await says(desk.ana, "/later 2h na hora");
  desk.clock.aheadMs -= 10 * HOUR_MS;
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  await desk.passes(9 * HOUR_MS);
  assertEquals(left(), ["na hora"]);
});

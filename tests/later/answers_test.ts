/** Answers that are sent later: given, confirmed, changed, called off, sent. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { localMsAt } from "../../src/time/local_time.ts";
import type { DeskOptions } from "../support/desk.ts";
import { textsOf } from "../support/desk.ts";
import { asks, presses } from "../support/erasing.ts";
import { openTalk } from "../support/talk.ts";

/** A conversation, and what Maria has got of what was said since. */
async function open(options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, maria } = talk;
  const before = desk.toldTo(maria).length;
  const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
  const left = () => textsOf(desk.toldTo(maria).slice(before));
  return { ...talk, rootId, left };
}

/** How the clocks in São Paulo show a moment. */
function clockAt(ms: number): string {
  return new Date(localMsAt(ms, "America/Sao_Paulo")).toISOString().slice(11, 16);
}

/** Everything that lies in the database of what waits for its time. */
async function lying(kv: Deno.Kv): Promise<Deno.KvKey[]> {
  const all = await Array.fromAsync(kv.list({ prefix: [] }));
  return all.map(({ key }) => key).filter(([, kind]) => kind === "scheduled" || kind === "due");
}

Deno.test("an answer put off is confirmed with its time, and goes then, once, without the command", async () => {
  const { desk, maria, says, left, line, isThere } = await open();
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
  const { desk, says, left } = await open();
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
  const { desk, says } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 3d até breve");
  await desk.passes(DAY_MS);
  const { waiting, oldest_waiting_s } = await desk.health();
  assertEquals([waiting, oldest_waiting_s], [0, 0]);
});

Deno.test("a restart loses none and repeats none", async () => {
  const { desk, says, left } = await open();
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
  const { desk, says, left, line, press } = await open();
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
    const { desk, says, left, line, isThere } = await open();
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

Deno.test("editing the command changes what is sent, and its time only if that is changed", async () => {
  const { desk, says, left, line } = await open();
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
  const { desk, says, left, line, press } = await open();
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

Deno.test("a time that is not understood is said, and the old one stands", async () => {
  const { desk, says, left, line } = await open();
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
  const { desk, says, left, line } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/later depois custa dez");
  assertStringIncludes(line().text!, "Não entendi quando é isso. Exemplos: 30m, 2h");
  desk.ana.edits(command, "/later 2h custa dez");
  await desk.settled();
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["custa dez"]);
});

Deno.test("edited after it was sent, the customer's copy changes, without the command", async () => {
  const { desk, says, left } = await open();
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
  const { desk, says, left, line } = await open();
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

Deno.test("placeholders are filled in when it goes, formatting and answers are kept", async () => {
  const { desk, maria, first, says, left } = await open();
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
  const { desk, says, left } = await open();
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

Deno.test("a picture goes with what follows the time as its caption, or without one", async () => {
  const { desk, maria, says, left } = await open();
  await using _ = desk;
  await says(desk.ana, { photo: true, caption: "/depois 2h o cardápio" });
  await says(desk.ana, { photo: true, caption: "/depois 2h" });
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["o cardápio", "[photo]"]);
  const [, bare] = desk.toldTo(maria).slice(-2);
  assertEquals(bare!.caption, undefined);
});

Deno.test("an album goes whole, in its order, whichever piece has the command", async () => {
  const { desk, maria, rootId, left, line } = await open();
  await using _ = desk;
  for (const captions of [["/later 2h um", "dois", "três"], ["um", "/later 2h dois", "três"]]) {
    const before = left().length;
    const contents = captions.map((caption) => ({ photo: true as const, caption }));
    const pieces = await desk.ana.sendsAlbum(desk.group, contents, { replyTo: rootId });
    await desk.settled();
    await desk.passes(1100);
    assertStringIncludes(line().text!, "Isto vai para o cliente");
    desk.ana.edits(pieces[2]!, { caption: "quatro" });
    await desk.settled();
    await desk.passes(HOUR_MS);
    assertEquals(left().length, before);
    await desk.passes(HOUR_MS);
    assertEquals(left().slice(before), ["um", "dois", "quatro"]);
    assertEquals(
      new Set(desk.toldTo(maria).slice(-3).map(({ media_group_id }) => media_group_id)).size,
      1,
    );
  }
});

Deno.test("an album goes without a caption if nothing follows the time, and undo takes all of it", async () => {
  const { desk, rootId, says, left } = await open();
  await using _ = desk;
  const contents = ["/later 2h", ""].map((caption) => ({ photo: true as const, caption }));
  const pieces = await desk.ana.sendsAlbum(desk.group, contents, { replyTo: rootId });
  await desk.settled();
  await desk.passes(1100);
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["[photo]", "[photo]"]);
  await says(desk.ana, "/undo", { replyTo: pieces[1]!.message_id });
  assertEquals(left(), []);
  const others = await desk.ana.sendsAlbum(desk.group, contents, { replyTo: rootId });
  await desk.settled();
  await desk.passes(1100);
  await says(desk.ana, "/undo", { replyTo: others[1]!.message_id });
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
});

Deno.test("a piece that comes late still joins its album; one that comes too late is told", async () => {
  const { desk, rootId, left, line } = await open();
  await using _ = desk;
  const mediaGroupId = "130999";
  const sends = async (caption: string) => {
    desk.ana.sends(desk.group, { photo: true, caption }, { replyTo: rootId, mediaGroupId });
    await desk.settled();
    await desk.passes(1100);
  };
  await sends("/later 2h um");
  await sends("dois");
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["um", "dois"]);
  await sends("três");
  assertStringIncludes(line().text!, "Nada disto é enviado: mande outra vez");
  assertEquals(left(), ["um", "dois"]);
});

Deno.test("an album whose command is edited away before all of it has come is no later one", async () => {
  const { desk, rootId, left } = await open();
  await using _ = desk;
  const contents = ["/later 2h um", "dois"].map((caption) => ({ photo: true as const, caption }));
  const [first] = await desk.ana.sendsAlbum(desk.group, contents, { replyTo: rootId });
  desk.ana.edits(first!, { caption: "um, já" });
  await desk.settled();
  await desk.passes(1100);
  assertEquals(left(), ["um, já", "dois"]);
});

Deno.test("a note, or a command, is none for the customer later either", async () => {
  const { desk, says, left, line } = await open();
  await using _ = desk;
  for (const [words, mark] of [["# só para nós", "#"], ["/close", "/"], ["/encerrar já", "/"]]) {
    await says(desk.ana, `/later 2h ${words}`);
    assertStringIncludes(line().text!, `o que começa com “${mark}” fica na equipe`);
  }
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
});

Deno.test("a time that is past, too soon, too far or no day is refused", async () => {
  const { desk, says, left, line } = await open();
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
  const { desk, says, line } = await open();
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

Deno.test("closing does not stop it, and it leaves the conversation closed", async () => {
  const { desk, says, left, cardText } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 2h deu certo?");
  await says(desk.ana, "/closesilent");
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["deu certo?"]);
  assertStringIncludes(cardText(), "⬜️");
});

Deno.test("a ban calls all of it off and says so, and lifting it brings nothing back", async () => {
  const { desk, maria, says, left, line, press } = await open();
  await using _ = desk;
  for (let n = 0; n < 45; n++) await says(desk.ana, `/later 2h ${n}`);
  await says(desk.ana, "/ban");
  await press(desk.ana, line(), "Banir");
  assertEquals(line().text, "🗑 45 respostas que seriam enviadas depois foram canceladas.");
  await says(desk.ana, "/later 2h outra");
  assertStringIncludes(line().text!, "Este cliente está banido");
  await says(desk.ana, "/unban");
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  assertEquals(await lying(desk.kv), []);
  assert(maria);
});

Deno.test("for a customer who has blocked the bot it waits, as any answer does", async () => {
  const { desk, maria, says, left } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 2h volte!");
  maria.blocks(desk.bot);
  await desk.settled();
  await desk.passes(DAY_MS);
  assertEquals(left(), []);
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(left(), ["volte!"]);
});

Deno.test("what Telegram refuses then is told in the thread, as an answer to the command", async () => {
  const { desk, says, left, line } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/later 2h nunca chega");
  desk.telegram.faults.next("sendMessage", {
    kind: "error",
    errorCode: 400,
    description: "Bad Request: something is wrong with it",
  });
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["🫥 Chegou algo que não pode ser mostrado aqui: texto."]);
  assertStringIncludes(line().text!, "Não foi possível entregar esta mensagem");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
});

Deno.test("under another token the words cannot be read: that is told, and nothing is copied", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 2h segredo");
  for await (const entry of desk.kv.list({ prefix: [desk.bot.id, "scheduled"] })) {
    const { v, value } = entry.value as { v: number; value: { job: { sealed: Uint8Array } } };
    value.job.sealed = value.job.sealed.map((byte) => byte ^ 255);
    await desk.kv.set(entry.key, { v, value });
  }
  await desk.passes(2 * HOUR_MS);
  assert(textsOf(desk.toldTo(maria)).every((text) => !text.includes("segredo")));
  assertStringIncludes(
    textsOf(desk.threadOf(maria)).at(-1)!,
    "Não foi possível entregar esta mensagem",
  );
});

Deno.test("erasing takes away what waits, and the thread is told how much", async () => {
  const { desk, maria, says, left } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 2h um");
  await says(desk.ana, "/later 3d dois");
  const threadId = desk.threadOf(maria)[0]!.message_thread_id!;
  const privacy = await asks(desk, maria, "/privacy");
  await presses(desk, maria, privacy, "Apagar");
  await presses(desk, maria, desk.toldTo(maria).at(-1)!, "Sim, apagar");
  await desk.passes(2000);
  const said = textsOf(desk.group.thread(threadId)).at(-1)!;
  assertStringIncludes(said, "não foram mais entregues: 2");
  const before = left().length;
  await desk.passes(4 * DAY_MS);
  assertEquals(left().length, before);
  assertEquals(await lying(desk.kv), []);
});

Deno.test("at most a hundred wait in a conversation; /who lists the next of them", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  const sentMs = desk.clock.now();
  for (let n = 0; n < 100; n++) desk.ana.comments(desk.cardOf(maria), `/later 2h ${n}`);
  await desk.settled();
  await says(desk.bia, "/later 1h mais uma");
  assertStringIncludes(line().text!, "100 respostas já esperam nesta conversa");
  await says(desk.bia, "/who");
  const lines = line().text!.split("\n").filter((text) => text.startsWith("🕘"));
  assertEquals(lines.length, 30);
  assertStringIncludes(lines[0]!, clockAt(sentMs + 2 * HOUR_MS));
  assertStringIncludes(lines[0]!, "Ana");
  assertStringIncludes(line().text!, "… e mais 70");
});

Deno.test("nobody but the team puts anything off", async () => {
  const { desk, maria, says, left } = await open();
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
  const { desk, says, left } = await open();
  await using _ = desk;
  await says(desk.ana, "/later 2h na hora");
  desk.clock.aheadMs -= 10 * HOUR_MS;
  await desk.passes(3 * HOUR_MS);
  assertEquals(left(), []);
  await desk.passes(9 * HOUR_MS);
  assertEquals(left(), ["na hora"]);
});

/** Taking back an answer that has not arrived yet, or only a part of it: it is kept from going. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/undoing.ts";

Deno.test("an answer is taken back with the edit that still waits, which is not sent any more", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 20 });
  desk.ana.edits(answer, "custa doze");
  await desk.settled();
  await undoes(answer);
  await desk.passes(30_000);
  await desk.passes(30_000);
  assertEquals(left(), []);
});

Deno.test("an answer whose call is under way is taken back when it has arrived", async () => {
  const { desk, maria, left, undoes, line } = await open();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 100 });
  const answer = desk.ana.comments(desk.cardOf(maria), "isto não");
  await undoes(answer);
  await desk.passes(2000);
  await desk.passes(2000);
  assertEquals(left(), []);
  assertStringIncludes(line().text!, "Ana desfez esta resposta");
});

Deno.test("an album that waits for its end is kept from going, also the piece that comes later", async () => {
  const { desk, maria, left, undoes, line } = await open();
  await using _ = desk;
  const replyTo = desk.threadOf(maria)[0]!.message_thread_id!;
  const options = { replyTo, mediaGroupId: "um álbum" };
  const [first] = await desk.ana.sendsAlbum(
    desk.group,
    [{ photo: true }, { photo: true }],
    options,
  );
  await desk.settled();
  await undoes(first!);
  for (let seconds = 0; seconds < 3; seconds++) await desk.passes(1000);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  await desk.ana.sendsAlbum(desk.group, [{ photo: true, caption: "atrasada" }], options);
  await desk.settled();
  await desk.passes(5000);
  assertEquals(left(), []);
});

Deno.test("of a long text of which only the beginning has gone, the rest does not follow", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const isSecond = ({ method }: { method: string }) =>
    method === "sendMessage" && left().length === 1;
  desk.telegram.faults.next(isSecond, { kind: "429", retryAfterS: 20 });
  const long = await says(desk.ana, "{nome} ".repeat(1000));
  assertEquals(left().length, 1);
  await undoes(long);
  await desk.passes(5000);
  await desk.passes(30_000);
  // The command looks once a second whether the answer still waits.
  await desk.passes(2000);
  assertEquals(left(), []);
});

Deno.test("an answer that has not gone yet is kept from going", async () => {
  const { desk, maria, says, line } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  const wrong = await says(desk.ana, "isto era para outra pessoa");
  await says(desk.ana, "isto é para você");
  await says(desk.ana, "/undo", { replyTo: wrong.message_id });
  await desk.passes(3000);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-1), ["isto é para você"]);
  assertEquals(textsOf(desk.toldTo(maria)).includes("isto era para outra pessoa"), false);
});

Deno.test("what waits behind another message can be taken back, and keeps no command waiting", async () => {
  const { desk, maria, says, left, line, undoes } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await says(desk.ana, "um");
  const second = await says(desk.ana, "dois");
  await says(desk.ana, "três");
  await undoes(second);
  await desk.passes(1100);
  assertStringIncludes(line().text!, "antes que ela fosse enviada");
  assertEquals(line().reply_to_message?.message_id, second.message_id);
  await says(desk.ana, "/quem");
  assertStringIncludes(line().text!, "Bloqueou o bot");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(left(), ["um", "três"]);
});

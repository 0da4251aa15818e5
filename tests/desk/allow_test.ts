/** Whom the creator of the group lets in, and how it is taken back. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/guarded_group.ts";

Deno.test("/allow by ID, and as an answer to whatever somebody wrote", async () => {
  const { desk, rui, says, told, standing, boss } = await open();
  await using _ = desk;
  const comment = await says(rui, "posso entrar?");
  assertStringIncludes(
    await boss("/allow", { replyTo: comment.message_id }),
    `${rui.id} pode entrar`,
  );
  rui.joins(desk.group);
  await desk.settled();
  assertEquals(standing(rui), "member");
  await boss("/disallow", { replyTo: comment.message_id });
  assertEquals(standing(rui), "left");
  // It was asked for: that it is done is all there is to say.
  assertEquals(told(), []);
  rui.joins(desk.group);
  await desk.settled();
  assertEquals(standing(rui), "left");
  const joined = desk.group.messages.findLast(({ new_chat_members }) => new_chat_members)!;
  await boss("/permitir", { replyTo: joined.message_id });
  rui.joins(desk.group);
  await desk.settled();
  assertEquals(standing(rui), "member");
  for (const id of [desk.bia.id, desk.ana.id]) {
    assertStringIncludes(await boss(`/permitir ${id}`), `${id} pode entrar`);
  }
  desk.bia.joins(desk.group);
  await desk.restart();
  assertEquals(standing(desk.bia), "member");
});

Deno.test("/allow and /disallow say how they are used, if it is not clear whom it means", async () => {
  const { desk, boss, standing, rui, line } = await open();
  await using _ = desk;
  for (const words of ["", " Rui", " -1", " 0", " 12 34", ` ${"9".repeat(20)}`, " 1e5"]) {
    assertStringIncludes(await boss(`/allow${words}`), "/permitir 123456789", words);
    assertStringIncludes(await boss(`/disallow${words}`), "/proibir 123456789", words);
  }
  // The bot's own lines were written by nobody who could be let in.
  assertStringIncludes(await boss("/allow", { replyTo: line().message_id }), "Responda a uma");
  rui.joins(desk.group);
  await desk.settled();
  assertEquals(standing(rui), "left");
});

Deno.test("/disallow leaves who is not there free to comment", async () => {
  const { desk, maria, says, told, boss, standing } = await open();
  await using _ = desk;
  assertStringIncludes(await boss(`/disallow ${desk.ana.id}`), "não pode mais");
  assertEquals([standing(desk.ana), told()], ["left", []]);
  await says(desk.ana, "ainda posso?");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "ainda posso?");
});

Deno.test("only the creator lets people in, under their own name", async () => {
  const { desk, says, standing } = await open();
  await using _ = desk;
  const carla = desk.customer("Carla");
  desk.telegram.promote(desk.channel, carla);
  await desk.settled();
  for (
    const [who, options] of [
      [carla, {}],
      [desk.boss, { as: desk.channel }],
      [desk.boss, { as: "anonymous" }],
      [desk.ana, {}],
    ] as const
  ) {
    const comment = await says(who, `/allow ${carla.id}`, options);
    const answer = desk.group.messages.find(({ reply_to_message }) =>
      reply_to_message?.message_id === comment.message_id
    );
    assertStringIncludes(answer!.text!, "Só quem criou o grupo");
  }
  carla.joins(desk.group);
  await desk.settled();
  assertEquals(standing(carla), "left");
});

Deno.test("/allow lifts a ban, whoever has banned them; who is inside stays", async () => {
  const { desk, maria, rui, says, boss, standing } = await open();
  await using _ = desk;
  desk.telegram.removeMember(desk.group, desk.ana, "kicked");
  await desk.settled();
  assertStringIncludes(await boss(`/allow ${desk.ana.id}`), `${desk.ana.id} pode entrar`);
  assertEquals(standing(desk.ana), "left");
  await says(desk.ana, "de volta");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "de volta");
  desk.ana.joins(desk.group);
  await desk.settled();
  await boss(`/allow ${desk.ana.id}`);
  assertEquals(standing(desk.ana), "member");
  // Somebody Telegram has never heard of can be let in all the same.
  assertStringIncludes(await boss("/allow 123456789"), "123456789 pode entrar");
  await boss(`/allow ${rui.id}`);
  assertEquals(desk.logLines.filter((line) => /"level":"(warn|error)"/.test(line)), []);
});

Deno.test("a ban that cannot be lifted for want of a right is lifted when it is back", async () => {
  const { desk, boss, standing, mayRemove } = await open();
  await using _ = desk;
  await mayRemove(false);
  desk.telegram.removeMember(desk.group, desk.ana, "kicked");
  await desk.settled();
  await boss(`/allow ${desk.ana.id}`);
  assertEquals(standing(desk.ana), "kicked");
  await mayRemove(true);
  assertEquals(standing(desk.ana), "left");
});

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { fromBothSides } from "../support/sides.ts";

fromBothSides("what is deleted on one side stays on the other", async (side) => {
  const text = await side.sends("não devia ter dito isto");
  const album = await side.sendsAlbum([{ photo: true }, { photo: true }]);
  for (const message of [text, ...album]) side.writer.deletes(message);
  await side.desk.settled();
  assertEquals(side.arrived().length, 3);
  assert(!side.calls.some((method) => method.startsWith("delete")));
  await side.sends("continua");
  assertEquals(side.arrived().length, 4);
});

fromBothSides("nobody's copy disappears because someone else deleted theirs", async (side) => {
  await side.sends("fica");
  const copy = side.arrived()[0]!;
  if (side.from === "a customer") side.desk.boss.deletes(copy);
  else side.maria.deletes(copy);
  await side.desk.settled();
  assert(side.here.messages.some(({ text }) => text === "fica"));
  assertEquals(side.told(), []);
});

for (const command of ["/help", "/ajuda"]) {
  Deno.test(`${command} tells both sides what becomes of deletions, and strangers nothing`, async () => {
    await using desk = await TestDesk.open();
    const maria = desk.customer("Maria");
    maria.sends(desk.chatOf(maria), command);
    await desk.settled();
    assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "a cópia da equipe continua");
    assertEquals(desk.channel.messages, []);

    maria.sends(desk.chatOf(maria), "oi");
    await desk.settled();
    const stranger = desk.telegram.createUser({ firstName: "Eve" });
    stranger.comments(desk.cardOf(maria), command);
    await desk.settled();
    assertEquals(desk.threadOf(maria).length, 2);
    desk.ana.comments(desk.cardOf(maria), command);
    await desk.settled();
    assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "O que você apaga continua com ele");
    assertEquals(desk.toldTo(maria).length, 2);
  });
}

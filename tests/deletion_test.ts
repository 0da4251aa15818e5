import { assert, assertEquals } from "@std/assert";
import { fromBothSides } from "./sides.ts";

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

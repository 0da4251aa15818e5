/** Albums of which a piece, or all of them, could not be copied when their turn came. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { AFTER, albumsOf, BEFORE, VIDEO } from "../support/albums.ts";
import { textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { Side } from "../support/sides.ts";

Deno.test("an agent's album of which a piece is gone arrives without it, and that is said", async () => {
  await using side = await Side.open("the team");
  const sent = await side.sendsPieces([BEFORE, AFTER, VIDEO]);
  side.writer.deletes(sent[1]!);
  await side.desk.passes(1100);
  assertEquals(textsOf(side.arrived()), ["antes", "[video]"]);
  assertEquals(
    side.told().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
    [
      ["⚠️ Só 2 de 3 itens deste álbum foram entregues.", sent[0]!.message_id],
    ],
  );
});

for (const deletedAreInvalid of [false, true]) {
  Deno.test(`an agent's album that is deleted before it goes reaches nobody, and that is said (${deletedAreInvalid})`, async () => {
    await using side = await Side.open("the team");
    side.desk.telegram.unproven.deletedAreInvalid = deletedAreInvalid;
    const sent = await side.sendsPieces([BEFORE!, AFTER!]);
    for (const piece of sent) side.writer.deletes(piece);
    await side.desk.passes(1100);
    assertEquals(side.arrived(), []);
    assertEquals(textsOf(side.told()).length, 1);
    assertStringIncludes(textsOf(side.told())[0]!, "apagada");
  });
}

Deno.test("an agent's album that Telegram cannot read for the moment arrives whole", async () => {
  for (const words of ["there are no messages to forward", "messages can't be forwarded"]) {
    await using side = await Side.open("the team");
    side.desk.telegram.faults.next("copyMessages", refusal(`Bad Request: ${words}`));
    await side.sendsAlbum([BEFORE!, AFTER!]);
    assertEquals(albumsOf(side), [["antes", "depois"]], words);
    assertEquals(side.told(), []);
  }
});

Deno.test("the pieces of an album that arrived incomplete can be edited all the same", async () => {
  await using side = await Side.open("the team");
  const sent = await side.sendsPieces([BEFORE, AFTER, VIDEO]);
  side.writer.deletes(sent[0]!);
  await side.desk.passes(1100);
  side.desk.telegram.spuriousEdit(sent[1]!);
  await side.edits(sent[2]!, { caption: "o vídeo" });
  assertEquals(textsOf(side.arrived()), ["depois", "o vídeo"]);
});

Deno.test("an album that arrived incomplete is not repeated by another instance while it is looked at", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const sent = await side.sendsPieces([BEFORE, AFTER, VIDEO]);
  side.writer.deletes(sent[1]!);
  desk.telegram.faults.next("setMessageReaction", { kind: "hang" });
  desk.clock.aheadMs += 1100;
  void desk.app.drain();
  await desk.isCalling("setMessageReaction");
  const other = desk.anotherApp();
  desk.clock.aheadMs += 60_000;
  await other.start();
  await other.drain();
  await other.settled();
  await other.close();
  assertEquals(textsOf(side.arrived()), ["antes", "[video]"]);
  assertEquals(side.told().length, 1);
});

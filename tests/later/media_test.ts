/** Pictures and albums that are sent later. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { openLater } from "../support/later_talk.ts";

Deno.test("a picture goes with what follows the time as its caption, or without one", async () => {
  const { desk, maria, says, left } = await openLater();
  await using _ = desk;
  await says(desk.ana, { photo: true, caption: "/depois 2h o cardápio" });
  await says(desk.ana, { photo: true, caption: "/depois 2h" });
  await desk.passes(2 * HOUR_MS);
  assertEquals(left(), ["o cardápio", "[photo]"]);
  const [, bare] = desk.toldTo(maria).slice(-2);
  assertEquals(bare!.caption, undefined);
});

Deno.test("an album goes whole, in its order, whichever piece has the command", async () => {
  const { desk, maria, rootId, left, line } = await openLater();
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
  const { desk, rootId, says, left } = await openLater();
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
  const { desk, rootId, left, line } = await openLater();
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
  const { desk, rootId, left } = await openLater();
  await using _ = desk;
  const contents = ["/later 2h um", "dois"].map((caption) => ({ photo: true as const, caption }));
  const [first] = await desk.ana.sendsAlbum(desk.group, contents, { replyTo: rootId });
  desk.ana.edits(first!, { caption: "um, já" });
  await desk.settled();
  await desk.passes(1100);
  assertEquals(left(), ["um, já", "dois"]);
});

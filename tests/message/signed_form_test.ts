/** Answers keep the form in which they were sent, signed or not, whatever becomes of them. */
import { assertEquals } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { openSigned, sets, shown, shownIn } from "../support/signed.ts";

Deno.test("edits keep the form that a message had when it was sent, whatever is decided since", async () => {
  await using side = await openSigned({ signature: false });
  const unsigned = await side.sends("um");
  const photo = await side.sends({ photo: true, caption: "foto" });
  await sets(side, "on");
  const signed = await side.sends("dois");
  await side.edits(unsigned, "um!");
  await side.edits(photo, { caption: "foto!" });
  await side.edits(signed, "dois!");
  assertEquals(shownIn(side.arrived()), ["um!", "foto!", "*Ana*\ndois!"]);
  await sets(side, "off");
  // Nor does another name of hers change what was sent.
  side.desk.ana.info.first_name = "Anita";
  await side.edits(signed, { text: "dois.", entities: [{ type: "bold", offset: 0, length: 4 }] });
  await side.edits(unsigned, "um.");
  assertEquals(shownIn(side.arrived()), ["um.", "foto!", "*Ana*\n*dois*."]);
  assertEquals(side.arrived().length, 3);
});

Deno.test("a caption that is emptied or given later has the signature of when its photo was sent", async () => {
  await using side = await openSigned();
  const sent = await side.sends({ photo: true });
  await sets(side, "off");
  const captions = ["olha", "", "veja"];
  const seen: string[] = [];
  for (const caption of captions) {
    await side.edits(sent, { caption });
    seen.push(shown(side.arrived()[0]!));
  }
  assertEquals(seen, ["*Ana*\nolha", "", "*Ana*\nveja"]);
});

Deno.test("a photo that is swapped, and a caption of an album that is edited, stay signed", async () => {
  await using side = await openSigned();
  const photo = await side.sends({ photo: true, caption: "um" });
  await side.edits(photo, { photo: true, caption: "dois" });
  const album = await side.sendsAlbum([{ photo: true, caption: "a" }, {
    photo: true,
    caption: "b",
  }]);
  await side.edits(album[0]!, { caption: "a!" });
  await side.edits(album[1]!, { caption: "b!" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\ndois", "*Ana*\na!", "b!"]);
});

Deno.test("what takes the place of a copy that is gone is signed as the copy was", async () => {
  await using side = await openSigned();
  const sent = await side.sends("um");
  await sets(side, "off");
  side.maria.deletes(side.arrived()[0]!);
  side.forgets();
  await side.edits(sent, "dois");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ dois"]);
});

Deno.test("a note that becomes an answer is signed as answers are when it does", async () => {
  await using side = await openSigned({ signature: false });
  const [first, second] = [await side.sends("# um"), await side.sends("# dois")];
  await side.edits(first, "um");
  await sets(side, "on");
  await side.edits(second, "dois");
  assertEquals(shownIn(side.arrived()), ["um", "*Ana*\ndois"]);
});

Deno.test("an answer that waits goes as answers are when it goes; until then its words lie sealed", async () => {
  await using side = await openSigned();
  const { desk } = side;
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 10 });
  await side.sends("segredo");
  for await (const { value } of desk.kv.list({ prefix: [] })) {
    const inside = Deno.inspect(value, { depth: 20, strAbbreviateSize: 1e6 });
    assertEquals(/segredo/.test(inside), false);
  }
  await sets(side, "off");
  await desk.passes(11_000);
  assertEquals(shownIn(side.arrived()), ["segredo"]);
});

Deno.test("an answer that goes later is signed if answers are when it goes, and keeps that form", async () => {
  await using side = await openSigned({ signature: false });
  const { desk } = side;
  const first = await side.sends("/later 2h pronto, {nome}");
  await side.sendsAlbum([{ photo: true }, { photo: true, caption: "/later 2h veja" }]);
  await side.sends({ photo: true, caption: "/later 2h" });
  await sets(side, "on");
  side.forgets();
  await desk.passes(2 * HOUR_MS);
  await desk.passes(1000);
  assertEquals(shownIn(side.arrived()), ["*Ana*\npronto, Maria", "", "*Ana*\nveja", ""]);
  await sets(side, "off");
  await side.edits(first, "/later 2h pronto, {nome}!");
  assertEquals(shown(side.arrived()[0]!), "*Ana*\npronto, Maria!");
  await sets(side, "on");
  await side.sends("/later 2h sem");
  await sets(side, "off");
  side.forgets();
  await desk.passes(2 * HOUR_MS);
  assertEquals(shownIn(side.arrived()), ["sem"]);
});

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { erases } from "../support/erasing.ts";
import { answered, open, sets } from "../support/kept_edits.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { DAY_MS, MINUTE_MS } from "../../src/time/duration.ts";

Deno.test("before an edit is shown, a copy of the old copy stands as an answer to it", async () => {
  await using side = await open();
  const bold = [{ type: "bold" as const, offset: 0, length: 4 }];
  const sent = await side.sends({ text: "dois pães", entities: bold });
  const [copy] = side.arrived();
  side.forgets();
  await side.edits(sent, "três pães");
  const [kept, ...more] = side.arrived();
  assertEquals([kept!.text, kept!.entities, answered(kept)], ["dois pães", bold, copy!.message_id]);
  assertEquals(more, []);
  assertEquals(side.there.message(copy!.message_id)!.text, "três pães");
  assertEquals(side.sendings, ["copyMessage", "editMessageText"]);
  side.forgets();
  await side.edits(sent, "quatro pães");
  assertEquals(textsOf(side.arrived()), ["três pães"]);
  assertEquals(side.there.message(copy!.message_id)!.text, "quatro pães");
});

Deno.test("captions, swapped media and pieces of an album are kept as they were", async () => {
  await using side = await open();
  const photo = await side.sends({ photo: true, caption: "um", has_media_spoiler: true });
  const old = side.arrived()[0]!;
  side.forgets();
  await side.edits(photo, { caption: "dois" });
  await side.edits(photo, { video: true, caption: "três" });
  const [first, second, ...more] = side.arrived();
  assertEquals([first!.caption, first!.has_media_spoiler, first!.photo], ["um", true, old.photo]);
  assertEquals([second!.caption, second!.photo, more], ["dois", old.photo, []]);
  assert(side.there.message(old.message_id)!.video);
  side.forgets();
  const album = await side.sendsAlbum([{ photo: true, caption: "a" }, { photo: true }]);
  const [, piece] = side.arrived();
  side.forgets();
  await side.edits(album[1]!, { caption: "b" });
  assertEquals(side.arrived().map((each) => [each.caption, answered(each)]), [
    [undefined, piece!.message_id],
  ]);
});

Deno.test("switched on and off by its names in three languages; the team's edits are not kept", async () => {
  await using side = await open({ history: false });
  const { desk, maria } = side;
  const sent = await side.sends("0");
  side.forgets();
  let n = 0;
  for (const name of ["history", "historico", "histórico", "historial"]) {
    await side.edits(sent, `${++n}`);
    await sets(side, name, "on");
    await side.edits(sent, `${++n}`);
    await sets(side, name, "off");
  }
  const kept = side.arrived().filter((each) => /^\d$/.test(each.text!));
  assertEquals(textsOf(kept), ["1", "3", "5", "7"]);
  await sets(side, "history", "on");
  const answer = desk.ana.comments(desk.cardOf(maria), "sim");
  await desk.settled();
  const before = side.here.messages.length;
  desk.ana.edits(answer, "não");
  await desk.settled();
  assertEquals(side.here.messages.length, before);
});

Deno.test("live locations are left alone", async () => {
  await using side = await open();
  const at = (latitude: number, live_period: number) => ({
    location: { latitude, longitude: 0, live_period },
  });
  const sent = await side.sends(at(1, 600));
  side.forgets();
  await side.edits(sent, at(2, 600));
  await side.edits(sent, at(3, 600));
  assertEquals(side.arrived(), []);
  assertEquals(side.calls, ["editMessageLiveLocation", "editMessageLiveLocation"]);
});

Deno.test("what shows no change, or is shown anew anyway, leaves nothing more", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  const voice = await side.sends({ video_note: true });
  side.forgets();
  side.desk.telegram.spuriousEdit(sent);
  side.desk.telegram.spuriousEdit(voice);
  await side.desk.settled();
  assertEquals(side.calls, []);
  // A long text is in parts: these stay, and what it becomes answers them.
  const long = Array.from({ length: 900 }, (_, n) => `pão${n}`).join(" ");
  const text = await side.sends(long);
  side.forgets();
  await side.edits(text, "curto");
  assertEquals(textsOf(side.arrived()), ["✏️ curto"]);
});

Deno.test("edits before the message is shown are shown with it, and none is kept", async () => {
  await using side = await open();
  side.desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 10 });
  const sent = await side.sends("um");
  await side.edits(sent, "dois");
  await side.desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["dois"]);
});

Deno.test("edits that come while one waits are kept in order, none twice", async () => {
  await using side = await open();
  const sent = await side.sends("1");
  side.forgets();
  side.desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 10 });
  for (const n of [2, 3, 4]) await side.edits(sent, `${n}`);
  await side.desk.passes(11_000);
  const [copy] = side.there.messages.filter(({ text }) => text === "4");
  assert(copy);
  // What came while the first waited replaced what was not shown yet.
  assertEquals(textsOf(side.arrived()), ["1", "2"]);
});

Deno.test("what was before an edit that the bot hears of days later is kept as well", async () => {
  await using side = await open();
  const { desk } = side;
  const sent = await side.sends("um");
  const { message_id: copyId } = side.arrived()[0]!;
  side.forgets();
  const { handler } = desk.app;
  const late: Request[] = [];
  desk.app.handler = (request) => {
    late.push(request);
    return Promise.resolve(new Response());
  };
  await side.edits(sent, "dois");
  desk.clock.aheadMs += 3 * DAY_MS;
  for (const request of late) await handler(request);
  await desk.settled();
  assertEquals(textsOf(side.arrived()), ["um"]);
  assertEquals(side.there.message(copyId)!.text, "dois");
});

Deno.test("a copy that somebody has deleted leaves nothing to keep", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  side.desk.boss.deletes(side.arrived()[0]!);
  side.forgets();
  await side.edits(sent, "dois");
  assertEquals(textsOf(side.arrived()), ["✏️ dois"]);
});

Deno.test("an edit under a card that is gone makes no new one, and keeps nothing there", async () => {
  await using side = await open();
  const { desk, maria } = side;
  const sent = await side.sends("um");
  const root = side.there.message(side.rootId)!;
  desk.boss.deletes(root);
  side.forgets();
  await side.edits(sent, "dois");
  const cards = desk.channel.messages.filter(({ text }) => text?.includes(`ID ${maria.id}`));
  assertEquals([side.arrived(), cards.length], [[], 1]);
});

Deno.test("in a thread that another has followed it is kept as well, there, as long as the thread is", async () => {
  for (const isGone of [false, true]) {
    await using side = await open();
    const { desk, maria } = side;
    const sent = await side.sends("um");
    const [copy] = side.arrived();
    const firstRootId = side.rootId;
    const linksFor = async (group: SimulatedChat) => {
      desk.telegram.link(desk.channel, group);
      await desk.passes(6 * MINUTE_MS);
      await side.sends("oi");
      await desk.passes(MINUTE_MS);
    };
    const other = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.promote(other, desk.bot);
    await linksFor(other);
    await linksFor(desk.group);
    assertNotEquals(side.rootId, firstRootId);
    if (isGone) desk.boss.deletes(side.there.message(firstRootId)!);
    side.forgets();
    await side.edits(sent, "dois");
    const expected = isGone ? [] : [["um", copy!.message_id, firstRootId]];
    assertEquals(
      side.arrived().map((each) => [each.text, answered(each), each.message_thread_id]),
      expected,
    );
    assertEquals(side.there.message(copy!.message_id)!.text, "dois");
    // Who answers what is kept there answers the message.
    if (!isGone) {
      desk.ana.sends(desk.group, "sim", { replyTo: side.arrived()[0]!.message_id });
      await desk.settled();
      assertEquals(answered(desk.toldTo(maria).at(-1)), sent.message_id);
    }
  }
});

Deno.test("who answers what is kept answers the message; erased with its copies, it goes as well", async () => {
  await using side = await open({ settings: { panel: false, history: true, erasecopies: true } });
  const { desk, maria } = side;
  const sent = await side.sends("um");
  await side.edits(sent, "dois");
  const kept = side.arrived().at(-1)!;
  assertEquals(kept.text, "um");
  desk.ana.comments(desk.cardOf(maria), "sim", { replyTo: kept.message_id });
  await desk.settled();
  assertEquals(answered(desk.toldTo(maria).at(-1)), sent.message_id);
  await erases(desk, maria);
  await desk.passes(5000);
  assertEquals(side.there.message(kept.message_id), undefined);
});

Deno.test("the message more counts for the pace of the group", async () => {
  await using side = await open({ env: { PACE: "telegram" }, limits: "telegram", burst: 5 });
  const sent = await side.sends("0");
  side.forgets();
  for (let n = 1; n <= 30; n++) {
    await side.edits(sent, `${n}`);
    await side.desk.passes(1000);
  }
  for (let minute = 0; minute < 10; minute++) await side.desk.passes(60_000);
  const refused = side.desk.telegram.calls.filter(({ response }) =>
    response && !response.ok && response.error_code === 429
  );
  // Whether edits count for a burst is not known before the first refusal.
  assert(refused.length <= 1);
  assertEquals(side.there.messages.findLast(({ text }) => text === "30") !== undefined, true);
});

/** A live location: one message that is moved, prolonged and stopped, and begins anew where it cannot be. */
import { assert, assertEquals } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides } from "../support/sides.ts";

fromBothSides("a live location is sent, moved and stopped, one call each", async (side) => {
  const live = { latitude: -23.55, longitude: -46.63, live_period: 900, horizontal_accuracy: 20 };
  const sent = await side.sends({ location: { ...live, heading: 90 } });
  const [shown] = side.arrived();
  assertEquals(shown!.location, sent.location);

  await side.edits(sent, { location: { ...live, latitude: -23.56, heading: 180 } });
  const shownNow = () => side.there.message(shown!.message_id)!.location;
  assertEquals(shownNow(), { ...live, latitude: -23.56, heading: 180 });

  const { live_period: _, horizontal_accuracy: __, ...place } = live;
  await side.edits(sent, { location: { ...place, latitude: -23.56 } });
  assertEquals(shownNow(), { ...place, latitude: -23.56 });
  assertEquals(side.calls, ["sendLocation", "editMessageLiveLocation", "stopMessageLiveLocation"]);
});

fromBothSides("a live location that is prolonged goes on in the same message", async (side) => {
  const live = { latitude: -23.55, longitude: -46.63, live_period: 900 };
  const sent = await side.sends({ location: live });
  const later = async (ms: number, change: Partial<typeof live>) => {
    side.desk.clock.aheadMs += ms;
    await side.edits(sent, { location: { ...live, ...change } });
  };
  await later(600_000, { live_period: 3600 });
  await later(HOUR_MS / 2, { live_period: 3600, latitude: -23.56 });
  await later(60_000, { live_period: 90_000, latitude: -23.57 });
  await later(20 * HOUR_MS, { live_period: 90_000, latitude: -23.58 });
  await later(60_000, { live_period: 0x7fff_ffff, latitude: -23.59 });
  await later(100 * HOUR_MS, { live_period: 0x7fff_ffff, latitude: -23.6 });
  assertEquals(side.arrived().map(({ location }) => location), [
    { ...live, live_period: 0x7fff_ffff, latitude: -23.6 },
  ]);
  assertEquals(side.told(), []);
});

fromBothSides(
  "a live location that cannot be prolonged is moved, and begins anew once it has ended",
  async (side) => {
    const live = { latitude: -23.55, longitude: -46.63, live_period: 3600 };
    const sent = await side.sends({ location: live });
    side.desk.telegram.faults.next(
      ({ method, payload }) => method === "editMessageLiveLocation" && payload.live_period === 7200,
      refusal("Bad Request: MESSAGE_NOT_PROLONGED"),
      2,
    );
    await side.edits(sent, { location: { ...live, live_period: 7200, latitude: -23.56 } });
    assertEquals(side.arrived().map(({ location }) => location), [{ ...live, latitude: -23.56 }]);
    side.desk.clock.aheadMs += 1.5 * HOUR_MS;
    await side.edits(sent, { location: { ...live, live_period: 7200, latitude: -23.57 } });
    const [, line, anew] = side.arrived();
    assertEquals(line!.text, "✏️ Editado:");
    // It ends when its original does, to the second.
    const { live_period: left, ...where } = anew!.location!;
    assertEquals(where, { longitude: live.longitude, latitude: -23.57 });
    assert(left !== undefined && left <= 1800 && left > 1795, `${left} s`);
  },
);

fromBothSides("a live location of more than a day begins anew for what it may", async (side) => {
  const live = { latitude: -23.55, longitude: -46.63, live_period: 86_400 };
  const sent = await side.sends({ location: live });
  const copy = side.arrived()[0]!;
  if (side.from === "a customer") side.desk.boss.deletes(copy);
  else side.maria.deletes(copy);
  await side.edits(sent, { location: { ...live, live_period: 172_800 } });
  assertEquals(side.arrived().at(-1)!.location, live);
  assertEquals(side.told(), []);
});

fromBothSides(
  "a live location that stops while its last move waits stops where it is",
  async (side) => {
    const live = { latitude: -23.55, longitude: -46.63, live_period: 900 };
    const sent = await side.sends({ location: live });
    side.desk.telegram.faults.next("editMessageLiveLocation", { kind: "429", retryAfterS: 5 });
    await side.edits(sent, { location: { ...live, latitude: -23.57 } });
    await side.edits(sent, { location: { latitude: -23.57, longitude: -46.63 } });
    await side.desk.passes(6000);
    assertEquals(side.arrived().map(({ location }) => location), [
      { latitude: -23.57, longitude: -46.63 },
    ]);
  },
);

fromBothSides(
  "the end of a live location whose copy has ended before says nothing",
  async (side) => {
    const live = { latitude: -23.55, longitude: -46.63, live_period: 60 };
    const sent = await side.sends({ location: live });
    side.desk.clock.aheadMs += HOUR_MS;
    await side.edits(sent, { location: { latitude: -23.55, longitude: -46.63 } });
    assertEquals([side.arrived().length, side.told().length], [1, 0]);
  },
);

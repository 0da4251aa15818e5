/** To which of a customer's conversations the stories count what lies across an erasure. */
import { assertEquals } from "@std/assert";
import { realClock } from "../../playground/telegram/clock.ts";
import { Cast } from "./cast.ts";
import { Eras } from "./eras.ts";
import { Ledger, type Said } from "./said.ts";
import { Whereabouts } from "./whereabouts.ts";

const ERASED_MS = 2000;

/** Maria's first conversation was erased; a card of hers was sent and posted then, and known since. */
function erasOf(card: { sentMs: number; postedMs: number; knownMs?: number }) {
  const cast = new Cast({
    clock: realClock,
    seed: 1,
    customers: 1,
    limits: "off",
    webhookFetch: () => Promise.resolve(new Response()),
  });
  const { id: customerId } = cast.customers[0]!;
  const posted = { channel: cast.channel, postId: 1, customerId, postedMs: card.postedMs };
  const knownPosts = new Map(card.knownMs === undefined ? [] : [[1, card.knownMs]]);
  const known = {
    erased: [],
    erasures: [{ customerId, deskId: cast.channel.id, atMs: ERASED_MS, commit: 1 }],
    knownPosts,
    rootsLearnedMs: new Map(),
    whereabouts: new Whereabouts(cast, new Ledger()),
  };
  const eras = new Eras(known, cast, new Map([[1, card.sentMs]]));
  return { cast, customerId, posted, known, eras };
}

Deno.test("a card that was under way while its conversation was erased is of that conversation", () => {
  const { posted, eras } = erasOf({ sentMs: ERASED_MS - 1, postedMs: ERASED_MS + 1 });
  assertEquals(eras.ofCard(posted), 0);
});

Deno.test("a card that was sent after an erasure is of the conversation that followed", () => {
  const { posted, eras } = erasOf({ sentMs: ERASED_MS + 1, postedMs: ERASED_MS + 2 });
  assertEquals(eras.ofCard(posted), 1);
});

Deno.test("a card that the desk learned of after the erasure may be that of who is back", () => {
  const card = { sentMs: ERASED_MS - 1, postedMs: ERASED_MS - 1 };
  const [early, late] = [ERASED_MS - 1, ERASED_MS + 1].map((knownMs) =>
    erasOf({ ...card, knownMs })
  );
  assertEquals([early!, late!].map(({ posted, eras }) => eras.wasKnownCard(posted)), [true, false]);
});

Deno.test("a comment that waited until its conversation was erased is not of that conversation", () => {
  const { cast, customerId, known, eras } = erasOf({ sentMs: 1, postedMs: 1 });
  const message = { chat: cast.group, date: 1 };
  const said = { customerId, updateId: 7, message } as unknown as Said;
  // It was put into a line by a commit before the erasure, and taken off it by one after.
  known.whereabouts.decided(7, 0);
  assertEquals(eras.ofSaid(said), 0);
  known.whereabouts.decided(7, 2);
  assertEquals(eras.ofSaid(said), 1);
});

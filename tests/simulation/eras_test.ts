/** To which of a customer's conversations the stories count what lies across an erasure. */
import { assertEquals } from "@std/assert";
import { realClock } from "../../playground/telegram/clock.ts";
import { Cast } from "./cast.ts";
import { Eras } from "./eras.ts";
import { Ledger } from "./said.ts";
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
    acceptedBy: new Map(),
    knownPosts,
    rootsLearnedMs: new Map(),
    whereabouts: new Whereabouts(cast, new Ledger()),
  };
  return { posted, eras: new Eras(known, cast, new Map([[1, card.sentMs]])) };
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

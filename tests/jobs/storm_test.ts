import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { type From, Side } from "../support/sides.ts";
import { seededRandom } from "../../playground/telegram/random.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** Writes, edits, sends albums, waits and restarts by chance, while every third call fails. */
async function storm(side: Side, random: () => number): Promise<SimulatedMessage[]> {
  const { desk, writer } = side;
  const { faults } = desk.telegram;
  const carries = ({ method }: { method: string }) => /^(copy|send|edit)/.test(method);
  faults.rate({ kind: "502" }, 0.1, carries);
  faults.rate({ kind: "429", retryAfterS: 2 }, 0.1, carries);
  faults.rate({ kind: "lost request" }, 0.1, carries);
  const sent: SimulatedMessage[] = [];
  for (let step = 0; step < 60; step++) {
    const chance = random();
    const edited = sent[Math.floor(random() * sent.length)];
    if (chance < 0.4) sent.push(side.says(`texto ${step}`));
    else if (chance < 0.5) {
      for (const piece of ["um", "dois", "três"]) {
        const caption = `foto ${step} ${piece}`;
        sent.push(side.says({ photo: true, caption }, { mediaGroupId: `álbum ${step}` }));
        if (random() < 0.3) await desk.settled();
      }
    } else if (chance < 0.8 && edited) {
      const words = `editado ${step}`;
      writer.edits(edited, edited.photo ? { caption: words } : words);
    } else if (chance < 0.9) await desk.passes(Math.floor(random() * 3000));
    else if (chance < 0.93) await desk.restart();
    else await desk.settled();
  }
  faults.clear();
  for (let minute = 0; minute < 8; minute++) await desk.passes(60_000);
  return sent.map(({ message_id }) => side.here.message(message_id)!);
}

for (const from of ["a customer", "the team"] satisfies From[]) {
  for (const seed of [1, 2, 3]) {
    Deno.test(`after a storm both sides read the same in the same order, from ${from}, seed ${seed}`, async () => {
      await using side = await Side.open(from, { env: { PACE: "off" } });
      const written = await storm(side, seededRandom(seed));
      assertEquals(textsOf(side.arrived()), textsOf(written));
    });
  }
}
